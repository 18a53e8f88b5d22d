"""What one session changed of a record, as a journal entry says it."""

from __future__ import annotations

from sqlalchemy import inspect

from salesdesk.records.kinds import Wire
from salesdesk.records.registry import Record, fields_of


def changed_fields(record: Record, seen: dict[str, Wire]) -> dict[str, tuple[Wire, Wire]]:
    """Name → (old, new) in wire form of every declared field that this session changed.

    `seen` overrides the old value of a field whose editor looked at an older state.
    """
    state = inspect(record)
    if not state.persistent:
        return all_fields(record)
    changed: dict[str, tuple[Wire, Wire]] = {}
    for name, field in fields_of(type(record)).items():
        history = state.attrs[name].history
        if not history.has_changes():
            continue
        old = field.kind.to_wire(history.deleted[0]) if history.deleted else None
        new = field.kind.to_wire(history.added[0]) if history.added else None
        if old != new:
            changed[name] = (seen.get(name, old), new)
    return _whole_units(record, changed)


def all_fields(record: Record) -> dict[str, tuple[Wire, Wire]]:
    """Every field of a new record, but for what is empty."""
    said = record.wire().items()
    return {name: (None, value) for name, value in said if not (value is None or value is False or value == "")}


def _whole_units(record: Record, changed: dict[str, tuple[Wire, Wire]]) -> dict[str, tuple[Wire, Wire]]:
    """With one field of a merge unit go all of its fields, so that a merge cannot mix two people's halves."""
    fields = fields_of(type(record))
    units = {fields[name].merge_unit for name in changed}
    for name, field in fields.items():
        if field.merge_unit in units and name not in changed:
            value = field.kind.to_wire(getattr(record, name))
            changed[name] = (value, value)
    return changed
