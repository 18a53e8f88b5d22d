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

from salesdesk.records.base import Record
from salesdesk.records.contract import ApprovalPolicy, ApprovalStep, Contract
from salesdesk.records.negotiation import AgreedTerms, NegotiationResult, ResultReview
from salesdesk.records.registry import fields_of

Step = ApprovalStep | ResultReview
CHAIN = ("manager", "legal", "general_manager")
REVIEW = ("manager", "legal")
_COVERED: dict[type[Record], tuple[str, ...]] = {
    Contract: (
        *("amount", "list_price", "kind", "party_a", "party_b"),
        *("subject", "acceptance", "liability", *AgreedTerms.__annotations__),
    ),
    NegotiationResult: ("amount", *AgreedTerms.__annotations__),
}


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
    return _COVERED[type(record)]


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
    if not isinstance(record, Contract):
        return REVIEW
    named = [policy for policy in policies if _applies(policy, record)]
    return tuple(step for step in CHAIN if not named or any(getattr(policy, step) for policy in named))


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
    if any(step.fingerprint != now for step in steps):
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
    go in their order; a step handed to somebody is his alone; what changed since the submission is submitted anew.
    """
    turn = current_step(steps)
    reasons = (
        ("approval.not_its_turn", turn is None or turn.id != step.id),
        ("approval.changed", step.fingerprint != fingerprint(record, _names(steps))),
        ("approval.ended", any(other.decision in {"returned", "rejected"} for other in steps)),
        ("approval.own", bool(person_id) and person_id == getattr(record, "submitted_id", "")),
        ("approval.twice", any(other.decision and other.person_id == person_id for other in steps)),
        ("approval.handed_to_another", bool(step.person_id) and step.person_id != person_id),
        ("approval.not_your_role", not step.person_id and role != step.step),
    )
    return next((reason for reason, applies in reasons if applies), None)


def _ordered(steps: Sequence[Step]) -> list[Step]:
    return sorted(steps, key=lambda step: step.row_no or 0)


def _names(steps: Sequence[Step]) -> tuple[str, ...]:
    return tuple(step.step for step in _ordered(steps))
