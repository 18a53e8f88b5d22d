"""Values as other programs write them, where a field's own kind does not read them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from salesdesk.errors import BadValue
from salesdesk.exchange.presets import WORDS, plain
from salesdesk.exchange.unread_cells import NO_RESULT
from salesdesk.process.credit_codes import is_damaged
from salesdesk.records.field import Field
from salesdesk.records.kinds import ChoiceKind, DateKind, MomentKind, MoneyKind, TimeKind
from salesdesk.records.prospecting import Customer
from salesdesk.records.registry import fields_of
from salesdesk.records.typed import narrow

_SERIAL = re.compile(r"^[2-6]\d{4}(?:\.\d+)?$")  # a spreadsheet's day without its format: 1954 to 2091
_DAY_ZERO = date(1899, 12, 30)
_GRADE = re.compile(r"^\s*([ABC])\s*(?:类|级|\(|$)", re.IGNORECASE)
_TIME_OF_DAY = re.compile(r"^(\d{4}\D\d{1,2}\D\d{1,2}日?)[ T]\d.*$")
_WEEKDAY = re.compile(r"\s*[(（]?(?:周|星期|礼拜)[一二三四五六日天][)）]?$")
_SECONDS = re.compile(r"(\d:\d{2}):\d{2}(?:\.\d+)?$")
_BETWEEN_SIZES = re.compile(r"[/／;；、]|(?<!\d)[,，]|[,，](?!\d{3}(?!\d))")  # the comma of 1,000 is none
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
_THOUSANDS_OF_WAN = re.compile(r"(.*\d)\s*([千百])[万萬]元?")
_ROUGHLY = re.compile(
    r"(?:约|大约|近|将近|超过|超|不到|>|<|≈|~)?\d[\d,.]*[千百万亿]*[人元]?"
    r"(?:[-~至到—–]+\d[\d,.]*[千百万亿]*[人元]?)?(?:左右|上下|以上|以下|多|余|\+)?[万亿]?[人元]?"
)
_ERROR = re.compile(r"#(?:N/A|REF!|DIV/0!|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!|FIELD!|BLOCKED!|GETTING_DATA)")
_NUMBERS_OF_NAME = {"credit_code", "phone"}  # not to be computed with
_LAST_NAMES = {"lastname", "surname", "familyname", "姓", "姓氏"}


def value(declared: Field, text: str, header: str) -> Any:
    """The value of a cell; `header` is what its column is called, which may name a unit. Raises `BadValue`."""
    kind = declared.kind
    if declared.name in _NUMBERS_OF_NAME and is_damaged(text):
        raise BadValue("import.damaged", text=text)
    if isinstance(kind, MoneyKind):
        kind = replace(kind, bare=_yuan(header) or kind.bare)
        if large := _THOUSANDS_OF_WAN.fullmatch(narrow(text)):
            kind, text = replace(kind, bare=_TIMES[large[2] + "万"]), large[1]
    if isinstance(kind, DateKind):
        if _SERIAL.match(text):
            return _DAY_ZERO + timedelta(days=int(float(text)))
        text = _TIME_OF_DAY.sub(r"\1", _WEEKDAY.sub("", text).replace("号", "日"))
    if isinstance(kind, TimeKind | MomentKind):
        text = _SECONDS.sub(r"\1", text).replace("T", " ")
    if isinstance(kind, ChoiceKind) and (known := WORDS.get(declared.name, {}).get(plain(text))):
        return known
    found = kind.parse(text)
    kind.to_wire(found)
    return found


def check(text: str) -> None:
    """Raises `BadValue` for a cell that a spreadsheet program could not compute, or never did."""
    if text.startswith("#") and _ERROR.fullmatch(text):
        raise BadValue("import.error_cell", text=text)
    if text.startswith(NO_RESULT):
        raise BadValue("import.no_result", formula=text.removeprefix("#"))


@lru_cache  # a column has one heading and many cells
def _yuan(header: str) -> int:
    """How many yuan a bare number under a heading means, by the last unit in it; 0 where it names none."""
    found = list(_UNIT.finditer(narrow(header).lower()))
    return _TIMES.get(found[-1][1] or found[-1][2], 1) if found else 0


def size(text: str, header: str) -> dict[str, Any]:
    """`200人/1亿` → employees and revenue; either may be missing. Raises `BadValue`."""
    fields = fields_of(Customer)
    found: dict[str, Any] = {}
    for part in _BETWEEN_SIZES.split(text):
        if not part.strip():
            continue
        is_staff = "人" in part or ("employees" not in found and not re.search(r"[万亿元]", part))
        name = "employees" if is_staff else "revenue"
        found[name] = value(fields[name], part, header)
    return found


def is_rough(text: str) -> bool:
    """Whether it is a number that is only told roughly: 约200, 200-300人, 500万以上."""
    return bool(_ROUGHLY.fullmatch(narrow(text).replace(" ", "")))


def grade(text: str) -> str:
    """`B类` and `A（重点客户）` → the grade; nothing for other words (`Active` is none)."""
    found = _GRADE.match(unicodedata.normalize("NFKC", text))
    return found.group(1).upper() if found else ""


def full_name(parts: Sequence[tuple[str, str]]) -> str:
    """A person's name from columns, each with its header: 张 + 伟 → 张伟, John + Smith → John Smith."""
    last_first = [text for header, text in parts if plain(header) in _LAST_NAMES]
    others = [text for header, text in parts if plain(header) not in _LAST_NAMES]
    if all(text.isascii() for _, text in parts):
        return " ".join(others + last_first)
    return "".join(last_first + others)
