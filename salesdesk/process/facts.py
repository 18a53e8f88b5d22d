"""What is known of one customer's round: the rules read it, screens and actions gather it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from salesdesk.process.working_days import BUILT_IN, WorkingCalendar
from salesdesk.records.care import Delivery, Visit
from salesdesk.records.contract import ApprovalStep, Contract
from salesdesk.records.discovery import ConfirmationLetter, DecisionRole, NeedsAnalysis, Outline
from salesdesk.records.negotiation import (
    Negotiation,
    NegotiationPlan,
    NegotiationResult,
    NegotiationTerm,
    ResultReview,
)
from salesdesk.records.proposal import Objection, Proposal, ProposalModule, ValueLine
from salesdesk.records.prospecting import Contact, Customer


@dataclass(frozen=True)
class Facts:
    """The newest paper of each kind with its rows; `terms` are those of the newest meeting."""

    customer: Customer
    contacts: Sequence[Contact] = ()
    outline: Outline | None = None
    analysis: NeedsAnalysis | None = None
    roles: Sequence[DecisionRole] = ()
    letter: ConfirmationLetter | None = None
    proposal: Proposal | None = None
    modules: Sequence[ProposalModule] = ()
    value_lines: Sequence[ValueLine] = ()
    objections: Sequence[Objection] = ()
    plan: NegotiationPlan | None = None
    meeting: Negotiation | None = None
    terms: Sequence[NegotiationTerm] = ()
    result: NegotiationResult | None = None
    reviews: Sequence[ResultReview] = ()
    contract: Contract | None = None
    steps: Sequence[ApprovalStep] = ()
    delivery: Delivery | None = None
    visits: Sequence[Visit] = ()
    calendar: WorkingCalendar = BUILT_IN
