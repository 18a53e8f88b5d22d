"""Reading other programs' tables: workbooks of every age, and text files, as rows of text.

Nothing of a file is run: macros are ignored, a formula is the value that was last computed. A file that cannot be
read is refused with a sentence that says why.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

from salesdesk.errors import UserError, reason_of
from salesdesk.exchange import packed
from salesdesk.exchange.formulas import unquoted
from salesdesk.exchange.unread_cells import unread

LARGEST_FILE = 100 * 1024**2
MOST_CELLS = 3_000_000  # in rows that say something; an empty row counts as one
_TEXT = {".csv", ".tsv", ".txt"}
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_AMOUNT = re.compile(r"[¥￥$]?\s*-?\d[\d,，.]*\s*[%百千万萬亿億]*\s*[元人]?")
_HEAD = 10_000  # of a text, to tell what it is
_PAIR = re.compile(rb"[\x81-\xfe][\x40-\xfe]")
_FEWEST_PAIRS = 20

CellValue = str | float | bool | date | datetime | time | timedelta


@dataclass(frozen=True)
class Grid:
    """A sheet as it stands: rows of text, without trailing empty ones. Row 0 is the file's first."""

    rows: list[list[str]]
    sheet: str = ""
    sheets: tuple[str, ...] = ()


def read(path: Path, sheet: str = "", password: str = "") -> Grid:
    """The rows of a file's sheet (the first one with rows that is not hidden, unless named).

    Raises `UserError`: `import.no_file`, `import.too_large`, `import.empty`, `import.password` (also when the one
    given is wrong), `import.broken`, `import.not_a_table`, `import.unclosed_quote`.
    """
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise _too_large()
        data = path.read_bytes()
    except OSError as error:
        raise UserError("import.no_file", reason=reason_of(error)) from error
    if not data:
        raise UserError("import.empty")
    if data.startswith((_ZIP, _OLE)):
        grid = _workbook(data, sheet, password)
    elif path.suffix.lower() in _TEXT:
        grid = Grid(_filled(_text_rows(data, path.suffix.lower()), 0))
    else:
        raise UserError("import.not_a_table")
    if not grid.rows:
        raise UserError("import.empty")
    return grid


def _workbook(data: bytes, sheet: str, password: str) -> Grid:
    from python_calamine import (  # noqa: PLC0415  # only when something is read in
        CalamineError,
        CalamineWorkbook,
        PasswordError,
        SheetVisibleEnum,
    )

    data = _opened(data, password)
    if data.startswith(_ZIP):
        packed.check(data)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        names = tuple(book.sheet_names)
        hidden = {one.name for one in book.sheets_metadata if one.visible != SheetVisibleEnum.Visible}
        for name in [sheet] if sheet in names else sorted(names, key=hidden.__contains__):
            found = book.get_sheet_by_name(name)
            rows = _filled(found.iter_rows(), found.start[1] if found.start else 0)
            if rows:
                if data.startswith(_ZIP):
                    _put(rows, unread(data, name))
                _fill_merged(rows, found.merged_cell_ranges or ())
                return Grid(rows, name, names)
    except PasswordError as error:
        raise UserError("import.password") from error
    except (CalamineError, zipfile.BadZipFile, zlib.error, OSError, ValueError, MemoryError) as error:
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


def _filled(cells: Iterable[Sequence[CellValue]], first_column: int) -> list[list[str]]:
    """The rows as text down to the last that says something; a stray cell a million rows below costs little."""
    rows: list[list[str]] = []
    before, left = [""] * first_column, MOST_CELLS
    end = 0
    for row in cells:
        empty = row.count("") == len(row)
        left -= 1 if empty else len(row)
        if left < 0:
            raise _too_large()
        if empty:
            rows.append([])
            continue
        # most cells are text already, and a call for each would cost as much as reading the file
        rows.append(before + [cell.strip() if type(cell) is str else _as_text(cell) for cell in row])
        end = len(rows) if any(rows[-1]) else end
    del rows[end:]
    return rows


def _too_large() -> UserError:
    return UserError("import.too_large", limit_mb=LARGEST_FILE // 1024**2)


def _put(rows: list[list[str]], cells: Mapping[tuple[int, int], str]) -> None:
    """Put texts at their places, also right of and below what is there."""
    for (row, column), text in cells.items():
        rows += [[] for _ in range(row + 1 - len(rows))]
        rows[row] += [""] * (column + 1 - len(rows[row]))
        rows[row][column] = text


def _fill_merged(rows: list[list[str]], ranges: Sequence[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    """Every row of a merged area says in its first column what the first row says: the customer of several people.

    An amount is one amount however many rows it spans, and 停止合作 across the columns of a person is no telephone.
    """
    for (top, left), (bottom, _right) in ranges:
        if top >= len(rows) or left >= len(rows[top]) or _AMOUNT.fullmatch(said := rows[top][left]):
            continue
        for row in rows[top + 1 : bottom + 1]:
            row[left : left + 1] = [said] * len(row[left : left + 1])


def _text_rows(data: bytes, ending: str) -> Iterator[list[str]]:
    """A text file's rows."""
    text = _decoded(data)
    if "\0" in text:
        raise UserError("import.not_a_table")
    csv.field_size_limit(LARGEST_FILE)
    separator = _separator(text[:_HEAD], ending)
    under_way = 0
    raw: list[str] = []

    def lines() -> Iterator[str]:
        """The lines of the file; a row of them that would fill the memory is refused before it is taken apart."""
        nonlocal under_way
        for line in io.StringIO(text, newline=""):
            under_way += line.count(separator)
            if under_way > MOST_CELLS:
                raise _too_large()
            raw.append(line)
            yield line

    reader = csv.reader(lines(), delimiter=separator)
    for row in reader:
        if len(raw) > 1 and not _is_closed(raw, separator):
            raise UserError("import.unclosed_quote", line=reader.line_num - len(raw) + 1)
        under_way = 0
        raw.clear()
        yield [unquoted(cell.strip()) for cell in row]


def _is_closed(lines: Sequence[str], separator: str) -> bool:
    """Whether a row of several lines ends where it should, and has not swallowed the rows below."""
    try:
        list(csv.reader(lines, delimiter=separator, strict=True))
    except csv.Error:
        return False
    return True


def _decoded(data: bytes) -> str:
    """The text of a file: UTF-8 or UTF-16 with its mark, UTF-8, the Chinese GB18030, or Big5 of Taiwan."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    else:
        text = data.decode("utf-8-sig", "replace")
        if not (broken := text.count("\ufffd")):
            return text
        if broken * 10 < len(text) - len(text.encode("ascii", "ignore")):
            raise UserError("import.broken")  # cut within a character; read as GB18030 it would be full of wrong ones
        encoding = "cp950" if _is_big5(data) else "gb18030"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UserError("import.not_a_table") from error


def _is_big5(data: bytes) -> bool:
    """Whether a text beyond doubt is Big5: most of its bytes would be GB18030 too, but a text of rare characters."""
    try:
        data.decode("cp950")
    except UnicodeDecodeError:
        return False
    pairs = _PAIR.findall(data[:_HEAD])
    return len(pairs) >= _FEWEST_PAIRS and 5 * sum(pair[1] < 0x7F for pair in pairs) > len(pairs)  # noqa: PLR2004  # ASCII ends there


def _separator(head: str, ending: str) -> str:
    """What divides most rows of a file's beginning into the same number of cells."""

    def consistent(separator: str) -> tuple[int, int]:
        widths = Counter(map(len, csv.reader(io.StringIO(head, newline=""), delimiter=separator)))
        return max(((rows, width) for width, rows in widths.items() if width > 1), default=(0, 0))

    return max("\t,;" if ending == ".tsv" else ",\t;", key=consistent)


def _as_text(value: CellValue) -> str:
    """What a person would read in the cell."""
    if isinstance(value, float):  # the most frequent first
        return str(int(value)) if value.is_integer() else _decimals(value)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time(0) else value.isoformat(" ", "minutes")
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(value, date):
        return value.isoformat()
    return str(value).strip()


def _decimals(value: float) -> str:
    """A number with as many digits as a spreadsheet shows: 3.3000000000000003 is a computed 3.3."""
    shown = f"{value:.15g}"
    return f"{Decimal(shown):f}" if "e" in shown else shown
