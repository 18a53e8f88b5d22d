"""The word that a customer's line carries: what is running or due, in the order of what hurts first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from PySide6.QtCore import QCoreApplication

from salesdesk.process import clocks
from salesdesk.process.grading import NO_RANK, Match
from salesdesk.records.base import Stage
from salesdesk.records.discovery import LETTER_STATES
from salesdesk.records.language import Language
from salesdesk.records.prospecting import Customer, IdealCustomer
from salesdesk.records.registry import fields_of
from salesdesk.store.stage_list import Line
from ui.messages.time_words import span_words

GRADE_TONES = {"A": "ok", "B": "accent", "C": "warn"}
_GOOD_MATCH = 75  # percent: at most one of four criteria missed
_STATE_TONES = {"draft": "accent", "sent": "plain", "confirmed": "ok", "changes": "warn"}


@dataclass(frozen=True)
class Badge:
    """A word and its tone (ok, warn, danger, accent, plain)."""

    text: str
    tone: str


@dataclass(frozen=True)
class CustomerRow:
    """One line of a customer list, ready to be drawn; nothing of it needs the database again.

    `share` is how many percent of a profile the customer meets, and `match` says it in words. `letter_due` is set
    while the clock of the 需求确认函 runs. `rank`, `touched_at` and `opportunity_id` are the key of the page.
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
    rank: int = NO_RANK
    share: int | None = None
    match: str = ""


def row_of(line: Line, stage: Stage, zone: tzinfo, language: Language) -> CustomerRow:
    """What the list of a stage shows of a customer."""
    person = " ".join(filter(None, [line.contact_name, line.contact_position]))
    industry = fields_of(Customer)["industry"].show(line.industry, language)
    discovery = stage is Stage.DISCOVERY
    ended = clocks.end_of(line.interviewed_on, line.interviewed_until, zone)
    return CustomerRow(
        customer_id=line.customer_id,
        name=line.name,
        grade=line.grade,
        facts=" · ".join(filter(None, [industry, person])),
        opportunity_id=line.opportunity_id,
        touched_at=line.touched_at,
        letter_due=ended + clocks.LETTER_WITHIN if discovery and ended and line.letter_sent_at is None else None,
        letter_state=line.letter_state or "" if discovery else "",
        interview_on=line.planned_on if discovery and ended is None else None,
        follow_up_on=line.follow_up_on if line.status != "closed" else None,
        rank=line.rank,
        share=line.match.share if line.match else None,
        match=match_words(line.match, language) if line.match else "",
    )


def match_words(match: Match, language: Language) -> str:
    """What share of the profile is met, what is missed or not known, and which profile it is."""
    share = QCoreApplication.translate("Match", "Match {share}%").format(share=match.share)
    profile = QCoreApplication.translate("Match", "profile: {profile}").format(profile=match.profile)
    return QCoreApplication.translate("Match", "; ").join([share, *_details(match, language), profile])


def match_cell(match: Match, language: Language) -> str:
    """The same below a heading that says what it is, without the profile."""
    return QCoreApplication.translate("Match", "; ").join([f"{match.share}%", *_details(match, language)])


def _details(match: Match, language: Language) -> list[str]:
    between = QCoreApplication.translate("Match", ", ")
    return [
        words.format(criteria=between.join(_criterion(name, language) for name in names))
        for words, names in (
            (QCoreApplication.translate("Match", "not met: {criteria}"), match.missed),
            (QCoreApplication.translate("Match", "not known: {criteria}"), match.unknown),
        )
        if names
    ]


def _criterion(name: str, language: Language) -> str:
    if name == "region":
        return QCoreApplication.translate("Match", "region")
    form = IdealCustomer if name == "pains" else Customer
    return fields_of(form)[name].label(language)


def match_tone(share: int) -> str:
    """A good match stands out, a poor one does not."""
    return "ok" if share >= _GOOD_MATCH else "plain"


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
