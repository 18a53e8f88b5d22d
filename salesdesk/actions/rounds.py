"""A customer's round: beginning it, moving it on, ending it, and beginning the next."""

from __future__ import annotations

from datetime import date

from salesdesk.errors import UserError
from salesdesk.process.facts import Facts
from salesdesk.process.stages import checklist, next_stage
from salesdesk.records.base import Stage
from salesdesk.records.care import Delivery, Visit
from salesdesk.records.contract import ApprovalStep, Contract
from salesdesk.records.discovery import DecisionRole, NeedsAnalysis, Outline
from salesdesk.records.negotiation import (
    Negotiation,
    NegotiationPlan,
    NegotiationResult,
    NegotiationTerm,
    ResultReview,
)
from salesdesk.records.proposal import Objection, Proposal, ProposalModule, ValueLine
from salesdesk.records.prospecting import Customer
from salesdesk.records.registry import fields_of
from salesdesk.records.work import Opportunity
from salesdesk.store import queries
from salesdesk.store.workspace import Changes, Workspace


def start_first_round(changes: Changes, customer: Customer) -> None:
    """A new customer starts with a first opportunity in the first stage."""
    changes.add(
        Opportunity(
            customer_id=customer.id,
            subject=customer.name,
            round=1,
            stage=Stage.PROSPECTING.value,
            stage_since=changes.now.date(),
            outcome="open",
            owner=customer.owner,
            territory=customer.territory,
        )
    )


def facts_of(card: queries.Card) -> Facts:
    """A customer's card as the rules read it."""
    return Facts(
        customer=card.customer,
        contacts=card.contacts,
        outline=card.newest(Outline),
        analysis=card.analysis,
        roles=card.roles,
        letter=card.letter,
        proposal=card.newest(Proposal),
        modules=card.rows_of(ProposalModule),
        value_lines=card.rows_of(ValueLine),
        objections=card.of(Objection),
        plan=card.newest(NegotiationPlan),
        meeting=card.newest(Negotiation),
        terms=card.rows_of(NegotiationTerm),
        result=card.newest(NegotiationResult),
        reviews=card.rows_of(ResultReview),
        contract=card.newest(Contract),
        steps=card.rows_of(ApprovalStep),
        delivery=card.newest(Delivery),
        visits=sorted(card.of(Visit), key=lambda visit: (visit.visited_on or date.min, visit.id), reverse=True),
        calendar=card.calendar,
    )


def move_on(workspace: Workspace, opportunity_id: str, stage: Stage, reason: str = "") -> Stage:
    """Bring an open round from `stage` into the next one and return that.

    Raises `UserError`: `stage.elsewhere` when the round has left `stage` meanwhile (a second click, a sync),
    `stage.reason_needed` when the checklist has open items and no reason is given.
    """
    with workspace.changing("stage.move") as changes:
        card, opportunity = _open_round(changes, opportunity_id)
        if opportunity.stage != stage.value:
            raise UserError("stage.elsewhere")
        following = next_stage(stage)
        if following is None:
            raise UserError("stage.last")
        _pass(card, opportunity, reason)
        opportunity.stage = following.value
        opportunity.stage_since = changes.now.date()
    return following


def close(workspace: Workspace, opportunity_id: str, outcome: str, reason: str) -> None:
    """End an open round as `won` or `lost`. Raises `UserError` without a reason for a loss."""
    if outcome == "lost" and not reason.strip():
        raise UserError("round.reason_needed", field="reason")
    with workspace.changing("round.close") as changes:
        _, opportunity = _open_round(changes, opportunity_id)
        opportunity.outcome = outcome
        opportunity.outcome_reason = reason.strip()


def start_next(workspace: Workspace, opportunity_id: str, reason: str = "") -> Opportunity:
    """复购: end a customer's last round as won, if it is open, and begin the next in 需求分析 with what is still true.

    The new 客户需求分析记录表 has the decision chain of the last one, and the new needs that the visits brought.
    Raises `UserError`: `round.another` when a later round has begun meanwhile, `stage.reason_needed` when the round
    is open with open items and no reason is given.
    """
    with workspace.changing("round.next") as changes:
        card, last = _round(changes, opportunity_id)
        customer_id = last.customer_id
        if last.outcome == "open":
            _pass(card, last, reason)
            last.outcome = "won"
        following = changes.add(
            Opportunity(
                customer_id=customer_id,
                subject=last.subject,
                round=(last.round or 1) + 1,
                stage=Stage.DISCOVERY.value,
                stage_since=changes.now.date(),
                outcome="open",
                owner=last.owner,
                previous_id=last.id,
                territory=last.territory,
            )
        )
        needs = [visit.new_needs.strip() for visit in card.of(Visit) if visit.new_needs.strip()]
        analysis = changes.add(
            NeedsAnalysis(
                customer_id=customer_id,
                opportunity_id=following.id,
                participants=card.analysis.participants if card.analysis else "",
                explicit_needs="\n".join(dict.fromkeys(needs)),
                territory=last.territory,
            )
        )
        for role in card.roles:
            kept = {name: getattr(role, name) for name in fields_of(DecisionRole) if name not in {"analysis_id", "met"}}
            changes.add(DecisionRole(analysis_id=analysis.id, territory=last.territory, **kept))
    return following


def _round(changes: Changes, opportunity_id: str) -> tuple[queries.Card, Opportunity]:
    """The customer's card on this round; it must still be the one that cards show."""
    opportunity = changes.get(Opportunity, opportunity_id)
    card = queries.card(changes.session, opportunity.customer_id)
    if card is None or card.opportunity is None or card.opportunity.id != opportunity_id:
        raise UserError("round.another")
    return card, opportunity


def _open_round(changes: Changes, opportunity_id: str) -> tuple[queries.Card, Opportunity]:
    card, opportunity = _round(changes, opportunity_id)
    if opportunity.outcome != "open":
        raise UserError("stage.no_opportunity")
    return card, opportunity


def _pass(card: queries.Card, opportunity: Opportunity, reason: str) -> None:
    """Through the gate of the round's stage: with open items only for a reason, which is kept."""
    still_open = [item for item in checklist(Stage(opportunity.stage), facts_of(card)) if not item.done]
    if still_open and not reason.strip():
        raise UserError("stage.reason_needed", field="reason", open=len(still_open))
    if still_open:
        noted = f"{opportunity.stage}: {reason.strip()}"
        opportunity.stage_reason = "\n".join(filter(None, [opportunity.stage_reason, noted]))
