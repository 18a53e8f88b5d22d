"""Numbers as people write them: `1,234.5`, `22.5万`, `1亿2000万`, `22万5千`, `一亿二`, `贰拾贰万`, `22w`, `220k`.

One grammar reads what stands alone in a field or a cell (`compact`, `number`) and what stands in a sentence (`plain`,
`NUMBER`, `value`). What can be read in two ways, or in none, is no number: nothing is ever guessed.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

_ROWS = ("零〇", "一壹", "二贰两", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
_DIGITS = {sign: number for number, row in enumerate(_ROWS) for sign in row}
_SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000, "k": 1000, "K": 1000}
_LARGE = {"万": 10**4, "w": 10**4, "W": 10**4, "亿": 10**8}
_UNITS = _SMALL | _LARGE
_ONE_FORM = str.maketrans("萬億貳貮參叄陸圓圆兩幾餘個點錢塊", "万亿贰贰叁叁陆元元两几余个点钱块")

_ARABIC = r"\d+(?:,\d+)*(?:\.\d+)?"
CHINESE = "".join([*_DIGITS, *(sign for sign in _UNITS if not sign.isascii())])
"""The characters that a number in Chinese is made of."""
NUMBER = rf"(?:{_ARABIC}(?:[wWkK](?![A-Za-z])|(?:[万亿千百]+零?(?:{_ARABIC})?)*)|[{CHINESE}]+)"
"""A regular expression for what may be one number in a text that went through `plain`; `value` says whether it is."""

LONGEST = 1000
"""Characters of a text that is read for amounts or spans: a longer one is no sentence, and counts as not understood."""

_PAIRS = re.compile(rf"(零*)({_ARABIC}|[{''.join(_DIGITS)}])?([{''.join(_UNITS)}]?)")
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?")
_WHOLE = re.compile(rf"(?:零*(?:{_ARABIC}|[{''.join(_DIGITS)}])?[{''.join(_UNITS)}]?)+")
_FIGURES = re.compile(r"(?:[0-9]{1,25}|[0-9]{1,3}(?:,[0-9]{3}){1,8})(?:\.[0-9]{1,25})?")
_NO_NUMBER = re.compile(r"^零|零$|零[百千万亿wk]|(?:[万亿w]\d{1,3}|[千k]\d{1,2}|百\d)$")  # 22万5 may be 220,005
_MOST = 40  # characters of a number that has words in it
_GAPS = re.compile(r"(?<=[0-9]) (?=[0-9]{3}(?![0-9]))")
_BLANK = re.compile(r"(?<![0-9])\s+|\s+(?![0-9])")
_COMMA = re.compile(r"[0-9],[0-9]")
_EVEN_COMMAS = re.compile(rf"(?<![0-9,.]){_FIGURES.pattern}(?![0-9,]|\.[0-9])")
_ENDLESS = 10**30
_LEAST_LITERAL = 100  # 22万50 may be 220,050 or 225,000; 22万500 is one thing


def plain(text: str) -> str:
    """The text with half-width signs, one form of every numeral, and no gap between a number and its unit."""
    narrow = unicodedata.normalize("NFKC", text).translate(_ONE_FORM)
    narrow = re.sub(r"(?<=\d)[ \t]+(?=[万亿千百元wWkK块])", "", narrow)
    return re.sub(r"(?<=亿)[ \t]+(?=\d{1,4}(?:\.\d+)?[ \t]*万)", "", narrow)


def compact(text: str) -> str:
    """Text in half width and lower case, without blanks but those between two digits: `17 500 元` → `17,500元`."""
    said = unicodedata.normalize("NFKC", text).strip().lower()
    return _BLANK.sub("", _GAPS.sub(",", said))


def number(said: str) -> Decimal | None:
    """The value of a `compact` number without a sign; `None` for what is none, or can be read in two ways."""
    if _FIGURES.fullmatch(said):
        return Decimal(said.replace(",", ""))
    run = said.translate(_ONE_FORM)
    if run in _DIGITS:
        return Decimal(_DIGITS[run])
    if not 0 < len(run) <= _MOST or not _WHOLE.fullmatch(run) or _NO_NUMBER.search(run):
        return None
    return value(run)


def has_odd_comma(said: str) -> bool:
    """Whether a comma in it divides no groups of three, as in 1234,50."""
    return bool(_COMMA.search(said)) and not _EVEN_COMMAS.search(said)


def value(run: str) -> Decimal | None:
    """The number that a match of `NUMBER` says; `None` for one that is none or may be two.

    A last digit alone is of the next smaller unit (一亿二: 120,000,000). Two digits after 万, or any number after 亿
    that says no unit, may be either, and are none.
    """
    pairs = [pair for pair in _PAIRS.findall(run) if any(pair)]
    try:
        return _counted(pairs) if pairs else None
    except _NoNumber:
        return None


class _NoNumber(Exception):
    """It is no number, or may be two."""


def _counted(pairs: list[tuple[str, str, str]]) -> Decimal:
    """The number that pairs of 零, digits and unit make. Raises `_NoNumber`."""
    total = section = Decimal(0)  # whole 万 and 亿, and what stands before the next of them
    large, small = _ENDLESS, _ENDLESS  # units grow smaller from left to right
    *others, (nought, digits, sign) = pairs
    if not _in_order(pairs):
        raise _NoNumber
    for zero, said, unit in others if not sign and digits else pairs:
        held, size = _coefficient(said), _UNITS.get(unit, 1)
        if unit in _LARGE:
            section += _last(held, small, said_nought=bool(zero))
            if not section and size > large:
                total *= size  # 一万亿
            elif section and size < large:
                total += section * size
            else:
                raise _NoNumber
            section, large, small = Decimal(0), size, _ENDLESS
        elif unit:
            # 十 alone is ten, 百 alone is no number
            alone = size == _SMALL["十"] and (not section or zero or small == _SMALL["百"])
            many = Decimal(1) if held is None else held
            if size >= small or many * size >= small or (held is None and not alone):
                raise _NoNumber
            section, small = section + many * size, size
        elif not others:
            raise _NoNumber
    if sign or not digits:
        return total + section
    return total + section + _rest(digits, min(small, large), said_nought=bool(nought))


def _in_order(pairs: list[tuple[str, str, str]]) -> bool:
    """Whether no digits follow digits, and behind a point nothing but 万 and 亿: 1.5百万."""
    point = next((place for place, pair in enumerate(pairs) if "." in pair[1]), len(pairs))
    behind = pairs[point + 1 :]
    return all(not said and unit in _LARGE for _, said, unit in behind) and all(
        unit or not said for _, said, unit in pairs[:-1]
    )


def _last(held: Decimal | None, before: int, *, said_nought: bool) -> Decimal:
    """What stands before 万 or 亿 without a unit of its own, after the unit `before`. Raises `_NoNumber`."""
    if held is None:
        return Decimal(0)
    # 五百二万 is 5,020,000 or 5,200,000
    if before < _ENDLESS and (held >= before or not (said_nought or before == _SMALL["十"])):
        raise _NoNumber
    return held


def _rest(digits: str, before: int, *, said_nought: bool) -> Decimal:
    """What a number without a unit at the end of a run counts, after the unit `before`. Raises `_NoNumber`."""
    held = _coefficient(digits) or Decimal(0)
    if digits[0] == "0" and digits[1:2].isdecimal():
        raise _NoNumber
    if before == _ENDLESS or ((said_nought or before == _SMALL["十"]) and held < before):  # 22, 三百零五, 二十二
        return held
    if len(digits) == 1 and not said_nought and before > _SMALL["十"]:  # 一亿二, 22万5
        return held * before / 10
    if before <= _LARGE["万"] and _LEAST_LITERAL <= held < before and digits.isdecimal() and digits[0] != "0":
        return held
    raise _NoNumber


def _coefficient(digits: str) -> Decimal | None:
    """`1,234,567.8` or one Chinese digit; `None` for no digits. Raises `_NoNumber` where commas part no thousands."""
    if digits in _DIGITS:
        return Decimal(_DIGITS[digits])
    if "," in digits and not _GROUPED.fullmatch(digits):
        raise _NoNumber
    return Decimal(digits.replace(",", "")) if digits else None
