"""The two fonts of all papers, and how wide each character is in them.

reportlab is imported on the first use, not with this module.
"""

from __future__ import annotations

import functools
import threading
import unicodedata
from typing import Any

from salesdesk.documents.quotes import as_typed
from salesdesk.errors import EnvironmentFault
from salesdesk.settings import resources

REGULAR = "NotoSansSC-Regular"
BOLD = "NotoSansSC-Bold"

_LOADING = threading.Lock()

# Characters that only steer the display: marks of direction, joiners, variation selectors, soft
# hyphens. They have no glyph, and the marks of direction could make a price read backwards.
_INVISIBLE = {
    code: None
    for span in (
        range(0x00AD, 0x00AE),
        range(0x061C, 0x061D),
        range(0x180B, 0x180F),
        range(0x200B, 0x2010),
        range(0x202A, 0x202F),
        range(0x2060, 0x2070),
        range(0xFE00, 0xFE10),
        range(0xFEFF, 0xFF00),
        range(0xFFF9, 0xFFFC),
        range(0xE0000, 0xE0200),
        range(0x10FFF0, 0x10FFF4),  # our own stand-ins (quotes.py) mean nothing in a typed text
    )
    for code in span
}
_CONTROLS = dict.fromkeys((*range(0x20), *range(0x7F, 0xA0)))
_SPACES = dict.fromkeys((*range(0x2000, 0x200B), 0x202F, 0x205F, 0x1680), " ")
_AS_PRINTED = {**_CONTROLS, **_INVISIBLE, **_SPACES, 0x09: "    ", 0x0A: "\n", 0x85: "\n", 0x2028: "\n", 0x2029: "\n"}


class Advances(dict[str, float]):
    """Width of a character in 1/1000 of the type size; `KeyError` for one that the font lacks."""

    def __init__(self, font: str) -> None:
        super().__init__()
        self._face = _registered()[font].face

    def __missing__(self, character: str) -> float:
        code = ord(character)
        if code not in self._face.charToGlyph:
            raise KeyError(character)
        self[character] = width = self._face.charWidths[code]
        return float(width)


@functools.cache
def advances(font: str) -> Advances:
    """The widths of a font's characters, shared by all papers."""
    return Advances(font)


def printable(text: str) -> str:
    """The text as it is printed: without control characters, marks of direction and other invisible ones.

    Line ends become line feeds, tabs four blanks, the many widths of blank one. What is visible stays as it is.
    """
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_AS_PRINTED)


def code_point(character: str) -> str:
    """`U+20BB7`, with the character's name if it has one."""
    name = unicodedata.name(character, "")
    return f"U+{ord(character):04X} {name}".rstrip()


def load() -> None:
    """Make both fonts known to reportlab. Raises `EnvironmentFault` when they were not built."""
    _registered()


def _registered() -> dict[str, Any]:
    # two threads that print their first paper at once must share one font object
    with _LOADING:
        return _register()


@functools.cache
def _register() -> dict[str, Any]:
    from reportlab import rl_config  # noqa: PLC0415  # a tenth of a second, on demand
    from reportlab.pdfbase import pdfmetrics, ttfonts  # noqa: PLC0415  # on demand

    rl_config.useA85 = 0  # streams as bytes, not as a fifth more of text
    # reportlab writes code points beyond U+FFFF with five digits, which no reader understands
    ttfonts.makeToUnicodeCMap = _to_unicode
    fonts = {}
    for name in (REGULAR, BOLD):
        path = resources() / "fonts" / f"{name}.ttf"
        if not path.is_file():
            raise EnvironmentFault("paper.fonts_missing", file=str(path))
        fonts[name] = ttfonts.TTFont(name, str(path))
        pdfmetrics.registerFont(fonts[name])
    return fonts


def _to_unicode(name: str, subset: list[int]) -> str:
    """The table that turns a subset's codes back into characters (PDF 1.4, 5.9.2): UTF-16, 100 pairs a block."""
    characters = enumerate(as_typed("".join(map(chr, subset))))
    pairs = [f"<{i:02X}> <{c.encode('utf-16-be').hex().upper()}>" for i, c in characters if c != "\0"]
    blocks = [pairs[i : i + 100] for i in range(0, len(pairs), 100)]
    return "\n".join(
        [
            "/CIDInit /ProcSet findresource begin",
            "12 dict begin",
            "begincmap",
            f"/CIDSystemInfo << /Registry ({name}) /Ordering ({name}) /Supplement 0 >> def",
            f"/CMapName /{name} def",
            "/CMapType 2 def",
            "1 begincodespacerange",
            "<00> <FF>",
            "endcodespacerange",
            *(line for block in blocks for line in (f"{len(block)} beginbfchar", *block, "endbfchar")),
            "endcmap",
            "CMapName currentdict /CMap defineresource pop",
            "end",
            "end",
        ]
    )
