"""Errors of SQLite turned into words a person can act on, at the wall of the store."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2

from salesdesk.errors import DamagedWorkspace, EnvironmentFault, StorageBusy, StorageFull, WrongKey, reason_of

# Parts of SQLite's messages (sqlite3.c, sqlite3ErrStr) and what they mean to a person.
_MEANINGS: tuple[tuple[str, type[EnvironmentFault], str], ...] = (
    ("database or disk is full", StorageFull, "store.full"),
    ("file is not a database", WrongKey, "store.wrong_key"),
    ("file is encrypted", WrongKey, "store.wrong_key"),
    ("malformed", DamagedWorkspace, "store.damaged"),
    ("disk i/o error", EnvironmentFault, "store.disk_error"),
    ("database is locked", StorageBusy, "store.busy"),
    ("readonly database", EnvironmentFault, "store.read_only"),
    ("unable to open", EnvironmentFault, "store.cannot_open"),
)


def fault_of(error: BaseException) -> EnvironmentFault | None:
    """The environment fault that a database or file error stands for; `None` for our own mistakes."""
    if isinstance(error, DBAPIError):
        error = error.orig or error
    if isinstance(error, OSError):
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            return StorageFull("store.full")
        return EnvironmentFault("store.file_error", detail=reason_of(error))
    if isinstance(error, dbapi2.Error):
        text = str(error).casefold()
        for part, fault, message in _MEANINGS:
            if part in text:
                return fault(message)
    return None


@contextmanager
def told_plainly() -> Iterator[None]:
    """Raise the environment's faults as such; everything else passes unchanged."""
    try:
        yield
    except (DBAPIError, dbapi2.Error, OSError) as error:
        fault = fault_of(error)
        if fault is None:
            raise
        raise fault from error
