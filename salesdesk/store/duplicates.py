"""Customers that may be the same as one: a bounded number of candidates from the search, then the rule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from salesdesk.process.duplicates import Known, compare, core, numbers
from salesdesk.records.prospecting import Contact, Customer
from salesdesk.store import search

_CANDIDATES = 60  # of each word
_MOST = 200
_LAST_DIGITS = 8  # the longest ending of a number that the search holds
_FORMS = ("有限公司", "股份有限公司", "有限责任公司", "集团")


@dataclass(frozen=True)
class Found:
    """A customer that may be the same, and the id of the reason."""

    customer_id: str
    name: str
    reason: str


def find(session: Session, known: Known, own_id: str = "") -> list[Found]:
    """The customers that may be the one described; the surest first, at most five."""
    own = core(known.name)
    # the surest first, because the number of candidates is bounded; last digits find a number with or without +86
    words = [known.credit_code, *(number[-_LAST_DIGITS:] for phone in known.phones for number in numbers(phone)), own]
    ids: dict[str, None] = {}
    for word in words:
        found_here = _hits(session, word)
        if word == own and len(found_here) == _CANDIDATES:  # 华源 alone: whole names first, among so many
            ids |= dict.fromkeys(one for form in _FORMS for one in _hits(session, own + form))
        ids |= found_here
    # also by the first two characters: 华源（苏州）科技 does not hold 华源科技 in one piece
    ids |= _hits(session, own[:2])
    ids |= _hits(session, _sound(own), ("customer",))
    ids.pop(own_id, None)
    ids = dict.fromkeys(list(ids)[:_MOST])
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


def _hits(session: Session, word: str, entities: tuple[str, ...] = ("customer", "contact")) -> dict[str, None]:
    """The customers that the search finds by a word, in its order; a single character finds nothing."""
    if len(word.strip()) < 2:  # noqa: PLR2004  # as said
        return {}
    hits = search.find(session, word, entities=entities, limit=_CANDIDATES)
    return dict.fromkeys(hit.customer_id or hit.record_id for hit in hits)


def _sound(text: str) -> str:
    """The initials of a name, of a short one the whole pinyin: two letters find half of the book."""
    sounds = search.sounds(text).split()[:2]
    return next((sound for sound in sounds if len(sound) > 2), "")  # noqa: PLR2004  # as said


def _phones(session: Session, customer_ids: Sequence[str]) -> dict[str, list[str]]:
    """The telephone numbers of each customer's people."""
    found: dict[str, list[str]] = defaultdict(list)
    wanted = select(Contact.customer_id, Contact.phone).where(
        Contact.customer_id.in_(customer_ids), Contact.deleted_at.is_(None)
    )
    for customer_id, phone in session.execute(wanted):
        found[customer_id].append(phone)
    return found
