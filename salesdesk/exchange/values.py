"""Values as other programs write them, where a field's own kind does not read them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from salesdesk.exchange.presets import WORDS, plain
from salesdesk.records.field import Field
from salesdesk.records.kinds import ChoiceKind, DateKind, MomentKind, MoneyKind, TimeKind
from salesdesk.records.prospecting import Customer
from salesdesk.records.registry import fields_of

_SERIAL = re.compile(r"^[2-6]\d{4}(?:\.0+)?$")  # a spreadsheet's day without its format: 1954 to 2091
_DAY_ZERO = date(1899, 12, 30)
_GRADE = re.compile(r"^\s*([ABC])\s*(?:类|级|\(|$)", re.IGNORECASE)
_TIME_OF_DAY = re.compile(r"^(\d{4}\D\d{1,2}\D\d{1,2}日?)[ T]\d.*$")
_SECONDS = re.compile(r"(\d:\d{2}):\d{2}(?:\.\d+)?$")
_LAST_NAMES = {"lastname", "surname", "familyname", "姓", "姓氏"}


def value(declared: Field, text: str, header: str) -> Any:
    """The value of a cell; `header` is what its column is called, which may name a unit. Raises `BadValue`."""
    kind = declared.kind
    if isinstance(kind, DateKind):
        if _SERIAL.match(text):
            return _DAY_ZERO + timedelta(days=int(float(text)))
        text = _TIME_OF_DAY.sub(r"\1", text)
    if isinstance(kind, TimeKind | MomentKind):
        text = _SECONDS.sub(r"\1", text).replace("T", " ")
    if isinstance(kind, MoneyKind) and kind.bare == 1 and "万" in header and not re.search(r"[万亿元]", text):
        text += "万"
    if isinstance(kind, ChoiceKind) and (known := WORDS.get(declared.name, {}).get(plain(text))):
        return known
    found = kind.parse(text)
    kind.to_wire(found)
    return found


def size(text: str) -> dict[str, Any]:
    """`200人/1亿` → employees and revenue; either may be missing. Raises `BadValue`."""
    fields = fields_of(Customer)
    found: dict[str, Any] = {}
    for part in re.split(r"[/／,，;；、]", text):
        if not part.strip():
            continue
        is_staff = "人" in part or ("employees" not in found and not re.search(r"[万亿元]", part))
        name = "employees" if is_staff else "revenue"
        found[name] = fields[name].kind.parse(part)
    return found


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
