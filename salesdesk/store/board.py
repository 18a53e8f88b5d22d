"""The pipeline at a glance: every stage with its count, its sum and the cards touched last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Integer, Select, bindparam, func, select
from sqlalchemy.orm import Session

from salesdesk.records.base import Stage
from salesdesk.records.prospecting import Customer
from salesdesk.records.work import Opportunity


@dataclass(frozen=True)
class BoardCard:
    """One open opportunity; `amount` is in 分."""

    opportunity_id: str
    customer_id: str
    name: str
    grade: str
    amount: int | None
    close_on: date | None
    touched_at: datetime


@dataclass(frozen=True)
class Column:
    """A stage: how many open opportunities stand there, what they come to (分), and the newest of them."""

    count: int
    amount_total: int
    cards: list[BoardCard]


def board(session: Session, limit_per_stage: int = 50) -> dict[Stage, Column]:
    """All six stages in one consistent read, the last touched cards first."""
    totals = {stage: (count, int(amount or 0)) for stage, count, amount in session.execute(_TOTALS)}
    found = {}
    for stage in Stage:
        rows = session.execute(_CARDS, {"stage": stage.value, "limit": limit_per_stage})
        found[stage] = Column(*totals.get(stage.value, (0, 0)), [BoardCard(*row) for row in rows])
    return found


def _cards() -> Select[Any]:
    opportunity, customer = Opportunity.__table__.c, Customer.__table__.c
    newest = (opportunity.updated_at.desc(), opportunity.id.desc())
    # the page is cut along the index before anything is joined to it: its cost does not grow with the stage
    page = (
        select(Opportunity.__table__)
        .where(opportunity.outcome == "open", opportunity.stage == bindparam("stage"), opportunity.deleted_at.is_(None))
        .order_by(*newest)
        .limit(bindparam("limit", type_=Integer))
        .cte("page")
    )
    return (
        select(
            page.c.id,
            page.c.customer_id,
            customer.name,
            customer.grade,
            page.c.amount,
            page.c.close_on,
            page.c.updated_at,
        )
        .select_from(page.join(Customer.__table__, customer.id == page.c.customer_id))
        .order_by(page.c.updated_at.desc(), page.c.id.desc())
    )


_CARDS = _cards()
_TOTALS = (
    select(Opportunity.stage, func.count(), func.sum(Opportunity.amount))
    .where(Opportunity.outcome == "open", Opportunity.deleted_at.is_(None))
    .group_by(Opportunity.stage)
)
