"""Text files as tables: whatever they are encoded in and divided by."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from salesdesk.errors import UserError
from salesdesk.exchange.formulas import unquoted
from salesdesk.exchange.sheet import LARGEST_FILE, MOST_CELLS, too_large

_HEAD = 10_000  # of a text, to tell what it is
_PAIR = re.compile(rb"[\x81-\xfe][\x40-\xfe]")
_FEWEST_PAIRS = 20
_WIDE = re.compile(rb"[\t\n,;]\0[^\0]")  # UTF-16 without its mark
_SAID = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_FEWEST_ROWS = 2  # that are divided alike, of a text that is not called one


def rows_of(text: str, ending: str) -> Iterator[list[str]]:
    """The rows of a text, `ending` is that of its file's name. Raises `UserError`."""
    if "\0" in text:
        raise UserError("import.not_a_table")
    csv.field_size_limit(LARGEST_FILE)
    if said := _SAID.match(text):  # a line for Excel alone
        text = text[said.end() :]
        yield []
    separator = said[1] if said else _separator(text[:_HEAD], ending)
    under_way = 0
    raw: list[str] = []

    def lines() -> Iterator[str]:
        """The lines of the file; a row of them that would fill the memory is refused before it is taken apart."""
        nonlocal under_way
        for line in io.StringIO(text, newline=""):
            under_way += line.count(separator)
            if under_way > MOST_CELLS:
                raise too_large()
            raw.append(line)
            yield line

    reader = csv.reader(lines(), delimiter=separator)
    for row in reader:
        if len(raw) > 1 and not _is_closed(raw, separator):
            raise UserError("import.unclosed_quote", line=reader.line_num - len(raw) + 1)
        under_way = 0
        raw.clear()
        yield [unquoted(cell.strip()) for cell in row]


def is_divided(text: str) -> bool:
    """Whether the beginning of a text is rows of cells, though its file is not called a text."""
    head = text[:_HEAD]
    widths = Counter(map(len, csv.reader(io.StringIO(head, newline=""), delimiter=_separator(head, ".tsv"))))
    return "\0" not in head and max((rows for width, rows in widths.items() if width > 1), default=0) >= _FEWEST_ROWS


def _is_closed(lines: Sequence[str], separator: str) -> bool:
    """Whether a row of several lines ends where it should, and has not swallowed the rows below."""
    try:
        list(csv.reader(lines, delimiter=separator, strict=True))
    except csv.Error:
        return False
    return True


def decoded(data: bytes) -> str:
    """The text of a file: UTF-8 or UTF-16 with its mark, UTF-8, the Chinese GB18030, or Big5 of Taiwan."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif _WIDE.search(data[:_HEAD]):
        encoding = "utf-16-le"
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

    return max("\t,;|" if ending == ".tsv" else ",\t;|", key=consistent)
