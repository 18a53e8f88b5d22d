"""Writing a list as a workbook or a text file that other programs open, with the toolkit's own columns."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from salesdesk.errors import UserError
from salesdesk.exchange.formulas import quoted
from salesdesk.exchange.mapping import Target
from salesdesk.exchange.masking import masked as without_people
from salesdesk.exchange.whole_file import replacing
from salesdesk.records.base import Record
from salesdesk.records.field import Field
from salesdesk.records.kinds import IntegerKind, LinkKind, MoneyKind, TextKind
from salesdesk.records.language import Language

_MOST_ROWS = 1_048_575  # of a workbook's sheet, below its heading
_WIDE, _NARROW = 34, 16  # characters of a column
_LONGEST = 32_767  # UTF-16 units that a cell of a workbook holds; a longer text ends with …


@dataclass(frozen=True)
class Line:
    """A record to be written, with a contact where it has one, and the titles of what it links to.

    `people` are what a masked list hides in its texts: names and addresses, the longest first. A `further` line brings
    another contact of a record that was written: its title and the contact, nothing else.
    """

    record: Record
    contact: Record | None = None
    names: Mapping[str, str] | None = None
    people: Sequence[str] = ()
    further: bool = False


def write(path: Path, columns: Sequence[Target], lines: Iterable[Line], language: Language, *, masked: bool) -> int:
    """Write the lines as `.xlsx` or `.csv`, by the path's ending; returns how many records.

    `masked` hides names and numbers of people. The file appears whole or not at all. Raises `UserError`
    `export.not_written` or `export.too_many_rows`; a file that was there before is left as it was.
    """
    writer = _csv if _is_text(path) else _xlsx
    prepared = [_Column(target, target.field, language, masked=masked) for target in columns if target.field]
    with replacing(path) as beside:
        return writer(beside, prepared, lines)


def write_rows(path: Path, rows: Sequence[Sequence[str]]) -> None:
    """Write plain rows, the first as heading, as `.csv` or `.xlsx` by the path's ending.

    The file appears whole or not at all. Raises `UserError` `export.not_written`.
    """
    if _is_text(path):
        with replacing(path) as beside:
            _write_text(beside, rows)
        return
    with replacing(path) as beside, _book(beside) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            for place, text in enumerate(row):
                sheet.write_string(number, place, _fitted(text))


class _Column:
    """A column, with all that can be known of it before the first of many lines."""

    def __init__(self, target: Target, declared: Field, language: Language, *, masked: bool) -> None:
        self.label = target.label
        if isinstance(declared.kind, MoneyKind) and declared.kind.bare == 1 and not language.chinese:
            self.label += " (yuan)"  # in Chinese each amount says its unit
        holder, _, self._name = target.key.rpartition(".")
        self._holder = holder
        self._language = language
        self._masked = masked
        self._declared = declared
        self._is_link = isinstance(declared.kind, LinkKind)
        # a bare 1 may be 1 % or 100 %
        self.is_number = isinstance(declared.kind, IntegerKind) and declared.kind.unit != "%"
        self.width = _WIDE if isinstance(declared.kind, TextKind) and declared.kind.lines > 1 else _NARROW

    def value(self, line: Line) -> Any:
        """The python value of a line; `None` for an empty one."""
        if line.further and not self._holder and self._name != line.record.__form__.title:
            return None
        record = line.contact if self._holder else line.record
        value = None if record is None else getattr(record, self._name)
        return None if value == "" else value

    def text(self, line: Line, value: Any) -> str:
        """What a person reads of a value of this line."""
        if value is None:
            return ""
        if self._is_link:
            return (line.names or {}).get(value, "")
        text = self._declared.kind.format(value, self._language)
        if not self._masked:
            return text
        return without_people(self._declared, text, line.people)


def _is_text(path: Path) -> bool:
    return path.suffix.lower() == ".csv"


def _write_text(path: Path, rows: Iterable[Sequence[str]]) -> None:
    """Text that a spreadsheet opens with its Chinese whole, and without running any of it."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([quoted(text) for text in row] for row in rows)


def _csv(path: Path, columns: Sequence[_Column], lines: Iterable[Line]) -> int:
    count = 0

    def rows() -> Iterator[Sequence[str]]:
        nonlocal count
        yield [column.label for column in columns]
        for line in lines:
            yield [column.text(line, column.value(line)) for column in columns]
            count += not line.further

    _write_text(path, rows())
    return count


def _xlsx(path: Path, columns: Sequence[_Column], lines: Iterable[Line]) -> int:
    count = 0
    with _book(path) as book:
        sheet = book.add_worksheet()
        bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
        for place, column in enumerate(columns):
            sheet.set_column(place, place, column.width if place else _WIDE)
            sheet.write_string(0, place, column.label, bold)
        sheet.freeze_panes(1, 1)
        for row, line in enumerate(lines, start=1):
            count += not line.further
            if row > _MOST_ROWS:  # the library would leave out the rest without a word
                raise UserError("export.too_many_rows", limit=_MOST_ROWS)
            for place, column in enumerate(columns):
                value = column.value(line)
                if value is None:
                    continue
                if isinstance(value, date) and not isinstance(value, datetime):
                    sheet.write_datetime(row, place, value, day)
                elif column.is_number:
                    sheet.write_number(row, place, value)
                elif text := column.text(line, value):
                    sheet.write_string(row, place, _fitted(text))
    return count


@contextmanager
def _book(path: Path) -> Iterator[Any]:
    import xlsxwriter  # noqa: PLC0415  # only when something is written
    from xlsxwriter.exceptions import XlsxFileError  # noqa: PLC0415  # on demand

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    # the library keeps rows in files of its own, and leaves them there, readable, when it cannot finish
    with TemporaryDirectory() as rows:
        book = xlsxwriter.Workbook(str(path), options | {"tmpdir": rows})
        try:
            with book:
                yield book
        except XlsxFileError as error:  # the library wraps what the disk said
            said = error.args[0] if error.args else None
            raise said if isinstance(said, OSError) else OSError(str(error)) from error
        finally:
            for sheet in book.worksheets():
                sheet.row_data_fh.close()


def _fitted(text: str) -> str:
    """A text that a cell holds; a rare character counts as two, as Excel counts."""
    if len(text) <= _LONGEST // 2 or len(text.encode("utf-16-le", "surrogatepass")) <= 2 * _LONGEST:
        return text
    return text.encode("utf-16-le", "surrogatepass")[: 2 * (_LONGEST - 1)].decode("utf-16-le", "ignore") + "…"
