"""The spans and days that a sentence names: `验收后45天`, `15个工作日`, `半年`, `90天（自12月1日起）`, `12月底前`.

A span is not a day, and a working day is not a day of the calendar: each is kept as what it is. What is not understood
(`几天`, `约30天`, `30-45天`, `3月内`) makes the text unread, so that nothing is proposed and nothing counts as checked.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from salesdesk.process.working_days import WorkingCalendar
from salesdesk.records.numerals import CHINESE, LONGEST, plain, value

# What trade takes a month and a year for, where a number of days is asked.
_DAYS_OF_MONTH, _DAYS_OF_YEAR, _MONTHS_OF_YEAR = 30, 365, 12
_LONGEST_DAYS = 3650  # what the fields for days take; 2026年 is no span either
_HOURS = 24


class Unit(StrEnum):
    """What a span is counted in."""

    DAYS = "days"
    WORKING_DAYS = "working_days"
    MONTHS = "months"


@dataclass(frozen=True)
class Span:
    """A time of so many units."""

    count: int
    unit: Unit

    @property
    def days(self) -> int | None:
        """In days of the calendar: a month is 30, twelve are 365; `None` for working days, which depend on the day."""
        if self.unit is Unit.WORKING_DAYS:
            return None
        if self.unit is Unit.DAYS:
            return self.count
        years, months = divmod(self.count, _MONTHS_OF_YEAR)
        return years * _DAYS_OF_YEAR + months * _DAYS_OF_MONTH

    def days_from(self, day: date, working: WorkingCalendar) -> int:
        """In days of the calendar, counted from a day."""
        return (working.after(day, self.count) - day).days if self.days is None else self.days


@dataclass(frozen=True)
class Said:
    """What a text says of time: the spans in it and the day from which they run, the days, and what stands in the way.

    `unread` says that something was not understood, `in_parts` that what is agreed is done in several steps.
    """

    spans: tuple[Span, ...] = ()
    since: date | None = None
    until: tuple[date, ...] = ()
    unread: bool = False
    in_parts: bool = False

    @property
    def single(self) -> Span | None:
        """The one span that the text names, with no other and no day beside it."""
        alone = len(self.spans) == 1 and not (self.until or self.unread or self.in_parts)
        return self.spans[0] if alone else None

    @property
    def day(self) -> date | None:
        """The one day that the text names, with no span beside it."""
        alone = len(self.until) == 1 and not (self.spans or self.unread or self.in_parts)
        return self.until[0] if alone else None

    def lengths(self, day: date | None, working: WorkingCalendar) -> list[int]:
        """All of it in days from `day`; empty where something is not understood, needs a day, or is over by then."""
        first = self.since or day
        found = [span.days if first is None else span.days_from(first, working) for span in self.spans]
        found += [None if day is None else (end - day).days for end in self.until]
        known = [days for days in found if days is not None and days >= 0]
        return [] if self.unread or len(known) < len(found) else known


_N = rf"(?:(?<![\d.])\d{{1,9}}(?:\.\d{{1,4}})?|(?<![{CHINESE}])[{CHINESE}]{{1,12}})"
_TO = r"[ \t]*(?:-|~|—|–|至|到|或)[ \t]*"
_UNITS = {
    "工作日": "工作日|交易日|劳动日|working days?|business days?",
    "天": "自然日|日历天|日历日|天|日|days?",
    "周": "周|星期|礼拜|weeks?",
    "月": r"(?<=个)月|months?|(?<=半)月",
    "季": r"(?<=个)季度?|quarters?",
    "年": "年|years?",
    "小时": "小时|钟头|hours?",
}
_UNIT = "|".join(f"(?P<{name}>{words})" for name, words in _UNITS.items())
_SPAN = re.compile(
    rf"(?P<range>{_N}个?{_TO})?(?P<count>{_N}|半|half an? )[ \t]*个?(?P<half>半(?=月|年|个月))?(?:个)?[ \t]*(?:{_UNIT})"
    r"(?P<more>半)?",
    re.IGNORECASE,
)
_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_DAY = r"(?:[12]\d|3[01]|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])"
_PART = r"上旬|中旬|下旬|底|末|初|中"
_DATE = re.compile(
    r"(?P<from>(?:自|从|由)[ \t]*)?(?:"
    r"(?<![\d.])(?P<iso>\d{4}[-/.]\d{1,2}[-/.]\d{1,2})(?!\d)"
    rf"|(?:(?P<year>\d{{4}}|[二〇零一二三四五六七八九]{{4}}|今|明|后|本|当)年)?(?<![\d个])(?P<month>{_MONTH})月份?"
    rf"(?:(?P<day>{_DAY})[日号]|(?P<part>{_PART})|(?P<early>(?:之|以)?前)|(?!内|之内|以内|以后|之后|后|结))"
    rf"|(?P<this>本月|当月|下个?月)(?P<this_part>{_PART})"
    rf"|(?:(?P<end_year>\d{{4}}|[今明后]|本|当)年|(?<![\d{CHINESE}半])年)(?:底|末|内)"
    r")(?P<begins>[ \t]*(?:之?日)?(?:起|开始|始|(?:之|以)?后))?"
)
_NOT_MEANT = re.compile(
    # how often, how quickly an answer comes, what happens when it is late, what holds afterwards
    rf"每{_N}?个?(?:工作日|周|星期|月|季度?|年|天|日)|7[ \t]*[x×*][ \t]*24(?:小时)?"
    rf"|{_N}[ \t]*小时[^,;。]{{0,4}}(?:响应|到场|到达|回复)"
    rf"|(?:响应|到场|到达|回复)[^,;。\d]{{0,6}}{_N}[ \t]*(?:小时|分钟)"
    rf"|(?:逾期|延期|延迟|迟延|提前|提早)[^,;。\d]{{0,4}}{_N}[ \t]*个?(?:工作日|天|日|周|月)"
    rf"|(?:质保期?|保修期?|维保期?|维护期?|服务期限?|有效期|合同期限?|试用期?)"
    rf"(?:为|是|:)?[ \t]*{_N}?[ \t]*个?(?:半)?(?:天|月|年)(?!后)"
)
_ROUGH_BEFORE = re.compile(r"(?:大?约|大概|近|差不多|至少|不少于|不低于|最少|最快|超过|多于|大于|左右)[ \t]*$")
_NO_MORE_BEFORE = re.compile(r"不(?:得)?超过[ \t]*$")
_ROUGH_AFTER = re.compile(r"[ \t]*(?:左右|上下|以上|以外|之外|多|余(?!款)|不等|起(?!算))")
_LEFT_OVER = re.compile(
    rf"(?:[几数两三多余来]|若干)[ \t]*个?(?:工作日|天|日|周|星期|月(?!结)|年)"
    rf"|{_N}[ \t]*(?:月(?:内|之内|以内|以?后|之后)|号|季度?)"
    rf"|(?:[当次本下每]月|月后?的?)[ \t]*{_N}[ \t]*[日号]?|{_N}[ \t]*日(?:前|止)|半[天日周]|旬"
)
_DAY_BEFORE = re.compile(r"月后?的?[ \t]*$")  # 次月10日 is a day of a month
_DAY_AFTER = re.compile(r"[ \t]*(?:之|以)?(?:前|止)")
_END_OF_MONTH = re.compile(rf"月结[ \t]*(?P<count>{_N})[ \t]*天")
_IN_PARTS = re.compile(
    r"[\d一二两三四五六七八九十]\s*期|[%％]|分期|分批|分阶段|首付|预付|尾款|质保|保修|维保|instal", re.IGNORECASE
)
_BLANK = "◇"


def said_of_time(text: str, day: date | None = None) -> Said:
    """What a sentence says of time; `day` is when it was said: `12月底` is the next one from then on, else unread."""
    if len(text) > LONGEST:
        return Said(unread=True)
    words = plain(text)
    in_parts = bool(_IN_PARTS.search(words))
    words, beside = _NOT_MEANT.subn(_BLANK, words)
    reader = _Reader(day)
    words = _END_OF_MONTH.sub(reader.take_end_of_month, words)
    words = _DATE.sub(reader.take_date, words)
    words = _SPAN.sub(reader.take_span, words)
    unread = reader.unread or bool(_LEFT_OVER.search(words)) or len(reader.since) > 1
    since = reader.since[0] if reader.since else None
    return Said(tuple(reader.spans), since, tuple(reader.until), unread, in_parts or bool(beside))


class _Reader:
    """Takes dates and spans out of a text, one after the other."""

    def __init__(self, day: date | None) -> None:
        self.day = day
        self.spans: list[Span] = []
        self.until: list[date] = []
        self.since: list[date] = []
        self.unread = False

    def take_end_of_month(self, found: re.Match[str]) -> str:
        """月结30天: from the end of the month, so that it may be a month longer."""
        count = value(found["count"])
        if count is None or count != int(count) or count > _LONGEST_DAYS:
            self.unread = True
        else:
            self.spans += [Span(int(count), Unit.DAYS), Span(31, Unit.DAYS)]
        return _BLANK

    def take_date(self, found: re.Match[str]) -> str:
        """A day, as the end of something or, with 自 or 起, as its beginning."""
        try:
            day = self._day(found)
        except ValueError:
            self.unread = True
            return _BLANK
        (self.since if found["from"] or found["begins"] else self.until).append(day)
        return _BLANK

    def _day(self, found: re.Match[str]) -> date:
        """The last day that the words mean. Raises `ValueError` for one that does not exist, or has no year."""
        if found["iso"]:
            return date(*(int(part) for part in re.split(r"[-/.]", found["iso"])))
        if found["this"]:
            today, ahead = self._today(), int(found["this"].startswith("下"))
            year, month = divmod(today.year * _MONTHS_OF_YEAR + today.month - 1 + ahead, _MONTHS_OF_YEAR)
            return _in_month(year, month + 1, found["this_part"])
        if not found["month"]:
            return date(self._year(found["end_year"] or "今"), 12, 31)
        month = int(value(found["month"]) or 0)
        if found["year"]:
            return _end(found, self._year(found["year"]), month)
        today = self._today()
        this_year = _end(found, today.year, month)
        return this_year if this_year >= today else _end(found, today.year + 1, month)

    def _year(self, said: str) -> int:
        ahead = {"今": 0, "本": 0, "当": 0, "明": 1, "后": 2}
        if said in ahead:
            return self._today().year + ahead[said]
        return int("".join(sign if sign.isascii() else str(value(sign) or 0) for sign in said))

    def _today(self) -> date:
        if self.day is None:
            raise ValueError("a day without its year")
        return self.day

    def take_span(self, found: re.Match[str]) -> str:
        """A span; one that is a range, or only rough, is unread."""
        before, after = found.string[: found.start()], found.string[found.end() :]
        rough = _ROUGH_BEFORE.search(before) and not _NO_MORE_BEFORE.search(before)
        of_month = found["天"] == "日" and (_DAY_BEFORE.search(before) or _DAY_AFTER.match(after))
        unclear = found["range"] or rough or _ROUGH_AFTER.match(after) or of_month or before.endswith(("几", "数"))
        span = None if unclear else _span(found)
        if span is None:
            self.unread = True
        else:
            self.spans.append(span)
        return _BLANK


def _end(found: re.Match[str], year: int, month: int) -> date:
    if found["day"]:
        return date(year, month, int(value(found["day"]) or 0))
    if found["early"]:  # 12月前: by the end of November
        return date.fromordinal(date(year, month, 1).toordinal() - 1)
    return _in_month(year, month, found["part"] or "底")


def _in_month(year: int, month: int, part: str) -> date:
    """The last day of a part of a month: 初 and 上旬 end on the 10th, 中 on the 20th."""
    last = {"初": 10, "上旬": 10, "中": 20, "中旬": 20}.get(part, monthrange(year, month)[1])
    return date(year, month, last)


def _span(found: re.Match[str]) -> Span | None:
    """The span of a match; `None` for what is none, such as half a working day."""
    said = found["count"].strip()
    count = Decimal("0.5") if said == "半" or said.lower().startswith("half") else value(said)
    if count is None or (found["half"] and found["more"]):
        return None
    if found["half"] or found["more"]:
        count += Decimal("0.5")
    unit = next(name for name in _UNITS if found[name])
    if unit == "小时":
        count, unit = count / _HOURS, "天"
    scaled, kept = {
        "工作日": (count, Unit.WORKING_DAYS),
        "天": (count, Unit.DAYS),
        "周": (count * 7, Unit.DAYS),
        "月": (count, Unit.MONTHS),
        "季": (count * 3, Unit.MONTHS),
        "年": (count * _MONTHS_OF_YEAR, Unit.MONTHS),
    }[unit]
    if kept is Unit.MONTHS and scaled != int(scaled):  # 1.5个月
        scaled, kept = scaled * _DAYS_OF_MONTH, Unit.DAYS
    longest = _LONGEST_DAYS if kept is not Unit.MONTHS else _LONGEST_DAYS * _MONTHS_OF_YEAR // _DAYS_OF_YEAR
    return Span(int(scaled), kept) if scaled == int(scaled) and 0 < scaled <= longest else None
