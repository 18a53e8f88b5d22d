"""Reading other programs' tables: workbooks of every age, and text files, as rows of text.

Nothing of a file is run: macros are ignored, a formula is the value that was last computed. A file that cannot be
read is refused with a sentence that says why.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from salesdesk.errors import UserError
from salesdesk.exchange import packed
from salesdesk.exchange.formulas import unquoted

LARGEST_FILE = 100 * 1024**2
MOST_CELLS = 3_000_000  # in rows that say something
_TEXT = {".csv", ".tsv", ".txt"}
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_MANY_COLUMNS = 1024

CellValue = str | float | bool | date | datetime | time | timedelta


@dataclass(frozen=True)
class Grid:
    """A sheet as it stands: rows of text, without trailing empty ones. Row 0 is the file's first."""

    rows: list[list[str]]
    sheet: str = ""
    sheets: tuple[str, ...] = ()


def read(path: Path, sheet: str = "", password: str = "") -> Grid:
    """The rows of a file's sheet (the first one with rows, unless named).

    Raises `UserError`: `import.no_file`, `import.too_large`, `import.empty`, `import.password` (also when the one
    given is wrong), `import.broken`, `import.not_a_table`.
    """
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise UserError("import.too_large", limit_mb=LARGEST_FILE // 1024**2)
        data = path.read_bytes()
    except OSError as error:
        raise UserError("import.no_file", reason=error.strerror or str(error)) from error
    if not data:
        raise UserError("import.empty")
    if data.startswith((_ZIP, _OLE)):
        grid = _workbook(data, sheet, password)
    elif path.suffix.lower() in _TEXT:
        grid = Grid(_text_rows(data))
    else:
        raise UserError("import.not_a_table")
    while grid.rows and not any(grid.rows[-1]):
        grid.rows.pop()
    if not grid.rows:
        raise UserError("import.empty")
    return grid


def _workbook(data: bytes, sheet: str, password: str) -> Grid:
    from python_calamine import (  # noqa: PLC0415  # only when something is read in
        CalamineError,
        CalamineWorkbook,
        PasswordError,
    )

    data = _opened(data, password)
    if data.startswith(_ZIP):
        packed.check(data)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        names = tuple(book.sheet_names)
        for name in [sheet] if sheet in names else names:
            found = book.get_sheet_by_name(name)
            rows = _filled(found.iter_rows(), found.start[1] if found.start else 0)
            if rows:
                _fill_merged(rows, found.merged_cell_ranges or ())
                return Grid(rows, name, names)
    except PasswordError as error:
        raise UserError("import.password") from error
    except (CalamineError, OSError, ValueError, MemoryError) as error:
        raise UserError("import.broken") from error
    return Grid([], "", names)


def _opened(data: bytes, password: str) -> bytes:
    """The workbook without its encryption."""
    if not data.startswith(_OLE):
        return data
    import msoffcrypto  # noqa: PLC0415  # only for files that may be encrypted

    plain = io.BytesIO()
    try:
        book = msoffcrypto.OfficeFile(io.BytesIO(data))
        if not book.is_encrypted():
            return data
        if password:
            book.load_key(password=password)
            book.decrypt(plain)
    except msoffcrypto.exceptions.InvalidKeyError as error:
        raise UserError("import.password") from error
    except Exception as error:  # the library raises whatever a broken file leads it to
        raise UserError("import.broken") from error
    if not plain.getvalue():
        raise UserError("import.password")
    return plain.getvalue()


def _filled(cells: Iterable[list[CellValue]], first_column: int) -> list[list[str]]:
    """The rows as text down to the last that says something; a stray cell a million rows below costs little."""
    rows: list[list[str]] = []
    before, left = [""] * first_column, MOST_CELLS
    end = 0
    for row in cells:
        if row.count("") == len(row):
            rows.append([])
            continue
        left -= len(row)
        if left < 0:
            raise UserError("import.too_large", limit_mb=LARGEST_FILE // 1024**2)
        # most cells are text already, and a call for each would cost as much as reading the file
        rows.append(before + [cell.strip() if type(cell) is str else _as_text(cell) for cell in row])
        end = len(rows) if any(rows[-1]) else end
    del rows[end:]
    return rows


def _fill_merged(rows: list[list[str]], ranges: Sequence[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    """Every cell of a merged area says what its first one says."""
    for (top, left), (bottom, right) in ranges:
        if top >= len(rows) or left >= len(rows[top]) or right - left > _MANY_COLUMNS:
            continue
        said = rows[top][left]
        for row in rows[top : bottom + 1]:
            row[left : right + 1] = [said] * len(row[left : right + 1])


def _text_rows(data: bytes) -> list[list[str]]:
    """A text file's rows: UTF-8 or UTF-16 with its mark, UTF-8, or the Chinese GB18030."""
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise UserError("import.not_a_table")
    if "\0" in text:
        raise UserError("import.not_a_table")
    head = text[:10_000]
    separator = max(",\t;", key=head.count)
    csv.field_size_limit(LARGEST_FILE)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    return [[unquoted(cell.strip()) for cell in row] for row in rows]


def _as_text(value: CellValue) -> str:
    """What a person would read in the cell."""
    if isinstance(value, float):  # the most frequent first
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time(0) else value.isoformat(" ", "minutes")
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(value, date):
        return value.isoformat()
    return str(value).strip()
