"""Writing a list as a workbook or a text file that other programs open, with the toolkit's own columns."""

from __future__ import annotations

import csv
import os
import re
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from salesdesk.errors import UserError
from salesdesk.exchange.mapping import Target
from salesdesk.records.base import Record
from salesdesk.records.kinds import IntegerKind, Language, LinkKind, PhoneKind

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_SHORTEST_MASKED = 2
_WIDE, _NARROW = 34, 16  # characters of a column
_LONGEST = 32_767  # characters that a cell of a workbook holds; a longer text ends with …


@dataclass(frozen=True)
class Line:
    """A record to be written, with its first contact where it has one, and the titles of what it links to."""

    record: Record
    contact: Record | None = None
    names: Mapping[str, str] | None = None


def write(path: Path, columns: Sequence[Target], lines: Iterable[Line], language: Language, *, masked: bool) -> int:
    """Write the lines as `.xlsx` or `.csv`, by the path's ending; returns how many.

    `masked` hides names and numbers of people. The file appears whole or not at all. Raises `UserError`
    `export.not_written`.
    """
    writer = _csv if path.suffix.lower() == ".csv" else _xlsx
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        try:
            count = writer(beside, columns, lines, language, masked)
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise UserError("export.not_written", reason=error.strerror or str(error)) from error
    return count


def write_rows(path: Path, rows: Sequence[Sequence[str]]) -> None:
    """Write plain rows, the first as heading. Raises `UserError` `export.not_written`."""
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        try:
            with _book(beside) as book:
                sheet = book.add_worksheet()
                for number, row in enumerate(rows):
                    for place, text in enumerate(row):
                        sheet.write_string(number, place, _fitted(text))
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise UserError("export.not_written", reason=error.strerror or str(error)) from error


def value_of(line: Line, target: Target) -> object:
    """The python value that a column shows."""
    holder, _, name = target.key.rpartition(".")
    record = line.contact if holder else line.record
    return None if record is None else getattr(record, name)


def hidden(target: Target, text: str) -> str:
    """A person's name or number with its middle taken out: `张*`, `138****5678`."""
    if target.field is None or not text:
        return text
    if isinstance(target.field.kind, PhoneKind):
        return re.sub(r"[^\W_]", "*", text[3:-4]).join((text[:3], text[-4:])) if len(text) > 7 else "*" * len(text)  # noqa: PLR2004  # 3 + 4 stay
    if target.key in {"contact.name", "contact.email", "contact.wechat"}:
        return text[0] + "*" * max(1, min(3, len(text) - 1)) if len(text) >= _SHORTEST_MASKED else "*"
    return text


def _shown(line: Line, target: Target, language: Language, *, masked: bool) -> str:
    declared = target.field
    if declared is None:
        return ""
    value = value_of(line, target)
    if isinstance(declared.kind, LinkKind):
        return (line.names or {}).get(str(value), "")
    text = declared.show(value, language) if value is not None else ""
    return hidden(target, text) if masked else text


def _csv(path: Path, columns: Sequence[Target], lines: Iterable[Line], language: Language, masked: bool) -> int:  # noqa: FBT001  # of its one caller
    count = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        rows = csv.writer(file)
        rows.writerow([target.label for target in columns])
        for line in lines:
            texts = [_shown(line, target, language, masked=masked) for target in columns]
            rows.writerow(["'" + text if text.startswith(_FORMULA) else text for text in texts])
            count += 1
        file.flush()
        os.fsync(file.fileno())
    return count


def _xlsx(path: Path, columns: Sequence[Target], lines: Iterable[Line], language: Language, masked: bool) -> int:  # noqa: FBT001  # of its one caller
    count = 0
    with _book(path) as book:
        sheet = book.add_worksheet()
        bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
        for place, target in enumerate(columns):
            sheet.set_column(place, place, _WIDE if target.key in {"name", "need"} else _NARROW)
            sheet.write_string(0, place, target.label, bold)
        sheet.freeze_panes(1, 1)
        for count, line in enumerate(lines, start=1):
            for place, target in enumerate(columns):
                value = None if target.field is None else value_of(line, target)
                if isinstance(value, date) and not isinstance(value, datetime):
                    sheet.write_datetime(count, place, value, day)
                elif isinstance(value, int) and target.field and isinstance(target.field.kind, IntegerKind):
                    sheet.write_number(count, place, value)
                elif text := _shown(line, target, language, masked=masked):
                    sheet.write_string(count, place, _fitted(text))
    return count


def _book(path: Path) -> Any:
    import xlsxwriter  # noqa: PLC0415  # only when something is written

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    return xlsxwriter.Workbook(str(path), options)


def _fitted(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
