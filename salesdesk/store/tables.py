"""The workspace's own bookkeeping, beside the records: journal, feeds, search, drafts, settings.

Plain SQLAlchemy Core: these rows are written in bulk and never edited by a person.
"""

from __future__ import annotations

from sqlalchemy import JSON, BigInteger, Column, Index, Integer, LargeBinary, String, Table, Text

from salesdesk.records.registry import Base

metadata = Base.metadata

# One line per record and user action: outbox, history and undo at once (docs/sync.md).
# `seq` counts per territory without gaps; `batch_first` is the seq of the action's first entry.
# `fields` is {name: [old, new]} in wire form; `hash` is SHA-256 over the hash before and this entry.
# `state`: waiting | accepted | conflict | rejected | held; `answer` is the office's, as JSON, and the `title` of a
# record that left with its territory. `dealt`: what a person did about what was not taken:
# corrected | handed | dropped.
journal = Table(
    "journal",
    metadata,
    Column("territory", String(40), primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("batch_first", Integer, nullable=False),
    Column("action", String(60), nullable=False),
    Column("entity", String(40), nullable=False),
    Column("record_id", String(36), nullable=False),
    Column("kind", String(10), nullable=False),
    Column("fields", JSON, nullable=False),
    Column("base_rev", Integer, nullable=False),
    Column("wall_ms", Integer, nullable=False),
    Column("boot_id", String(36), nullable=False),
    Column("mono_ms", Integer, nullable=False),
    Column("by", String(36), nullable=False),
    Column("schema", Integer, nullable=False),
    Column("hash", LargeBinary(32), nullable=False),
    Column("state", String(10), nullable=False, default="waiting"),
    Column("rev", Integer),
    Column("answer", JSON),
    Column("dealt", String(10), nullable=False, default="", server_default=""),
    Index("ix_journal_record", "record_id"),
    Index("ix_journal_state", "state", "territory", "seq"),
)

# The last values the office is known to hold under fields with a pending local edit.
shadow = Table(
    "shadow",
    metadata,
    Column("entity", String(40), primary_key=True),
    Column("record_id", String(36), primary_key=True),
    Column("territory", String(40), nullable=False, index=True),
    Column("rev", Integer, nullable=False),
    Column("deleted", Integer, nullable=False),
    Column("fields", JSON, nullable=False),
)

# Pulled pages waiting for a complete checkpoint; applied together in one transaction.
staging = Table(
    "staging",
    metadata,
    Column("territory", String(40), primary_key=True),
    Column("entity", String(40), primary_key=True),
    Column("record_id", String(36), primary_key=True),
    Column("rev", Integer, nullable=False),
    Column("deleted", Integer, nullable=False),
    Column("data", JSON, nullable=False),
)

# One row per territory this laptop belongs to. `staged` is the cursor of the pages in `staging`.
feed = Table(
    "feed",
    metadata,
    Column("territory", String(40), primary_key=True),
    Column("name", String(80), nullable=False, default=""),
    Column("role", String(20), nullable=False, default="rep"),
    Column("epoch", String(36), nullable=False, default=""),
    Column("cursor", Integer, nullable=False, default=0),
    Column("staged", Integer, nullable=False, default=0),
    Column("head", Integer, nullable=False, default=0),
    Column("acked_seq", Integer, nullable=False, default=0),
    Column("acked_hash", LargeBinary(32), nullable=False, default=b""),
    Column("synced_ms", Integer, nullable=False, default=0),
)

# Fields of records of newer programs that this one has no column for; kept and sent back as they came.
unknown = Table(
    "unknown",
    metadata,
    Column("entity", String(40), primary_key=True),
    Column("record_id", String(36), primary_key=True),
    Column("territory", String(40), nullable=False, index=True),
    Column("data", JSON, nullable=False),
)

# What the full-text index (`search_text`, a virtual table made by the migration) points to.
# `rowid` is the row of `search_text`.
search_item = Table(
    "search_item",
    metadata,
    Column("rowid", Integer, primary_key=True),
    Column("entity", String(40), nullable=False),
    Column("record_id", String(36), nullable=False),
    Column("customer_id", String(36), nullable=False, default=""),
    Column("title", Text, nullable=False),
    Column("detail", Text, nullable=False, default=""),
    Index("ix_search_item_record", "record_id", unique=True),
)

# Typed but not yet saved; one draft per form and record (record_id of a new record is made at once).
# `seen` and `seen_rev` are what the editor looked at when the typing began, `preset` the links of a new record.
draft = Table(
    "draft",
    metadata,
    Column("entity", String(40), primary_key=True),
    Column("record_id", String(36), primary_key=True),
    Column("customer_id", String(36), nullable=False, default=""),
    Column("preset", JSON, nullable=False),
    Column("seen", JSON, nullable=False),
    Column("content", JSON, nullable=False),
    Column("saved_ms", Integer, nullable=False),
)

# State of this laptop: identity, device key, filters. Never synchronised.
local = Table(
    "local",
    metadata,
    Column("name", String(60), primary_key=True),
    Column("value", JSON, nullable=False),
)

# Attachment files by hash; `state`: local | uploaded | missing. `tries` to send it that failed, the last for `reason`
# (a message id); `dealt` as in the journal.
blob = Table(
    "blob",
    metadata,
    Column("territory", String(40), primary_key=True),
    Column("sha256", String(64), primary_key=True),
    Column("size", Integer, nullable=False),
    Column("state", String(10), nullable=False),
    Column("offset", Integer, nullable=False, default=0),
    Column("tries", Integer, nullable=False, default=0, server_default="0"),
    Column("reason", String(60), nullable=False, default="", server_default=""),
    Column("dealt", String(10), nullable=False, default="", server_default=""),
)

# Running totals, kept by triggers (migration 0003): what figures and team show costs the same at any size.
# `month` is that of the expected close (`2026-11`, or empty); `since` the day on which open rounds
# came into their stage.
round_tally = Table(
    "round_tally",
    metadata,
    Column("outcome", String(40), primary_key=True),
    Column("stage", String(40), primary_key=True),
    Column("owner", String(80), primary_key=True),
    Column("month", String(7), primary_key=True),
    Column("rounds", Integer, nullable=False),
    Column("amount", BigInteger, nullable=False),
)
age_tally = Table(
    "age_tally",
    metadata,
    Column("stage", String(40), primary_key=True),
    Column("since", String(10), primary_key=True),
    Column("rounds", Integer, nullable=False),
)
customer_tally = Table(
    "customer_tally",
    metadata,
    Column("owner", String(80), primary_key=True),
    Column("customers", Integer, nullable=False),
)
