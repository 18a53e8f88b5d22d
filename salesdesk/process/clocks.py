"""The toolkit's clocks. "Now" and the time zone of the desk are always parameters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from salesdesk.records.discovery import ConfirmationLetter, NeedsAnalysis

LETTER_WITHIN = timedelta(hours=24)
ENTRY_WITHIN = timedelta(hours=24)
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
    ended = interview_end(analysis, zone)
    return ended is not None and analysis.created_at > ended + ENTRY_WITHIN


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
