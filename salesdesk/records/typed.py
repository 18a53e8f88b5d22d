"""What people type, before it is a value: widths, control characters, days, numbers with 万 and 亿."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal

from salesdesk.errors import BadValue


def narrow(text: str) -> str:
    """Full-width letters, digits and signs as their narrow forms, outer blanks removed."""
    return unicodedata.normalize("NFKC", text).strip()


def clean(text: str) -> str:
    """Text without control characters other than tab and newline, which no database and no paper can hold.

    Raises `BadValue` for half of a surrogate pair, which cannot be written at all.
    """
    kept = _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if SURROGATES.search(kept):
        raise BadValue("value.broken_character")
    return kept


_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
SURROGATES = re.compile("[\ud800-\udfff]")


YUAN = {"": 1, "元": 1, "万": 10**4, "万元": 10**4, "亿": 10**8, "亿元": 10**8}
YUAN |= {"萬": 10**4, "萬元": 10**4, "億": 10**8, "億元": 10**8}


def number(text: str, units: dict[str, int], message: str) -> Decimal:
    """`1,234.5万` → Decimal in the base unit; the longest matching unit wins."""
    compact = narrow(text).replace(",", "").replace(" ", "").replace("¥", "")
    unit = next(u for u in sorted(units, key=len, reverse=True) if compact.endswith(u))
    digits = compact.removesuffix(unit)
    if not re.fullmatch(r"[-+]?[0-9]{1,25}(\.[0-9]{1,25})?", digits):
        raise BadValue(message, text=text[:40])
    return Decimal(digits) * units[unit]


_FIRST_YEAR, _LAST_YEAR = 1900, 2199
_DAY_MARKS = re.compile(r"^(\d{4})[年./-](\d{1,2})[月./-](\d{1,2})日?$")


def day_typed(text: str) -> date | None:
    """A calendar day as people write it; nothing for an empty text. Raises `BadValue`."""
    compact = narrow(text).replace(" ", "")
    if not compact:
        return None
    found = _DAY_MARKS.match(compact) or re.match(r"^(\d{4})(\d{2})(\d{2})$", compact)
    if not found:
        raise BadValue("value.not_a_date", text=text)
    try:
        return in_calendar(date(*(int(part) for part in found.groups())), text)
    except ValueError as error:
        raise BadValue("value.no_such_day", text=text) from error


def in_calendar(day: date, text: str = "") -> date:
    """The day, when a clock a day or a year later is still a date; else raises `BadValue`."""
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise BadValue("value.no_such_day", text=text or day.isoformat())
    return day
