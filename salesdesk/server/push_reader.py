"""Reading a push with suspicion: what cannot be digested is told apart from what is only refused."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from salesdesk.errors import OfficeRefused
from salesdesk.records.entry import Entry, chained
from salesdesk.records.registry import form_named, known
from salesdesk.server.ledger import UNTAKEN
from salesdesk.sync.protocol import Push, SentEntry, unpack

_KINDS = {"create", "update", "delete", "restore"}
_LONGEST_NAME, _LONGEST_ID, _LONGEST_WORD, _MOST_FIELDS = 40, 36, 80, 200


class LoosePush(Push, frozen=True, kw_only=True):
    """A push whose entries are read one by one, so that a strange one does not spoil the others."""

    entries: list[list[Any]]  # type: ignore[assignment]  # deliberately wider than what the laptop should send


def read_push(body: bytes) -> Push | LoosePush:
    """The push in a body; `OfficeRefused` when even its frame cannot be read."""
    try:
        return unpack(body, Push)
    except OfficeRefused as error:
        if error.message != "sync.not_a_message":
            raise
    return unpack(body, LoosePush)


def chain(sent: Push | LoosePush) -> Iterator[tuple[Entry, bytes]]:
    """The entries of a push, each with the chain's hash after it; `OfficeRefused` as below."""
    after = sent.prev_hash
    entries: Sequence[SentEntry | list[Any]] = sent.entries
    for seq, one in enumerate(entries, start=sent.first_seq):
        entry = entry_of(sent, seq, one)
        after = hashed(after, entry)
        yield entry, after


def entry_of(sent: Push | LoosePush, seq: int, one: SentEntry | list[Any]) -> Entry:
    """An entry as the journal has it; `OfficeRefused` when it lacks a part."""
    names = SentEntry.__struct_fields__
    values = one if isinstance(one, list) else [getattr(one, name) for name in names]
    if len(values) < len(names):
        raise OfficeRefused("sync.not_a_message")
    return Entry(territory=sent.territory, seq=seq, schema=sent.schema, **dict(zip(names, values, strict=False)))


def hashed(before: bytes, entry: Entry) -> bytes:
    """The chain's hash at an entry; `OfficeRefused` for what no laptop could have hashed either."""
    try:
        return chained(before, entry)
    except (TypeError, ValueError, RecursionError) as error:
        raise OfficeRefused("sync.not_a_message") from error


def check_form(entry: Entry, *, loose: bool) -> None:
    """Raises for an entry that this office cannot digest; nothing it holds may upset the database."""
    if loose:
        msgspec.convert(msgspec.to_builtins(entry), Entry)
    if entry.kind not in _KINDS:
        raise ValueError(f"kind {entry.kind}")
    if len(entry.entity) > _LONGEST_NAME or len(entry.record_id) > _LONGEST_ID:
        raise ValueError("a name or an id is too long")
    if max(map(len, (entry.action, entry.by, entry.boot_id))) > _LONGEST_WORD:
        raise ValueError("a word is too long")
    if len(entry.fields) > _MOST_FIELDS or any(len(name) > _LONGEST_NAME for name in entry.fields):
        raise ValueError("too many fields, or too long a name")
    if not 0 <= entry.base_rev < UNTAKEN or max(abs(entry.wall_ms), abs(entry.mono_ms)) >= UNTAKEN:
        raise ValueError("a number that no database holds")
    for pair in entry.fields.values():
        if len(pair) != len(("old", "new")):
            raise ValueError("not an old and a new value")
    # the first look is quick, and also finds the six characters when somebody typed them
    if b"\\u0000" in msgspec.json.encode(entry) and any("\0" in text for text in _texts(entry)):
        raise ValueError("a text holds what no database can")


def _texts(entry: Entry) -> Iterator[str]:
    yield from (entry.action, entry.kind, entry.entity, entry.record_id, entry.by, entry.boot_id, *entry.fields)
    for pair in entry.fields.values():
        yield from (value for value in pair if isinstance(value, str))


def records_named(entry: Entry) -> Iterator[str]:
    """The record that an entry is about, and the parent that it is put under."""
    yield entry.record_id
    parent = entry.fields.get(parent_link(entry.entity), [None])[-1]
    if isinstance(parent, str) and parent:
        yield parent


def parent_link(entity: str) -> str:
    """The field by which a row names its parent; empty for a form that has none."""
    return form_named(entity).__form__.parent or "" if known(entity) else ""
