"""Taking in a foreign table: looked at first, then kept in one action that one undo takes back."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping as AnyMapping
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from salesdesk.actions import rounds
from salesdesk.errors import BadValue, UserError
from salesdesk.exchange import sheets_out
from salesdesk.exchange.mapping import SIZE, Mapping, Target, targets
from salesdesk.process.duplicates import core
from salesdesk.records.field import Field
from salesdesk.records.kinds import ChoiceKind, DateKind, FlagKind, Language, LinkKind, MoneyKind
from salesdesk.records.prospecting import Contact, Customer
from salesdesk.records.registry import fields_of, form_named
from salesdesk.records.work import Opportunity
from salesdesk.store.workspace import Session, Workspace

_SERIAL = re.compile(r"^[2-6]\d{4}(?:\.0+)?$")  # a spreadsheet's day without its format: 1954 to 2091
_DAY_ZERO = date(1899, 12, 30)
_GRADE = re.compile(r"^\s*([ABC])\s*类?", re.IGNORECASE)
_TIME_OF_DAY = re.compile(r"^(\d{4}\D\d{1,2}\D\d{1,2}日?)[ T]\d.*$")


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
        Row(number, cells)
        for number, cells in enumerate(grid[mapping.header + 1 :], start=mapping.header + 2)
        if any(cells)
    ]
    with workspace.reading() as session:
        customers = _customers(session)
        open_rounds = _open_rounds(session) if "opportunity_id" in fields_of(form) else {}
    for row in rows:
        _read(row, known, header, customers)
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
            key = core(row.values["name"])
            row.same_as = customers[key][1] if key in customers else ""
            customers.setdefault(key, ("", row.values["name"]))
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


def _customers(session: Session) -> dict[str, tuple[str, str]]:
    """The telling part of every customer's name → id and name."""
    found = session.execute(select(Customer.id, Customer.name).where(Customer.deleted_at.is_(None)))
    return {core(name): (customer_id, name) for customer_id, name in found}


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
    for place, target in known:
        text = row.cells[place].strip() if place < len(row.cells) else ""
        if not text:
            continue
        try:
            if target.key == SIZE:
                row.values |= _size(text)
            elif target.key == "status" and (grade := _GRADE.match(unicodedata.normalize("NFKC", text))):
                row.values["grade"] = grade.group(1).upper()  # 表1 keeps the grade in 跟进状态
            elif target.field is not None:
                row.values[target.key] = _value(target.field, text, header[place], customers)
        except BadValue as error:
            if isinstance(target.field and target.field.kind, ChoiceKind) and _keeps_remarks(target):
                _remark(row, f"{target.label}：{text}", target)
            else:
                row.problems.append(Problem(target.label, error.message, error.params))
    if (remark := row.values.pop("remark", "")) and "name" in row.values:
        row.values["need"] = "\n".join(filter(None, [row.values.get("need", ""), remark]))


def _keeps_remarks(target: Target) -> bool:
    return target.key in {"industry", "source", "status", "grade"}


def _remark(row: Row, words: str, target: Target) -> None:
    """A word that is none of ours is kept in the description, and the choice is 其他 where there is one."""
    row.values["remark"] = "\n".join(filter(None, [row.values.get("remark", ""), words]))
    kind = target.field.kind if target.field else None
    if isinstance(kind, ChoiceKind) and any(option.value == "other" for option in kind.options):
        row.values[target.key] = "other"


def _value(declared: Field, text: str, header: str, customers: AnyMapping[str, tuple[str, str]]) -> Any:
    kind = declared.kind
    if isinstance(kind, LinkKind):
        customer_id = customers.get(core(text), ("", ""))[0]
        if not customer_id:
            raise BadValue("import.no_such_customer", name=text)
        return customer_id
    if isinstance(kind, DateKind):
        if _SERIAL.match(text):
            return _DAY_ZERO + timedelta(days=int(float(text)))
        text = _TIME_OF_DAY.sub(r"\1", text)
    if isinstance(kind, MoneyKind) and kind.bare == 1 and "万" in header and not re.search(r"[万亿元]", text):
        text += "万"
    if isinstance(kind, FlagKind) and text in {"√", "✓", "Y", "y", "1"}:
        return True
    value = kind.parse(text)
    kind.to_wire(value)
    return value


def _size(text: str) -> dict[str, Any]:
    """`200人/1亿` → employees and revenue; either may be missing."""
    fields = fields_of(Customer)
    found: dict[str, Any] = {}
    for part in re.split(r"[/／,，;；、]", text):
        if not part.strip():
            continue
        name = (
            "employees"
            if "人" in part or ("employees" not in found and not re.search(r"[万亿元]", part))
            else "revenue"
        )
        found[name] = fields[name].kind.parse(part)
    return found
