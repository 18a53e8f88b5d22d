"""What of a record may be printed for whom: the one place where papers read `Field.audience`."""

from __future__ import annotations

from salesdesk.errors import Bug
from salesdesk.records.base import Record
from salesdesk.records.field import Audience, Field
from salesdesk.records.language import Language
from salesdesk.records.registry import fields_of

_REACH = [Audience.CUSTOMER, Audience.COMPANY, Audience.CONFIDENTIAL]


def may_see(audience: Audience, declared: Field) -> bool:
    """Whether a field may stand on a paper for this audience."""
    return _REACH.index(declared.audience) <= _REACH.index(audience)


def printed_fields(form: type[Record], audience: Audience) -> list[Field]:
    """The fields of a form that people see and that may be printed, in the order of their declaration."""
    return [declared for declared in fields_of(form).values() if declared.shown and may_see(audience, declared)]


def printed(record: Record, name: str, audience: Audience, language: Language) -> str:
    """One field's value as people read it.

    Raises `Bug` when the field must not reach this audience: a layout that names it is wrong.
    """
    declared = fields_of(type(record))[name]
    if not may_see(audience, declared):
        raise Bug("paper.field_not_for_audience", form=record.__tablename__, field=name, audience=audience.value)
    return declared.show(getattr(record, name), language)


def printed_label(form: type[Record], name: str, language: Language) -> str:
    """The label of a field."""
    return fields_of(form)[name].label(language)
