"""What a role may see. What it may not see never leaves the office."""

from __future__ import annotations

from salesdesk.process.rights import may_see
from salesdesk.records.kinds import Wire
from salesdesk.records.registry import fields_of, form_named, known
from salesdesk.records.roles import READS_CONFIDENTIAL
from salesdesk.sync.merge import DELETED

_VALUES_OF_A_CONFLICT = {"base", "mine", "theirs"}


def visible(role: str, entity: str, data: dict[str, Wire]) -> dict[str, Wire]:
    """The fields of a record that a role may see; a conflict carries the mask of the unit it is about.

    What nobody has declared is only for those who may see everything.
    """
    if role in READS_CONFIDENTIAL:
        return data
    if not known(entity):
        return {}
    fields = fields_of(form_named(entity))
    shown = {name: value for name, value in data.items() if name in fields and may_see(fields[name], role)}
    if entity == "conflict" and not _may_see_unit(role, str(data.get("entity")), data.get("unit")):
        return {name: value for name, value in shown.items() if name not in _VALUES_OF_A_CONFLICT}
    return shown


def _may_see_unit(role: str, entity: str, unit: Wire) -> bool:
    if unit == DELETED:
        return True
    fields = fields_of(form_named(entity)).values() if known(entity) else ()
    found = [field for field in fields if field.merge_unit == unit]
    return bool(found) and all(may_see(field, role) for field in found)
