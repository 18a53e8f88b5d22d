"""Whether two customers are one: Chinese company names, credit codes, telephone numbers."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from salesdesk.process.credit_codes import credit_code
from salesdesk.process.generic_names import is_generic
from salesdesk.records.language import simplified

_LEGAL = (
    *("股份有限公司", "有限责任公司", "集团有限公司", "有限公司", "股份公司", "总公司", "分公司", "集团", "公司", "厂"),
    *("coltd", "limited", "inc", "llc", "ltd", "corp"),
)
_PLACES = (
    *("北京", "天津", "上海", "重庆", "河北", "山西", "内蒙古", "辽宁", "吉林", "黑龙江", "江苏", "浙江", "安徽"),
    *("福建", "江西", "山东", "河南", "湖北", "湖南", "广东", "广西", "海南", "四川", "贵州", "云南", "西藏", "陕西"),
    *("甘肃", "青海", "宁夏", "新疆", "香港", "澳门", "台湾", "深圳", "广州", "苏州", "杭州", "南京", "宁波", "无锡"),
    *("常州", "武汉", "成都", "西安", "青岛", "大连", "厦门", "郑州", "长沙", "合肥", "佛山", "东莞", "济南", "中国"),
)
_PLACE = re.compile(rf"^(?:{'|'.join(_PLACES)})(?:省|市|自治区|特别行政区)?")
_PLACE_SUFFIX = re.compile(rf"({'|'.join(_PLACES)})(?:省|市|自治区|特别行政区)")
_BRACKETS = re.compile(r"[(（\[【]([^)）\]】]*)[)）\]】]")
_MASKS = "×*＊○□■●"  # what stands for a character that is not to be read
_BETWEEN_NUMBERS = re.compile(
    r"[/|;,、，；\n\r\t]|或|\s和\s?|(?<=\d{4})\s+(?=(?:\+?86[\s-]?)?(?:1[3-9]\d{9}|0\d{2,3}-))"
)
_EXTENSION = re.compile(
    r"(?:\s*(?:转|轉|分机|內線|内线|ext\.?|x|#)\s*[:.]?\s*\d+.*|(?<=\d{7})\s*-\s*\d{1,6})\s*$", re.IGNORECASE
)
_MOBILE = re.compile(r"1[3-9]\d{9}")
_SERVICE = re.compile(r"(?:400|800|9[56])\d*")  # numbers that have no area code
_SHORTEST = 7  # digits of a landline
_LEAST_SOUND = 3  # syllables: shorter names sound alike by chance
_SIMILAR = 2  # characters in common that are rare enough, where one name holds the other


@dataclass(frozen=True)
class Known:
    """What is known of a customer for the comparison."""

    name: str
    credit_code: str = ""
    phones: tuple[str, ...] = ()


@lru_cache(maxsize=10_000)
def core(name: str) -> str:
    """The part of a company's name that tells it from others: `華源（蘇州）科技有限公司` → `华源科技`.

    Simplified characters, half width, lower case; without legal form and punctuation, and without place and brackets
    unless nothing but a generic word would be left: 北京银行 and 上海银行 are two.
    """
    plain = simplified(unicodedata.normalize("NFKC", name)).lower()
    text = _letters(
        _BRACKETS.sub(lambda found: "" if _PLACE.sub("", found.group(1)) in {"", "区", "县"} else found.group(1), plain)
    )
    stripped = _PLACE.sub("", _PLACE.sub("", text))
    if stripped and stripped != text and is_generic(without_form(stripped)):
        stripped = _PLACE_SUFFIX.sub(r"\1", _letters(plain))
    elif is_generic(without_form(text)):
        stripped = _letters(plain)  # a bracket may be all that tells: 工商银行（苏州）
    return without_form(stripped or text)


def _letters(text: str) -> str:
    return "".join("×" if c in _MASKS else c for c in text if c.isalnum() or c in _MASKS)


def without_form(text: str) -> str:
    """A name without the legal forms at its end."""
    changed = True
    while changed:
        changed = False
        for ending in _LEGAL:
            if text.endswith(ending) and len(text) > len(ending):
                text, changed = text.removesuffix(ending), True
    return text


def compare(one: Known, other: Known) -> str | None:
    """Why two customers may be one, the surest reason first, or `None`.

    `credit_code`, `phone`, `same_name`, `similar_name` (one name holds the other), `same_sound`. Masked characters
    (×, *) tell nothing, so that two masked names are never taken for one by them alone.
    """
    code = credit_code(one.credit_code)
    if code and code == credit_code(other.credit_code):
        return "credit_code"
    if {number for phone in one.phones for number in numbers(phone)} & {
        number for phone in other.phones for number in numbers(phone)
    }:
        return "phone"
    return _names_alike(one.name, other.name)


def _names_alike(one: str, other: str) -> str | None:
    mine, its = core(one), core(other)
    if "×" in mine + its:
        return "same_name" if one.strip() == other.strip() else None
    shorter, longer = sorted((mine, its), key=len)
    # of institutions a part or the sound tells nothing: 苏州大学 is neither its hospital nor 宿州大学
    tells = not any(is_generic(_PLACE.sub("", name)) for name in (mine, its))
    reasons = (
        ("same_name", bool(mine) and mine == its),
        ("similar_name", tells and len(shorter) > _SIMILAR and shorter in longer),
        ("same_sound", tells and len(shorter) >= _LEAST_SOUND and _sound(mine) == _sound(its)),
    )
    return next((reason for reason, applies in reasons if applies), None)


def _sound(text: str) -> str:
    from pypinyin import lazy_pinyin  # noqa: PLC0415  # 0.2 s to import

    return "".join(lazy_pinyin(text))


def split_numbers(text: str) -> list[str]:
    """The telephone numbers of a text as they stand: `13800135678/0512-62881234` are two."""
    shown = unicodedata.normalize("NFKC", text)
    return [part.strip() for part in _BETWEEN_NUMBERS.split(shown) if part.strip()]


@lru_cache(maxsize=10_000)
def numbers(phone: str) -> tuple[str, ...]:
    """The telephone numbers of a text as they are dialled within China, without extension.

    `+86 512 62881234 转8001` → `051262881234`; nothing of masked or short ones.
    """
    if _MOBILE.fullmatch(phone):
        return (phone,)
    found = (_number(part) for part in split_numbers(phone))
    return tuple(dict.fromkeys(filter(None, found)))


def _number(part: str) -> str:
    if any(c in _MASKS for c in part):
        return ""
    dialled = re.sub(r"\D", "", part)
    if not _MOBILE.fullmatch(dialled):
        dialled = re.sub(r"\D", "", _EXTENSION.sub("", part))
    home = dialled.removeprefix("0086")
    if len(home) > len("13800135678") or part.lstrip("( ").startswith("+86"):
        home = home.removeprefix("86")
    if home != dialled and home[:1] not in {"", "0"} and not _MOBILE.fullmatch(home) and not _SERVICE.fullmatch(home):
        home = f"0{home}"  # from abroad an area code has no zero
    return home if len(home) >= _SHORTEST else ""
