"""Taking in a foreign table: looked at first, then kept in one action that one undo takes back."""

from __future__ import annotations

from collections.abc import Mapping as AnyMapping
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import select

from salesdesk.actions import rounds
from salesdesk.actions.duplicates import fill, same_person
from salesdesk.actions.import_preview import Preview, Standing, look, own_fields
from salesdesk.actions.import_rows import Choice, Row
from salesdesk.actions.known_customers import known_customers, spelling
from salesdesk.errors import UserError
from salesdesk.exchange import sheets_out
from salesdesk.exchange.mapping import Mapping
from salesdesk.records.base import Record
from salesdesk.records.language import Language
from salesdesk.records.prospecting import Contact, Customer
from salesdesk.records.registry import fields_of, form_named
from salesdesk.records.work import Opportunity
from salesdesk.store import queries
from salesdesk.store.workspace import Changes, Session, Workspace


def preview(
    workspace: Workspace, entity: str, grid: Sequence[Sequence[str]], mapping: Mapping, language: Language
) -> Preview:
    """What an import would do with the rows below the header, compared with what the workspace holds."""
    form = form_named(entity)
    with workspace.reading() as session:
        standing = Standing(known_customers(session, with_phones=form is Customer))
        if "opportunity_id" in fields_of(form):
            standing.open_rounds = _open_rounds(session)
        if form is not Customer:
            standing.equal = _cells(session, form, own_fields(form, mapping))
        if fields_of(form)[form.__form__.title].unique:
            standing.numbers = _numbers(session, form)
    return look(entity, grid, mapping, language, standing)


def carry_out(workspace: Workspace, found: Preview) -> int:
    """Keep the rows that fit, all or none, in one action; returns how many. The history takes it back."""
    form = form_named(found.entity)
    rows = found.fit()
    if not rows:
        raise UserError("import.nothing")
    own = fields_of(form).keys()
    with workspace.changing(f"import.{found.entity}") as changes:
        made: dict[int, Customer] = {}
        people: dict[str, list[Contact]] = {}
        for row in rows:
            record = form(**{name: value for name, value in row.values.items() if name in own})
            if isinstance(record, Customer):
                made[row.number] = customer = _customer(changes, row, record, made, found.language)
                _person(changes, row, customer, people, found.language)
            else:
                changes.add(record)
    return len(rows)


def _customer(
    changes: Changes, row: Row, record: Customer, made: AnyMapping[int, Customer], language: Language
) -> Customer:
    """The customer that a row is of: the one there, given what it lacks, or a new one.

    What a row of the file says otherwise than one further up goes into the description.
    """
    there = None
    if row.choice == Choice.FILL:
        there = changes.get(Customer, row.same_id) if row.same_id else made.get(row.same_row)
    if there is not None and there.deleted_at is None:  # a sync may have come since the preview
        fill(there, record)
        _describe(there, [record.need, *([] if row.same_id else _differing(row, there, language))])
        return there
    record.owner = record.owner or changes.identity.name
    changes.add(record)
    rounds.start_first_round(changes, record)
    return record


def _differing(row: Row, there: Customer, language: Language) -> list[str]:
    """What a row says of a customer who has another value there, each behind its label."""
    return [
        f"{declared.label(language)}：{declared.show(value, language)}"
        for name, declared in fields_of(Customer).items()
        if name != "need" and (value := row.values.get(name)) not in {None, "", False, getattr(there, name)}
        if name != "name" or spelling(value) != spelling(there.name)
    ]


def _describe(customer: Customer, words: Sequence[str]) -> None:
    for said in words:
        if said not in customer.need:
            customer.need = "\n".join(filter(None, [customer.need, said]))


def _person(
    changes: Changes, row: Row, customer: Customer, people: dict[str, list[Contact]], language: Language
) -> None:
    """The row's people, added to the customer unless they are known there."""
    said = {
        name.removeprefix("contact."): value
        for name, value in row.values.items()
        if name.startswith("contact.") and value not in {None, ""}
    }
    if said and customer.id not in people:
        is_there = row.choice == Choice.FILL and bool(row.same_id)
        people[customer.id] = queries.linked(changes.session, Contact, "customer_id", customer.id) if is_there else []
    for values in [said, *row.further] if said else []:
        person = Contact(customer_id=customer.id, territory=customer.territory, **values)
        same = next((one for one in people[customer.id] if same_person(one, person)), None)
        if same is None:
            people[customer.id].append(changes.add(person))
            continue
        fill(same, person)
        if person.position != same.position and person.position and not row.same_id:
            position = fields_of(Contact)["position"].label(language)
            _describe(customer, [f"{same.name} {position}：{person.position}".strip()])


def write_errors(path: Path, found: Preview, sentence: Any, heading: tuple[str, str]) -> None:
    """The rows that were not kept as they came, each with its number and the reason.

    `sentence` puts a `Problem` into words; `heading` names the two added columns.
    """
    rows = [[*heading, *found.header]]
    rows += [[str(row.number), "；".join(map(sentence, row.problems)), *row.cells] for row in found.rows if row.wrong]
    sheets_out.write_rows(path, rows)


def _cells(session: Session, form: type[Record], names: Sequence[str]) -> set[tuple[Any, ...]]:
    """What the records of a form say in some fields, to tell a row that was taken in before."""
    columns = [form.__table__.columns[name] for name in names]
    if not columns:
        return set()
    found = session.execute(select(*columns).where(form.deleted_at.is_(None)))
    return {tuple(value or None for value in row) for row in found}


def _numbers(session: Session, form: type[Record]) -> dict[str, str]:
    """The numbers that are taken, as `spelling` compares them, those in the bin included."""
    column = form.__table__.columns[form.__form__.title]
    found = session.execute(select(column).where(column != "")).scalars()
    return {spelling(number): number for number in found}


def _open_rounds(session: Session) -> dict[str, str]:
    found = session.execute(
        select(Opportunity.customer_id, Opportunity.id).where(
            Opportunity.outcome == "open", Opportunity.deleted_at.is_(None)
        )
    )
    return {customer_id: round_id for customer_id, round_id in found}  # noqa: C416  # rows are no pairs for mypy
