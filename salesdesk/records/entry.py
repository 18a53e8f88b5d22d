"""A journal entry: the unit that the laptop keeps, sends, and the office merges."""

from __future__ import annotations

import hashlib

import msgspec

from salesdesk.records.kinds import Wire

SCHEMA = 1


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One record in one user action. `fields` is {name: [old, new]}; times are milliseconds."""

    territory: str
    seq: int
    batch_first: int
    action: str
    entity: str
    record_id: str
    kind: str
    fields: dict[str, list[Wire]]
    base_rev: int
    wall_ms: int
    boot_id: str
    mono_ms: int
    by: str
    schema: int


def canonical(entry: Entry) -> bytes:
    """The entry's bytes under the hash: JSON with sorted keys, the same from every program."""
    return msgspec.json.encode(entry, order="sorted")


def chained(previous: bytes, entry: Entry) -> bytes:
    """SHA-256 over the hash before (b"" for the first entry) and the entry."""
    return hashlib.sha256(previous + canonical(entry)).digest()
