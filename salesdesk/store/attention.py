"""What did not arrive at the office as it was typed, until a person has dealt with it (docs/sync.md).

Nothing here is kept in a report: the journal, the files and the conflicts say it themselves, so that it is still
there after a restart, and after a sync that was cut.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Row, select
from sqlalchemy.orm import Session

from salesdesk.errors import BadValue
from salesdesk.process import rights
from salesdesk.records.kinds import Wire
from salesdesk.records.registry import Record, fields_of, form_named, known
from salesdesk.records.work import Attachment, Person
from salesdesk.store import again, journal, links, queries
from salesdesk.store.attachments import FROZEN
from salesdesk.store.tables import blob, feed
from salesdesk.store.tables import journal as entries

_UNKNOWN = "sync.unknown_record"
_OF_A_FILE = {"attachment.not_here": "attention.file_gone", "attachment.damaged": "attention.file_damaged"}


class Kind(StrEnum):
    """Why something is on the list."""

    REJECTED = "rejected"  # it broke a rule
    HELD = "held"  # the office could not digest it and keeps it as it came
    PARKED = "parked"  # the office takes it in by itself, once the record comes from another laptop
    LEFT = "left"  # its territory was taken away before it went
    FILE = "file"  # a file that did not go
    CONFLICT = "conflict"  # two people changed the same


class Way(StrEnum):
    """What a person can do about it."""

    CORRECT = "correct"
    HAND = "hand"
    DROP = "drop"
    SETTLE = "settle"


ACTIONS = frozenset({Kind.REJECTED, Kind.HELD, Kind.PARKED, Kind.LEFT})


@dataclass(frozen=True)
class Item:
    """One user action, file or conflict.

    `key` is, within the territory, the number of the action's first entry, the file's hash or the conflict's id.
    The action is about `count` records, first of all about the one that is named; `new` says that the office never
    had that one. `reason` is a message id with its `params`, `wrong` the form and field of which it speaks, where
    that is known. `by` is a name, `tries` how often a file did not go, `place` the territory's name.
    """

    kind: Kind
    territory: str
    key: str
    place: str
    entity: str
    record_id: str
    title: str
    customer_id: str
    count: int
    action: str
    at: datetime | None
    by: str
    reason: str
    params: Mapping[str, object]
    ways: frozenset[Way]
    wrong: tuple[str, str] | None = None
    new: bool = False
    tries: int = 0


@dataclass(frozen=True)
class Typed:
    """One record of an action as it was typed: name → (before, typed) in wire form; `wrong` are the fields refused."""

    entity: str
    record_id: str
    title: str
    kind: str
    fields: dict[str, tuple[Wire, Wire]]
    wrong: tuple[str, ...]


def items(session: Session) -> list[Item]:
    """The whole list, the newest first."""
    places = {row.territory: row.name for row in session.execute(select(feed.c.territory, feed.c.name))}
    found = [*_actions(session, places), *_files(session, places), *_conflicts(session, places)]
    return sorted(found, key=lambda item: (item.at or datetime.min.replace(tzinfo=UTC), item.key), reverse=True)


def typed(session: Session, item: Item, writer: rights.Writer) -> list[Typed]:
    """What was typed in the action of an item, the record that was refused first; nothing for other kinds."""
    if item.kind not in ACTIONS:
        return []
    found = []
    for row in session.execute(select(entries).where(*of_action(item)).order_by(entries.c.seq)):
        record = _record(session, row.entity, row.record_id)
        title = links.name_of(session, record) if record is not None else (row.answer or {}).get("title", "")
        fields = {name: (old, new) for name, (old, new) in row.fields.items()}
        wrong = _wrong(row.entity, row.kind, record, fields, writer)
        found.append(Typed(row.entity, row.record_id, title, row.kind, fields, wrong))
    return sorted(found, key=lambda one: (not one.wrong, one.record_id != item.record_id))


def of_action(item: Item, dealt: str = "") -> tuple[ColumnElement[bool], ...]:
    """The condition of the journal's entries of an item that nobody has dealt with, or that were dealt with so."""
    here = entries.c.territory == item.territory, entries.c.batch_first == int(item.key), entries.c.dealt == dealt
    state = journal.WAITING if item.kind is Kind.LEFT else journal.HELD
    return *here, entries.c.state == (journal.REJECTED if item.kind is Kind.REJECTED else state)


def _actions(session: Session, places: dict[str, str]) -> list[Item]:
    """Refused, held and left over entries, one item an action: it was refused as a whole."""
    lost = select(feed.c.territory).where(feed.c.role == "")
    open_ones = entries.c.state.in_([journal.REJECTED, journal.HELD]) | (
        (entries.c.state == journal.WAITING) & entries.c.territory.in_(lost)
    )
    columns = [column for column in entries.c if column.name not in {"fields", "hash"}]
    rows = session.execute(select(*columns).where(entries.c.dealt == "", open_ones).order_by(entries.c.seq)).all()
    refused = [row for row in rows if row.state != journal.WAITING]
    never = journal.never_arrived(session, {row.record_id for row in refused})
    made = {row.record_id for row in refused if row.kind == "create" and row.record_id in never}
    groups: dict[tuple[str, int, str], list[Row[Any]]] = defaultdict(list)
    for row in rows:
        groups[row.territory, row.batch_first, row.state].append(row)
    found = []
    for group in groups.values():
        if all(row.kind != "create" and row.record_id in made for row in group):
            continue  # later changes of a new record go with it, once it goes again
        if all(row.kind == "delete" and (row.answer or {}).get("reason") == _UNKNOWN for row in group):
            continue  # what never came is not there
        found.append(_action(session, group, never, places))
    return found


def _action(session: Session, group: Sequence[Row[Any]], never: set[str], places: dict[str, str]) -> Item:
    first = group[0]
    about = min(group, key=lambda row: (*_rank(row), row.seq))
    answer = about.answer or {}
    reason = answer.get("reason", "")
    wrong, params = _of_value(session, group, reason)
    record = _record(session, about.entity, about.record_id)
    kind = Kind(first.state) if first.state != journal.WAITING else Kind.LEFT
    if kind is Kind.HELD and reason == journal.PARKED:
        kind = Kind.PARKED
    ways = {Way.HAND} if kind is Kind.PARKED else {Way.HAND, Way.DROP}
    if kind in {Kind.REJECTED, Kind.HELD} and any(_can_be_opened(session, row) for row in group):
        ways.add(Way.CORRECT)
    return Item(
        kind=kind,
        territory=first.territory,
        key=str(first.batch_first),
        place=places.get(first.territory, ""),
        entity=about.entity,
        record_id=about.record_id,
        title=links.name_of(session, record) if record is not None else answer.get("title", ""),
        customer_id=_customer_of(record),
        count=len({row.record_id for row in group}),
        action=first.action,
        at=datetime.fromtimestamp(first.wall_ms / 1000, UTC),
        by=_name(session, first.by),
        reason="sync.territory_gone" if kind is Kind.LEFT else reason,
        params={"place": places.get(first.territory, "")} if kind is Kind.LEFT else params,
        wrong=wrong,
        ways=frozenset(ways),
        new=about.record_id in never,
    )


def _rank(row: Row[Any]) -> tuple[bool, bool, bool]:
    """What an action is about comes first: the form that it is named after, the customer, any form with a page."""
    is_row = known(row.entity) and form_named(row.entity).__form__.parent is not None
    return row.entity != row.action.partition(".")[2], row.entity != "customer", is_row


def _can_be_opened(session: Session, row: Row[Any]) -> bool:
    record = _record(session, row.entity, row.record_id)
    return record is not None and record.deleted_at is None and record.__form__.edited and record.__form__.has_list


def _files(session: Session, places: dict[str, str]) -> list[Item]:
    wanted = (
        select(blob.c.sha256, blob.c.tries, blob.c.reason, Attachment)
        .join(Attachment, (Attachment.sha256 == blob.c.sha256) & (Attachment.territory == blob.c.territory))
        .join(feed, feed.c.territory == blob.c.territory)
        .where(blob.c.state == "local", blob.c.tries > 0, blob.c.dealt == "", feed.c.role != "")
        .where(Attachment.deleted_at.is_(None))
        .order_by(Attachment.id)
    )
    found: dict[tuple[str, str], Item] = {}
    for sha256, tries, reason, file in session.execute(wanted):
        before = found.get((file.territory, sha256))
        frozen = file.purpose in FROZEN or (before is not None and Way.DROP not in before.ways)
        owner = _record(session, file.entity, file.record_id)
        found[file.territory, sha256] = Item(
            kind=Kind.FILE,
            territory=file.territory,
            key=sha256,
            place=places.get(file.territory, ""),
            entity=file.entity,
            record_id=file.record_id,
            title=" · ".join(filter(None, [links.name_of(session, owner) if owner is not None else "", file.name])),
            customer_id=_customer_of(owner),
            count=before.count + 1 if before else 1,
            action="file.add",
            at=file.created_at,
            by=_name(session, file.created_by),
            reason=_OF_A_FILE.get(reason, reason),
            params={},
            ways=frozenset({Way.HAND} if frozen else {Way.HAND, Way.DROP}),
            tries=tries,
        )
    return list(found.values())


def _conflicts(session: Session, places: dict[str, str]) -> list[Item]:
    found = []
    for conflict in queries.open_conflicts(session):
        record = _record(session, conflict.entity, conflict.record_id)
        found.append(
            Item(
                kind=Kind.CONFLICT,
                territory=conflict.territory,
                key=conflict.id,
                place=places.get(conflict.territory, ""),
                entity=conflict.entity,
                record_id=conflict.record_id,
                title=links.name_of(session, record) if record is not None else "",
                customer_id=_customer_of(record),
                count=1,
                action="change",
                at=conflict.mine_at,
                by=conflict.mine_by,
                reason="sync.two_values",
                params={},
                ways=frozenset({Way.SETTLE}),
            )
        )
    return found


def not_taken_of(session: Session, item: Item) -> list[Record]:
    """The living records of an action that were made by it or before, and that the office never had."""
    rows = session.execute(select(entries.c.entity, entries.c.record_id).where(*of_action(item)).distinct()).all()
    records = [_record(session, row.entity, row.record_id) for row in rows]
    return again.not_taken(session, [one for one in records if one is not None and one.deleted_at is None])


def _wrong(
    entity: str, kind: str, record: Record | None, fields: dict[str, tuple[Wire, Wire]], writer: rights.Writer
) -> tuple[str, ...]:
    """The fields that the office cannot have taken, as far as this program knows its rules."""
    if not known(entity):
        return ()
    form = form_named(entity)
    stands = None if kind == "create" or record is None else record.wire()
    found = []
    for name, (old, new) in fields.items():
        edit = rights.Edit(kind, stands, {name: (old, new)}, (stands or {}) | {name: new})
        if name not in fields_of(form) or _is_no_value(form, name, new) or rights.refusal(form, edit, writer):
            found.append(name)
    return tuple(found)


def _is_no_value(form: type[Record], name: str, wire: Wire) -> BadValue | None:
    try:
        fields_of(form)[name].kind.check(wire)
    except BadValue as error:
        return error
    return None


def _of_value(
    session: Session, group: Sequence[Row[Any]], reason: str
) -> tuple[tuple[str, str] | None, Mapping[str, object]]:
    """Of which form and field a reason speaks, and what its sentence names: the office tells the reason alone."""
    if not reason.startswith("value."):
        return None, {}
    here = entries.c.territory == group[0].territory, entries.c.batch_first == group[0].batch_first
    for entity, fields in session.execute(select(entries.c.entity, entries.c.fields).where(*here)):
        for name, (_, new) in fields.items():
            declared = known(entity) and name in fields_of(form_named(entity))
            error = _is_no_value(form_named(entity), name, new) if declared else None
            if error is not None and error.message == reason:
                return (entity, name), error.params
    return None, {}


def _record(session: Session, entity: str, record_id: str) -> Record | None:
    return session.get(form_named(entity), record_id) if known(entity) else None


def _customer_of(record: Record | None) -> str:
    if record is None:
        return ""
    return record.id if record.__tablename__ == "customer" else str(getattr(record, "customer_id", ""))


def _name(session: Session, person_id: str) -> str:
    person = session.get(Person, person_id)
    return person.name if person is not None else ""
