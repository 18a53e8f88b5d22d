"""An amount of money as a person writes it in a field or a cell: 22万 · 人民币500万元整 · 壹仟元伍角."""

from __future__ import annotations

import re
from decimal import Decimal

from salesdesk.errors import BadValue
from salesdesk.records.numerals import compact, has_odd_comma, number

_CURRENCY = re.compile(r"^(?:人民币|rmb|cny|¥)[::]?¥?|(?<=[0-9元圆万亿])(?:人民币|rmb|cny)(?=[整正]?$)")
_YUAN = re.compile(r"(?P<yuan>.+?)(?P<unit>元|圆|圓|块钱|块)?(?:(?<=[元圆圓])(?:(?P<jiao>\S)角)?(?:(?P<fen>\S)分)?)?")

PLAIN_AMOUNT = re.compile(r"([0-9]{1,15}(?:\.[0-9]{1,10})?)(万|亿)?(元)?")  # as most are written
_PLAIN_SIZES = {"万": 10**4, "亿": 10**8}
_STATED = re.compile("人民币|rmb|cny")
_BARE = re.compile(r"[-+]?(?:[0-9,.]+|[^0-9万萬亿億wk]+)")


def signed(said: str, text: str, message: str) -> Decimal:
    """The value of a `compact` number with its sign; `text` is what was typed. Raises `BadValue` with the message."""
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


def is_bare(text: str) -> bool:
    """Whether an amount has neither unit nor size: 3,000 and 二百 are bare, 5千 and RMB 3,000 are not.

    Raises `BadValue` for what is no amount.
    """
    if plain := PLAIN_AMOUNT.fullmatch(text):
        return not plain[2] and not plain[3]
    whole = _taken_apart(text)
    signed(whole["yuan"], text, "value.not_an_amount")
    return not whole["unit"] and not _STATED.search(compact(text)) and bool(_BARE.fullmatch(whole["yuan"]))


def fen(text: str, bare: int) -> int:
    """The amount in 分; `bare` is how many yuan a number without a unit means. Raises `BadValue`."""
    if plain := PLAIN_AMOUNT.fullmatch(text):
        size = _PLAIN_SIZES[plain[2]] if plain[2] else 1 if plain[3] else bare
        found = Decimal(plain[1]) * size * 100
    else:
        whole = _taken_apart(text)
        yuan = signed(whole["yuan"], text, "value.not_an_amount") * (bare if is_bare(text) else 1)
        coins = [_coins(whole["jiao"], 10), _coins(whole["fen"], 1)]
        if min(coins) < 0:
            raise BadValue("value.not_an_amount", text=text[:40])
        found = yuan * 100 + sum(coins)
    if found != int(found):
        raise BadValue("value.below_a_fen", text=text)
    return int(found)
