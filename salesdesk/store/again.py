"""New records that the office did not take: what is sent again as new, and what hangs together with it."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from salesdesk.records.registry import Record
from salesdesk.records.work import Attachment
from salesdesk.store import journal, links


def not_taken(session: Session, records: Iterable[Record]) -> list[Record]:
    """Those of the records that were made here and refused by the office."""
    mine = [record for record in records if record.rev == 0]
    never = journal.never_arrived(session, [record.id for record in mine])
    return [record for record in mine if record.id in never]


def with_family(session: Session, seeds: Collection[Record]) -> list[Record]:
    """These records, and the living ones that the office did not take either and that hang on them or they on.

    In the order of their making: what is hung upon was made before.
    """
    found = {record.id: record for record in seeds}
    level = list(seeds)
    while level:
        near = [other for record in level for other in _near(session, record)]
        fresh = {one.id: one for one in near if one.id not in found and one.deleted_at is None}
        level = not_taken(session, [one for one in fresh.values() if one.__form__.edited])
        found |= {record.id: record for record in level}
    return [found[record_id] for record_id in sorted(found)]


def _near(session: Session, record: Record) -> list[Record]:
    files = select(Attachment).where(Attachment.record_id == record.id)
    return [
        *links.owners(session, record),
        *links.dependents(session, type(record), [record.id]),
        *session.scalars(files),
    ]
