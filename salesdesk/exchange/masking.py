"""A list that leaves the house without names and numbers of people."""

from __future__ import annotations

import re
from collections.abc import Sequence

from salesdesk.records.field import Field, Named
from salesdesk.records.kinds import PhoneKind, TextKind
from salesdesk.records.typed import narrow

_KEPT_HEAD, _KEPT_TAIL = 3, 4
_MOST_STARS = 3
_BETWEEN_PEOPLE = re.compile(r"([\s、，,;；/|]+)")
# as people write them: 138 0013 5678, 138.0013.5678, １３８…, +86-138…, (0512)66660000
_GAP = r"[ \u3000\xa0.·\-－–—]?"
_CHINA = rf"(?:[+＋]?86{_GAP}|0086{_GAP})"
_MOBILE = re.compile(rf"(?<!\d){_CHINA}?[1１][3-9３-９](?:{_GAP}\d){{9}}(?!\d)")
_LANDLINE = re.compile(
    rf"(?<!\d)((?:{_CHINA}[(（]?[0０]?[1-9１-９]|[(（]?[0０][1-9１-９])\d{{1,2}}[)）]?){_GAP}\d(?:{_GAP}\d){{6,7}}(?!\d)"
)
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]+[@＠][A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_CHAT = re.compile(r"((?:微信|wechat|weixin|vx|qq)[号id:： ]{0,4})[A-Za-z0-9_-]{5,20}", re.IGNORECASE | re.ASCII)


def masked(declared: Field, text: str, people: Sequence[str] = ()) -> str:
    """A field's text without a person's name or number: `张**`, `138****5678`.

    `people` are names and addresses that are hidden wherever they stand in free text, the longest first.
    """
    if declared.name == "wechat":
        return _chat_name(text)
    if isinstance(declared.kind, PhoneKind):
        return _number(text)
    if declared.names is Named.PERSON:
        return "".join(part if _BETWEEN_PEOPLE.match(part) else _name(part) for part in _BETWEEN_PEOPLE.split(text))
    if isinstance(declared.kind, TextKind):
        text = _EMAIL.sub(lambda found: _number(found[0].replace("＠", "@")), text)
        text = _MOBILE.sub(_mobile, text)
        text = _LANDLINE.sub(r"\1********", text)
        text = _CHAT.sub(r"\1***", text)
        for person in people:
            text = text.replace(person, _name(person))
    return text


def _mobile(found: re.Match[str]) -> str:
    digits = re.sub(r"\D", "", narrow(found[0]))[-11:]
    return f"{digits[:_KEPT_HEAD]}****{digits[-_KEPT_TAIL:]}"


def _chat_name(text: str) -> str:
    return text[:1] + "***" if len(text) > _MOST_STARS else "*" * len(text)


def _name(text: str) -> str:
    return text[:1] + "*" * min(_MOST_STARS, len(text) - 1) if len(text) > 1 else "*" * len(text)


def _number(text: str) -> str:
    if "@" in text:
        name, _, host = text.partition("@")
        return f"{_name(name)}@{host}"
    if re.search(r"[^\W\d_转分机×xX]", text):  # 张伟 13800135678 微信同号
        return re.sub(r"[^\W_]", "*", text)
    if len(text) <= _KEPT_HEAD + _KEPT_TAIL:
        return "*" * len(text)
    return text[:_KEPT_HEAD] + re.sub(r"[^\W_]", "*", text[_KEPT_HEAD:-_KEPT_TAIL]) + text[-_KEPT_TAIL:]
