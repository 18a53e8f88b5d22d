"""Taking in a foreign table: looked at first, then kept in one action that one undo takes back."""

from __future__ import annotations

from collections.abc import Mapping as AnyMapping
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlalchemy import select

from salesdesk.actions import rounds
from salesdesk.actions.duplicates import fill, same_person
from salesdesk.actions.known_customers import KnownCustomer, KnownCustomers, known_customers
from salesdesk.errors import BadValue, UserError
from salesdesk.exchange import sheets_out, values
from salesdesk.exchange.mapping import Mapping, Target, targets
from salesdesk.exchange.presets import EITHER, KEPT, SIZE
from salesdesk.records.base import Record
from salesdesk.records.kinds import ChoiceKind, LinkKind
from salesdesk.records.language import Language
from salesdesk.records.prospecting import Contact, Customer
from salesdesk.records.registry import fields_of, form_named
from salesdesk.records.work import Opportunity
from salesdesk.store import queries
from salesdesk.store.workspace import Changes, Session, Workspace

# of a customer: what is no choice of ours, and a size as a range (100-200人), goes into the description
_MAY_BE_WORDS = {"industry", "source", "status", "grade", SIZE}


@dataclass(frozen=True)
class Problem:
    """Why a row cannot be kept: the field's label (empty: the whole row), a message id and its parameters."""

    label: str
    message: str
    params: AnyMapping[str, object] = field(default_factory=dict)


class Choice(StrEnum):
    """What becomes of a row that can be kept."""

    NEW = "new"  # a record of its own
    FILL = "fill"  # gives the customer who is there what it lacks, and its person
    OUT = "out"


@dataclass
class Row:
    """One row of the file (`number` as a spreadsheet counts, from 1) and what becomes of it."""

    number: int
    cells: Sequence[str]
    values: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    same_as: str = ""  # the title of what is there already, in the workspace or further up in the file
    same_by: str = ""  # what tells so: see `KnownCustomers.same`; `all` for a record that is equal in every cell
    same_id: str = ""  # the customer in the workspace
    same_row: int = 0  # the row further up
    choice: Choice = Choice.NEW


@dataclass(frozen=True)
class Preview:
    """What an import would do. Nothing has been changed; each row's `choice` may be."""

    entity: str
    header: Sequence[str]
    rows: list[Row]

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
    header = grid[mapping.header] if grid else []
    rows = [
        Row(number, cells) for number, cells in enumerate(grid[mapping.first :], start=mapping.first + 1) if any(cells)
    ]
    own = [name for name in fields_of(form) if name in mapping.columns.values()]
    with workspace.reading() as session:
        customers = known_customers(session, with_phones=form is Customer)
        open_rounds = _open_rounds(session) if "opportunity_id" in fields_of(form) else {}
        equal = set() if form is Customer else _cells(session, form, own)
    for row in rows:
        _read(row, known, header, customers, language)
        if customer_id := row.values.get("customer_id"):
            row.values["opportunity_id"] = open_rounds.get(customer_id, "")
        row.problems += _missing(form, row, language)
        if row.problems:
            continue
        if form is Customer:
            _compare(row, customers)
        else:
            cells = tuple(row.values.get(name) or None for name in own)
            if cells in equal:
                told = row.values.get(form.__form__.title) or next(filter(None, row.cells))
                row.same_as, row.same_by = str(told), "all"
            equal.add(cells)
        if row.same_as:
            row.choice = Choice.FILL if joins(row) else Choice.OUT
    return Preview(entity, header, rows)


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
                made[row.number] = customer = _customer(changes, row, record, made)
                _person(changes, row, customer, people)
            else:
                changes.add(record)
    return len(rows)


def _customer(changes: Changes, row: Row, record: Customer, made: AnyMapping[int, Customer]) -> Customer:
    """The customer that a row is of: the one there, given what it lacks, or a new one."""
    there = None
    if row.choice == Choice.FILL:
        there = changes.get(Customer, row.same_id) if row.same_id else made.get(row.same_row)
    if there is not None and there.deleted_at is None:  # a sync may have come since the preview
        fill(there, record)
        if record.need not in there.need:
            there.need = f"{there.need}\n{record.need}"
        return there
    record.owner = record.owner or changes.identity.name
    changes.add(record)
    rounds.start_first_round(changes, record)
    return record


def _person(changes: Changes, row: Row, customer: Customer, people: dict[str, list[Contact]]) -> None:
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


def write_errors(path: Path, found: Preview, sentence: Any, heading: tuple[str, str]) -> None:
    """The rows that were not kept as they came, each with its number and the reason.

    `sentence` puts a `Problem` into words; `heading` names the two added columns.
    """
    rows = [[*heading, *found.header]]
    rows += [
        [str(row.number), "；".join(map(sentence, row.problems)), *row.cells] for row in found.rows if row.problems
    ]
    sheets_out.write_rows(path, rows)


def _cells(session: Session, form: type[Record], names: Sequence[str]) -> set[tuple[Any, ...]]:
    """What the records of a form say in some fields, to tell a row that was taken in before."""
    columns = [form.__table__.columns[name] for name in names]
    if not columns:
        return set()
    found = session.execute(select(*columns).where(form.deleted_at.is_(None)))
    return {tuple(value or None for value in row) for row in found}


def _missing(form: type[Record], row: Row, language: Language) -> list[Problem]:
    needed = {form.__form__.title, "customer_id"}
    return [
        Problem(declared.label(language), "import.missing")
        for declared in fields_of(form).values()
        if declared.name in needed and declared.required and declared.shown
        if row.values.get(declared.name) in {None, ""}
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


def _read(
    row: Row,
    known: Sequence[tuple[int, Target]],
    header: Sequence[str],
    customers: KnownCustomers,
    language: Language,
) -> None:
    words: list[str] = []
    names: list[tuple[str, str]] = []
    for place, target in known:
        text = row.cells[place].strip() if place < len(row.cells) else ""
        if not text:
            continue
        try:
            if target.key == KEPT:
                words.append(f"{header[place]}：{text}")
            elif target.key == EITHER:
                continue  # when the other columns are known
            elif target.key == "contact.name":
                names.append((header[place], text))
            else:
                row.values |= _values(target, text, header[place], customers)
        except BadValue as error:
            if target.key in _MAY_BE_WORDS:
                words.append(f"{target.label}：{text}")
                row.values |= _other(target)
            else:
                row.problems.append(Problem(target.label, error.message, error.params))
    _name(row, names, known)
    _either(row, known)
    if words:
        need = fields_of(Customer)["need"]
        try:
            row.values["need"] = need.kind.parse("\n".join(filter(None, [row.values.get("need", ""), *words])))
        except BadValue as error:
            row.problems.append(Problem(need.label(language), error.message, error.params))


def _name(row: Row, parts: Sequence[tuple[str, str]], known: Sequence[tuple[int, Target]]) -> None:
    target = next((target for _, target in known if target.key == "contact.name"), None)
    if parts and target and target.field:
        try:
            row.values["contact.name"] = target.field.kind.parse(values.full_name(parts))
        except BadValue as error:
            row.problems.append(Problem(target.label, error.message, error.params))


def _either(row: Row, known: Sequence[tuple[int, Target]]) -> None:
    """A name that is the company's where no other column names one, else that of a person there."""
    place, target = next(((place, target) for place, target in known if target.key == EITHER), (len(row.cells), None))
    text = row.cells[place].strip() if place < len(row.cells) else ""
    if target is None or not text:
        return
    company = row.values.get("name", "")
    name, form = ("contact.name", Contact) if company else ("name", Customer)
    said = text.removeprefix(f"{company}, ")
    if said == company:
        return
    try:
        row.values[name] = fields_of(form)["name"].kind.parse(said)
    except BadValue as error:
        row.problems.append(Problem(target.label, error.message, error.params))


def _other(target: Target) -> dict[str, str]:
    """The choice 其他 where there is one; the word itself goes into the description."""
    kind = target.field.kind if target.field else None
    has_other = isinstance(kind, ChoiceKind) and any(option.value == "other" for option in kind.options)
    return {target.key: "other"} if has_other else {}


def _values(target: Target, text: str, header: str, customers: KnownCustomers) -> dict[str, Any]:
    """What a cell says, by field: one, or two for the size of a company."""
    if target.key == SIZE:
        return values.size(text, header)
    if target.key in {"status", "grade"} and (grade := values.grade(text)):
        return {"grade": grade}  # 表1 keeps the grade in 跟进状态
    assert target.field is not None
    if isinstance(target.field.kind, LinkKind):
        return {target.key: customers.named(text).id}
    return {target.key: values.value(target.field, text, header)}
