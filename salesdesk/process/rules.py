"""What the rules say of a form: what is missing or odd, and which values they would propose."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, tzinfo
from typing import Any, TypeVar

from salesdesk.process import (
    approval,
    clocks,
    contracting,
    decision_chain,
    grading,
    negotiating,
    offering,
    templates,
    working_days,
)
from salesdesk.process.facts import Facts
from salesdesk.process.findings import Finding, Level, missing
from salesdesk.process.working_days import BUILT_IN, WorkingCalendar
from salesdesk.records.base import Record
from salesdesk.records.calendar import WorkingYear
from salesdesk.records.care import Delivery, Visit
from salesdesk.records.contract import Contract, ContractTemplate
from salesdesk.records.discovery import DecisionRole, NeedsAnalysis
from salesdesk.records.negotiation import Negotiation, NegotiationPlan, NegotiationResult, NegotiationTerm
from salesdesk.records.proposal import Objection, Proposal
from salesdesk.records.prospecting import Customer

_SMALLEST_PRICE = 1000 * 100  # 分
_PRICES: dict[type[Record], tuple[str, ...]] = {
    Proposal: ("price",),
    NegotiationPlan: ("list_price", "floor_price"),
    NegotiationResult: ("amount",),
    Contract: ("amount", "list_price"),
}

R = TypeVar("R", bound=Record)


@dataclass(frozen=True)
class Situation:
    """What a rule may know besides the form: the customer's round, the day, the desk's time zone."""

    facts: Facts | None
    today: date
    zone: tzinfo

    @property
    def calendar(self) -> WorkingCalendar:
        """The working days, as far as they are known here."""
        return self.facts.calendar if self.facts else BUILT_IN


@dataclass(frozen=True)
class Proposed:
    """A value that a rule would enter; `message` with its `params` says why."""

    field: str
    value: Any
    message: str
    params: Mapping[str, object] = dataclasses.field(default_factory=dict)


def looks_at_round(form: type[Record]) -> bool:
    """Whether a rule of this form reads more than the form."""
    return form in {Negotiation, NegotiationResult, Contract, Delivery, Visit}


def findings(record: Record, rows: Mapping[str, Sequence[Record]], situation: Situation) -> list[Finding]:
    """What the rules say about a record and its rows as they stand; nothing here forbids keeping."""
    found = missing(record)
    for group in rows.values():
        for row in group:
            if row.__form__.edited:
                found += [f for f in missing(row) if f.field != row.__form__.parent]
    return found + _out_of_order(record) + _too_small(record) + _special(record, rows, situation)


def _too_small(record: Record) -> list[Finding]:
    """A price of a few yuan was meant in 万元: other papers name that unit, this one does not."""
    found = []
    for name in _PRICES.get(type(record), ()):
        value = getattr(record, name)
        if value is not None and 0 < value < _SMALLEST_PRICE:
            told: dict[str, object] = {"amount": f"{value / 100:g}"}
            found.append(Finding(Level.WARNS, "amount.small", name, record.__tablename__, record.id, told))
    return found


# Days of which the first cannot be after the second.
_IN_ORDER: dict[type[Record], tuple[tuple[str, str], ...]] = {
    Objection: (("raised_on", "settled_on"),),
    Proposal: (("presented_on", "valid_until"),),
    Contract: (("submitted_on", "signed_on"), ("signed_on", "archived_on")),
    Delivery: (("delivered_on", "contacted_on"), ("delivered_on", "accepted_on")),
    Visit: (("visited_on", "next_visit_on"),),
}


def _out_of_order(record: Record) -> list[Finding]:
    found = []
    for first, second in _IN_ORDER.get(type(record), ()):
        before, after = getattr(record, first), getattr(record, second)
        if before is not None and after is not None and after < before:
            told: dict[str, object] = {"day": before.isoformat()}
            found.append(Finding(Level.WARNS, "dates.order", second, record.__tablename__, record.id, told))
    return found


def _special(record: Record, rows: Mapping[str, Sequence[Record]], situation: Situation) -> list[Finding]:
    rule = _RULES.get(type(record))
    return rule(record, rows, situation) if rule else []


Rows = Mapping[str, Sequence[Record]]


def _analysis(record: NeedsAnalysis, rows: Rows, situation: Situation) -> list[Finding]:
    late = clocks.entered_late(record, situation.zone)
    return decision_chain.check(_of(DecisionRole, rows)) + _noted(late, "entry.late", "interviewed_on", record)


def _proposal(record: Proposal, _rows: Rows, _situation: Situation) -> list[Finding]:
    return offering.check(record)


def _negotiation(record: Negotiation, rows: Rows, situation: Situation) -> list[Finding]:
    plan = situation.facts.plan if situation.facts else None
    late = clocks.negotiation_entered_late(record, situation.zone)
    day = record.met_on or situation.today
    found = negotiating.check_terms(_of(NegotiationTerm, rows), plan, day, situation.calendar)
    return found + _noted(late, "entry.late", "met_on", record)


def _result(record: NegotiationResult, _rows: Rows, situation: Situation) -> list[Finding]:
    facts = situation.facts
    asked = negotiating.ask(record, facts.terms if facts else ())
    return asked + negotiating.check_result(record, facts.plan if facts else None, situation.calendar)


def _contract(record: Contract, _rows: Rows, situation: Situation) -> list[Finding]:
    facts = situation.facts
    found = contracting.check(record, facts.result if facts else None)
    found += negotiating.check_result(record, facts.plan if facts else None, situation.calendar)
    if (
        record.signed_on is not None
        and facts is not None
        and facts.contract is not None
        # judged as it is stored: the approval is of what was saved
        and approval.standing(facts.contract, facts.steps) is not approval.Standing.APPROVED
    ):
        found.append(Finding(Level.WARNS, "contract.signed_unapproved", "signed_on", "contract", record.id))
    return [finding for finding in found if finding.level is not Level.BLOCKS]  # `missing` has told those


def _delivery(record: Delivery, _rows: Rows, situation: Situation) -> list[Finding]:
    calendar = situation.calendar
    found = _noted(
        clocks.contact_overdue(record, situation.today, calendar), "delivery.contact_late", "contacted_on", record
    )
    if record.delivered_on is None or record.contacted_on is not None:
        return found
    due = clocks.contact_due(record.delivered_on, calendar)
    guessed = calendar.guessed(record.delivered_on, due)
    told: dict[str, object] = {"day": due.isoformat(), "years": _years(guessed or (due.year,))}
    message = "delivery.contact_provisional" if guessed else "delivery.contact_due"
    return found + _noted(True, message, "contacted_on", record, **told)  # it is always told


def _visit(record: Visit, _rows: Rows, situation: Situation) -> list[Finding]:
    rule = clocks.visit_differs(record, situation.facts.customer.grade) if situation.facts else None
    found = _noted(rule is not None, "visit.differs", "next_visit_on", record, proposed=str(rule))
    day, calendar = record.next_visit_on, situation.calendar
    if day is not None and not calendar.is_working(day):
        told: dict[str, object] = {"day": day.isoformat(), "years": _years((day.year,))}
        found += _noted(True, f"visit.{_day_off(calendar, day)}", "next_visit_on", record, **told)  # as above
    return found


def _day_off(calendar: WorkingCalendar, day: date) -> str:
    """A day off by law or on a weekend, or one that is only guessed to be one."""
    return "day_off" if calendar.is_known(day.year) else "likely_day_off"


def _years(years: Sequence[int]) -> str:
    return "、".join(str(year) for year in years)


def _working_year(record: WorkingYear, _rows: Rows, _situation: Situation) -> list[Finding]:
    return working_days.check(record)


def _template(record: ContractTemplate, _rows: Rows, _situation: Situation) -> list[Finding]:
    return templates.check(record)


_RULES: dict[type[Record], Callable[[Any, Rows, Situation], list[Finding]]] = {
    NeedsAnalysis: _analysis,
    Proposal: _proposal,
    Negotiation: _negotiation,
    NegotiationResult: _result,
    Contract: _contract,
    ContractTemplate: _template,
    Delivery: _delivery,
    Visit: _visit,
    WorkingYear: _working_year,
}


def proposed(record: Record, situation: Situation) -> list[Proposed]:
    """The values that the rules propose where the form is empty or says otherwise. Never entered unasked."""
    facts = situation.facts
    found: list[Proposed] = []
    if isinstance(record, Customer) and record.need_expected_on is not None:
        grade = grading.proposed_grade(record.need_expected_on, situation.today)
        found.append(Proposed("grade", grade.value, "proposed.grade"))
    if isinstance(record, Visit) and record.visited_on is not None and facts is not None:
        day = clocks.next_visit(record.visited_on, facts.customer.grade)
        if day is None or facts.calendar.is_working(day):
            found.append(Proposed("next_visit_on", day, "proposed.visit"))
        else:
            off = _day_off(facts.calendar, day)
            found.append(Proposed("next_visit_on", day, f"proposed.visit_{off}", {"years": _years((day.year,))}))
    return [p for p in found if p.value is not None and getattr(record, p.field) != p.value]


def _of(form: type[R], rows: Mapping[str, Sequence[Record]]) -> list[R]:
    return [row for row in rows.get(str(form.__tablename__), ()) if isinstance(row, form)]


def _noted(applies: bool, message: str, field: str, record: Record, **params: object) -> list[Finding]:  # noqa: FBT001  # the rule's answer
    return [Finding(Level.NOTES, message, field, record.__tablename__, record.id, params)] if applies else []
