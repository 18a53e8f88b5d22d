"""Customers held against 目标客户画像: their share, and lists with the best match first.

A list of any size is ordered by one statement, which counts as `grading.match` does; what is shown of the lines on the
screen is `grading`'s own answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Integer, and_, case, func, literal, or_, select, tuple_

from salesdesk.process import grading
from salesdesk.process.grading import Match
from salesdesk.records.language import Language
from salesdesk.records.prospecting import INDUSTRIES, Customer, IdealCustomer
from salesdesk.store.filters import Filter, condition
from salesdesk.store.queries import PAGE, listed
from salesdesk.store.workspace import Session

_MOST_PROFILES = 20
_INDUSTRIES = {option.value: option.label(Language.ZH) for option in INDUSTRIES}


@dataclass(frozen=True)
class Matched:
    """A customer, and how he fits the profile that suits him best; none where nothing can be compared."""

    customer: Customer
    match: Match | None

    @property
    def key(self) -> tuple[int, datetime, str]:
        """His place in a list with the best match first."""
        return self.match.rank if self.match else grading.NO_RANK, self.customer.updated_at, self.customer.id


def profiles(session: Session) -> list[IdealCustomer]:
    """The profiles that customers are held against, the oldest first."""
    wanted = select(IdealCustomer).where(IdealCustomer.deleted_at.is_(None)).order_by(IdealCustomer.id)
    return list(session.scalars(wanted.limit(_MOST_PROFILES)))


def matches_of(session: Session, customer_ids: Sequence[str]) -> dict[str, Match]:
    """How these customers fit, by their ids; without those who can be compared with no profile."""
    asked = profiles(session)
    if not asked:
        return {}
    customers = session.scalars(select(Customer).where(Customer.id.in_(customer_ids)))
    found = {customer.id: grading.best_match(customer, asked) for customer in customers}
    return {customer_id: match for customer_id, match in found.items() if match is not None}


def customers(
    session: Session, after: Matched | None = None, filters: Sequence[Filter] = (), *, best_first: bool = False
) -> list[Matched]:
    """A page of all customers that pass the filters with their matches: the last touched or the best match first."""
    asked = profiles(session)
    if best_first:
        rank = ranking(asked)
        key = rank, Customer.updated_at, Customer.id
        page = select(Customer).where(
            Customer.deleted_at.is_(None), *(condition(Customer, wanted) for wanted in filters)
        )
        if after is not None:
            page = page.where(tuple_(*key) < after.key)
        found = list(session.scalars(page.order_by(*(column.desc() for column in key)).limit(PAGE)))
    else:
        found = listed(session, Customer, after.customer if after else None, filters=filters)
    return [Matched(customer, grading.best_match(customer, asked)) for customer in found]


def ranking(asked: Sequence[IdealCustomer]) -> ColumnElement[int]:
    """`Match.rank` of the best match as an expression over `Customer`; `NO_RANK` where nothing can be compared."""
    ranks = [_rank(profile) for profile in asked]
    if not ranks:
        return literal(grading.NO_RANK, Integer)
    return ranks[0] if len(ranks) == 1 else func.max(*ranks, type_=Integer)


def _rank(profile: IdealCustomer) -> ColumnElement[int]:
    criteria = list(_criteria(profile))
    if not criteria:
        return literal(grading.NO_RANK, Integer)
    known, met = _count(known for known, _ in criteria), _count(and_(*both) for both in criteria)
    return case((known > 0, 100 * met // known * grading.RANKS + met), else_=grading.NO_RANK)


def _count(conditions: Any) -> ColumnElement[int]:
    counted: ColumnElement[int] = literal(0, Integer)
    for one in conditions:
        counted += case((one, 1), else_=0)
    return counted


def _criteria(profile: IdealCustomer) -> Any:
    """For each criterion that the profile sets: whether the customer says anything of it, and whether he meets it."""
    if words := grading.words_of(profile.industries):
        fitting = [value for value, label in _INDUSTRIES.items() if any(w in label or label in w for w in words)]
        yield Customer.industry.in_(_INDUSTRIES), Customer.industry.in_(fitting)
    for column, low, high in (
        (Customer.employees, profile.employees_from, profile.employees_to),
        (Customer.revenue, profile.revenue_from, profile.revenue_to),
    ):
        bounds = ([column >= low] if low is not None else []) + ([column <= high] if high is not None else [])
        if bounds:
            yield column.is_not(None), and_(*bounds)
    place = Customer.province + Customer.city
    if words := grading.words_of(profile.regions):
        yield place != "", or_(*(either for w in words for either in (_holds(place, w), _holds(literal(w), place))))
    if words := grading.words_of(profile.pains):
        yield Customer.need != "", or_(*(_holds(Customer.need, word) for word in words))


def _holds(text: Any, part: Any) -> ColumnElement[bool]:
    return func.instr(text, part) > 0
