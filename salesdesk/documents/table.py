"""Tables: rows of cells that split over pages, with a head that is repeated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from salesdesk.documents.linebreak import Line
from salesdesk.documents.pen import CELL, HAIRLINE, INNER, LABEL, SIDE, TINT, Colour, Pen, Style
from salesdesk.documents.pieces import Piece, draw_line, measured, shrunk

PAD_X, PAD_Y = 6.0, 4.5
_SPLIT_FROM = 8  # lines; a lower row goes to the next page as a whole
_FEWEST = 2  # lines that a divided row leaves behind
_BETWEEN = 3.5  # points below a paragraph that another one follows


@dataclass(frozen=True)
class Cell:
    """A text in a part of the row's width. `place` names the field it comes from.

    A `whole` one, a number or a date, is not broken: what is too long for its width stands in a smaller type.
    """

    text: str
    share: float
    style: Style = CELL
    fill: Colour | None = None
    place: str = ""
    blank_lines: int = 0
    repeated: bool = False
    whole: bool = False


def label(text: str, share: float) -> Cell:
    """A cell that names its neighbour, also where that runs on to the next page."""
    return Cell(text, share, LABEL, TINT, repeated=True)


@dataclass
class _Column:
    """A measured cell."""

    x: float
    width: float
    style: Style
    fill: Colour | None
    lines: Sequence[Line]
    blank_lines: int
    repeated: bool

    @property
    def height(self) -> float:
        paragraphs = sum(line.last for line in self.lines[:-1])
        high = len(self.lines) * self.style.leading + paragraphs * _BETWEEN
        return max(high, self.blank_lines * self.style.leading) + 2 * PAD_Y

    def fitting(self, room: float) -> int:
        """How many lines are no higher than `room`, as if there were always more of them."""
        high, count = 0.0, 0
        for line in self.lines:
            if high + self.style.leading > room:
                return count
            high += self.style.leading + line.last * _BETWEEN
            count += 1
        return count + max(0, int((room - high) // self.style.leading))


@dataclass
class Row:
    """A measured row."""

    columns: list[_Column]
    height: float = 0
    keep: bool = False
    head: Piece | None = None

    def __post_init__(self) -> None:
        self.height = max(column.height for column in self.columns)

    def draw(self, pen: Pen, top: float) -> None:
        """Grounds, then lines of text, then the grid."""
        for column in self.columns:
            if column.fill:
                pen.fill(column.x, top, column.width, self.height, column.fill)
        for column in self.columns:
            at = top + PAD_Y
            for line in column.lines:
                draw_line(pen, line, column.style, column.x + PAD_X, at, column.width - 2 * PAD_X)
                at += column.style.leading + line.last * _BETWEEN
        first, last = self.columns[0], self.columns[-1]
        width = last.x + last.width - first.x
        pen.rule(first.x, top, width, HAIRLINE)
        pen.rule(first.x, top + self.height, width, HAIRLINE)
        for column in self.columns:
            pen.upright(column.x, top, self.height, HAIRLINE)
        pen.upright(last.x + last.width, top, self.height, HAIRLINE)

    def split(self, room: float) -> tuple[Piece, Piece] | None:
        """Divide between lines of text, when the row is high enough to be worth it."""
        free = room - 2 * PAD_Y + 0.01
        fitting = [column.fitting(free) for column in self.columns]
        longest = max(len(column.lines) for column in self.columns)
        if longest < _SPLIT_FROM or min(fitting) < _FEWEST:
            return None
        upper, lower = [], []
        for column, count in zip(self.columns, fitting, strict=True):
            rest = column.lines if column.repeated else column.lines[count:]
            upper.append(replace(column, lines=column.lines[:count], blank_lines=0))
            lower.append(replace(column, lines=rest, blank_lines=0))
        return Row(upper, head=self.head), Row(lower, keep=self.keep, head=self.head)


def row(cells: Sequence[Cell], *, head: Row | None = None, x: float = SIDE, width: float = INNER) -> Row:
    """Measure a row; the cells' shares are parts of their sum. `head` opens each page the table runs on to."""
    whole = sum(cell.share for cell in cells)
    columns = []
    for cell in cells:
        own = width * cell.share / whole
        room = own - 2 * PAD_X
        style = shrunk(cell.text, cell.style, room, cell.place) if cell.whole else cell.style
        lines = measured(cell.text, style, room, cell.place)
        columns.append(_Column(x, own, style, cell.fill, lines, cell.blank_lines, cell.repeated))
        x += own
    return Row(columns, head=head)


def table(head: Sequence[Cell] | None, body: Sequence[Sequence[Cell]]) -> list[Row]:
    """Rows with a common head; the head stays with the first row."""
    top = row(head) if head else None
    rows = [row(cells, head=top) for cells in body]
    if top:
        top.keep = bool(rows)
        return [top, *rows]
    return rows
