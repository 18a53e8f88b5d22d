"""What a rep does in 商务谈判: opening a meeting, and drawing up its result."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

from salesdesk.errors import UserError
from salesdesk.process import negotiating
from salesdesk.records.negotiation import Negotiation, NegotiationResult, NegotiationTerm
from salesdesk.store import queries
from salesdesk.store.workspace import Workspace


def open_meeting(workspace: Workspace, customer_id: str, today: date) -> Negotiation:
    """A 商务谈判要点表 for today, beginning with what the last meeting left open."""
    with workspace.changing("negotiation.open") as changes:
        card = queries.card(changes.session, customer_id)
        if card is None:
            raise UserError("stage.no_opportunity")
        meeting = changes.add(
            Negotiation(
                customer_id=customer_id,
                opportunity_id=card.opportunity.id if card.opportunity else "",
                met_on=today,
                territory=card.customer.territory,
            )
        )
        for number, term in enumerate(negotiating.open_points(card.rows_of(NegotiationTerm)), start=1):
            changes.add(
                NegotiationTerm(
                    negotiation_id=meeting.id,
                    row_no=number,
                    topic=term.topic,
                    term=term.open_point,
                    carried_from=term.id,
                    territory=meeting.territory,
                )
            )
    return meeting


def draw_up_result(workspace: Workspace, customer_id: str, today: date) -> NegotiationResult:
    """A 谈判结果确认单 from what the meetings agreed.

    A round without an amount gets the agreed one.

    Raises `UserError` `negotiation.none` when there was no meeting.
    """
    with workspace.changing("result.draw_up") as changes:
        card = queries.card(changes.session, customer_id)
        if card is None or not card.of(Negotiation):
            raise UserError("negotiation.none")
        terms = [
            term
            for meeting in reversed(card.of(Negotiation))
            for term in queries.rows(changes.session, NegotiationTerm, meeting.id)
        ]
        agreed = negotiating.agreed(terms)
        before = sum(result.agreed_on == today for result in card.of(NegotiationResult))
        opportunity = card.opportunity
        if opportunity is not None and opportunity.amount is None:
            opportunity.amount = agreed.amount  # board and forecast count it from now on
        return changes.add(
            NegotiationResult(
                customer_id=customer_id,
                opportunity_id=opportunity.id if opportunity else "",
                reference=f"TP-{today:%Y%m%d}-{customer_id[-4:].upper()}" + (f"-{before + 1}" if before else ""),
                agreed_on=today,
                payment_days=negotiating.days_in(agreed.payment),
                delivery_days=negotiating.days_in(agreed.delivery),
                territory=card.customer.territory,
                **asdict(agreed),
            )
        )
