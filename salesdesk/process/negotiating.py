"""商务谈判: our limits against what is being agreed, what stays open, and what was conceded."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from salesdesk.process.amounts import Price, amount_in, price_in
from salesdesk.process.findings import Finding, Level
from salesdesk.process.spans import Unit, said_of_time
from salesdesk.process.working_days import BUILT_IN, WorkingCalendar
from salesdesk.records.contract import Contract
from salesdesk.records.negotiation import NegotiationPlan, NegotiationResult, NegotiationTerm

_ASIDE = re.compile(r"（[^）]*）|\([^)]*\)")
# What a term without a topic is about; the first that fits: 付款 stands before 费, which is in 费用支付 too.
_SIGNS = {
    "support": ("售后",),
    "delivery": ("交付", "工期"),
    "payment": ("付款", "分期", "账期"),
    "price": ("价", "费"),
}
_NOTHING = {"", "无", "没有", "none", "-", "—"}


def days_in(text: str) -> int | None:
    """The days of the calendar that a text names, where it names one span and nothing else; a month is 30 days."""
    span = said_of_time(text).single
    return None if span is None else span.days


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
    that the form has no field for, stand there with their names, a line each; so do the words of a price that say more
    than a number, or no single one.
    """
    last: dict[str, dict[str, tuple[str, str]]] = {}
    for term in terms:
        if consensus := term.consensus.strip():
            name = _name(term)
            last.setdefault(topic_of(term), {}).pop(name, None)
            last[topic_of(term)][name] = (name, consensus)
    said = {topic: list(named.values()) for topic, named in last.items()}
    prices = said.get("price", [])
    price = price_in("；".join(f"{name}：{consensus}" for name, consensus in prices))
    others = said.get("other", [])
    if len(prices) > 1 or price.qualified or price.amount is None:
        others = [*prices, *others]
    return Agreed(
        price.amount,
        payment=_joined(said.get("payment", [])),
        delivery=_joined(said.get("delivery", [])),
        support=_joined(said.get("support", [])),
        other_terms="\n".join(f"{name}：{consensus}" for name, consensus in others),
    )


def _name(term: NegotiationTerm) -> str:
    """What a term is called, without what stands in brackets behind it."""
    return _ASIDE.sub("", term.term).strip() or term.term.strip()


def _joined(named: Sequence[tuple[str, str]]) -> str:
    """One agreement as it stands, several by name."""
    if len(named) == 1:
        return named[0][1]
    return "\n".join(f"{name}：{consensus}" for name, consensus in named)


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
        """The share given away, rounded half up."""
        return (200 * (self.before - self.after) + self.before) // (2 * self.before)


def concessions(terms: Sequence[NegotiationTerm]) -> list[Concession]:
    """The prices that were agreed below what the term itself started from."""
    found = []
    for term in terms:
        before, after = amount_in(term.term), amount_in(term.consensus)
        if before and after is not None and after < before:
            found.append(Concession(term.term, before, after))
    return found


def check_terms(
    terms: Sequence[NegotiationTerm],
    plan: NegotiationPlan | None,
    day: date | None = None,
    calendar: WorkingCalendar = BUILT_IN,
) -> list[Finding]:
    """What was agreed on a `day`, against our limits. The words do not tell the limit: the customer may be looking.

    A price that no single amount can be read from, and a limit that could not be checked, are told.
    """
    found = []
    for term in terms:
        words = term.consensus.strip()
        if words.lower() in _NOTHING:
            continue
        place = ("consensus", "negotiation_term", term.id)
        topic = topic_of(term)
        if topic == "price":
            price = price_in(f"{_name(term)}：{words}")
            found += _asked(price, words, place)
            found += _against("price", _price_kept(plan, price), place)
        elif topic in {"payment", "delivery"}:
            said = said_of_time(words, day)
            found += _against(topic, _time_kept(plan, topic, said.lengths(day, calendar)), place)
    return found


def check_result(
    result: NegotiationResult | Contract, plan: NegotiationPlan | None, calendar: WorkingCalendar = BUILT_IN
) -> list[Finding]:
    """What was agreed, or written into the contract, against our limits; what could not be checked is told."""
    entity, day = str(result.__tablename__), _written_on(result)
    found = []
    if result.amount is not None:
        price = Price(result.amount, result.amount)
        found += _against("price", _price_kept(plan, price), ("amount", entity, result.id))
    for topic, words, days in (
        ("payment", result.payment, result.payment_days),
        ("delivery", result.delivery, result.delivery_days),
    ):
        if days is None and not (words or "").strip():
            continue
        lengths = [days] if days is not None else said_of_time(words, day).lengths(day, calendar)
        found += _against(topic, _time_kept(plan, topic, lengths), (f"{topic}_days", entity, result.id))
    return found


def ask(result: NegotiationResult, terms: Sequence[NegotiationTerm]) -> list[Finding]:
    """What could not be taken from the meeting's words into the result, or was counted in another unit."""
    found = []
    prices = [term for term in terms if topic_of(term) == "price" and term.consensus.strip()]
    if result.amount is None and prices:
        words = "；".join(f"{_name(term)}：{term.consensus.strip()}" for term in prices)
        found += _asked(price_in(words), words, ("amount", "negotiation_result", result.id))
    for topic, words, days in (
        ("payment", result.payment, result.payment_days),
        ("delivery", result.delivery, result.delivery_days),
    ):
        said = said_of_time(words or "", _written_on(result))
        place = (f"{topic}_days", "negotiation_result", result.id)
        if days is None and said.day:
            found.append(_note("span.day", place, day=said.day.isoformat()))
        elif days is None and (said.spans or said.unread) and not (said.single and said.single.days):
            found.append(_note("span.asked", place))
        elif said.single and said.single.unit is Unit.MONTHS and said.single.days == days:
            found.append(_note("span.months", place, months=said.single.count, days=days))
    return found


def _written_on(paper: NegotiationResult | Contract) -> date | None:
    """The day from which a paper's spans are counted."""
    agreed_on = paper.agreed_on if isinstance(paper, NegotiationResult) else paper.signed_on
    return agreed_on or paper.submitted_on or (paper.created_at.date() if paper.created_at else None)


Place = tuple[str, str, str]  # field, entity, record


def _asked(price: Price, words: str, place: Place) -> list[Finding]:
    """A price was spoken of, and no single one: nobody but a person says which."""
    return [_note("price.asked", place, words=words)] if price.figures and price.amount is None else []


def _against(limit: str, kept: bool | None, place: Place) -> list[Finding]:  # noqa: FBT001  # the answer: kept, crossed, or unknown
    if kept is None:
        return [_note(f"limit.{limit}_unchecked", place)]
    return [] if kept else [Finding(Level.WARNS, f"limit.{limit}", *place)]


def _note(message: str, place: Place, **params: object) -> Finding:
    return Finding(Level.NOTES, message, *place, params)


def _price_kept(plan: NegotiationPlan | None, price: Price) -> bool | None:
    """Whether a price keeps our floor; `None` when that cannot be told."""
    floor = _floor(plan)
    if not floor or (price.low is not None and price.low >= floor):
        return True
    return False if price.high is not None and price.high < floor else None


def _time_kept(plan: NegotiationPlan | None, topic: str, lengths: Sequence[int]) -> bool | None:
    """Whether what takes so many days keeps our limit; `None` when that cannot be told.

    Several spans may follow each other or run side by side: together they take at most their sum.
    """
    longest = plan.longest_payment_days if plan and topic == "payment" else None
    least = plan.least_delivery_days if plan and topic == "delivery" else None
    if longest is None and least is None:
        return True
    if not lengths:
        return None
    if longest is not None:
        return False if max(lengths) > longest else True if sum(lengths) <= longest else None
    assert least is not None
    return True if min(lengths) >= least else False if sum(lengths) < least else None


def crossed(
    plan: NegotiationPlan | None,
    amount: int | None = None,
    payment_days: int | None = None,
    delivery_days: int | None = None,
) -> list[str]:
    """Which limits an agreement crosses: `price`, `payment`, `delivery`; none without a plan."""
    kept = {
        "price": amount is None or _price_kept(plan, Price(amount, amount)),
        "payment": payment_days is None or _time_kept(plan, "payment", [payment_days]),
        "delivery": delivery_days is None or _time_kept(plan, "delivery", [delivery_days]),
    }
    return [limit for limit, holds in kept.items() if not holds]


def _floor(plan: NegotiationPlan | None) -> int | None:
    """The lowest price that the plan allows: the higher of its two floors."""
    if plan is None:
        return None
    discounted = None
    if plan.list_price is not None and plan.floor_discount is not None:
        discounted = plan.list_price * plan.floor_discount // 100
    return max((floor for floor in (plan.floor_price, discounted) if floor is not None), default=None)
