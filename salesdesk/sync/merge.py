"""The three-way merge of one entry into the office's record. Pure; the rules are told in docs/sync.md.

A *unit* is a field or a declared group of fields that belong together. For each unit the office's
value *s*, last changed at revision *r*, meets an entry's old *o*, new *n* and base *b*:
r ≤ b → n · s = n → nothing · s = o → n · otherwise the unit's policy decides, and the value that does
not stand is returned as a `Loss`. A laptop sends a unit whole, so two people's halves are never mixed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from salesdesk.records.field import Merge
from salesdesk.records.kinds import Wire
from salesdesk.records.registry import fields_of, form_named, known

DELETED: Final = "deleted"


@dataclass(frozen=True)
class Edit:
    """Who changed a value, when (milliseconds, already clamped), on which device, and at which revision."""

    at_ms: int
    by: str
    device: str
    rev: int


@dataclass
class Record:
    """A record as the office has it.

    `edits` holds the last edit of each field that was changed after its creation, and under `DELETED` who last
    deleted or restored it.
    """

    data: dict[str, Wire]
    created: Edit
    deleted: bool = False
    edits: dict[str, Edit] = field(default_factory=dict)

    def last_edit(self, names: list[str]) -> Edit:
        """The latest edit of any of these fields."""
        return max((self.edits.get(name, self.created) for name in names), key=lambda edit: edit.rev)


@dataclass(frozen=True)
class Change:
    """A journal entry for the merge: its kind, {field: [old, new]}, and the revision that its editor saw."""

    kind: str
    fields: Mapping[str, list[Wire]]
    base_rev: int
    edit: Edit


@dataclass(frozen=True)
class Loss:
    """Two people changed one unit. `standing` says which value the record has now: mine, theirs or both."""

    unit: str
    base: dict[str, Wire]
    mine: dict[str, Wire]
    theirs: dict[str, Wire]
    theirs_edit: Edit
    standing: str


_NONE: Final[Mapping[str, Loss]] = MappingProxyType({})


def merge(
    entity: str, record: Record | None, change: Change, open_losses: Mapping[str, Loss] = _NONE
) -> tuple[Record, list[Loss]]:
    """The record after the change, and what did not stand. The given record is not touched.

    `open_losses` are, by unit, the losses of earlier entries of the same push: an editor who went on typing
    over his own value continues that conflict instead of making another.
    """
    if record is None:
        values = {name: new for name, (_, new) in change.fields.items()}
        return Record(values, change.edit, deleted=change.kind == "delete"), []
    merged = Record(dict(record.data), record.created, record.deleted, dict(record.edits))
    if change.kind == "delete":
        return _deleted(merged, change)
    losses = _restored(merged, change)
    units: dict[str, list[str]] = defaultdict(list)
    for name in change.fields:
        units[_unit_of(entity, name)].append(name)
    for unit, names in units.items():
        if loss := _merge_unit(entity, merged, change, unit, names, open_losses.get(unit)):
            losses.append(loss)
    return merged, losses


def _deleted(merged: Record, change: Change) -> tuple[Record, list[Loss]]:
    """A delete stands unless somebody else edited the record after the deleter saw it."""
    if merged.deleted:
        return merged, []
    others = [edit for edit in (*merged.edits.values(), merged.created) if _unseen(edit, change)]
    if others:
        return merged, [not_deleted(max(others, key=lambda edit: edit.rev))]
    _set_deleted(merged, change.edit, deleted=True)
    return merged, []


def not_deleted(because: Edit) -> Loss:
    """A delete that does not stand because of an edit that its author had not seen."""
    return Loss(DELETED, {DELETED: False}, {DELETED: True}, {DELETED: False}, because, "theirs")


def _restored(merged: Record, change: Change) -> list[Loss]:
    """An edit brings a deleted record back: nobody's work goes into the bin unseen. The deleter is told."""
    if not merged.deleted:
        return []
    deletion = merged.edits.get(DELETED, merged.created)
    _set_deleted(merged, change.edit, deleted=False)
    if change.kind == "restore" or not _unseen(deletion, change):
        return []
    return [Loss(DELETED, {DELETED: False}, {DELETED: False}, {DELETED: True}, deletion, "mine")]


def _set_deleted(merged: Record, edit: Edit, *, deleted: bool) -> None:
    merged.deleted = deleted
    merged.edits[DELETED] = edit


def _unseen(edit: Edit, change: Change) -> bool:
    """Made by another device after the revision that the change's author saw."""
    return edit.rev > change.base_rev and edit.device != change.edit.device


def _merge_unit(
    entity: str, merged: Record, change: Change, unit: str, names: list[str], earlier: Loss | None
) -> Loss | None:
    old = {name: change.fields[name][0] for name in names}
    new = {name: change.fields[name][1] for name in names}
    if earlier is not None and earlier.mine.keys() == old.keys() and _same(earlier.mine, old):
        _set(merged, earlier.theirs, earlier.theirs_edit)
        old = earlier.base
    standing = {name: merged.data.get(name) for name in names}
    last = merged.last_edit(names)
    if _same(standing, new):
        return None
    if last.rev <= change.base_rev or _same(standing, old):
        _set(merged, new, change.edit)
        return None
    value, outcome = _POLICIES[_policy_of(entity, names[0])](new, standing, change.edit, last)
    if outcome != "theirs":
        _set(merged, value, change.edit)
    return Loss(unit, old, new, standing, last, outcome)


Values = dict[str, Wire]


def _newest(mine: Values, theirs: Values, my_edit: Edit, their_edit: Edit) -> tuple[Values, str]:
    """The later edit; in a tie the later arrival."""
    return (mine, "mine") if my_edit.at_ms >= their_edit.at_ms else (theirs, "theirs")


def _keep_both(mine: Values, theirs: Values, my_edit: Edit, _their_edit: Edit) -> tuple[Values, str]:
    """Long notes: one that holds the other stands; else both, the later arrival attributed."""
    return {name: _both(text, theirs[name], my_edit.by) for name, text in mine.items()}, "both"


def _both(mine: Wire, theirs: Wire, by: str) -> Wire:
    mine_text, their_text = str(mine or ""), str(theirs or "")
    if mine_text in their_text:
        return theirs
    if their_text in mine_text:
        return mine
    return f"{their_text}\n\n【{by}】\n{mine_text}"


def _mine(mine: Values, _theirs: Values, _my_edit: Edit, _their_edit: Edit) -> tuple[Values, str]:
    return mine, "mine"


def _theirs(_mine: Values, theirs: Values, _my_edit: Edit, _their_edit: Edit) -> tuple[Values, str]:
    return theirs, "theirs"


_POLICIES: Final[dict[Merge, Callable[[Values, Values, Edit, Edit], tuple[Values, str]]]] = {
    Merge.NEWEST: _newest,
    Merge.KEEP_BOTH: _keep_both,
    Merge.FIELD_WINS: _mine,
    Merge.OFFICE_WINS: _theirs,
}


def _set(merged: Record, values: Values, edit: Edit) -> None:
    merged.data.update(values)
    merged.edits.update(dict.fromkeys(values, edit))


def _same(one: Values, other: Values) -> bool:
    """Equal, where "nothing" may be written as null, empty text or false (an absent field of a new record)."""
    return all(_plain(one[name]) == _plain(other[name]) for name in one)


def _plain(value: Wire) -> Wire:
    return None if value is False or value == "" else value


def _unit_of(entity: str, name: str) -> str:
    declared = fields_of(form_named(entity)).get(name) if known(entity) else None
    return declared.merge_unit if declared else name


def _policy_of(entity: str, name: str) -> Merge:
    """A field that this program does not know (a newer laptop's) goes by time."""
    declared = fields_of(form_named(entity)).get(name) if known(entity) else None
    return declared.merge if declared else Merge.NEWEST
