"""What a zipped workbook unpacks to, found out before anything parses it.

The parser lays a sheet out as one block from its first to its last cell and ends the program when memory runs out, so
one stray cell in the last corner of a sheet must be seen here. What the archive says of its own sizes is not believed.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator

from salesdesk.errors import UserError

LARGEST_UNPACKED = 500 * 1024**2  # bytes; a workbook of 1,000,000 filled cells has about 60 MB
MOST_LAID_OUT = 16_000_000  # cells between the first and the last, empty ones too: about 500 MB for a moment
_BOOKS = {"xl/workbook.xml", "content.xml"}  # of .xlsx and .ods
_ROWS, _COLUMNS = 1_048_576, 16_384  # a sheet has no more
_STEP = 4 * 1024**2  # bytes unpacked at once
_LONGEST_TAG = 64 * 1024  # bytes; what is longer is no tag, but a picture
_LOCAL_HEADER = 30  # bytes before the name of a file in the archive

# as every spreadsheet program writes a cell's address; literal beginnings, because they are looked for a million times
_COLUMN = re.compile(rb' r="([A-Z]+)[0-9]')
_ROW = re.compile(rb' r="[A-Z]+([0-9]+)"')
# as it may be written as well
_ANY_COLUMN = re.compile(rb"\sr\s*=\s*[\"']([A-Z]+)[0-9]")
_ANY_ROW = re.compile(rb"\sr\s*=\s*[\"'][A-Z]+([0-9]+)[\"']")
_CELL_MARKS = (b"<c ", b"<c>", b"<c/", b"<c\n", b"<c\r", b"<c\t")
_PREFIXED_CELL = re.compile(rb"<\w+:c[\s/>]")
_EMPTY_CELL = re.compile(rb"<c(?:\s[^>]*)?(?:/>|(?<!/)></c>)")
_ROW_MARKS = (b"<row", b":row")
_ODS = re.compile(rb"<(?:\w+:)?(table|table-row|table-cell|covered-table-cell)(?=[\s/>])([^>]*)>")
_ROWS_REPEATED = re.compile(rb'number-rows-repeated="([0-9]{1,9})"')
_COLUMNS_REPEATED = re.compile(rb'number-columns-repeated="([0-9]{1,9})"')


def check(data: bytes) -> None:
    """Refuse what would not fit into memory.

    Raises `UserError`: `import.too_large`, `import.broken` (no archive, or packed as no spreadsheet program does),
    `import.not_a_table` (an archive of something else, or `.xlsb`).
    """
    left = LARGEST_UNPACKED
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            entries = packed.infolist()
        for entry in entries:
            rest = left
            # most sheets need no second look, which costs as much as reading them
            areas = (_Ods(),) if entry.filename == "content.xml" else (_Xlsx(), _FilledXlsx())
            for area in areas:
                left = _looked_at(data, entry, area, rest)
                if area.cells <= MOST_LAID_OUT:
                    break
            else:
                raise too_much()
        if not _BOOKS & {entry.filename.lower() for entry in entries}:
            raise UserError("import.not_a_table")
    except (zipfile.BadZipFile, zlib.error, struct.error, OSError, ValueError, NotImplementedError) as error:
        raise UserError("import.broken") from error


def _looked_at(data: bytes, entry: zipfile.ZipInfo, area: _Reach, left: int) -> int:
    """Look at a file of the archive until it reaches too far; how many bytes may still be unpacked."""
    for step in _unpacked(data, entry):
        left -= len(step)
        if left < 0:
            raise too_much()
        area.look(step)
        if area.cells > MOST_LAID_OUT:
            break
    return left


def too_much() -> UserError:
    """What is said of a file that unpacks to too much."""
    return UserError("import.too_large", limit_mb=LARGEST_UNPACKED // 1024**2)


def _unpacked(data: bytes, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """The bytes of a file in the archive, however many its header says there are."""
    name, extra = struct.unpack_from("<HH", data, entry.header_offset + _LOCAL_HEADER - 4)
    start = entry.header_offset + _LOCAL_HEADER + name + extra
    rest = data[start : start + entry.compress_size]
    if entry.compress_type == zipfile.ZIP_STORED:
        yield rest
        return
    if entry.compress_type != zipfile.ZIP_DEFLATED:
        raise zipfile.BadZipFile
    stream = zlib.decompressobj(-zlib.MAX_WBITS)
    while rest and not stream.eof:
        yield stream.decompress(rest, _STEP)
        rest = stream.unconsumed_tail


class _Reach:
    """How far the sheets in a file of the archive reach; files that are no sheet reach nowhere."""

    def __init__(self) -> None:
        self._kept = b""

    @property
    def cells(self) -> int:
        """How many cells are laid out."""
        raise NotImplementedError

    def look(self, step: bytes) -> None:
        """Look at the next bytes of the file, as far as tags are whole."""
        text = self._kept + step
        whole = text.rfind(b">") + 1
        self._kept = text[whole:][-_LONGEST_TAG:]
        self._tags(text[:whole])

    def _tags(self, text: bytes) -> None:
        raise NotImplementedError


class _Xlsx(_Reach):
    def __init__(self) -> None:
        super().__init__()
        self._last_row = self._last_column = self._row_marks = self._unplaced = 0

    @property
    def cells(self) -> int:
        if not self._unplaced:
            return self._last_column * self._last_row
        # a cell without an address stands right of the one before, in a row below the one before
        return max(self._last_column, min(self._unplaced, _COLUMNS)) * max(self._last_row, min(self._row_marks, _ROWS))

    def _tags(self, text: bytes) -> None:
        marks = sum(map(text.count, _CELL_MARKS)) + (len(_PREFIXED_CELL.findall(text)) if b":c" in text else 0)
        if not marks:
            return
        columns, rows = _COLUMN.findall(text), _ROW.findall(text)
        if min(len(columns), len(rows)) < marks:
            columns, rows = _ANY_COLUMN.findall(text), _ANY_ROW.findall(text)
        self._unplaced += max(0, marks - len(columns))
        if self._unplaced:
            self._row_marks += sum(map(text.count, _ROW_MARKS))
        self._last_column = max([self._last_column, *map(column_number, set(columns))])
        self._last_row = max([self._last_row, *(int(row[:9]) for row in set(rows))])


class _FilledXlsx(_Xlsx):
    """Without the cells that only have a colour, which the parser does not lay out."""

    def _tags(self, text: bytes) -> None:
        super()._tags(_EMPTY_CELL.sub(b"", text))


class _Ods(_Reach):
    """All sheets of `.ods` together, because they are laid out together."""

    def __init__(self) -> None:
        super().__init__()
        self._others = self._row = self._repeated = self._place = self._last_row = self._last_column = 0

    @property
    def cells(self) -> int:
        return self._others + self._last_row * self._last_column

    def _tags(self, text: bytes) -> None:
        for name, attributes in _ODS.findall(text):
            if name == b"table":
                self._others = self.cells
                self._row = self._repeated = self._last_row = self._last_column = 0
            elif name == b"table-row":
                self._row += self._repeated
                self._repeated = _times(_ROWS_REPEATED, attributes)
                self._place = 0
            else:
                self._place += _times(_COLUMNS_REPEATED, attributes)
                if not attributes.endswith(b"/") or b"value" in attributes:
                    self._last_row = self._row + self._repeated
                    self._last_column = max(self._last_column, self._place)


def column_number(letters: bytes) -> int:
    """`A` → 1, `XFD` → 16,384."""
    number = 0
    for letter in letters[:7]:
        number = number * 26 + letter - ord("A") + 1
    return number


def column_letters(place: int) -> str:
    """A column from 0 as a spreadsheet calls it: 0 → `A`."""
    rest, letter = divmod(place, 26)
    return (column_letters(rest - 1) if rest else "") + chr(ord("A") + letter)


def _times(repeated: re.Pattern[bytes], attributes: bytes) -> int:
    found = repeated.search(attributes)
    return int(found.group(1)) if found else 1
