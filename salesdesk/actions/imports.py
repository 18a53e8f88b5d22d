"""Taking in a foreign table: looked at first, then kept in one action that one undo takes back."""

from __future__ import annotations

from collections.abc import Mapping as AnyMapping
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import select

from salesdesk.actions import rounds
from salesdesk.errors import BadValue, UserError
from salesdesk.exchange import sheets_out, values
from salesdesk.exchange.mapping import KEPT, SIZE, Mapping, Target, targets
from salesdesk.process.duplicates import core, digits
from salesdesk.records.kinds import ChoiceKind, LinkKind, narrow
from salesdesk.records.language import Language
from salesdesk.records.prospecting import Contact, Customer
from salesdesk.records.registry import fields_of, form_named
from salesdesk.records.work import Opportunity
from salesdesk.store.workspace import Session, Workspace

_MAY_BE_WORDS = {"industry", "source", "status", "grade"}  # of a customer; other words go into the description


@dataclass(frozen=True)
class Problem:
    """Why a row cannot be kept: the field's label (empty: the whole row), a message id and its parameters."""

    label: str
    message: str
    params: AnyMapping[str, object] = field(default_factory=dict)


@dataclass
class Row:
    """One row of the file (`number` as a spreadsheet counts, from 1) and what becomes of it."""

    number: int
    cells: Sequence[str]
    values: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    same_as: str = ""  # the name of a customer who is there already, in the workspace or further up in the file
    same_by: str = ""  # what tells so: credit_code, phone or same_name


@dataclass
class _Known:
    """The customers that are there, by all that tells one from another; each with id and name."""

    names: dict[str, tuple[str, str]] = field(default_factory=dict)
    codes: dict[str, tuple[str, str]] = field(default_factory=dict)
    phones: dict[str, tuple[str, str]] = field(default_factory=dict)

    def same(self, name: str, code: str, phone: str) -> tuple[str, str]:
        """The name of the customer who is the same and what tells so, the surest first; or nothing."""
        for reason, kept, key in (
            ("credit_code", self.codes, _code(code)),
            ("phone", self.phones, digits(phone)),
            ("same_name", self.names, _telling(name)),
        ):
            if key and key in kept:
                return kept[key][1], reason
        return "", ""

    def add(self, customer_id: str, name: str, code: str, phone: str) -> None:
        for kept, key in (
            (self.codes, _code(code)),
            (self.phones, digits(phone)),
            (self.names, _telling(name)),
        ):
            if key:
                kept.setdefault(key, (customer_id, name))


@dataclass(frozen=True)
class Preview:
    """What an import would do. Nothing has been changed."""

    entity: str
    header: Sequence[str]
    rows: list[Row]

    def fit(self, *, with_duplicates: bool) -> list[Row]:
        """The rows that can be kept."""
        return [row for row in self.rows if not row.problems and (with_duplicates or not row.same_as)]


def preview(
    workspace: Workspace, entity: str, grid: Sequence[Sequence[str]], mapping: Mapping, language: Language
) -> Preview:
    """Read every row below the header by the mapping; says what is wrong with which, and who is there already."""
    form = form_named(entity)
    places = {target.key: target for target in targets(form, language)}
    known = [(place, places[key]) for place, key in mapping.columns.items() if key in places]
    header = grid[mapping.header] if grid else []
    rows = [
        Row(number, cells) for number, cells in enumerate(grid[mapping.first :], start=mapping.first + 1) if any(cells)
    ]
    with workspace.reading() as session:
        customers = _customers(session, with_phones=form is Customer)
        open_rounds = _open_rounds(session) if "opportunity_id" in fields_of(form) else {}
    for row in rows:
        _read(row, known, header, customers.names)
        if customer_id := row.values.get("customer_id"):
            row.values["opportunity_id"] = open_rounds.get(customer_id, "")
        missing = [
            f for f in fields_of(form).values() if f.required and f.shown and row.values.get(f.name) in {None, ""}
        ]
        title = form.__form__.title
        row.problems += [
            Problem(f.label(language), "import.missing") for f in missing if f.name in {title, "customer_id"}
        ]
        if form is Customer and not row.problems:
            telling = (row.values["name"], row.values.get("credit_code", ""), row.values.get("contact.phone", ""))
            row.same_as, row.same_by = customers.same(*telling)
            customers.add("", *telling)
    return Preview(entity, header, rows)


def carry_out(workspace: Workspace, found: Preview, *, with_duplicates: bool = False) -> int:
    """Keep the rows that fit, all or none, in one action; returns how many. The history takes it back."""
    form = form_named(found.entity)
    rows = found.fit(with_duplicates=with_duplicates)
    if not rows:
        raise UserError("import.nothing")
    own = fields_of(form).keys()
    with workspace.changing(f"import.{found.entity}") as changes:
        for row in rows:
            record = changes.add(form(**{name: value for name, value in row.values.items() if name in own}))
            person = {
                name.removeprefix("contact."): value
                for name, value in row.values.items()
                if name.startswith("contact.") and value not in {None, ""}
            }
            if isinstance(record, Customer):
                if not record.owner:
                    record.owner = workspace.identity.name
                rounds.start_first_round(changes, record)
                if person:
                    changes.add(Contact(customer_id=record.id, territory=record.territory, **person))
    return len(rows)


def write_errors(path: Path, found: Preview, sentence: Any, heading: tuple[str, str]) -> None:
    """The rows that were not kept as they came, each with its number and the reason.

    `sentence` puts a `Problem` into words; `heading` names the two added columns.
    """
    rows = [[*heading, *found.header]]
    rows += [
        [str(row.number), "；".join(map(sentence, row.problems)), *row.cells] for row in found.rows if row.problems
    ]
    sheets_out.write_rows(path, rows)


def _customers(session: Session, *, with_phones: bool) -> _Known:
    known = _Known()
    columns = Customer.id, Customer.name, Customer.credit_code
    for customer_id, name, code in session.execute(select(*columns).where(Customer.deleted_at.is_(None))):
        known.add(customer_id, name, code, "")
    if with_phones:
        people = select(Contact.customer_id, Customer.name, Contact.phone).join(
            Customer, Customer.id == Contact.customer_id
        )
        there = people.where(Contact.deleted_at.is_(None), Customer.deleted_at.is_(None), Contact.phone != "")
        for customer_id, name, phone in session.execute(there):
            if number := digits(phone):
                known.phones.setdefault(number, (customer_id, name))
    return known


def _telling(name: str) -> str:
    """What of a name two customers may not share; a masked name tells only as a whole."""
    found = core(name)
    return name.strip() if "×" in found or not found else found


def _code(code: str) -> str:
    return narrow(code).upper()


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
    customers: AnyMapping[str, tuple[str, str]],
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
            elif target.key == "contact.name":
                names.append((header[place], text))
            else:
                row.values |= _values(target, text, header[place], customers)
        except BadValue as error:
            if isinstance(target.field and target.field.kind, ChoiceKind) and target.key in _MAY_BE_WORDS:
                words.append(f"{target.label}：{text}")
                row.values |= _other(target)
            else:
                row.problems.append(Problem(target.label, error.message, error.params))
    _name(row, names, known)
    if words:
        row.values["need"] = "\n".join(filter(None, [row.values.get("need", ""), *words]))


def _name(row: Row, parts: Sequence[tuple[str, str]], known: Sequence[tuple[int, Target]]) -> None:
    target = next((target for _, target in known if target.key == "contact.name"), None)
    if parts and target and target.field:
        try:
            row.values["contact.name"] = target.field.kind.parse(values.full_name(parts))
        except BadValue as error:
            row.problems.append(Problem(target.label, error.message, error.params))


def _other(target: Target) -> dict[str, str]:
    """The choice 其他 where there is one; the word itself goes into the description."""
    kind = target.field.kind if target.field else None
    has_other = isinstance(kind, ChoiceKind) and any(option.value == "other" for option in kind.options)
    return {target.key: "other"} if has_other else {}


def _values(target: Target, text: str, header: str, customers: AnyMapping[str, tuple[str, str]]) -> dict[str, Any]:
    """What a cell says, by field: one, or two for the size of a company."""
    if target.key == SIZE:
        return values.size(text)
    if target.key in {"status", "grade"} and (grade := values.grade(text)):
        return {"grade": grade}  # 表1 keeps the grade in 跟进状态
    assert target.field is not None
    if isinstance(target.field.kind, LinkKind):
        customer_id = customers.get(_telling(text), ("", ""))[0]
        if not customer_id:
            raise BadValue("import.no_such_customer", name=text)
        return {target.key: customer_id}
    return {target.key: values.value(target.field, text, header)}
