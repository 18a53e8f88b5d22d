"""Opening, saving and deleting any form, with its child rows and its draft."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, tzinfo
from typing import Any

from salesdesk.actions import rounds
from salesdesk.errors import Bug, SalesDeskError
from salesdesk.process import rules
from salesdesk.process.facts import Facts
from salesdesk.process.findings import Finding
from salesdesk.records.kinds import LinkKind, Wire
from salesdesk.records.language import Language
from salesdesk.records.prospecting import Customer
from salesdesk.records.registry import Record, fields_of, form_named, forms
from salesdesk.store import drafts, queries
from salesdesk.store.workspace import Changes, Session, Workspace, new_id


@dataclass
class Sheet:
    """A form opened for editing: detached records as they were read, and the draft if there is one.

    `rows` holds the child rows by form name. `seen` is what the editor looked at: for the record and
    each row its revision and values, so that a sync that moves them meanwhile becomes a merge and not
    an overwriting. `preset` are the links that a new record was opened with. `facts` is the customer's round,
    for the rules that look at it.
    """

    record: Record
    rows: dict[str, list[Record]]
    is_new: bool
    customer: Customer | None = None
    draft: drafts.Draft | None = None
    seen: dict[str, Seen] = field(default_factory=dict)
    preset: dict[str, Any] = field(default_factory=dict)
    facts: Facts | None = None

    @property
    def form(self) -> type[Record]:
        """The record's class."""
        return type(self.record)

    @property
    def entity(self) -> str:
        """The form's name."""
        return str(self.record.__tablename__)


@dataclass(frozen=True)
class Seen:
    """The revision and the values in wire form that an editor looked at."""

    rev: int
    values: dict[str, Wire]


@dataclass(frozen=True)
class RowValues:
    """A child row as edited: a new row has an empty id. `values` maps field names to python values."""

    record_id: str
    values: dict[str, Any]


def new(workspace: Workspace, entity: str, **preset: Any) -> Sheet:
    """A blank form; its id is given at once, so that a draft of it can be found again."""
    form = form_named(entity)
    customer_id = preset.get("customer_id", "")
    with workspace.reading() as session:
        if customer_id and "opportunity_id" in fields_of(form):
            card = queries.card(session, customer_id)
            preset.setdefault("opportunity_id", card.opportunity.id if card and card.opportunity else "")
        record = form(id=new_id(), **preset)
        customer = session.get(Customer, customer_id) if customer_id else None
        rows: dict[str, list[Record]] = {child: [] for child in queries.children(session, record)}
        facts = _facts(session, form, customer_id)
    return Sheet(record, rows, is_new=True, customer=customer, preset=preset, facts=facts)


def resume(workspace: Workspace, draft: drafts.Draft) -> Sheet:
    """The form that a draft belongs to, new or existing, with the draft on it and what its editor saw."""
    with workspace.reading() as session:
        exists = session.get(form_named(draft.entity), draft.record_id) is not None
    if exists:
        return load(workspace, draft.entity, draft.record_id)
    sheet = new(workspace, draft.entity, **draft.preset)
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
        rows = queries.children(session, record)
        draft = drafts.find(session, entity, record_id)
        seen = {r.id: Seen(r.rev, r.wire()) for r in (record, *(row for group in rows.values() for row in group))}
        if draft is not None:
            seen |= {row_id: Seen(**values) for row_id, values in draft.seen.items()}
        customer = session.get(Customer, customer_id) if customer_id else None
        facts = _facts(session, type(record), customer_id)
        return Sheet(record, rows, is_new=False, customer=customer, draft=draft, seen=seen, facts=facts)


def keep_draft(workspace: Workspace, sheet: Sheet, content: dict[str, Any]) -> drafts.Draft:
    """Keep what is typed in a form, with what its editor looked at; `content` is the form's own."""
    return drafts.save(
        workspace,
        drafts.Draft(
            entity=sheet.entity,
            record_id=sheet.record.id,
            content=content,
            customer_id=getattr(sheet.record, "customer_id", ""),
            preset=sheet.preset,
            seen={row_id: {"rev": seen.rev, "values": seen.values} for row_id, seen in sheet.seen.items()},
        ),
    )


def save(
    workspace: Workspace, sheet: Sheet, values: dict[str, Any], rows: dict[str, list[RowValues]] | None = None
) -> Sheet:
    """Keep what was edited: record, rows in their order, and the end of the draft, in one transaction.

    Rows that are no longer listed go into the bin. Saving the same new sheet twice keeps one record.
    Returns the sheet as it now stands.
    """
    with workspace.changing(f"save.{sheet.entity}") as changes:
        record = changes.session.get(sheet.form, sheet.record.id)
        if record is None:
            record = changes.add(sheet.form(id=sheet.record.id, **(sheet.preset | values)))
            if isinstance(record, Customer):
                rounds.start_first_round(changes, record)
        else:
            _apply(changes, record, values, sheet.seen.get(record.id))
        for entity, edited in (rows or {}).items():
            _save_rows(changes, record, entity, edited, sheet)
        drafts.drop(changes.session, sheet.entity, record.id)
    return load(workspace, sheet.entity, record.id)


def save_or_keep(
    workspace: Workspace,
    sheet: Sheet,
    values: dict[str, Any],
    rows: dict[str, list[RowValues]],
    content: dict[str, Any],
) -> Sheet:
    """`save`; what cannot be saved is kept as a draft before the error goes on, whoever is there to hear it."""
    try:
        return save(workspace, sheet, values, rows)
    except SalesDeskError:
        with suppress(SalesDeskError):  # the first error says more than that its draft could not be kept either
            keep_draft(workspace, sheet, content)
        raise


def as_it_stands(workspace: Workspace, sheet: Sheet) -> Sheet:
    """The sheet as a save that came in between left it; as it was when there was none."""
    with workspace.reading() as session:
        exists = session.get(sheet.form, sheet.record.id) is not None
    return load(workspace, sheet.entity, sheet.record.id) if exists else sheet


def change_many(workspace: Workspace, entity: str, record_ids: Sequence[str], name: str, value: Any) -> int:
    """Give one field of many records a value, as one action that can be undone; returns how many changed."""
    with workspace.changing("bulk.edit") as changes:
        records = [changes.get(form_named(entity), record_id) for record_id in record_ids]
        differing = [record for record in records if getattr(record, name) != value]
        for record in differing:
            setattr(record, name, value)
    return len(differing)


def delete(workspace: Workspace, entity: str, record_id: str) -> None:
    """Put a record and all that hangs on it (rows, papers, opportunities, tasks) into the bin, as one action."""
    with workspace.changing(f"delete.{entity}") as changes:
        record = changes.get(form_named(entity), record_id)
        for dependent in [*_hanging_on(changes, record), record]:
            changes.delete(dependent)
            drafts.drop(changes.session, dependent.__tablename__, dependent.id)


def _hanging_on(changes: Changes, record: Record, above: frozenset[str] = frozenset()) -> list[Record]:
    """Every record that links to this one, and what hangs on those, leaves first; `above` are those it hangs on."""
    found: dict[str, Record] = {}
    above |= {record.id}
    for form in forms():
        for name, declared in fields_of(form).items():
            if not isinstance(declared.kind, LinkKind) or declared.kind.to != record.__tablename__:
                continue
            for row in queries.linked(changes.session, form, name, record.id):
                if row.id not in above:
                    found |= {r.id: r for r in _hanging_on(changes, row, above)}
                    found[row.id] = row
    return list(found.values())


def discard_draft(workspace: Workspace, entity: str, record_id: str) -> None:
    """Forget what was typed and not saved."""
    with workspace.writing() as session:
        drafts.drop(session, entity, record_id)


def findings(sheet: Sheet, today: date, zone: tzinfo) -> list[Finding]:
    """What the rules say about a form as it was read; nothing here forbids keeping."""
    return rules.findings(sheet.record, sheet.rows, rules.Situation(sheet.facts, today, zone))


def proposed(sheet: Sheet, values: dict[str, Any], today: date, zone: tzinfo) -> list[rules.Proposed]:
    """What the rules would enter into a form that holds these values just now."""
    stands = {name: getattr(sheet.record, name) for name in fields_of(sheet.form)}
    typed = sheet.form(**(stands | values))
    return rules.proposed(typed, rules.Situation(sheet.facts, today, zone))


def _facts(session: Session, form: type[Record], customer_id: str) -> Facts | None:
    """The customer's round for the forms whose rules look at it; the others are spared the reading."""
    if not customer_id or not rules.looks_at_round(form):
        return None
    card = queries.card(session, customer_id)
    return rounds.facts_of(card) if card else None


def _apply(changes: Changes, record: Record, values: dict[str, Any], seen: Seen | None) -> None:
    """Set what the person changed; a field that only the office moved meanwhile is left as it is."""
    looked_at = seen or Seen(record.rev, record.wire())
    fields = fields_of(type(record))
    for name, value in values.items():
        kind = fields[name].kind
        before = kind.from_wire(looked_at.values.get(name))
        # compared as people read it: a moment shown to the minute was not changed by being read back
        if fields[name].show(value, Language.ZH) != fields[name].show(before, Language.ZH):
            setattr(record, name, value)
    if record.rev != looked_at.rev:
        changes.edited_from(record, looked_at.rev, looked_at.values)
    if record.deleted_at is not None and changes.session.is_modified(record):
        changes.restore(record)  # deleted by somebody meanwhile, and edited here: the edit brings it back


def _save_rows(changes: Changes, parent: Record, entity: str, edited: list[RowValues], sheet: Sheet) -> None:
    form = form_named(entity)
    link = form.__form__.parent or ""
    last_number = 0
    kept = set()
    for row in edited:
        existing = changes.session.get(form, row.record_id) if row.record_id else None
        if existing is None:
            existing = changes.add(form(**{link: parent.id, "territory": parent.territory, **row.values}))
        else:
            _apply(changes, existing, row.values, sheet.seen.get(existing.id))
        kept.add(existing.id)
        if "row_no" in fields_of(form):
            last_number = _numbered_after(existing, last_number)
    for before in sheet.rows.get(entity, []):
        if before.id not in kept:
            gone = changes.get(form, before.id)
            changes.edited_from(gone, sheet.seen[before.id].rev, sheet.seen[before.id].values)
            changes.delete(gone)


def _numbered_after(row: Any, previous: int) -> int:
    """Number a row after the one before, only where the order asks for it: adding one leaves the others alone."""
    if (row.row_no or 0) <= previous:
        row.row_no = previous + 1
    return int(row.row_no)
