"""The price that a sentence names: `从25万降到22万，优惠3万` says 220,000 yuan, `年费22万，实施费3万` none.

Every amount of a sentence gets a role from the words beside it (`amount_words`): the price, a total, a part of it,
what it was before, what is taken off. What is left decides; two different amounts decide nothing, and neither does one
that is not understood. Text of any length and kind is taken; nothing here raises.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from salesdesk.process import amount_words as words_for
from salesdesk.process.amount_words import Role
from salesdesk.records.numerals import CHINESE, LONGEST, NUMBER, plain, value

_BARE = 1000  # yuan: a smaller number without a unit may be anything
_YEARS = range(1900, 2200)
_LONGEST = 10  # digits: a longer number is a telephone or a code
_FEN, _JIAO = 100, 10
_MOST = 10**17  # 分: what a field for money takes
_MONEY = re.compile(
    rf"(?P<foreign>(?:{words_for.FOREIGN})[ \t]*)?(?P<sign>(?:{words_for.SIGN})[ \t]*)?(?P<number>{NUMBER})"
    rf"(?P<vague>[几多余来]+[万亿千]+)?[ \t]*(?:(?P<other>{words_for.FOREIGN})|(?P<unit>{words_for.YUAN}))?"
    rf"(?:(?P<jiao>[\d{CHINESE}])角(?:(?P<fen>[\d{CHINESE}])分)?)?[整正]?",
    re.IGNORECASE,
)
_LARGE = re.compile(r"[万亿千仟wWkK]")
_TAIL = re.compile(rf"(?P<body>.*[万亿千百])零?(?P<tail>\d{{1,2}}|[{CHINESE}])")
_LAST_DIGIT = re.compile(r"[万亿千百](?:\d|[一二三四五六七八九])$")  # 22万5元 may be 220,005
_LOW_END = re.compile(rf"(?<![\d.,-])(?P<low>{NUMBER})(?:-|~|—|–|至|到)[ \t]*$")
_RANGE = re.compile(r"[ \t]*(?:-|~|—|–|至|到|或者?)[ \t]*")
_BREAK = re.compile(r"[;。!?\n()\[\]【】〔〕]|,(?!\d{3}(?!\d))|(?<!\d),")
_ENDS = ";。!?\n"
_OPENING, _CLOSING = "([【〔", ")]】〕"


@dataclass(frozen=True)
class Price:
    """What a text says of a price, in 分: exactly (`low == high`), within bounds, or nothing (both `None`).

    `figures` tells whether it speaks of money at all, `qualified` whether it says more than the number (tax, parts).
    """

    low: int | None = None
    high: int | None = None
    figures: bool = False
    qualified: bool = False

    @property
    def amount(self) -> int | None:
        """The price, when the text names a single one."""
        return self.low if self.low == self.high else None


class _Token(NamedTuple):
    """A number that is money, with its bounds in 分 (both `None`: meant to be, and not understood) and its place."""

    low: int | None
    high: int | None
    start: int
    end: int


@dataclass(frozen=True)
class _Amount:
    """One amount of a sentence: its bounds in 分, its role, and what stands beside it."""

    low: int | None
    high: int | None
    role: Role
    clause: int
    tax: str  # "in", "out", or nothing
    yearly: bool
    named: bool  # by the name of what it is for: 培训费
    aside: bool  # in brackets
    restated: bool  # in brackets, with no other word: 大写


def price_in(text: str) -> Price:
    """What a sentence says of the price."""
    if len(text) > LONGEST:
        return Price(figures=True, qualified=True)
    words = plain(text)
    tokens = _joined(words, _tokens(words))
    amounts = [_amount(words, tokens, number) for number in range(len(tokens))]
    found = None if any(token.low is None and token.high is None for token in tokens) else _decided(words, amounts)
    if found is None or (found.low is None and found.high is None):
        return Price(figures=bool(amounts), qualified=bool(amounts))
    more = any(a.tax or a.yearly or a.role in {Role.PART, Role.EACH} for a in amounts)
    return Price(found.low, found.high, figures=True, qualified=more or _has_remark(words))


def amount_in(text: str) -> int | None:
    """The single price that a sentence names, in 分."""
    return price_in(text).amount


def _has_remark(words: str) -> bool:
    """Whether brackets hold something else than an amount: `22万（三年）`, but not `22万（原价25万）`."""
    return any(not re.search(r"\d\s*[万亿元]", remark) for remark in re.findall(r"[(\[【〔]([^)\]】〕]*)", words))


def _tokens(words: str) -> Iterator[_Token]:
    """The numbers of a text that are money, in their order."""
    place = 0
    while found := _MONEY.search(words, place):
        token = _token(words, found)
        place = found.end() if token is None else token.end
        if token is not None:
            yield token


def _token(words: str, found: re.Match[str]) -> _Token | None:
    """The amount that a match is; `None` for a number that is no money (a year, a count, a telephone)."""
    run, end = found["number"], found.end()
    marked = bool(found["unit"] or found["sign"])
    if not marked:
        run = _without_count(run, words[found.end("number") :])
        end = end if run == found["number"] else found.start("number") + len(run)
    before, after = words[: found.start("number")].rstrip(), words[end:]
    number, large = value(run), bool(_LARGE.search(run))
    unread = _Token(None, None, found.start(), end)
    if not run:
        return None
    vague = found["vague"] or (large and before.endswith(("几", "数"))) or (found["unit"] and _LAST_DIGIT.search(run))
    if found["foreign"] or found["other"] or vague:
        return unread
    if number is None:
        digits = re.search(r"[^十拾百佰千仟万亿]", run)
        return unread if marked or (large and (digits or before.endswith("上"))) else None
    if not marked and not large:
        return _bare(before, after, run, number, found)
    if not marked and _runs_on(run, after):
        return unread
    return _with_low_end(before, run, number, found, end)


def _without_count(run: str, after: str) -> str:
    """What of a number is money where something is counted behind it: 22万3年 is 22万, 5000人 nothing."""
    if not words_for.COUNTED.match(after):
        return run
    tail = _TAIL.fullmatch(run)
    if tail is not None:
        return tail["body"]
    return run if _LARGE.search(run) and not words_for.COUNTED_MANY.match(after) else ""


def _runs_on(run: str, after: str) -> bool:
    """Whether it cannot be told where a number ends: 22万五千元, 一亿二多功能."""
    if after[:1] and after[0] in CHINESE:
        following = re.match(rf"[{CHINESE}]+", after)
        rest = after[len(following[0]) :] if following else ""
        return bool(following and len(following[0]) > 1 and not words_for.COUNTED.match(rest)) or rest[:1] == "元"
    tail = _TAIL.fullmatch(run)
    return bool(tail and after[:1] > "\u2fff" and after[0] not in words_for.RUNS_ON and run[-1] not in "万亿千百十")


def _bare(before: str, after: str, run: str, number: Decimal, found: re.Match[str]) -> _Token | None:
    """A number without 万 and without 元, such as 220000: money where it can be nothing else."""
    no_price = words_for.BEFORE_NO_PRICE.search(before) or words_for.AFTER_NO_PRICE.match(after)
    whole = run.replace(",", "").partition(".")[0]
    if no_price or not whole.isdecimal() or whole[0] == "0" or len(whole) > _LONGEST:
        return None
    if number < _BARE or int(whole) in _YEARS:
        return None
    return _with_low_end(before, run, number, found, found.end())


def _with_low_end(before: str, run: str, number: Decimal, found: re.Match[str], end: int) -> _Token:
    """The amount, or the range that it ends: 20-22万."""
    parts = [(found[name], size) for name, size in (("jiao", _JIAO), ("fen", 1)) if found[name]]
    fen = number * _FEN + sum((value(digit) or 0) * size for digit, size in parts)
    range_ = _LOW_END.search(before)
    if fen != int(fen) or fen > _MOST:
        return _Token(None, None, found.start(), end)
    if range_ is None or found["sign"]:
        return _Token(int(fen), int(fen), found.start(), end)
    lower, coefficient = value(range_["low"]), value(run.rstrip("万亿千wWkK"))
    if not lower or not coefficient:
        return _Token(None, None, range_.start(), end)
    low = lower if _LARGE.search(range_["low"]) else lower * (number / coefficient)
    ends = int(low * _FEN), int(fen)
    return _Token(min(ends), max(ends), range_.start(), end)


def _joined(words: str, tokens: Iterator[_Token]) -> list[_Token]:
    """The tokens, two with 至, 到 or 或 between them as one range."""
    found: list[_Token] = []
    for token in tokens:
        last = found[-1] if found else None
        if last is not None and token.start < last.end:  # it has taken the lower end in
            found[-1] = token
            continue
        if last is None or not _RANGE.fullmatch(words, last.end, max(token.start, last.end)):
            found.append(token)
            continue
        ends = [end for end in (last.low, last.high, token.low, token.high) if end is not None]
        unread = None in {last.low, token.low}
        found[-1] = _Token(None if unread else min(ends), None if unread else max(ends), last.start, token.end)
    return found


def _amount(words: str, tokens: Sequence[_Token], number: int) -> _Amount:
    """One amount with what stands beside it."""
    token = tokens[number]
    breaks = [0, *(found.end() for found in _BREAK.finditer(words, 0, token.start))]
    follows = tokens[number + 1].start if number + 1 < len(tokens) else len(words)
    closing = _BREAK.search(words, token.end, follows)
    clause = words[breaks[-1] : token.start]
    before = words[max(breaks[-1], tokens[number - 1].end if number else 0) : token.start]
    after = words[token.end : closing.start() if closing else follows]
    low, high, clause = _bounded(token, clause, after)
    role = _role(clause, after)
    sentence = max(words.rfind(end, 0, token.start) for end in _ENDS)
    if role is Role.PRICE and words_for.LISTED.search(words, sentence + 1, token.start):
        role = Role.PART
    aside = _depth(words[: token.start]) > 0
    return _Amount(
        low,
        high,
        role,
        breaks[-1],
        _tax(before, after, words[token.end : _own_remarks(words, token.end, follows)]),
        bool(words_for.YEARLY_BEFORE.search(before) or words_for.YEARLY_AFTER.match(after)),
        bool(words_for.NAME_BEFORE.search(before) or words_for.NAME_AFTER.match(after)),
        aside,
        aside and bool(words_for.RESTATED.fullmatch(before)),
    )


def _bounded(token: _Token, clause: str, after: str) -> tuple[int | None, int | None, str]:
    """The bounds of an amount, and its clause without the words that say them: 不超过22万 is 22万 at most."""
    for before_it, behind_it, low, high in (
        (words_for.NO_MORE, words_for.NO_MORE_AFTER, None, token.high),
        (words_for.NO_LESS, words_for.NO_LESS_AFTER, token.low, None),
        (words_for.ROUGH, words_for.ROUGH_AFTER, None, None),
    ):
        if found := before_it.search(clause):
            return low, high, clause[: found.start()]
        if behind_it.match(after):
            return low, high, clause
    return token.low, token.high, clause


def _role(clause: str, after: str) -> Role:
    behind = next((role for role, sign in words_for.AFTER if sign.match(after)), None)
    return behind or next((role for role, sign in words_for.BEFORE if sign.search(clause)), Role.PRICE)


def _own_remarks(words: str, start: int, follows: int) -> int:
    """Where the clauses end that stand behind an amount and hold no other."""
    if follows == len(words):
        return follows
    breaks = [found.start() for found in _BREAK.finditer(words, start, follows)]
    return breaks[-1] if breaks else start


def _tax(before: str, after: str, remarks: str) -> str:
    """Whether an amount is said to be with tax ("in") or without ("out"): before, right behind, or in a remark."""
    for said in (before, after, remarks):
        if found := list(words_for.TAX.finditer(said)):
            return "out" if found[-1 if said is before else 0]["out"] else "in"
    return ""


def _depth(words: str) -> int:
    return sum(words.count(sign) for sign in _OPENING) - sum(words.count(sign) for sign in _CLOSING)


def _decided(words: str, amounts: Sequence[_Amount]) -> _Amount | None:
    """The amount that is the price; `None` where several may be, or none."""
    finals = [a for a in amounts if a.role is Role.FINAL]
    may_be = [
        a
        for place, a in enumerate(amounts)
        if a.role in {Role.PRICE, Role.TOTAL, Role.FINAL}
        # 25万降到22万: what a clause begins with is what it was
        and not (a.role is not Role.FINAL and any(f.clause == a.clause and f in amounts[place + 1 :] for f in finals))
    ]
    main = [a for a in may_be if not a.aside]
    if main:
        may_be = main + [a for a in may_be if a.aside and (a.tax or a.restated or a.role is Role.TOTAL)]
    paid = [a.high or 0 for a in may_be if a.tax != "out"]
    may_be = [a for a in may_be if a.tax != "out" or not paid or (a.high or 0) >= min(paid)]
    chosen = _strongest(may_be)
    if not chosen or len({(a.low, a.high) for a in chosen}) > 1:
        return None
    price = chosen[0]
    doubts = (
        price.role is not Role.TOTAL and any(a.role is Role.EACH for a in amounts),
        price.role is Role.PRICE and (any(a.role is Role.OFF for a in amounts) or words_for.DISCOUNT.search(words)),
        price.tax == "out" or (price.tax != "in" and words_for.MORE_TAX.search(words)),
        price.yearly and price.role is not Role.TOTAL and words_for.MORE_YEARS.search(words),
    )
    return None if any(doubts) else price


def _strongest(may_be: Sequence[_Amount]) -> list[_Amount]:
    """Totals before their parts, what was come to before where it began; all of them where they contradict."""
    totals = [a for a in may_be if a.role is Role.TOTAL]
    finals = [a for a in may_be if a.role is Role.FINAL]
    prices = [a for a in may_be if a.role is Role.PRICE]
    if totals:
        parts = sum(a.high or 0 for a in prices if not a.restated and not a.aside)
        fits = totals[0].high is not None and parts <= totals[0].high
        return totals + finals if fits else list(may_be)
    if finals:
        last = list(may_be).index(finals[-1])
        return finals + [a for a in prices if a.named or list(may_be).index(a) > last]
    return prices
