"""Opening, saving, deleting and undoing any form, with its child rows and its draft."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from salesdesk.actions import prospecting
from salesdesk.errors import Bug
from salesdesk.process import decision_chain
from salesdesk.process.findings import Finding, missing
from salesdesk.records.discovery import DecisionRole, NeedsAnalysis
from salesdesk.records.kinds import Wire
from salesdesk.records.prospecting import Customer
from salesdesk.records.registry import Record, fields_of, form_named
from salesdesk.store import drafts, queries
from salesdesk.store.workspace import Changes, Workspace, new_id


@dataclass
class Sheet:
    """A form opened for editing: detached records as they were read, and the draft if there is one.

    `rows` holds the child rows by form name. `seen` and `seen_rev` are what the editor looked at.
    """

    record: Record
    rows: dict[str, list[Record]]
    is_new: bool
    customer: Customer | None = None
    draft: drafts.Draft | None = None
    seen: dict[str, Wire] = field(default_factory=dict)
    seen_rev: int = 0

    @property
    def form(self) -> type[Record]:
        """The record's class."""
        return type(self.record)

    @property
    def entity(self) -> str:
        """The form's name."""
        return self.record.__tablename__


@dataclass(frozen=True)
class RowValues:
    """A child row as edited: a new row has an empty id. `values` maps field names to python values."""

    record_id: str
    values: dict[str, Any]


# What else comes into being with a new record of a form.
_ALONG_WITH_NEW: dict[str, Callable[[Changes, Any], None]] = {"customer": prospecting.start_first_round}


def new(workspace: Workspace, entity: str, **preset: Any) -> Sheet:
    """A blank form; its id is given at once, so that a draft of it can be found again."""
    form = form_named(entity)
    record = form(id=new_id(), **preset)
    with workspace.reading() as session:
        customer = session.get(Customer, preset["customer_id"]) if preset.get("customer_id") else None
        rows: dict[str, list[Record]] = {child: [] for child in queries.children(session, record)}
    return Sheet(record, rows, is_new=True, customer=customer)


def resume(workspace: Workspace, draft: drafts.Draft) -> Sheet:
    """The form that a draft belongs to, new or existing, with the draft on it."""
    with workspace.reading() as session:
        exists = session.get(form_named(draft.entity), draft.record_id) is not None
    if exists:
        return load(workspace, draft.entity, draft.record_id)
    sheet = new(workspace, draft.entity, **({"customer_id": draft.customer_id} if draft.customer_id else {}))
    sheet.record.id = draft.record_id
    sheet.draft = draft
    return sheet


def load(workspace: Workspace, entity: str, record_id: str) -> Sheet:
    """A record with its rows, its customer and its draft."""
    with workspace.reading() as session:
        record = session.get(form_named(entity), record_id)
        if record is None:
            raise Bug("store.no_such_record", entity=entity, record_id=record_id)
        customer_id = getattr(record, "customer_id", "")
        return Sheet(
            record,
            queries.children(session, record),
            is_new=False,
            customer=session.get(Customer, customer_id) if customer_id else None,
            draft=drafts.find(session, entity, record_id),
            seen=record.wire(),
            seen_rev=record.rev,
        )


def save(
    workspace: Workspace, sheet: Sheet, values: dict[str, Any], rows: dict[str, list[RowValues]] | None = None
) -> Sheet:
    """Keep what was edited: record, rows in their order, and the end of the draft, in one transaction.

    Rows that are no longer listed go into the bin. Returns the sheet as it now stands.
    """
    with workspace.changing(f"save.{sheet.entity}") as changes:
        if sheet.is_new:
            record = changes.add(sheet.form(id=sheet.record.id, **values))
            if along := _ALONG_WITH_NEW.get(sheet.entity):
                along(changes, record)
        else:
            record = changes.get(sheet.form, sheet.record.id)
            if record.deleted_at is not None:
                changes.restore(record)
            if record.rev != sheet.seen_rev:
                changes.edited_from(record, sheet.seen_rev, sheet.seen)
            _apply(record, values, sheet.seen)
        for entity, edited in (rows or {}).items():
            _save_rows(changes, record, entity, edited, sheet.rows.get(entity, []))
        drafts.drop(changes.session, sheet.entity, record.id)
    return load(workspace, sheet.entity, record.id)


def delete(workspace: Workspace, entity: str, record_id: str) -> None:
    """Put a record and its rows into the bin."""
    with workspace.changing(f"delete.{entity}") as changes:
        record = changes.get(form_named(entity), record_id)
        for group in queries.children(changes.session, record).values():
            for row in group:
                changes.delete(row)
        changes.delete(record)
        drafts.drop(changes.session, entity, record_id)


def discard_draft(workspace: Workspace, entity: str, record_id: str) -> None:
    """Forget what was typed and not saved."""
    with workspace.writing() as session:
        drafts.drop(session, entity, record_id)


def findings(record: Record, rows: dict[str, list[Record]]) -> list[Finding]:
    """What the rules say about a record and its rows as they stand; nothing here forbids keeping."""
    found = missing(record)
    for group in rows.values():
        for row in group:
            found += [f for f in missing(row) if f.field != row.__form__.parent]
    if isinstance(record, NeedsAnalysis):
        found += decision_chain.check([r for r in rows.get("decision_role", []) if isinstance(r, DecisionRole)])
    return found


def _apply(record: Record, values: dict[str, Any], seen: dict[str, Wire]) -> None:
    """Set what the person changed; a field that only the office moved meanwhile is left as it is."""
    fields = fields_of(type(record))
    for name, value in values.items():
        if fields[name].kind.to_wire(value) != seen.get(name):
            setattr(record, name, value)


def _save_rows(changes: Changes, parent: Record, entity: str, edited: list[RowValues], before: list[Record]) -> None:
    form = form_named(entity)
    link = form.__form__.parent or ""
    numbered = "position" in fields_of(form) and fields_of(form)["position"].kind.to_wire(1) == 1
    kept = set()
    for number, row in enumerate(edited, start=1):
        values = row.values | ({"position": number} if numbered and entity != "contact" else {})
        if row.record_id:
            kept.add(row.record_id)
            existing = changes.get(form, row.record_id)
            for name, value in values.items():
                if getattr(existing, name) != value:
                    setattr(existing, name, value)
        else:
            changes.add(form(**{link: parent.id, "territory": parent.territory, **values}))
    for row_before in before:
        if row_before.id not in kept:
            changes.delete(changes.get(form, row_before.id))
