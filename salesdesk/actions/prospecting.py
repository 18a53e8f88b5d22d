"""What a rep does in 客户开发."""

from __future__ import annotations

from salesdesk.errors import UserError
from salesdesk.process.stages import Facts, checklist, next_stage
from salesdesk.records.base import Stage
from salesdesk.records.prospecting import Customer
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
        outline=card.outlines[0] if card.outlines else None,
        analysis=card.analysis,
        roles=card.roles,
        letter=card.letter,
    )


def move_on(workspace: Workspace, customer_id: str, reason: str = "") -> Stage:
    """Bring the customer's open round into the next stage and return it.

    Raises `UserError` `stage.reason_needed` when the checklist has open items and no reason is given.
    """
    with workspace.changing("stage.move") as changes:
        card = queries.card(changes.session, customer_id)
        if card is None or card.opportunity is None or card.opportunity.outcome != "open":
            raise UserError("stage.no_opportunity")
        stage = Stage(card.opportunity.stage)
        following = next_stage(stage)
        if following is None:
            raise UserError("stage.last")
        still_open = [item for item in checklist(stage, facts_of(card)) if not item.done]
        if still_open and not reason.strip():
            raise UserError("stage.reason_needed", field="reason", open=len(still_open))
        card.opportunity.stage = following.value
        if still_open:
            noted = f"{stage.value}: {reason.strip()}"
            card.opportunity.stage_reason = "\n".join(filter(None, [card.opportunity.stage_reason, noted]))
    return following
