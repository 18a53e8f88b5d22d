"""Who follows up whom: one line a colleague, from one statement each over customers and rounds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from salesdesk.records.prospecting import Customer
from salesdesk.records.work import Opportunity


@dataclass(frozen=True)
class Workload:
    """What a colleague has: customers, those whose follow-up is overdue, open rounds and their amount (分)."""

    owner: str
    customers: int
    overdue: int
    rounds: int
    amount: int


def workloads(session: Session, today: date) -> list[Workload]:
    """Every name that customers or rounds are followed up by; the busiest first."""
    late = func.count(case((Customer.follow_up_on < today, 1)))
    customers = session.execute(
        select(Customer.owner, func.count(), late)
        .where(Customer.deleted_at.is_(None), Customer.status != "closed")
        .group_by(Customer.owner)
    )
    rounds = session.execute(
        select(Opportunity.owner, func.count(), func.coalesce(func.sum(Opportunity.amount), 0))
        .where(Opportunity.deleted_at.is_(None), Opportunity.outcome == "open")
        .group_by(Opportunity.owner)
    )
    held = {owner: (count, overdue or 0) for owner, count, overdue in customers}
    running = {owner: (count, amount or 0) for owner, count, amount in rounds}
    found = [
        Workload(owner, *held.get(owner, (0, 0)), *running.get(owner, (0, 0))) for owner in held.keys() | running.keys()
    ]
    return sorted(found, key=lambda load: (-load.customers, load.owner))
