"""The journal: outbox, history and undo at once. Rules in docs/sync.md.

Entries of a territory form a chain: each carries SHA-256 over the hash before and itself, so that
the office recognises a copied or restored laptop.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, bindparam, func, insert, select, update
from sqlalchemy.orm import Session

from salesdesk.records.entry import SCHEMA, Entry, chained
from salesdesk.records.kinds import Wire
from salesdesk.store.clock import stamp
from salesdesk.store.tables import feed, journal

WAITING = "waiting"
REJECTED, HELD = "rejected", "held"
PARKED = "sync.waits_for_record"  # the reason of an entry that the office takes in by itself, once its record comes
_CHUNK = 500


class Dealt(StrEnum):
    """How a person dealt with what the office did not take."""

    CORRECTED = "corrected"
    HANDED = "handed"
    DROPPED = "dropped"


_LAST = (
    select(journal.c.seq, journal.c.hash)
    .where(journal.c.territory == bindparam("territory"))
    .order_by(journal.c.seq.desc())
    .limit(1)
)
_ACKNOWLEDGED = select(feed.c.acked_seq, feed.c.acked_hash).where(feed.c.territory == bindparam("territory"))
_ADD = insert(journal)


@dataclass(frozen=True)
class Change:
    """What happened to one record in one user action; `fields` is name → (old, new) in wire form."""

    territory: str
    entity: str
    record_id: str
    kind: str
    fields: dict[str, tuple[Wire, Wire]]
    base_rev: int


@dataclass(frozen=True)
class Line:
    """An entry as people read it."""

    at: datetime
    action: str
    entity: str
    record_id: str
    kind: str
    fields: dict[str, tuple[Wire, Wire]]
    by: str
    state: str


def append(session: Session, action: str, by: str, changes: Sequence[Change]) -> None:
    """Add one user action; its changes are one batch in each territory they touch."""
    grouped: dict[str, list[Change]] = defaultdict(list)
    for change in changes:
        grouped[change.territory].append(change)
    now = stamp()
    for territory, batch in grouped.items():
        seq, before = head(session, territory)
        first = seq + 1
        rows = []
        for change in batch:
            seq += 1
            entry = Entry(
                territory=territory,
                seq=seq,
                batch_first=first,
                action=action,
                entity=change.entity,
                record_id=change.record_id,
                kind=change.kind,
                fields={name: [old, new] for name, (old, new) in change.fields.items()},
                base_rev=change.base_rev,
                wall_ms=now.wall_ms,
                boot_id=now.boot_id,
                mono_ms=now.mono_ms,
                by=by,
                schema=SCHEMA,
            )
            before = chained(before, entry)
            rows.append({name: getattr(entry, name) for name in entry.__struct_fields__} | {"hash": before})
        session.execute(_ADD, rows)


def head(session: Session, territory: str) -> tuple[int, bytes]:
    """Sequence number and hash of the territory's last entry; before the first, what the office has acknowledged."""
    here = {"territory": territory}
    last = session.execute(_LAST, here).first() or session.execute(_ACKNOWLEDGED, here).first()
    return (last[0], last[1]) if last else (0, b"")


def waiting_count(session: Session) -> int:
    """How many entries wait for the office; those of a territory that was taken away have nowhere to go."""
    return session.scalar(select(func.count()).select_from(journal).where(*_goes())) or 0


def _goes() -> tuple[ColumnElement[bool], ...]:
    lost = select(feed.c.territory).where(feed.c.role == "")
    return journal.c.state == WAITING, journal.c.territory.not_in(lost)


def count_by_state(session: Session) -> dict[str, int]:
    """How many entries there are in each state."""
    counted = select(journal.c.state, func.count()).group_by(journal.c.state)
    return {row.state: row[1] for row in session.execute(counted)}


def waiting_of(session: Session, record_ids: Sequence[str]) -> set[str]:
    """Which of these records have a change that the office has not answered yet."""
    found = session.scalars(
        select(journal.c.record_id).where(journal.c.record_id.in_(record_ids), journal.c.state == WAITING)
    )
    return set(found)


def refused(state: str, answer: Mapping[str, object] | None) -> bool:
    """Whether the office did not take an entry and will not by itself: it broke a rule, or could not be digested."""
    return state == REJECTED or (state == HELD and (answer or {}).get("reason") != PARKED)


def never_arrived(session: Session, record_ids: Iterable[str]) -> set[str]:
    """Which of these records were made here, and not taken by the office when they went there last."""
    ids, last = list(record_ids), {}
    for start in range(0, len(ids), _CHUNK):
        made = select(journal.c.record_id, journal.c.state, journal.c.answer).where(
            journal.c.record_id.in_(ids[start : start + _CHUNK]), journal.c.kind == "create"
        )
        for record_id, state, answer in session.execute(made.order_by(journal.c.territory, journal.c.seq)):
            last[record_id] = refused(state, answer)
    return {record_id for record_id, not_taken in last.items() if not_taken}


def deal(session: Session, record_ids: Iterable[str], how: Dealt) -> None:
    """Nobody needs to look any more at what the office refused of these records."""
    ids = list(record_ids)
    for start in range(0, len(ids), _CHUNK):
        mine = journal.c.record_id.in_(ids[start : start + _CHUNK]), journal.c.dealt == ""
        session.execute(update(journal).where(*mine, journal.c.state.in_([REJECTED, HELD])).values(dealt=how))


def history(session: Session, record_ids: Sequence[str], limit: int = 50) -> list[Line]:
    """The newest entries about these records, newest first."""
    found = session.execute(
        select(journal)
        .where(journal.c.record_id.in_(record_ids))
        .order_by(journal.c.wall_ms.desc(), journal.c.territory, journal.c.seq.desc())
        .limit(limit)
    )
    return [_line(row) for row in found.mappings()]


def waiting(session: Session, limit: int = 500) -> list[Line]:
    """What the next sync will bring to the office, oldest first."""
    found = session.execute(
        select(journal).where(*_goes()).order_by(journal.c.wall_ms, journal.c.territory, journal.c.seq).limit(limit)
    )
    return [_line(row) for row in found.mappings()]


def batch(session: Session, territory: str, first: int) -> list[Line]:
    """The entries of one user action in their order."""
    found = session.execute(
        select(journal)
        .where(journal.c.territory == territory, journal.c.batch_first == first, journal.c.seq >= first)
        .order_by(journal.c.seq)
    )
    return [_line(row) for row in found.mappings()]


def _line(row: object) -> Line:
    values = dict(row)  # type: ignore[call-overload]  # a RowMapping is a mapping at run time
    return Line(
        at=datetime.fromtimestamp(values["wall_ms"] / 1000, UTC),
        action=values["action"],
        entity=values["entity"],
        record_id=values["record_id"],
        kind=values["kind"],
        fields={name: (old, new) for name, (old, new) in values["fields"].items()},
        by=values["by"],
        state=values["state"],
    )
