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
_IN_PARTS = re.compile(r"[\d一二两三四五六七八九十]\s*期|[%％]|分期|分批|分阶段|首付|预付|尾款|质保|instal")
# What a term without a topic is about; the first that fits: 付款 stands before 费, which is in 费用支付 too.
_SIGNS = {
    "support": ("售后",),
    "delivery": ("交付", "工期"),
    "payment": ("付款", "分期", "账期"),
    "price": ("价", "费"),
}
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


def single_span(text: str) -> int | None:
    """The span of a text that names one and nothing else, in days: what is paid or done in parts has none."""
    return days_in(text) if len(_SPAN.findall(text)) == 1 and not _IN_PARTS.search(text) else None


@dataclass(frozen=True)
class Agreed:
    """What the meetings agreed, by the fields of a 谈判结果确认单; `amount` is in 分."""

    amount: int | None
    payment: str
    delivery: str
    support: str
    other_terms: str


def agreed(terms: Sequence[NegotiationTerm]) -> Agreed:
    """What was agreed on in meetings, whose terms come in the order in which they were held.

    Of terms of the same name the last word counts; nothing of the others is left out. Several in one field, and all
    that the form has no field for, stand there with their names, a line each.
    """
    last: dict[str, dict[str, tuple[str, str]]] = {}
    for term in terms:
        if consensus := term.consensus.strip():
            name = _ASIDE.sub("", term.term).strip() or term.term.strip()
            last.setdefault(topic_of(term), {}).pop(name, None)
            last[topic_of(term)][name] = (name, consensus)
    said = {topic: list(named.values()) for topic, named in last.items()}
    prices = said.get("price", [])
    amounts = [amount for _, consensus in prices if (amount := amount_in(consensus)) is not None]
    others = said.get("other", [])
    if len(prices) > 1 or any(_qualified(consensus) for _, consensus in prices):
        others = [*prices, *others]  # a single amount says less
    return Agreed(
        amounts[-1] if amounts else None,
        payment=_joined(said.get("payment", [])),
        delivery=_joined(said.get("delivery", [])),
        support=_joined(said.get("support", [])),
        other_terms="\n".join(f"{name}：{consensus}" for name, consensus in others),
    )


def _joined(named: Sequence[tuple[str, str]]) -> str:
    """One agreement as it stands, several by name."""
    if len(named) == 1:
        return named[0][1]
    return "\n".join(f"{name}：{consensus}" for name, consensus in named)


def _qualified(consensus: str) -> bool:
    """Whether a price says in brackets what it is for or what it holds: `22万（含税）`, but not `22万（原价25万）`."""
    return any(not re.search(r"\d\s*[万亿元]", aside[0]) for aside in _ASIDE.finditer(consensus))


def topic_of(term: NegotiationTerm) -> str:
    """The term's topic, or what its words say."""
    if term.topic:
        return term.topic
    return next((topic for topic, signs in _SIGNS.items() if any(sign in term.term for sign in signs)), "other")


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
    limits = crossed(
        plan,
        amount=result.amount,
        payment_days=days_in(result.payment) if result.payment_days is None else result.payment_days,
        delivery_days=days_in(result.delivery) if result.delivery_days is None else result.delivery_days,
    )
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
