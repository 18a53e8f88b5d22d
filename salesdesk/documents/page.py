"""The page kit: a paper is filled from top to bottom with text, tables and pieces, then written as PDF.

Everything is measured and broken into lines while it is added, so that a character that cannot be
printed is named before a byte is written, and the number of pages is known when the first is drawn.
Lengths are in points; heights run downwards from the top edge of the page.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any, Protocol

from salesdesk.documents import fonts
from salesdesk.documents.linebreak import Line, break_lines
from salesdesk.documents.pdfa import Facts, archived
from salesdesk.documents.quotes import fitted
from salesdesk.errors import UserError
from salesdesk.records.kinds import Language

MM = 72 / 25.4
WIDTH, HEIGHT = 210 * MM, 297 * MM
SIDE, TOP, BOTTOM = 22 * MM, 20 * MM, 22 * MM
INNER = WIDTH - 2 * SIDE

Colour = tuple[float, float, float]
INK: Colour = (0.11, 0.13, 0.17)
GREY: Colour = (0.38, 0.42, 0.48)
HAIRLINE: Colour = (0.76, 0.79, 0.83)
ACCENT: Colour = (0.09, 0.30, 0.56)
TINT: Colour = (0.95, 0.96, 0.98)

_WIDEST_GAP = 150  # 1/1000 of the type size; a line that needs more between its characters stays ragged


class Align(Enum):
    """Where the lines of a text stand in their column."""

    LEFT = 0.0
    CENTRE = 0.5
    RIGHT = 1.0
    JUSTIFIED = -1.0


@dataclass(frozen=True)
class Style:
    """How a text looks. `indent` is that of a paragraph's first line."""

    size: float = 10.5
    leading: float = 17
    bold: bool = False
    colour: Colour = INK
    align: Align = Align.LEFT
    indent: float = 0

    @property
    def font(self) -> str:
        """The name of the font file's face."""
        return fonts.BOLD if self.bold else fonts.REGULAR


BODY = Style(align=Align.JUSTIFIED)
CELL = Style(size=10, leading=15.5, align=Align.JUSTIFIED)
LABEL = Style(size=10, leading=15.5, bold=True)
SMALL = Style(size=8.5, leading=13, colour=GREY)
HEADING = Style(size=12, leading=19, bold=True, colour=ACCENT)


class Pen:
    """Draws on the page of a reportlab canvas."""

    def __init__(self, canvas: Any) -> None:
        self._canvas = canvas
        self._bookmarks = 0

    def line_of_text(self, text: str, x: float, top: float, style: Style, gap: float = 0) -> None:
        """One line in a box of the style's leading; `gap` is added between its characters."""
        if not text:
            return
        # the middle of a Chinese character lies 0.38 of the type size above the base line
        base = HEIGHT - top - style.leading / 2 - 0.38 * style.size
        writer = self._canvas.beginText(x, base)
        writer.setFont(style.font, style.size)
        writer.setFillColorRGB(*style.colour)
        if gap:
            writer.setCharSpace(gap)
        writer.textOut(text)
        if gap:
            writer.setCharSpace(0)
        self._canvas.drawText(writer)

    def rule(self, x: float, top: float, width: float, colour: Colour = HAIRLINE, thickness: float = 0.6) -> None:
        """A horizontal line."""
        self._stroke(colour, thickness)
        self._canvas.line(x, HEIGHT - top, x + width, HEIGHT - top)

    def upright(self, x: float, top: float, height: float, colour: Colour = HAIRLINE, thickness: float = 0.6) -> None:
        """A vertical line."""
        self._stroke(colour, thickness)
        self._canvas.line(x, HEIGHT - top, x, HEIGHT - top - height)

    def fill(self, x: float, top: float, width: float, height: float, colour: Colour) -> None:
        """A filled area without a border."""
        self._canvas.setFillColorRGB(*colour)
        self._canvas.rect(x, HEIGHT - top - height, width, height, stroke=0, fill=1)

    def box(self, x: float, top: float, side: float, colour: Colour = INK) -> None:
        """An empty square to tick; drawn, because the fonts have no such character."""
        self._stroke(colour, 0.9)
        self._canvas.rect(x, HEIGHT - top - side, side, side, stroke=1, fill=0)

    def bookmark(self, title: str, level: int, top: float) -> None:
        """An entry of the document's outline that leads to this height of the page."""
        self._bookmarks += 1
        key = f"b{self._bookmarks}"
        # without an explicit place some viewers complain about each entry
        self._canvas.bookmarkPage(key, fit="XYZ", left=0, top=HEIGHT - top, zoom=0)
        self._canvas.addOutlineEntry(title, key, level)

    def _stroke(self, colour: Colour, thickness: float) -> None:
        self._canvas.setStrokeColorRGB(*colour)
        self._canvas.setLineWidth(thickness)


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
    gap = 0.0
    if style.align is not Align.JUSTIFIED:
        x += slack * style.align.value
    elif not line.last:
        gap = _gap(line.text, slack, style.size)
    pen.line_of_text(line.text, x, top, style, gap)


def _gap(text: str, slack: float, size: float) -> float:
    """What to add between the characters of a Chinese line to fill it; a Latin line is left ragged."""
    gaps = len(text) - 1
    if 2 * sum(character >= "\u2e80" for character in text) < len(text) or slack > gaps * _WIDEST_GAP * size / 1000:
        return 0.0
    # the last character's gap falls outside the column, where nothing is drawn
    return max(0.0, slack / gaps) if gaps else 0.0


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


@dataclass
class Paper:
    """A document being filled. `running` stands at the top of every page but the first, `footer` below all."""

    language: Language
    facts: Facts
    running: str = ""
    footer: str = ""
    pieces: list[Piece] = field(default_factory=list)

    def text(self, text: str, style: Style = BODY, *, place: str = "", keep: bool = False) -> None:
        """Add a text of one or more paragraphs; `keep` holds all of it on the page of what follows."""
        lines = text_pieces(text, style, SIDE, INNER, place)
        for line in lines:
            line.keep = line.keep or keep
        self.pieces += lines

    def heading(self, text: str, style: Style = HEADING, *, level: int = 0, place: str = "") -> None:
        """Add a heading that stays with what follows and has its entry in the outline."""
        lines = text_pieces(text, style, SIDE, INNER, place)
        lines[0].bookmark = (fonts.printable(text), level)
        for line in lines:
            line.keep = True
        self.pieces += lines

    def gap(self, height: float, *, keep: bool = False) -> None:
        """Add empty space."""
        self.pieces.append(Gap(height, keep))

    def add(self, *pieces: Piece) -> None:
        """Add pieces of any kind."""
        self.pieces += pieces

    def pdf(self) -> bytes:
        """The finished file: PDF/A-1b, the same bytes for the same content and date."""
        from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415  # on demand: a tenth of a second

        fonts.load()
        pages = _pages(self.pieces)
        edges = [self._edges(number, len(pages)) for number in range(1, len(pages) + 1)]
        out = io.BytesIO()
        canvas = Canvas(
            out,
            pagesize=(WIDTH, HEIGHT),
            pageCompression=1,
            invariant=1,
            initialFontName=fonts.REGULAR,
            lang="zh-CN" if self.language is Language.ZH else "en",
        )
        pen = Pen(canvas)
        for page, edge in zip(pages, edges, strict=True):
            for piece, top in [*page, *edge]:
                piece.draw(pen, top)
            canvas.showPage()
        canvas.save()
        return archived(out.getvalue(), self.facts)

    def _edges(self, number: int, total: int) -> list[tuple[Piece, float]]:
        """Running head and footer of a page; too long a text is cut to one line."""
        count = f"第{number}页/共{total}页" if self.language is Language.ZH else f"Page {number} of {total}"
        top = HEIGHT - BOTTOM + 7 * MM
        placed: list[tuple[Piece, float]] = [
            (Drawn(0, lambda pen, at: pen.rule(SIDE, at, INNER)), top - 4),
            (_one_line(count, replace(SMALL, align=Align.RIGHT)), top),
            (_one_line(self.footer, SMALL, INNER - 100), top),
        ]
        if number > 1 and self.running:
            placed.append((_one_line(self.running, SMALL), 10 * MM))
            placed.append((Drawn(0, lambda pen, at: pen.rule(SIDE, at, INNER)), 10 * MM + 16))
        return placed


def _one_line(text: str, style: Style, room: float = INNER) -> TextLine:
    return TextLine(measured(text, style, room, "company")[0], style, SIDE, room)


def _pages(pieces: Sequence[Piece]) -> list[list[tuple[Piece, float]]]:
    """Place the pieces on pages: each page is a list of (piece, top edge)."""
    pages: list[list[tuple[Piece, float]]] = [[]]
    bottom = HEIGHT - BOTTOM + 0.01  # sums of lengths are not exact
    top = TOP
    queue = list(reversed(pieces))
    while queue:
        piece = queue.pop()
        page = pages[-1]
        fresh = not page or (len(page) == 1 and page[0][0] is piece.head)
        if isinstance(piece, Gap) and not page:
            continue
        if top + piece.height <= bottom and (fresh or top + _kept_height(piece, queue) <= bottom):
            page.append((piece, top))
            top += piece.height
            continue
        if top + piece.height > bottom and (parts := piece.split(bottom - top)):
            page.append((parts[0], top))
            queue.append(parts[1])
        elif fresh:  # higher than a page and not to be divided: drawn over the foot rather than lost
            page.append((piece, top))
        else:
            queue.append(piece)
        pages.append([])
        top = TOP
        while queue and isinstance(queue[-1], Gap):
            queue.pop()
        if queue and (head := queue[-1].head):
            pages[-1].append((head, top))
            top += head.height
    return [page for page in pages if page] or [[]]


def _kept_height(piece: Piece, queue: Sequence[Piece]) -> float:
    """Height of a piece with those that must follow it on its page, at most a page."""
    height = piece.height
    following = reversed(queue)
    while piece.keep and height < HEIGHT - TOP - BOTTOM:
        successor = next(following, None)
        if successor is None:
            break
        height += successor.height
        piece = successor
    return height if height <= HEIGHT - TOP - BOTTOM else 0
