"""The figures of the dashboard, read from running totals where a total over everything is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from itertools import pairwise
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from salesdesk.process.stages import chance
from salesdesk.records.base import Stage
from salesdesk.records.care import Visit
from salesdesk.store import due
from salesdesk.store.queries import working_calendar
from salesdesk.store.tables import age_tally, round_tally

_MONTHS = 6


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
    """Clocks that have run out: letters of the last 30 days, follow-ups, tasks, first contacts, visits."""
    today = now.astimezone(zone).date()
    yesterday = today - due.DAY
    late = {
        "letters": due.letters_overdue(now, zone),
        "follow_ups": due.follow_ups(yesterday),
        "tasks": due.tasks(yesterday),
        "contacts": due.contacts_overdue(today, working_calendar(session)),
        "visits": due.visits(yesterday),
    }
    counts = [session.scalar(select(func.count()).where(condition)) or 0 for condition in late.values()]
    return Figure("overdue", tuple(late), tuple(counts))


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
