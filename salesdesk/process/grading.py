"""客户分级 and the match with 目标客户画像. Proposed, never imposed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from salesdesk.records.language import Language
from salesdesk.records.prospecting import INDUSTRIES, Customer, IdealCustomer


class Grade(StrEnum):
    """A: high, B: medium, C: low or distant interest."""

    A = "A"
    B = "B"
    C = "C"


@dataclass(frozen=True)
class GradeRule:
    """Bounds in days. The toolkit leaves day 31 to 90 open; `between` is our answer, a setting."""

    high_within: int = 30
    medium_from: int = 91
    medium_within: int = 183
    between: Grade = Grade.B


def proposed_grade(need_expected_on: date | None, today: date, rule: GradeRule | None = None) -> Grade:
    """The grade that the toolkit gives to a need expected on a day; no day is C (potential need)."""
    bounds = rule or GradeRule()
    if need_expected_on is None:
        return Grade.C
    days = (need_expected_on - today).days
    if days <= bounds.high_within:
        return Grade.A
    if days < bounds.medium_from:
        return bounds.between
    return Grade.B if days <= bounds.medium_within else Grade.C


@dataclass(frozen=True)
class Criterion:
    """One point of the comparison; `met` is `None` where customer or profile says nothing."""

    name: str
    met: bool | None


def match(customer: Customer, profile: IdealCustomer) -> tuple[int, list[Criterion]]:
    """How well a customer fits a profile, 0 to 100, with the criteria that were compared.

    Unknown facts count neither way; a profile that asks for nothing matches with 0.
    """
    label = next((o.label(Language.ZH) for o in INDUSTRIES if o.value == customer.industry), "")
    place = f"{customer.province}{customer.city}"
    criteria = [
        Criterion("industry", _named(label, profile.industries)),
        Criterion("employees", _within(customer.employees, profile.employees_from, profile.employees_to)),
        Criterion("revenue", _within(customer.revenue, profile.revenue_from, profile.revenue_to)),
        Criterion("region", _named(place, profile.regions)),
        Criterion("pains", _shares_word(customer.need, profile.pains)),
    ]
    decided = [criterion.met for criterion in criteria if criterion.met is not None]
    return (100 * sum(decided) // len(decided) if decided else 0), criteria


def _within(value: int | None, low: int | None, high: int | None) -> bool | None:
    if value is None or (low is None and high is None):
        return None
    return (low is None or value >= low) and (high is None or value <= high)


def _words(listed: str) -> list[str]:
    return [word for word in re.split(r"[\s,，、;；/]+", listed) if word]


def _named(value: str, listed: str) -> bool | None:
    words = _words(listed)
    if not value or not words:
        return None
    return any(word in value or value in word for word in words)


def _shares_word(value: str, listed: str) -> bool | None:
    words = _words(listed)
    if not value or not words:
        return None
    return any(word in value for word in words)
