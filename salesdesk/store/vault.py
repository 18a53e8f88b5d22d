"""The system's keyring, asked with patience and a limit: it may be locked, silent, half gone, or none at all.

A keyring asks its own questions ("unlock your login keyring") and answers when a person has; some never answer. So each
call runs in a thread of its own that is left behind when the limit is over or nobody wants the answer any more.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from salesdesk.errors import NoKeyring

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

T = TypeVar("T")
Stopped = Callable[[], bool]

_SERVICE = "SalesDesk"
_LOOK_S = 10.0  # which keyring there is, without asking a person anything
_PROMPT_S = 60.0  # a person may have to type a password
_TICK_S = 0.1
# These keep nothing, keep it in clear, or ask for a password on a terminal that nobody sees.
_NO_KEYRINGS = ("keyring.backends.fail", "keyring.backends.null", "keyrings.alt", "keyrings.cryptfile")
_RECOMMENDED = 1  # the library's own line between what is safe and what merely works


def never() -> bool:
    """Nobody stops it."""
    return False


def usable(stopped: Stopped = never) -> bool:
    """Whether this machine has a keyring that keeps secrets; none is a normal state on Linux.

    Raises `NoKeyring` ("keys.keyring_silent") for one that does not even say what it is.
    """
    return _asked(lambda: _safe() is not None, _LOOK_S, stopped)


def put(account: str, secret: str, stopped: Stopped = never) -> None:
    """Keep a secret, and see that it is kept; raises `NoKeyring` when it is not."""

    def work() -> bool:
        backend = _safe()
        if backend is None:
            raise NoKeyring("keys.no_keyring")
        backend.set_password(_SERVICE, account, secret)
        return backend.get_password(_SERVICE, account) == secret

    if not _asked(work, _PROMPT_S, stopped):
        raise NoKeyring("keys.no_keyring")


def get(account: str, stopped: Stopped = never) -> str | None:
    """A secret, `None` when the keyring does not have it; raises `NoKeyring` when it does not say.

    Any backend is asked: where an older version has put a key it is read.
    """
    return _asked(lambda: _current().get_password(_SERVICE, account), _PROMPT_S, stopped)


def drop(account: str, stopped: Stopped = never) -> None:
    """Forget a secret; raises `NoKeyring` when the keyring does not do it."""
    _asked(lambda: _current().delete_password(_SERVICE, account), _PROMPT_S, stopped)


def _current() -> KeyringBackend:
    import keyring  # noqa: PLC0415  # slow to import, needed only at start and set-up
    from keyring import core  # noqa: PLC0415  # as above
    from keyring.backends import fail  # noqa: PLC0415  # as above

    if isinstance(keyring.get_keyring(), fail.Keyring):
        core.init_backend()  # the service may have come up since
    return keyring.get_keyring()


def _safe() -> KeyringBackend | None:
    """The keyring that a new secret may be put into, if there is one."""
    from keyring.backends.chainer import ChainerBackend  # noqa: PLC0415  # see _current

    backend = _current()
    candidates = list(backend.backends) if isinstance(backend, ChainerBackend) else [backend]
    return next((found for found in candidates if _keeps_secrets(found)), None)


def _keeps_secrets(backend: KeyringBackend) -> bool:
    module = type(backend).__module__
    unsafe = any(module == name or module.startswith(f"{name}.") for name in _NO_KEYRINGS)
    return not unsafe and backend.priority >= _RECOMMENDED


def _asked(ask: Callable[[], T], limit_s: float, stopped: Stopped) -> T:
    """What the keyring answers; `NoKeyring` for whatever goes wrong with it, and when the limit is over."""
    from keyring.errors import KeyringLocked, NoKeyringError  # noqa: PLC0415  # see _current

    answers: queue.SimpleQueue[tuple[T, None] | tuple[None, BaseException]] = queue.SimpleQueue()

    def work() -> None:
        try:
            answers.put((ask(), None))
        except BaseException as error:  # noqa: BLE001  # handed over to who asked
            answers.put((None, error))

    threading.Thread(target=work, name="keyring", daemon=True).start()
    until = time.monotonic() + limit_s
    while True:
        try:
            answer, error = answers.get(timeout=_TICK_S)
        except queue.Empty:
            if stopped() or time.monotonic() > until:
                raise NoKeyring("keys.keyring_silent") from None
            continue
        if error is None:
            return answer  # type: ignore[return-value]  # without an error it is the answer
        if isinstance(error, NoKeyring | MemoryError):
            raise error
        if isinstance(error, KeyringLocked):
            raise NoKeyring("keys.keyring_locked") from error
        if isinstance(error, NoKeyringError):
            raise NoKeyring("keys.keyring_gone") from error
        # each backend has errors of its own, from D-Bus to the operating system
        raise NoKeyring("keys.keyring_failed", detail=type(error).__name__) from error
