"""Where the workspace's key is kept: in the system's keyring, or wrapped by a passphrase.

The key is 32 random bytes. `key.json` beside the workspace says where it is and holds no secret
on its own: with a keyring only a name, with a passphrase the key under AES-256-GCM with a key
derived by argon2id (RFC 9106, second recommended parameters: 64 MiB, 3 passes, 4 lanes).
"""

from __future__ import annotations

import base64
import binascii
import json
import os
import secrets
import time
from pathlib import Path
from typing import Any

from salesdesk.errors import DamagedWorkspace, NoKeyring, UserError, WrongKey
from salesdesk.store.faults import told_plainly

KEY_BYTES = 32
_SERVICE = "SalesDesk"
_TIME, _MEMORY_KIB, _LANES = 3, 64 * 1024, 4
_SHORTEST_PASSPHRASE = 8
_FREE_TRIES = 5


def keyring_usable() -> bool:
    """Whether this machine has a keyring that keeps secrets; none is a normal state on Linux."""
    import keyring  # noqa: PLC0415  # slow to import, needed only at start and set-up
    from keyring.backends import fail, null  # noqa: PLC0415  # as above

    return not isinstance(keyring.get_keyring(), fail.Keyring | null.Keyring)


def new_key() -> bytes:
    """A fresh random key."""
    return secrets.token_bytes(KEY_BYTES)


def keep_in_keyring(folder: Path, key: bytes) -> None:
    """Put the key into the keyring; raises `NoKeyring` when it cannot be kept there."""
    import keyring  # noqa: PLC0415  # see keyring_usable
    from keyring.errors import KeyringError  # noqa: PLC0415  # see keyring_usable

    if not keyring_usable():
        raise NoKeyring("keys.no_keyring")
    account = secrets.token_hex(8)
    try:
        keyring.set_password(_SERVICE, account, _text(key))
        kept = keyring.get_password(_SERVICE, account)
    except KeyringError as error:
        raise NoKeyring("keys.no_keyring") from error
    if kept != _text(key):
        raise NoKeyring("keys.no_keyring")
    _write(folder, {"kept": "keyring", "account": account})


def keep_under_passphrase(folder: Path, key: bytes, passphrase: str) -> None:
    """Wrap the key with a passphrase of at least eight characters."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415  # only at set-up

    if len(passphrase) < _SHORTEST_PASSPHRASE:
        raise UserError("keys.passphrase_too_short", field="passphrase", least=_SHORTEST_PASSPHRASE)
    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    wrapped = AESGCM(_derived(passphrase, salt)).encrypt(nonce, key, None)
    _write(folder, {"kept": "passphrase", "salt": _text(salt), "nonce": _text(nonce), "wrapped": _text(wrapped)})


def needs_passphrase(folder: Path) -> bool:
    """Whether opening this workspace takes a passphrase."""
    return _read(folder)["kept"] == "passphrase"


def key_from_keyring(folder: Path) -> bytes:
    """The key out of the keyring; `NoKeyring` when the keyring is locked, empty or gone."""
    import keyring  # noqa: PLC0415  # see keyring_usable
    from keyring.errors import KeyringError  # noqa: PLC0415  # see keyring_usable

    try:
        found = keyring.get_password(_SERVICE, str(_read(folder)["account"]))
    except KeyringError as error:
        raise NoKeyring("keys.keyring_locked") from error
    if found is None:
        raise NoKeyring("keys.not_in_keyring")
    return base64.b64decode(found)


def key_from_passphrase(folder: Path, passphrase: str) -> bytes:
    """The key unwrapped; `WrongKey` for a wrong passphrase.

    After five wrong tries each further one waits, twice as long as the one before and at most a
    minute; the count is kept in the file, so that starting the program again does not help.
    """
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415  # only at start
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415  # only at start

    kept = _read(folder)
    failures = int(kept.get("failures", 0))
    if failures >= _FREE_TRIES:
        time.sleep(min(60, 2 ** (failures - _FREE_TRIES)))
    try:
        salt, nonce, wrapped = (base64.b64decode(kept[name]) for name in ("salt", "nonce", "wrapped"))
        key = AESGCM(_derived(passphrase, salt)).decrypt(nonce, wrapped, None)
    except InvalidTag as error:
        _write(folder, kept | {"failures": failures + 1})
        raise WrongKey("keys.wrong_passphrase", tries=failures + 1) from error
    except (KeyError, binascii.Error, ValueError) as error:
        raise DamagedWorkspace("keys.key_file_damaged") from error
    if failures:
        _write(folder, {name: value for name, value in kept.items() if name != "failures"})
    return key


def _derived(passphrase: str, salt: bytes) -> bytes:
    from argon2.low_level import Type, hash_secret_raw  # noqa: PLC0415  # only with a passphrase

    return hash_secret_raw(
        passphrase.encode(),
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
        folder.mkdir(parents=True, exist_ok=True)
        beside = folder / "key.json.new"
        with beside.open("w", encoding="utf-8") as file:
            json.dump(content, file)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(folder / "key.json")
