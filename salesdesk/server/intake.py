"""Push: taking in a laptop's entries (docs/sync.md).

One transaction: it locks its mark, then the records it touches in the order of their ids, merges in
memory, and takes the territory's revisions last.
"""

from __future__ import annotations

import copy
import hashlib
import json
import uuid
from dataclasses import dataclass, field
from typing import Any

import msgspec
from sqlalchemy import Connection, Engine, insert, select, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from salesdesk.errors import BadValue, OfficeRefused, UserError
from salesdesk.records.entry import SCHEMA, Entry, chained
from salesdesk.records.kinds import Wire
from salesdesk.records.registry import fields_of, form_named, known
from salesdesk.server.accounts import COMPANY, Caller, memberships_of, now_ms
from salesdesk.server.tables import answer, change_log, held, mark, record, territory
from salesdesk.sync import merge
from salesdesk.sync.protocol import LARGEST_PUSH, Answer, Mismatch, Push, Pushed, SentEntry

_ATTEMPTS = 6
_KINDS = {"create", "update", "delete", "restore"}
_CONFLICTS = uuid.UUID("6f0c1c9e-6f43-5d0e-9a51-0d2b6c1f7a10")
_UNTAKEN = 2**62  # stands for the revision that this push will take, later than every other
_CHUNK = 400
_RETRY_STATES = {"40001", "40P01"}  # PostgreSQL: serialization failure, deadlock


def push(engine: Engine, caller: Caller, sent: Push) -> Pushed | Mismatch:
    """Take in one territory's entries, all batches or none; content that is wrong gets an answer, not an error."""
    for attempt in range(_ATTEMPTS):
        try:
            with engine.begin() as connection:
                return _push(connection, caller, sent)
        except IntegrityError:  # the same new record from two laptops at once: now it exists, and is merged
            if attempt == _ATTEMPTS - 1:
                raise
        except DBAPIError as error:
            if attempt == _ATTEMPTS - 1 or getattr(error.orig, "sqlstate", None) not in _RETRY_STATES:
                raise
    raise AssertionError


@dataclass
class _Work:
    """A push while it is merged: records as they are and will be, and what is said of its entries."""

    before: dict[str, dict[str, Any]]
    records: dict[str, tuple[str, merge.Record]] = field(default_factory=dict)
    touched: dict[str, merge.Edit] = field(default_factory=dict)
    answers: list[Answer] = field(default_factory=list)
    held: list[tuple[int, bytes, str]] = field(default_factory=list)
    extra: bool = False


def _push(connection: Connection, caller: Caller, sent: Push) -> Pushed | Mismatch:
    _check_rights(connection, caller, sent)
    row = connection.execute(select(territory).where(territory.c.id == sent.territory)).mappings().one()
    acked_seq, acked_hash, contact_ms = _locked_mark(connection, caller.device, sent.territory)
    if sent.epoch not in {"", row["epoch"]} or (sent.first_seq, sent.prev_hash) != (acked_seq + 1, acked_hash):
        answers = _answers(connection, caller.device, sent.territory, sent.first_seq)
        return Mismatch(epoch=row["epoch"], acked_seq=acked_seq, acked_hash=acked_hash, answers=answers)
    received = now_ms()
    entries = [_entry(sent, number, entry) for number, entry in enumerate(sent.entries)]
    for entry in entries:
        acked_hash = chained(acked_hash, entry)
    work = _Work(_locked_records(connection, sent.territory, _ids_in(sent.entries)))
    work.records = {key: (found["entity"], _loaded(found)) for key, found in work.before.items()}
    for batch in _batches(entries):
        _take_batch(connection, caller, sent, batch, work, received=received, contact_ms=contact_ms)
    acked_seq += len(entries)
    head_before, revs = _write_records(connection, caller.person, sent.territory, work)
    _write_log(connection, caller.device, sent.territory, entries, work, received)
    connection.execute(
        update(mark)
        .where(mark.c.territory_id == sent.territory, mark.c.device_id == caller.device)
        .values(acked_seq=acked_seq, acked_hash=acked_hash, contact_ms=received)
    )
    return Pushed(
        acked_seq=acked_seq,
        acked_hash=acked_hash,
        head_before=head_before,
        head_after=head_before + len(revs),
        plain=not work.answers and not work.extra,
        revs=revs,
        answers=work.answers,
    )


def _check_rights(connection: Connection, caller: Caller, sent: Push) -> None:
    if sent.schema > SCHEMA:
        raise OfficeRefused("sync.office_too_old", laptop=sent.schema, office=SCHEMA)
    roles = {one.territory: one.role for one in memberships_of(connection, caller.person)}
    if sent.territory not in roles or sent.territory == COMPANY:
        raise OfficeRefused("sync.not_a_member", territory=sent.territory)
    if not sent.entries or len(sent.entries) > LARGEST_PUSH or sent.entries[0].batch_first != sent.first_seq:
        raise OfficeRefused("sync.not_a_message")


def _locked_mark(connection: Connection, device_id: str, territory_id: str) -> tuple[int, bytes, int]:
    wanted = select(mark).where(mark.c.territory_id == territory_id, mark.c.device_id == device_id).with_for_update()
    row = connection.execute(wanted).mappings().first()
    if row is None:
        fresh = {
            "territory_id": territory_id,
            "device_id": device_id,
            "acked_seq": 0,
            "acked_hash": b"",
            "contact_ms": 0,
        }
        connection.execute(insert(mark).values(fresh))
        return 0, b"", 0
    return row["acked_seq"], row["acked_hash"], row["contact_ms"]


def _answers(connection: Connection, device_id: str, territory_id: str, first_seq: int) -> list[Answer]:
    found = connection.scalars(
        select(answer.c.body)
        .where(answer.c.territory_id == territory_id, answer.c.device_id == device_id, answer.c.seq >= first_seq)
        .order_by(answer.c.seq)
    )
    return [msgspec.convert(body, Answer) for body in found]


def _entry(sent: Push, number: int, entry: SentEntry) -> Entry:
    values = {name: getattr(entry, name) for name in entry.__struct_fields__}
    return Entry(territory=sent.territory, seq=sent.first_seq + number, schema=sent.schema, **values)


def _ids_in(entries: list[SentEntry]) -> set[str]:
    """Every record that an entry names, and the parents of new or changed rows."""
    found = {entry.record_id for entry in entries}
    for entry in entries:
        link = _parent_link(entry.entity)
        value = entry.fields.get(link, [None, None])[-1] if link else None
        if isinstance(value, str) and value:
            found.add(value)
    return found


def _parent_link(entity: str) -> str:
    return form_named(entity).__form__.parent or "" if known(entity) else ""


def _locked_records(connection: Connection, territory_id: str, ids: set[str]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    ordered = sorted(ids)  # always in the same order, so that two pushes wait for each other and never deadlock
    for start in range(0, len(ordered), _CHUNK):
        rows = connection.execute(
            select(record)
            .where(record.c.territory_id == territory_id, record.c.id.in_(ordered[start : start + _CHUNK]))
            .order_by(record.c.id)
            .with_for_update()
        ).mappings()
        found |= {row["id"]: dict(row) for row in rows}
    return found


def _loaded(row: dict[str, Any]) -> merge.Record:
    edits = {name: merge.Edit(*edit) for name, edit in row["edits"].items()}
    return merge.Record(dict(row["data"]), merge.Edit(*row["created"]), row["deleted"], edits)


def _batches(entries: list[Entry]) -> list[list[Entry]]:
    grouped: list[list[Entry]] = []
    for entry in entries:
        if not grouped or entry.batch_first == entry.seq:
            grouped.append([])
        grouped[-1].append(entry)
    return grouped


def _take_batch(
    connection: Connection,
    caller: Caller,
    sent: Push,
    batch: list[Entry],
    work: _Work,
    *,
    received: int,
    contact_ms: int,
) -> None:
    """One user action, all or nothing, under its own guard: it may not stop the queue."""
    trial = copy.copy(work)
    trial.records, trial.touched, trial.answers = dict(work.records), dict(work.touched), list(work.answers)
    try:
        for entry in batch:
            _check_content(entry)
            edit = merge.Edit(_edit_time(sent, entry, received, contact_ms), caller.name, caller.device, _UNTAKEN)
            _take_entry(connection, sent.territory, entry, edit, trial)
    except (BadValue, UserError) as error:
        work.answers += [Answer(seq=e.seq, kind="rejected", reason=error.message) for e in batch]
    except (TypeError, ValueError, KeyError, AttributeError, RecursionError) as error:
        reason = f"{type(error).__name__}: {error}"[:200]
        work.held += [(e.seq, msgspec.msgpack.encode(e), reason) for e in batch]
        work.answers += [Answer(seq=e.seq, kind="held", reason="sync.held") for e in batch]
    else:
        work.records, work.touched, work.answers = trial.records, trial.touched, trial.answers
        work.extra = work.extra or trial.extra


def _check_content(entry: Entry) -> None:
    """Values must be values of the laptop's own record classes; what this office does not know is kept."""
    if entry.kind not in _KINDS:
        raise UserError("sync.unknown_kind", kind=entry.kind)
    fields = fields_of(form_named(entry.entity)) if known(entry.entity) else {}
    for name, pair in entry.fields.items():
        _, new = pair
        if isinstance(new, str) and "\0" in new:
            raise BadValue("value.broken_character")
        if name in fields:
            fields[name].kind.from_wire(new)


def _edit_time(sent: Push, entry: Entry, received: int, contact_ms: int) -> int:
    """When an edit was made, by the monotonic clock within the boot of the push, else by the wall clock's distance.

    Always within the time since the device's last contact: a wrong clock cannot win beyond its own absence.
    """
    same_boot = entry.boot_id == sent.boot_id
    ago = sent.mono_ms - entry.mono_ms if same_boot else sent.wall_ms - entry.wall_ms
    return max(contact_ms, min(received, received - ago))


def _take_entry(connection: Connection, territory_id: str, entry: Entry, edit: merge.Edit, work: _Work) -> None:
    found = work.records.get(entry.record_id)
    if found is not None and found[0] != entry.entity:
        raise UserError("sync.other_form", record=entry.record_id)
    if found is None and entry.kind != "create":
        raise UserError("sync.unknown_record", record=entry.record_id)
    change = merge.Change(entry.kind, entry.fields, entry.base_rev, edit)
    merged, losses = merge.merge(entry.entity, found[1] if found else None, change)
    work.records[entry.record_id] = (entry.entity, merged)
    work.touched[entry.record_id] = edit
    if entry.kind != "delete":
        _restore_parent(connection, territory_id, entry.entity, merged, edit, work)
    for loss in losses:
        conflict_id = _add_conflict(entry, loss, edit, work)
        names = list(loss.mine)
        work.answers.append(Answer(seq=entry.seq, kind="conflict", fields=names, conflict_id=conflict_id))


def _restore_parent(
    connection: Connection, territory_id: str, entity: str, row: merge.Record, edit: merge.Edit, work: _Work
) -> None:
    """A row under a deleted parent brings the parent back."""
    link = _parent_link(entity)
    parent_id = row.data.get(link) if link else None
    if not isinstance(parent_id, str) or not parent_id:
        return
    if parent_id not in work.records:
        for key, found in _locked_records(connection, territory_id, {parent_id}).items():
            work.before[key] = found
            work.records[key] = (found["entity"], _loaded(found))
    parent = work.records.get(parent_id)
    if parent is not None and parent[1].deleted:
        restored = copy.copy(parent[1])
        restored.deleted = False
        work.records[parent_id] = (parent[0], restored)
        work.touched.setdefault(parent_id, edit)
        work.extra = True


def _add_conflict(entry: Entry, loss: merge.Loss, edit: merge.Edit, work: _Work) -> str:
    """The value that does not stand becomes a record of the same territory; its id is derived from the entry."""
    conflict_id = str(uuid.uuid5(_CONFLICTS, f"{entry.record_id}/{loss.unit}/{edit.device}/{entry.seq}"))
    data: dict[str, Wire] = {
        "entity": entry.entity,
        "record_id": entry.record_id,
        "unit": loss.unit,
        "base": json.dumps(loss.base, ensure_ascii=False),
        "mine": json.dumps(loss.mine, ensure_ascii=False),
        "theirs": json.dumps(loss.theirs, ensure_ascii=False),
        "mine_by": edit.by,
        "theirs_by": loss.theirs_edit.by,
        "standing": loss.standing,
        "settled": False,
    }
    work.records[conflict_id] = ("conflict", merge.Record(data, edit))
    work.touched[conflict_id] = edit
    return conflict_id


def _write_records(connection: Connection, person: str, territory_id: str, work: _Work) -> tuple[int, dict[str, int]]:
    """Take one revision a touched record and write them; returns the head before and record → revision."""
    ids = sorted(work.touched)
    head, counted, digest = connection.execute(
        update(territory)
        .where(territory.c.id == territory_id)
        .values(head_rev=territory.c.head_rev + len(ids))
        .returning(territory.c.head_rev, territory.c.count, territory.c.digest)
    ).one()
    first = head - len(ids) + 1
    revs = {record_id: first + number for number, record_id in enumerate(ids)}
    new: list[dict[str, Any]] = []
    changed: list[dict[str, Any]] = []
    for record_id, rev in revs.items():
        entity, merged = work.records[record_id]
        before = work.before.get(record_id)
        row = _row(territory_id, record_id, entity, merged, work.touched[record_id], rev)
        row |= {"updated_by": person, "created_by": before["created_by"] if before else person}
        (new if before is None else changed).append(row)
        if before is not None:
            digest = _xor(digest, _digest(record_id, before["rev"]))
        digest = _xor(digest, _digest(record_id, rev))
    if new:
        connection.execute(insert(record), new)
    for row in changed:
        key = (record.c.territory_id == territory_id) & (record.c.id == row["id"])
        connection.execute(update(record).where(key).values(row))
    connection.execute(
        update(territory).where(territory.c.id == territory_id).values(count=counted + len(new), digest=digest)
    )
    return head - len(ids), revs


def _row(
    territory_id: str, record_id: str, entity: str, merged: merge.Record, edit: merge.Edit, rev: int
) -> dict[str, Any]:
    def taken(one: merge.Edit) -> list[Any]:
        return [one.at_ms, one.by, one.device, rev if one.rev == _UNTAKEN else one.rev]

    return {
        "territory_id": territory_id,
        "id": record_id,
        "entity": entity,
        "rev": rev,
        "deleted": merged.deleted,
        "data": merged.data,
        "created": taken(merged.created),
        "edits": {name: taken(one) for name, one in merged.edits.items()},
        "updated_ms": edit.at_ms,
    }


def _write_log(
    connection: Connection, device_id: str, territory_id: str, entries: list[Entry], work: _Work, received: int
) -> None:
    base = {"territory_id": territory_id, "device_id": device_id}
    connection.execute(
        insert(change_log),
        [base | {"seq": e.seq, "received_ms": received, "entry": msgspec.to_builtins(e)} for e in entries],
    )
    said = {one.seq: one for one in work.answers}  # one answer an entry is kept: its last conflict, or its refusal
    if said:
        rows = [base | {"seq": seq, "body": msgspec.to_builtins(one)} for seq, one in said.items()]
        connection.execute(insert(answer), rows)
    if work.held:
        rows = [base | {"seq": seq, "raw": raw, "reason": reason} for seq, raw, reason in work.held]
        connection.execute(insert(held), rows)


def _digest(record_id: str, rev: int) -> bytes:
    return hashlib.sha256(f"{record_id}:{rev}".encode()).digest()[:8]


def _xor(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))
