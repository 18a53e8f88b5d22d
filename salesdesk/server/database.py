"""The office's database: opening it, and the two ways into it.

Who reads never waits for who writes: a write-ahead log (SQLite) or row versions (PostgreSQL) show him one moment.
SQLite has one writer at a time and no order among those who wait; the process that serves gives them one (`app`).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Connection, Engine, create_engine, event, func, inspect, make_url, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.schema import CreateColumn
from sqlcipher3 import dbapi2

from salesdesk.records.registry import forms
from salesdesk.server import encryption, key_file
from salesdesk.server.tables import metadata, record

_LONGEST_ID = 36


def open_database(url: str, patience_s: int = 5, keys: Path | None = None) -> Engine:
    """An engine with the office's tables in place. SQLite: write-ahead log, full durability, immediate writes.

    `patience_s` is how long a writer of SQLite waits for one of another process. `keys` is the folder of the key that
    an SQLite file is encrypted with, else its usual place. `UserError` when there is no key, or another one.
    """
    where = make_url(url)
    if where.drivername in {"postgres", "postgresql"}:
        where = where.set(drivername="postgresql+psycopg")
    # one engine at both ends: the interpreter's own SQLite may be one that can lose a commit (docs/decisions/0008)
    driver: dict[str, Any] = {}
    if where.get_backend_name() == "sqlite":
        path = Path(where.database or encryption.DATABASE)
        key = encryption.key_for(path, keys or key_file.place_for(path.parent))
        driver = {"module": dbapi2, "creator": partial(encryption.connect, path, key, patience_s)}
    engine = create_engine(
        where,
        **driver,
        json_serializer=lambda value: msgspec.json.encode(value).decode(),
        json_deserializer=msgspec.json.decode,
        hide_parameters=True,
        pool_size=10,
        max_overflow=70,  # together the threads that serve requests, reading and writing
    )
    if engine.dialect.name == "sqlite":

        @event.listens_for(engine, "connect")
        def _prepare(connection: Any, _record: object) -> None:
            for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
                connection.execute(f"PRAGMA {pragma}")

        @event.listens_for(engine, "begin")
        def _begin(connection: Any) -> None:
            reads = connection.get_execution_options().get("reads_only", False)
            connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")

    try:
        _bring_up_to_date(engine)
    except DBAPIError:  # another worker started at the same moment and did the same
        _bring_up_to_date(engine)
    return engine


def _bring_up_to_date(engine: Engine) -> None:
    """Make what an older program's database lacks: tables and columns are only ever added."""
    metadata.create_all(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE IF EXISTS secret")  # what signed tokens; now in the key file
        for table in metadata.sorted_tables:
            here = {column["name"] for column in inspect(connection).get_columns(table.name)}
            for column in table.columns:
                if column.name not in here:
                    declared = CreateColumn(column).compile(dialect=engine.dialect)
                    connection.exec_driver_sql(f"ALTER TABLE {table.name} ADD COLUMN {declared}")
                    if column is record.c.parent_id:
                        _fill_parents(connection)
            for index in table.indexes:
                index.create(connection, checkfirst=True)


def _fill_parents(connection: Connection) -> None:
    for form in forms():
        if form.__form__.parent:
            link = record.c.data[form.__form__.parent].as_string()
            here = (record.c.entity == form.__tablename__, func.length(link) > 0, func.length(link) <= _LONGEST_ID)
            connection.execute(update(record).where(*here).values(parent_id=link))


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One moment of the database, whatever is being written meanwhile. Nothing may be written here."""
    options: dict[str, Any] = {"reads_only": True}
    if engine.dialect.name == "postgresql":
        options = {"isolation_level": "REPEATABLE READ"}
    with engine.connect().execution_options(**options) as connection, connection.begin():
        yield connection
