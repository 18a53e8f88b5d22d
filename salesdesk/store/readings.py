"""How names are read aloud, for the search by pinyin: every reading that a person may type.

The library reads words; what it does not know is here: surnames, which are read their own way only at the beginning of
a person's name (曾 zēng, 单 shàn), and places (六安 lù'ān, 台州 tāizhōu).
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from functools import cache, lru_cache

from salesdesk.records.language import in_simplified_characters

_SAID_OF_SURNAMES = (
    "曾:zeng 翟:zhai 单:shan 解:xie 仇:qiu 查:zha 区:ou 盖:ge 缪:miao 乐:yue 朴:piao 覃:qin 卜:bu 薄:bo "
    "谌:shen 种:chong 都:du 佴:nai 郗:chi 逢:pang 句:gou 黑:he 阚:kan 员:yun 贠:yun 乜:nie 牟:mu 粘:nian "
    "番:pan 繁:po 召:shao 折:she 莘:xin 澹:tan 洗:xian 隗:wei 么:yao 藏:zang 祭:zhai 秘:bi 费:bi 适:kuo "
    "能:nai 圈:juan 隽:jun 郄:xi 郇:xun 六:lu 炅:gui 乘:sheng 角:jue 降:xiang 重:chong 柜:ju 蔚:yu 尉:yu "
    "泷:shuang 洞:tong 难:ning 且:ju 颉:xie 冒:mo 强:jiang 虎:mao 宓:fu 术:zhu 俟:si 瞿:ju "
    "乐正:yue-zheng 乐羊:yue-yang 子车:zi-ju 库狄:she-di 区阳:ou-yang 尉迟:yu-chi 单于:chan-yu 万俟:mo-qi 澹台:tan-tai "
)
_SAID_OF_PLACES = (
    "长治:chang-zhi 长葛:chang-ge 长宁:chang-ning 洪洞:hong-tong 浚县:xun-xian 乐陵:lao-ling 涡阳:guo-yang "
    "单县:shan-xian 单城:shan-cheng 解州:xie-zhou 郫都:pi-du 新都:xin-du 都匀:du-yun 珲春:hun-chun "
    "大城:dai-cheng 繁峙:fan-shi 荥经:ying-jing 筠连:jun-lian 什邡:shi-fang 会稽:kuai-ji 阿勒泰:a-le-tai "
    "尼勒克:ni-le-ke 朝阳:chao-yang 高句丽:gao-gou-li 漯河:luo-he 伽师:jia-shi 栎阳:yue-yang 浒关:xu-guan "
    "六合:lu-he 穆棱:mu-ling 宕昌:tan-chang 六安:lu-an 台州:tai-zhou 蚌埠:beng-bu 重庆:chong-qing 厦门:xia-men"
)


def _said(pairs: str) -> dict[str, tuple[str, ...]]:
    """`单:shan 乐正:yue-zheng` as name → syllables."""
    return {name: tuple(reading.split("-")) for name, reading in (pair.split(":") for pair in pairs.split())}


_SURNAMES, _PLACES = _said(_SAID_OF_SURNAMES), _said(_SAID_OF_PLACES)
_PLACE = re.compile("|".join(sorted(_PLACES, key=len, reverse=True)))
_COMPOUND = 2  # characters of the longest surname with a reading of its own

Syllables = tuple[str, ...]


def readings(name: str, *, person: bool) -> list[Syllables]:
    """Every way to read a name, each as syllables; letters and digits stand for themselves.

    Characters with several readings are read within the name (重庆: chongqing) and alone (zhongqing), because people
    type either; ü is v, as input methods have it, and u.
    """
    found = {*_of_one_form(name, person=person)}
    if (simple := in_simplified_characters(name)) != name:
        found.update(_of_one_form(simple, person=person))
    found |= {tuple(syllable.replace("v", "u") for syllable in syllables) for syllables in found if _has_v(syllables)}
    return sorted(found)


def _of_one_form(name: str, *, person: bool) -> Iterator[Syllables]:
    common = tuple(_within(name))
    yield common
    yield tuple(filter(None, map(_alone, name)))
    if _PLACE.search(name):
        yield tuple(_with_places(name))
    if person:
        yield from _with_surname(name)


def _has_v(syllables: Iterable[str]) -> bool:
    return any(syllable[:2] in {"lv", "nv"} for syllable in syllables)


def _with_surname(name: str) -> Iterator[Syllables]:
    for length in range(_COMPOUND, 0, -1):
        if known := _SURNAMES.get(name[:length]):
            yield (*known, *_within(name[length:]))
            return


def _with_places(name: str) -> Iterator[str]:
    """The syllables of a name whose places are read as those who live there do."""
    end = 0
    for found in _PLACE.finditer(name):
        yield from _within(name[end : found.start()])
        yield from _PLACES[found[0]]
        end = found.end()
    yield from _within(name[end:])


def _within(words: str) -> list[str]:
    """The syllables of a text read as a whole; letters and digits stand for themselves."""
    return [syllable for word in _words(words) for syllable in _syllables(word)]


def _words(text: str) -> Iterator[str]:
    """A text cut from the left at the longest words that the library can read, as its own slow way of cutting does."""
    phrases, longest = _phrases()
    place = 0
    while place < len(text):
        most = min(longest.get(text[place], 1), len(text) - place)
        while most > 1 and text[place : place + most] not in phrases:
            most -= 1
        yield text[place : place + most]
        place += most


@cache
def _phrases() -> tuple[Container[str], dict[str, int]]:
    """The words that the library can read, and the length of the longest by its first character."""
    from pypinyin.constants import PHRASES_DICT  # noqa: PLC0415  # 0.2 s to import; only a save needs it

    longest: dict[str, int] = {}
    for word in PHRASES_DICT:
        longest[word[0]] = max(longest.get(word[0], 1), len(word))
    return PHRASES_DICT, longest


@lru_cache(maxsize=32_768)
def _syllables(word: str) -> tuple[str, ...]:
    """A word's or single character's syllables; names of companies are made of few words."""
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415  # as above

    apart = lazy_pinyin(word, style=Style.NORMAL, errors=list, v_to_u=False)  # type: ignore[arg-type]  # a function from text to pieces, as documented
    return tuple(s for s in apart if s.isalnum())


@lru_cache(maxsize=8192)
def _alone(character: str) -> str:
    return next(iter(_within(character)), "")
