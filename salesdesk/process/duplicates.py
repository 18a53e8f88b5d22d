"""Whether two customers are one: Chinese company names, credit codes, telephone numbers."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from salesdesk.process.credit_codes import credit_code
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
_BRACKETS = re.compile(r"[(（\[【]([^)）\]】]*)[)）\]】]")
_MASKS = "×*＊○□■●"  # what stands for a character that is not to be read
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

    Simplified characters, half width, lower case; without place, legal form, brackets and punctuation.
    """
    text = simplified(unicodedata.normalize("NFKC", name)).lower()
    text = _BRACKETS.sub(
        lambda found: "" if _PLACE.sub("", found.group(1)) in {"", "区", "县"} else found.group(1), text
    )
    text = "".join("×" if c in _MASKS else c for c in text if c.isalnum() or c in _MASKS)
    stripped = _PLACE.sub("", _PLACE.sub("", text))
    text = stripped or text
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
    if set(map(digits, one.phones)) & set(map(digits, other.phones)) - {""}:
        return "phone"
    return _names_alike(one.name, other.name)


def _names_alike(one: str, other: str) -> str | None:
    mine, its = core(one), core(other)
    if "×" in mine + its:
        return "same_name" if one.strip() == other.strip() else None
    shorter, longer = sorted((mine, its), key=len)
    reasons = (
        ("same_name", bool(mine) and mine == its),
        ("similar_name", len(shorter) > _SIMILAR and shorter in longer),
        ("same_sound", len(shorter) >= _LEAST_SOUND and _sound(mine) == _sound(its)),
    )
    return next((reason for reason, applies in reasons if applies), None)


def _sound(text: str) -> str:
    from pypinyin import lazy_pinyin  # noqa: PLC0415  # 0.2 s to import

    return "".join(lazy_pinyin(text))


def digits(phone: str) -> str:
    """The digits of a telephone number without the country; nothing for a masked or short one."""
    digits = re.sub(r"\D", "", unicodedata.normalize("NFKC", phone)).removeprefix("0086")
    digits = digits.removeprefix("86") if len(digits) > 11 else digits  # noqa: PLR2004  # the length of a mobile number
    return digits if len(digits) >= 7 and not any(c in _MASKS for c in phone) else ""  # noqa: PLR2004  # a landline
