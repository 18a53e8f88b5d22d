"""Text that a spreadsheet program would run when it opens a `.csv`, and that text as it was meant."""

from __future__ import annotations

_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")  # the wide ones run too in a Chinese Excel


def quoted(text: str) -> str:
    """With an apostrophe before what would be run; `unquoted` takes it off again, from any text."""
    return "'" + text if text.lstrip("'").startswith(_STARTS) else text


def unquoted(text: str) -> str:
    """Without the apostrophe that stands before a formula."""
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(_STARTS) else text
