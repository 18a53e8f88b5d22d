"""The toolkit's clocks. "Now" and the time zone of the desk are always parameters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from dateutil.relativedelta import relativedelta

from salesdesk.process.working_days import BUILT_IN, WorkingCalendar
from salesdesk.records.care import Delivery, Visit
from salesdesk.records.discovery import ConfirmationLetter, NeedsAnalysis
from salesdesk.records.negotiation import Negotiation

LETTER_WITHIN = timedelta(hours=24)
ENTRY_WITHIN = timedelta(hours=24)
CONTACT_WITHIN = 3  # working days
VISIT_EVERY = {"A": 1, "B": 3, "C": 6}  # months
_SOON = timedelta(hours=6)


def end_of(day: date | None, until: time | None, zone: tzinfo) -> datetime | None:
    """When an interview ended: its time, or the end of its day; `None` without a day."""
    if day is None:
        return None
    ended = datetime.combine(day, until, zone) if until else datetime.combine(day + timedelta(days=1), time(), zone)
    return ended.astimezone(UTC)


def interview_end(analysis: NeedsAnalysis, zone: tzinfo) -> datetime | None:
    """When the interview of a record ended."""
    return end_of(analysis.interviewed_on, analysis.interviewed_until, zone)


def letter_due(analysis: NeedsAnalysis, zone: tzinfo) -> datetime | None:
    """访谈后 24 小时内: the latest time to send the 需求确认函."""
    ended = interview_end(analysis, zone)
    return None if ended is None else ended + LETTER_WITHIN


def entered_late(analysis: NeedsAnalysis, zone: tzinfo) -> bool:
    """沟通后 24 小时内录入: late entry is marked, never refused."""
    return _late(interview_end(analysis, zone), analysis.created_at)


def negotiation_entered_late(meeting: Negotiation, zone: tzinfo) -> bool:
    """谈判结果等在沟通后 24 小时内录入: late entry is marked, never refused."""
    return _late(end_of(meeting.met_on, meeting.met_until, zone), meeting.created_at)


def _late(ended: datetime | None, entered: datetime) -> bool:
    return ended is not None and entered > ended + ENTRY_WITHIN


def contact_due(delivered_on: date, calendar: WorkingCalendar = BUILT_IN) -> date:
    """交付后 3 个工作日内: the last day for the first contact, by the Chinese calendar with its moved days off."""
    return calendar.after(delivered_on, CONTACT_WITHIN)


def contact_overdue(delivery: Delivery, today: date, calendar: WorkingCalendar = BUILT_IN) -> bool:
    """Whether the first contact after a delivery is late, made or not."""
    if delivery.delivered_on is None:
        return False
    return (delivery.contacted_on or today) > contact_due(delivery.delivered_on, calendar)


def next_visit(visited_on: date, grade: str) -> date | None:
    """A 类每月 1 次，B 类每季度 1 次，C 类每半年 1 次; `None` for a customer without a grade."""
    months = VISIT_EVERY.get(grade)
    return None if months is None else visited_on + relativedelta(months=months)


def visit_differs(visit: Visit, grade: str) -> date | None:
    """The day that the rule proposes, when the entered one is another. What was entered stands."""
    if visit.visited_on is None or visit.next_visit_on is None:
        return None
    proposed = next_visit(visit.visited_on, grade)
    return proposed if proposed is not None and proposed != visit.next_visit_on else None


@dataclass(frozen=True)
class Countdown:
    """Time left to a due moment; negative once it is over."""

    due: datetime
    left: timedelta

    @property
    def overdue(self) -> bool:
        """Whether the moment has passed."""
        return self.left < timedelta(0)

    @property
    def soon(self) -> bool:
        """Whether it is less than six hours away."""
        return not self.overdue and self.left < _SOON


def letter_countdown(
    analysis: NeedsAnalysis, letter: ConfirmationLetter | None, now: datetime, zone: tzinfo
) -> Countdown | None:
    """The clock of the letter; `None` once it is sent, or when the interview has no day."""
    if letter is not None and letter.sent_at is not None:
        return None
    due = letter_due(analysis, zone)
    return None if due is None else Countdown(due, due - now)
