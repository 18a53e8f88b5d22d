"""Values as other programs write them, where a field's own kind does not read them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from salesdesk.errors import BadValue
from salesdesk.exchange.presets import WORDS, plain
from salesdesk.exchange.unread_cells import NO_RESULT
from salesdesk.process.credit_codes import is_damaged
from salesdesk.records.amounts import PLAIN_AMOUNT, is_bare
from salesdesk.records.field import Field
from salesdesk.records.kinds import (
    ChoiceKind,
    DateKind,
    IntegerKind,
    Kind,
    MomentKind,
    MoneyKind,
    TimeKind,
    narrow,
)
from salesdesk.records.numerals import compact, number
from salesdesk.records.prospecting import Customer
from salesdesk.records.registry import fields_of

_SERIAL = re.compile(r"^[2-6]\d{4}(?:\.\d+)?$")  # a spreadsheet's day without its format: 1954 to 2091
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_DAY_ZERO = date(1899, 12, 30)
_FIRST_YEAR = 1950
_GRADE = re.compile(r"^\s*([ABC])\s*(?:类|级|\(|$)", re.IGNORECASE)
_TIME_OF_DAY = re.compile(r"^(\d{4}\D\d{1,2}\D\d{1,2}日?)[ T]\d.*$")
_WEEKDAY = re.compile(r"\s*[(（]?(?:周|星期|礼拜)[一二三四五六日天][)）]?$")
_SECONDS = re.compile(r"(\d:\d{2}):\d{2}(?:\.\d+)?$")
_BETWEEN_SIZES = re.compile(r"[/／;；、]|(?<=[人名位万亿元]),|,(?=\s)")  # the comma of 1,000 and of 12,34万 is none
# how many yuan, as headings say it: 万元, RMB; a word alone (万) only at the end or in brackets
_TIMES = {
    "亿": 10**8,
    "億": 10**8,
    "千万": 10**7,
    "百万": 10**6,
    "million": 10**6,
    "万": 10**4,
    "萬": 10**4,
    "10,000": 10**4,
    "10000": 10**4,
    "10k": 10**4,
    "千": 1000,
    "thousand": 1000,
}
_TIMES_WORD = f"({'|'.join(_TIMES)})"
_UNIT = re.compile(rf"{_TIMES_WORD}? ?(?:元|rmb|cny|yuan)|{_TIMES_WORD}(?= ?(?:$|[)\]】/]))")
_COUNT = r"(?:\d[\d,.]*|[零〇一二两三四五六七八九十百千]+)[千百万亿wk]*(?:人民币|[元人名位家])?"
_ROUGHLY = re.compile(
    rf"(?:约|大约|大概|近|将近|接近|超过|超|逾|不到|不足|不低于|不高于|不超过|少于|低于|小于|多于|高于|大于|至少|最多|[><≥≤]=?|≈|~)?"
    rf"{_COUNT}(?:[-~至到—–]+{_COUNT})?(?:左右|上下|以上|以下|以内|之内|不到|多|余|起|\+)?[万亿]?[元人名位家]?(?:(?:/|每)[年月季])?(?:\(.*\))?"
)
_FOREIGN = re.compile(
    r"美元|美金|美刀|欧元|英镑|日元|日圆|港币|港元|港幣|台币|台幣|韩元|韩币|卢布|澳元|加元|新元|瑞郎|外币|[$€£₩₽]"
    r"|(?<![a-z])(?:usd|eur|gbp|jpy|hkd|twd|krw|rub|aud|cad|sgd|chf|us)(?![a-z])"
)
_SIGNED = re.compile(r"[¥￥]")
_UNIT_LINE = re.compile(r"单位\s*[::]?\s*(?:人民币)?\s*[((]?\s*((?:亿|千万|百万|万|萬|千)?元)")
_ERROR = re.compile(
    r"Err:\d{3}|#(?:N/A|REF!|DIV/0!|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!|FIELD!|BLOCKED!|GETTING_DATA)"
)
_NUMBERS_OF_NAME = {"credit_code", "phone"}  # not to be computed with
_LAST_NAMES = {"lastname", "surname", "familyname", "姓", "姓氏"}


def value(declared: Field, text: str, unit: int = 0) -> Any:
    """The value of a cell; `unit` is how many yuan a bare amount means, 0 where nothing says it.

    Raises `BadValue`: `import.no_unit` for a bare amount without one, and what the field's kind raises.
    """
    return reader(declared, unit)(text)


def reader(declared: Field, unit: int = 0) -> Callable[[str], Any]:
    """What reads the cells of a column as `value` does: the kind is looked at once."""
    kind = declared.kind
    if declared.name in _NUMBERS_OF_NAME:
        return lambda text: _number_of_name(kind, text)
    if isinstance(kind, MoneyKind):
        return lambda text: _amount(kind, text, unit)
    if isinstance(kind, DateKind):
        return lambda text: _day(kind, text)
    if isinstance(kind, ChoiceKind):
        words = WORDS.get(declared.name, {})
        return lambda text: words.get(plain(text)) or kind.parse(text)
    return lambda text: _checked(kind, text)


def _checked(kind: Kind[Any], text: str) -> Any:
    """A value that travels: a moment at the end of the calendar may not, once it is put into words."""
    if isinstance(kind, IntegerKind) and kind.unit == "%":
        _check_percent(text)
    if isinstance(kind, TimeKind | MomentKind):
        text = _SECONDS.sub(r"\1", text).replace("T", " ")
    found = kind.parse(text)
    kind.to_wire(found)
    return found


def _number_of_name(kind: Kind[Any], text: str) -> Any:
    if is_damaged(text):
        raise BadValue("import.damaged", text=text)
    return kind.parse(text)


def _amount(kind: MoneyKind, text: str, unit: int) -> int | None:
    if not PLAIN_AMOUNT.fullmatch(text) and _FOREIGN.search(compact(text)):
        raise BadValue("import.foreign_currency", text=text[:40])
    found = kind.parse(text)
    if not found or not is_bare(text):  # it says its unit itself, or is nothing in any
        return found
    if _SIGNED.search(text):
        if unit > 1:  # ¥220,000 under a heading that says 万元
            raise BadValue("import.two_units", text=text[:40])
        unit = 1
    if not unit:
        raise BadValue("import.no_unit", text=text[:40])
    return replace(kind, bare=unit).parse(text)


def _check_percent(text: str) -> None:
    """A spreadsheet keeps 100 % as 1, and shows what no file says: a bare 1 may be either."""
    found = number(compact(text))
    if found is not None and 0 < found <= 1:
        raise BadValue("import.percent_or_share", text=text)


def _day(kind: DateKind, text: str) -> date | None:
    if _ISO.fullmatch(text):
        found = kind.parse(text)
    elif _SERIAL.match(text):
        return _DAY_ZERO + timedelta(days=int(float(text)))
    else:
        found = kind.parse(_TIME_OF_DAY.sub(r"\1", _WEEKDAY.sub("", text).replace("号", "日")))
    if found and found.year < _FIRST_YEAR:  # 1900-01-00 is what a spreadsheet shows of nothing
        raise BadValue("value.no_such_day", text=text)
    return found


def check(text: str) -> None:
    """Raises `BadValue` for a cell that a spreadsheet program could not compute, or never did."""
    if text[:1] in {"#", "E"} and _ERROR.fullmatch(text):
        raise BadValue("import.error_cell", text=text)
    if text.startswith(NO_RESULT):
        raise BadValue("import.no_result", formula=text.removeprefix("#"))


def unit_of(*headings: str) -> int:
    """How many yuan a bare number under headings means, by the last unit in the first that names one; 0 for none."""
    for heading in headings:
        if found := list(_UNIT.finditer(narrow(heading).lower())):
            return _TIMES.get(found[-1][1] or found[-1][2], 1)
    return 0


def unit_of_table(rows: Sequence[Sequence[str]]) -> int:
    """How many yuan a line above the headings says: 单位：万元; 0 for none."""
    said = next((found for row in rows for cell in row if (found := _UNIT_LINE.search(narrow(cell)))), None)
    return unit_of(said[1]) if said else 0


def size(text: str, unit: int) -> dict[str, Any]:
    """`200人/1亿` → employees and revenue; either may be missing. Raises `BadValue`."""
    fields = fields_of(Customer)
    found: dict[str, Any] = {}
    for part in _BETWEEN_SIZES.split(narrow(text)):
        if not part.strip():
            continue
        is_staff = bool(re.search(r"[人名位]", part)) or ("employees" not in found and not re.search(r"[万亿元]", part))
        name = "employees" if is_staff else "revenue"
        if name in found:
            raise BadValue("value.not_a_number", text=text[:40])
        found[name] = value(fields[name], part, unit)
    return found


def is_rough(text: str) -> bool:
    """Whether it is a number that is only told roughly: 约200, 200-300人, 500万以上."""
    return bool(_ROUGHLY.fullmatch(compact(text).replace(" ", "")))


def grade(text: str) -> str:
    """`B类` and `A（重点客户）` → the grade; nothing for other words (`Active` is none)."""
    found = _GRADE.match(unicodedata.normalize("NFKC", text))
    return found.group(1).upper() if found else ""


def full_name(parts: Sequence[tuple[str, str]]) -> str:
    """A person's name from columns, each with its header: 张 + 伟 → 张伟, John + Smith → John Smith."""
    if len(parts) == 1:
        return parts[0][1]
    last_first = [text for header, text in parts if plain(header) in _LAST_NAMES]
    others = [text for header, text in parts if plain(header) not in _LAST_NAMES]
    if all(text.isascii() for _, text in parts):
        return " ".join(others + last_first)
    return "".join(last_first + others)
