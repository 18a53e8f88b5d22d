"""What only the office decides: whether a decision on a step of an approval counts, and a contract's number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, select

from salesdesk.errors import UserError
from salesdesk.process import approval
from salesdesk.process.contracting import is_provisional
from salesdesk.records.base import COMPANY, Record
from salesdesk.records.contract import ApprovalPolicy, ApprovalStep, Contract
from salesdesk.records.negotiation import NegotiationResult, ResultReview
from salesdesk.records.registry import fields_of, form_named
from salesdesk.server import ledger
from salesdesk.server.tables import record
from salesdesk.sync import merge

_STEPS: dict[str, type[ApprovalStep | ResultReview]] = {
    "approval_step": ApprovalStep,
    "result_review": ResultReview,
}
_PAPERS: dict[str, type[Contract | NegotiationResult]] = {
    "approval_step": Contract,
    "result_review": NegotiationResult,
}
Records = Mapping[str, tuple[str, merge.Record | None]]


def is_step(entity: str) -> bool:
    """Whether a record is a step of an approval."""
    return entity in _STEPS


def check(
    connection: Connection,
    territory_id: str,
    records: Records,
    step_id: str,
    entity: str,
    merged: merge.Record,
    person: str,
    role: str,
) -> None:
    """Refuse a decision that its author may not make; `records` are those this push has touched so far.

    The rules are those of the laptop (`process.approval`), asked of what the office has: the paper as it is now,
    the steps as they are now, and who is really there. Raises `UserError`.
    """
    _, before = records.get(step_id, (entity, None))
    if before is None:
        if merged.data.get("decision"):
            raise UserError("approval.forged")
        return
    if all(_same(before, merged, name) for name in ("decision", "person_id", "fingerprint", "step")):
        return
    parent = form_named(entity).__form__.parent or ""
    paper_id = str(before.data.get(parent, ""))
    paper = _paper(connection, territory_id, records, entity, paper_id)
    if paper is None:
        raise UserError("approval.no_paper")
    steps = _steps_of(connection, territory_id, records, entity, paper_id)
    own = next((step for step in steps if step.id == step_id), None)
    if own is None:
        raise UserError("approval.not_its_turn")
    if reason := approval.refusal(paper, steps, own, person, role):
        raise UserError(reason)
    if merged.data.get("decision") and merged.data.get("person_id") != person:
        raise UserError("approval.forged")


def check_chains(connection: Connection, territory_id: str, records: Records, created: Iterable[str]) -> None:
    """Refuse a submission that does not ask everybody whom the office's policies name. Raises `UserError`.

    Asked of one user action as a whole, since its steps arrive one by one; `created` are the records it makes.
    """
    submitted: dict[str, str] = {}
    for record_id in created:
        entity, step = records[record_id]
        if entity in _STEPS and step is not None and not step.deleted:
            submitted[str(step.data.get(form_named(entity).__form__.parent or "", ""))] = entity
    for paper_id, entity in submitted.items():
        paper = _paper(connection, territory_id, records, entity, paper_id)
        steps = _steps_of(connection, territory_id, records, entity, paper_id)
        if paper is None or approval.standing(paper, steps) is not approval.Standing.PENDING:
            raise UserError("approval.changed")
        if not approval.suffices(steps, paper, _policies(connection, territory_id, records)):
            raise UserError("approval.other_chain")


def number(connection: Connection, provisional: str, taken: Records) -> str:
    """The office's number for a contract: `HT-YYYYMMNNN`, the next one of its month."""
    month = provisional.removeprefix("HT-")[:6]
    prefix = f"HT-{month}"
    column = record.c.data["number"].as_string()
    stored = connection.scalars(select(column).where(record.c.entity == "contract", column.like(f"{prefix}%")))
    here = [str(one.data.get("number", "")) for form, one in taken.values() if form == "contract" and one is not None]
    used = [text.removeprefix(prefix) for text in (*stored, *here) if text and text.startswith(prefix)]
    return f"{prefix}{max((int(n) for n in used if n.isdigit()), default=0) + 1:03d}"


def wants_number(entity: str, merged: merge.Record) -> bool:
    """Whether a contract still has the number that the laptop made up."""
    return entity == "contract" and is_provisional(str(merged.data.get("number", "")))


def _paper(
    connection: Connection, territory_id: str, records: Records, entity: str, paper_id: str
) -> Contract | NegotiationResult | None:
    form = _PAPERS[entity]
    _, found = records.get(paper_id, ("", None))
    if found is None:
        row = ledger.locked(connection, territory_id, [paper_id]).get(paper_id)
        found = ledger.loaded(row) if row else None
    return None if found is None or found.deleted else _typed(form, paper_id, found.data)


def _policies(connection: Connection, territory_id: str, records: Records) -> list[ApprovalPolicy]:
    wanted = select(record).where(
        record.c.territory_id.in_([territory_id, COMPANY]),
        record.c.entity == ApprovalPolicy.__tablename__,
    )
    stored = {row["id"]: ledger.loaded(dict(row)) for row in connection.execute(wanted).mappings()}
    pushed = {key: one for key, (entity, one) in records.items() if entity == ApprovalPolicy.__tablename__ and one}
    return [_typed(ApprovalPolicy, key, one.data) for key, one in (stored | pushed).items() if not one.deleted]


def _steps_of(
    connection: Connection, territory_id: str, records: Records, entity: str, paper_id: str
) -> list[approval.Step]:
    form = _STEPS[entity]
    stored = ledger.rows_under(connection, territory_id, str(_PAPERS[entity].__tablename__), paper_id, 0)
    known: dict[str, merge.Record] = {key: ledger.loaded(row) for key, row in stored.items() if row["entity"] == entity}
    for key, (its_form, one) in records.items():
        if its_form == entity and one is not None and one.data.get(form.__form__.parent or "") == paper_id:
            known[key] = one
    return [_typed(form, key, one.data) for key, one in known.items() if not one.deleted]


def _typed(form: type[Any], record_id: str, data: Mapping[str, Any]) -> Any:
    fields = fields_of(form)
    values = {name: field.kind.from_wire(data[name]) for name, field in fields.items() if name in data}
    made: Record = form(id=record_id, **values)
    return made


def _same(before: merge.Record, merged: merge.Record, name: str) -> bool:
    return (before.data.get(name) or "") == (merged.data.get(name) or "")
