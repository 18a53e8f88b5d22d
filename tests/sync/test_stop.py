"""Stop means stop: whatever a sync waits for, it ends while the other side is silent, and nothing is half done."""

import socket
import threading
import time

import pytest

from salesdesk.errors import UserError
from salesdesk.records.work import Task
from salesdesk.store import attachments
from salesdesk.sync import driver
from tests.server.conftest import new_office
from tests.server.office import PASSWORD
from tests.sync.companies import Dripping, Page, Silent, Tunnel
from tests.sync.crew import Laptop, until_quiet

# Far more than the tenth of a second it takes, far less than the thirty of a silent office
PATIENCE_S = 10


@pytest.fixture(scope="module")
def office(request, tmp_path_factory):
    with new_office("sqlite", tmp_path_factory.mktemp("office"), request) as opened:
        yield opened


@pytest.fixture
def laptop(office, tmp_path):
    made = Laptop(tmp_path / "laptop", office.url, "liwei")
    made.add(Task(subject="unsent"))
    yield made
    made.close()


def stopped_while(waiting, work):
    """What `work` returns or raises when it is stopped once `waiting` is set; it must end by that alone."""
    stop, ended = threading.Event(), []

    def run():
        try:
            ended.append(work(stop.is_set))
        except Exception as error:  # noqa: BLE001  # whatever it is, the test looks at it
            ended.append(error)

    worker = threading.Thread(target=run, daemon=True)
    worker.start()
    assert waiting.wait(PATIENCE_S)
    time.sleep(0.2)  # into the middle of the waiting
    assert not ended
    stop.set()
    began = time.monotonic()
    worker.join(PATIENCE_S)
    assert ended, "still running"
    return ended[0], time.monotonic() - began


@pytest.mark.parametrize("kind", [Silent, Dripping])
def test_an_office_that_says_nothing_or_never_ends(laptop, office, kind, measured):
    with kind() as silent:
        laptop.go_through(silent.url)
        report, seconds = stopped_while(silent.met, lambda stop: laptop.sync(cancelled=stop))
    assert report.cancelled
    measured(f"Stop against a {kind.__name__.lower()} office: {seconds:.2f} s")
    laptop.go_through(office.url)
    assert laptop.sync().sent == 1
    until_quiet(laptop)


def test_a_name_that_is_looked_up_for_ever(laptop, office, monkeypatch):
    asked, go_on = threading.Event(), threading.Event()

    def never(*_arguments, **_more):
        asked.set()
        go_on.wait(60)
        raise socket.gaierror(-2, "nobody")

    with monkeypatch.context() as patched:
        patched.setattr("socket.getaddrinfo", never)
        laptop.go_through("https://office.example.com")
        report, _ = stopped_while(asked, lambda stop: laptop.sync(cancelled=stop))
        go_on.set()
    assert report.cancelled
    laptop.go_through(office.url)
    until_quiet(laptop)


def test_a_proxy_behind_which_nobody_answers(laptop, office, monkeypatch):
    with Silent() as silent, Tunnel(silent.port) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{proxy.port}")
        laptop.go_through("https://office.example.com")
        report, _ = stopped_while(silent.met, lambda stop: laptop.sync(cancelled=stop))
    assert report.cancelled
    laptop.go_through(office.url)
    until_quiet(laptop)


def test_an_office_that_asks_to_wait(laptop, office):
    with Page("503 Service Unavailable", headers=["Retry-After: 20"]) as busy:
        laptop.go_through(busy.url)
        report, _ = stopped_while(busy.met, lambda stop: laptop.sync(cancelled=stop))
    assert report.cancelled
    laptop.go_through(office.url)
    until_quiet(laptop)


def test_signing_in_can_be_stopped_and_done_again(office, tmp_path):
    laptop = Laptop(tmp_path / "new", office.url, "")
    with Silent() as silent:
        error, _ = stopped_while(
            silent.met,
            lambda stop: driver.enrol(laptop.workspace, silent.url, "liwei", PASSWORD, "laptop", stop),
        )
    assert isinstance(error, UserError)
    assert error.message == "sync.stopped"
    assert driver.office_of(laptop.workspace) is None
    laptop.enrol(office.url, "liwei")
    laptop.sync()
    laptop.close()


def test_a_file_that_is_being_fetched(laptop, office, tmp_path, monkeypatch):
    """The record is there, its file still on the way: stopped, it is fetched by the next sync."""
    data = bytes(range(256)) * 4_000
    with laptop.workspace.changing("attach") as changes:
        task = changes.add(Task(subject="with a file"))
        kept = attachments.attach(laptop.workspace, changes, task, "扫描.pdf", "application/pdf", data)
    laptop.sync()
    other = Laptop(tmp_path / "other", office.url, "wangfang")
    fetch = driver.Client.fetch_file
    silent = Silent()

    def fetch_elsewhere(client, territory, sha256):
        client._http.base_url = silent.url
        return fetch(client, territory, sha256)

    with silent, monkeypatch.context() as patched:
        patched.setattr(driver.Client, "fetch_file", fetch_elsewhere)
        report, _ = stopped_while(silent.met, lambda stop: other.sync(cancelled=stop))
    assert report.cancelled
    other.sync()
    assert attachments.read_blob(other.workspace, kept.sha256) == data
    other.close()
