"""Workbooks: .xlsx and .xls by their parser, put right where it errs; .ods by our own."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator

from salesdesk.errors import UserError
from salesdesk.exchange import ods_password, open_document, packed
from salesdesk.exchange.sheet import Sheet, as_text, fill_merged, filled
from salesdesk.exchange.unread_cells import unread

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_DAYS_BY_NUMBER = {*range(27, 37), *range(50, 59)}  # formats that the parser takes for East Asian dates in .xls


def sheets(data: bytes, password: str) -> Iterator[Sheet]:
    """The sheets of a workbook, one after the other.

    Raises `UserError`: `import.password`, `import.broken`, `import.too_large`, `import.not_a_table`, `import.cipher`.
    """
    try:
        if data.startswith(OLE):
            yield from _parsed(_opened(data, password))
        elif open_document.is_one(data):
            data = ods_password.opened(data, password)
            packed.check(data)
            yield from open_document.sheets(data)
        else:
            packed.check(data)
            yield from _parsed(data)
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, MemoryError) as error:
        raise UserError("import.broken") from error


def _parsed(data: bytes) -> Iterator[Sheet]:
    from python_calamine import (  # noqa: PLC0415  # only when something is read in
        CalamineError,
        CalamineWorkbook,
        PasswordError,
        SheetVisibleEnum,
    )

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        told = False
        for one in book.sheets_metadata:
            found = book.get_sheet_by_name(one.name)
            try:
                rows = filled(found.iter_rows(), found.start[1] if found.start else 0)
            except UserError:
                if not told:
                    raise
                continue  # the first is what people mean, and one further behind it may be of any size
            if rows and data.startswith(ZIP):
                _put(rows, unread(data, one.name))
            elif rows:
                _put(rows, _numbers(data, one.name))
            fill_merged(rows, found.merged_cell_ranges or ())
            told = told or bool(rows)
            yield Sheet(one.name, rows, one.visible != SheetVisibleEnum.Visible)
    except PasswordError as error:
        raise UserError("import.password") from error
    except CalamineError as error:
        raise UserError("import.broken") from error


def _opened(data: bytes, password: str) -> bytes:
    """The workbook without its encryption."""
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
    opened = plain.getvalue()
    if not opened:
        raise UserError("import.password")
    if opened.startswith(ZIP):
        packed.check(opened)
    return opened


def _put(rows: list[list[str]], cells: dict[tuple[int, int], str]) -> None:
    """Put texts at their places, also right of and below what is there."""
    for (row, column), text in cells.items():
        rows += [[] for _ in range(row + 1 - len(rows))]
        rows[row] += [""] * (column + 1 - len(rows[row]))
        rows[row][column] = text


def _numbers(data: bytes, sheet: str) -> dict[tuple[int, int], str]:
    """Numbers of an .xls that its parser takes for days, by the number of their format: `0"人"` may have number 51."""
    import xlrd  # noqa: PLC0415  # only for such files

    try:
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, on_demand=True, logfile=io.StringIO())
        own = {key for key in _DAYS_BY_NUMBER & book.format_map.keys() if book.format_map[key].format_str}
        if not own:
            return {}
        cells = book.sheet_by_name(sheet)
    except Exception:  # noqa: BLE001  # whatever a file leads it to that the parser has read: its days stay days
        return {}
    return {
        (number, place): as_text(cell.value)
        for number in range(cells.nrows)
        for place, cell in enumerate(cells.row(number))
        if cell.ctype == xlrd.XL_CELL_NUMBER and book.xf_list[cell.xf_index].format_key in own
    }
