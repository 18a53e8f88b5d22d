"""Strangers who open connections and say nothing, too much, or too slowly: the devices of the office go on."""

import contextlib
import socket
import ssl
import subprocess
import sys
import uuid
from contextlib import ExitStack, closing
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from salesdesk.server import app, listening
from salesdesk.sync.protocol import Enrol, Pull, Pulled, Refusal, pack, unpack
from tests.server.conftest import new_office
from tests.server.office import PASSWORD, Bare, sent

LONG_S = 60  # only so that a failure ends
HALF = b"POST /v1/push HTTP/1.1\r\nHost: office\r\n"
FILES = 256  # that a process may have open, as on some systems unless told otherwise
LIMITED = f"""
import resource, sys
resource.setrlimit(resource.RLIMIT_NOFILE, ({FILES}, {FILES}))
from salesdesk.server.cli import main
sys.exit(main(sys.argv[1:]))
"""


@pytest.fixture
def serving(tmp_path, request):
    """Opens an office with settings of its own for how it listens."""
    with ExitStack() as stack:
        yield lambda **options: stack.enter_context(new_office("sqlite", tmp_path, request, **options))


@pytest.fixture
def line():
    """Opens connections, and closes them at the end."""
    made = []

    def connect(address, said=b""):
        made.append(socket.create_connection(address, timeout=LONG_S))
        made[-1].sendall(said)
        return made[-1]

    yield connect
    for one in made:
        one.close()


def cut(one):
    """Wait until the other end closes, without an answer."""
    try:
        return one.recv(1000) == b""
    except ConnectionError:
        return True


def answer(one):
    """One answer, whose body is empty or has a length."""
    read = b""
    while b"\r\n\r\n" not in read:
        read += one.recv(1)
    head = read.lower()
    length = int(head.split(b"content-length: ")[1].split(b"\r\n")[0])
    body = b""
    while len(body) < length:
        body += one.recv(length - len(body))
    return int(head.split()[1]), body


def asked(bare, path="/v1/pull", message=None):
    body = pack(message or Pull(cursors={}))
    head = (
        f"POST {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {bare.token}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def pulls(bare):
    return isinstance(bare.call("/v1/pull", Pull(cursors={}), Pulled), Pulled)


@pytest.mark.skipif(sys.platform == "win32", reason="it counts sockets otherwise")
@pytest.mark.parametrize("half", [HALF, HALF + b"Content-Length: 100\r\n\r\nabc"], ids=["head", "body"])
def test_260_half_open_requests_stop_nobody(tmp_path, line, half):
    place = ["--data", str(tmp_path / "office")]
    for words in (["territories", "add", "east", "东"], ["people", "add", "liwei", "李伟", "--territory", "east"]):
        more = ["--password-stdin"] if words[0] == "people" else []
        command = [sys.executable, "-m", "salesdesk.server", *words, *more, *place]
        subprocess.run(command, input=PASSWORD, text=True, check=True)
    command = [sys.executable, "-c", LIMITED, "serve", "--port", "0", *place]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as server:
        try:
            url = server.stdout.readline().split()[-1]
            address = ("127.0.0.1", int(url.rsplit(":", 1)[1]))
            with closing(Bare(url, secret=PASSWORD)) as known:
                known.http.timeout = 20
                assert pulls(known)
                for _ in range(260):
                    line(address, half)
                assert pulls(known)
                answers = known.push(sent("customer", "c1", name="甲"))
                assert answers.answers == []
                with closing(httpx.Client(base_url=url, trust_env=False, timeout=20)) as other:
                    assert other.get("/v1/health").status_code == 200
        finally:
            server.terminate()
        assert server.stderr.read() == ""  # it ran out of nothing


def test_when_there_is_no_room_the_oldest_stranger_goes_and_no_device(serving, line):
    office = serving(most=10)
    address = office.listener.getsockname()
    bare = Bare(office.url)
    mine = line(address, asked(bare))
    assert answer(mine)[0] == 200
    strangers = [line(address, HALF) for _ in range(30)]
    assert all(cut(one) for one in strangers[:20])
    mine.sendall(asked(bare))
    assert answer(mine)[0] == 200
    strangers[-1].sendall(b"\r\n")
    assert answer(strangers[-1])[0] == 401  # it had room
    bare.close()


class Door(listening.Connection):
    def __init__(self, doors, address):
        self._doors, self.address, self._inside, self.is_cut = doors, address, True, False

    def cut(self):
        self.is_cut = True
        self._go()


def test_a_flood_from_one_address_pushes_out_itself():
    doors = listening.Doors(10)
    quiet = [Door(doors, f"10.0.0.{n}") for n in range(4)]
    flood = [Door(doors, "10.0.1.1") for _ in range(100)]
    for one in (*quiet, *flood):
        doors.enter(one)
    assert [one.is_cut for one in quiet] == [False] * 4
    assert [one.is_cut for one in flood] == [True] * 94 + [False] * 6
    for one in (*quiet, *flood[-6:]):
        doors.know(one)
    late = Door(doors, "10.0.2.1")
    doors.enter(late)
    assert late.is_cut  # all the others are devices
    for one in (*quiet, *flood[-6:]):
        one._go()
    assert (doors._count, doors._strangers) == (0, {})


def test_a_head_that_does_not_come_to_its_end_is_let_go(serving, line, monkeypatch):
    monkeypatch.setattr(listening, "HEAD_S", 0.3)
    office = serving()
    address = office.listener.getsockname()
    assert cut(line(address))
    assert cut(line(address, HALF))
    used = line(address, b"GET /v1/health HTTP/1.1\r\nHost: x\r\n\r\n")
    assert answer(used) == (200, b"SalesDesk office")
    used.sendall(HALF)
    assert cut(used)
    endless = line(address, b"POST /v1/pull HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n")
    assert answer(endless)[0] == 401
    endless.sendall(b"x")
    assert cut(endless)


def test_a_head_that_grows_and_a_long_word_of_a_stranger_are_refused(serving, line):
    office = serving()
    one = line(office.listener.getsockname(), HALF)
    with contextlib.suppress(ConnectionError):
        for n in range(2_000):
            one.sendall(f"X-{n}: {'x' * 500}\r\n".encode())
    with contextlib.suppress(ConnectionError):
        assert one.recv(100).startswith(b"HTTP/1.1 400")
    said = httpx.post(f"{office.url}/v1/enrol", content=bytes(17 * 1024), trust_env=False)
    assert (said.status_code, unpack(said.content, Refusal).message) == (413, "sync.message_too_large")
    for odd in ({"account": "x" * 81}, {"password": "x" * 1_001}):
        good = {"account": "liwei", "password": PASSWORD, "device": "d1", "device_name": "x", "public_key": bytes(32)}
        said = httpx.post(f"{office.url}/v1/enrol", content=pack(Enrol(**(good | odd))), trust_env=False)
        assert unpack(said.content, Refusal).message == "sync.not_a_message"


def test_a_stranger_whose_body_drips_is_let_go(serving, line, monkeypatch):
    """Each byte comes soon enough; all of it does not."""
    monkeypatch.setattr(app, "_STALL_SECONDS", 1)
    office = serving()
    one = line(office.listener.getsockname(), b"POST /v1/enrol HTTP/1.1\r\nHost: x\r\nContent-Length: 10000\r\n\r\n")
    one.settimeout(0.1)
    for _ in range(600):
        try:
            said = one.recv(12)
            break
        except TimeoutError:
            one.sendall(b"x")
    assert said == b"HTTP/1.1 408"


def certificate(folder):
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "office")])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now,
                                   now + timedelta(days=1)).sign(key, hashes.SHA256())  # fmt: skip
    (folder / "cert.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "key.pem").write_bytes(key.private_bytes(*form))
    return {"ssl_certfile": folder / "cert.pem", "ssl_keyfile": folder / "key.pem"}


def test_a_greeting_of_tls_that_does_not_come_is_let_go(serving, line, monkeypatch, tmp_path):
    monkeypatch.setattr(listening, "HEAD_S", 0.5)
    office = serving(**certificate(tmp_path))
    address = office.listener.getsockname()
    assert cut(line(address))
    trusting = ssl.create_default_context(cafile=str(tmp_path / "cert.pem"))
    trusting.check_hostname = False
    with trusting.wrap_socket(line(address)) as secure:
        secure.sendall(b"GET /v1/health HTTP/1.1\r\nHost: x\r\n\r\n")
        assert answer(secure) == (200, b"SalesDesk office")


@pytest.mark.parametrize("proxies", ["", "127.0.0.1"])
def test_an_address_that_somebody_names_counts_only_behind_a_proxy(serving, proxies):
    office = serving(proxies=proxies)
    said = []
    for n in range(8):
        asked = Enrol(account="liwei", password="x", device=str(uuid.uuid4()), device_name="", public_key=bytes(32))
        headers = {"X-Forwarded-For": f"192.0.2.{n}"}
        url = f"{office.url}/v1/enrol"
        said.append(httpx.post(url, content=pack(asked), headers=headers, trust_env=False).status_code)
    assert said == ([401] * 8 if proxies else [401] * 5 + [429] * 3)
