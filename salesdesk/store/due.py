"""What is due, said once in SQL: 今日, figures, calendar, reminders and team ask these conditions.

`process.clocks` says the same of one record. What was due yesterday and still is, is overdue.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta, tzinfo

from sqlalchemy import ColumnElement, and_, exists, or_
from sqlalchemy.orm import aliased

from salesdesk.process import clocks
from salesdesk.process.working_days import WorkingCalendar
from salesdesk.records.care import Delivery, Visit
from salesdesk.records.discovery import ConfirmationLetter, NeedsAnalysis
from salesdesk.records.prospecting import Customer
from salesdesk.records.work import Opportunity, Task

DAY = timedelta(days=1)
LETTERS_SINCE = timedelta(days=30)  # an older interview whose letter never went out is history, not today's work
Condition = ColumnElement[bool]


def letters(since: date) -> Condition:
    """Interviews from `since` on whose letter has not gone out; a lost round asks for none."""
    sent = exists().where(
        ConfirmationLetter.analysis_id == NeedsAnalysis.id,
        ConfirmationLetter.sent_at.is_not(None),
        ConfirmationLetter.deleted_at.is_(None),
    )
    lost = exists().where(Opportunity.id == NeedsAnalysis.opportunity_id, Opportunity.outcome == "lost")
    return and_(NeedsAnalysis.interviewed_on >= since, NeedsAnalysis.deleted_at.is_(None), ~sent, ~lost)


def letters_overdue(now: datetime, zone: tzinfo) -> Condition:
    """Those of them whose 24 hours are over; `zone` is the time zone of the desk."""
    ended = (now - clocks.LETTER_WITHIN).astimezone(zone).replace(tzinfo=None)
    over = or_(  # an interview without a time ends with its day
        NeedsAnalysis.interviewed_on < ended.date(),
        and_(NeedsAnalysis.interviewed_on == ended.date(), NeedsAnalysis.interviewed_until < ended.time()),
    )
    return and_(letters((now - LETTERS_SINCE).date()), over)


def contacts(delivered_by: date) -> Condition:
    """Deliveries up to a day after which nobody has called yet."""
    return and_(Delivery.contacted_on.is_(None), Delivery.delivered_on <= delivered_by, Delivery.deleted_at.is_(None))


def contacts_overdue(today: date, calendar: WorkingCalendar) -> Condition:
    """Those of them whose working days are over."""
    delivered = today - DAY
    while clocks.contact_due(delivered, calendar) >= today:  # later deliveries still have time
        delivered -= DAY
    return contacts(delivered)


def visits(by: date) -> Condition:
    """Visits whose next one is due by a day; one that was followed by another asks for nothing."""
    later = aliased(Visit)
    followed = exists().where(
        later.customer_id == Visit.customer_id, later.visited_on > Visit.visited_on, later.deleted_at.is_(None)
    )
    return and_(Visit.next_visit_on <= by, Visit.deleted_at.is_(None), ~followed)


def follow_ups(by: date) -> Condition:
    """Customers who are to be called by a day."""
    return and_(Customer.follow_up_on <= by, Customer.deleted_at.is_(None), Customer.status != "closed")


def tasks(by: date) -> Condition:
    """Open tasks that are to be done by a day; those without a day are never overdue."""
    return and_(Task.due_on <= by, *_open_tasks())


def tasks_to_do(by: date) -> Condition:
    """The same and those without a day: what somebody can do now."""
    return and_(or_(Task.due_on <= by, Task.due_on.is_(None)), *_open_tasks())


def _open_tasks() -> tuple[Condition, Condition]:
    return Task.done.is_(False), Task.deleted_at.is_(None)
