"""What a role may see. What it may not see never leaves the office."""

from __future__ import annotations

from salesdesk.records.field import Audience
from salesdesk.records.kinds import Wire
from salesdesk.records.registry import fields_of, form_named, known

_SEES_CONFIDENTIAL = {"rep", "manager", "general_manager"}
_VALUES_OF_A_CONFLICT = {"base", "mine", "theirs"}


def may_see(role: str, entity: str, name: str) -> bool:
    """Whether a role may see, and therefore change, a field; fields that this office does not know are open."""
    if role in _SEES_CONFIDENTIAL or not known(entity):
        return True
    declared = fields_of(form_named(entity)).get(name)
    return declared is None or declared.audience is not Audience.CONFIDENTIAL


def visible(role: str, entity: str, data: dict[str, Wire]) -> dict[str, Wire]:
    """The fields of a record that a role may see; a conflict carries the mask of the unit it is about."""
    if role in _SEES_CONFIDENTIAL or not known(entity):
        return data
    if entity == "conflict" and not _may_see_unit(role, str(data.get("entity")), data.get("unit")):
        return {name: value for name, value in data.items() if name not in _VALUES_OF_A_CONFLICT}
    return {name: value for name, value in data.items() if may_see(role, entity, name)}


def _may_see_unit(role: str, entity: str, unit: Wire) -> bool:
    fields = fields_of(form_named(entity)) if known(entity) else {}
    return all(may_see(role, entity, name) for name, field in fields.items() if field.merge_unit == unit)
