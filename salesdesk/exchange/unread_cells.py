"""Cells of an `.xlsx` that its parser leaves empty though something stands there.

An error of the spreadsheet program (#N/A), and a formula that was written by another program and never computed.
"""

from __future__ import annotations

import html
import io
import posixpath
import re
import zipfile
from collections.abc import Iterator

from salesdesk.exchange.packed import column_number

NO_RESULT = "#="  # before a formula without a result
_SHEET = re.compile(r"<(?:\w+:)?sheet\s([^>]*)>")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\s([^>]*)>")
_ATTRIBUTE = re.compile(r"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_CELL = re.compile(rb"<c\s([^>]*[^/>])>(.*?)</c>", re.DOTALL)
_ADDRESS = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')
_FORMULA = re.compile(rb"<f[^>]*>([^<]*)</f>")
_VALUE = re.compile(rb"<v[^>]*>([^<]+)</v>")
_MARKS = (b't="e"', b"</f><v></v>", b"</f><v/>", b"</f><v />", b"</f></c>")
_STEP = 4 * 1024**2  # bytes


def unread(data: bytes, sheet: str) -> dict[tuple[int, int], str]:
    """What stands in such cells of a sheet, by row and column from 0: `#N/A`, or `NO_RESULT` and the formula."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        name = _file_of(packed, sheet)
        return {place: text for piece in _pieces(packed, name) for place, text in _found(piece)} if name else {}


def _file_of(packed: zipfile.ZipFile, sheet: str) -> str:
    """The file of a sheet in the archive; nothing when the archive does not say it as others do."""
    try:
        book, relations = (packed.read(f"xl/{name}").decode() for name in ("workbook.xml", "_rels/workbook.xml.rels"))
    except (KeyError, UnicodeDecodeError):  # .ods, or written as nobody writes it
        return ""
    sheets = {
        one.get("name"): next((v for k, v in one.items() if k.endswith(":id")), "") for one in _tags(_SHEET, book)
    }
    files = {one.get("Id"): one.get("Target", "") for one in _tags(_RELATION, relations)}
    name = posixpath.join("/xl", files.get(sheets.get(sheet), "")).lstrip("/")
    return name if name in packed.namelist() else ""


def _tags(tag: re.Pattern[str], text: str) -> Iterator[dict[str, str]]:
    """The attributes of each tag; a pattern, because a parser of XML would follow what a rogue wrote in it."""
    for attributes in tag.findall(text):
        yield {name: html.unescape(one or other) for name, one, other in _ATTRIBUTE.findall(attributes)}


def _pieces(packed: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """A sheet in pieces of whole cells, those that may hold such a cell."""
    kept = b""
    with packed.open(name) as sheet:
        while step := sheet.read(_STEP):
            whole, mark, kept = (kept + step).rpartition(b"</c>")
            if any(one in whole + mark for one in _MARKS):
                yield whole + mark


def _found(piece: bytes) -> Iterator[tuple[tuple[int, int], str]]:
    for attributes, inner in _CELL.findall(piece):
        address, value = _ADDRESS.search(attributes), _VALUE.search(inner)
        if address is None:
            continue
        if b't="e"' in attributes and value:
            text = value[1].decode("utf-8", "replace")
        elif b"<f" in inner and not value and b't="str"' not in attributes:  # a computed "" is a result
            formula = _FORMULA.search(inner)
            text = NO_RESULT + html.unescape(formula[1].decode("utf-8", "replace") if formula else "")
        else:
            continue
        yield (int(address[2]) - 1, column_number(address[1]) - 1), text
