"""The kinds of values a field can hold, each with the three forms of a value.

*python*  what the program computes with (`date`, `int`, `str`, …; `None` is "not filled in")
*wire*    what travels in the journal and to the office: a JSON scalar
*text*    what a person types and reads

`parse` takes text to python and is generous (full-width digits, 年月日, 万/亿); `format` is the
only formatter of values in the program. For every kind `parse(format(v)) == v` and
`from_wire(to_wire(v)) == v`.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any, Generic, TypeAlias, TypeVar

from sqlalchemy import BigInteger, Boolean, Date, Integer, String, Text, Time
from sqlalchemy.types import TypeEngine

from salesdesk.errors import BadValue
from salesdesk.records.language import Language
from salesdesk.records.moments import UtcDateTime, moment_from_wire, moment_to_wire
from salesdesk.records.typed import (
    LONGEST_LINK,
    LONGEST_TEXT,
    amount_is_bare,
    clean,
    count_typed,
    day_typed,
    fen_typed,
    in_calendar,
    narrow,
    short,
    text_of,
)

Wire: TypeAlias = str | int | bool | None

T = TypeVar("T")


@dataclass(frozen=True)
class Kind(ABC, Generic[T]):
    """What a field can hold."""

    @property
    @abstractmethod
    def column_type(self) -> TypeEngine[Any]:
        """The SQL type."""

    @abstractmethod
    def parse(self, text: str) -> T | None:
        """Text as typed → value; empty text is `None`. Raises `BadValue`."""

    def format(self, value: T, language: Language) -> str:
        """Value → the text that people read."""
        return str(value)

    def to_wire(self, value: T | None) -> Wire:
        """Value → JSON scalar."""
        return value if value is None or isinstance(value, str | int) else str(value)

    @abstractmethod
    def from_wire(self, wire: Wire) -> T | None:
        """JSON scalar → value; raises `BadValue` for what is no value of this kind."""

    def check(self, wire: Wire) -> None:
        """Raises `BadValue` for a JSON scalar that no program could have made of anything typed.

        Stricter than `from_wire`, which takes what was accepted once.
        """
        self.from_wire(wire)


@dataclass(frozen=True)
class TextKind(Kind[str]):
    """Free text, kept exactly as typed. `lines` > 1 is a note; empty is the empty string."""

    max_length: int = 200
    lines: int = 1

    @property
    def column_type(self) -> TypeEngine[Any]:
        return String(self.max_length) if self.lines == 1 else Text()

    def parse(self, text: str) -> str:
        kept = clean(text).rstrip() if self.lines > 1 else clean(text.replace("\n", " ")).strip()
        return self._checked(kept)

    def from_wire(self, wire: Wire) -> str:
        return text_of(wire)

    def check(self, wire: Wire) -> None:
        short(self.from_wire(wire), LONGEST_TEXT)

    def _checked(self, text: str) -> str:
        if len(text) > self.max_length:
            raise BadValue("value.too_long", length=len(text), limit=self.max_length)
        return text


@dataclass(frozen=True)
class PhoneKind(TextKind):
    """A phone number, an e-mail address or a chat name; typed full-width digits become narrow."""

    max_length: int = 100

    def parse(self, text: str) -> str:
        return self._checked(narrow(clean(text)).replace("\n", " "))


@dataclass(frozen=True)
class IntegerKind(Kind[int]):
    """A whole number between `low` and `high`, with an optional unit such as 人 or %."""

    low: int = 0
    high: int = 2_000_000_000
    unit: str = ""

    @property
    def column_type(self) -> TypeEngine[Any]:
        return Integer()

    def parse(self, text: str) -> int | None:
        if not text.strip():
            return None
        found = count_typed(text, self.unit)
        if found != int(found):
            raise BadValue("value.not_whole", text=text)
        return self._checked(int(found))

    def format(self, value: int, language: Language) -> str:
        shown = self.unit if self.unit == "%" else language.pick(self.unit, "")
        return f"{value}{shown}"

    def from_wire(self, wire: Wire) -> int | None:
        if wire is None:
            return None
        if not isinstance(wire, int) or isinstance(wire, bool):
            raise BadValue("value.not_a_number", text=str(wire))
        return wire

    def check(self, wire: Wire) -> None:
        if (number := self.from_wire(wire)) is not None:
            self._checked(number)

    def _checked(self, number: int) -> int:
        if not self.low <= number <= self.high:
            raise BadValue("value.out_of_range", low=self.low, high=self.high)
        return number


@dataclass(frozen=True)
class MoneyKind(Kind[int]):
    """An amount in 分 (1/100 yuan). Typed and shown in 元, 万 or 亿; or bare, in a unit that its label names.

    `bare` is how many yuan a number without a unit means.
    """

    limit: int = 10**17
    bare: int = 1

    @property
    def column_type(self) -> TypeEngine[Any]:
        return BigInteger()

    @staticmethod
    def is_bare(text: str) -> bool:
        """Whether an amount has neither unit nor size: 3,000 and 二百 are bare, 5千 and RMB 3,000 are not.

        Raises `BadValue` for what is no amount.
        """
        return amount_is_bare(text)

    def parse(self, text: str) -> int | None:
        if not text.strip():
            return None
        fen = fen_typed(text, self.bare)
        if fen != int(fen):
            raise BadValue("value.below_a_fen", text=text)
        return self._checked(int(fen))

    def format(self, value: int, language: Language) -> str:
        yuan = Decimal(value) / 100
        if self.bare != 1:
            return f"{(yuan / self.bare).normalize():f}"
        if language.chinese:
            for unit, size in (("亿", 10**8), ("万", 10**4)):
                scaled = yuan / size
                if abs(scaled) >= 1 and scaled == scaled.quantize(Decimal("0.01")):
                    return f"{scaled.normalize():f}{language.pick(unit, '')}"
        return f"{yuan:,.2f}".removesuffix(".00") + ("元" if language.chinese else "")

    def from_wire(self, wire: Wire) -> int | None:
        if wire is None:
            return None
        if not isinstance(wire, int) or isinstance(wire, bool):
            raise BadValue("value.not_an_amount", text=str(wire))
        return wire

    def check(self, wire: Wire) -> None:
        if (fen := self.from_wire(wire)) is not None:
            self._checked(fen)

    def _checked(self, fen: int) -> int:
        if not 0 <= fen <= self.limit:
            raise BadValue("value.out_of_range", low=0, high=self.limit // 100)
        return fen


@dataclass(frozen=True)
class DateKind(Kind[date]):
    """A calendar day, without a time zone. Takes 2024-03-15, 2024年3月15日, 2024/3/15, 20240315."""

    @property
    def column_type(self) -> TypeEngine[Any]:
        return Date()

    def parse(self, text: str) -> date | None:
        return day_typed(text)

    def format(self, value: date, language: Language) -> str:
        return value.isoformat()

    def to_wire(self, value: date | None) -> Wire:
        return None if value is None else value.isoformat()

    def from_wire(self, wire: Wire) -> date | None:
        if wire is None:
            return None
        try:
            return date.fromisoformat(str(wire))
        except ValueError as error:
            raise BadValue("value.not_a_date", text=str(wire)) from error

    def check(self, wire: Wire) -> None:
        if (day := self.from_wire(wire)) is not None and self.to_wire(in_calendar(day)) != wire:
            raise BadValue("value.not_a_date", text=str(wire))


_TIME_MARKS = re.compile(r"^(\d{1,2})[:点时](\d{1,2})?分?$")


@dataclass(frozen=True)
class TimeKind(Kind[time]):
    """A time of day to the minute, local to where it was written. Takes 14:30, 14点30分, 1430."""

    @property
    def column_type(self) -> TypeEngine[Any]:
        return Time()

    def parse(self, text: str) -> time | None:
        compact = narrow(text).replace(" ", "")
        if not compact:
            return None
        found = _TIME_MARKS.match(compact) or re.match(r"^(\d{2})(\d{2})$", compact)
        if not found:
            raise BadValue("value.not_a_time", text=text)
        try:
            return time(int(found.group(1)), int(found.group(2) or 0))
        except ValueError as error:
            raise BadValue("value.not_a_time", text=text) from error

    def format(self, value: time, language: Language) -> str:
        return value.strftime("%H:%M")

    def to_wire(self, value: time | None) -> Wire:
        return None if value is None else value.strftime("%H:%M")

    def from_wire(self, wire: Wire) -> time | None:
        return None if wire is None else self.parse(str(wire))

    def check(self, wire: Wire) -> None:
        if self.to_wire(self.from_wire(wire)) != wire:
            raise BadValue("value.not_a_time", text=str(wire))


@dataclass(frozen=True)
class MomentKind(Kind[datetime]):
    """A point in time, stored in UTC, shown in the machine's zone to the minute."""

    @property
    def column_type(self) -> TypeEngine[Any]:
        return UtcDateTime()

    def parse(self, text: str) -> datetime | None:
        compact = narrow(text)
        if not compact:
            return None
        day_text, _, time_text = compact.partition(" ")
        day, clock = DateKind().parse(day_text), TimeKind().parse(time_text)
        if day is None:
            raise BadValue("value.not_a_date", text=text)
        return datetime.combine(day, clock or time()).astimezone().astimezone(UTC)

    def format(self, value: datetime, language: Language) -> str:
        return value.astimezone().strftime("%Y-%m-%d %H:%M")

    def to_wire(self, value: datetime | None) -> Wire:
        return None if value is None else moment_to_wire(value)

    def from_wire(self, wire: Wire) -> datetime | None:
        if wire is None:
            return None
        try:
            return moment_from_wire(str(wire))
        except (ValueError, OverflowError) as error:
            raise BadValue("value.not_a_date", text=str(wire)) from error

    def check(self, wire: Wire) -> None:
        if (moment := self.from_wire(wire)) is not None:
            in_calendar(moment.date())


@dataclass(frozen=True)
class Option:
    """One value of a choice: what is stored, and what people read."""

    value: str
    zh: str
    en: str

    def label(self, language: Language) -> str:
        """The option's word in a language."""
        return language.pick(self.zh, self.en)


@dataclass(frozen=True)
class ChoiceKind(Kind[str]):
    """One of a few options; empty is the empty string.

    An unknown value from a newer program is kept and shown as it stands, never dropped.
    """

    options: tuple[Option, ...] = ()

    @property
    def column_type(self) -> TypeEngine[Any]:
        return String(40)

    def parse(self, text: str) -> str:
        wanted = narrow(text)
        for option in self.options:
            if wanted.casefold() in {option.value.casefold(), option.zh.casefold(), option.en.casefold()}:
                return option.value
        for option in self.options:
            if wanted == option.label(Language.TRADITIONAL):
                return option.value
        if wanted:
            raise BadValue("value.not_an_option", text=text)
        return ""

    def format(self, value: str, language: Language) -> str:
        return next((o.label(language) for o in self.options if o.value == value), value)

    def from_wire(self, wire: Wire) -> str:
        return text_of(wire)

    def check(self, wire: Wire) -> None:
        if (value := self.from_wire(wire)) and all(option.value != value for option in self.options):
            raise BadValue("value.not_an_option", text=value)


@dataclass(frozen=True)
class FlagKind(Kind[bool]):
    """Yes or no (是/否)."""

    @property
    def column_type(self) -> TypeEngine[Any]:
        return Boolean()

    def parse(self, text: str) -> bool:
        wanted = narrow(text).casefold()
        if wanted in {"是", "yes", "y", "true", "1", "√", "✓"}:
            return True
        if wanted in {"否", "no", "n", "false", "0", ""}:
            return False
        raise BadValue("value.not_yes_or_no", text=text)

    def format(self, value: bool, language: Language) -> str:  # noqa: FBT001  # the value is what it is about
        return language.pick(*(("是", "Yes") if value else ("否", "No")))

    def from_wire(self, wire: Wire) -> bool:
        if wire not in {None, False, True}:
            raise BadValue("value.not_yes_or_no", text=str(wire))
        return bool(wire)

    def check(self, wire: Wire) -> None:
        if wire is not None and not isinstance(wire, bool):
            raise BadValue("value.not_yes_or_no", text=str(wire))


@dataclass(frozen=True)
class LinkKind(Kind[str]):
    """The id of a record of another form; empty string when not set."""

    to: str = ""

    @property
    def column_type(self) -> TypeEngine[Any]:
        return String(36)

    def parse(self, text: str) -> str:
        return text.strip()

    def from_wire(self, wire: Wire) -> str:
        return text_of(wire)

    def check(self, wire: Wire) -> None:
        short(self.from_wire(wire), LONGEST_LINK)
