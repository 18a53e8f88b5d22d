"""What pages are filled with: gaps, pictures and lines of text, broken and measured before anything is drawn.

Lengths are in points; heights run downwards from the top edge of the page.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from salesdesk.documents import fonts
from salesdesk.documents.linebreak import Line, break_lines
from salesdesk.documents.pen import INSIDE, Align, Pen, Style
from salesdesk.documents.quotes import fitted
from salesdesk.errors import UserError

_LEAST_CHINESE = 0.25  # of a line's characters; with fewer, the gaps between them would be seen
# Parts of the type size: up to the one, letters apart look as ever; a line that needs more than the other stays ragged
_UNSEEN, _WIDEST_GAP = 0.05, 0.2
_SMALLEST = 6.0  # points of a line that has to fit


class Piece(Protocol):
    """A slice of a page that is placed as a whole.

    `keep` holds it on the page of the next piece; `head` is repeated above it when it opens a page.
    """

    @property
    def height(self) -> float:
        """Points that it takes."""

    @property
    def keep(self) -> bool:
        """Whether it must stand on the page of the next piece."""

    @property
    def head(self) -> Piece | None:
        """What is repeated above it on a new page."""

    def draw(self, pen: Pen, top: float) -> None:
        """Draw it with its upper edge at `top`."""

    def split(self, room: float) -> tuple[Piece, Piece] | None:
        """Two pieces, the first no higher than `room`; nothing when it cannot be divided there."""


@dataclass
class Gap:
    """Empty space; it vanishes at the top of a page."""

    height: float
    keep: bool = False
    head: Piece | None = None

    def draw(self, pen: Pen, top: float) -> None:
        """Nothing to draw."""

    def split(self, room: float) -> tuple[Piece, Piece] | None:
        """A gap is not divided."""
        return None


@dataclass
class Drawn:
    """A piece of a fixed height drawn by a function `(pen, top)`."""

    height: float
    picture: Callable[[Pen, float], None]
    keep: bool = False
    head: Piece | None = None

    def draw(self, pen: Pen, top: float) -> None:
        """Call the function."""
        self.picture(pen, top)

    def split(self, room: float) -> tuple[Piece, Piece] | None:
        """A picture is not divided."""
        return None


@dataclass
class TextLine:
    """One line of a text, in a column that starts at `x` and is `room` wide."""

    line: Line
    style: Style
    x: float
    room: float
    keep: bool = False
    head: Piece | None = None
    bookmark: tuple[str, int] | None = None

    @property
    def height(self) -> float:
        """The style's leading."""
        return self.style.leading

    def draw(self, pen: Pen, top: float) -> None:
        """Place the line by its style's alignment."""
        if self.bookmark:
            pen.bookmark(*self.bookmark, top)
        draw_line(pen, self.line, self.style, self.x, top, self.room)

    def split(self, room: float) -> tuple[Piece, Piece] | None:
        """A line is not divided."""
        return None


def draw_line(pen: Pen, line: Line, style: Style, x: float, top: float, room: float) -> None:
    """One measured line in a column of the width `room`."""
    slack = room - line.width * style.size / 1000
    gap = within = 0.0
    if style.align is not Align.JUSTIFIED:
        x += slack * style.align.value
    elif not line.last:
        gap, within = _gaps(line.text, slack, style.size)
    pen.line_of_text(line.text, x, top, style, gap, within)


def _gaps(text: str, slack: float, size: float) -> tuple[float, float]:
    """What to add between the characters of a line to fill it, and within its Latin words, where more would be seen.

    A Latin line is left ragged.
    """
    gaps = len(text) - 1
    chinese = sum(character >= "\u2e80" for character in text)
    if not chinese or slack <= 0 or not gaps:
        return 0.0, 0.0
    # the last character's gap falls outside the column, where nothing is drawn
    even = slack / gaps
    if even <= _UNSEEN * size:
        return even, even
    if chinese < _LEAST_CHINESE * len(text):
        return 0.0, 0.0
    inside = sum(len(word[0]) for word in INSIDE.finditer(text))
    within = _UNSEEN * size
    gap = (slack - inside * within) / (gaps - inside) if gaps > inside else math.inf
    return (gap, within) if gap <= _WIDEST_GAP * size else (0.0, 0.0)


def measured(text: str, style: Style, room: float, place: str) -> Sequence[Line]:
    """The lines of a text in a column of the width `room`.

    Raises `UserError` (`paper.missing_character`) for a character that the font lacks; `place` names
    the field it stands in.
    """
    em = style.size / 1000
    try:
        return break_lines(fitted(fonts.printable(text)), fonts.advances(style.font), room / em, style.indent / em)
    except KeyError as error:
        character = error.args[0]
        raise UserError(
            "paper.missing_character",
            field=place or None,
            character=character,
            code=fonts.code_point(character),
            place=place,
        ) from None


def shrunk(text: str, style: Style, room: float, place: str) -> Style:
    """The style in the largest type, from its own down to 6 points, in which the text is one line of `room`."""
    whole = max(line.width for line in measured(text, style, math.inf, place))
    size = min(style.size, max(_SMALLEST, math.floor(room * 100_000 / whole) / 100)) if whole else style.size
    return replace(style, size=size)


def text_pieces(text: str, style: Style, x: float, room: float, place: str) -> list[TextLine]:
    """The lines of a text as pieces; no paragraph leaves a single line alone on a page."""
    pieces = [TextLine(line, style, x, room) for line in measured(text, style, room, place)]
    starts = [0, *(i + 1 for i, piece in enumerate(pieces[:-1]) if piece.line.last)]
    for start, end in zip(starts, [*starts[1:], len(pieces)], strict=True):
        pieces[start].x += style.indent
        pieces[start].room -= style.indent
        if end - start > 1:
            pieces[start].keep = pieces[end - 2].keep = True
    return pieces
