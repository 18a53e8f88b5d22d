"""Approvals at the office: it makes the steps that a laptop asks for, and says whether a decision counts.

The rules are those of the laptop (`process.approval`), asked of what the office has: the paper as it is now, the
steps as they are now, and who is really there. Of an entry only the request is read: which paper, which decision,
which words. Who, in which role, when, and all that links a step to its paper is the office's own.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, select

from salesdesk.errors import UserError
from salesdesk.process import approval
from salesdesk.process.approval import Paper, Standing, Step
from salesdesk.process.rights import differ
from salesdesk.records.base import COMPANY
from salesdesk.records.contract import ApprovalPolicy
from salesdesk.records.entry import Entry
from salesdesk.records.kinds import Wire
from salesdesk.records.moments import moment_to_wire
from salesdesk.records.registry import fields_of, form_named
from salesdesk.server import ledger
from salesdesk.server.accounts import Caller
from salesdesk.server.tables import account, membership, record
from salesdesk.sync import merge

_SUBMISSIONS = uuid.UUID("c0a4a1de-6b51-5c1e-8f0e-9d7a52f6b3c4")
_ASKED_OF_A_STEP = ("row_no", "step", "fingerprint")  # besides its paper; the office makes the same, or refuses
_DECISION = ("decision", "opinion", "decided_on", "decided_at", "approver", "person_id")
Records = Mapping[str, tuple[str, merge.Record | None]]
Load = Callable[[set[str]], Mapping[str, Mapping[str, Any]]]


def is_step(entity: str) -> bool:
    """Whether a record is a step of an approval."""
    return approval.paper_form(entity) is not None


@dataclass
class Procedure:
    """A paper, its living steps as the rules read them, and all steps that it ever had."""

    paper: Paper
    stored: merge.Record
    steps: list[Step]
    ever: dict[str, merge.Record]


@dataclass
class Submissions:
    """What one user action does to the steps of papers. `said` is what it says of the submissions themselves."""

    papers: frozenset[str] = frozenset()
    said: dict[str, dict[str, Wire]] = field(default_factory=dict)

    def without(self, entry: Entry) -> Mapping[str, list[Wire]]:
        """The fields of an entry that are the laptop's to write; what it says of its submission is kept aside."""
        if entry.record_id not in self.papers:
            return entry.fields
        names = approval.submission_fields(form_named(entry.entity))
        self.said[entry.record_id] = {name: new for name, (_, new) in entry.fields.items() if name in names}
        return {name: pair for name, pair in entry.fields.items() if name not in names}


class Approvals:
    """The office's word on the approvals that one push is about. `load` locks records and returns their rows."""

    def __init__(self, connection: Connection, territory_id: str, caller: Caller, role: str, load: Load) -> None:
        self._connection = connection
        self._territory_id = territory_id
        self._caller = caller
        self._role = role
        self._load = load

    def submissions(self, batch: Iterable[Entry], records: Records) -> Submissions:
        """The papers whose steps an action makes, or puts into or out of the bin."""
        found = set()
        for entry in batch:
            if is_step(entry.entity) and entry.kind != "update":
                parent = form_named(entry.entity).__form__.parent or ""
                _, known = records.get(entry.record_id, ("", None))
                found.add(str((known.data.get(parent) if known else entry.fields.get(parent, [None])[-1]) or ""))
        return Submissions(frozenset(found))

    def take(self, entry: Entry, found: merge.Record | None, edit: merge.Edit, records: Records) -> merge.Record:
        """The step as an entry leaves it. Raises `UserError` for what its author may not do."""
        form = form_named(entry.entity)
        if not entry.fields.keys() <= fields_of(form).keys():
            raise UserError("sync.undeclared")
        said = {name: new for name, (_, new) in entry.fields.items()}
        if found is None:
            return self._asked_for(entry, {name: new for name, new in said.items() if differ(new, None)}, edit)
        if entry.kind in {"delete", "restore"}:
            seen = entry.base_rev if entry.kind == "delete" else ledger.UNTAKEN
            merged, losses = merge.merge(entry.entity, found, merge.Change(entry.kind, {}, seen, edit))
            if losses:  # somebody decided meanwhile
                raise UserError("approval.changed")
            return merged
        if not any(differ(new, found.data.get(name)) for name, new in said.items()):
            if found.deleted:
                raise UserError("approval.changed")
            return found
        return self._decided(entry, found, said, edit, records)

    def _asked_for(self, entry: Entry, said: dict[str, Wire], edit: merge.Edit) -> merge.Record:
        parent = form_named(entry.entity).__form__.parent or ""
        if said.keys() - {parent, *_ASKED_OF_A_STEP}:
            raise UserError("approval.forged")
        name = f"{self._caller.device}/{entry.batch_first}/{said.get(parent)}"
        return merge.Record(said | {"submission": str(uuid.uuid5(_SUBMISSIONS, name))}, edit)

    def _decided(
        self, entry: Entry, found: merge.Record, said: dict[str, Wire], edit: merge.Edit, records: Records
    ) -> merge.Record:
        parent = form_named(entry.entity).__form__.parent or ""
        procedure = self._procedure(entry.entity, str(found.data.get(parent, "")), records)
        if procedure is None:
            raise UserError("approval.no_paper")
        own = next((step for step in procedure.steps if step.id == entry.record_id), None)
        if own is None:
            raise UserError("approval.not_its_turn")
        if reason := approval.refusal(procedure.paper, procedure.steps, own, self._caller.person, self._role):
            raise UserError(reason)
        if differ(said.get("fingerprint", own.fingerprint), own.fingerprint):
            raise UserError("approval.changed")  # he looked at another content
        asked = {name for name, new in said.items() if differ(new, found.data.get(name))}
        if said.get("decision") and asked <= set(_DECISION):
            values = self._decision(said, edit)
        elif said.get("person_id") and asked <= {"person_id", "approver"}:
            values = self._handed_on(procedure, own, str(said["person_id"]))
        else:
            raise UserError("approval.forged")
        return _with(found, values, edit)

    def _decision(self, said: dict[str, Wire], edit: merge.Edit) -> dict[str, Wire]:
        opinion = str(said.get("opinion") or "").strip()
        if said["decision"] != "approved" and not opinion:
            raise UserError("approval.reason_needed")
        if said.get("person_id") not in {None, "", self._caller.person}:
            raise UserError("approval.forged")
        at = datetime.fromtimestamp(edit.at_ms / 1000, UTC)
        return {
            "decision": said["decision"],
            "opinion": opinion,
            "decided_on": said.get("decided_on") or at.astimezone().date().isoformat(),
            "decided_at": moment_to_wire(at),
            "approver": self._caller.name,
            "person_id": self._caller.person,
        }

    def _handed_on(self, procedure: Procedure, own: Step, person: str) -> dict[str, Wire]:
        wanted = select(account.c.name, membership.c.role).where(
            account.c.person_id == person,
            membership.c.person_id == account.c.person_id,
            membership.c.territory_id == self._territory_id,
        )
        colleague = self._connection.execute(wanted).first()
        if colleague is None or not approval.may_be_handed(
            procedure.paper, procedure.steps, own, person, colleague.role
        ):
            raise UserError("approval.not_to_him")
        return {"person_id": person, "approver": colleague.name}

    def settle(
        self,
        batch: Sequence[Entry],
        asked: Submissions,
        before: Records,
        after: Records,
        edits: Mapping[str, merge.Edit],
    ) -> dict[str, tuple[str, merge.Record, merge.Edit]]:
        """Check an action's steps as a whole, since they come one by one; returns the papers as submissions leave them.

        `before` and `after` are the records around the action, `edits` who touched them. Raises `UserError`.
        """
        written = {}
        for paper_id in sorted(asked.papers):
            steps = [one for one in batch if is_step(one.entity) and _paper_of(one, after) == paper_id]
            moved = _Moved.between(before, after, {one.record_id for one in steps})
            if not moved:
                continue
            procedure = self._procedure(steps[0].entity, paper_id, after)
            if procedure is None:
                if moved.made or moved.restored:
                    raise UserError("approval.no_paper")
                continue  # the steps of a paper go with it
            if moved.made:
                self._check_submission(procedure, moved, before, after)
            else:
                self._check_kept(procedure, moved)
            edit = next(edits[one.record_id] for one in steps if one.record_id in edits)
            form = str(type(procedure.paper).__tablename__)
            values = self._submission_of(procedure, asked.said.get(paper_id, {}), edit)
            written[paper_id] = (form, _with(procedure.stored, values, edit), edit)
        return written

    def _check_submission(self, procedure: Procedure, moved: _Moved, before: Records, after: Records) -> None:
        """New steps take the place of all others, and ask everybody whom the office's policies name."""
        paper = procedure.paper
        gone = [_typed(type(procedure.steps[0]), key, _there(before[key])) for key in moved.removed]
        kept = [step for step in procedure.steps if step.id not in moved.made]
        if kept or approval.standing(paper, gone) in {Standing.PENDING, Standing.APPROVED}:
            raise UserError("approval.running")
        if approval.standing(paper, procedure.steps) is not Standing.PENDING:
            raise UserError("approval.changed")
        if not approval.suffices(procedure.steps, paper, self._policies(after)):
            raise UserError("approval.other_chain")

    def _check_kept(self, procedure: Procedure, moved: _Moved) -> None:
        """Without a new submission, one that nobody has decided on may be taken back by who asked for it.

        What comes out of the bin is a whole submission, and the last on which anybody has decided.
        """
        creators = self._creators(moved.removed)
        for key in moved.removed:
            if (
                procedure.ever[key].data.get("decision")
                or creators.get(key, self._caller.person) != self._caller.person
            ):
                raise UserError("approval.stands")
        living = {step.id for step in procedure.steps}
        if not living:
            return
        names = {str(procedure.ever[key].data.get("submission") or "") for key in living}
        whole = {key for key, one in procedure.ever.items() if str(one.data.get("submission") or "") in names}
        last = max(procedure.ever[key].created.rev for key in living)
        later = [one for key, one in procedure.ever.items() if key not in living and one.created.rev > last]
        if len(names) > 1 or whole != living or any(one.data.get("decision") for one in later):
            raise UserError("approval.stands")

    def _submission_of(self, procedure: Procedure, said: Mapping[str, Wire], edit: merge.Edit) -> dict[str, Wire]:
        """What the paper says of its submission: who asked for the steps that stand, not what a laptop wrote there."""
        if not procedure.steps:
            return dict(said) | {approval.SUBMITTER: ""}
        person = procedure.steps[0].created_by
        name = self._connection.scalar(select(account.c.name).where(account.c.person_id == person))
        today = datetime.fromtimestamp(edit.at_ms / 1000, UTC).astimezone().date().isoformat()
        on = said.get("submitted_on") or procedure.stored.data.get("submitted_on") or today
        return {approval.SUBMITTER: person, "submitted_by": name or "", "submitted_on": on}

    def _procedure(self, entity: str, paper_id: str, records: Records) -> Procedure | None:
        """The paper of steps of this form, locked; `None` when there is none."""
        form = approval.paper_form(entity)
        its_form, found = records.get(paper_id, ("", None))
        if found is None and (row := self._load({paper_id}).get(paper_id)):
            its_form, found = row["entity"], ledger.loaded(row)
        if form is None or found is None or found.deleted or its_form != form.__tablename__:
            return None
        rows = approval.steps_form(form)
        stored = ledger.rows_with(self._connection, self._territory_id, rows, paper_id)
        ever = {key: ledger.loaded(row) for key, row in stored.items()}
        parent = rows.__form__.parent or ""
        for key, (its_entity, one) in records.items():
            if its_entity == entity and one is not None and one.data.get(parent) == paper_id:
                ever[key] = one
        steps = []
        for key, one in ever.items():
            if not one.deleted:
                step: Step = _typed(rows, key, one.data)
                step.created_by = stored[key]["created_by"] if key in stored else self._caller.person
                steps.append(step)
        return Procedure(_typed(form, paper_id, found.data), found, steps, ever)

    def _creators(self, ids: Iterable[str]) -> dict[str, str]:
        return {key: str(row["created_by"]) for key, row in self._load(set(ids)).items()}

    def _policies(self, records: Records) -> list[ApprovalPolicy]:
        wanted = select(record).where(
            record.c.territory_id.in_([self._territory_id, COMPANY]),
            record.c.entity == ApprovalPolicy.__tablename__,
        )
        found = {row["id"]: ledger.loaded(dict(row)) for row in self._connection.execute(wanted).mappings()}
        found |= {key: one for key, (entity, one) in records.items() if entity == ApprovalPolicy.__tablename__ and one}
        return [_typed(ApprovalPolicy, key, one.data) for key, one in found.items() if not one.deleted]


@dataclass(frozen=True)
class _Moved:
    """The steps of a paper that an action made, put into the bin, and took out of it."""

    made: frozenset[str]
    removed: frozenset[str]
    restored: frozenset[str]

    def __bool__(self) -> bool:
        return bool(self.made or self.removed or self.restored)

    @classmethod
    def between(cls, before: Records, after: Records, ids: set[str]) -> _Moved:
        def lives(records: Records, key: str) -> bool:
            _, one = records.get(key, ("", None))
            return one is not None and not one.deleted

        new = {key for key in ids if before.get(key, ("", None))[1] is None}
        return cls(
            frozenset(key for key in new if lives(after, key)),
            frozenset(key for key in ids if lives(before, key) and not lives(after, key)),
            frozenset(key for key in ids - new if lives(after, key) and not lives(before, key)),
        )


def _there(found: tuple[str, merge.Record | None]) -> Mapping[str, Wire]:
    assert found[1] is not None
    return found[1].data


def _paper_of(entry: Entry, records: Records) -> str:
    _, found = records.get(entry.record_id, ("", None))
    return str(found.data.get(form_named(entry.entity).__form__.parent or "") or "") if found else ""


def _with(found: merge.Record, values: Mapping[str, Wire], edit: merge.Edit) -> merge.Record:
    changed = [name for name, value in values.items() if differ(value, found.data.get(name))]
    edits = found.edits | dict.fromkeys(changed, edit)
    return merge.Record(found.data | dict(values), found.created, found.deleted, edits)


def _typed(form: type[Any], record_id: str, data: Mapping[str, Any]) -> Any:
    fields = fields_of(form)
    values = {name: each.kind.from_wire(data[name]) for name, each in fields.items() if name in data}
    return form(id=record_id, **values)
