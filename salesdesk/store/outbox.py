"""The journal on its way to the office: what goes next, what the office answered, and its renumbering.

A territory's entries after its `feed.acked_seq` are unsent, in order and without gaps. Numbers at or
below zero are history of a device that this laptop no longer is (see `fork`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import msgspec
from sqlalchemy import Text, delete, exists, insert, select, type_coerce, update
from sqlalchemy.orm import Session

from salesdesk.records.entry import Entry, chained
from salesdesk.records.kinds import Wire
from salesdesk.records.registry import form_named, forms, known
from salesdesk.records.roles import SALES
from salesdesk.store import journal as entries
from salesdesk.store.tables import blob, feed, journal, shadow, staging, unknown

_ENTRY_OVERHEAD = 200  # bytes of an entry besides its fields, roughly
_SENT = ("batch_first", "action", "entity", "record_id", "kind", "base_rev", "wall_ms", "boot_id", "mono_ms", "by")
_decode_fields = msgspec.json.Decoder(dict[str, list[Wire]]).decode


class Said(Protocol):
    """What the office says of an entry that did not simply pass; `kind`: conflict | rejected | held."""

    @property
    def seq(self) -> int: ...  # the entry's number
    @property
    def kind(self) -> str: ...  # see the class
    @property
    def reason(self) -> str: ...  # a message id
    @property
    def fields(self) -> list[str]: ...  # the fields concerned
    @property
    def conflict_id(self) -> str: ...  # the record that keeps the losing value


@dataclass(frozen=True)
class Outgoing:
    """Whole batches of one territory and one schema, ready to be sent; `entries` begin at `first_seq`."""

    territory: str
    epoch: str
    first_seq: int
    prev_hash: bytes
    schema: int
    entries: list[Entry]


@dataclass(frozen=True)
class Trouble:
    """An entry that needs a person: rejected, held, or left over from a territory that was taken away."""

    territory: str
    seq: int
    entity: str
    record_id: str
    state: str
    reason: str


def waiting_territories(session: Session) -> list[str]:
    """Territories with unsent entries that this laptop may still send to."""
    member = exists().where(feed.c.territory == journal.c.territory, feed.c.role != "")
    found = select(journal.c.territory).where(journal.c.state == entries.WAITING, member).distinct()
    return sorted(session.scalars(found))


def next_push(
    session: Session, territory: str, most: int, most_bytes: int, after: tuple[int, bytes] | None = None
) -> Outgoing | None:
    """The next whole batches, at most `most` entries and about `most_bytes`; `None` when all were sent.

    They begin after what the office has taken, or `after` an entry and the hash there.
    A single batch beyond the limits goes in pieces: better than a queue that stands for ever.
    """
    epoch, acked_seq, acked_hash = session.execute(
        select(feed.c.epoch, feed.c.acked_seq, feed.c.acked_hash).where(feed.c.territory == territory)
    ).one()
    if after is not None:
        acked_seq, acked_hash = after
    columns = [journal.c[name] for name in (*_SENT, "seq", "schema")]
    rows = session.execute(
        select(*columns, type_coerce(journal.c.fields, Text))
        .where(journal.c.territory == territory, journal.c.seq > acked_seq)
        .order_by(journal.c.seq)
        .limit(most + 1)
    ).all()
    if not rows:
        return None
    cut = _whole_batches(rows, most, most_bytes)
    found = [
        Entry(
            territory=territory,
            fields=_decode_fields(row[-1]),
            **dict(zip((*_SENT, "seq", "schema"), row[:-1], strict=True)),
        )
        for row in rows[:cut]
    ]
    return Outgoing(territory, epoch, acked_seq + 1, acked_hash, found[0].schema, found)


def _whole_batches(rows: Sequence[Any], most: int, most_bytes: int) -> int:
    size = 0
    for index, row in enumerate(rows):
        size += len(row[-1]) + _ENTRY_OVERHEAD
        if index and (index >= most or size > most_bytes or row.schema != rows[0].schema):
            cut = index
            while cut and rows[cut - 1].batch_first == rows[cut].batch_first:
                cut -= 1
            return cut or index
    return len(rows)


def take_answers(
    session: Session, territory: str, acked_seq: int, acked_hash: bytes, said: Iterable[Said], head: int | None
) -> list[Trouble]:
    """Keep what the office says of all entries up to `acked_seq`; returns those that need a person.

    A record whose entry did not pass as it was becomes what the office says: its territory is pulled
    again from just before the record's revision. `head` is the territory's revision after the push.
    """
    before = session.execute(select(feed.c.acked_seq).where(feed.c.territory == territory)).scalar_one()
    span = (journal.c.territory == territory, journal.c.seq > before, journal.c.seq <= acked_seq)
    session.execute(update(journal).where(*span).values(state="accepted", rev=head))
    troubles = []
    for answer in said:
        if answer.seq <= before:
            continue
        entity, record_id = session.execute(
            update(journal)
            .where(journal.c.territory == territory, journal.c.seq == answer.seq)
            .values(
                state=answer.kind,
                answer={"reason": answer.reason, "fields": answer.fields, "conflict": answer.conflict_id},
            )
            .returning(journal.c.entity, journal.c.record_id)
        ).one()
        _pull_again(session, territory, entity, record_id)
        if _in_bin(session, entity, record_id):
            entries.deal(session, [record_id], entries.Dealt.DROPPED)
        elif answer.kind == "rejected":
            _take_back(session, entity, record_id)
        if answer.kind != "conflict":
            troubles.append(Trouble(territory, answer.seq, entity, record_id, answer.kind, answer.reason))
    drop_finished_shadows(session, territory)
    session.execute(
        update(feed).where(feed.c.territory == territory).values(acked_seq=acked_seq, acked_hash=acked_hash)
    )
    return troubles


def take_revs(
    session: Session, territory: str, first_seq: int, head_before: int, head: int, revs: dict[str, int]
) -> None:
    """After a push that nobody else's writing crossed: the records' revisions, without pulling one's own echo.

    Does nothing unless the laptop had applied everything up to `head_before`.
    """
    state = session.execute(select(feed.c.epoch, feed.c.cursor).where(feed.c.territory == territory)).one()
    if not state.epoch or state.cursor != head_before:
        return
    touched = session.execute(
        select(journal.c.entity, journal.c.record_id)
        .where(journal.c.territory == territory, journal.c.seq >= first_seq, journal.c.rev == head)
        .distinct()
    )
    by_entity: dict[str, list[tuple[int, str]]] = {}
    for entity, record_id in touched:
        if record_id in revs and known(entity):
            by_entity.setdefault(entity, []).append((revs[record_id], record_id))
    missing = 0
    for entity, rows in by_entity.items():
        table = form_named(entity).__tablename__
        done = session.connection().exec_driver_sql(f"UPDATE {table} SET rev = ? WHERE id = ?", rows)  # noqa: S608  # a registered table's name
        missing += len(rows) - done.rowcount
    if not missing:  # else records left this laptop with their territory, and have to come back by a pull
        session.execute(update(feed).where(feed.c.territory == territory).values(cursor=head, staged=head, head=head))


def drop_finished_shadows(session: Session, territory: str) -> None:
    """Forget the office's values under records that have no unsent entry any more."""
    pending = exists().where(journal.c.record_id == shadow.c.record_id, journal.c.state == entries.WAITING)
    session.execute(delete(shadow).where(shadow.c.territory == territory, ~pending))


def _pull_again(session: Session, territory: str, entity: str, record_id: str) -> None:
    if not known(entity):
        return
    form = form_named(entity)
    rev = session.scalar(select(form.rev).where(form.id == record_id)) or 0
    cursor = session.execute(select(feed.c.cursor).where(feed.c.territory == territory)).scalar_one()
    if 0 < rev <= cursor:
        restart_pull(session, territory, rev - 1)


def _in_bin(session: Session, entity: str, record_id: str) -> bool:
    """Whether somebody put a new record into the bin before the office refused it: nobody misses it."""
    if not known(entity) or not SALES & (form := form_named(entity)).__form__.writers:
        return False
    gone = select(form.id).where(form.id == record_id, form.rev == 0, form.deleted_at.is_not(None))
    return session.scalar(gone) is not None


def take_parked(session: Session, parked: dict[str, list[int]]) -> None:
    """What waited at the office for a record and does not any more was taken in. `parked` still waits, by territory."""
    held = select(journal.c.territory, journal.c.seq, journal.c.answer).where(journal.c.state == entries.HELD)
    for territory, seq, answer in session.execute(held.where(journal.c.seq > 0)).all():
        if territory in parked and seq not in parked[territory] and answer["reason"] == entries.PARKED:
            here = journal.c.territory == territory, journal.c.seq == seq
            session.execute(update(journal).where(*here).values(state="accepted"))


def leave_out_dropped(session: Session, territory: str, mark_seq: int, mark_hash: bytes) -> None:
    """A territory comes back: what was dropped meanwhile does not go there. The office's mark is behind what it has."""
    later = journal.c.territory == territory, journal.c.seq > mark_seq
    found = session.execute(select(journal).where(*later).order_by(journal.c.seq)).mappings()
    rows = [dict(row) for row in found]
    kept = [row for row in rows if row["dealt"] != entries.Dealt.DROPPED]
    if len(kept) < len(rows) and hash_at(session, territory, mark_seq) == mark_hash:  # else this laptop is a copy
        session.execute(delete(journal).where(*later))
        _put_in(session, kept, territory, mark_seq + 1, mark_hash)


def _take_back(session: Session, entity: str, record_id: str) -> None:
    """What only the office can make true is not there when it refuses to; what a person typed stays on the laptop."""
    if known(entity) and not SALES & (form := form_named(entity)).__form__.writers:
        session.execute(update(form).where(form.id == record_id, form.rev == 0).values(deleted_at=form.updated_at))


def restart_pull(session: Session, territory: str, cursor: int) -> None:
    """Pull the territory again from `cursor`; what was staged so far is fetched anew."""
    session.execute(delete(staging).where(staging.c.territory == territory))
    session.execute(update(feed).where(feed.c.territory == territory).values(cursor=cursor, staged=cursor))


def hash_at(session: Session, territory: str, seq: int) -> bytes | None:
    """The chain's hash at an entry; `None` when this journal has no such entry."""
    if seq == 0:
        return b""
    state = session.execute(select(feed.c.acked_seq, feed.c.acked_hash).where(feed.c.territory == territory)).one()
    if state.acked_seq == seq:
        return bytes(state.acked_hash)
    return session.scalar(select(journal.c.hash).where(journal.c.territory == territory, journal.c.seq == seq))


def go_back(session: Session, territory: str, acked_seq: int, acked_hash: bytes) -> None:
    """The office was restored from an older copy: what came after goes again."""
    later = (journal.c.territory == territory, journal.c.seq > acked_seq)
    session.execute(update(journal).where(*later).values(state=entries.WAITING, rev=None, answer=None))
    session.execute(
        update(feed).where(feed.c.territory == territory).values(acked_seq=acked_seq, acked_hash=acked_hash)
    )


def acked(session: Session, territory: str) -> int:
    """The last entry that the office has taken, as far as this laptop knows."""
    return int(session.execute(select(feed.c.acked_seq).where(feed.c.territory == territory)).scalar_one())


def new_epoch(session: Session, territory: str, epoch: str) -> None:
    """The office was restored: its revisions count anew, so the territory is fetched from the beginning."""
    restart_pull(session, territory, 0)
    session.execute(update(feed).where(feed.c.territory == territory).values(epoch=epoch))


def fork(session: Session) -> None:
    """This laptop is a copy: unsent entries begin a new chain at 1, finished ones stay as history below zero."""
    for territory in list(session.scalars(select(journal.c.territory).distinct())):
        rows = _taken_out(session, territory)
        finished = [row for row in rows if row["state"] != entries.WAITING]
        unsent = [row for row in rows if row["state"] == entries.WAITING and row["dealt"] != entries.Dealt.DROPPED]
        _put_in(session, finished, territory, -len(finished), b"")
        _put_in(session, unsent, territory, 1, b"")
    session.execute(update(feed).values(acked_seq=0, acked_hash=b""))


def move_home(session: Session, home: str, person: str, was: str) -> None:
    """What was written before the office knew this laptop belongs to `home` and is by `person` (it said `was`)."""
    for form in forms():
        table = form.__table__
        mine = table.c.territory == ""
        for column in (table.c.created_by, table.c.updated_by):
            session.execute(update(table).where(mine, column == was).values({column.name: person}))  # type: ignore[arg-type]  # a declarative class's __table__ is a Table
        session.execute(update(table).where(mine).values(territory=home))  # type: ignore[arg-type]  # as above
    known_blobs = select(blob.c.sha256).where(blob.c.territory == home)
    session.execute(delete(blob).where(blob.c.territory == "", blob.c.sha256.in_(known_blobs)))
    for table in (blob, unknown, shadow):
        session.execute(update(table).where(table.c.territory == "").values(territory=home))
    rows = _taken_out(session, "")
    for row in rows:
        row["by"] = person if row["by"] == was else row["by"]
    seq, before = entries.head(session, home)
    _put_in(session, rows, home, seq + 1, before)


def _taken_out(session: Session, territory: str) -> list[dict[str, Any]]:
    mine = journal.c.territory == territory
    rows = [dict(row) for row in session.execute(select(journal).where(mine).order_by(journal.c.seq)).mappings()]
    session.execute(delete(journal).where(mine))
    return rows


def _put_in(session: Session, rows: list[dict[str, Any]], territory: str, first: int, before: bytes) -> None:
    """Write entries under new numbers, in their order, with a chain from `before` on."""
    starts: dict[int, int] = {}
    for seq, row in enumerate(rows, start=first):
        start = starts.setdefault(row["batch_first"], seq)
        row.update(territory=territory, seq=seq, batch_first=start)
        before = chained(before, Entry(**{name: row[name] for name in Entry.__struct_fields__}))
        row["hash"] = before
    if rows:
        session.execute(insert(journal), rows)
