"""Settling what two people changed at the same time."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum

from salesdesk.errors import UserError
from salesdesk.records.kinds import Wire
from salesdesk.records.registry import fields_of, form_named, known
from salesdesk.records.work import Conflict
from salesdesk.store.workspace import Workspace


class Take(StrEnum):
    """Which value is to stand: as the record now is, the later arrival's, or the other's."""

    STANDING = "standing"
    MINE = "mine"
    THEIRS = "theirs"


@dataclass(frozen=True)
class Sides:
    """The values of one conflict by field name, in wire form."""

    base: dict[str, Wire]
    mine: dict[str, Wire]
    theirs: dict[str, Wire]


def sides(conflict: Conflict) -> Sides:
    """The conflict's three values; one that cannot be read is empty."""
    return Sides(_values(conflict.base), _values(conflict.mine), _values(conflict.theirs))


def settle(workspace: Workspace, conflict_id: str, take: Take) -> None:
    """Let one value stand and mark the conflict settled, in one action that can be undone."""
    with workspace.changing("conflict.settle") as changes:
        conflict = changes.get(Conflict, conflict_id)
        if not known(conflict.entity):
            raise UserError("conflict.unknown_form", entity=conflict.entity)
        if take is not Take.STANDING:
            chosen = sides(conflict).mine if take is Take.MINE else sides(conflict).theirs
            form = form_named(conflict.entity)
            record = changes.session.get(form, conflict.record_id)
            if record is None or record.deleted_at is not None:
                raise UserError("conflict.record_gone")
            for name, wire in chosen.items():
                if name in fields_of(form):
                    setattr(record, name, fields_of(form)[name].kind.from_wire(wire))
        conflict.settled = True


def _values(text: str) -> dict[str, Wire]:
    try:
        found = json.loads(text or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
