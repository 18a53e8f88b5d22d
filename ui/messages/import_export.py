"""Tables that come in and go out: what is wrong with a file, a cell, a row, and why a row is no data."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

TABLES: dict[str, object] = {
    "import.no_file": QT_TRANSLATE_NOOP("messages", "The file cannot be read: {reason}."),
    "import.not_a_table": QT_TRANSLATE_NOOP(
        "messages",
        "SalesDesk reads .xlsx, .xls, .ods, .csv and tables of web pages, and this is none. Please open it in Excel or "
        "WPS and save it as .xlsx.",
    ),
    "import.empty": QT_TRANSLATE_NOOP("messages", "There is nothing in this file or sheet. Please choose another one."),
    "import.broken": QT_TRANSLATE_NOOP(
        "messages", "This file is damaged. Please open it in your spreadsheet program and save it anew."
    ),
    "import.password": QT_TRANSLATE_NOOP("messages", "This file is protected. Please enter its password."),
    "import.cipher": QT_TRANSLATE_NOOP(
        "messages",
        "This file is protected in a way that SalesDesk does not know. Please open it in the program that wrote it and "
        "save it without a password.",
    ),
    "import.no_table_inside": QT_TRANSLATE_NOOP(
        "messages",
        "There is no table in this web page; it may stand in a folder beside it. Please open the page in Excel or WPS "
        "and save it as .xlsx.",
    ),
    "import.too_large": QT_TRANSLATE_NOOP(
        "messages",
        "This file is too large (more than {limit_mb} MB or too many cells). Please delete the empty rows and columns "
        "at its end and save it, or divide it.",
    ),
    "import.unclosed_quote": QT_TRANSLATE_NOOP(
        "messages",
        'The quotation mark " of line {line} is not closed: it would swallow the rows below. Please close it.',
    ),
    "import.missing": QT_TRANSLATE_NOOP("messages", "is missing"),
    "import.nothing": QT_TRANSLATE_NOOP("messages", "No row of this file can be kept."),
    "import.no_such_customer": QT_TRANSLATE_NOOP("messages", "There is no customer {name}."),
    "import.only_one_alike": QT_TRANSLATE_NOOP(
        "messages", "There is no customer {name}, only {alike}. If that is the one, write it like this in the file."
    ),
    "export.not_written": QT_TRANSLATE_NOOP("messages", "The file could not be written: {reason}."),
    "export.too_many_rows": QT_TRANSLATE_NOOP(
        "messages", "A workbook holds at most {limit} rows. Filter the list first, or save it as .csv."
    ),
    "import.damaged": QT_TRANSLATE_NOOP(
        "messages", "Perhaps made a number by the spreadsheet program ({text}). Please write it as text in the file."
    ),
    "import.no_unit": QT_TRANSLATE_NOOP(
        "messages", "Yuan or 10,000 yuan ({text})? Please say above the table what the column means."
    ),
    "import.two_units": QT_TRANSLATE_NOOP(
        "messages", "The heading names one unit and this cell another ({text}). Please write 22万元 or 220000元."
    ),
    "import.foreign_currency": QT_TRANSLATE_NOOP("messages", "This is no amount in yuan ({text}). Please convert it."),
    "import.percent_or_share": QT_TRANSLATE_NOOP(
        "messages", "{text} may be a percentage or a share of 1. Please write it with %."
    ),
    "import.several_people": QT_TRANSLATE_NOOP(
        "messages", "Several people in one cell; what the row says besides goes to {name}. Please check it."
    ),
    "import.above_refused": QT_TRANSLATE_NOOP(
        "messages", "This belongs to row {row}, which cannot be kept. Please put that one right first."
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
