"""The figures of the dashboard, read from running totals where a total over everything is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from itertools import pairwise
from typing import Any

from sqlalchemy import Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from salesdesk.process import clocks
from salesdesk.process.stages import chance
from salesdesk.process.working_days import WorkingCalendar
from salesdesk.records.base import Stage
from salesdesk.records.care import Delivery, Visit
from salesdesk.records.discovery import ConfirmationLetter, NeedsAnalysis
from salesdesk.records.prospecting import Customer
from salesdesk.records.work import Task
from salesdesk.store.queries import working_calendar
from salesdesk.store.tables import age_tally, round_tally

_MONTHS = 6
_LETTERS_SINCE = timedelta(days=30)


@dataclass(frozen=True)
class Figure:
    """A picture of the dashboard: names of its bars and a value for each.

    `labels` are stage values, months (`2026-11`), or ids of words. `unit` is count, percent, days or fen. `of` holds
    the number behind a share, for the words beside it.
    """

    name: str
    labels: tuple[str, ...]
    values: tuple[int, ...]
    unit: str = "count"
    of: tuple[int, ...] = ()


def figures(session: Session, now: datetime, zone: tzinfo) -> list[Figure]:
    """All figures, in the order of the page; `zone` is the time zone of the desk."""
    today = now.astimezone(zone).date()
    standing = _rounds_by_stage(session)
    return [
        _funnel(standing),
        _conversion(standing),
        _win_rate(standing),
        _ages(session, today),
        _forecast(session, today),
        _overdue(session, now, zone),
        _satisfaction(session),
    ]


def _rounds_by_stage(session: Session) -> dict[tuple[str, str], int]:
    tally = round_tally.c
    counted = session.execute(
        select(tally.outcome, tally.stage, func.sum(tally.rounds)).group_by(tally.outcome, tally.stage)
    )
    return {(outcome, stage): count for outcome, stage, count in counted}


def _stages() -> tuple[str, ...]:
    return tuple(stage.value for stage in Stage)


def _funnel(standing: dict[tuple[str, str], int]) -> Figure:
    """Open rounds in each stage."""
    return Figure("funnel", _stages(), tuple(standing.get(("open", stage), 0) for stage in _stages()))


def _conversion(standing: dict[tuple[str, str], int]) -> Figure:
    """Of all rounds that ever stood in a stage, the percentage that came further; a won round came all the way."""
    reached = []
    for number, _ in enumerate(_stages()):
        beyond = [count for (outcome, stage), count in standing.items() if _at_least(outcome, stage, number)]
        reached.append(sum(beyond))
    shares = tuple(100 * after // before if before else 0 for before, after in pairwise(reached))
    return Figure("conversion", _stages()[:-1], shares, "percent", tuple(reached[:-1]))


def _at_least(outcome: str, stage: str, number: int) -> bool:
    return outcome == "won" or (stage in _stages() and _stages().index(stage) >= number)


def _win_rate(standing: dict[tuple[str, str], int]) -> Figure:
    """Rounds that were won or lost. One that has come to 售后跟进 is won, though it is still open."""
    lost = sum(count for (outcome, _), count in standing.items() if outcome == "lost")
    won = sum(
        count
        for (outcome, stage), count in standing.items()
        if outcome == "won" or (outcome == "open" and stage == Stage.CARE.value)
    )
    return Figure("win_rate", ("won", "lost"), (won, lost))


def _ages(session: Session, today: date) -> Figure:
    """How long open rounds have stood in their stage: the mean in days, and how many there are."""
    days = func.julianday(today.isoformat()) - func.julianday(age_tally.c.since)
    found = {
        stage: (round(total / rounds), rounds)
        for stage, total, rounds in session.execute(
            select(age_tally.c.stage, func.sum(days * age_tally.c.rounds), func.sum(age_tally.c.rounds))
            .where(age_tally.c.rounds > 0)
            .group_by(age_tally.c.stage)
        )
    }
    ages = [found.get(stage, (0, 0)) for stage in _stages()]
    return Figure("ages", _stages(), tuple(max(0, mean) for mean, _ in ages), "days", tuple(n for _, n in ages))


def _forecast(session: Session, today: date) -> Figure:
    """What open rounds may bring by the month of their expected close, in 分: weighted by stage; `of` is unweighted."""
    months = [_month(today, ahead) for ahead in range(_MONTHS)]
    tally = round_tally.c
    summed = session.execute(
        select(tally.month, tally.stage, func.sum(tally.amount))
        .where(tally.outcome == "open", tally.month.in_(months))
        .group_by(tally.month, tally.stage)
    )
    weighted, whole = dict.fromkeys(months, 0), dict.fromkeys(months, 0)
    for month, stage, amount in summed:
        weighted[month] += amount * chance(stage) // 100
        whole[month] += amount
    return Figure("forecast", tuple(months), tuple(weighted.values()), "fen", tuple(whole.values()))


def _month(today: date, ahead: int) -> str:
    months = today.year * 12 + today.month - 1 + ahead
    return f"{months // 12}-{months % 12 + 1:02d}"


def _overdue(session: Session, now: datetime, zone: tzinfo) -> Figure:
    """Clocks that have run out: letters of the last 30 days, follow-ups, tasks, first contacts, visits.

    The conditions are `process.clocks` said in SQL, so that the page and 今日 call the same rows late.
    """
    today = now.astimezone(zone).date()
    ended = (now - clocks.LETTER_WITHIN).astimezone(zone).replace(tzinfo=None)
    sent = exists().where(
        ConfirmationLetter.analysis_id == NeedsAnalysis.id,
        ConfirmationLetter.sent_at.is_not(None),
        ConfirmationLetter.deleted_at.is_(None),
    )
    later = aliased(Visit)
    followed = exists().where(
        later.customer_id == Visit.customer_id, later.visited_on > Visit.visited_on, later.deleted_at.is_(None)
    )
    counts = {
        "letters": select(func.count()).where(
            NeedsAnalysis.interviewed_on >= (now - _LETTERS_SINCE).date(),
            # an interview without a time ends with its day
            or_(
                NeedsAnalysis.interviewed_on < ended.date(),
                and_(NeedsAnalysis.interviewed_on == ended.date(), NeedsAnalysis.interviewed_until < ended.time()),
            ),
            NeedsAnalysis.deleted_at.is_(None),
            ~sent,
        ),
        "follow_ups": select(func.count()).where(
            Customer.follow_up_on < today, Customer.deleted_at.is_(None), Customer.status != "closed"
        ),
        "tasks": select(func.count()).where(Task.due_on < today, Task.done.is_(False), Task.deleted_at.is_(None)),
        "contacts": select(func.count()).where(
            Delivery.contacted_on.is_(None),
            Delivery.delivered_on <= _contact_was_due(today, working_calendar(session)),
            Delivery.deleted_at.is_(None),
        ),
        "visits": select(func.count()).where(Visit.next_visit_on < today, Visit.deleted_at.is_(None), ~followed),
    }
    return Figure("overdue", tuple(counts), tuple(session.scalar(one) or 0 for one in counts.values()))


def _contact_was_due(today: date, calendar: WorkingCalendar) -> date:
    """The last day of delivery whose first contact is late today; later deliveries still have time."""
    day = today - timedelta(days=1)
    while clocks.contact_due(day, calendar) >= today:
        day -= timedelta(days=1)
    return day


def _satisfaction(session: Session) -> Figure:
    """How many visits gave each score."""
    counted = _counted(
        session,
        select(Visit.satisfaction, func.count())
        .where(Visit.satisfaction.is_not(None), Visit.deleted_at.is_(None))
        .group_by(Visit.satisfaction),
    )
    return Figure("satisfaction", ("1", "2", "3", "4", "5"), tuple(counted.get(score, 0) for score in range(1, 6)))


def _counted(session: Session, statement: Select[Any, int]) -> dict[Any, int]:
    """The two columns of a statement as a mapping."""
    return {row[0]: row[1] for row in session.execute(statement)}
