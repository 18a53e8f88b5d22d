"""What a rep does in 商务谈判: opening a meeting, and drawing up its result."""

from __future__ import annotations

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
    """A 谈判结果确认单 from what the meetings agreed; of each topic the last word counts.

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
            if term.consensus.strip()
        ]
        before = sum(result.agreed_on == today for result in card.of(NegotiationResult))
        said = {topic: "；".join(t.consensus for t in terms if _topic(t) == topic) for topic in _FIELDS}
        opportunity = card.opportunity
        amounts = [negotiating.amount_in(t.consensus) for t in terms if _topic(t) == "price"]
        amount = next((one for one in reversed(amounts) if one is not None), None)
        if opportunity is not None and opportunity.amount is None:
            opportunity.amount = amount  # board and forecast count it from now on
        return changes.add(
            NegotiationResult(
                customer_id=customer_id,
                opportunity_id=opportunity.id if opportunity else "",
                reference=f"TP-{today:%Y%m%d}-{customer_id[-4:].upper()}" + (f"-{before + 1}" if before else ""),
                amount=amount,
                agreed_on=today,
                payment_days=negotiating.days_in(said["payment"]),
                delivery_days=negotiating.days_in(said["delivery"]),
                territory=card.customer.territory,
                **{field: said[topic] for topic, field in _FIELDS.items()},
            )
        )


_FIELDS = {"payment": "payment", "delivery": "delivery", "support": "support", "other": "other_terms"}


def _topic(term: NegotiationTerm) -> str:
    """The term's topic, or what its words say."""
    if term.topic:
        return term.topic
    words = {
        "price": ("价", "费"),
        "payment": ("付款", "分期", "账期"),
        "delivery": ("交付", "工期"),
        "support": ("售后",),
    }
    return next((topic for topic, signs in reversed(words.items()) if any(s in term.term for s in signs)), "other")
