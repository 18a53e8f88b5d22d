"""Narrowing a list down by what stands in a field, in words that a person types."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_

from salesdesk.errors import BadValue
from salesdesk.records.base import Record
from salesdesk.records.field import Field
from salesdesk.records.kinds import ChoiceKind, FlagKind, Kind, LinkKind, MomentKind, TextKind
from salesdesk.records.registry import fields_of
from salesdesk.records.typed import narrow

_COMPARED = re.compile(r"^\s*(>=|<=|≥|≤|>|<|＞|＜)?\s*(.*)$", re.DOTALL)
_SIGNS = {"≥": ">=", "≤": "<=", "＞": ">", "＜": "<"}
_RANGE = re.compile(r"\.\.|…|~|～")


@dataclass(frozen=True)
class Filter:
    """A field and what is wanted: a part of a text, an option, `是`, `>200`, `2026-01-01..2026-03-31`, `..200`."""

    field: str
    text: str


def filterable(form: type[Record]) -> list[Field]:
    """The fields that a list can be narrowed down by."""
    return [f for f in fields_of(form).values() if (f.shown or f.listed) and not isinstance(f.kind, LinkKind)]


def condition(form: type[Record], wanted: Filter) -> ColumnElement[bool]:
    """The filter as a condition. Raises `BadValue` for a text that is no value of the field."""
    field = fields_of(form).get(wanted.field)
    if field is None:
        raise BadValue("filter.unknown_field")
    column = form.__table__.columns[wanted.field]
    kind = field.kind
    if isinstance(kind, ChoiceKind | FlagKind):
        return column == kind.parse(wanted.text)
    if isinstance(kind, TextKind):
        return column.contains(wanted.text.strip(), autoescape=True)
    return (_at if isinstance(kind, MomentKind) else _ordered)(column, kind, wanted.text)


def _ordered(column: ColumnElement[Any], kind: Kind[Any], text: str) -> ColumnElement[bool]:
    """A number, an amount, a day or a time against one value or two ends."""
    ends = _RANGE.split(text)
    if len(ends) == 2:  # noqa: PLR2004  # from and to
        low, high = (kind.parse(end) for end in ends)
        if low is None and high is None:
            raise BadValue("filter.nothing_to_compare")
        if low is None or high is None:
            return column >= low if high is None else column <= high
        return column.between(*sorted((low, high)))
    sign, said = _compared(text)
    value = kind.parse(said)
    if value is None and sign:
        raise BadValue("filter.nothing_to_compare")
    if value is None:
        return column.is_(None)
    return column.op(sign or "=")(value)


def _compared(text: str) -> tuple[str, str]:
    """The sign of a comparison (nothing for none) and what stands behind it."""
    found = _COMPARED.match(text)
    assert found is not None  # the pattern fits every text
    return _SIGNS.get(found[1], found[1] or ""), found[2]


def _at(column: ColumnElement[Any], kind: Kind[Any], text: str) -> ColumnElement[bool]:
    """A point in time against days and minutes, which last: all of a day is on it, a span ends with its last day."""
    ends = _RANGE.split(text)
    if len(ends) == 2:  # noqa: PLR2004  # from and to
        first, last = (_lasting(kind, end) for end in ends)
        if first is None and last is None:
            raise BadValue("filter.nothing_to_compare")
        if first and last and first[0] >= last[1]:
            first, last = last, first
        bounds = [column >= first[0]] if first else []
        return and_(*bounds, *([column < last[1]] if last else []))
    sign, said = _compared(text)
    span = _lasting(kind, said)
    if span is None and sign:
        raise BadValue("filter.nothing_to_compare")
    if span is None:
        return column.is_(None)
    begin, end = span
    return {
        "": and_(column >= begin, column < end),
        ">": column >= end,
        ">=": column >= begin,
        "<": column < begin,
        "<=": column < end,
    }[sign]


def _lasting(kind: Kind[Any], text: str) -> tuple[datetime, datetime] | None:
    """When what was typed begins and ends: a day at its midnights here, or a minute; `None` for nothing."""
    begin: datetime | None = kind.parse(text)
    if begin is None:
        return None
    if " " in narrow(text):
        return begin, begin + timedelta(minutes=1)
    following = begin.astimezone().date() + timedelta(days=1)
    return begin, datetime.combine(following, time()).astimezone().astimezone(UTC)
