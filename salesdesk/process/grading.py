"""客户分级 and the match with 目标客户画像. Proposed, never imposed."""

from __future__ import annotations

import re
from collections.abc import Sequence
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


@dataclass(frozen=True)
class Match:
    """How a customer fits the profile that suits him best: 0 to 100 of the criteria that could be compared."""

    profile: str
    share: int
    criteria: tuple[Criterion, ...]

    @property
    def rank(self) -> int:
        """What lists are ordered by: the share, then how many criteria are known to be met."""
        return self.share * RANKS + sum(bool(criterion.met) for criterion in self.criteria)

    @property
    def missed(self) -> list[str]:
        """The criteria that he does not meet."""
        return [criterion.name for criterion in self.criteria if criterion.met is False]

    @property
    def unknown(self) -> list[str]:
        """Those that nobody can tell, since customer or profile says nothing."""
        return [criterion.name for criterion in self.criteria if criterion.met is None]


RANKS = 10  # more than there are criteria
NO_RANK = -1  # of a customer who can be compared with no profile
_MOST_WORDS = 60  # of a list in a profile


def best_match(customer: Customer, profiles: Sequence[IdealCustomer]) -> Match | None:
    """The best of the matches with these profiles, the first of equals; none where nothing can be compared."""
    found = []
    for profile in profiles:
        share, criteria = match(customer, profile)
        if any(criterion.met is not None for criterion in criteria):
            found.append(Match(profile.name, share, tuple(criteria)))
    return max(found, key=lambda one: one.rank, default=None)


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


def words_of(listed: str) -> list[str]:
    """What a profile lists, word by word."""
    return [word for word in re.split(r"[\s,，、;；/]+", listed) if word][:_MOST_WORDS]


def _named(value: str, listed: str) -> bool | None:
    words = words_of(listed)
    if not value or not words:
        return None
    return any(word in value or value in word for word in words)


def _shares_word(value: str, listed: str) -> bool | None:
    words = words_of(listed)
    if not value or not words:
        return None
    return any(word in value for word in words)
