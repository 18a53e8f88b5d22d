"""Handing a colleague's customers to another."""

from __future__ import annotations

from sqlalchemy import select

from salesdesk.errors import UserError
from salesdesk.records.prospecting import Customer
from salesdesk.records.roles import LEADERS
from salesdesk.records.work import Opportunity, Task
from salesdesk.store.workspace import Workspace


def hand_over(workspace: Workspace, giver: str, taker: str) -> int:
    """Give all customers, open rounds and open tasks of one name to another, in one action that can be undone.

    Returns the number of customers. Raises `UserError` for whoever leads nobody, and for names that make no sense.
    """
    if workspace.identity.role not in LEADERS:
        raise UserError("team.not_a_leader")
    taker = taker.strip()
    if not taker or taker == giver:
        raise UserError("team.to_whom")
    with workspace.changing("team.hand_over") as changes:
        customers = list(
            changes.session.scalars(select(Customer).where(Customer.owner == giver, Customer.deleted_at.is_(None)))
        )
        rounds = changes.session.scalars(
            select(Opportunity).where(
                Opportunity.owner == giver, Opportunity.outcome == "open", Opportunity.deleted_at.is_(None)
            )
        )
        for record in (*customers, *rounds):
            record.owner = taker
        tasks = changes.session.scalars(
            select(Task).where(Task.assignee == giver, Task.done.is_(False), Task.deleted_at.is_(None))
        )
        for task in tasks:
            task.assignee = taker
    return len(customers)
