"""What a rule says about a record: the sentence's id, its values, and how serious it is."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from enum import StrEnum

from salesdesk.records.base import Record
from salesdesk.records.registry import fields_of


class Level(StrEnum):
    """`BLOCKS` stands in the way of finishing, never of keeping; the others only speak."""

    BLOCKS = "blocks"
    WARNS = "warns"
    NOTES = "notes"


@dataclass(frozen=True)
class Finding:
    """One remark of a rule. `message` is an id; `field` and `entity` say where it is shown."""

    level: Level
    message: str
    field: str = ""
    entity: str = ""
    record_id: str = ""
    params: dict[str, object] = dataclasses.field(default_factory=dict)


def missing(record: Record) -> list[Finding]:
    """The required fields that are empty; they block finishing."""
    return [
        Finding(Level.BLOCKS, "field.required", name, record.__tablename__, record.id)
        for name, declared in fields_of(type(record)).items()
        if declared.required and getattr(record, name) in {None, ""}
    ]
