"""The office's tables. Every key of a territory's data starts with `territory_id`, so that they can be partitioned.

They work as they are on SQLite and on PostgreSQL; there are no sequences, advisory locks or triggers.
"""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Engine,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    create_engine,
    event,
    make_url,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2

metadata = MetaData()
_JSON = JSON().with_variant(JSONB(), "postgresql")

# `head_rev` is the territory's clock: taken late in each writing transaction, it keeps the order of commits.
# `count` and `digest` (XOR over "id:rev", 8 bytes) describe all records at `head_rev`.
territory = Table(
    "territory",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("name", String(80), nullable=False),
    Column("epoch", String(36), nullable=False),
    Column("head_rev", BigInteger, nullable=False, default=0),
    Column("count", BigInteger, nullable=False, default=0),
    Column("digest", LargeBinary(8), nullable=False, default=bytes(8)),
)

# `edits` is {field: [at_ms, name, device, rev]} for fields changed after creation; `created` the same for all others.
# `created_by` and `updated_by` are ids of persons.
record = Table(
    "record",
    metadata,
    Column("territory_id", String(40), primary_key=True),
    Column("id", String(36), primary_key=True),
    Column("entity", String(40), nullable=False),
    Column("rev", BigInteger, nullable=False),
    Column("deleted", Boolean, nullable=False),
    Column("data", _JSON, nullable=False),
    Column("created", _JSON, nullable=False),
    Column("created_by", String(36), nullable=False),
    Column("edits", _JSON, nullable=False),
    Column("updated_ms", BigInteger, nullable=False),
    Column("updated_by", String(36), nullable=False),
    Index("ix_record_feed", "territory_id", "rev"),
)

change_log = Table(
    "change_log",
    metadata,
    Column("territory_id", String(40), primary_key=True),
    Column("device_id", String(36), primary_key=True),
    Column("seq", BigInteger, primary_key=True),
    Column("received_ms", BigInteger, nullable=False),
    Column("entry", _JSON, nullable=False),
)

# How far a device's journal of a territory has been taken in, and the hash there.
mark = Table(
    "mark",
    metadata,
    Column("territory_id", String(40), primary_key=True),
    Column("device_id", String(36), primary_key=True),
    Column("acked_seq", BigInteger, nullable=False),
    Column("acked_hash", LargeBinary(32), nullable=False),
    Column("contact_ms", BigInteger, nullable=False),
)

# Only for entries that did not simply pass; kept, so that a lost answer can be given again.
answer = Table(
    "answer",
    metadata,
    Column("territory_id", String(40), primary_key=True),
    Column("device_id", String(36), primary_key=True),
    Column("seq", BigInteger, primary_key=True),
    Column("body", _JSON, nullable=False),
)

# Entries that could not be digested, as they came; a person looks at them.
held = Table(
    "held",
    metadata,
    Column("territory_id", String(40), primary_key=True),
    Column("device_id", String(36), primary_key=True),
    Column("seq", BigInteger, primary_key=True),
    Column("raw", LargeBinary, nullable=False),
    Column("reason", Text, nullable=False),
)

account = Table(
    "account",
    metadata,
    Column("login", String(80), primary_key=True),
    Column("person_id", String(36), nullable=False, unique=True),
    Column("name", String(80), nullable=False),
    Column("role", String(20), nullable=False),
    Column("home", String(40), nullable=False),
    Column("password", String(200), nullable=False),
    Column("failures", Integer, nullable=False, default=0),
    Column("failed_ms", BigInteger, nullable=False, default=0),
)

membership = Table(
    "membership",
    metadata,
    Column("person_id", String(36), primary_key=True),
    Column("territory_id", String(40), primary_key=True),
    Column("role", String(20), nullable=False),
)

device = Table(
    "device",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("person_id", String(36), nullable=False),
    Column("name", String(120), nullable=False),
    Column("public_key", LargeBinary(32), nullable=False),
    Column("revoked_ms", BigInteger),
)

# What no two records share, in any territory: `value` is the SHA-256 of what the field says, as people read it.
business_key = Table(
    "business_key",
    metadata,
    Column("entity", String(40), primary_key=True),
    Column("field", String(40), primary_key=True),
    Column("value", String(64), primary_key=True),
    Column("territory_id", String(40), nullable=False),
    Column("record_id", String(36), nullable=False),
)

# The last number that was given out of a series: `HT-202403` for the contracts of a month.
number_series = Table(
    "number_series",
    metadata,
    Column("prefix", String(20), primary_key=True),
    Column("last", BigInteger, nullable=False),
)

# What signs tokens and nonces; one row, made at the first start, shared by all workers.
secret = Table(
    "secret", metadata, Column("id", Integer, primary_key=True), Column("value", LargeBinary, nullable=False)
)


def open_database(url: str) -> Engine:
    """An engine with the office's tables in place. SQLite: write-ahead log, full durability, immediate writes."""
    where = make_url(url)
    if where.drivername in {"postgres", "postgresql"}:
        where = where.set(drivername="postgresql+psycopg")
    # one engine at both ends: the interpreter's own SQLite may be one that can lose a commit (docs/decisions/0008)
    driver = {"module": dbapi2} if where.get_backend_name() == "sqlite" else {}
    engine = create_engine(
        where,
        **driver,
        json_serializer=lambda value: msgspec.json.encode(value).decode(),
        json_deserializer=msgspec.json.decode,
        hide_parameters=True,
        pool_size=10,
        max_overflow=30,  # together the threads that serve requests,
    )
    if engine.dialect.name == "sqlite":

        @event.listens_for(engine, "connect")
        def _prepare(connection: Any, _record: object) -> None:
            connection.isolation_level = None
            for pragma in ("journal_mode = WAL", "synchronous = FULL", "busy_timeout = 30000", "foreign_keys = ON"):
                connection.execute(f"PRAGMA {pragma}")

        @event.listens_for(engine, "begin")
        def _begin(connection: Any) -> None:
            reads = connection.get_execution_options().get("reads_only", False)
            connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")

    try:
        metadata.create_all(engine)
    except DBAPIError:  # another worker started at the same moment and made them
        metadata.create_all(engine)
    return engine
