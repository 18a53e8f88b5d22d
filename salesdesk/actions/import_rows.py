"""A row of a foreign table, read by what its columns are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from salesdesk.actions.import_cells import Column, Problem, Said
from salesdesk.errors import BadValue
from salesdesk.exchange import cells, values
from salesdesk.exchange.presets import EITHER
from salesdesk.records.language import Language
from salesdesk.records.prospecting import Contact, Customer
from salesdesk.records.registry import fields_of

_NEED = fields_of(Customer)["need"]
_NAME = fields_of(Contact)["name"]
_LEAST_TOLD = {"need"}  # of a customer's own fields, what a row of another person may say as well


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
    further: list[dict[str, Any]] = field(default_factory=list)  # people beside the one in `values`
    said: dict[int, Said] = field(default_factory=dict)  # by column
    aside: str = ""  # why it is no data, as a message id
    same_as: str = ""  # the title of what is there already, in the workspace or further up in the file
    same_by: str = ""  # what tells so: see `KnownCustomers.same`; `all` for a record that is equal in every cell,
    # `number` for one whose number is taken, `above` for a further person below a customer
    same_id: str = ""  # the customer in the workspace
    same_row: int = 0  # the row further up
    choice: Choice = Choice.NEW

    @property
    def wrong(self) -> bool:
        """Whether it is data that cannot be kept."""
        return bool(self.problems) and not self.aside

    @property
    def tells_of_a_person_only(self) -> bool:
        """Whether it has a person and nothing of the customer whose it is."""
        own = {key for key in self.values if not key.startswith("contact.")} - _LEAST_TOLD
        return not own and len(self.values) > len(_LEAST_TOLD & self.values.keys())


def read(row: Row, columns: Sequence[Column], language: Language) -> None:
    """Read the cells of a row by what its columns are."""
    words: list[str] = []
    parts: list[tuple[Column, Said]] = []
    texts, width, found = row.cells, len(row.cells), row.values
    for column in columns:
        place = column.place
        text = texts[place] if place < width else ""
        if not text:
            continue
        row.said[place] = said = column.said(text)
        if said.values:
            found.update(said.values)
        if said.words:
            words += said.words
        if said.problem:
            row.problems.append(said.problem)
        elif said.remark:
            row.remarks.append(said.remark)
        elif said.part:
            parts.append((column, said))
    if parts:
        _put_together(row, parts, language)
    if words:
        _describe(row, words, language)


def _put_together(row: Row, parts: Sequence[tuple[Column, Said]], language: Language) -> None:
    """The names of a row: of the company, and of people there."""
    for column, said in parts:
        if column.target.key == EITHER:
            _either(row, said.part, language)
    names = [(column.header, said) for column, said in parts if column.target.key != EITHER]
    if names:
        several = names[0][1].people if len(names) == 1 else ()
        _name(row, [(header, said.part) for header, said in names], several, language)


def _describe(row: Row, words: Sequence[str], language: Language) -> None:
    """Put words into the description, below what it says already."""
    try:
        row.values["need"] = _NEED.kind.parse("\n".join(filter(None, [row.values.get("need", ""), *words])))
    except BadValue as error:
        row.problems.append(Problem(_NEED.label(language), error.message, error.params))


def _name(row: Row, parts: Sequence[tuple[str, str]], several: Sequence[str], language: Language) -> None:
    """The person of a row, or all of them, each with the telephone that stands at the same place."""
    try:
        company = row.values.get("name", "")
        names = several if len(several) > 1 else [values.full_name(parts).removeprefix(f"{company}, ")]
        first, *further = (_NAME.kind.parse(name) for name in names)
    except BadValue as error:
        row.problems.append(Problem(_NAME.label(language), error.message, error.params))
        return
    row.values["contact.name"] = first
    if not further:
        return
    numbers = cells.pieces(row.values.get("contact.phone", ""))
    fits = len(numbers) == len(names)
    if fits:
        row.values["contact.phone"] = numbers[0]
    row.further = [
        {"name": name} | ({"phone": numbers[place]} if fits else {}) for place, name in enumerate(further, 1)
    ]
    if not fits or {"contact.position", "contact.email", "contact.wechat"} & row.values.keys():
        row.remarks.append(Problem(_NAME.label(language), "import.several_people", {"name": first}))


def _either(row: Row, text: str, language: Language) -> None:
    """A name that is the company's where no other column names one, else that of a person there."""
    company = row.values.get("name", "")
    name, form = ("contact.name", Contact) if company else ("name", Customer)
    said = text.removeprefix(f"{company}, ")
    if said == company:
        return
    declared = fields_of(form)["name"]
    try:
        row.values[name] = declared.kind.parse(said)
    except BadValue as error:
        row.problems.append(Problem(declared.label(language), error.message, error.params))
