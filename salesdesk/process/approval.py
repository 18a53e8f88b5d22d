"""审批: who must agree, in which order, and when an agreement is void. The same rules on laptop and office.

A step names the fingerprint of what is decided upon: the paper's content and the chain of steps it was submitted to.
Another content, or a step taken away, has another fingerprint, so that an approval is void without anybody having to
notice. A policy that changes later asks nothing new of what was submitted before it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from enum import StrEnum
from functools import cache

from salesdesk.records.base import Record
from salesdesk.records.contract import ApprovalPolicy, ApprovalStep, Contract
from salesdesk.records.negotiation import NegotiationResult, ResultReview
from salesdesk.records.registry import fields_of, form_named, forms

Step = ApprovalStep | ResultReview
Paper = Contract | NegotiationResult
SUBMITTER = "submitted_id"  # the account that submitted a paper; what it seals is said by the submission


class Standing(StrEnum):
    """How far an approval is."""

    NOT_SUBMITTED = "not_submitted"
    PENDING = "pending"
    APPROVED = "approved"
    RETURNED = "returned"
    REJECTED = "rejected"
    VOID = "void"


def covered(record: Record) -> tuple[str, ...]:
    """The fields that are decided upon."""
    return tuple(field.name for field in fields_of(type(record)).values() if field.covered)


def steps_form(paper: type[Record]) -> type[Step]:
    """The form of a paper's steps."""
    assert paper.__form__.approval is not None
    form = form_named(paper.__form__.approval.rows)
    assert issubclass(form, ApprovalStep | ResultReview)
    return form


def papers() -> list[type[Paper]]:
    """The forms that need approval."""
    return [form for form in forms() if issubclass(form, Contract | NegotiationResult) and form.__form__.approval]


@cache
def paper_form(step: str) -> type[Paper] | None:
    """The paper that rows of a form decide upon; `None` when they are no steps of an approval."""
    return next((form for form in papers() if steps_form(form).__tablename__ == step), None)


def submission_fields(paper: type[Record]) -> frozenset[str]:
    """What a submission says of a paper: who submitted it, and when."""
    fields = fields_of(paper).values()
    return frozenset(field.name for field in fields if field.sealed_by == SUBMITTER) | {SUBMITTER}


def chain_of(paper: type[Record]) -> tuple[str, ...]:
    """Everybody who may have to agree, in order."""
    return tuple(role.value for role in paper.__form__.approval.chain) if paper.__form__.approval else ()


def fingerprint(record: Record, chain: Sequence[str]) -> str:
    """SHA-256 over everything that is decided upon, and by whom.

    Signing, filing and the office's number are not part of it; nor is the customer's record, which a merge replaces.
    """
    return content_of(record, covered(record), chain=",".join(chain))


def content_of(record: Record, names: Sequence[str], **more: str) -> str:
    """SHA-256 over some fields of a record, and more."""
    fields = fields_of(type(record))
    content = {name: fields[name].kind.to_wire(getattr(record, name)) for name in names} | more
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def chain_for(record: Record, policies: Sequence[ApprovalPolicy]) -> tuple[str, ...]:
    """The steps that a paper needs, in order.

    A result is reviewed by manager and legal. A contract needs every step that a policy names which its amount
    reaches or whose discount it undercuts; where no policy speaks, the toolkit's whole chain.
    """
    chain = chain_of(type(record))
    if not isinstance(record, Contract):
        return chain
    named = [policy for policy in policies if _applies(policy, record)]
    return tuple(step for step in chain if not named or any(getattr(policy, step) for policy in named))


def _applies(policy: ApprovalPolicy, contract: Contract) -> bool:
    amount, price = contract.amount or 0, contract.list_price
    if policy.amount_from is not None and amount >= policy.amount_from:
        return True
    below = policy.discount_below
    return below is not None and bool(price) and amount * 100 < below * (price or 0)


def standing(record: Record, steps: Sequence[Step]) -> Standing:
    """Where the approval stands, by its steps alone."""
    if not steps:
        return Standing.NOT_SUBMITTED
    now = fingerprint(record, _names(steps))
    if any(step.fingerprint != now for step in steps) or len({step.submission for step in steps}) > 1:
        return Standing.VOID
    for word, outcome in (("rejected", Standing.REJECTED), ("returned", Standing.RETURNED)):
        if any(step.decision == word for step in steps):
            return outcome
    return Standing.APPROVED if all(step.decision == "approved" for step in steps) else Standing.PENDING


def current_step(steps: Sequence[Step]) -> Step | None:
    """The step whose turn it is; `None` when all are decided."""
    return next((step for step in _ordered(steps) if not step.decision), None)


def suffices(steps: Sequence[Step], record: Record, policies: Sequence[ApprovalPolicy]) -> bool:
    """Whether a submission asks everybody whom the policies name, once and in order."""
    return _names(steps) == chain_for(record, policies)


def refusal(record: Record, steps: Sequence[Step], step: Step, person_id: str, role: str) -> str | None:
    """Why a person may not decide a step now, as a message id; `None` when he may.

    `steps` are all steps as they stand before the decision. Nobody decides twice, or on his own paper; the steps
    go in their order; only its role decides a step, and of that role, once it was handed on, one colleague alone;
    what changed since the submission is submitted anew.
    """
    submitters = {getattr(record, SUBMITTER), *(other.created_by for other in steps)} - {"", None}
    turn = current_step(steps)
    reasons = (
        ("approval.not_its_turn", turn is None or turn.id != step.id),
        ("approval.changed", step.fingerprint != fingerprint(record, _names(steps))),
        ("approval.ended", any(other.decision in {"returned", "rejected"} for other in steps)),
        ("approval.changed", not submitters),  # nobody knows whose paper it is
        ("approval.own", person_id in submitters),
        ("approval.twice", any(other.decision and other.person_id == person_id for other in steps)),
        ("approval.handed_to_another", bool(step.person_id) and step.person_id != person_id),
        ("approval.not_your_role", role != step.step),
    )
    return next((reason for reason, applies in reasons if applies), None)


def may_be_handed(record: Record, steps: Sequence[Step], step: Step, person_id: str, role: str) -> bool:
    """Whether a step can go to a colleague: one of its role, who has not submitted the paper or decided on it."""
    submitters = {getattr(record, SUBMITTER), *(other.created_by for other in steps)}
    decided = {other.person_id for other in steps if other.decision}
    return role == step.step and person_id not in submitters | decided


def _ordered(steps: Sequence[Step]) -> list[Step]:
    return sorted(steps, key=lambda step: step.row_no or 0)


def _names(steps: Sequence[Step]) -> tuple[str, ...]:
    return tuple(step.step for step in _ordered(steps))
