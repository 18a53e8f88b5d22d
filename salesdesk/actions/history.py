"""Taking back a user action, by the journal. The taking back is an action itself."""

from __future__ import annotations

from sqlalchemy import select

from salesdesk.errors import UserError
from salesdesk.records.registry import fields_of, form_named, known
from salesdesk.store import journal
from salesdesk.store.tables import journal as entries
from salesdesk.store.workspace import Workspace


def last_action(workspace: Workspace) -> tuple[str, int] | None:
    """Territory and first sequence number of this person's last action; `None` on an empty journal."""
    with workspace.reading() as session:
        row = session.execute(
            select(entries.c.territory, entries.c.batch_first).order_by(entries.c.wall_ms.desc(), entries.c.seq.desc())
        ).first()
    return (row.territory, row.batch_first) if row else None


def undo(workspace: Workspace, territory: str, batch_first: int) -> None:
    """Set every field of an action back to its value before, and its records out of or into the bin.

    Raises `UserError` `history.changed_since` when one of the fields has another value by now; then
    nothing is changed.
    """
    with workspace.changing("undo") as changes:
        for line in reversed(journal.batch(changes.session, territory, batch_first)):
            if not known(line.entity):
                raise UserError("history.unknown_form", entity=line.entity)
            record = changes.get(form_named(line.entity), line.record_id)
            if line.kind == "create":
                changes.delete(record)
            elif line.kind == "delete":
                changes.restore(record)
            elif line.kind == "restore":
                changes.delete(record)
            for name, (old, new) in line.fields.items() if line.kind == "update" else ():
                kind = fields_of(type(record))[name].kind
                if kind.to_wire(getattr(record, name)) != new:
                    raise UserError("history.changed_since", field=name)
                setattr(record, name, kind.from_wire(old))
