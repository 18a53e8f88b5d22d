"""What reaches the office from a network where anybody may speak."""

import random
import socket

import httpx
import msgspec
import pytest
import zstandard

from salesdesk.errors import OfficeRefused
from salesdesk.server import accounts, app
from salesdesk.sync.protocol import (
    Challenge,
    Enrol,
    Enrolled,
    Nonce,
    Proof,
    Pull,
    Pulled,
    Push,
    Refusal,
    Token,
    pack,
    signed_text,
    unpack,
)
from tests.server.office import PASSWORD, Bare, sent

BOMB = zstandard.ZstdCompressor(level=19).compress(bytes(300_000_000))
PATHS = ["/v1/enrol", "/v1/challenge", "/v1/token", "/v1/push", "/v1/pull"]


def refusal(response):
    return unpack(response.content, Refusal).message


def test_a_bomb_is_refused_before_it_grows():
    assert len(BOMB) < 10_000
    with pytest.raises(OfficeRefused, match="sync.message_too_large|sync.not_a_message"):
        unpack(BOMB, Push)


@pytest.mark.parametrize("path", PATHS)
def test_every_door_refuses_bombs_and_riddles(device, path):
    bare = device()
    deep = zstandard.compress(b"\x81\xa1x" + b"\x91" * 500_000 + b"\xc0")
    broken_text = zstandard.compress(b"\x81\xa6device\xa2\xff\xfe")
    cut = pack(Pull(cursors={}))[:-4]
    for body in (BOMB, deep, broken_text, cut, b"", b"{}", zstandard.compress(b"\xc1"), zstandard.compress(b"\x80")):
        answer = bare.post(path, body)
        assert answer.status_code in {400, 413}, (path, body[:20])
        assert refusal(answer).startswith("sync.")


def test_a_body_that_never_ends_is_not_read_to_its_end(device):
    bare = device()

    def endless():
        for _ in range(64):
            yield bytes(1024 * 1024)

    try:
        answer = bare.post("/v1/push", endless())
        assert (answer.status_code, refusal(answer)) == (413, "sync.message_too_large")
    except httpx.TransportError:
        pass  # refused while still sending: as good


def test_unknown_pages_and_methods(device):
    bare = device()
    assert bare.http.get("/v1/nothing").status_code == 404
    assert bare.http.get("/../../etc/passwd").status_code == 404
    assert bare.http.get("/v1/push").status_code == 405
    assert bare.http.get("/v1/health").text == "SalesDesk office"


def test_without_a_token_nothing_is_said(office, device):
    bare = device()
    for token in ("-", "x", "é", "A" * 200, bare.token[:-3] + "AAA"):
        bare.token = token
        for message in (Pull(cursors={}), bare.message([sent("customer", "c1", name="甲")])):
            path = "/v1/pull" if isinstance(message, Pull) else "/v1/push"
            headers = {"Authorization": b"Bearer " + token.encode()}
            answer = bare.http.post(path, content=pack(message), headers=headers)
            assert (answer.status_code, refusal(answer)) == (401, "sync.token_expired")
    assert bare.http.get(f"/v1/blobs/east/{'0' * 64}").status_code == 401
    assert bare.http.patch(f"/v1/blobs/east/{'0' * 64}", content=bytes(2 * 1024 * 1024)).status_code == 401


def test_wrong_passwords_are_slowed_and_never_told_apart(office):
    with httpx.Client(base_url=office.url, trust_env=False) as http:

        def try_it(login, password):
            asked = Enrol(account=login, password=password, device="d", device_name="", public_key=bytes(32))
            return http.post("/v1/enrol", content=pack(asked))

        assert refusal(try_it("nobody", "x")) == refusal(try_it("zhaolei", "x")) == "sync.wrong_password"
        for _ in range(4):
            try_it("zhaolei", "x")
        slowed = try_it("zhaolei", PASSWORD)
        assert (slowed.status_code, refusal(slowed)) == (429, "sync.too_many_tries")
        assert 0 < int(slowed.headers["Retry-After"]) <= 60
        assert try_it("wangfang", PASSWORD).status_code == 200


def test_a_revoked_device_is_shut_out_at_once(office, device):
    bare, other = device(), device()
    assert isinstance(bare.call("/v1/pull", Pull(cursors={}), Pulled), Pulled)
    office.administration.revoke(bare.device)
    assert bare.call("/v1/pull", Pull(cursors={}), Pulled).message == "sync.device_revoked"
    assert bare.push(sent("customer", "c1", name="甲")).message == "sync.device_revoked"
    assert isinstance(other.call("/v1/pull", Pull(cursors={}), Pulled), Pulled)


def test_a_device_cannot_be_taken_over_by_another_person(office, device):
    bare = device("liwei")
    thief = Enrol(account="wangfang", password=PASSWORD, device=bare.device, device_name="x", public_key=bytes(32))
    assert bare.call("/v1/enrol", thief, Enrolled).message == "sync.device_of_another"


def test_a_proof_by_another_key_is_no_proof(office, device):
    bare, other = device(), device()
    nonce = bare.call("/v1/challenge", Challenge(device=bare.device), Nonce).nonce
    for signature in (other.key.sign(signed_text(bare.device, nonce)), b"", bytes(64)):
        answer = bare.call("/v1/token", Proof(device=bare.device, nonce=nonce, signature=signature), Token)
        assert answer.message == "sync.unknown_device"
    own = bytes(8) + nonce[8:]
    answer = bare.call(
        "/v1/token", Proof(device=bare.device, nonce=own, signature=bare.key.sign(signed_text(bare.device, own))), Token
    )
    assert answer.message == "sync.token_expired"


def test_others_territories_stay_closed(device):
    bare = device()
    assert bare.push(sent("customer", "c1", name="甲"), territory="west").message == "sync.not_a_member"
    feeds = bare.call("/v1/pull", Pull(cursors={}), Pulled).feeds
    assert [feed.territory for feed in feeds] == ["east"]


def test_noise_never_breaks_the_office(office, log_records):
    """Damaged copies of a good push: each is refused or answered, none is a fault of the office."""
    seed = random.randrange(2**32)
    print("seed", seed)  # noqa: T201  # told when it fails
    rng = random.Random(seed)
    bare = Bare(office.url)
    good = msgspec.msgpack.encode(bare.message([sent("customer", f"c{n}", name="华源", employees=5) for n in range(3)]))
    for _ in range(100):
        raw = bytearray(good)
        for _ in range(rng.randrange(1, 4)):
            raw[rng.randrange(len(raw))] = rng.randrange(256)
        answer = bare.post("/v1/push", zstandard.compress(bytes(raw)))
        assert answer.status_code in {200, 400, 403, 409}, (answer.status_code, bytes(raw))
    bare.close()
    assert {(record.name, record.levelname) for record in log_records} <= {("salesdesk.server.intake", "WARNING")}
    log_records.clear()


def test_a_token_lasts_ten_minutes_and_no_longer(device, monkeypatch):
    bare = device()
    clock = accounts.time.time
    monkeypatch.setattr(accounts.time, "time", lambda: clock() + 590)
    assert isinstance(bare.call("/v1/pull", Pull(cursors={}), Pulled), Pulled)
    monkeypatch.setattr(accounts.time, "time", lambda: clock() + 601)
    assert bare.call("/v1/pull", Pull(cursors={}), Pulled).message == "sync.token_expired"
    bare.sign_in()
    assert isinstance(bare.call("/v1/pull", Pull(cursors={}), Pulled), Pulled)


def test_a_revoked_device_does_not_come_back_with_a_password(office, device):
    bare = device()
    office.administration.revoke(bare.device)
    again = {"account": "liwei", "password": PASSWORD, "device": bare.device, "device_name": "x"}
    answer = bare.call("/v1/enrol", Enrol(**again, public_key=bare.key.public_key().public_bytes_raw()), Enrolled)
    assert answer.message == "sync.device_revoked"


@pytest.mark.parametrize("odd", [{"device": "a\0b"}, {"device": "x" * 37}, {"device": ""}, {"device_name": "\0"},
                                 {"public_key": bytes(31)}])  # fmt: skip
def test_strange_enrolments_are_refused(device, odd):
    good = {"account": "liwei", "password": PASSWORD, "device": "d1", "device_name": "x", "public_key": bytes(32)}
    assert device().call("/v1/enrol", Enrol(**(good | odd)), Enrolled).message == "sync.not_a_message"
    assert device().call("/v1/enrol", Enrol(**(good | {"account": "\0"})), Enrolled).message == "sync.wrong_password"


def test_a_body_that_stalls_is_let_go(office, device, monkeypatch):
    monkeypatch.setattr(app, "_STALL_SECONDS", 0.2)
    bare = device()
    with socket.create_connection(office.listener.getsockname(), timeout=10) as line:
        head = f"POST /v1/push HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {bare.token}\r\nContent-Length: 100\r\n\r\n"
        line.sendall(head.encode() + b"abc")
        assert line.recv(100).startswith(b"HTTP/1.1 408")
