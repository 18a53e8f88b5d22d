"""Who follows up whom: one line a colleague, from the running totals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from salesdesk.records.prospecting import Customer
from salesdesk.store.tables import customer_tally, round_tally


@dataclass(frozen=True)
class Workload:
    """What a colleague has: customers, those whose follow-up is overdue, open rounds and their amount (分)."""

    owner: str
    customers: int
    overdue: int
    rounds: int
    amount: int


def workloads(session: Session, today: date) -> list[Workload]:
    """Every name that customers or open rounds are followed up by; the busiest first."""
    held = {
        owner: count
        for owner, count in session.execute(select(customer_tally.c.owner, customer_tally.c.customers))
        if count
    }
    overdue = session.execute(
        select(Customer.owner, func.count())
        .where(Customer.follow_up_on < today, Customer.deleted_at.is_(None), Customer.status != "closed")
        .group_by(Customer.owner)
    )
    late = {owner: count for owner, count in overdue}  # noqa: C416  # rows are no pairs for mypy
    tally = round_tally.c
    running = {
        owner: (count, amount)
        for owner, count, amount in session.execute(
            select(tally.owner, func.sum(tally.rounds), func.sum(tally.amount))
            .where(tally.outcome == "open", tally.rounds > 0)
            .group_by(tally.owner)
        )
    }
    found = [
        Workload(owner, held.get(owner, 0), late.get(owner, 0), *running.get(owner, (0, 0)))
        for owner in held.keys() | running.keys()
    ]
    return sorted(found, key=lambda load: (-load.customers, load.owner))
