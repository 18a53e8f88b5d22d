"""OpenDocument tables (.ods, .fods), with merged cells and errors, which the workbooks' parser does not tell."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from salesdesk.errors import UserError
from salesdesk.exchange.sheet import MOST_CELLS, Area, Sheet, as_text, fill_merged, hours, too_large

_SPAN = re.compile(r"(-)?P(?:(\d+)D)?T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:[.,]\d+)?S)?")
_VALUES = {
    "float": "value",
    "currency": "value",
    "percentage": "value",
    "date": "date-value",
    "time": "time-value",
    "boolean": "boolean-value",
}
_FURTHEST = 1 << 20  # rows, and cells of a row that are written once for many


def is_one(data: bytes) -> bool:
    """Whether an archive is an OpenDocument table; raises `zipfile.BadZipFile`."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return "content.xml" in packed.namelist()


def sheets(data: bytes) -> Iterator[Sheet]:
    """The sheets of a file whose archive was looked at (`packed.check`). Raises `UserError`."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        content = packed.read("content.xml")
    return flat_sheets(content)


def flat_sheets(content: bytes) -> Iterator[Sheet]:
    """The sheets of the XML itself. Raises `UserError`: `import.broken`, `import.too_large`."""
    from lxml import etree  # noqa: PLC0415  # only for such files

    if b"<!ENTITY" in content:  # no program writes them
        raise UserError("import.broken")
    unseen: set[str] = set()
    table = _Table("")
    events = etree.iterparse(
        io.BytesIO(content),
        events=("start", "end"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
    )
    try:
        for event, element in events:
            tag = _local(element.tag)
            if tag == "table" and event == "start":
                table = _Table(_trait(element, "name"))
                table.hidden = _trait(element, "style-name") in unseen
            elif event == "start":
                continue
            elif tag == "table-properties" and _trait(element, "display") == "false":
                parent = element.getparent()
                unseen.add(_trait(parent, "name") if parent is not None else "")
            elif tag == "table-row":
                table.add(element)
                forget(element)
            elif tag == "table":
                yield table.sheet()
    except (etree.LxmlError, ValueError) as error:
        raise UserError("import.broken") from error


def forget(element: Any) -> None:
    """Let go of what was read of a long file: the element's content and all before it."""
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]


class _Table:
    def __init__(self, name: str) -> None:
        self.hidden = False
        self._name = name
        self._rows: list[list[str]] = []
        self._blank = 0  # rows that nothing was said in since
        self._areas: list[Area] = []
        self._left = MOST_CELLS

    def add(self, row: Any) -> None:
        """Take in a row as often as it is repeated."""
        times = _times(row, "number-rows-repeated")
        cells = self._cells(row)
        if not any(cells):
            self._blank += times
            return
        self._left -= self._blank + times * len(cells)
        if self._left < 0:
            raise too_large()
        self._rows += [[] for _ in range(self._blank)]
        self._blank = 0
        self._rows += [list(cells) for _ in range(times)]

    def _cells(self, row: Any) -> list[str]:
        found: list[str] = []
        blank = 0
        number = len(self._rows) + self._blank
        for cell in row:
            tag = _local(cell.tag)
            if tag not in {"table-cell", "covered-table-cell"}:
                continue
            times = _times(cell, "number-columns-repeated")
            text = _said(cell) if tag == "table-cell" else ""
            if not text:
                blank += times
                continue
            place = len(found) + blank
            if (place + times) > self._left:
                raise too_large()
            found += [""] * blank + [text] * times
            blank = 0
            down, right = (_times(cell, f"number-{one}-spanned") for one in ("rows", "columns"))
            if down > 1 or right > 1:
                self._areas.append(((number, place), (number + down - 1, place + right - 1)))
        return found

    def sheet(self) -> Sheet:
        """The rows, merged cells in each of theirs."""
        wide = max(map(len, self._rows), default=0)
        for row in self._rows:
            row.extend([""] * (wide - len(row) if row else 0))
        fill_merged(self._rows, self._areas)
        return Sheet(self._name, self._rows, self.hidden)


def _said(cell: Any) -> str:
    """What a person reads in a cell, a number with all its digits."""
    kind = _trait(cell, "value-type")
    shown = "\n".join(_words(one) for one in cell if _local(one.tag) == "p").strip()
    if _trait(cell, "value-type", "calcext") == "error":
        return shown or "#VALUE!"
    value = _trait(cell, _VALUES.get(kind, "string-value")).strip()
    if not value or kind == "string":
        return shown or value
    if kind in {"float", "currency"}:
        return as_text(float(value))
    if kind == "percentage":
        return shown or f"{float(value) * 100:g}%"
    if kind == "boolean":
        return as_text(value == "true")
    return _moment(value)


def _moment(value: str) -> str:
    """A day, a moment or a span as it is written for people."""
    if span := _SPAN.fullmatch(value):
        days, hour, minute, second = (int(part or 0) for part in span.groups()[1:])
        told = timedelta(days=days, hours=hour, minutes=minute, seconds=second)
        return hours(-told if span[1] else told)
    day, _, clock = value.partition("T")
    return day if clock[:8] in {"", "00:00:00"} else f"{day} {clock[:5]}"


def _words(element: Any) -> str:
    """The text of a paragraph, without remarks that hang on it."""
    said = [element.text or ""]
    for one in element:
        tag = _local(one.tag)
        if tag == "s":
            said.append(" " * _times(one, "c"))
        elif tag in {"tab", "line-break"}:
            said.append("\t" if tag == "tab" else "\n")
        elif tag not in {"annotation", "note"}:
            said.append(_words(one))
        said.append(one.tail or "")
    return "".join(said)


def _times(element: Any, name: str) -> int:
    return min(_FURTHEST, max(1, int(_trait(element, name) or 1)))


def _local(tag: object) -> str:
    return str(tag).rpartition("}")[2]


def _trait(element: Any, name: str, space: str = "") -> str:
    """An attribute by its name alone: `office:value-type`, or that of the namespace that holds `space`."""
    for key, value in element.items():
        namespace, _, local = key.rpartition("}")
        if local == name and (space in namespace if space else "calcext" not in namespace):
            return str(value)
    return ""
