"""A row of a foreign table, read by what its columns are: each cell becomes a value, words or a problem."""

from __future__ import annotations

from collections.abc import Mapping as AnyMapping
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from salesdesk.actions.known_customers import KnownCustomers
from salesdesk.errors import BadValue
from salesdesk.exchange import values
from salesdesk.exchange.mapping import Target
from salesdesk.exchange.presets import EITHER, KEPT, SIZE
from salesdesk.records.base import Record
from salesdesk.records.kinds import ChoiceKind, LinkKind
from salesdesk.records.language import Language
from salesdesk.records.prospecting import Contact, Customer
from salesdesk.records.registry import fields_of

# of a customer: what is no choice of ours, and a size as a range (100-200人), goes into the description
_MAY_BE_WORDS = {"industry", "source", "status", "grade", SIZE}
_DAMAGED = "（可能被表格软件改成了数字，请核对）", " (perhaps made a number by the spreadsheet program, please check)"
_MAY_BE_NUMBERS = {"employees", "revenue"}  # about 200 is no number, but worth keeping


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
    remarks: list[Problem] = field(default_factory=list)  # what a person should look at, though it comes in
    aside: str = ""  # why it is no data, as a message id
    same_as: str = ""  # the title of what is there already, in the workspace or further up in the file
    same_by: str = ""  # what tells so: see `KnownCustomers.same`; `all` for a record that is equal in every cell
    same_id: str = ""  # the customer in the workspace
    same_row: int = 0  # the row further up
    choice: Choice = Choice.NEW

    @property
    def wrong(self) -> bool:
        """Whether it is data that cannot be kept."""
        return bool(self.problems) and not self.aside


def read(
    row: Row,
    known: Sequence[tuple[int, Target]],
    header: Sequence[str],
    customers: KnownCustomers,
    form: type[Record],
    language: Language,
) -> None:
    """Read the cells of a row by what its columns are."""
    words: list[str] = []
    names: list[tuple[str, str]] = []
    for place, target in known:
        text = row.cells[place].strip() if place < len(row.cells) else ""
        if not text:
            continue
        try:
            values.check(text)
            if target.key == KEPT:
                words.append(f"{header[place]}：{text}")
            elif target.key == EITHER:
                continue  # when the other columns are known
            elif target.key == "contact.name":
                names.append((header[place], text))
            else:
                row.values |= _values(target, text, header[place], customers)
        except BadValue as error:
            problem = Problem(target.label, error.message, error.params)
            if form is not Customer or not _may_be_words(target, text, error):
                row.problems.append(problem)
                continue
            row.values |= _other(target)
            is_damaged = error.message == "import.damaged"
            row.remarks += [problem] if is_damaged else []
            words.append(f"{target.label}：{text}{language.pick(*_DAMAGED) if is_damaged else ''}")
    _name(row, names, known)
    _either(row, known)
    _describe(row, words, language)


def _describe(row: Row, words: Sequence[str], language: Language) -> None:
    """Put words into the description, below what it says already."""
    if words:
        need = fields_of(Customer)["need"]
        try:
            row.values["need"] = need.kind.parse("\n".join(filter(None, [row.values.get("need", ""), *words])))
        except BadValue as error:
            row.problems.append(Problem(need.label(language), error.message, error.params))


def _may_be_words(target: Target, text: str, error: BadValue) -> bool:
    if error.message in {"import.error_cell", "import.no_result"}:
        return False
    if target.key in _MAY_BE_NUMBERS:
        return error.message in {"value.not_a_number", "value.not_an_amount"} and values.is_rough(text)
    return target.key in _MAY_BE_WORDS or error.message == "import.damaged"


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
