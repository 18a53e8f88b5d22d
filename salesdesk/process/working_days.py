"""The working days of China: weekends, days off as the State Council moves them, and weekends that are worked.

The arrangement of a year is published in the autumn before. The years that the calendar library knows are law; beyond
them it only guesses, and a day counted there is provisional until the office has entered the arrangement.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

from salesdesk.process.findings import Finding, Level
from salesdesk.records.calendar import WorkingYear
from salesdesk.records.numerals import plain

_SATURDAY = 5
_LONGEST = 15  # days off in a row; more is a slip
_ALWAYS_OFF = ((1, 1), (5, 1), (10, 1))  # an arrangement that leaves one out is not whole
_NOTE = r"[ \t]*(?:\([^)]*\))?[ \t]*"
_RANGE = re.compile(
    r"(?<![\d.])(?:(?P<year>\d{4})[-年/.])?(?P<month>\d{1,2})[-月/.](?P<day>\d{1,2})(?!\d|\.\d)[日号]?"
    rf"{_NOTE}(?:(?:至|到|~|—+|–|\.\.|-)[ \t]*"
    rf"(?:(?P<to_year>\d{{4}})[-年/.])?(?:(?P<to_month>\d{{1,2}})[-月/.])?(?P<to_day>\d{{1,2}})[日号]?{_NOTE})?"
)
_LINES = re.compile(r"[;。\n]")
_WORKED = re.compile(r"上班|补班|work", re.IGNORECASE)
_OFF = re.compile(r"放假|off|holiday", re.IGNORECASE)
_ASIDE = re.compile(r"鼓励|带薪")  # the notice's advice on New Year's Eve
_SIGNED = re.compile(r"\s*\d{4}年\d{1,2}月\d{1,2}日\s*")  # the day on which the notice was given
_NO_DAY = re.compile(r"\d{4}年|共\d+天|\[\d{4}\]\d+号|〔\d{4}〕\d+号")


@dataclass(frozen=True)
class Arrangement:
    """A year's days off and the weekends that are worked; `unread` are the lines that were not understood."""

    off: frozenset[date]
    worked: frozenset[date]
    unread: tuple[str, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether everything was understood and no day is missing that is off in every year."""
        return not self.unread and {(day.month, day.day) for day in self.off} >= set(_ALWAYS_OFF)


@dataclass(frozen=True)
class WorkingCalendar:
    """Which days are worked. `entered` holds the office's arrangements by year; they stand before what is built in."""

    entered: Mapping[int, Arrangement] = field(default_factory=dict)

    def is_known(self, year: int) -> bool:
        """Whether the year's arrangement is law here, not a guess."""
        if year in self.entered:
            return self.entered[year].whole
        return _built_in(year).published

    def is_working(self, day: date) -> bool:
        """Whether a day is worked."""
        arranged = self.entered.get(day.year) or _built_in(day.year).arrangement
        return day in arranged.worked or (day.weekday() < _SATURDAY and day not in arranged.off)

    def after(self, day: date, count: int) -> date:
        """The `count`-th working day after a day (at least 1)."""
        while count > 0:
            day += timedelta(days=1)
            count -= self.is_working(day)
        return day

    def guessed(self, first: date, last: date) -> tuple[int, ...]:
        """The years from one day to another whose arrangement is not known."""
        return tuple(year for year in range(first.year, last.year + 1) if not self.is_known(year))


BUILT_IN = WorkingCalendar()
"""The calendar without anything that an office has entered."""


def calendar_of(years: Iterable[WorkingYear]) -> WorkingCalendar:
    """The calendar with what the office has entered; of two records of a year the later one in the iterable stands."""
    return WorkingCalendar({record.year: arrangement(record) for record in years if record.year is not None})


def arrangement(record: WorkingYear) -> Arrangement:
    """What a record says, by lines or in the words of the notice: `2月15日至23日放假，共9天。2月14日（周六）上班`."""
    said = plain(record.days_off)
    notice = bool(_OFF.search(said) and _WORKED.search(said))
    off: set[date] = set()
    worked: set[date] = set()
    unread: list[str] = []
    for text, kept in ((said, off), (plain(record.worked), worked)):
        for line in filter(str.strip, _LINES.split(text)):
            if _ASIDE.search(line) or (notice and _SIGNED.fullmatch(line)):
                continue
            goes_to = worked if _WORKED.search(line) else kept
            try:
                days = list(_days(line, record.year or 0))
            except ValueError:
                unread.append(line.strip())
                continue
            clear = kept is worked or not notice or _WORKED.search(line) or _OFF.search(line)
            if (days and not clear) or (not days and re.search(r"\d", _NO_DAY.sub("", line))):
                unread.append(line.strip())
            else:
                goes_to.update(days)
    return Arrangement(frozenset(off - worked), frozenset(worked), tuple(unread))


def _days(line: str, year: int) -> Iterator[date]:
    """The days of a line. Raises `ValueError` for a day that is none or of another year, and for no real range."""
    for found in _RANGE.finditer(line):
        first = date(int(found["year"] or year), int(found["month"]), int(found["day"]))
        last = first
        if found["to_day"]:
            month = int(found["to_month"] or first.month)
            last = date(int(found["to_year"] or first.year), month, int(found["to_day"]))
        if {first.year, last.year} != {year} or not 0 <= (last - first).days < _LONGEST:
            raise ValueError(line)
        yield from (first + timedelta(days=number) for number in range((last - first).days + 1))


def check(record: WorkingYear) -> list[Finding]:
    """What of an arrangement is not understood, missing, or odd."""
    read = arrangement(record)
    found = [("calendar.unread", "days_off", {"line": line}) for line in read.unread]
    missing = [
        f"{month}-{day:02}" for month, day in _ALWAYS_OFF if (month, day) not in {(d.month, d.day) for d in read.off}
    ]
    found += [("calendar.missing", "days_off", {"days": "、".join(missing)})] if missing and record.days_off else []
    found += [
        ("calendar.not_a_weekend", "worked", {"day": day.isoformat()})
        for day in sorted(read.worked)
        if day.weekday() < _SATURDAY
    ]
    return [Finding(Level.WARNS, message, name, "working_year", record.id, dict(told)) for message, name, told in found]


@dataclass(frozen=True)
class _Year:
    arrangement: Arrangement
    published: bool


@lru_cache(
    maxsize=64
)  # a year each time: the library's own object fills itself on reading, which two threads must not share
def _built_in(year: int) -> _Year:
    import holidays  # noqa: PLC0415  # a calendar of all countries; only when a day is counted

    china = holidays.country_holidays("CN", years=year)
    arranged = Arrangement(
        frozenset(day for day in china if day.year == year),
        frozenset(day for day in china.weekend_workdays if day.year == year),
    )
    return _Year(arranged, year in china.special_public_holidays)
