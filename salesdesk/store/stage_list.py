"""The list of a stage: one statement a page, plain values, cut by key. A page costs the same at any size."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any, cast

from sqlalchemy import CTE, ColumnElement, Integer, Select, Table, bindparam, case, func, select, tuple_
from sqlalchemy.orm import Session

from salesdesk.process.grading import NO_RANK, Match
from salesdesk.records.base import Record, Stage
from salesdesk.records.discovery import ConfirmationLetter, NeedsAnalysis, Outline
from salesdesk.records.prospecting import Contact, Customer
from salesdesk.records.work import Opportunity
from salesdesk.store.matches import matches_of, profiles, ranking

PAGE = 100


@dataclass(frozen=True)
class Line:
    """A customer in the list of a stage, with what its badge needs.

    Interview, letter and outline are the newest of the customer; empty values where there is none.
    """

    opportunity_id: str
    touched_at: datetime
    customer_id: str
    name: str
    industry: str
    grade: str
    status: str
    follow_up_on: date | None
    contact_name: str | None
    contact_position: str | None
    interviewed_on: date | None
    interviewed_until: time | None
    letter_state: str | None
    letter_sent_at: datetime | None
    planned_on: date | None
    match: Match | None = None  # in the first stage

    @property
    def rank(self) -> int:
        """The line's place in a list with the best match first."""
        return self.match.rank if self.match else NO_RANK


def in_stage(
    session: Session,
    stage: Stage,
    after: tuple[int, datetime, str] | None = None,
    limit: int = PAGE,
    *,
    best_first: bool = False,
) -> list[Line]:
    """A page of the customers in a stage, the last touched or the best match first.

    `after` is `rank`, `touched_at` and `opportunity_id` of the last line of the page before.
    """
    if best_first:
        statement = _page(ranking(profiles(session)), first=after is None)
    else:
        statement = _FIRST_PAGE if after is None else _NEXT_PAGE
    wanted: dict[str, object] = {"stage": stage.value, "limit": limit}
    if after is not None:
        wanted |= {"touched_at": after[1], "opportunity_id": after[2]} | ({"rank": after[0]} if best_first else {})
    lines = [Line(*row) for row in session.execute(statement, wanted)]
    if stage is not Stage.PROSPECTING:
        return lines
    matches = matches_of(session, [line.customer_id for line in lines])
    return [replace(line, match=matches.get(line.customer_id)) for line in lines]


def _page(rank: ColumnElement[int] | None = None, *, first: bool) -> Select[Any]:
    """The lines of a page, the last touched first; by `rank` before that, for which all of the stage are counted."""
    opportunity, customer = Opportunity.__table__.c, Customer.__table__.c
    key: tuple[ColumnElement[Any], ...] = (opportunity.updated_at, opportunity.id)
    last: tuple[ColumnElement[Any], ...] = (
        bindparam("touched_at", type_=opportunity.updated_at.type),
        bindparam("opportunity_id"),
    )
    page = select(*key, opportunity.customer_id)
    if rank is not None:
        page = page.add_columns(rank.label("rank")).join(Customer.__table__, customer.id == opportunity.customer_id)
        key, last = (rank, *key), (bindparam("rank", type_=Integer), *last)
    page = (
        page.where(
            opportunity.outcome == "open", opportunity.stage == bindparam("stage"), opportunity.deleted_at.is_(None)
        )
        .order_by(*(column.desc() for column in key))
        .limit(bindparam("limit", type_=Integer))
    )
    if not first:
        page = page.where(tuple_(*key) < tuple_(*last))
    top = page.cte("page")
    contact, interview = _chosen(Contact, "min", top), _chosen(NeedsAnalysis, "max", top)
    letter, outline = _chosen(ConfirmationLetter, "max", top), _chosen(Outline, "max", top)
    joined = top.join(Customer.__table__, customer.id == top.c.customer_id)
    for table, condition in (contact, interview, letter, outline):
        joined = joined.outerjoin(table, condition)
    return (
        select(
            top.c.id,
            top.c.updated_at,
            customer.id,
            customer.name,
            customer.industry,
            customer.grade,
            customer.status,
            customer.follow_up_on,
            contact[0].c.name,
            contact[0].c.position,
            interview[0].c.interviewed_on,
            interview[0].c.interviewed_until,
            # a letter of an older interview says nothing of this one
            case((letter[0].c.analysis_id == interview[0].c.id, letter[0].c.state)),
            case((letter[0].c.analysis_id == interview[0].c.id, letter[0].c.sent_at)),
            outline[0].c.planned_on,
        )
        .select_from(joined)
        .order_by(*([top.c.rank.desc()] if "rank" in top.c else []), top.c.updated_at.desc(), top.c.id.desc())
    )


def _chosen(form: type[Record], extreme: str, top: CTE) -> tuple[Table, ColumnElement[bool]]:
    """The form's table, and the condition that picks the customer's oldest ("min") or newest ("max") record."""
    table = cast("Table", form.__table__)
    other = table.alias()
    picked = getattr(func, extreme)(other.c.id)
    ids = select(picked).where(other.c.customer_id == top.c.customer_id, other.c.deleted_at.is_(None))
    return table, table.c.id == ids.scalar_subquery()


_FIRST_PAGE, _NEXT_PAGE = _page(first=True), _page(first=False)
