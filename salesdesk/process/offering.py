"""方案: what its six modules must hold, what it is worth, and whether it promises more than we can do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from salesdesk.process.findings import Finding, Level
from salesdesk.records.proposal import MODULES, Objection, ObjectionAnswer, Proposal, ProposalModule, ValueLine
from salesdesk.records.prospecting import Customer

_SETTLED = {"accepted", "partly"}
_YEARS = 3
_MONTHS = 12


def missing_modules(modules: Sequence[ProposalModule]) -> list[str]:
    """The modules of 方案设计清单 that are not there or not done, in the order of the paper."""
    done = {module.module for module in modules if module.done}
    return [option.value for option in MODULES if option.value not in done]


@dataclass(frozen=True)
class Worth:
    """What a proposal saves: a year, over three years (分), the months until it has paid for itself, and in time.

    `now` and `after` are the costs of a year (分) of the `complete` lines, those with both amounts.
    """

    a_year: int
    three_years: int
    payback_months: int | None
    efficiency: int | None
    now: int
    after: int
    complete: int


def worth(lines: Sequence[ValueLine], price: int | None) -> Worth:
    """价值量化: now against after. A line that lacks one of the two amounts counts for neither."""
    both = [(x.cost_now, x.cost_after) for x in lines if x.cost_now is not None and x.cost_after is not None]
    now, after = sum(cost for cost, _ in both), sum(cost for _, cost in both)
    saved = now - after
    payback = -(-price * _MONTHS // saved) if price and saved > 0 else None
    gains = [line.efficiency for line in lines if line.efficiency is not None]
    return Worth(saved, _YEARS * saved, payback, max(gains, default=None), now, after, len(both))


def check(proposal: Proposal) -> list[Finding]:
    """不得承诺超出企业能力范围的服务: a time to implement that is shorter than we need is a warning."""
    promised, needed = proposal.delivery_days, proposal.least_days
    if promised is None or needed is None or promised >= needed:
        return []
    params: dict[str, object] = {"promised": promised, "needed": needed}
    return [Finding(Level.WARNS, "promise.beyond_capacity", "delivery_days", "proposal", params=params)]


@dataclass(frozen=True)
class Offered:
    """An answer, how often it was given, and how often the customer accepted it."""

    answer: ObjectionAnswer
    given: int
    accepted: int


def ranked(
    answers: Iterable[ObjectionAnswer],
    history: Iterable[tuple[Objection, Customer]],
    customer: Customer | None = None,
) -> list[Offered]:
    """The answers in the order in which they led to acceptance, for customers like this one first.

    An outcome at a customer of the same industry counts three times, of the same grade twice. The rate is
    smoothed (one success and one failure added), so that a single lucky answer does not lead.
    """
    weights: dict[str, list[tuple[int, bool]]] = {}
    for objection, whose in history:
        if not objection.answer_id or objection.outcome in {"", "open"}:
            continue
        weight = 1
        if customer is not None:
            weight += 2 * (whose.industry == customer.industry) + (whose.grade == customer.grade)
        weights.setdefault(objection.answer_id, []).append((weight, objection.outcome in _SETTLED))

    def score(answer: ObjectionAnswer) -> tuple[bool, float, str]:
        seen = weights.get(answer.id, [])
        rate = (1 + sum(w for w, good in seen if good)) / (2 + sum(w for w, _ in seen))
        fits = customer is not None and answer.industry == customer.industry
        return (not fits and bool(answer.industry), -rate, answer.id)

    found = sorted(answers, key=score)
    return [Offered(a, len(weights.get(a.id, [])), sum(good for _, good in weights.get(a.id, []))) for a in found]
