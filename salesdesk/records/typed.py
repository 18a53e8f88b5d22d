"""What people type, before it is a value: widths, control characters, days, numbers with 万 and 亿."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal

from salesdesk.errors import BadValue
from salesdesk.records.numerals import compact, has_odd_comma, number


def narrow(text: str) -> str:
    """Full-width letters, digits and signs as their narrow forms, outer blanks removed."""
    return text.strip() if text.isascii() else unicodedata.normalize("NFKC", text).strip()


def clean(text: str) -> str:
    """Text without control characters other than tab and newline, which no database and no paper can hold.

    Raises `BadValue` for half of a surrogate pair, which cannot be written at all.
    """
    if text.isprintable():  # most texts are: no control character, nothing broken
        return text
    kept = _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if SURROGATES.search(kept):
        raise BadValue("value.broken_character")
    return kept


_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
SURROGATES = re.compile("[\ud800-\udfff]")


_CURRENCY = re.compile(r"^(?:人民币|rmb|cny|¥)[::]?¥?|(?<=[0-9元圆万亿])(?:人民币|rmb|cny)(?=[整正]?$)")
_YUAN = re.compile(r"(?P<yuan>.+?)(?P<unit>元|圆|圓|块钱|块)?(?:(?<=[元圆圓])(?:(?P<jiao>\S)角)?(?:(?P<fen>\S)分)?)?")

PLAIN_AMOUNT = re.compile(r"([0-9]{1,15}(?:\.[0-9]{1,10})?)(万|亿)?(元)?")  # as most are written
_PLAIN_SIZES = {"万": 10**4, "亿": 10**8}
_STATED = re.compile("人民币|rmb|cny")
_BARE = re.compile(r"[-+]?(?:[0-9,.]+|[^0-9万萬亿億wk]+)")


def _signed(said: str, text: str, message: str) -> Decimal:
    """The value of a `compact` number, with its sign. Raises `BadValue`."""
    sign = -1 if said.startswith("-") else 1
    found = number(said.removeprefix("-").removeprefix("+"))
    if found is None:
        raise BadValue("value.comma" if has_odd_comma(said) else message, text=text[:40])
    return sign * found


def _taken_apart(text: str) -> re.Match[str]:
    """`yuan` of an amount in the unit behind it, `jiao` and `fen`. Raises `BadValue`."""
    said = _CURRENCY.sub("", _CURRENCY.sub("", compact(text)))
    whole = _YUAN.fullmatch(said.removesuffix("整").removesuffix("正") or " ")
    if whole is None:
        raise BadValue("value.not_an_amount", text=text[:40])
    return whole


def _coins(sign: str | None, size: int) -> Decimal:
    """Of 伍角 and 贰分 so many 分; `size` of them are one."""
    found = number(sign) if sign else Decimal(0)
    return Decimal(-1) if found is None else found * size


_PLAIN_DIGITS = 15  # of numbers that need no second look
_ALSO = {"人": ("名", "位")}  # other words that count the same


def count_typed(text: str, unit: str) -> Decimal:
    """A number of things (`1,200人`, 两百名) in the unit of its field. Raises `BadValue`."""
    plain = text.removesuffix(unit)
    if plain.isascii() and plain.isdecimal() and len(plain) <= _PLAIN_DIGITS:
        return Decimal(plain)
    said = compact(text)
    for sign in (unit, *_ALSO.get(unit, ())):
        if sign and said.endswith(sign):
            said = said.removesuffix(sign)
            break
    return _signed(said, text, "value.not_a_number")


def amount_is_bare(text: str) -> bool:
    """Whether an amount has neither unit nor size: 3,000 and 二百 are bare, 5千 and RMB 3,000 are not.

    Raises `BadValue` for what is no amount.
    """
    if plain := PLAIN_AMOUNT.fullmatch(text):
        return not plain[2] and not plain[3]
    whole = _taken_apart(text)
    _signed(whole["yuan"], text, "value.not_an_amount")
    return not whole["unit"] and not _STATED.search(compact(text)) and bool(_BARE.fullmatch(whole["yuan"]))


def fen_typed(text: str, bare: int) -> Decimal:
    """An amount in 分; a bare one counts in units of `bare` yuan. Raises `BadValue`."""
    if plain := PLAIN_AMOUNT.fullmatch(text):
        size = _PLAIN_SIZES[plain[2]] if plain[2] else 1 if plain[3] else bare
        return Decimal(plain[1]) * size * 100
    whole = _taken_apart(text)
    yuan = _signed(whole["yuan"], text, "value.not_an_amount") * (bare if amount_is_bare(text) else 1)
    coins = [_coins(whole["jiao"], 10), _coins(whole["fen"], 1)]
    if min(coins) < 0:
        raise BadValue("value.not_an_amount", text=text[:40])
    return yuan * 100 + sum(coins)


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


LONGEST_TEXT, LONGEST_LINK = 200_000, 36  # two notes that a merge has joined; an id


def short(text: str, limit: int) -> None:
    """Raises `BadValue` for a text beyond its limit."""
    if len(text) > limit:
        raise BadValue("value.too_long", length=len(text), limit=limit)


def text_of(wire: object) -> str:
    """A wire value that must be text; limits of typing do not hold for what was already accepted elsewhere."""
    if wire is None:
        return ""
    if not isinstance(wire, str) or SURROGATES.search(wire):
        raise BadValue("value.not_text")
    return wire
