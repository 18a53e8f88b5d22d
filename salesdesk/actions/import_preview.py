"""What an import of a foreign table would do, read without a workspace: rows, questions, what is there already."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from salesdesk.actions import import_rows
from salesdesk.actions.import_cells import Column, Problem
from salesdesk.actions.import_rows import Choice, Row
from salesdesk.actions.known_customers import KnownCustomer, KnownCustomers, spelling
from salesdesk.errors import BadValue
from salesdesk.exchange import cells, values
from salesdesk.exchange.asides import aside
from salesdesk.exchange.mapping import Mapping, is_list_of_people, targets
from salesdesk.exchange.packed import column_letters
from salesdesk.exchange.presets import SIZE
from salesdesk.records.base import Record
from salesdesk.records.kinds import MoneyKind
from salesdesk.records.language import Language
from salesdesk.records.prospecting import Customer
from salesdesk.records.registry import fields_of, form_named

UNITS = (1, 10_000)  # yuan: what a bare amount may mean
_SAMPLES = 3
_PLAIN_MONEY = MoneyKind()


@dataclass(frozen=True)
class UnitQuestion:
    """A column of bare amounts whose unit nothing says; `samples` are a cell and its readings in each of `UNITS`."""

    column: int
    heading: str
    samples: Sequence[tuple[str, Sequence[str]]]


@dataclass
class Standing:
    """What the workspace holds that rows are compared with; nothing when there is none."""

    customers: KnownCustomers = field(default_factory=KnownCustomers)
    open_rounds: dict[str, str] = field(default_factory=dict)  # by customer
    equal: set[tuple[Any, ...]] = field(default_factory=set)  # what records of the form say, by the mapped fields
    numbers: dict[str, str] = field(default_factory=dict)  # that only one record may have, as spelt → as it stands


@dataclass(frozen=True)
class Preview:
    """What an import would do. Nothing has been changed; each row's `choice` may be.

    `left_out` are the columns that say something and are not taken in, by heading or letter. Rows with an amount that
    is asked about do not come in before `questions` are answered.
    """

    entity: str
    header: Sequence[str]
    rows: list[Row]
    language: Language
    left_out: Sequence[str] = ()
    questions: Sequence[UnitQuestion] = ()

    def fit(self) -> list[Row]:
        """The rows that come in; a further person only with the customer above."""
        kept = [row for row in self.rows if not row.problems and row.choice != Choice.OUT]
        numbers = {row.number for row in kept}
        return [row for row in kept if row.same_by != "above" or row.same_row in numbers]

    def doubles(self) -> list[Row]:
        """The rows that are there already, unless they only bring more of a customer further up in the file."""
        return [row for row in self.rows if row.same_as and not row.problems and not joins(row)]


def joins(row: Row) -> bool:
    """Whether a row belongs to one further up beyond doubt: another person of the same customer."""
    return bool(row.same_row) and row.same_by in {"credit_code", "name", "above"}


def look(
    entity: str, grid: Sequence[Sequence[str]], mapping: Mapping, language: Language, standing: Standing
) -> Preview:
    """Read every row below the header by the mapping; says what is wrong with which, and what is there already."""
    form = form_named(entity)
    rows = [
        Row(number, said) for number, said in enumerate(grid[mapping.first :], start=mapping.first + 1) if any(said)
    ]
    header = list(grid[mapping.header]) if grid else []
    header += [""] * (max((len(row.cells) for row in rows), default=0) - len(header))  # a cell more than headings
    columns = _columns(form, grid, mapping, header, rows, language, standing)
    headings = grid[mapping.header : mapping.first]
    for row in rows:
        row.aside = aside(row.cells, headings)
        import_rows.read(row, columns, language)
        if customer_id := row.values.get("customer_id"):
            row.values["opportunity_id"] = standing.open_rounds.get(customer_id, "")
    if form is Customer and not is_list_of_people(header, mapping.columns):
        _further_people(rows)
    compare = _comparison(form, mapping, standing, language)
    for row in rows:
        row.problems += _missing(form, row, language)
        if row.aside:
            row.choice = Choice.OUT
        if row.problems or row.aside or row.same_by == "above":
            continue
        compare(row)
        if row.same_as:
            row.choice = Choice.FILL if joins(row) else Choice.OUT
    questions = [question for column in columns if column.asks_for_unit for question in _asked(column, rows, language)]
    return Preview(entity, header, rows, language, _left_out(header, mapping, rows), questions)


def _columns(
    form: type[Record],
    grid: Sequence[Sequence[str]],
    mapping: Mapping,
    header: Sequence[str],
    rows: Sequence[Row],
    language: Language,
    standing: Standing,
) -> list[Column]:
    places = {target.key: target for target in targets(form, language)}
    of_table = values.unit_of_table(grid[: mapping.header])
    found = []
    for place, key in mapping.columns.items():
        if key not in places:
            continue
        headings = [row[place] for row in grid[mapping.header : mapping.first] if place < len(row)]
        unit = values.unit_of(*headings) or mapping.units.get(place, 0) or of_table
        texts = [row.cells[place] for row in rows if place < len(row.cells)]
        found.append(
            Column(place, places[key], header[place], form, language, standing.customers, unit=unit, texts=texts)
        )
    return found


def _further_people(rows: Sequence[Row]) -> None:
    """A row with blank customer cells right below a customer is another person there, as Odoo and Kingdee write it."""
    above: Row | None = None
    last = 0
    for row in rows:
        if row.aside:
            continue
        if above and row.number == last + 1 and row.tells_of_a_person_only:
            row.values["name"] = above.values["name"]
            row.same_as, row.same_by, row.same_row = above.values["name"], "above", above.number
            row.choice = Choice.FILL
            if above.problems:
                row.problems.append(Problem("", "import.above_refused", {"row": above.number}))
            person = row.values.get("contact.name", "")
            if said := person.removeprefix(f"{above.values['name']}, "):
                row.values |= {"contact.name": said} if person else {}
        else:
            above = row if row.values.get("name") else None
        last = row.number


def _comparison(form: type[Record], mapping: Mapping, standing: Standing, language: Language) -> Callable[[Row], None]:
    """What finds out of a row whether it is there already, in the workspace or further up."""
    if form is Customer:
        return lambda row: _compare(row, standing.customers)
    own = own_fields(form, mapping)
    title = form.__form__.title

    def compare(row: Row) -> None:
        said = tuple(row.values.get(name) or None for name in own)
        told = row.values.get(title) or next(filter(None, row.cells))
        number = spelling(str(row.values.get(title) or "")) if fields_of(form)[title].unique else ""
        if said in standing.equal:
            row.same_as, row.same_by = str(told), "all"
        elif number in standing.numbers:
            row.problems.append(Problem(fields_of(form)[title].label(language), "value.taken"))
        standing.equal.add(said)
        if number:
            standing.numbers.setdefault(number, str(told))

    return compare


def own_fields(form: type[Record], mapping: Mapping) -> list[str]:
    """The form's own fields that columns go to."""
    return [name for name in fields_of(form) if name in mapping.columns.values()]


def _compare(row: Row, customers: KnownCustomers) -> None:
    telling = (row.values["name"], row.values.get("credit_code", ""), row.values.get("contact.phone", ""))
    same, row.same_by = customers.same(*telling)
    row.same_as, row.same_id, row.same_row = same.name, same.id, same.row
    # by whatever else this row is known, it is the customer who is there
    mine = KnownCustomer(same.id, same.name) if same.id else KnownCustomer("", row.values["name"], row.number)
    customers.add(mine, *telling)


def _missing(form: type[Record], row: Row, language: Language) -> list[Problem]:
    """What a record cannot do without: its customer, else its name; a cell that was refused is told already.

    Anything else may be missing, as in a form that is kept before it is finished.
    """
    fields = fields_of(form)
    declared = fields["customer_id" if "customer_id" in fields else form.__form__.title]
    if row.values.get(declared.name) not in {None, ""} or not (declared.required and declared.shown):
        return []
    label = declared.label(language)
    return [] if label in {one.label for one in row.problems} else [Problem(label, "import.missing")]


def _asked(column: Column, rows: Sequence[Row], language: Language) -> list[UnitQuestion]:
    """The question about a column's unit, with its first cells read in each."""
    texts = dict.fromkeys(
        row.cells[column.place]
        for row in rows
        if (said := row.said.get(column.place)) and said.problem and said.problem.message == "import.no_unit"
        if not row.aside
    )
    samples = [(text, [_reading(column, text, unit, language) for unit in UNITS]) for text in [*texts][:_SAMPLES]]
    return [UnitQuestion(column.place, column.header, samples)] if samples else []


def _reading(column: Column, text: str, unit: int, language: Language) -> str:
    shown = cells.cleaned(text)
    try:
        if column.target.key == SIZE:
            fen = values.size(shown, unit)["revenue"]
        else:
            assert column.target.field is not None
            fen = values.value(column.target.field, shown, unit)
    except BadValue:  # more than any amount may be
        return "–"
    return _PLAIN_MONEY.format(fen, language)


def _left_out(header: Sequence[str], mapping: Mapping, rows: Sequence[Row]) -> list[str]:
    return [
        " ".join(name.split()) or column_letters(place)
        for place, name in enumerate(header)
        if place not in mapping.columns
        and any(row.cells[place : place + 1] not in ([], [""]) for row in rows if not row.aside)
    ]
