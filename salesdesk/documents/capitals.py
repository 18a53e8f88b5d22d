"""Amounts in the capital numerals of Chinese contracts (大写金额), by 支付结算办法, annex 1."""

from __future__ import annotations

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "万亿", "亿亿")
_GROUP = 10_000


def capitals(fen: int) -> str:
    """`22000000` (分) → 贰拾贰万元整. Below zero with 负 in front."""
    if fen < 0:
        return "负" + capitals(-fen)
    yuan, rest = divmod(fen, 100)
    jiao, cents = divmod(rest, 10)
    whole = _whole(yuan) + "元" if yuan else ""
    if not rest:
        return (whole or "零元") + "整"
    tenths = _DIGITS[jiao] + "角" if jiao else "零" if whole else ""
    return whole + tenths + (_DIGITS[cents] + "分" if cents else "整")


def _whole(number: int) -> str:
    """A positive whole number; a gap of noughts is one 零."""
    groups: list[int] = []
    while number:
        number, group = divmod(number, _GROUP)
        groups.append(group)
    said = ""
    for index in reversed(range(len(groups))):
        group = groups[index]
        if not group:
            continue
        # noughts in front of this group, its own leading ones or a whole group before it, are spoken once
        if said and (group < _GROUP // 10 or not groups[index + 1]):
            said += "零"
        said += _thousands(group) + _GROUPS[index]
    return said


def _thousands(group: int) -> str:
    said = ""
    for place in reversed(range(len(_PLACES))):
        digit = group // 10**place % 10
        if digit:
            said += _DIGITS[digit] + _PLACES[place]
        elif said and group % 10**place and not said.endswith("零"):
            said += "零"
    return said


def counted(number: int) -> str:
    """A number from 1 to 99 as articles are counted: 一, 十, 十二, 二十, 九十九."""
    tens, ones = divmod(number, 10)
    digits = "零一二三四五六七八九"
    said = ("" if tens == 1 else digits[tens]) + "十" if tens else ""
    return said + (digits[ones] if ones else "")
