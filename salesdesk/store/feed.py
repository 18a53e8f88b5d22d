"""What comes from the office: pages are staged, and applied together when a territory is complete.

A field with a pending local edit keeps its local value on top; the office's goes to `shadow` until the
office has answered. What this program has no form or column for is kept in `unknown`.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol

from sqlalchemy import Table, delete, exists, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from salesdesk.errors import BadValue
from salesdesk.records.kinds import Wire
from salesdesk.records.registry import Record, fields_of, form_named, forms, known
from salesdesk.records.work import Attachment
from salesdesk.store import journal as entries
from salesdesk.store import links, search
from salesdesk.store.tables import blob, feed, journal, local, search_item, shadow, staging, unknown

_CHUNK = 400
_SMALL = 5_000
OFFICE_AHEAD = "clock.office_ahead_ms"  # see Workspace.recall
_CLOCK_STEP_MS = 5_000
_DAY_MS = 24 * 3600 * 1000
_SHA256 = re.compile("[0-9a-f]{64}")  # a colleague's record may hold anything there


class Member(Protocol):
    """A territory that this laptop belongs to."""

    @property
    def territory(self) -> str: ...  # its id
    @property
    def name(self) -> str: ...  # as people say it
    @property
    def role(self) -> str: ...  # what the person may do there


class State(Protocol):
    """A record as the office has it (`sync.protocol.RecordState`)."""

    @property
    def entity(self) -> str: ...  # its form
    @property
    def id(self) -> str: ...  # its id
    @property
    def rev(self) -> int: ...  # its place in the feed
    @property
    def deleted(self) -> bool: ...  # whether it is in the bin
    @property
    def data(self) -> dict[str, Wire]: ...  # its fields
    @property
    def created_ms(self) -> int: ...  # when it was made
    @property
    def created_by(self) -> str: ...  # by whom
    @property
    def updated_ms(self) -> int: ...  # when it was changed last
    @property
    def updated_by(self) -> str: ...  # by whom


@dataclass(frozen=True)
class Position:
    """How far a territory is staged, in which epoch of the office, and the last head that it told."""

    epoch: str
    rev: int
    head: int


@dataclass(frozen=True)
class Wanted:
    """A file that is missing here, or at the office."""

    territory: str
    sha256: str
    size: int


def positions(session: Session) -> dict[str, Position]:
    """Where the next pull of each territory begins."""
    columns = (feed.c.territory, feed.c.epoch, feed.c.staged, feed.c.head)
    found = session.execute(select(*columns).where(feed.c.role != ""))
    return {row.territory: Position(row.epoch, row.staged, row.head) for row in found}


def roles(session: Session) -> dict[str, str]:
    """What this person may do in each of his territories."""
    found = session.execute(select(feed.c.territory, feed.c.role).where(feed.c.role != ""))
    return {row.territory: row.role for row in found}


def take_memberships(session: Session, members: Iterable[Member]) -> list[str]:
    """Learn the territories of this person; returns those that were taken away, whose records are then gone here.

    Unsent entries of a lost territory stay in the journal.
    """
    wanted = {one.territory: one for one in members}
    here = roles(session).keys()
    for territory, one in wanted.items():
        values = {"name": one.name, "role": one.role}
        fresh = insert(feed).values(territory=territory, **values)
        session.execute(fresh.on_conflict_do_update(index_elements=["territory"], set_=values))
    lost = sorted(here - wanted.keys())
    for territory in lost:
        evict(session, territory)
    return lost


def stage(session: Session, territory: str, epoch: str, head: int, cursor: int, states: Sequence[State]) -> None:
    """Keep a page and where the next one begins, together."""
    rows = [
        {
            "territory": territory,
            "entity": state.entity,
            "record_id": state.id,
            "rev": state.rev,
            "deleted": int(state.deleted),
            "data": {
                "fields": state.data,
                "created": [state.created_ms, state.created_by],
                "updated": [state.updated_ms, state.updated_by],
            },
        }
        for state in states
    ]
    if rows:
        statement = insert(staging)
        newer = {name: statement.excluded[name] for name in ("rev", "deleted", "data")}
        key = ["territory", "entity", "record_id"]
        session.execute(statement.on_conflict_do_update(index_elements=key, set_=newer), rows)
    session.execute(update(feed).where(feed.c.territory == territory).values(epoch=epoch, staged=cursor, head=head))


def note_clock(session: Session, office_ahead_ms: int) -> None:
    """Keep how far the office's clock is ahead of this laptop's, where that changed by more than a little."""
    before = session.scalar(select(local.c.value).where(local.c.name == OFFICE_AHEAD))
    if before is None or abs(office_ahead_ms - before) > _CLOCK_STEP_MS:
        fresh = insert(local).values(name=OFFICE_AHEAD, value=office_ahead_ms)
        session.execute(fresh.on_conflict_do_update(index_elements=["name"], set_={"value": office_ahead_ms}))


def apply_staged(session: Session, territory: str, now_ms: int) -> dict[str, list[str]]:
    """Make everything staged visible at once; returns the ids by form. One transaction with its caller."""
    pending = _pending(session, territory)
    applied: dict[str, list[str]] = defaultdict(list)
    groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in session.execute(select(staging).where(staging.c.territory == territory)).mappings():
        groups[row["entity"]].append(dict(row))
        applied[row["entity"]].append(row["record_id"])
    for entity, rows in groups.items():
        if known(entity):
            _apply_form(session, form_named(entity), rows, pending)
        else:
            _keep_unknown(session, [(row, row["data"]["fields"]) for row in rows])
    session.execute(delete(staging).where(staging.c.territory == territory))
    session.execute(update(feed).where(feed.c.territory == territory).values(cursor=feed.c.staged, synced_ms=now_ms))
    return dict(applied)


def differs(session: Session, territory: str, count: int, total: int, now_ms: int) -> bool:
    """Whether this laptop's records are others than the office's, by their count and digest.

    Looking reads every record: a small territory is looked at each time, a large one once a day, so that an
    evening does not cost more where more was gathered over the years.
    """
    name = f"compared.{territory}"
    last = session.scalar(select(local.c.value).where(local.c.name == name)) or 0
    if count > _SMALL and 0 <= now_ms - last < _DAY_MS:
        return False
    fresh = insert(local).values(name=name, value=now_ms)
    session.execute(fresh.on_conflict_do_update(index_elements=["name"], set_={"value": now_ms}))
    return digest(session, territory) != (count, total)


def digest(session: Session, territory: str) -> tuple[int, int]:
    """Count, and XOR over "id:rev", of all records of a territory that came from or went to the office."""
    count, total = 0, 0
    for form in forms():
        columns = form.__table__.c
        found = session.execute(select(columns.id, columns.rev).where(columns.territory == territory, columns.rev > 0))
        for record_id, rev in found:
            count += 1
            total ^= _hash(record_id, rev)
    for row in session.execute(select(unknown).where(unknown.c.territory == territory)).mappings():
        if not known(row["entity"]):
            count += 1
            total ^= _hash(row["record_id"], row["data"]["rev"])
    return count, total


def evict(session: Session, territory: str) -> None:
    """A territory that was taken away leaves this laptop: records, search entries, pages, finished history.

    What never arrived stays in the journal until somebody has dealt with it, with the names of its records.
    """
    here = journal.c.territory == territory
    refused = (journal.c.state.in_([entries.REJECTED, entries.HELD])) & (journal.c.dealt == "")
    session.execute(delete(journal).where(here, journal.c.state != entries.WAITING, ~refused))
    _keep_titles(session, territory)
    for form in forms():
        table = _table(form)
        ids = select(table.c.id).where(table.c.territory == territory)
        rows = list(session.scalars(select(search_item.c.rowid).where(search_item.c.record_id.in_(ids))))
        search.forget(session, rows)
        session.execute(delete(table).where(table.c.territory == territory))
    for table in (shadow, unknown, staging, blob):
        session.execute(delete(table).where(table.c.territory == territory))
    session.execute(
        update(feed).where(feed.c.territory == territory).values(role="", epoch="", cursor=0, staged=0, head=0)
    )


def _keep_titles(session: Session, territory: str) -> None:
    """The names of records that go, on the entries about them that stay."""
    about = select(journal.c.entity, journal.c.record_id).where(journal.c.territory == territory).distinct()
    for entity, record_id in session.execute(about).all():
        record = session.get(form_named(entity), record_id) if known(entity) else None
        if record is not None:
            title = links.name_of(session, record)
            mine = journal.c.territory == territory, journal.c.record_id == record_id
            for seq, answer in session.execute(select(journal.c.seq, journal.c.answer).where(*mine)).all():
                named = (answer or {}) | {"title": title}
                session.execute(update(journal).where(*mine, journal.c.seq == seq).values(answer=named))


def files_to_send(session: Session) -> list[Wanted]:
    """Files that only this laptop has, of territories it belongs to; not those whose attachment is in the bin."""
    named = exists().where(
        Attachment.territory == blob.c.territory, Attachment.sha256 == blob.c.sha256, Attachment.deleted_at.is_(None)
    )
    found = session.execute(
        select(blob.c.territory, blob.c.sha256, blob.c.size)
        .join(feed, feed.c.territory == blob.c.territory)
        .where(blob.c.state == "local", feed.c.role != "", named)
    )
    return [Wanted(*row) for row in found]


def file_failed(session: Session, file: Wanted, reason: str) -> None:
    """A file did not go to the office; `reason` is a message id."""
    here = blob.c.territory == file.territory, blob.c.sha256 == file.sha256
    session.execute(update(blob).where(*here).values(tries=blob.c.tries + 1, reason=reason))


def offer_files_again(session: Session, territory: str) -> None:
    """The office may have lost files with an earlier life: every one that is here is offered once more."""
    here = (blob.c.territory == territory, blob.c.state == "uploaded")
    session.execute(update(blob).where(*here).values(state="local"))


def files_to_fetch(session: Session) -> list[Wanted]:
    """Attachment files that records speak of and that are not here."""
    here = select(blob.c.sha256).where(blob.c.territory == Attachment.territory, blob.c.sha256 == Attachment.sha256)
    found = session.execute(
        select(Attachment.territory, Attachment.sha256, Attachment.size)
        .where(Attachment.deleted_at.is_(None), Attachment.sha256 != "", ~here.exists(), Attachment.rev > 0)
        .distinct()
    )
    return [Wanted(territory, sha256, size or 0) for territory, sha256, size in found if _SHA256.fullmatch(sha256)]


def file_is_shared(session: Session, file: Wanted) -> None:
    """The file is here and at the office."""
    values = {"state": "uploaded", "size": file.size, "tries": 0, "reason": "", "dealt": ""}
    fresh = insert(blob).values(territory=file.territory, sha256=file.sha256, offset=0, **values)
    session.execute(fresh.on_conflict_do_update(index_elements=["territory", "sha256"], set_=values))


def _pending(session: Session, territory: str) -> dict[str, set[str]]:
    """Record → names of fields with an unsent edit; a waiting delete or restore is the name ""."""
    found: dict[str, set[str]] = defaultdict(set)
    rows = session.execute(
        select(journal.c.record_id, journal.c.kind, journal.c.fields).where(
            journal.c.territory == territory, journal.c.state == entries.WAITING
        )
    )
    for record_id, kind, fields in rows:
        found[record_id] |= fields.keys()
        if kind in {"delete", "restore"}:
            found[record_id].add("")
    return found


def _apply_form(session: Session, form: type[Record], rows: list[dict[str, Any]], pending: dict[str, set[str]]) -> None:
    table = _table(form)
    fields = fields_of(form)
    plain, strange = [], []
    for row in rows:
        values, rest = _columns(form, row)
        if rest:
            strange.append((row, rest))
        kept = pending.get(row["record_id"])
        if kept:
            _keep_shadow(session, row)
            mine = {name for name in kept if name in fields} | ({"deleted_at"} if "" in kept else set())
            office = {name: value for name, value in values.items() if name not in mine}
            session.execute(update(table).where(table.c.id == row["record_id"]).values(office))
        else:
            plain.append(values)
    for start in range(0, len(plain), _CHUNK):
        statement = insert(table)
        newer = {column.name: statement.excluded[column.name] for column in table.columns if column.name != "id"}
        session.execute(
            statement.on_conflict_do_update(index_elements=["id"], set_=newer), plain[start : start + _CHUNK]
        )
    _keep_unknown(session, strange)
    search.index_rows(session, form, plain)
    changed = [row["record_id"] for row in rows if row["record_id"] in pending]
    if changed:
        search.index(session, ((record, None) for record in session.scalars(select(form).where(form.id.in_(changed)))))


def _columns(form: type[Record], row: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Wire]]:
    """The row's columns, and the wire values that this program cannot hold."""
    data = row["data"]
    fields, rest = fields_of(form), {}
    values: dict[str, Any] = {}
    for name, field in fields.items():
        try:
            values[name] = field.kind.from_wire(data["fields"].get(name))
        except BadValue:
            values[name] = field.kind.from_wire(None)
            rest[name] = data["fields"][name]
    rest |= {name: wire for name, wire in data["fields"].items() if name not in fields}
    (created_ms, created_by), (updated_ms, updated_by) = data["created"], data["updated"]
    updated_at = _moment(updated_ms)
    values |= {
        "id": row["record_id"],
        "territory": row["territory"],
        "rev": row["rev"],
        "created_at": _moment(created_ms),
        "created_by": created_by,
        "updated_at": updated_at,
        "updated_by": updated_by,
        "device": "",
        "deleted_at": updated_at if row["deleted"] else None,
    }
    return values, rest


def _keep_shadow(session: Session, row: dict[str, Any]) -> None:
    values = {"rev": row["rev"], "deleted": row["deleted"], "fields": row["data"]["fields"]}
    key = {"entity": row["entity"], "record_id": row["record_id"], "territory": row["territory"]}
    fresh = insert(shadow).values(key | values)
    session.execute(fresh.on_conflict_do_update(index_elements=["entity", "record_id"], set_=values))


def _keep_unknown(session: Session, found: list[tuple[dict[str, Any], dict[str, Wire]]]) -> None:
    for row, rest in found:
        values = {"data": {"rev": row["rev"], "fields": rest}, "territory": row["territory"]}
        fresh = insert(unknown).values(entity=row["entity"], record_id=row["record_id"], **values)
        session.execute(fresh.on_conflict_do_update(index_elements=["entity", "record_id"], set_=values))


def _moment(ms: int) -> datetime:
    return datetime.fromtimestamp(ms / 1000, UTC)


def _hash(record_id: str, rev: int) -> int:
    return int.from_bytes(hashlib.sha256(f"{record_id}:{rev}".encode()).digest()[:8], "big")


def _table(form: type[Record]) -> Table:
    table = form.__table__
    assert isinstance(table, Table)
    return table
