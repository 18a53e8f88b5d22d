"""The checklist of each stage, as the toolkit asks it. Open items ask for a reason, never forbid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from salesdesk.process.decision_chain import WHOLE, total_weight
from salesdesk.records.base import Stage
from salesdesk.records.discovery import ConfirmationLetter, DecisionRole, NeedsAnalysis, Outline
from salesdesk.records.prospecting import Contact, Customer


@dataclass(frozen=True)
class CheckItem:
    """One line of a checklist; `name` is the id of its sentence."""

    name: str
    done: bool


@dataclass(frozen=True)
class Facts:
    """What is known of one customer's round when its checklist is read."""

    customer: Customer
    contacts: Sequence[Contact] = ()
    outline: Outline | None = None
    analysis: NeedsAnalysis | None = None
    roles: Sequence[DecisionRole] = ()
    letter: ConfirmationLetter | None = None


def checklist(stage: Stage, facts: Facts) -> list[CheckItem]:
    """The stage's checklist in the order of the toolkit; empty for the stages still to come."""
    if stage is Stage.PROSPECTING:
        return _prospecting(facts)
    if stage is Stage.DISCOVERY:
        return _discovery(facts)
    return []


def next_stage(stage: Stage) -> Stage | None:
    """The stage after this one; `None` after the last."""
    order = list(Stage)
    position = order.index(stage) + 1
    return order[position] if position < len(order) else None


def _prospecting(facts: Facts) -> list[CheckItem]:
    customer = facts.customer
    return [
        CheckItem("prospecting.sheet", bool(customer.name and customer.industry and customer.need)),
        CheckItem("prospecting.contact", any(c.name and (c.phone or c.email or c.wechat) for c in facts.contacts)),
        CheckItem("prospecting.contact_verified", customer.contact_verified),
        CheckItem("prospecting.size_verified", customer.size_verified),
        CheckItem("prospecting.graded", bool(customer.grade)),
        CheckItem("prospecting.follow_up", customer.follow_up_on is not None),
    ]


def _discovery(facts: Facts) -> list[CheckItem]:
    analysis, letter = facts.analysis, facts.letter
    return [
        CheckItem("discovery.outline", facts.outline is not None),
        CheckItem("discovery.needs", bool(analysis and analysis.explicit_needs and analysis.implicit_needs)),
        CheckItem("discovery.weights", bool(facts.roles) and total_weight(facts.roles) == WHOLE),
        CheckItem("discovery.budget", bool(analysis and analysis.budget and analysis.cooperation_period)),
        CheckItem("discovery.letter_sent", bool(letter and letter.sent_at)),
        CheckItem("discovery.confirmed", bool(letter and letter.confirmed_on)),
    ]
