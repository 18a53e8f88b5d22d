"""What web pages and ERP programs call .xls: HTML tables, SpreadsheetML 2003, a web page in one file; and .fods.

Excel and WPS open them, so they are read. Nothing outside the file is fetched, and no entity of its own is expanded.
"""

from __future__ import annotations

import codecs
import email
import email.policy
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from salesdesk.errors import UserError
from salesdesk.exchange.open_document import flat_sheets, forget
from salesdesk.exchange.sheet import MOST_CELLS, Area, Sheet, as_text, fill_merged, filled, too_large
from salesdesk.exchange.text_in import decoded

_HEAD = 4096  # bytes, to tell what it is
_STEP = 1 << 16  # characters parsed at once
_ENCODING = re.compile(rb"""(?:encoding|charset)\s*=\s*["']?\s*([A-Za-z0-9_-]+)""", re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_HTML = re.compile(
    r"^\s*(?:<[?!][^>]*>\s*)*<(?:html|head|body|meta|table|div|style|center|font|form|script)\b"
)  # lower case
_WIDEST = 1000  # columns that one cell may span, as browsers have it
_DAY_SHOWN = re.compile(r"\d\s*(?:[-/:]\s*\d|[年月日时%])")  # also hours and percentages: what they are is only shown
_SPREADSHEET = "urn:schemas-microsoft-com:office:spreadsheet"


def sheets(data: bytes) -> list[Sheet] | None:
    """The sheets of a marked-up table, each table of a web page as one; `None` for what is no markup.

    Raises `UserError`: `import.broken`, `import.too_large`, `import.no_table_inside`.
    """
    head = data[:_HEAD].replace(b"\0", b"").decode("latin-1").lower()
    if _SPREADSHEET in head and "workbook" in head:
        return list(_spreadsheet_ml(_bare(_text(data))))
    if "office:document" in head and "opendocument" in head:
        return list(flat_sheets(_bare(_text(data))))
    if _HTML.match(head.removeprefix("ï»¿").removeprefix("ÿþ").removeprefix("þÿ")):
        return _tables(_text(data))
    if head.lstrip().startswith(("mime-version:", "from:")) and "multipart/related" in head:
        page = email.message_from_bytes(data, policy=email.policy.default)
        parts = [part for part in page.walk() if part.get_content_type() == "text/html"]
        pages = [one for part in parts if isinstance(one := part.get_payload(decode=True), bytes)]
        return [one for text in map(_text, pages) for one in _tables(text, required=False)]
    return None


def _text(data: bytes) -> str:
    """The text of markup, which says itself how it is encoded; many that say gb2312 hold more."""
    said = _ENCODING.search(data[:_HEAD])
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF8)) or not said:
        return decoded(data)
    name = said[1].decode().lower()
    # UTF-8 first, whatever it says: what can be read so was written so, and would be GB18030 of wrong characters too
    for encoding in ("utf-8", "gb18030" if name in {"gb2312", "gbk", "x-gbk"} else name):
        try:
            return data.decode(encoding)
        except (LookupError, UnicodeDecodeError):
            continue
    return decoded(data)


def _bare(text: str) -> bytes:
    """XML without what it says of its encoding; nobody who writes a table declares entities."""
    if "<!DOCTYPE" in text[:_HEAD] or "<!ENTITY" in text:
        raise UserError("import.broken")
    return _DECLARATION.sub("", text.removeprefix("\ufeff"), count=1).encode("utf-8", "replace")


def _tables(text: str, *, required: bool = True) -> list[Sheet]:
    from lxml import etree  # noqa: PLC0415  # only for such files

    seen = _Page()
    parser = etree.HTMLParser(target=seen, encoding="utf-8", no_network=True, huge_tree=True)
    data = text.removeprefix("\ufeff").encode("utf-8", "replace")
    try:
        for start in range(0, len(data), _STEP):
            parser.feed(data[start : start + _STEP])
        parser.close()
    except etree.LxmlError as error:
        raise UserError("import.broken") from error
    found = [(table, table.rows_of_text()) for table in seen.tables]
    told = [Sheet(str(number), rows) for number, (_, rows) in enumerate(filter(lambda one: one[1], found), start=1)]
    if not told and required:
        raise UserError("import.no_table_inside")
    return told


@dataclass
class _Table:
    """A table of a web page while it is read: cells by place, and how far cells from above reach down."""

    rows: list[dict[int, str]] = field(default_factory=list)
    areas: list[Area] = field(default_factory=list)
    reaching: dict[int, int] = field(default_factory=dict)  # column → row up to which a cell from above covers it
    cell: list[str] | None = None
    traits: dict[str, str] = field(default_factory=dict)
    left: int = MOST_CELLS

    def open_cell(self, traits: dict[str, str]) -> None:
        """Begin a cell, in the first row if there is none yet."""
        self.close_cell()
        if not self.rows:
            self.rows.append({})
        self.cell, self.traits = [], traits

    def close_cell(self) -> None:
        """Put the cell at the first place that no cell from above covers."""
        if self.cell is None:
            return
        row, number, place = self.rows[-1], len(self.rows) - 1, 0
        place = max(row, default=-1) + 1
        while self.reaching.get(place, -1) >= number:
            place += 1
        wide, high = (_span(self.traits.get(name, "")) for name in ("colspan", "rowspan"))
        self.left -= wide
        if self.left < 0:
            raise too_large()
        for column in range(place, place + wide):
            row[column] = ""
            self.reaching[column] = max(self.reaching.get(column, -1), number + high - 1)
        if wide > 1 or high > 1:
            self.areas.append(((number, place), (number + high - 1, place + wide - 1)))
        row[place] = self._said()
        self.cell = None

    def _said(self) -> str:
        lines = (" ".join(line.split()) for line in "".join(self.cell or ()).split("\n"))
        shown = "\n".join(filter(None, lines))
        value = self.traits.get("x:num") or self.traits.get("sdval") or ""
        if value and not _DAY_SHOWN.search(shown):  # 1.38E+10 is shown, all digits stand beside it
            try:
                return as_text(float(value))
            except ValueError:
                return shown
        return shown

    def rows_of_text(self) -> list[list[str]]:
        """The rows as they stand, merged cells in each of theirs."""
        self.close_cell()
        rows = filled([row.get(place, "") for place in range(max(row, default=-1) + 1)] for row in self.rows)
        fill_merged(rows, self.areas)
        return rows


def _span(text: str) -> int:
    return min(_WIDEST, max(1, int(text))) if text.isdecimal() and len(text) < 6 else 1  # noqa: PLR2004  # no more rows


class _Page:
    """What the parser of a web page tells, as tables; one inside another is a table of its own."""

    def __init__(self) -> None:
        self.tables: list[_Table] = []
        self._open: list[_Table] = []
        self._unseen = 0

    def start(self, tag: str, traits: Any) -> None:
        if tag == "table":
            self._open.append(_Table())
            self.tables.append(self._open[-1])
        elif tag in _UNSEEN:
            self._unseen += 1
        elif self._open:
            table = self._open[-1]
            if tag == "tr":
                table.close_cell()
                table.rows.append({})
            elif tag in {"td", "th"}:
                table.open_cell(dict(traits))
            elif tag in _LINES:
                self.data("\n", is_break=True)

    def end(self, tag: str) -> None:
        if tag in _UNSEEN:
            self._unseen -= 1
        elif tag == "table" and self._open:
            self._open.pop().close_cell()
        elif tag in {"td", "th", "tr"} and self._open:
            self._open[-1].close_cell()
        elif tag in _LINES and tag != "br":
            self.data("\n", is_break=True)

    def data(self, text: str, *, is_break: bool = False) -> None:
        if self._open and not self._unseen and (cell := self._open[-1].cell) is not None:
            cell.append(text if is_break else _BLANKS.sub(" ", text))

    def close(self) -> None:
        """Nothing is left to tell."""


_UNSEEN = {"script", "style", "title"}
_LINES = {"br", "p", "div", "li"}
_BLANKS = re.compile(r"\s+")


def _spreadsheet_ml(data: bytes) -> Iterator[Sheet]:
    from lxml import etree  # noqa: PLC0415  # only for such files

    rows: list[list[str]] = []
    areas: list[Area] = []
    name, hidden, left = "", False, MOST_CELLS
    events = etree.iterparse(
        io.BytesIO(data), events=("start", "end"), resolve_entities=False, no_network=True, load_dtd=False
    )
    try:
        for event, element in events:
            tag = _local(element.tag)
            if tag == "Worksheet" and event == "start":
                rows, areas, name, hidden = [], [], _trait(element, "Name"), False
            elif event == "start":
                continue
            elif tag == "Row":
                place = int(_trait(element, "Index") or len(rows) + 1)
                left -= max(1, len(element)) + max(0, place - 1 - len(rows))
                if left < 0:
                    raise too_large()
                rows += [[] for _ in range(place - 1 - len(rows))]
                rows.append(_cells(element, place - 1, areas))
                forget(element)
            elif tag == "Visible" and (element.text or "").startswith("SheetHidden"):
                hidden = True
            elif tag == "Worksheet":
                told = filled(rows)
                fill_merged(told, areas)
                yield Sheet(name, told, hidden)
    except (etree.LxmlError, ValueError) as error:
        raise UserError("import.broken") from error


def _cells(row: Any, number: int, areas: list[Area]) -> list[str]:
    found: list[str] = []
    for cell in row:
        if _local(cell.tag) != "Cell":
            continue
        place = int(_trait(cell, "Index") or len(found) + 1) - 1
        if not len(found) <= place < 1 << 14:
            raise ValueError(place)
        found += [""] * (place - len(found))
        right, down = (int(_trait(cell, name) or 0) for name in ("MergeAcross", "MergeDown"))
        if right or down:
            areas.append(((number, place), (number + min(down, 1 << 20), place + min(right, 1 << 14))))
        found.append(next((_data(one) for one in cell if _local(one.tag) == "Data"), ""))
        found += [""] * min(right, 1 << 14)
    return found


def _data(element: Any) -> str:
    said = "".join(element.itertext())
    kind = _trait(element, "Type")
    if kind == "Number":
        return as_text(float(said))
    if kind == "Boolean":
        return as_text(said.strip() == "1")
    if kind == "DateTime":
        day, _, clock = said.strip().partition("T")
        return day if clock[:8] in {"", "00:00:00"} else f"{day} {clock[:5]}"
    return said


def _local(tag: object) -> str:
    return str(tag).rpartition("}")[2]


def _trait(element: Any, name: str) -> str:
    return str(element.get(f"{{{_SPREADSHEET}}}{name}") or element.get(name) or "")
