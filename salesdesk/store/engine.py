"""Connections to the encrypted file, and what becomes of one that met damage.

After one page that fails its check, SQLCipher answers every later statement of that connection with an error (up to
4.12 with `MemoryError`), also for tables that are sound. So the connection is thrown away, and what is damaged is found
out on another one.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2

from salesdesk.errors import DamagedWorkspace
from salesdesk.records.registry import Base

_NAMES = re.compile(r"\b(?:FROM|JOIN|INTO|UPDATE)\s+\"?(\w+)", re.IGNORECASE)


class Parts(tuple[str, ...]):
    """Names of tables that cannot be read; the window has words for them."""

    __slots__ = ()


def connected(path: Path, key: bytes, *, writes: bool) -> Any:
    """A connection that holds the key, checks foreign keys, and reaches the disk before a commit returns."""
    connection = dbapi2.connect(str(path), timeout=10, isolation_level=None, check_same_thread=False)
    try:
        for pragma in (
            "cipher_log_level = NONE",  # a wrong key is an answer here, not noise on stderr
            f"key = \"x'{key.hex()}'\"",
            "cipher_memory_security = OFF",  # wiping freed pages halves the speed; the key is in our memory anyway
            "foreign_keys = ON",
            "journal_mode = WAL",
            "synchronous = FULL",
            "secure_delete = ON",
            "temp_store = MEMORY",
            "cache_size = -16000",
            f"query_only = {'OFF' if writes else 'ON'}",
        ):
            connection.execute(f"PRAGMA {pragma}")
    except BaseException:
        connection.close()
        raise
    return connection


def engine_of(path: Path, key: bytes, *, writes: bool) -> Engine:
    """An engine over such connections; `DamagedWorkspace` from it names the tables that cannot be read (`parts`)."""

    def connect() -> Any:
        return connected(path, key, writes=writes)

    engine = create_engine(
        "sqlite://",
        module=dbapi2,
        creator=connect,
        poolclass=QueuePool,
        pool_size=1 if writes else 4,
        max_overflow=0 if writes else -1,
        hide_parameters=True,  # an error's text goes into reports; customers' words must not
    )
    begin = "BEGIN IMMEDIATE" if writes else "BEGIN"

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql(begin)

    @event.listens_for(engine, "handle_error")
    def _leave_what_is_damaged(context: ExceptionContext) -> DamagedWorkspace | None:
        error = context.original_exception
        said_so = _is_damage(error)
        if context.connection is None or not (said_so or isinstance(error, MemoryError)):
            return None
        context.is_disconnect = True  # SQLAlchemy's own way to have a connection thrown away
        context.invalidate_pool_on_disconnect = False  # the others read on
        if not _reads(connect, "sqlite_master"):
            return DamagedWorkspace("store.damaged")
        named = _tables_of(context)
        parts = tuple(table for table in named if not _reads(connect, table))
        if not (parts or said_so):
            return None  # memory did run out
        # when all their rows can be counted, an index or the end of a long text is damaged
        return (
            DamagedWorkspace("store.damaged_part", parts=Parts(parts or named))
            if named
            else DamagedWorkspace("store.damaged")
        )

    return engine


def _tables_of(context: ExceptionContext) -> tuple[str, ...]:
    """The tables that the failing statement names, a commit none."""
    statement = context.statement
    if statement is None and context.execution_context is not None:  # met while rows were fetched
        statement = context.execution_context.statement
    known = Base.metadata.tables
    return tuple(dict.fromkeys(name for name in _NAMES.findall(statement or "") if name in known or "search" in name))


def _reads(connect: Callable[[], Any], table: str) -> bool:
    """Whether a table can be read to its end, on a connection of its own; a lack of memory says nothing of it."""
    try:
        with closing(connect()) as connection:
            # not by an index, which may be whole where the rows are not
            connection.execute(f'SELECT count(*) FROM "{table}" NOT INDEXED').fetchall()  # noqa: S608  # our own names
    except (dbapi2.DatabaseError, MemoryError) as error:
        return not _is_damage(error)
    return True


def _is_damage(error: BaseException) -> bool:
    text = str(error)
    return isinstance(error, dbapi2.DatabaseError) and ("malformed" in text or "not a database" in text)
