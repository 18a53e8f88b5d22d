"""Tables that come in: what is wrong with a cell, why a row is left out."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

TABLES: dict[str, object] = {
    "import.damaged": QT_TRANSLATE_NOOP(
        "messages", "Perhaps made a number by the spreadsheet program ({text}). Please write it as text in the file."
    ),
}
