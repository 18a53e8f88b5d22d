"""Customers that may be the same as one: a bounded number of candidates from the search, then the rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from salesdesk.process.duplicates import Known, compare, core
from salesdesk.records.prospecting import Contact, Customer
from salesdesk.store import search

_CANDIDATES = 60


@dataclass(frozen=True)
class Found:
    """A customer that may be the same, and the id of the reason."""

    customer_id: str
    name: str
    reason: str


def find(session: Session, known: Known, own_id: str = "") -> list[Found]:
    """The customers that may be the one described; the surest first, at most five."""
    # also by the first two characters: 华源（苏州）科技 does not hold 华源科技 in one piece
    words = [core(known.name), core(known.name)[:2], *known.phones, known.credit_code]
    ids: dict[str, None] = {}
    for word in words:
        if len(word.strip()) > 1:
            hits = search.find(session, word, entities=("customer", "contact"), limit=_CANDIDATES)
            ids |= dict.fromkeys(hit.customer_id or hit.record_id for hit in hits)
    sounds = "".join(_initials(core(known.name)))
    if len(sounds) > 2:  # noqa: PLR2004  # shorter ones find half of the book
        hits = search.find(session, sounds, entities=("customer",), limit=_CANDIDATES)
        ids |= dict.fromkeys(hit.record_id for hit in hits)
    ids.pop(own_id, None)
    found = []
    for customer in _customers(session, list(ids)):
        phones = session.scalars(
            select(Contact.phone).where(Contact.customer_id == customer.id, Contact.deleted_at.is_(None))
        )
        other = Known(customer.name, customer.credit_code, tuple(phones))
        if reason := compare(known, other):
            found.append(Found(customer.id, customer.name, reason))
    return sorted(found, key=lambda one: _ORDER.index(one.reason))[:5]


_ORDER = ("credit_code", "phone", "same_name", "similar_name", "same_sound")


def _initials(text: str) -> Sequence[str]:
    return search.sounds(text).split()[:1]


def _customers(session: Session, ids: Sequence[str]) -> Sequence[Customer]:
    return list(session.scalars(select(Customer).where(Customer.id.in_(ids), Customer.deleted_at.is_(None))))
