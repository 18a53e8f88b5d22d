"""Nobody who only reads waits for a writer; writers have their turn in order; waiting ends before patience does."""

import hashlib
import random
import socket
import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from salesdesk.errors import OfficeUnreachable
from salesdesk.server import app
from salesdesk.sync import client as laptop
from salesdesk.sync.client import Client
from salesdesk.sync.protocol import (
    LAPTOP_KEEPS_S,
    LAPTOP_WAITS_S,
    OFFICE_KEEPS_S,
    OFFICE_WAITS_S,
    Challenge,
    Nonce,
    Pull,
    Pulled,
    Pushed,
    pack,
)
from tests.server.conftest import new_office
from tests.server.office import Bare, sent

LONG_S = 60  # only so that a failure ends


@pytest.fixture
def embedded(tmp_path, request):
    with new_office("sqlite", tmp_path, request) as opened:
        yield opened


def new_id():
    return str(uuid.uuid4())


@pytest.fixture
def writing(office):
    """Somebody is in the middle of writing, and does not end."""
    with office.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE territory SET name = 'being written' WHERE id = 'east'")
        yield
        connection.rollback()


def test_who_reads_does_not_wait_for_a_writer(device, request):
    bare = device()
    data = b"a photo"
    path = f"/v1/blobs/east/{hashlib.sha256(data).hexdigest()}"
    bare.push(sent("customer", new_id(), name="甲"))
    headers = {"Upload-Offset": "0", "Upload-Length": str(len(data)), "Authorization": f"Bearer {bare.token}"}
    request.getfixturevalue("writing")
    bare.sign_in()  # nonce and token
    assert isinstance(bare.call("/v1/pull", Pull(cursors={}), Pulled), Pulled)
    assert bare.http.patch(path, content=data, headers=headers).status_code == 204
    assert bare.http.get(path, headers={"Authorization": f"Bearer {bare.token}"}).content == data


def test_a_line_of_writers_takes_no_reader_his_thread(embedded, monkeypatch):
    """More pushes wait than the office has threads for readers."""
    monkeypatch.setattr(app, "OFFICE_WAITS_S", LONG_S)
    bare = Bare(embedded.url)
    message = bare.message([sent("customer", new_id(), name="甲")])
    go_on, begun = threading.Event(), threading.Event()
    whole = app.intake.push

    def slow(*arguments):
        begun.set()
        assert go_on.wait(LONG_S)
        return whole(*arguments)

    monkeypatch.setattr(app.intake, "push", slow)
    with ThreadPoolExecutor(60) as pool:
        waiting = [pool.submit(bare.post, "/v1/push", pack(message)) for _ in range(60)]
        assert begun.wait(LONG_S)
        try:
            assert isinstance(bare.call("/v1/pull", Pull(cursors={}), Pulled), Pulled)
        finally:
            go_on.set()
        assert sorted(one.result().status_code for one in waiting) == [200] + [409] * 59
    bare.close()


def test_writers_have_their_turn_in_the_order_in_which_they_came(embedded, monkeypatch):
    devices = [Bare(embedded.url, login) for login in ("liwei", "wangfang", "zhaolei") for _ in range(5)]
    arrived, served = [], []
    first, come = threading.Event(), threading.Semaphore(0)
    whole, read = app.intake.push, app.push_reader.read_push

    def remember_arrival(body):
        message = read(body)
        arrived.append(message.entries[0].record_id)
        return message

    def slow(engine, caller, message):
        served.append(message.entries[0].record_id)
        first.set()
        assert come.acquire(timeout=LONG_S)
        return whole(engine, caller, message)

    monkeypatch.setattr(app.push_reader, "read_push", remember_arrival)
    monkeypatch.setattr(app.intake, "push", slow)
    with ThreadPoolExecutor(len(devices)) as pool:
        waiting = []
        for number, bare in enumerate(devices):
            waiting.append(pool.submit(bare.push, sent("customer", new_id(), name="甲")))
            assert first.wait(LONG_S)
            while len(arrived) <= number:
                time.sleep(0.002)
            time.sleep(0.02)  # from being read into the line
        for _ in devices:
            come.release()
        assert all(isinstance(one.result(), Pushed) for one in waiting)
    assert served == arrived
    for bare in devices:
        bare.close()


def test_busy_is_said_before_the_laptop_gives_up(embedded, monkeypatch):
    assert OFFICE_WAITS_S + 5 < LAPTOP_WAITS_S  # a turn, and another process that writes
    monkeypatch.setattr(app, "OFFICE_WAITS_S", 0.2)
    slow, quick = Bare(embedded.url), Bare(embedded.url, "wangfang")
    go_on, begun = threading.Event(), threading.Event()
    whole = app.intake.push

    def wait(*arguments):
        begun.set()
        assert go_on.wait(LONG_S)
        return whole(*arguments)

    monkeypatch.setattr(app.intake, "push", wait)
    with ThreadPoolExecutor(1) as pool:
        held_up = pool.submit(slow.push, sent("customer", new_id(), name="甲"))
        assert begun.wait(LONG_S)
        refused = quick.post("/v1/push", pack(quick.message([sent("customer", new_id(), name="乙")])))
        assert (refused.status_code, refused.headers["Retry-After"]) == (503, "10")
        go_on.set()
        assert isinstance(held_up.result(), Pushed)  # what has begun is done
    assert isinstance(quick.push(sent("customer", new_id(), name="乙")), Pushed)
    for bare in (slow, quick):
        bare.close()


class Moody(Client):
    """The office says "busy" a few times, then answers."""

    def __init__(self, *arguments, moods):
        super().__init__(*arguments)
        self._moods = iter(moods)

    def _send(self, method, path, **options):
        mood = next(self._moods, None)
        if mood is None:
            return super()._send(method, path, **options)
        return httpx.Response(
            503, headers={"Retry-After": mood.encode("latin-1")} if mood else {}, request=httpx.Request(method, path)
        )


def test_the_laptop_waits_as_long_as_it_is_told(embedded, monkeypatch):
    slept = []
    monkeypatch.setattr(laptop.Client, "_wait", lambda _laptop, seconds: slept.append(seconds))
    monkeypatch.setattr(laptop.random, "uniform", lambda low, _high: low)
    with Moody(embedded.url, moods=["10", "7"]) as one:
        assert isinstance(one.call("/v1/challenge", Challenge(device="d"), Nonce, signed=False), Nonce)
    assert slept == [10, 7]
    for moods in (["10", "10", "10"], ["3600"], ["²"], ["9" * 5000]):
        with Moody(embedded.url, moods=moods) as one, pytest.raises(OfficeUnreachable, match="sync.office_busy"):
            one.call("/v1/challenge", Challenge(device="d"), Nonce, signed=False)
    with Moody(embedded.url, moods=[""]) as one, pytest.raises(OfficeUnreachable, match="sync.office_in_trouble"):
        one.call("/v1/challenge", Challenge(device="d"), Nonce, signed=False)  # a gateway's word, not the office's
    assert slept == [10, 7, 10, 10]


def test_an_idle_connection_is_given_up_by_the_laptop_first(embedded):
    """Six seconds between two requests on one connection: it used to be cut at five."""
    with Client(embedded.url) as one:
        assert one._http._transport._pool._keepalive_expiry == LAPTOP_KEEPS_S
    assert embedded.server.config.timeout_keep_alive == OFFICE_KEEPS_S > LAPTOP_KEEPS_S + LAPTOP_WAITS_S / 2
    asked = b"GET /v1/health HTTP/1.1\r\nHost: office\r\n\r\n"
    with socket.create_connection(embedded.listener.getsockname(), timeout=LONG_S) as line:
        for pause in (0, 6):
            time.sleep(pause)
            line.sendall(asked)
            answer = b""
            while not answer.endswith(b"SalesDesk office"):
                piece = line.recv(1000)
                assert piece, "cut"
                answer += piece


def test_an_evening_peak_is_served_in_order_and_nobody_is_refused(embedded):
    rng = random.Random(3)
    devices = [Bare(embedded.url, rng.choice(["liwei", "wangfang", "zhaolei"])) for _ in range(20)]

    def evening(bare):
        return [bare.push(sent("customer", new_id(), name="甲")) for _ in range(4)]

    with ThreadPoolExecutor(len(devices)) as pool:
        answers = [answer for said in pool.map(evening, devices) for answer in said]
    assert all(isinstance(answer, Pushed) for answer in answers)
    assert len({rev for answer in answers for rev in answer.revs.values()}) == 80
    for bare in devices:
        bare.close()
