"""What other programs and people put into a cell around its value: guards, marks, words for nothing, several values."""

from __future__ import annotations

import html
import re

from salesdesk.process.duplicates import split_numbers
from salesdesk.records.typed import narrow

_UNSEEN = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|#\d{1,7}|#x[0-9a-fA-F]{1,6});")
_FORMULA = re.compile(r'=\s*(?:"((?:[^"]|"")*)"|([-+]?\d[\d.,]*))', re.DOTALL)
_APOSTROPHE = re.compile(r"['’‘](?=[-+=]?[0-9(（０-９])([-+=]?[0-9A-Z０-９(][0-9A-Z０-９ .,/:;()（）+-]*)")
_STRANGE = re.compile("[&='’‘\u00a0\u00ad\u200b-\u206f\ufeff]")
_NOTHING_SAID = {"null", "(null)", "n/a", "nil", "nan", "none", "undefined", "<null>", "#null"}
_NOTHING_KNOWN = {
    *(
        "无",
        "暂无",
        "没有",
        "暂缺",
        "不详",
        "未知",
        "不明",
        "未公开",
        "未公示",
        "未披露",
        "未填",
        "未填写",
        "未提供",
        "未登记",
    ),
    *(
        "无数据",
        "暂无数据",
        "暂无信息",
        "待补充",
        "空",
        "無",
        "暫無",
        "不詳",
        "未公開",
        "無資料",
        "na",
        "unknown",
        "not available",
    ),
}
_MARKS = re.compile(r"[-‐-―−_/\\|.·…?？~、,;:]+")
_LONGEST_PLACEHOLDER = 14
_PERSON = re.compile(r"[\u4e00-\u9fff\U00020000-\U0003ffff·]{2,4}(?:先生|女士|小姐|老师|经理|总监|总)?")
_BETWEEN_PEOPLE = re.compile(r"[、,，;；/／\n|&]|\s{2,}|\s和\s")
_BETWEEN_MAILS = re.compile(r"[;,，；、/\s|]+(?::::\s*)?")
_PLAIN_PHONE = re.compile(r"\+?[0-9-]+")
_FEWEST_DIGITS, _MOST_DIGITS = 7, 13  # of one telephone number


def cleaned(text: str) -> str:
    """A cell without what only guards or carries its value: `="138…"`, `'138…`, `&amp;`, marks that are not seen."""
    if not _STRANGE.search(text):
        return text
    said = _UNSEEN.sub("", text).replace("\u00a0", " ").strip()
    said = _ENTITY.sub(lambda found: html.unescape(found[0]), said).replace("\u00a0", " ").strip()
    if formula := _FORMULA.fullmatch(said):
        said = (formula[2] or (formula[1] or "").replace('""', '"')).strip()
    if guarded := _APOSTROPHE.fullmatch(said):
        said = guarded[1]
    return said


def is_nothing(text: str, *, with_words: bool) -> bool:
    """Whether a cell only says that there is nothing: -, NULL; `with_words` 无 and 暂无 too, which may be an answer."""
    if len(text) > _LONGEST_PLACEHOLDER or "0" <= text[0] <= "9":
        return False
    if not text[0].isalnum() and _MARKS.fullmatch(text):
        return True
    word = text if text.isalpha() and not text.isascii() else narrow(text).strip(" ()[]")
    word = word.casefold()
    return word in _NOTHING_SAID or f"({word})" in _NOTHING_SAID or (with_words and word in _NOTHING_KNOWN)


def phones(text: str) -> str:
    """The telephone numbers of a cell: several divided by ` / `, one that is broken over two lines in one piece."""
    if _PLAIN_PHONE.fullmatch(text):
        return text
    text = text.replace(":::", "\n")  # as Google divides them
    if "\n" in text:
        lines = [sum(map(str.isdigit, line)) for line in text.splitlines() if line.strip()]
        if sum(lines) <= _MOST_DIGITS and min(lines, default=0) < _FEWEST_DIGITS:
            text = " ".join(text.split())
    found = split_numbers(text)
    digits = [sum(map(str.isdigit, one)) for one in found]
    if len(found) < 2 or min(digits) < _FEWEST_DIGITS:  # noqa: PLR2004  # two at least  # 0512-62881234/35 stays as it is
        return " ".join(text.split())
    return " / ".join(" ".join(one.split()) for one in found)


def mails(text: str) -> list[str]:
    """The addresses of a cell, one after the other; the whole text where it is no list of them."""
    if not _BETWEEN_MAILS.search(text):
        return [text]
    found = [part for part in _BETWEEN_MAILS.split(text) if part]
    return found if len(found) > 1 and all("@" in part for part in found) else [" ".join(text.split())]


def people(text: str) -> list[str]:
    """The people of a cell, each by the name; the whole text where it may be one name."""
    found = [part.strip() for part in _BETWEEN_PEOPLE.split(text) if part.strip()]
    return found if len(found) > 1 and all(map(_PERSON.fullmatch, found)) else [text]


def pieces(phones_of_cell: str) -> list[str]:
    """The numbers that `phones` put together."""
    return narrow(phones_of_cell).split(" / ")
