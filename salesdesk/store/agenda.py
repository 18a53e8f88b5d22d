"""今日: what is due or overdue, and the forms that were left unfinished."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from salesdesk.process import clocks
from salesdesk.process.working_days import WorkingCalendar
from salesdesk.records.care import Delivery, Visit
from salesdesk.records.discovery import ConfirmationLetter, NeedsAnalysis, Outline
from salesdesk.records.prospecting import Customer
from salesdesk.records.registry import known
from salesdesk.records.work import Task
from salesdesk.store import drafts, due
from salesdesk.store.queries import working_calendar

_RUNNING_SINCE = timedelta(days=2)


@dataclass(frozen=True)
class Agenda:
    """What 今日 shows, each list with what hurts first on top."""

    letters: list[tuple[NeedsAnalysis, Customer, ConfirmationLetter | None]]
    interviews: list[tuple[Outline, Customer]]
    follow_ups: list[Customer]
    tasks: list[Task]
    contacts: list[tuple[Delivery, Customer]]
    visits: list[tuple[Visit, Customer]]
    calendar: WorkingCalendar


@dataclass(frozen=True)
class Day:
    """Everything that the page 今日 shows: the agenda, unfinished forms with what each is about, names by customer id.

    An unfinished form that is not a customer's own is about "": its customer's name says it.
    """

    agenda: Agenda
    unfinished: list[tuple[drafts.Draft, str]]
    customers: dict[str, str]


@dataclass(frozen=True)
class RunningOut:
    """A 需求确认函 that has to go out soon: of which interview, for whom, and how long there is."""

    analysis_id: str
    customer: str
    left: timedelta


def day(session: Session, today: date, since: datetime) -> Day:
    """The page 今日 in one read; `today` and `since` as in `agenda`."""
    found = agenda(session, today, since)
    unfinished = [draft for draft in drafts.unfinished(session) if known(draft.entity)]
    of_themselves = [draft.record_id for draft in unfinished if draft.entity == "customer"]
    wanted = [draft.customer_id for draft in unfinished] + [task.customer_id for task in found.tasks]
    names = _names(session, {*filter(None, wanted), *of_themselves})
    return Day(found, [(draft, _name_of(draft, names)) for draft in unfinished], names)


def agenda(session: Session, today: date, since: datetime, limit: int = 50) -> Agenda:
    """What is due today or overdue; interviews older than `since` no longer ask for a letter."""
    analyses = list(
        session.scalars(
            select(NeedsAnalysis)
            .where(due.letters(since.date()))
            # an interview without a time ends with its day, so it comes after those with one
            .order_by(NeedsAnalysis.interviewed_on, NeedsAnalysis.interviewed_until.nulls_last())
            .limit(limit)
        )
    )
    letters = {
        x.analysis_id: x
        for x in session.scalars(
            select(ConfirmationLetter)
            .where(
                ConfirmationLetter.analysis_id.in_([a.id for a in analyses]), ConfirmationLetter.deleted_at.is_(None)
            )
            .order_by(ConfirmationLetter.version)
        )
    }
    outlines = list(
        session.scalars(select(Outline).where(Outline.planned_on == today, Outline.deleted_at.is_(None)).limit(limit))
    )
    deliveries = list(
        session.scalars(select(Delivery).where(due.contacts(today)).order_by(Delivery.delivered_on).limit(limit))
    )
    visits = list(session.scalars(select(Visit).where(due.visits(today)).order_by(Visit.next_visit_on).limit(limit)))
    wanted = [a.customer_id for a in analyses] + [o.customer_id for o in outlines]
    wanted += [d.customer_id for d in deliveries] + [v.customer_id for v in visits]
    customers = _customers(session, wanted)
    return Agenda(
        letters=[(a, customers[a.customer_id], letters.get(a.id)) for a in analyses if a.customer_id in customers],
        interviews=[(o, customers[o.customer_id]) for o in outlines if o.customer_id in customers],
        contacts=[(d, customers[d.customer_id]) for d in deliveries if d.customer_id in customers],
        visits=[(v, customers[v.customer_id]) for v in visits if v.customer_id in customers],
        follow_ups=list(
            session.scalars(
                select(Customer)
                .where(due.follow_ups(today))
                .order_by(Customer.follow_up_on, func.nullif(Customer.grade, "").nulls_last())
                .limit(limit)
            )
        ),
        tasks=list(
            session.scalars(select(Task).where(due.tasks_to_do(today)).order_by(Task.due_on.nulls_last()).limit(limit))
        ),
        calendar=working_calendar(session),
    )


def letters_running_out(session: Session, now: datetime, zone: tzinfo) -> list[RunningOut]:
    """The letters whose clock is about to run out, each with the time that is left."""
    recent = agenda(session, now.astimezone(zone).date(), now - _RUNNING_SINCE)
    running = [
        (analysis, customer, clocks.letter_countdown(analysis, letter, now, zone))
        for analysis, customer, letter in recent.letters
    ]
    return [
        RunningOut(analysis.id, customer.name, countdown.left)
        for analysis, customer, countdown in running
        if countdown is not None and countdown.soon
    ]


def _customers(session: Session, ids: Sequence[str]) -> dict[str, Customer]:
    return {c.id: c for c in session.scalars(select(Customer).where(Customer.id.in_(ids)))}


def _names(session: Session, ids: Collection[str]) -> dict[str, str]:
    pairs = session.execute(select(Customer.id, Customer.name).where(Customer.id.in_(ids)))
    return {customer_id: name for customer_id, name in pairs}  # noqa: C416  # rows are no pairs for mypy


def _name_of(draft: drafts.Draft, names: dict[str, str]) -> str:
    """What an unfinished form is about: the customer itself, or nothing when its own record says so."""
    return names.get(draft.record_id) or str(draft.content.get("name", "")) if draft.entity == "customer" else ""
