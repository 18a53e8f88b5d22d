"""The checklist of each stage, as the toolkit asks it. Open items ask for a reason, never forbid."""

from __future__ import annotations

from dataclasses import dataclass

from salesdesk.process import approval, contracting, negotiating, offering
from salesdesk.process.approval import Standing
from salesdesk.process.clocks import contact_due
from salesdesk.process.decision_chain import total_weight
from salesdesk.process.facts import Facts
from salesdesk.records.base import Stage
from salesdesk.records.discovery import ALL_WEIGHTS


@dataclass(frozen=True)
class CheckItem:
    """One line of a checklist; `name` is the id of its sentence."""

    name: str
    done: bool


def checklist(stage: Stage, facts: Facts) -> list[CheckItem]:
    """The stage's checklist in the order of the toolkit."""
    return {
        Stage.PROSPECTING: _prospecting,
        Stage.DISCOVERY: _discovery,
        Stage.PROPOSAL: _proposal,
        Stage.NEGOTIATION: _negotiation,
        Stage.CONTRACT: _contract,
        Stage.CARE: _care,
    }[stage](facts)


def next_stage(stage: Stage) -> Stage | None:
    """The stage after this one; `None` after the last."""
    order = list(Stage)
    position = order.index(stage) + 1
    return order[position] if position < len(order) else None


_CHANCES = {
    Stage.PROSPECTING: 10,
    Stage.DISCOVERY: 20,
    Stage.PROPOSAL: 40,
    Stage.NEGOTIATION: 60,
    Stage.CONTRACT: 80,
    Stage.CARE: 100,
}


def chance(stage: str) -> int:
    """How likely a round in a stage is to be won, in percent: the weight of its amount in a forecast.

    A customary scale, not measured; 0 for a stage that this program does not know.
    """
    return _CHANCES[Stage(stage)] if stage in set(Stage) else 0


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
        CheckItem("discovery.weights", bool(facts.roles) and total_weight(facts.roles) == ALL_WEIGHTS),
        CheckItem("discovery.budget", bool(analysis and analysis.budget and analysis.cooperation_period)),
        CheckItem("discovery.letter_sent", bool(letter and letter.sent_at)),
        CheckItem("discovery.confirmed", bool(letter and letter.confirmed_on)),
    ]


def _proposal(facts: Facts) -> list[CheckItem]:
    proposal = facts.proposal
    return [
        CheckItem("proposal.modules", proposal is not None and not offering.missing_modules(facts.modules)),
        CheckItem("proposal.value", offering.worth(facts.value_lines, None).a_year > 0),
        CheckItem("proposal.within_capacity", proposal is not None and not offering.check(proposal)),
        CheckItem("proposal.presented", bool(proposal and proposal.presented_on)),
        CheckItem("proposal.objections", all(o.outcome not in {"", "open"} for o in facts.objections)),
    ]


def _negotiation(facts: Facts) -> list[CheckItem]:
    plan, result = facts.plan, facts.result
    limits = plan is not None and plan.floor_price is not None and plan.longest_payment_days is not None
    return [
        CheckItem("negotiation.limits", limits),
        CheckItem("negotiation.strategy", bool(plan and plan.interests and plan.concessions)),
        CheckItem("negotiation.held", facts.meeting is not None),
        CheckItem("negotiation.settled", bool(facts.terms) and not negotiating.open_points(facts.terms)),
        CheckItem("negotiation.result", result is not None),
        CheckItem(
            "negotiation.within_limits",
            result is not None and not negotiating.check_result(result, plan, facts.calendar),
        ),
        CheckItem(
            "negotiation.reviewed",
            result is not None and approval.standing(result, facts.reviews) is Standing.APPROVED,
        ),
    ]


def _contract(facts: Facts) -> list[CheckItem]:
    contract = facts.contract
    if contract is None:
        names = ("drafted", "complete", "as_negotiated", "approved", "signed", "filed")
        return [CheckItem(f"contract.{name}", done=False) for name in names]
    return [
        CheckItem("contract.drafted", done=True),
        CheckItem("contract.complete", not contracting.compliance(contract)),
        CheckItem(
            "contract.as_negotiated", facts.result is not None and not contracting.differences(facts.result, contract)
        ),
        CheckItem("contract.approved", approval.standing(contract, facts.steps) is Standing.APPROVED),
        CheckItem("contract.signed", contract.signed_on is not None),
        CheckItem("contract.filed", bool(contract.archive_place)),
    ]


def _care(facts: Facts) -> list[CheckItem]:
    delivery = facts.delivery
    in_time = (
        delivery is not None
        and delivery.delivered_on is not None
        and delivery.contacted_on is not None
        and delivery.contacted_on <= contact_due(delivery.delivered_on, facts.calendar)
    )
    return [
        CheckItem("care.delivered", bool(delivery and delivery.delivered_on)),
        CheckItem("care.contacted", in_time),
        CheckItem("care.accepted", bool(delivery and delivery.result)),
        CheckItem("care.visited", bool(facts.visits)),
        CheckItem("care.next_visit", bool(facts.visits and facts.visits[0].next_visit_on)),
    ]
