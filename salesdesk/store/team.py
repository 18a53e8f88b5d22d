"""Who follows up whom: one line a colleague, from the running totals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from salesdesk.records.prospecting import Customer
from salesdesk.records.work import Person
from salesdesk.store import due, queries
from salesdesk.store.tables import customer_tally, round_tally

_MOST_COLLEAGUES = 500


@dataclass(frozen=True)
class Workload:
    """What a colleague has: customers, those whose follow-up is overdue, open rounds and their amount (分)."""

    owner: str
    customers: int
    overdue: int
    rounds: int
    amount: int


def colleagues(session: Session, but: str = "", role: str = "") -> list[Person]:
    """Everybody who works with the office, except the person with the id `but`; who was changed last comes first.

    With `role` those alone who have it.
    """
    everybody = queries.listed(session, Person, limit=_MOST_COLLEAGUES)
    return [person for person in everybody if person.id != but and role in {"", person.role}]


def overview(session: Session, today: date) -> tuple[list[Workload], list[str]]:
    """The workloads, and the names of everybody to whom customers can be handed."""
    return workloads(session, today), [person.name for person in colleagues(session)]


def workloads(session: Session, today: date) -> list[Workload]:
    """Every name that customers or open rounds are followed up by; the busiest first."""
    held = {
        owner: count
        for owner, count in session.execute(select(customer_tally.c.owner, customer_tally.c.customers))
        if count
    }
    overdue = session.execute(
        select(Customer.owner, func.count()).where(due.follow_ups(today - due.DAY)).group_by(Customer.owner)
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
