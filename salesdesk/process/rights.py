"""Who may write what. The declarations stand on form and field; this is the one rule that reads them, at both ends.

Whatever is not declared is refused. A laptop asks the rule before it keeps an action, the office of what *it* has
and of who is signed in: what a laptop says about either is not read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from salesdesk.records.field import Field
from salesdesk.records.kinds import Wire
from salesdesk.records.registry import Record, fields_of
from salesdesk.records.roles import OFFICE


@dataclass(frozen=True)
class Writer:
    """Who writes: the name that stands in fields that are held, and the role in the record's territory."""

    name: str
    role: str


@dataclass(frozen=True)
class Edit:
    """One record in one action. `before` is `None` for a new one, else what stands; `after` what would stand.

    `fields` is {name: (old, new)} as it was written down. A merge unit travels whole: old and new may be the same.
    """

    kind: str
    before: Mapping[str, Wire] | None
    fields: Mapping[str, Sequence[Wire]]
    after: Mapping[str, Wire]

    def changes(self, name: str) -> bool:
        """Whether a field of the entry would stand otherwise, or its writer asks for that."""
        stands = self.before.get(name) if self.before else None
        old, new = self.fields[name]
        return differ(stands, self.after.get(name)) or (differ(old, new) and differ(new, stands))


def may_see(field: Field, role: str) -> bool:
    """Whether a role may see a field, and therefore change it."""
    return role in field.readers


def keeps(form: type[Record], role: str) -> bool:
    """Whether a role may make records of a form, and put them into and out of the bin."""
    return role in form.__form__.writers


def may_change(form: type[Record], field: Field, record: Mapping[str, Wire], writer: Writer) -> bool:
    """Whether somebody may give a field of an existing record another value than the one that stands there."""
    stands = record.get(field.name)
    if not may_see(field, writer.role) or _is_fixed(field, record):
        return False
    if writer.role in (field.writers or ()):
        return True
    return field.held and keeps(form, writer.role) and (_empty(stands) or stands == writer.name)


def refusal(form: type[Record], edit: Edit, writer: Writer) -> str | None:
    """Why an edit may not be made, as a message id; `None` when it may."""
    fields = fields_of(form)
    if not edit.fields.keys() <= fields.keys():
        return "sync.undeclared"
    if any(not may_see(fields[name], writer.role) for name in edit.fields):
        return "sync.not_allowed"
    kept = keeps(form, writer.role)
    if (edit.before is None or edit.kind in {"delete", "restore"}) and not kept:
        return _not_yours_to_write(form)
    before = edit.before or {}
    for field in map(fields.__getitem__, edit.fields):
        if edit.before is None and field.held:  # whoever makes a record says whose it is
            continue
        free = kept and writer.role in (field.writers or ()) and not field.fixed and not field.sealed_by
        if not free and edit.changes(field.name) and not may_change(form, field, before, writer):
            return _reason(form, field, before, writer)
    return None


def _is_fixed(field: Field, record: Mapping[str, Wire]) -> bool:
    return (field.fixed and not _empty(record.get(field.name))) or not _empty(record.get(field.sealed_by))


def _reason(form: type[Record], field: Field, record: Mapping[str, Wire], writer: Writer) -> str:
    if _is_fixed(field, record):
        return "sync.fixed"
    if field.held and keeps(form, writer.role):
        return "sync.held_by_another"
    return _not_yours_to_write(form)


def _not_yours_to_write(form: type[Record]) -> str:
    return "sync.office_only" if form.__form__.writers == OFFICE else "sync.not_allowed"


def differ(one: Wire, other: Wire) -> bool:
    """Whether two values are not the same, where nothing may be written as null, empty text or false."""
    return one != other and not (_empty(one) and _empty(other))


def _empty(value: Wire) -> bool:
    return value is None or value is False or value == ""  # a nought is a value
