"""Where the workspace's key is kept: in the system's keyring, or wrapped by a passphrase.

The key is 32 random bytes. `key.json` beside the workspace says where it is and holds no secret
on its own: with a keyring only a name, with a passphrase the key under AES-256-GCM with a key
derived by argon2id (RFC 9106, second recommended parameters: 64 MiB, 3 passes, 4 lanes).
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import hmac
import json
import os
import secrets
import time
import unicodedata
from pathlib import Path
from typing import Any

from salesdesk.errors import DamagedWorkspace, NoKeyring, UserError, WrongKey
from salesdesk.store import vault
from salesdesk.store.faults import told_plainly
from salesdesk.store.vault import Stopped, never

KEY_BYTES = 32
_TIME, _MEMORY_KIB, _LANES = 3, 64 * 1024, 4
_SHORTEST_PASSPHRASE = 8
_FREE_TRIES = 5
_LONGEST_WAIT_S = 60
_TRIES = "tries.json"


def new_key() -> bytes:
    """A fresh random key."""
    return secrets.token_bytes(KEY_BYTES)


def keep_in_keyring(folder: Path, key: bytes, stopped: Stopped = never) -> None:
    """Put the key into the keyring; raises `NoKeyring` when it cannot be kept there, or does not say."""
    account = secrets.token_hex(8)
    vault.put(account, _text(key), stopped)
    _write(folder, {"kept": "keyring", "account": account, "fingerprint": _fingerprint(key)})


def keep_under_passphrase(folder: Path, key: bytes, passphrase: str) -> None:
    """Wrap the key with a passphrase of at least eight characters."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415  # only at set-up

    if len(passphrase) < _SHORTEST_PASSPHRASE:
        raise UserError("keys.passphrase_too_short", field="passphrase", least=_SHORTEST_PASSPHRASE)
    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    wrapped = AESGCM(_derived(passphrase, salt)).encrypt(nonce, key, None)
    _write(
        folder,
        {
            "kept": "passphrase",
            "salt": _text(salt),
            "nonce": _text(nonce),
            "wrapped": _text(wrapped),
            "fingerprint": _fingerprint(key),
        },
    )


def needs_passphrase(folder: Path) -> bool:
    """Whether opening this workspace takes a passphrase."""
    return str(_read(folder)["kept"]) == "passphrase"


def key_from_keyring(folder: Path, stopped: Stopped = never) -> bytes:
    """The key out of the keyring; `NoKeyring` when the keyring is locked, silent, empty or gone."""
    found = vault.get(str(_read(folder).get("account")), stopped)
    if found is None:
        raise NoKeyring("keys.not_in_keyring")
    try:
        return base64.b64decode(found, validate=True)
    except ValueError as error:
        raise NoKeyring("keys.not_in_keyring") from error


def forget(folder: Path) -> None:
    """Destroy the way to the key: its entry in the keyring, or the wrapped key. Nothing to forget is fine."""
    path = folder / "key.json"
    if not path.exists():
        return
    kept = _read(folder)
    path.write_bytes(secrets.token_bytes(path.stat().st_size))
    path.unlink()
    if kept["kept"] == "keyring":
        with contextlib.suppress(NoKeyring):  # it is locked or gone; without the file nobody finds the entry
            vault.drop(str(kept.get("account")))


def key_from_passphrase(folder: Path, passphrase: str) -> bytes:
    """The key unwrapped; `WrongKey` for a wrong passphrase.

    After five wrong tries each further one waits, twice as long as the one before and at most a
    minute; the count is kept in the file, so that starting the program again does not help.
    """
    from argon2.exceptions import HashingError  # noqa: PLC0415  # only with a passphrase
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415  # only at start
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415  # only at start

    kept = _read(folder)
    failures = _failures(folder)
    if failures >= _FREE_TRIES:
        time.sleep(min(_LONGEST_WAIT_S, 2 ** min(failures - _FREE_TRIES, 6)))
    try:
        salt, nonce, wrapped = (base64.b64decode(kept[name], validate=True) for name in ("salt", "nonce", "wrapped"))
        key = AESGCM(_derived(passphrase, salt)).decrypt(nonce, wrapped, None)
    except InvalidTag as error:
        _count(folder, failures + 1)
        raise WrongKey("keys.wrong_passphrase", tries=failures + 1) from error
    except (KeyError, TypeError, ValueError, HashingError) as error:
        raise DamagedWorkspace("keys.key_file_damaged") from error
    if failures:
        _count(folder, 0)
    return key


def belongs_to(folder: Path, key: bytes) -> bool:
    """Whether this is the key that the folder was made with, which tells a broken file from a wrong key."""
    try:
        return hmac.compare_digest(str(_read(folder).get("fingerprint")), _fingerprint(key))
    except DamagedWorkspace:
        return False


def _fingerprint(key: bytes) -> str:
    return hmac.new(key, b"salesdesk key fingerprint", hashlib.sha256).hexdigest()[:16]


def _failures(folder: Path) -> int:
    """Wrong tries so far, in a file of its own: a full disk must not bar the right passphrase."""
    try:
        return max(0, int(json.loads((folder / _TRIES).read_text(encoding="utf-8"))))
    except (OSError, ValueError, TypeError):
        return 0


def _count(folder: Path, failures: int) -> None:
    with contextlib.suppress(OSError):
        (folder / _TRIES).write_text(json.dumps(failures), encoding="utf-8")


def _derived(passphrase: str, salt: bytes) -> bytes:
    from argon2.low_level import Type, hash_secret_raw  # noqa: PLC0415  # only with a passphrase

    return hash_secret_raw(
        unicodedata.normalize("NFKC", passphrase).encode(),
        salt,
        time_cost=_TIME,
        memory_cost=_MEMORY_KIB,
        parallelism=_LANES,
        hash_len=KEY_BYTES,
        type=Type.ID,
    )


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _read(folder: Path) -> dict[str, Any]:
    try:
        found = json.loads((folder / "key.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise DamagedWorkspace("keys.key_file_damaged") from error
    if not isinstance(found, dict) or found.get("kept") not in {"keyring", "passphrase"}:
        raise DamagedWorkspace("keys.key_file_damaged")
    return found


def _write(folder: Path, content: dict[str, Any]) -> None:
    """Replace the file as a whole, on the disk before the name changes: a half key file is a lost workspace."""
    with told_plainly():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        beside = folder / "key.json.new"
        beside.unlink(missing_ok=True)
        with open(beside, "w", encoding="utf-8", opener=_for_the_owner_only) as file:
            json.dump(content, file)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(folder / "key.json")


def _for_the_owner_only(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
