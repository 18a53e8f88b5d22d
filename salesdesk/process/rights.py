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

    def changed(self) -> set[str]:
        """The fields that would stand otherwise, and those that the writer asks for otherwise."""
        before = self.before or {}
        stands = {name for name in {*before, *self.after} if differ(before.get(name), self.after.get(name))}
        return stands | {
            name for name, (old, new) in self.fields.items() if differ(old, new) and differ(new, before.get(name))
        }


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
    if (edit.before is None or edit.kind in {"delete", "restore"}) and not keeps(form, writer.role):
        return _not_yours_to_write(form)
    for name in sorted(edit.changed() & fields.keys()):
        if edit.before is None and fields[name].held:  # whoever makes a record says whose it is
            continue
        if not may_change(form, fields[name], edit.before or {}, writer):
            return _reason(form, fields[name], edit.before or {}, writer)
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
