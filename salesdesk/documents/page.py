"""The page kit: a paper is filled from top to bottom with text, tables and pieces, then written as PDF.

Everything is measured and broken into lines while it is added, so that a character that cannot be
printed is named before a byte is written, and the number of pages is known when the first is drawn.
Lengths are in points; heights run downwards from the top edge of the page.
"""

from __future__ import annotations

import io
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from salesdesk.documents import fonts
from salesdesk.documents.linebreak import Line
from salesdesk.documents.pdfa import Facts, archived
from salesdesk.documents.pen import (
    BODY,
    BOTTOM,
    FAINT,
    HEADING,
    HEIGHT,
    INNER,
    MM,
    SIDE,
    SMALL,
    TOP,
    WIDTH,
    Align,
    Colour,
    Pen,
    Style,
)
from salesdesk.documents.pieces import Drawn, Gap, Piece, TextLine, draw_line, measured, shrunk, text_pieces
from salesdesk.documents.stamp import STAMP_SIDE, Stamp
from salesdesk.records.language import Language

_ENTRIES = (Style(size=11.5, leading=25, bold=True), Style(size=10, leading=19))
_WATERMARK_SIZE, _WATERMARK_WIDTH = 150.0, 200 * MM


@dataclass
class Entry:
    """A heading in the contents. `page` is where it stands, known once everything is placed."""

    heading: TextLine
    number: int
    title: Sequence[Line]
    style: Style
    indent: float
    page: int = 0
    keep: bool = False
    head: Piece | None = None

    @property
    def height(self) -> float:
        """The style's leading for each line of the title."""
        return self.style.leading * len(self.title)

    def draw(self, pen: Pen, top: float) -> None:
        """The title, dots, the page; all of it leads there."""
        pen.link(self.number, SIDE, top, INNER, self.height)
        for line in self.title:
            draw_line(pen, line, self.style, SIDE + self.indent, top, INNER)
            top += self.style.leading
        top -= self.style.leading
        shown = measured(str(self.page), self.style, INNER, "")[0]
        em = self.style.size / 1000
        start, end = SIDE + self.indent + self.title[-1].width * em + 6, SIDE + INNER - shown.width * em - 6
        pen.dots(start, top + self.style.leading / 2 + 0.3 * self.style.size, end - start)
        draw_line(pen, shown, replace(self.style, align=Align.RIGHT), SIDE, top, INNER)

    def split(self, room: float) -> tuple[Piece, Piece] | None:
        """A line is not divided."""
        return None


@dataclass
class Paper:
    """A document being filled. `running` stands at the top of every page but the first, `footer` below all.

    A paper with a `cover` has nothing around its first page. A `watermark` lies under the text of all other pages.
    `stamp` names the paper and its version: with the digest of the content and a QR code of both it stands at
    the foot. `house` are the colours of a company in place of ours.
    """

    language: Language
    facts: Facts
    running: str = ""
    footer: str = ""
    pieces: list[Piece] = field(default_factory=list)
    cover: bool = False
    watermark: str = ""
    stamp: str = ""
    house: Mapping[Colour, Colour] = field(default_factory=dict)
    _contents: int | None = field(default=None, init=False)

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

    def new_page(self) -> None:
        """What follows starts a page."""
        self.pieces.append(Gap(HEIGHT))  # does not fit on any page, and vanishes at the top of the next

    def contents(self) -> None:
        """Put the contents here: a line for each heading that is added from now on."""
        self._contents = len(self.pieces)

    def add(self, *pieces: Piece) -> None:
        """Add pieces of any kind."""
        self.pieces += pieces

    def pdf(self) -> bytes:
        """The finished file: PDF/A-1b, the same bytes for the same content and date."""
        from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415  # on demand: a tenth of a second

        fonts.load()
        pages = self._paged()
        edges = [self._edges(number, len(pages)) for number in range(1, len(pages) + 1)]
        out = io.BytesIO()
        canvas = Canvas(
            out,
            pagesize=(WIDTH, HEIGHT),
            pageCompression=1,
            invariant=1,
            initialFontName=fonts.REGULAR,
            lang=self.language.tag,
        )
        pen, edge_pen = Pen(canvas, self.house), Pen(canvas, self.house)  # the digest is of what the first one writes
        watermark = _across(self.watermark)
        stamp = Stamp(canvas, _one_line(self.stamp, SMALL).line.text)
        for page, edge in zip(pages, edges, strict=True):
            if watermark and edge:
                edge_pen.slanted(*watermark)
            for piece, top in page:
                piece.draw(pen, top)
            for piece, top in edge:
                piece.draw(edge_pen, top)
            if edge:
                stamp.place()
            canvas.showPage()
        stamp.fill(pen.digest())
        canvas.save()
        places = [] if self.watermark else pen.places  # what is not approved cannot be signed
        return archived(out.getvalue(), self.facts, places)

    def _paged(self) -> list[list[tuple[Piece, float]]]:
        """The pieces on their pages, the contents among them."""
        headings = [piece for piece in self.pieces if isinstance(piece, TextLine) and piece.bookmark]
        at = len(self.pieces) if self._contents is None else self._contents
        later = {id(piece) for piece in self.pieces[at:]}
        entries = [_entry(h, number) for number, h in enumerate(headings, start=1) if id(h) in later]
        pages = _pages([*self.pieces[:at], *entries, *self.pieces[at:]])
        numbers = {id(piece): number for number, page in enumerate(pages, start=1) for piece, _ in page}
        for entry in entries:
            entry.page = numbers[id(entry.heading)]
        return pages

    def _edges(self, number: int, total: int) -> list[tuple[Piece, float]]:
        """Running head and footer of a page, a line each."""
        if self.cover and number == 1:
            return []
        count = self.language.pick("第{}页/共{}页", "Page {} of {}").format(number, total)
        top = HEIGHT - BOTTOM + 7 * MM
        room = INNER - STAMP_SIDE - 3 * MM if self.stamp else INNER
        counted = _one_line(count, replace(SMALL, align=Align.RIGHT), room)
        beside = room - counted.line.width * SMALL.size / 1000 - 4 * MM
        placed: list[tuple[Piece, float]] = [
            (Drawn(0, lambda pen, at: pen.rule(SIDE, at, room)), top - 4),
            (counted, top),
            (_one_line(self.footer, SMALL, beside), top),
        ]
        if number > 1 and self.running:
            placed.append((_one_line(self.running, SMALL), 10 * MM))
            placed.append((Drawn(0, lambda pen, at: pen.rule(SIDE, at, INNER)), 10 * MM + 16))
        return placed


def _entry(heading: TextLine, number: int) -> Entry:
    """What the contents say of a heading."""
    assert heading.bookmark
    title, level = heading.bookmark
    style = _ENTRIES[min(level, len(_ENTRIES) - 1)]
    indent = 18.0 * level
    return Entry(heading, number, measured(title, style, INNER - indent - 60, ""), style, indent)


def _across(text: str) -> tuple[str, float, Style] | None:
    """A watermark with its width, as large as the page allows."""
    if not text:
        return None
    style = Style(size=1, leading=1, bold=True, colour=FAINT)
    line = measured(text, style, math.inf, "watermark")[0]
    size = min(_WATERMARK_SIZE, _WATERMARK_WIDTH * 1000 / max(line.width, 1))
    return line.text, line.width * size / 1000, replace(style, size=size)


def _one_line(text: str, style: Style, room: float = INNER) -> TextLine:
    """A text in one line: in a smaller type where it is too long, and cut where that is not enough."""
    text = " ".join(text.split("\n"))
    style = shrunk(text, style, room, "company")
    lines = measured(text, style, room, "company")
    while len(lines) > 1:
        text = text[:-1].rstrip("… ")
        lines = measured(text + "…", style, room, "company")
    return TextLine(lines[0], style, SIDE, room)


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
