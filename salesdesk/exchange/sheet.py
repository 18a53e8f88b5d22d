"""A sheet as rows of text, however its file is written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from salesdesk.errors import UserError

LARGEST_FILE = 100 * 1024**2
MOST_CELLS = 3_000_000  # in rows that say something; an empty row counts as one
_AMOUNT = re.compile(r"[¥￥$]?\s*-?\d[\d,，.]*\s*[%百千万萬亿億]*\s*[元人]?")
_EPOCH_YEAR = 1900  # hours beyond a day come as days of it
_DAY_ZERO = datetime(1899, 12, 31)  # noqa: DTZ001  # a duration has no zone
_NO_LEAP_DAY = datetime(1900, 3, 1)  # noqa: DTZ001  # spreadsheets believe in 1900-02-29

CellValue = str | float | bool | date | datetime | time | timedelta
Area = tuple[tuple[int, int], tuple[int, int]]  # first and last (row, column), from 0


@dataclass
class Sheet:
    """One sheet: rows of text without trailing empty ones. Row 0 is the file's first."""

    name: str
    rows: list[list[str]]
    hidden: bool = False


def too_large() -> UserError:
    """What is said of a file that would not fit into memory."""
    return UserError("import.too_large", limit_mb=LARGEST_FILE // 1024**2)


def filled(cells: Iterable[Sequence[CellValue]], first_column: int = 0) -> list[list[str]]:
    """The rows as text down to the last that says something; a stray cell a million rows below costs little."""
    rows: list[list[str]] = []
    before, left = [""] * first_column, MOST_CELLS
    end = 0
    for row in cells:
        empty = row.count("") == len(row)
        left -= 1 if empty else len(row)
        if left < 0:
            raise too_large()
        if empty:
            rows.append([])
            continue
        # most cells are text already, and a call for each would cost as much as reading the file
        rows.append(before + [cell.strip() if type(cell) is str else as_text(cell) for cell in row])
        end = len(rows) if any(rows[-1]) else end
    del rows[end:]
    return rows


def fill_merged(rows: list[list[str]], areas: Sequence[Area]) -> None:
    """Every row of a merged area says in its first column what the first row says: the customer of several people.

    An amount is one amount however many rows it spans, and 停止合作 across the columns of a person is no telephone.
    """
    for (top, left), (bottom, _right) in areas:
        if top >= len(rows) or left >= len(rows[top]) or _AMOUNT.fullmatch(said := rows[top][left]):
            continue
        for row in rows[top + 1 : bottom + 1]:
            if row:
                row.extend([""] * (left + 1 - len(row)))
            row[left : left + 1] = [said] * len(row[left : left + 1])


def as_text(value: CellValue) -> str:
    """What a person would read in the cell."""
    if isinstance(value, float):  # the most frequent first
        return str(int(value)) if value.is_integer() else _decimals(value)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return _moment(value)
    if isinstance(value, timedelta):
        return hours(value)
    return value.isoformat("minutes") if isinstance(value, time) else str(value).strip()


def _moment(value: datetime) -> str:
    if value.year <= _EPOCH_YEAR:  # 26:00 that is shown as hours of the second day
        return hours(value - (_DAY_ZERO if value < _NO_LEAP_DAY else _DAY_ZERO - timedelta(days=1)))
    return value.date().isoformat() if value.time() == time(0) else value.isoformat(" ", "minutes")


def hours(span: timedelta) -> str:
    """A span as a spreadsheet shows it: 26:00, also beyond a day."""
    minutes, seconds = divmod(round(abs(span).total_seconds()), 60)
    sign = "-" if span < timedelta(0) else ""
    shown = f"{sign}{minutes // 60:02d}:{minutes % 60:02d}"
    return f"{shown}:{seconds:02d}" if seconds else shown


def _decimals(value: float) -> str:
    """A number with as many digits as a spreadsheet shows: 3.3000000000000003 is a computed 3.3."""
    shown = f"{value:.15g}"
    return f"{Decimal(shown):f}" if "e" in shown else shown
