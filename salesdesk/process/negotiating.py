"""商务谈判: our limits against what is being agreed, what stays open, and what was conceded."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from salesdesk.process.findings import Finding, Level
from salesdesk.records.contract import Contract
from salesdesk.records.negotiation import NegotiationPlan, NegotiationResult, NegotiationTerm

_AMOUNT = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s*(亿|万)?元?")
_SPAN = re.compile(r"(\d+)\s*(天|日|周|个月|月|年)")
_ASIDE = re.compile(r"（[^）]*）|\([^)]*\)")
# Before an amount: it is not the price, but what is taken off it, a part of it, or what it was before.
_NOT_THE_PRICE = re.compile(
    r"(?:优惠|让利|减免?|便宜|返还?|赠?送|少|抵扣?|节省|降低?|下调|定金|订金|首付款?|尾款|押金|原价?|原来)(?:金额|了|约)?\s*$"
)
_FEN = {"亿": 10**10, "万": 10**6, "": 100}
_DAYS = {"天": 1, "日": 1, "周": 7, "个月": 30, "月": 30, "年": 365}
_NOTHING = {"", "无", "没有", "none", "-", "—"}


def amount_in(text: str) -> int | None:
    """The price that a sentence names, in 分: `从25万降到22万，优惠3万` → 22,000,000. Bare small numbers are none.

    The last amount counts; one in brackets only where no other is named, what is taken off never.
    """
    for part in (_ASIDE.sub("；", text), text):
        found = [
            (one[1].replace(",", ""), one[2] or "")
            for one in _AMOUNT.finditer(part)
            if not _NOT_THE_PRICE.search(part, 0, one.start())
        ]
        named = [(digits, unit) for digits, unit in found if unit or len(digits) > 3]  # noqa: PLR2004  # 22 may be anything, 22000 is money
        if named:
            digits, unit = named[-1]
            return round(float(digits) * _FEN[unit])
    return None


def days_in(text: str) -> int | None:
    """The last span of time that a sentence names, in days: `3周` → 21."""
    found = _SPAN.findall(text)
    return int(found[-1][0]) * _DAYS[found[-1][1]] if found else None


def is_open(term: NegotiationTerm) -> bool:
    """Whether something of the term is not agreed yet; `无` says that nothing is."""
    return term.open_point.strip().lower() not in _NOTHING


def open_points(terms: Sequence[NegotiationTerm]) -> list[NegotiationTerm]:
    """未达成一致项: the terms that the next meeting begins with."""
    return [term for term in terms if is_open(term)]


@dataclass(frozen=True)
class Concession:
    """What was given away on a price: from our amount to the agreed one, in 分."""

    term: str
    before: int
    after: int

    @property
    def percent(self) -> int:
        """The share given away, rounded."""
        return round(100 * (self.before - self.after) / self.before)


def concessions(terms: Sequence[NegotiationTerm]) -> list[Concession]:
    """The prices that were agreed below what the term itself started from."""
    found = []
    for term in terms:
        before, after = amount_in(term.term), amount_in(term.consensus)
        if before and after is not None and after < before:
            found.append(Concession(term.term, before, after))
    return found


def check_terms(terms: Sequence[NegotiationTerm], plan: NegotiationPlan | None) -> list[Finding]:
    """What is being agreed, against our limits. The words do not tell the limit: the customer may be looking."""
    found = []
    for term in terms:
        agreed = {
            "amount": amount_in(term.consensus) if term.topic == "price" or "价" in term.term else None,
            "payment_days": days_in(term.consensus) if term.topic == "payment" else None,
            "delivery_days": days_in(term.consensus) if term.topic == "delivery" else None,
        }
        found += [_finding(limit, "consensus", "negotiation_term", term.id) for limit in crossed(plan, **agreed)]
    return found


def check_result(result: NegotiationResult | Contract, plan: NegotiationPlan | None) -> list[Finding]:
    """What was agreed, or written into the contract, against our limits."""
    places = {"price": "amount", "payment": "payment_days", "delivery": "delivery_days"}
    limits = crossed(plan, amount=result.amount, payment_days=result.payment_days, delivery_days=result.delivery_days)
    return [_finding(limit, places[limit], str(result.__tablename__), result.id) for limit in limits]


def crossed(
    plan: NegotiationPlan | None,
    amount: int | None = None,
    payment_days: int | None = None,
    delivery_days: int | None = None,
) -> list[str]:
    """Which limits an agreement crosses: `price`, `payment`, `delivery`; none without a plan."""
    if plan is None:
        return []
    lowest = [x for x in (plan.floor_price, _discounted(plan)) if x is not None]
    found = []
    if amount is not None and lowest and amount < max(lowest):
        found.append("price")
    if payment_days is not None and plan.longest_payment_days is not None and payment_days > plan.longest_payment_days:
        found.append("payment")
    if delivery_days is not None and plan.least_delivery_days is not None and delivery_days < plan.least_delivery_days:
        found.append("delivery")
    return found


def _discounted(plan: NegotiationPlan) -> int | None:
    if plan.list_price is None or plan.floor_discount is None:
        return None
    return plan.list_price * plan.floor_discount // 100


def _finding(limit: str, field: str, entity: str, record_id: str) -> Finding:
    return Finding(Level.WARNS, f"limit.{limit}", field, entity, record_id)
