"""A keyring that does not answer as it should is told in words, within its limit, and never waited for for ever."""

import contextlib
import socket
import threading

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import SecretService, chainer
from keyring.errors import InitError, KeyringLocked

from salesdesk.errors import NoKeyring
from salesdesk.store import keys, vault
from tests.conftest import KeyringInMemory


@pytest.fixture
def use():
    before = keyring.get_keyring()
    yield keyring.set_keyring
    keyring.set_keyring(before)


@pytest.fixture
def impatient(monkeypatch):
    """Limits that a test can wait for."""
    monkeypatch.setattr(vault, "_LOOK_S", 0.3)
    monkeypatch.setattr(vault, "_PROMPT_S", 0.3)


class Fails(KeyringBackend):
    priority = 5

    def __init__(self, error):
        super().__init__()
        self.error = error

    def get_password(self, service, username):
        raise self.error

    def set_password(self, service, username, password):
        raise self.error


class Waits(KeyringInMemory):
    """Never returns; `called` tells that it was asked."""

    priority = 5

    def __init__(self):
        super().__init__()
        self.called, self.go_on = threading.Event(), threading.Event()

    def get_password(self, service, username):
        self.called.set()
        self.go_on.wait(60)
        return super().get_password(service, username)

    def set_password(self, service, username, password):
        self.get_password(service, username)


def told(work):
    with pytest.raises(NoKeyring) as met:
        work()
    return met.value.message


def test_one_that_never_returns_is_silent(tmp_path, use, impatient):
    backend = Waits()
    use(backend)
    assert told(lambda: keys.keep_in_keyring(tmp_path, keys.new_key())) == "keys.keyring_silent"
    assert not (tmp_path / "key.json").exists()
    backend.go_on.set()


def test_who_waits_no_longer_is_let_go_before_the_limit(tmp_path, use):
    backend = Waits()
    use(backend)
    assert told(lambda: vault.get("account", backend.called.is_set)) == "keys.keyring_silent"
    backend.go_on.set()


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (KeyringLocked("the item"), "keys.keyring_locked"),
        (InitError("no session"), "keys.keyring_failed"),
        (ConnectionResetError("the service went away"), "keys.keyring_failed"),
        (TimeoutError("D-Bus"), "keys.keyring_failed"),
        (RuntimeError("KWallet"), "keys.keyring_failed"),
        (EOFError(), "keys.keyring_failed"),
    ],
)
def test_whatever_a_backend_raises_is_told(use, error, message):
    use(Fails(error))
    assert told(lambda: vault.get("account")) == message
    assert told(lambda: vault.put("account", "secret")) == message


def test_no_backend_at_all_for_a_key_that_is_in_one(monkeypatch, use):
    from keyring.backends.fail import Keyring  # noqa: PLC0415

    use(Keyring())
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    assert told(lambda: vault.get("account")) == "keys.keyring_gone"


def test_one_that_came_up_since_is_found(monkeypatch, use):
    from keyring.backends.fail import Keyring  # noqa: PLC0415

    use(Keyring())
    monkeypatch.setattr("keyring.core.init_backend", lambda: use(KeyringInMemory()))
    assert vault.usable()


def plain(module, priority=0.5):
    """A backend as another package brings it."""
    return type("PlaintextKeyring", (KeyringInMemory,), {"__module__": module, "priority": priority})()


@pytest.mark.parametrize(
    ("module", "priority", "usable"),
    [
        ("keyrings.alt.file", 0.5, False),
        ("keyrings.alt.file", 9, False),
        ("keyrings.cryptfile.cryptfile", 2.5, False),
        ("keyring.backends.null", 5, False),
        ("keyrings_of_mine", 0.9, False),
        ("keyring_pass", 1, True),
    ],
)
def test_what_keeps_passwords_in_clear_is_no_keyring(tmp_path, use, module, priority, usable):
    backend = plain(module, priority)
    use(backend)
    assert vault.usable() is usable
    if not usable:
        assert told(lambda: keys.keep_in_keyring(tmp_path, keys.new_key())) == "keys.no_keyring"
        assert backend.kept == {}


def test_a_key_that_an_older_version_put_there_is_still_read(tmp_path, use):
    use(KeyringInMemory())
    key = keys.new_key()
    keys.keep_in_keyring(tmp_path, key)
    old = plain("keyrings.alt.file")
    old.kept = keyring.get_keyring().kept
    use(old)
    assert keys.key_from_keyring(tmp_path) == key


def test_of_several_the_first_safe_one_keeps_it(use, monkeypatch):
    clear, safe = plain("keyrings.alt.file", 9), KeyringInMemory()
    monkeypatch.setattr(chainer.ChainerBackend, "backends", [clear, safe])
    use(chainer.ChainerBackend())
    vault.put("account", "secret")
    assert (clear.kept, list(safe.kept.values())) == ({}, ["secret"])
    assert vault.get("account") == "secret"


def test_one_that_forgets_at_once_is_none(use):
    class Forgets(KeyringInMemory):
        def get_password(self, service, username):
            return None

    use(Forgets())
    assert told(lambda: vault.put("account", "secret")) == "keys.no_keyring"


def test_the_real_secret_service_behind_a_bus_that_says_nothing(tmp_path, use, impatient, monkeypatch):
    path = tmp_path / "bus"
    with socket.socket(socket.AF_UNIX) as bus:
        bus.bind(str(path))
        bus.listen()
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={path}")
        use(SecretService.Keyring())
        assert told(vault.usable) == "keys.keyring_silent"
        assert told(lambda: vault.get("account")) == "keys.keyring_silent"
        for _ in range(2):
            with contextlib.suppress(OSError):
                bus.accept()[0].close()


def test_the_real_secret_service_without_a_bus(use, monkeypatch, tmp_path):
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path / 'nowhere'}")
    use(SecretService.Keyring())
    assert told(lambda: vault.get("account")) in {"keys.keyring_failed", "keys.keyring_gone"}
