"""Customers that may be the same as one: a bounded number of candidates from the search, then the rule."""

from __future__ import annotations

from collections import defaultdict
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
    phones = _phones(session, list(ids))
    found = []
    for customer_id, name, credit_code in session.execute(
        select(Customer.id, Customer.name, Customer.credit_code).where(
            Customer.id.in_(ids), Customer.deleted_at.is_(None)
        )
    ):
        if reason := compare(known, Known(name, credit_code, tuple(phones[customer_id]))):
            found.append(Found(customer_id, name, reason))
    return sorted(found, key=lambda one: _ORDER.index(one.reason))[:5]


_ORDER = ("credit_code", "phone", "same_name", "similar_name", "same_sound")


def _initials(text: str) -> Sequence[str]:
    return search.sounds(text).split()[:1]


def _phones(session: Session, customer_ids: Sequence[str]) -> dict[str, list[str]]:
    """The telephone numbers of each customer's people."""
    found: dict[str, list[str]] = defaultdict(list)
    wanted = select(Contact.customer_id, Contact.phone).where(
        Contact.customer_id.in_(customer_ids), Contact.deleted_at.is_(None)
    )
    for customer_id, phone in session.execute(wanted):
        found[customer_id].append(phone)
    return found
