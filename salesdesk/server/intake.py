"""Push: taking in a laptop's entries (docs/sync.md).

One transaction: it locks its mark, then the records it touches in the order of their ids, merges in
memory, and takes the territory's revisions last.
"""

from __future__ import annotations

import contextlib
import json
import logging
import random
import time
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

import msgspec
from sqlalchemy import Connection, Engine, delete, insert, select, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from salesdesk.errors import BadValue, OfficeRefused, UserError
from salesdesk.process import rights
from salesdesk.records.base import COMPANY
from salesdesk.records.entry import SCHEMA, Entry
from salesdesk.records.kinds import LinkKind, Wire
from salesdesk.records.moments import moment_to_wire
from salesdesk.records.registry import fields_of, form_named, known
from salesdesk.records.roles import Role
from salesdesk.server import approvals, keys, ledger, push_reader
from salesdesk.server.accounts import Caller, memberships_of, now_ms
from salesdesk.server.push_work import Work
from salesdesk.server.tables import account, answer, change_log, held, mark, parked, territory
from salesdesk.sync import merge
from salesdesk.sync.protocol import LARGEST_PUSH, Answer, Mismatch, Push, Pushed, SentEntry

_log = logging.getLogger(__name__)

_ATTEMPTS = 16
_LONGEST_PAUSE_S = 0.2
_CONFLICTS = uuid.UUID("6f0c1c9e-6f43-5d0e-9a51-0d2b6c1f7a10")
_RETRY_STATES = {"40001", "40P01"}  # PostgreSQL: serialization failure, deadlock
_LONGEST_LINE = 1_000  # of records that follow each other
_INTEGERS = range(-(2**63), 2**63)  # what a laptop's database can hold


def push(engine: Engine, caller: Caller, sent: Push, received_ms: int | None = None) -> Pushed | Mismatch:
    """Take in one territory's entries, all batches or none; content that is wrong gets an answer, not an error.

    `received_ms` is when it came, if that was not just now.
    Raises `OfficeRefused` for a caller without access and for what is no push; `DBAPIError` when the database
    stays busy.
    """
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            with engine.begin() as connection:
                return _Intake(connection, caller, sent, received_ms or now_ms()).run()
        except DBAPIError as error:
            if attempt == _ATTEMPTS or not _worth_another_try(error):
                raise
        time.sleep(random.uniform(0, min(_LONGEST_PAUSE_S, 0.005 * 2**attempt)))  # noqa: S311  # spreads, hides nothing
    raise AssertionError


def _worth_another_try(error: DBAPIError) -> bool:
    """Two transactions crossed, or two laptops made the same new record: now it exists, and is merged."""
    return isinstance(error, IntegrityError) or getattr(error.orig, "sqlstate", None) in _RETRY_STATES


class _Intake:
    """One attempt at one push, inside its transaction."""

    def __init__(self, connection: Connection, caller: Caller, sent: Push, received_ms: int) -> None:
        self._connection = connection
        self._caller = caller
        self._sent = sent
        self._keys = keys.Keys(connection, sent.territory)
        self._received = received_ms
        self._last_contact = self._last_edit = 0
        self._role = self._epoch = ""
        self._head = 0
        self._of_device = {"territory_id": sent.territory, "device_id": caller.device}
        self._before: dict[str, dict[str, Any]] = {}
        self._rows: dict[str, list[dict[str, Any]]] = {}  # under the records that are to be deleted
        self._held: list[tuple[int, bytes, str]] = []
        self._flaws: dict[int, Exception] = {}
        self._parked: list[tuple[Entry, int]] = []
        self._times: dict[int, int] = {}  # of edits that were parked

    def run(self) -> Pushed | Mismatch:
        sent = self._sent
        self._check_rights()
        acked_seq, acked_hash = self._locked_mark()
        if sent.epoch not in {"", self._epoch} or (sent.first_seq, sent.prev_hash) != (acked_seq + 1, acked_hash):
            answers = self._answers_from(sent.first_seq)
            return Mismatch(epoch=self._epoch, acked_seq=acked_seq, acked_hash=acked_hash, answers=answers)
        entries = []
        for entry, acked_hash in push_reader.chain(sent):  # noqa: B007  # the last one is the mark's
            entries.append(entry)
            self._examine(entry)
        work = self._begun([entry for entry in entries if entry.seq not in self._flaws])
        for _, batch in groupby(entries, key=lambda entry: entry.batch_first):
            self._take_batch(list(batch), work)
        self._keys.write(work.claims)
        head_before, revs = ledger.write(
            self._connection, sent.territory, self._caller.person, self._before, work.touched
        )
        self._write_log(work)
        self._move_mark(entries[-1].seq, acked_hash)
        if revs:
            _take_parked(self._connection, sent.territory, revs)
        return Pushed(
            acked_seq=entries[-1].seq,
            acked_hash=acked_hash,
            head_before=head_before,
            head_after=head_before + len(revs),
            plain=not work.answers and not work.beyond_asked,
            revs=revs,
            answers=work.answers,
        )

    def take_parked(self, times: dict[int, int]) -> dict[str, int]:
        """Take in entries whose records have come; `times` are those of the edits. Returns record → revision."""
        self._check_rights()
        self._times = times
        entries = [entry for entry, _ in push_reader.chain(self._sent)]
        for table in (parked, answer):
            self._connection.execute(delete(table).filter_by(**self._of_device).where(table.c.seq.in_(list(times))))
        work = self._begun(entries)
        self._take_batch(entries, work)
        self._keys.write(work.claims)
        _, revs = ledger.write(self._connection, self._sent.territory, self._caller.person, self._before, work.touched)
        self._write_log(work)
        return revs

    def _begun(self, entries: list[Entry]) -> Work:
        self._load({key for entry in entries for key in push_reader.records_named(entry)})
        deleted = {entry.record_id for entry in entries if entry.kind == "delete"}
        self._rows = ledger.rows_under_all(self._connection, self._sent.territory, deleted)
        return Work({key: (row["entity"], ledger.loaded(row)) for key, row in self._before.items()}, {}, {})

    def _check_rights(self) -> None:
        sent = self._sent
        if sent.schema > SCHEMA:
            raise OfficeRefused("sync.office_too_old", laptop=sent.schema, office=SCHEMA)
        roles = {one.territory: one.role for one in memberships_of(self._connection, self._caller.person)}
        if sent.territory not in roles:
            raise OfficeRefused("sync.not_a_member", territory=sent.territory)
        if not 0 < len(sent.entries) <= LARGEST_PUSH:
            raise OfficeRefused("sync.not_a_message")
        self._role = roles[sent.territory]
        now = select(territory.c.epoch, territory.c.head_rev).where(territory.c.id == sent.territory)
        self._epoch, self._head = self._connection.execute(now).one()
        self._approvals = approvals.Approvals(self._connection, sent.territory, self._caller, self._role, self._load)

    def _locked_mark(self) -> tuple[int, bytes]:
        row = self._connection.execute(select(mark).filter_by(**self._of_device).with_for_update()).mappings().first()
        if row is None:
            self._connection.execute(insert(mark).values(acked_seq=0, acked_hash=b"", contact_ms=0, **self._of_device))
            return 0, b""
        self._last_contact = row["contact_ms"]
        return row["acked_seq"], row["acked_hash"]

    def _move_mark(self, acked_seq: int, acked_hash: bytes) -> None:
        moved = {"acked_seq": acked_seq, "acked_hash": acked_hash, "contact_ms": self._received}
        self._connection.execute(update(mark).filter_by(**self._of_device).values(moved))

    def _answers_from(self, first_seq: int) -> list[Answer]:
        first = max(0, min(first_seq, ledger.UNTAKEN))  # a database has no larger numbers
        wanted = select(answer.c.body).filter_by(**self._of_device).where(answer.c.seq >= first).order_by(answer.c.seq)
        return [msgspec.convert(body, Answer) for body in self._connection.scalars(wanted)]

    def _examine(self, entry: Entry) -> None:
        try:
            push_reader.check_form(entry, loose=isinstance(self._sent, push_reader.LoosePush))
        except (TypeError, ValueError) as error:
            self._flaws[entry.seq] = error

    def _load(self, ids: set[str]) -> dict[str, dict[str, Any]]:
        found = ledger.locked(self._connection, self._sent.territory, ids)
        self._before |= found
        return found

    def _take_batch(self, batch: list[Entry], work: Work) -> None:
        """One user action, all or nothing, under its own guard: it may not stop the queue."""
        trial = work.trial()
        try:
            for entry in batch:
                self._check_content(entry)
            asked = self._approvals.submissions(batch, work.records)
            for entry in batch:
                self._take_entry(entry, asked.without(entry), trial)
            edits = {key: one.edit for key, one in trial.touched.items()}
            papers = self._approvals.settle(batch, asked, work.records, trial.records, edits)
            for key, (form, paper, edit) in papers.items():
                trial.records[key] = (form, paper)
                trial.touched[key] = ledger.Touched(form, paper, edit)
                trial.beyond_asked = True
        except (_WaitsForRecord, BadValue, UserError) as error:
            if not self._times and not isinstance(error, _WaitsForRecord):
                work.answers += [Answer(seq=entry.seq, kind="rejected", reason=error.message) for entry in batch]
                return
            # what was parked and breaks a rule now may keep it once others have come again, too
            self._parked += [(entry, self._edit(entry).at_ms) for entry in batch]
            reason = "sync.waits_for_record"
            work.answers += [Answer(seq=entry.seq, kind="held", reason=reason) for entry in batch]
        except DBAPIError:
            raise  # the database's trouble is no fault of the content; the whole push is tried again
        except Exception as error:  # noqa: BLE001  # whatever it is, it is kept, and the queue goes on
            _log.warning("held: %s of device %s: %r", batch[0].seq, self._caller.device, error)
            reason = repr(error)[:200].replace("\0", "")
            self._held += [(entry.seq, msgspec.msgpack.encode(entry), reason) for entry in batch]
            work.answers += [Answer(seq=entry.seq, kind="held", reason="sync.held") for entry in batch]
        else:
            trial.log = batch
            work.keep(trial)

    def _check_content(self, entry: Entry) -> None:
        """Values must be values of the laptop's own record classes."""
        if entry.seq in self._flaws:
            raise self._flaws[entry.seq]
        if not known(entry.entity):
            raise UserError("sync.undeclared")
        if self._sent.territory == COMPANY and self._role != Role.OFFICE:
            raise UserError("sync.office_only")
        fields = fields_of(form_named(entry.entity))
        for name, (old, new) in entry.fields.items():
            if isinstance(new, int) and new not in _INTEGERS:
                raise BadValue("value.not_a_number")
            if name in fields:
                kind = fields[name].kind
                kind.from_wire(new) if old == new else kind.check(new)
                if isinstance(kind, LinkKind) and new == entry.record_id:
                    raise UserError("sync.circular")

    def _edit(self, entry: Entry) -> merge.Edit:
        """Who and when: by the monotonic clock within the boot of the push, else by the wall clock's distance.

        Always since the device's last contact and not before its own previous edit: a wrong clock cannot win
        beyond its own absence.
        """
        sent = self._sent
        if entry.seq in self._times:
            return merge.Edit(self._times[entry.seq], self._caller.name, self._caller.device, ledger.UNTAKEN)
        ago = sent.mono_ms - entry.mono_ms if entry.boot_id == sent.boot_id else sent.wall_ms - entry.wall_ms
        at = min(self._received, max(self._last_contact, self._last_edit, self._received - ago))
        self._last_edit = at
        return merge.Edit(at, self._caller.name, self._caller.device, ledger.UNTAKEN)

    def _take_entry(self, entry: Entry, fields: Mapping[str, list[Wire]], work: Work) -> None:
        """One entry into its record; `fields` are those of it that are the laptop's to write."""
        entity, found = work.records.get(entry.record_id, (entry.entity, None))
        if entity != entry.entity:
            raise UserError("sync.other_form")
        if found is None and entry.kind != "create":
            if entry.kind == "delete" and entry.base_rev == 0 and not approvals.is_step(entity):
                return  # of what never came: it is not here already
            # its author saw it at a revision of the office: it went with an older life, and will be brought again
            raise _WaitsForRecord if entry.base_rev > 0 else UserError("sync.unknown_record")
        edit = self._edit(entry)
        if approvals.is_step(entity):
            step = self._approvals.take(entry, found, edit, work.records)
            if step is not found:
                work.records[entry.record_id] = (entity, step)
                work.touched[entry.record_id] = ledger.Touched(entity, step, edit)
            work.beyond_asked = True
            return
        change = merge.Change(entry.kind, keys.as_given(entity, fields, found, edit.device), self._seen(entry), edit)
        open_losses = {unit: loss for unit, (_, loss) in work.conflicts.get(entry.record_id, {}).items()}
        row = self._living_row(entry, work) if entry.kind == "delete" and found is not None else None
        if found is not None and row is not None and not found.deleted:
            merged, losses = found, [merge.not_deleted(row)]
        else:
            merged, losses = merge.merge(entity, found, change, open_losses)
        self._check_writer(change, entity, found, merged)
        self._check_circle(entry, merged, work)
        if self._keys.claim(entity, entry.record_id, found, merged, work.claims):
            work.beyond_asked = True
        work.records[entry.record_id] = (entity, merged)
        work.touched[entry.record_id] = ledger.Touched(entity, merged, edit)
        if entry.kind != "delete":
            self._restore_parent(entity, merged, edit, work)
        if losses:
            made = [self._conflict(entry, loss, edit, work) for loss in losses]
            names = [name for loss in losses for name in loss.mine]
            work.answers.append(Answer(seq=entry.seq, kind="conflict", fields=names, conflict_id=made[0]))

    def _seen(self, entry: Entry) -> int:
        """The revision that its author saw; none that was lost with an earlier life of this office."""
        return entry.base_rev if entry.base_rev <= self._head else 0

    def _check_circle(self, entry: Entry, merged: merge.Record, work: Work) -> None:
        """A record may not come after itself: a laptop that follows its links would never arrive."""
        for name, declared in fields_of(form_named(entry.entity)).items():
            if name in entry.fields and isinstance(declared.kind, LinkKind) and declared.kind.to == entry.entity:
                seen, at = {entry.record_id}, merged.data.get(name)
                while isinstance(at, str) and at:
                    if at in seen or len(seen) > _LONGEST_LINE:
                        raise UserError("sync.circular")
                    seen.add(at)
                    following = self._record(at, work)
                    at = following.data.get(name) if following else ""

    def _record(self, record_id: str, work: Work) -> merge.Record | None:
        """A record as this push has it by now."""
        if record_id not in work.records:
            for key, found in self._load({record_id}).items():
                work.records[key] = (found["entity"], ledger.loaded(found))
        _, record = work.records.get(record_id, ("", None))
        return record

    def _check_writer(
        self, change: merge.Change, entity: str, found: merge.Record | None, merged: merge.Record
    ) -> None:
        """Who is signed in, in the role that he has here, against what the office has."""
        writer = rights.Writer(self._caller.name, self._role)
        edit = rights.Edit(change.kind, found.data if found else None, change.fields, merged.data)
        if reason := rights.refusal(form_named(entity), edit, writer):
            raise UserError(reason)

    def _living_row(self, entry: Entry, work: Work) -> merge.Edit | None:
        """The last edit of a row under this record that its deleter did not know: it is still there."""
        for row in self._rows.get(entry.record_id, ()):
            _, now = work.records.get(row["id"], ("", ledger.loaded(row)))
            if row["rev"] > self._seen(entry) and not now.deleted:
                return max((now.created, *now.edits.values()), key=lambda edit: edit.rev)
        return None

    def _restore_parent(self, entity: str, row: merge.Record, edit: merge.Edit, work: Work) -> None:
        """A row under a deleted parent brings the parent back."""
        parent_id = row.data.get(push_reader.parent_link(entity))
        if not isinstance(parent_id, str) or not parent_id:
            return
        parent = self._record(parent_id, work)
        if parent is not None and parent.deleted:
            form, _ = work.records[parent_id]
            restored, _ = merge.merge(form, parent, merge.Change("restore", {}, ledger.UNTAKEN, edit))
            work.records[parent_id] = (form, restored)
            work.touched[parent_id] = ledger.Touched(form, restored, edit)
            work.beyond_asked = True

    def _conflict(self, entry: Entry, loss: merge.Loss, edit: merge.Edit, work: Work) -> str:
        """The value that does not stand becomes a record of the same territory; returns its id.

        The id is derived from the entry that began the conflict, so that nothing makes it twice.
        """
        before = work.conflicts.get(entry.record_id, {})
        began = f"{entry.record_id}/{loss.unit}/{edit.device}/{entry.seq}"
        conflict_id = before[loss.unit][0] if loss.unit in before else str(uuid.uuid5(_CONFLICTS, began))
        data: dict[str, Wire] = {
            "entity": entry.entity,
            "record_id": entry.record_id,
            "unit": loss.unit,
            "base": json.dumps(loss.base, ensure_ascii=False),
            "mine": json.dumps(loss.mine, ensure_ascii=False),
            "theirs": json.dumps(loss.theirs, ensure_ascii=False),
            "mine_by": edit.by,
            "theirs_by": loss.theirs_edit.by,
            "mine_at": moment_to_wire(datetime.fromtimestamp(edit.at_ms / 1000, UTC)),
            "standing": loss.standing,
            "settled": False,
        }
        row = merge.Record(data, edit)
        work.conflicts[entry.record_id] = before | {loss.unit: (conflict_id, loss)}
        work.records[conflict_id] = ("conflict", row)
        work.touched[conflict_id] = ledger.Touched("conflict", row, edit)
        return conflict_id

    def _write_log(self, work: Work) -> None:
        if work.log:
            rows = [{"seq": e.seq, "received_ms": self._received, "entry": msgspec.to_builtins(e)} for e in work.log]
            self._connection.execute(insert(change_log), [self._of_device | row for row in rows])
        if work.answers:
            said = [{"seq": one.seq, "body": msgspec.to_builtins(one)} for one in work.answers]
            self._connection.execute(insert(answer), [self._of_device | row for row in said])
        if self._held:
            kept = [{"seq": seq, "raw": raw, "reason": reason} for seq, raw, reason in self._held]
            self._connection.execute(insert(held), [self._of_device | row for row in kept])
        if self._parked:
            who = {"person_id": self._caller.person, "received_ms": self._received}
            waits = [{"seq": e.seq, "at_ms": at, "entry": msgspec.to_builtins(e)} for e, at in self._parked]
            self._connection.execute(insert(parked), [self._of_device | who | row for row in waits])


class _WaitsForRecord(Exception):
    pass


def _take_parked(connection: Connection, territory_id: str, came: dict[str, int]) -> None:
    """Take in the batches that waited for what has just come, and those that waited for these in turn."""
    wanted = (
        select(parked, account.c.name)
        .join(account, account.c.person_id == parked.c.person_id)
        .where(parked.c.territory_id == territory_id)
        .order_by(parked.c.at_ms, parked.c.device_id, parked.c.seq)  # a decision may wait for the one before it
    )
    while came:
        rows = connection.execute(wanted).mappings().all()
        now: dict[str, int] = {}
        for (device, _), found in groupby(rows, key=lambda row: (row["device_id"], row["entry"]["batch_first"])):
            batch = list(found)
            names = SentEntry.__struct_fields__
            sent = Push(
                territory=territory_id,
                epoch="",
                first_seq=batch[0]["seq"],
                prev_hash=b"",
                entries=[SentEntry(*(row["entry"][name] for name in names)) for row in batch],
                wall_ms=0,
                boot_id="",
                mono_ms=0,
                schema=batch[0]["entry"]["schema"],
            )
            caller = Caller(device, batch[0]["person_id"], batch[0]["name"])
            again = _Intake(connection, caller, sent, batch[0]["received_ms"])
            with contextlib.suppress(OfficeRefused):  # he is no member any more: it goes on waiting
                now |= again.take_parked({row["seq"]: row["at_ms"] for row in batch})
        came = now
