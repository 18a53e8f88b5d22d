"""What holds for every test: no screen, no network, no keyring or folder of the person who runs it, and no noise."""

import logging
import os
import sys
import threading
import time
from collections import Counter, defaultdict

# Before anything imports Qt or asks for a keyring; programs that tests start inherit both.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"

import hypothesis
import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.null import Keyring as NoKeyring

hypothesis.settings.register_profile("here", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True, database=None)
hypothesis.settings.load_profile("ci" if "CI" in os.environ else "here")

LOOPBACK = ("127.", "::1", "localhost")
PATIENCE_SECONDS = 2.0


def refuse_the_network(event, args):
    """Raise where a socket would leave this machine; an audit hook sees every Python socket, also asyncio's."""
    if event == "socket.getaddrinfo":
        host = args[0]
    elif event in {"socket.connect", "socket.sendto"}:
        address = args[1]
        host = address[0] if isinstance(address, tuple) else None  # a Unix socket's address is its path
    else:
        return
    if isinstance(host, bytes):
        host = host.decode()
    if host and not host.startswith(LOOPBACK):
        raise PermissionError(f"a test may not leave this machine: {event} {host}")


sys.addaudithook(refuse_the_network)


@pytest.fixture(autouse=True)
def salesdesk_home(tmp_path_factory, monkeypatch):
    """A fresh, empty home of the program for every test and for the programs it starts."""
    home = tmp_path_factory.mktemp("salesdesk-home")
    monkeypatch.setenv("SALESDESK_HOME", str(home))
    return home


@pytest.fixture(autouse=True)
def no_thread_left():
    """A thread that would keep the program from ending fails the test that left it."""
    before = set(threading.enumerate())
    yield
    deadline = time.monotonic() + PATIENCE_SECONDS
    while left := [t for t in threading.enumerate() if t not in before and not t.daemon and t.is_alive()]:
        if time.monotonic() > deadline:
            pytest.fail(f"threads left behind: {left}")
        left[0].join(0.05)


@pytest.fixture(autouse=True)
def log_records():
    """Log records of level WARNING and above. A test that expects some asks for this list, checks and clears it."""
    records = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = records.append
    logging.getLogger().addHandler(handler)
    yield records
    logging.getLogger().removeHandler(handler)
    if records:
        pytest.fail("unexpected in the log: " + "; ".join(f"{r.name} {r.levelname} {r.getMessage()}" for r in records))


class KeyringInMemory(KeyringBackend):
    """A keyring that works and forgets."""

    priority = 1

    def __init__(self):
        super().__init__()
        self.kept = {}

    def get_password(self, service, username):
        return self.kept.get((service, username))

    def set_password(self, service, username, password):
        self.kept[service, username] = password

    def delete_password(self, service, username):
        del self.kept[service, username]


@pytest.fixture
def keyring_in_memory():
    """A usable keyring; without this fixture the machine has none."""
    backend = KeyringInMemory()
    keyring.set_keyring(backend)
    yield backend
    keyring.set_keyring(NoKeyring())


@pytest.fixture
def measured(record_property):
    """Says a number that a person should read; all of them stand at the end of the run, also with workers."""
    return lambda said: record_property("measured", said)


@pytest.fixture
def counted(record_property):
    """Adds to the counts of one kind of work over all tests and workers; their sums stand at the end of the run."""
    return lambda kind, counts: record_property("counted", (kind, dict(counts)))


def pytest_terminal_summary(terminalreporter):
    """Print what the tests measured, and what they counted together."""
    reports = [report for found in terminalreporter.stats.values() for report in found]
    properties = [one for report in reports if getattr(report, "when", "") == "call" for one in report.user_properties]
    said = [value for name, value in properties if name == "measured"]
    sums = defaultdict(Counter)
    for name, value in properties:
        if name == "counted":
            sums[value[0]].update({"tests": 1} | value[1])
    said += [f"{kind}: " + ", ".join(f"{n:,} {what}" for what, n in found.items()) for kind, found in sums.items()]
    if said:
        terminalreporter.section("measured")
        for line in sorted(set(said)):
            terminalreporter.line(line)
