"""The embedded database is encrypted with the key that the key file names, whatever it was encrypted with before.

A database in clear (of an earlier version) and one with a former key (after `keys change`, or from a backup) are
written anew into a file beside it, which then takes its name. Killed at any moment, one whole database has that name,
and the key file opens it.

The file of a database is never opened but by the engine: closing it would give up the locks that the engine holds.
"""

from __future__ import annotations

import os
import sys
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from salesdesk.errors import UserError
from salesdesk.server import key_file, private

DATABASE = "office.db"
SIDE_FILES = ("-wal", "-shm", "-journal")
_PATIENCE_S = 60
_PIECE = 1024 * 1024


def connect(path: Path, key: bytes | None, timeout_s: float = _PATIENCE_S) -> Any:
    """A connection to a database, which exists from then on, closed to others; without a key to one in clear."""
    if not path.exists():
        with suppress(FileExistsError):  # another process at the same moment
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    connection = dbapi2.connect(str(path), timeout=timeout_s, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")  # a wrong key is an answer here, not noise on stderr
        if key is not None:
            connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        # wiping freed pages halves the speed; the key is in our memory anyway
        connection.execute("PRAGMA cipher_memory_security = OFF")
    except BaseException:
        connection.close()
        raise
    return connection


def key_of(path: Path, keys: key_file.Keys | None) -> bytes | None:
    """What opens this file: a key, or nothing when it is in clear. `UserError` when no key does."""
    for key in (keys.database, *keys.former, None) if keys else (None,):
        if _opens(path, key, _PATIENCE_S):
            return key
    raise UserError("office.keys_do_not_fit" if keys else "office.keys_missing", file=str(path))


def key_for(path: Path, keys_folder: Path) -> bytes:
    """The key of the database at `path`, which is encrypted with it from then on; a new one for a new database.

    Raises `UserError` when the keys are missing or others, and when a database that is to be encrypted is in use.
    """
    keys = key_file.read(keys_folder)
    if keys is None or _aside(path).exists() or not _is_in_order(path, keys):
        keys = _put_in_order(path, keys_folder)
    for tail in ("", *SIDE_FILES):
        with suppress(FileNotFoundError):
            private.close(path.with_name(path.name + tail))
    return keys.database


def check_not_served(path: Path, key: bytes | None) -> None:
    """Raises `UserError` when any other program has the database open."""
    if path.exists():
        with (
            closing(connect(path, key, 0)) as connection,
            suppress(dbapi2.DatabaseError),  # it is damaged: the reason why somebody restores
        ):
            _take_for_ourselves(connection, path)


def _is_in_order(path: Path, keys: key_file.Keys) -> bool:
    try:
        return not path.exists() or _opens(path, keys.database, 0)
    except dbapi2.OperationalError:  # somebody is encrypting it
        return False


def _put_in_order(path: Path, keys_folder: Path) -> key_file.Keys:
    with key_file.alone(keys_folder):
        keys = key_file.read(keys_folder)
        if not path.exists():
            return keys or key_file.make(keys_folder)
        key = key_of(path, keys)
        keys = keys or key_file.make(keys_folder)
        if key != keys.database:
            _encrypt(path, key, keys.database)
        elif _aside(path).exists():  # left by somebody who was killed while he destroyed it
            _destroy(_aside(path), path)
    return keys


def _encrypt(path: Path, key: bytes | None, wanted: bytes) -> None:
    """Write the database anew with the wanted key, and destroy the one that was there."""
    fresh, aside = path.with_name(f"{path.name}.new"), _aside(path)
    for left in (fresh, *(fresh.with_name(fresh.name + tail) for tail in SIDE_FILES), aside):
        left.unlink(missing_ok=True)  # of a try that was killed; `aside` was then another name of the database itself
    try:
        with closing(connect(path, key, 0)) as connection:
            _take_for_ourselves(connection, path)
            _copy(connection, fresh, wanted)
            with suppress(OSError):  # a file system that gives no file two names: then nothing can be overwritten
                os.link(path, aside)
            if sys.platform == "win32":  # there no file is replaced that somebody has open
                connection.close()
            # empty; kept by the engine as long as it holds the lock, and no concern of the new file
            path.with_name(f"{path.name}-journal").unlink(missing_ok=True)
            _replace(fresh, path)
            _destroy(aside, path)  # before the lock goes: whoever waited for the old file must not write into it
    except (OSError, dbapi2.Error) as error:
        raise UserError("office.cannot_encrypt", file=str(path), detail=str(error)) from error


def _take_for_ourselves(connection: Any, path: Path) -> None:
    """Keep everybody else out until the connection is closed; `UserError` when somebody has the database open."""
    try:
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("COMMIT")
    except dbapi2.OperationalError as error:
        raise UserError("office.is_served", file=str(path)) from error


def _copy(connection: Any, fresh: Path, wanted: bytes) -> None:
    connection.execute("PRAGMA journal_mode = DELETE")  # everything into one file; the log beside it goes
    os.close(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    connection.execute(f"ATTACH DATABASE ? AS fresh KEY \"x'{wanted.hex()}'\"", [str(fresh)])
    connection.execute("SELECT sqlcipher_export('fresh')").fetchone()
    connection.execute("DETACH DATABASE fresh")
    with closing(connect(fresh, wanted)) as made:
        made.execute("PRAGMA journal_mode = WAL")
        if made.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise dbapi2.DatabaseError("the copy is not sound")
    with fresh.open("rb+") as file:
        os.fsync(file.fileno())


def _replace(fresh: Path, path: Path) -> None:
    fresh.replace(path)
    private.sync_folder(path.parent)


def _aside(path: Path) -> Path:
    return path.with_name(f"{path.name}.before")


def _destroy(aside: Path, path: Path) -> None:
    """Overwrite what the encrypted database took the place of, and remove it."""
    with suppress(FileNotFoundError):
        if not aside.samefile(path):  # it is, when somebody was killed, and put back the keys of before
            with aside.open("rb+") as file:
                left = os.fstat(file.fileno()).st_size
                while left > 0:
                    left -= file.write(bytes(min(left, _PIECE)))
                file.flush()
                os.fsync(file.fileno())
        aside.unlink()


def _opens(path: Path, key: bytes | None, timeout_s: float) -> bool:
    with closing(connect(path, key, timeout_s)) as connection:
        try:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except dbapi2.DatabaseError as error:
            if "not a database" in str(error):
                return False
            raise
    return True
