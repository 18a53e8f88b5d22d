"""Numbers as people write them: 1,234.5 · 22万5000 · 二十二万 · 贰拾贰万 · 一亿二.

What is no such number, or can be read in two ways (12,34 · 22万5), is none.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

_DIGITS = {
    sign: value
    for value, signs in enumerate(
        ("零〇", "一壹", "二贰貳两兩", "三叁參", "四肆", "五伍", "六陆陸", "七柒", "八捌", "九玖")
    )
    for sign in signs
}
_SIZES = (
    (10**8, "亿億"),
    (10**4, "万萬w"),
    (1000, "千仟k"),
    (100, "百佰"),
    (10, "十拾"),
)
_LARGE = 10**4  # from here on a number stands before the size, below it a digit
_LONGEST = 40  # characters: each size is a step deeper
_ARABIC = re.compile(r"(?:[0-9]{1,25}|[0-9]{1,3}(?:,[0-9]{3}){1,8})(?:\.[0-9]{1,25})?")
_GROUPS = re.compile(r"(?<=[0-9]) (?=[0-9]{3}(?![0-9]))")
_BLANK = re.compile(r"(?<![0-9])\s+|\s+(?![0-9])")
_COMMA = re.compile(r"[0-9],[0-9]")
_GROUPED = re.compile(rf"(?<![0-9,.]){_ARABIC.pattern}(?![0-9,]|\.[0-9])")


def compact(text: str) -> str:
    """Text in half width and lower case, without blanks but those between two digits: `17 500 元` → `17,500元`."""
    said = unicodedata.normalize("NFKC", text).strip().lower()
    return _BLANK.sub("", _GROUPS.sub(",", said))


def number(said: str) -> Decimal | None:
    """The value of a `compact` number without a sign; `None` for what is none, or can be read in two ways."""
    if _ARABIC.fullmatch(said):
        return Decimal(said.replace(",", ""))
    if said in _DIGITS:
        return Decimal(_DIGITS[said])
    if len(said) > _LONGEST:
        return None
    for size, signs in _SIZES:
        place = next((place for place, sign in enumerate(said) if sign in signs), None)
        if place is not None:
            return _sized(said[:place], size, said[place + 1 :])
    return None


def has_odd_comma(said: str) -> bool:
    """Whether a comma in it divides no groups of three, as in 1234,50."""
    return bool(_COMMA.search(said)) and not _GROUPED.search(said)


def _sized(before: str, size: int, behind: str) -> Decimal | None:
    """So many of a size, and what is left: 二十二 · 万 · 五千."""
    if not before:
        many: Decimal | None = Decimal(1) if size == 10 else None  # noqa: PLR2004  # 十二 alone does without 一
    elif size >= _LARGE or before in _DIGITS or _ARABIC.fullmatch(before):
        many = number(before)
    else:
        many = None
    rest = _rest(behind, size)
    if many is None or rest is None or (rest and many % 1):
        return None
    return many * size + rest


def _rest(behind: str, size: int) -> Decimal | None:
    said = behind.lstrip("零〇")
    if not said:
        return None if behind else Decimal(0)
    if said in _DIGITS and said == behind:  # 一万二 is 12,000, 一万零二 is 10,002
        return Decimal(_DIGITS[said] * (size // 10))
    if said.isdecimal() and len(said) != len(str(size)) - 1:
        return None
    found = number(said)
    return found if found is not None and found < size else None
