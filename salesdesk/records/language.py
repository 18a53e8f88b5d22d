"""The languages of labels, values and papers, and the two scripts of Chinese."""

from __future__ import annotations

import functools
import warnings
from collections.abc import Callable, Mapping
from enum import StrEnum


class Language(StrEnum):
    """Simplified Chinese, English, and Traditional Chinese, which is made from the Simplified and stands on papers."""

    ZH = "zh"
    EN = "en"
    TRADITIONAL = "zh-hant"

    @property
    def chinese(self) -> bool:
        """Whether it is written in Chinese characters."""
        return self is not Language.EN

    @property
    def tag(self) -> str:
        """The language as BCP 47 writes it."""
        return {"zh": "zh-CN", "zh-hant": "zh-Hant"}.get(self.value, "en")

    def pick(self, zh: str, en: str) -> str:
        """The one of two texts that is in this language."""
        if self is Language.EN:
            return en
        return zh if self is Language.ZH else traditional(zh)

    def words(self, texts: Mapping[Language, Mapping[str, str]]) -> Mapping[str, str]:
        """The texts by name; both Chinese and English must be there."""
        if self is not Language.TRADITIONAL:
            return texts[self]
        return {name: traditional(text) for name, text in texts[Language.ZH].items()}


@functools.lru_cache(4096)  # labels and the words of papers; what people typed is never converted
def traditional(text: str) -> str:
    """Our own Simplified text in the characters and words of Taiwan."""
    return _converted(text, "zh-tw").replace("爲", "為")  # the library has the one in words, the other alone


def simplified(text: str) -> str:
    """Any Chinese text in Simplified characters, to compare names by."""
    return _converted(text, "zh-hans")


def in_simplified_characters(text: str) -> str:
    """The text with every character in its Simplified form, whatever its word: a search does so on both sides."""
    return text if text.isascii() else text.translate(_simplified_characters())


@functools.cache
def _simplified_characters() -> dict[int, str]:
    import zhconv  # noqa: PLC0415  # as below

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        table = zhconv.zhconv.getdict("zh-hans")
    return {ord(one): other for one, other in table.items() if len(one) == len(other) == 1}


def _converted(text: str, script: str) -> str:
    return text if text.isascii() else str(_library()(text, script))


@functools.cache
def _library() -> Callable[[str, str], str]:
    import zhconv  # noqa: PLC0415  # a dictionary of 0.2 s, when a second script is asked for

    with warnings.catch_warnings():  # the library leaves its dictionary's file to the garbage collector
        warnings.simplefilter("ignore", ResourceWarning)
        zhconv.convert("", "zh-hans")
    converter: Callable[[str, str], str] = zhconv.convert
    return converter
