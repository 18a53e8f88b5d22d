"""审批: submitting a paper, deciding a step, handing it on. The office has the last word (docs/approval.md)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from salesdesk.errors import UserError
from salesdesk.process import approval
from salesdesk.process.approval import Standing, Step
from salesdesk.records.base import Record
from salesdesk.records.contract import ApprovalPolicy, ApprovalStep, Contract
from salesdesk.records.negotiation import NegotiationResult
from salesdesk.records.prospecting import Customer
from salesdesk.records.registry import fields_of, form_named
from salesdesk.records.work import Opportunity, Person
from salesdesk.store import journal, queries
from salesdesk.store.workspace import Changes, Session, Workspace


@dataclass(frozen=True)
class Procedure:
    """The approval of one paper: where it stands, its steps, and those of them that the office has not confirmed.

    `sent_back` is the step that sent an earlier submission back or rejected it, if any did.
    """

    standing: Standing
    steps: list[Step]
    unconfirmed: frozenset[str]
    sent_back: Step | None = None


@dataclass(frozen=True)
class Waiting:
    """A step that somebody may decide now; `sent_back` as in `Procedure`."""

    step: Step
    paper: Contract | NegotiationResult
    customer: Customer
    sent_back: Step | None


def procedure(session: Session, paper: Record) -> Procedure:
    """The approval of a contract or a negotiation result as this laptop knows it."""
    steps = _steps(session, paper)
    waiting = journal.waiting_of(session, [step.id for step in steps])
    return Procedure(approval.standing(paper, steps), steps, frozenset(waiting), _sent_back(session, paper))


def submit(workspace: Workspace, entity: str, record_id: str, today: date) -> None:
    """Ask for approval of a paper as it stands: one step for each who must agree, in order.

    An earlier round of the approval goes into the bin; the journal keeps it. Raises `UserError`
    `approval.incomplete` while required fields are empty, `approval.running` while the same content is decided.
    """
    with workspace.changing("approval.submit") as changes:
        paper = changes.get(form_named(entity), record_id)
        session = changes.session
        values = {f.name: getattr(paper, f.name) for f in fields_of(type(paper)).values() if f.required}
        empty = [name for name, value in values.items() if value is None or not str(value).strip()]
        if empty:
            raise UserError("approval.incomplete", field=empty[0])
        before = _steps(session, paper)
        if approval.standing(paper, before) in {Standing.PENDING, Standing.APPROVED}:
            raise UserError("approval.running")
        for step in before:
            changes.delete(step)
        assert isinstance(paper, Contract | NegotiationResult)
        identity = workspace.identity
        paper.submitted_by = identity.name
        paper.submitted_id = identity.person_id
        paper.submitted_on = paper.submitted_on or today
        form = approval.steps_form(type(paper))
        chain = approval.chain_for(paper, _policies(session))
        content = approval.fingerprint(paper, chain)
        for number, name in enumerate(chain, start=1):
            parent = {form.__form__.parent or "": paper.id}
            changes.add(form(row_no=number, step=name, fingerprint=content, territory=paper.territory, **parent))


def decide(workspace: Workspace, entity: str, step_id: str, decision: str, opinion: str, on: date) -> None:
    """Agree, send back or reject. A step of somebody else, or of another content, is refused with its reason."""
    if decision != "approved" and not opinion.strip():
        raise UserError("approval.reason_needed", field="opinion")
    with workspace.changing("approval.decide") as changes:
        step, paper, steps = _opened(changes, entity, step_id)
        identity = workspace.identity
        if reason := approval.refusal(paper, steps, step, identity.person_id, identity.role):
            raise UserError(reason)
        step.approver = identity.name
        step.person_id = identity.person_id
        step.decision = decision
        step.opinion = opinion.strip()
        step.decided_on = on
        step.decided_at = changes.now


def hand_on(workspace: Workspace, entity: str, step_id: str, person: Person) -> None:
    """Let a colleague decide a step in one's place; only whose turn it is may do so."""
    with workspace.changing("approval.hand_on") as changes:
        step, paper, steps = _opened(changes, entity, step_id)
        identity = workspace.identity
        if reason := approval.refusal(paper, steps, step, identity.person_id, identity.role):
            raise UserError(reason)
        if not approval.may_be_handed(paper, steps, step, person.id, person.role):
            raise UserError("approval.not_to_him")
        step.person_id = person.id
        step.approver = person.name


def waiting_for(session: Session, person_id: str, role: str) -> list[Waiting]:
    """The steps that this person may decide now, the longest waiting first."""
    found = []
    for form in map(approval.steps_form, approval.papers()):
        undecided: list[Step] = [
            *session.scalars(
                select(form).where(form.decision == "", form.deleted_at.is_(None)).order_by(form.created_at, form.id)
            )
        ]
        for step in undecided:
            paper = _paper_of(session, step)
            customer = session.get(Customer, paper.customer_id) if paper else None
            if paper is None or paper.deleted_at is not None or customer is None or _is_lost(session, paper):
                continue
            if approval.refusal(paper, _steps(session, paper), step, person_id, role) is None:
                found.append(Waiting(step, paper, customer, _sent_back(session, paper)))
    return found


def _paper_of(session: Session, step: Step) -> Contract | NegotiationResult | None:
    if isinstance(step, ApprovalStep):
        return session.get(Contract, step.contract_id)
    return session.get(NegotiationResult, step.result_id)


def _is_lost(session: Session, paper: Contract | NegotiationResult) -> bool:
    """Whether the paper's round was lost: nobody has to decide on it any more."""
    opportunity = session.get(Opportunity, paper.opportunity_id) if paper.opportunity_id else None
    return opportunity is not None and opportunity.outcome == "lost"


def _opened(changes: Changes, entity: str, step_id: str) -> tuple[Step, Contract | NegotiationResult, list[Step]]:
    step: Step = changes.get(approval.steps_form(form_named(entity)), step_id)
    paper = _paper_of(changes.session, step)
    if paper is None:
        raise UserError("approval.no_paper")
    return step, paper, _steps(changes.session, paper)


def _steps(session: Session, paper: Record) -> list[Step]:
    return list(queries.rows(session, approval.steps_form(type(paper)), paper.id))


def _sent_back(session: Session, paper: Record) -> Step | None:
    """The newest refusal of an earlier submission; its steps lie in the bin."""
    form = approval.steps_form(type(paper))
    parent = form.__table__.columns[form.__form__.parent or ""]
    refused = form.decision.in_(("returned", "rejected"))
    found: list[Step] = [
        *session.scalars(
            select(form)
            .where(parent == paper.id, form.deleted_at.is_not(None), refused)
            .order_by(form.decided_at.desc())
            .limit(1)
        )
    ]
    return next(iter(found), None)


def _policies(session: Session) -> list[ApprovalPolicy]:
    return list(session.scalars(select(ApprovalPolicy).where(ApprovalPolicy.deleted_at.is_(None))))
