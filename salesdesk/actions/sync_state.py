"""How this laptop stands to the office: what waits to go, what is open, and when they were last equal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from salesdesk.records.registry import form_named, known
from salesdesk.records.work import Conflict
from salesdesk.store import attention, journal, queries
from salesdesk.store.workspace import Session, Workspace
from salesdesk.sync import driver


@dataclass(frozen=True)
class SyncState:
    """`office` once signed in; the first of `waiting_count` changes that wait; `titles` of the records in conflict.

    `attention` is how much did not arrive as it was typed, conflicts included.
    """

    office: driver.Office | None
    waiting: list[journal.Line]
    waiting_count: int
    last_sync: datetime | None
    conflicts: list[Conflict]
    titles: dict[str, str]
    attention: int


def sync_state(session: Session, workspace: Workspace, limit: int) -> SyncState:
    """All of it in one read, with at most `limit` of the changes that wait."""
    conflicts = queries.open_conflicts(session)
    return SyncState(
        office=driver.office_of(workspace),
        waiting=journal.waiting(session, limit),
        waiting_count=journal.waiting_count(session),
        last_sync=queries.last_sync(session),
        conflicts=conflicts,
        attention=len(attention.items(session)),
        titles={conflict.record_id: _title_of(session, conflict) for conflict in conflicts},
    )


def _title_of(session: Session, conflict: Conflict) -> str:
    """What the record of a conflict is called; nothing for a form of a newer program."""
    record = session.get(form_named(conflict.entity), conflict.record_id) if known(conflict.entity) else None
    return str(getattr(record, record.__form__.title)) if record is not None else ""
