"""今日 in words: each thing that is due as the line of a card."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QCoreApplication

from salesdesk.process import clocks
from salesdesk.process.working_days import WorkingCalendar
from salesdesk.records.care import Delivery
from salesdesk.records.discovery import ConfirmationLetter, NeedsAnalysis
from salesdesk.records.prospecting import Customer
from salesdesk.records.registry import form_named
from salesdesk.records.work import Task
from salesdesk.store.agenda import Day
from salesdesk.store.drafts import Draft
from ui.core.background import Desk
from ui.messages.time_words import moment_words
from ui.pages.agenda_row import Line
from ui.widgets.badges import Badge, follow_up_badge, letter_badge

translate = QCoreApplication.translate
_NEVER = timedelta(days=9999)


@dataclass(frozen=True)
class AgendaLines:
    """The lines of each card of 今日, what hurts first on top."""

    letters: list[Line]
    interviews: list[Line]
    contacts: list[Line]
    visits: list[Line]
    follow_ups: list[Line]
    tasks: list[Line]
    drafts: list[Line]

    @property
    def with_customers(self) -> int:
        """How much is due with customers."""
        return sum(map(len, (self.letters, self.interviews, self.contacts, self.visits, self.follow_ups)))


def lines_of(day: Day, desk: Desk) -> AgendaLines:
    """What the page shows of a day, as it is now at this desk."""
    due, today = day.agenda, desk.today()
    letters = sorted(due.letters, key=lambda entry: clocks.letter_due(entry[0], desk.zone) or desk.now() + _NEVER)
    follow_ups = sorted(due.follow_ups, key=lambda c: (c.grade or "Z", c.follow_up_on or date.max))
    return AgendaLines(
        letters=[_letter(*entry, desk) for entry in letters],
        interviews=[Line(o.id, c.id, "outline", c.name, detail=o.subject, grade=c.grade) for o, c in due.interviews],
        contacts=[_contact(delivery, customer, due.calendar, today) for delivery, customer in due.contacts],
        visits=[
            Line(
                visit.id,
                c.id,
                "visit",
                c.name,
                detail=visit.follow_up or visit.feedback,
                grade=c.grade,
                badge=_due(visit.next_visit_on, today) if visit.next_visit_on else None,
            )
            for visit, c in due.visits
        ],
        follow_ups=[
            Line(c.id, c.id, "", c.name, detail=c.need, grade=c.grade, badge=follow_up_badge(c.follow_up_on, today))
            for c in follow_ups
        ],
        tasks=[_task(task, day.customers, today) for task in due.tasks],
        drafts=[_draft(draft, name, day.customers, desk) for draft, name in day.unfinished],
    )


def _letter(analysis: NeedsAnalysis, customer: Customer, letter: ConfirmationLetter | None, desk: Desk) -> Line:
    countdown = clocks.letter_countdown(analysis, letter, desk.now(), desk.zone)
    detail, badge = analysis.pains.strip(), None
    if countdown is not None:
        due = translate("TodayPage", "Due {when}").format(when=moment_words(countdown.due, desk.now(), desk.zone))
        detail = " · ".join(filter(None, [due, detail]))
        badge = letter_badge(countdown.due, desk.now(), exact=True)
    return Line(
        analysis.id, customer.id, "needs_analysis", customer.name, detail=detail, grade=customer.grade, badge=badge
    )


def _contact(delivery: Delivery, customer: Customer, calendar: WorkingCalendar, today: date) -> Line:
    badge, remark = None, ""
    if delivery.delivered_on is not None:
        due = clocks.contact_due(delivery.delivered_on, calendar)
        badge = _due(due, today)
        if due >= today and (guessed := calendar.guessed(delivery.delivered_on, due)):
            badge = Badge(translate("TodayPage", "Due {when}, provisional").format(when=due.isoformat()), "accent")
            unknown = translate("TodayPage", "The days off of {years} are not known yet. The office can enter them.")
            remark = unknown.format(years="、".join(map(str, guessed)))
    return Line(
        delivery.id,
        customer.id,
        "delivery",
        customer.name,
        detail=delivery.subject,
        grade=customer.grade,
        badge=badge,
        remark=remark,
    )


def _task(task: Task, customers: Mapping[str, str], today: date) -> Line:
    return Line(
        task.id,
        task.customer_id,
        "task",
        task.subject,
        detail=customers.get(task.customer_id, ""),
        badge=_due(task.due_on, today) if task.due_on is not None and task.due_on < today else None,
        tick=translate("TodayPage", "Done: {task}").format(task=task.subject),
    )


def _draft(draft: Draft, name: str, customers: Mapping[str, str], desk: Desk) -> Line:
    label = form_named(draft.entity).__form__.label(desk.language)
    when = moment_words(draft.saved_at, desk.now(), desk.zone)
    return Line(
        draft.record_id,
        draft.customer_id,
        draft.entity,
        " · ".join(filter(None, [name or customers.get(draft.customer_id, ""), label])),
        detail=translate("TodayPage", "Typed {when}").format(when=when),
        badge=Badge(translate("TodayPage", "Go on"), "accent"),
    )


def _due(day: date, today: date) -> Badge:
    late = (today - day).days
    if late > 0:
        return Badge(translate("TodayPage", "{days} d late").format(days=late), "warn")
    return Badge(translate("TodayPage", "Due {when}").format(when=day.isoformat()), "accent")
