"""The office's tables. Every key of a territory's data starts with `territory_id`, so that they can be partitioned.

They work as they are on SQLite and on PostgreSQL; there are no sequences, advisory locks or triggers.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    false,
)
from sqlalchemy.dialects.postgresql import JSONB

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
# `created_by` and `updated_by` are ids of persons. `parent_id` is the record that a row is under.
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
    Column("parent_id", String(36)),
    Index("ix_record_feed", "territory_id", "rev"),
    Index("ix_record_parent", "territory_id", "parent_id"),
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

# The head of a territory after each commit. A laptop that has seen another head has seen another life of this
# database, one that ended when somebody put an older copy back.
history = Table(
    "history",
    metadata,
    Column("territory_id", String(40), primary_key=True),
    Column("rev", BigInteger, primary_key=True),
)

# Edits of records that went with an earlier life of this database, until their maker's laptop brings them again.
# `at_ms` is the time of the edit.
parked = Table(
    "parked",
    metadata,
    Column("territory_id", String(40), primary_key=True),
    Column("device_id", String(36), primary_key=True),
    Column("seq", BigInteger, primary_key=True),
    Column("person_id", String(36), nullable=False),
    Column("received_ms", BigInteger, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
    Column("entry", _JSON, nullable=False),
)

# `failures` and `failed_ms` are an earlier program's; tries are counted in memory (`sign_in`).
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
    Column("disabled_ms", BigInteger),
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
    Column("enrolled_ms", BigInteger),
    Column("revoked_ms", BigInteger),
    Column("wipe", Boolean, nullable=False, default=False, server_default=false()),  # once it has handed over
)

# Lets a person bring in one more device, once. Only the SHA-256 of the code is kept.
code = Table(
    "code",
    metadata,
    Column("sha256", LargeBinary(32), primary_key=True),
    Column("person_id", String(36), nullable=False),
    Column("until_ms", BigInteger, nullable=False),
    Column("used_ms", BigInteger),
)

# What a device that is shut out still held: pushes as they came (msgpack), applied only when somebody releases them.
quarantine = Table(
    "quarantine",
    metadata,
    Column("territory_id", String(40), primary_key=True),
    Column("device_id", String(36), primary_key=True),
    Column("first_seq", BigInteger, primary_key=True),
    Column("last_seq", BigInteger, nullable=False),
    Column("last_hash", LargeBinary(32), nullable=False),
    Column("person_id", String(36), nullable=False),
    Column("received_ms", BigInteger, nullable=False),
    Column("body", LargeBinary, nullable=False),
)

# Who administered what, and which devices came in. `by` is the user of the machine, or a person for himself.
act = Table(
    "act",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("at_ms", BigInteger, nullable=False),
    Column("by", String(80), nullable=False),
    Column("action", String(40), nullable=False),
    Column("subject", String(120), nullable=False),
    Column("detail", String(200), nullable=False, default=""),
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
