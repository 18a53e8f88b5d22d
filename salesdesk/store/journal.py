"""The journal: outbox, history and undo at once. Rules in docs/sync.md.

Entries of a territory form a chain: each carries SHA-256 over the hash before and itself, so that
the office recognises a copied or restored laptop.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import bindparam, func, insert, select
from sqlalchemy.orm import Session

from salesdesk.records.entry import SCHEMA, Entry, chained
from salesdesk.records.kinds import Wire
from salesdesk.store.clock import stamp
from salesdesk.store.tables import feed, journal

WAITING = "waiting"

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
    """How many entries wait for the office."""
    return session.scalar(select(func.count()).select_from(journal).where(journal.c.state == WAITING)) or 0


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
        select(journal)
        .where(journal.c.state == WAITING)
        .order_by(journal.c.wall_ms, journal.c.territory, journal.c.seq)
        .limit(limit)
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
