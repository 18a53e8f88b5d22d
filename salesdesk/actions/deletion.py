"""Putting records into the recycle bin, with what hangs on them; the history and the bin bring them back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from salesdesk.records.registry import Record, form_named
from salesdesk.store import drafts, links
from salesdesk.store.workspace import Changes, Session, Workspace


@dataclass(frozen=True)
class Deletion:
    """What would go: the names of the records (empty for one without), and how many of which form go with them."""

    names: list[str]
    hanging: dict[str, int]


def preview(session: Session, entity: str, record_ids: Sequence[str]) -> Deletion:
    """What deleting these records of a form would take along."""
    records = _living(session, entity, record_ids)
    hanging = Counter(record.__tablename__ for record in _hanging_on(session, records))
    return Deletion([links.name_of(session, record) for record in records], dict(hanging))


def delete(workspace: Workspace, entity: str, record_ids: Sequence[str]) -> int:
    """Put records and all that hangs on them (rows, papers, opportunities, tasks) into the bin, as one action.

    Returns how many of the records were there to be deleted.
    """
    with workspace.changing(f"delete.{entity}") as changes:
        records = _living(changes.session, entity, record_ids)
        delete_with_all(changes, records)
    return len(records)


def delete_with_all(changes: Changes, records: Sequence[Record]) -> None:
    """Put records and all that hangs on them into the bin, as part of an action."""
    for record in [*_hanging_on(changes.session, records), *records]:
        changes.delete(record)
        drafts.drop(changes.session, record.__tablename__, record.id)


def _living(session: Session, entity: str, record_ids: Sequence[str]) -> list[Record]:
    """Those that are not in the bin: another laptop may have been quicker."""
    found = [session.get(form_named(entity), record_id) for record_id in record_ids]
    return [record for record in found if record is not None and record.deleted_at is None]


def _hanging_on(session: Session, records: Sequence[Record]) -> list[Record]:
    """Every record that links to these, and what hangs on those, leaves first."""
    seen = {record.id for record in records}
    levels: list[list[Record]] = []
    level = list(records)
    while level:
        by_form: dict[type[Record], list[str]] = {}
        for record in level:
            by_form.setdefault(type(record), []).append(record.id)
        found = [row for form, ids in by_form.items() for row in links.dependents(session, form, ids)]
        level = [row for row in {row.id: row for row in found}.values() if row.id not in seen]
        seen |= {row.id for row in level}
        levels.append(level)
    return [record for level in reversed(levels) for record in level]
