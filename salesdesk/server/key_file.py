"""The office's keys: what opens its database and what signs its tokens, in a folder apart from the data.

One file, `keys.json`. A copy of the data without it shows nothing and lets nobody in (docs/decisions/0012).
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
from sqlcipher3 import dbapi2

from salesdesk.errors import UserError
from salesdesk.server import private

PLACE = "SALESDESK_OFFICE_KEYS"
_FILE, _LOCK = "keys.json", "lock"
_BYTES = 32
_PATIENCE_S = 600  # who encrypts a large database for the first time takes a while


class Keys(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """32 bytes each. `former` opened the database before, newest first: with them backups of that time are restored."""

    database: bytes
    tokens: bytes
    former: list[bytes] = []


def place_for(data: Path) -> Path:
    """Where the keys of a data folder are when nobody says otherwise: a folder beside it."""
    said = os.environ.get(PLACE)
    whole = data.resolve()
    return Path(said) if said else whole.with_name(f"{whole.name}.keys")


def read(folder: Path) -> Keys | None:
    """The keys, nothing where there are none; `UserError` when the file cannot be read."""
    path = folder / _FILE
    try:
        keys = msgspec.json.decode(path.read_bytes(), type=Keys)
    except FileNotFoundError:
        return None
    except (OSError, msgspec.MsgspecError) as error:
        raise UserError("office.cannot_read_keys", file=str(path), detail=str(error)) from error
    if any(len(key) != _BYTES for key in (keys.database, keys.tokens, *keys.former)):
        raise UserError("office.cannot_read_keys", file=str(path), detail="length")
    return keys


def read_or_make(folder: Path) -> Keys:
    """The keys, new ones at the very first start."""
    keys = read(folder)
    if keys is None:
        with alone(folder):
            keys = read(folder) or make(folder)
    return keys


def make(folder: Path, former: list[bytes] | None = None) -> Keys:
    """New keys, whatever was there; for who is `alone`."""
    return _write(folder, Keys(secrets.token_bytes(_BYTES), secrets.token_bytes(_BYTES), former or []))


def change(folder: Path) -> None:
    """Put new keys in the place of those that are there; the database is then to be encrypted anew."""
    with alone(folder):
        keys = read(folder)
        make(folder, [keys.database, *keys.former] if keys else [])


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Only one process at a time is in here. The lock is an engine's own: it ends with its process, on every system."""
    try:
        private.folder(folder)
        connection = dbapi2.connect(str(folder / _LOCK), timeout=_PATIENCE_S, isolation_level=None)
    except (OSError, dbapi2.Error) as error:
        raise UserError("office.no_place_for_keys", folder=str(folder), detail=str(error)) from error
    try:
        private.close(folder / _LOCK)
        connection.execute("BEGIN EXCLUSIVE")
        yield
    except dbapi2.OperationalError as error:
        raise UserError("office.no_place_for_keys", folder=str(folder), detail=str(error)) from error
    finally:
        connection.close()


def _write(folder: Path, keys: Keys) -> Keys:
    """Write the file whole or not at all."""
    fresh = folder / f"{_FILE}.new"
    try:
        fresh.unlink(missing_ok=True)
        with private.new_file(fresh) as file:
            file.write(msgspec.json.format(msgspec.json.encode(keys)) + b"\n")
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(folder / _FILE)
        private.sync_folder(folder)
    except OSError as error:
        raise UserError("office.no_place_for_keys", folder=str(folder), detail=str(error)) from error
    return keys
