"""Tables that come in: what is wrong with a cell, why a row is no data."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

TABLES: dict[str, object] = {
    "import.damaged": QT_TRANSLATE_NOOP(
        "messages", "Perhaps made a number by the spreadsheet program ({text}). Please write it as text in the file."
    ),
    "import.error_cell": QT_TRANSLATE_NOOP(
        "messages", "The spreadsheet program reports {text} here. Please put it right in the file."
    ),
    "import.no_result": QT_TRANSLATE_NOOP(
        "messages",
        "This formula ({formula}) has no result in the file. Please open the file in Excel or WPS and save it again.",
    ),
    "import.total": QT_TRANSLATE_NOOP("messages", "a row of totals"),
    "import.heading_again": QT_TRANSLATE_NOOP("messages", "the heading once more"),
    "import.signed": QT_TRANSLATE_NOOP("messages", "a line about the table"),
}
