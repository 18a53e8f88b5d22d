"""The word that a customer's line carries: what is running or due, in the order of what hurts first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo

from PySide6.QtCore import QCoreApplication

from salesdesk.process import clocks
from salesdesk.records.base import Stage
from salesdesk.records.discovery import LETTER_STATES, ConfirmationLetter, NeedsAnalysis
from salesdesk.records.kinds import Language
from salesdesk.store.queries import Line
from ui.widgets.moments import span_words

GRADE_TONES = {"A": "ok", "B": "accent", "C": "warn"}
_STATE_TONES = {"draft": "accent", "sent": "plain", "confirmed": "ok", "changes": "warn"}


@dataclass(frozen=True)
class Badge:
    """A word and its tone (ok, warn, danger, accent, plain)."""

    text: str
    tone: str


@dataclass(frozen=True)
class CustomerRow:
    """One line of a customer list, ready to be drawn; nothing of it needs the database again.

    `letter_due` is set while the clock of the 需求确认函 runs. `opportunity_id` and `touched_at` are
    the key of the page.
    """

    customer_id: str
    name: str
    grade: str
    facts: str
    opportunity_id: str
    touched_at: datetime
    letter_due: datetime | None = None
    letter_state: str = ""
    interview_on: date | None = None
    follow_up_on: date | None = None


def row_of(line: Line, stage: Stage, zone: tzinfo, language: Language) -> CustomerRow:
    """What the list of a stage shows of a customer."""
    customer, contact, analysis = line.customer, line.contact, line.analysis
    person = " ".join(filter(None, [contact.name, contact.position])) if contact else ""
    industry = type(customer).__fields__["industry"].show(customer.industry, language)
    discovery = stage is Stage.DISCOVERY
    letter = line.letter if line.letter and analysis and line.letter.analysis_id == analysis.id else None
    outline = line.outline
    return CustomerRow(
        customer_id=customer.id,
        name=customer.name,
        grade=customer.grade,
        facts=" · ".join(filter(None, [industry, person])),
        opportunity_id=line.opportunity.id,
        touched_at=line.opportunity.updated_at,
        letter_due=_running(analysis, letter, zone) if discovery else None,
        letter_state=letter.state if letter and discovery else "",
        interview_on=outline.planned_on if outline and analysis is None and discovery else None,
        follow_up_on=customer.follow_up_on if customer.status != "closed" else None,
    )


def _running(analysis: NeedsAnalysis | None, letter: ConfirmationLetter | None, zone: tzinfo) -> datetime | None:
    if analysis is None:
        return None
    countdown = clocks.letter_countdown(analysis, letter, datetime.now(UTC), zone)
    return countdown.due if countdown else None


def badge_of(row: CustomerRow, now: datetime, zone: tzinfo, language: Language) -> Badge | None:
    """The badge of a list line at a moment: running letter, interview, follow-up, then the letter's state."""
    if row.letter_due is not None:
        return letter_badge(row.letter_due, now)
    today = now.astimezone(zone).date()
    if row.interview_on == today:
        return Badge(QCoreApplication.translate("Badges", "Interview today"), "accent")
    if row.letter_state:
        word = next((o.label(language) for o in LETTER_STATES if o.value == row.letter_state), row.letter_state)
        return Badge(word, _STATE_TONES.get(row.letter_state, "plain"))
    return follow_up_badge(row.follow_up_on, today)


def letter_badge(due: datetime, now: datetime, *, exact: bool = False) -> Badge:
    """The running clock of a 需求确认函; `exact` counts the minutes."""
    countdown = clocks.Countdown(due, due - now)
    if countdown.overdue:
        return Badge(QCoreApplication.translate("Badges", "Letter overdue"), "danger")
    word = QCoreApplication.translate("Badges", "Letter: {left} left").format(left=span_words(due - now, exact=exact))
    return Badge(word, "warn" if countdown.soon else "accent")


def follow_up_badge(day: date | None, today: date) -> Badge | None:
    """A follow-up that is due; the days to come are silent."""
    if day is None or day > today:
        return None
    if day == today:
        return Badge(QCoreApplication.translate("Badges", "Follow up today"), "accent")
    days = (today - day).days
    return Badge(QCoreApplication.translate("Badges", "Follow-up {days} d late").format(days=days), "warn")
