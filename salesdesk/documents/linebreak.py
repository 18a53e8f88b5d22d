"""Where a line of Chinese and Latin text may end (避头尾).

A line starts with no closing mark and ends with no opening one; words, numbers and codes stay whole
unless they are longer than the line. A mark that does not fit takes the character before it along.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from salesdesk.documents.quotes import MEANT

NO_START = frozenset(
    "，。、；：？！…—～·）］｝〕】》〉」』〗〙〛”’％‰℃°′″々〻〃ーぁぃぅぇぉっゃゅょァィゥェォッャュョ"
    "｡､｣･⋯‥–‖﹐﹑﹒﹔﹕﹖﹗﹚﹜﹞!%),.:;?]}*/"
)
NO_END = frozenset("（［｛〔【《〈「『〖〘〚“‘￥＄￡＃€$£¥#([{｢﹙﹛﹝@")

_WIDOW, _MOST_TAKEN, _LONG_LINE = 2, 3, 20  # characters
_WORD, _NO_START, _NO_END, _BLANK = 1, 2, 4, 8
_STANDS_ALONE = frozenset("“”‘’…—·‖‥⋯–")


class Line(NamedTuple):
    """One line without its trailing blanks; `width` is in the unit of the advances, `last` ends a paragraph."""

    text: str
    width: float
    last: bool


class _Kinds(dict[str, int]):
    def __missing__(self, stored: str) -> int:
        character = MEANT.get(stored, stored)
        kind = _BLANK if character == " " else 0
        narrow = character < "\u2e80" and character not in _STANDS_ALONE and character not in " \u3000"
        wide_word = "\uff10" <= character <= "\uff5a" and character.isalnum()
        kind |= _WORD * (narrow or wide_word or stored in MEANT)
        kind |= _NO_START * (character in NO_START) | _NO_END * (character in NO_END)
        self[stored] = kind
        return kind


_KINDS = _Kinds()


def break_lines(text: str, advances: Mapping[str, float], room: float, indent: float = 0) -> list[Line]:
    """Break a text at its line ends and at the width `room`; paragraphs start `indent` further in.

    Raises `KeyError` with a character that has no advance. An empty paragraph is one empty line.
    """
    lines: list[Line] = []
    for paragraph in text.split("\n"):
        _break_paragraph(paragraph, advances, room, room - indent, lines)
    return lines


def _break_paragraph(
    text: str, advances: Mapping[str, float], room: float, first_room: float, lines: list[Line]
) -> None:
    start = 0  # of the line being filled
    filled = 0.0  # its width so far
    cut, cut_at = 0, 0.0  # the last place where it may end, and its width there
    free = first_room
    before = 0
    for i, character in enumerate(text):
        advance = advances[character]
        kind = _KINDS[character]
        if not (kind & (_NO_START | _BLANK) or before & _NO_END or before & kind & _WORD) and i > start:
            cut, cut_at = i, filled
        while filled + advance > free and i > start and not kind & _BLANK:
            if cut <= start:
                cut = _cut_inside(text, start, i)
                cut_at = sum(map(advances.__getitem__, text[start:cut]))
            _end_line(text[start:cut], cut_at, advances, lines, last=False)
            filled -= cut_at
            start, cut_at, free = cut, 0.0, room
        filled += advance
        before = kind
    rest = text[start:]
    # a blank at the end of the line above has gone already, and would be missing between the two
    if start and text[start - 1] != " " and _hardly_a_line(rest) and (taken := _taken_along(lines[-1].text)):
        above = lines.pop().text
        moved = above[-taken:]
        _end_line(above[:-taken], sum(map(advances.__getitem__, above[:-taken])), advances, lines, last=False)
        rest, filled = moved + rest, filled + sum(map(advances.__getitem__, moved))
    _end_line(rest, filled, advances, lines, last=True)


def _hardly_a_line(text: str) -> bool:
    """Whether a last line is one Chinese character, with or without a mark after it (孤字)."""
    return 0 < len(text) <= _WIDOW and not _KINDS[text[0]] & _WORD and all(c in NO_START for c in text[1:])


def _taken_along(above: str) -> int:
    """How many characters of a long line may go down to the one below; none where that would tear something."""
    if len(above) < _LONG_LINE:
        return 0
    for count in range(1, _MOST_TAKEN + 1):
        before, first = above[-count - 1], above[-count]
        apart = not (_KINDS[first] & (_NO_START | _BLANK) or _KINDS[before] & _NO_END)
        if apart and not _KINDS[before] & _KINDS[first] & _WORD and not _KINDS[first] & _WORD and before != " ":
            return count
    return 0


def _cut_inside(text: str, start: int, end: int) -> int:
    """Where to cut a word longer than the line: as late as possible, but not beside a mark that forbids it."""
    for cut in range(end, start, -1):
        if text[cut] not in NO_START and text[cut - 1] not in NO_END:
            return cut
    return end


def _end_line(text: str, width: float, advances: Mapping[str, float], lines: list[Line], *, last: bool) -> None:
    kept = text.rstrip(" ")
    if blanks := len(text) - len(kept):
        width -= blanks * advances[" "]
    lines.append(Line(kept, width, last))
