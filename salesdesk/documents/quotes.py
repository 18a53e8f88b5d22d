"""Quotation marks beside Latin letters.

‘ ’ “ ” are one character each in Unicode, but as wide as a Chinese character in Chinese text and narrow
in Latin. The fonts hold the narrow forms at private code points (packaging/fonts.py); a line that is
drawn with them still reads and searches as the real marks, because the PDF says what they stand for.
"""

from __future__ import annotations

import re

NARROW = {"‘": "\U0010fff0", "’": "\U0010fff1", "“": "\U0010fff2", "”": "\U0010fff3"}
MEANT = {narrow: mark for mark, narrow in NARROW.items()}

_LATIN = "!-~\u00a1-\u024f"
# A closing mark or apostrophe follows a Latin letter and an opening mark stands before one, and on the
# other side there is Latin text, a blank or nothing: 他说“OK”。 keeps its wide marks.
_CLOSING = re.compile(rf"(?<=[{_LATIN}])[’”]+(?=[ {_LATIN}]|$)", re.MULTILINE)
_OPENING = re.compile(rf"(?<![^\n {_LATIN}])[‘“]+(?=[{_LATIN}])")
_TO_NARROW = str.maketrans(NARROW)
_TO_MARKS = str.maketrans(MEANT)


def fitted(text: str) -> str:
    """The text with narrow marks where they stand beside Latin letters."""
    if not any(mark in text for mark in NARROW):
        return text
    narrowed = _OPENING.sub(lambda found: found[0].translate(_TO_NARROW), text)
    return _CLOSING.sub(lambda found: found[0].translate(_TO_NARROW), narrowed)


def as_typed(text: str) -> str:
    """Inverse of `fitted`."""
    return text.translate(_TO_MARKS)
