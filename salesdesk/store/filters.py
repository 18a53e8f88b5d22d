"""Narrowing a list down by what stands in a field, in words that a person types."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sqlalchemy import ColumnElement

from salesdesk.errors import BadValue
from salesdesk.records.base import Record
from salesdesk.records.field import Field
from salesdesk.records.kinds import ChoiceKind, FlagKind, LinkKind, TextKind
from salesdesk.records.registry import fields_of

_COMPARED = re.compile(r"^\s*(>=|<=|≥|≤|>|<|＞|＜)?\s*(.*)$", re.DOTALL)
_SIGNS = {"≥": ">=", "≤": "<=", "＞": ">", "＜": "<", None: "="}
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
    ends = _RANGE.split(wanted.text)
    if len(ends) == 2:  # noqa: PLR2004  # from and to
        low, high = (kind.parse(end) for end in ends)
        if low is None and high is None:
            raise BadValue("filter.nothing_to_compare")
        if low is None or high is None:
            return column >= low if high is None else column <= high
        return column.between(*sorted((low, high)))
    found = _COMPARED.match(wanted.text)
    assert found is not None  # the pattern fits every text
    sign, value = found.group(1), kind.parse(found.group(2))
    if value is None and sign:
        raise BadValue("filter.nothing_to_compare")
    if value is None:
        return column.is_(None)
    return column.op(_SIGNS.get(sign, sign))(value)
