"""Taking in a foreign table: looked at first, then kept in one action that one undo takes back."""

from __future__ import annotations

from collections.abc import Mapping as AnyMapping
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select

from salesdesk.actions import rounds
from salesdesk.actions.duplicates import fill, same_person
from salesdesk.actions.import_rows import Choice, Problem, Row, read
from salesdesk.actions.known_customers import KnownCustomer, KnownCustomers, known_customers, spelling
from salesdesk.errors import UserError
from salesdesk.exchange import sheets_out
from salesdesk.exchange.asides import aside
from salesdesk.exchange.mapping import Mapping, targets
from salesdesk.exchange.packed import column_letters
from salesdesk.records.base import Record
from salesdesk.records.language import Language
from salesdesk.records.prospecting import Contact, Customer
from salesdesk.records.registry import fields_of, form_named
from salesdesk.records.typed import narrow
from salesdesk.records.work import Opportunity
from salesdesk.store import queries
from salesdesk.store.workspace import Changes, Session, Workspace


@dataclass(frozen=True)
class Preview:
    """What an import would do. Nothing has been changed; each row's `choice` may be.

    `left_out` are the columns that say something and are not taken in, by heading or letter.
    """

    entity: str
    header: Sequence[str]
    rows: list[Row]
    language: Language
    left_out: Sequence[str] = ()

    def fit(self) -> list[Row]:
        """The rows that come in."""
        return [row for row in self.rows if not row.problems and row.choice != Choice.OUT]

    def doubles(self) -> list[Row]:
        """The rows that are there already, unless they only bring more of a customer further up in the file."""
        return [row for row in self.rows if row.same_as and not row.problems and not joins(row)]


def joins(row: Row) -> bool:
    """Whether a row belongs to one further up beyond doubt: another person of the same customer."""
    return bool(row.same_row) and row.same_by in {"credit_code", "name"}


def preview(
    workspace: Workspace, entity: str, grid: Sequence[Sequence[str]], mapping: Mapping, language: Language
) -> Preview:
    """Read every row below the header by the mapping; says what is wrong with which, and what is there already."""
    form = form_named(entity)
    places = {target.key: target for target in targets(form, language)}
    known = [(place, places[key]) for place, key in mapping.columns.items() if key in places]
    rows = [
        Row(number, cells) for number, cells in enumerate(grid[mapping.first :], start=mapping.first + 1) if any(cells)
    ]
    header = list(grid[mapping.header]) if grid else []
    header += [""] * (max((len(row.cells) for row in rows), default=0) - len(header))  # a cell more than headings
    own = [name for name in fields_of(form) if name in mapping.columns.values()]
    with workspace.reading() as session:
        customers = known_customers(session, with_phones=form is Customer)
        open_rounds = _open_rounds(session) if "opportunity_id" in fields_of(form) else {}
        equal = set() if form is Customer else _cells(session, form, own)
        keys = [name for name in own if fields_of(form)[name].unique]
        taken = {
            name: {narrow(value or "").casefold() for (value,) in _cells(session, form, [name], bin_too=True)}
            for name in keys
        }
    for row in rows:
        read(row, known, header, customers, form, language)
        row.aside = aside(row.cells, grid[mapping.header : mapping.first])
        if customer_id := row.values.get("customer_id"):
            row.values["opportunity_id"] = open_rounds.get(customer_id, "")
        row.problems += _missing(form, row, language)
        if row.aside:
            row.choice = Choice.OUT
        if row.problems or row.aside:
            continue
        if form is Customer:
            _compare(row, customers)
        else:
            cells = tuple(row.values.get(name) or None for name in own)
            if cells in equal:
                told = row.values.get(form.__form__.title) or next(filter(None, row.cells))
                row.same_as, row.same_by = str(told), "all"
            equal.add(cells)
            row.problems += [] if row.same_as else _taken(form, row, taken, language)
        if row.same_as:
            row.choice = Choice.FILL if joins(row) else Choice.OUT
    left_out = [
        " ".join(name.split()) or column_letters(place)
        for place, name in enumerate(header)
        if place not in mapping.columns
        and any(row.cells[place : place + 1] not in ([], [""]) for row in rows if not row.aside)
    ]
    return Preview(entity, header, rows, language, left_out)


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
    """The row's person, added to the customer unless it is known there."""
    said = {
        name.removeprefix("contact."): value
        for name, value in row.values.items()
        if name.startswith("contact.") and value not in {None, ""}
    }
    if not said:
        return
    if customer.id not in people:
        is_there = row.choice == Choice.FILL and bool(row.same_id)
        people[customer.id] = queries.linked(changes.session, Contact, "customer_id", customer.id) if is_there else []
    person = Contact(customer_id=customer.id, territory=customer.territory, **said)
    same = next((one for one in people[customer.id] if same_person(one, person)), None)
    if same is None:
        people[customer.id].append(changes.add(person))
    else:
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


def _taken(form: type[Record], row: Row, taken: dict[str, set[str]], language: Language) -> list[Problem]:
    """What another record, or a row further up, has already; it is this row's from now on."""
    found = []
    for name, said in taken.items():
        read = narrow(row.values.get(name) or "").casefold()
        if read and read in said:
            found.append(Problem(fields_of(form)[name].label(language), "value.taken"))
        said.add(read)
    return found


def _cells(
    session: Session, form: type[Record], names: Sequence[str], *, bin_too: bool = False
) -> set[tuple[Any, ...]]:
    """What the records of a form say in some fields, to tell a row that was taken in before."""
    columns = [form.__table__.columns[name] for name in names]
    if not columns:
        return set()
    wanted = select(*columns) if bin_too else select(*columns).where(form.deleted_at.is_(None))
    return {tuple(value or None for value in row) for row in session.execute(wanted)}


def _missing(form: type[Record], row: Row, language: Language) -> list[Problem]:
    """What a record cannot do without: its customer, else its name; a cell that was refused is told already.

    Anything else may be missing, as in a form that is kept before it is finished.
    """
    fields, told = fields_of(form), {problem.label for problem in row.problems}
    needed = "customer_id" if "customer_id" in fields else form.__form__.title
    return [
        Problem(declared.label(language), "import.missing")
        for declared in fields.values()
        if declared.name == needed and declared.required and declared.shown
        if row.values.get(declared.name) in {None, ""} and declared.label(language) not in told
    ]


def _compare(row: Row, customers: KnownCustomers) -> None:
    telling = (row.values["name"], row.values.get("credit_code", ""), row.values.get("contact.phone", ""))
    same, row.same_by = customers.same(*telling)
    row.same_as, row.same_id, row.same_row = same.name, same.id, same.row
    # by whatever else this row is known, it is the customer who is there
    mine = KnownCustomer(same.id, same.name) if same.id else KnownCustomer("", row.values["name"], row.number)
    customers.add(mine, *telling)


def _open_rounds(session: Session) -> dict[str, str]:
    found = session.execute(
        select(Opportunity.customer_id, Opportunity.id).where(
            Opportunity.outcome == "open", Opportunity.deleted_at.is_(None)
        )
    )
    return {customer_id: round_id for customer_id, round_id in found}  # noqa: C416  # rows are no pairs for mypy
