"""Lengths, colours and styles of a page, and the pen that draws with them on a reportlab canvas.

Lengths are in points; heights run downwards from the top edge of the page.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType
from typing import Any

from salesdesk.documents import fonts
from salesdesk.documents.quotes import as_typed

MM = 72 / 25.4
WIDTH, HEIGHT = 210 * MM, 297 * MM
SIDE, TOP, BOTTOM = 22 * MM, 20 * MM, 22 * MM
INNER = WIDTH - 2 * SIDE

Colour = tuple[float, float, float]
INK: Colour = (0.11, 0.13, 0.17)
GREY: Colour = (0.38, 0.42, 0.48)
HAIRLINE: Colour = (0.76, 0.79, 0.83)
ACCENT: Colour = (0.09, 0.30, 0.56)
GROUND: Colour = (0.055, 0.145, 0.285)
GLOW: Colour = (0.13, 0.27, 0.47)
GOLD: Colour = (0.91, 0.70, 0.30)
TINT: Colour = (0.95, 0.96, 0.98)
FAINT: Colour = (0.92, 0.93, 0.945)

# A Latin word or number but for its last character, after which there is a gap again; with our narrow quotation marks
INSIDE = re.compile("[!-~\u00a1-\u024f\U0010fff0-\U0010fff3]+(?=[!-~\u00a1-\u024f\U0010fff0-\U0010fff3])")
_SLOPE = 52.0  # degrees; a little less than the diagonal of the page


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


@dataclass(frozen=True)
class Place:
    """Where a paper is to be signed: `side` counts from 0, the page too; the area is in points from below left."""

    side: int
    page: int
    area: tuple[float, float, float, float]


class Pen:
    """Draws on the page of a reportlab canvas, and keeps account of what it wrote there.

    `house` says which colours a company has in place of ours; `places` fills with where it is to be signed.
    """

    def __init__(self, canvas: Any, house: Mapping[Colour, Colour] = MappingProxyType({})) -> None:
        self._canvas = canvas
        self._house = house
        self.places: list[Place] = []
        self._bookmarks = 0
        self._written = hashlib.sha256()

    def colour(self, ours: Colour) -> Colour:
        """The company's colour for one of ours."""
        return self._house.get(ours, ours)

    def line_of_text(
        self, text: str, x: float, top: float, style: Style, gap: float = 0, within: float | None = None
    ) -> None:
        """One line in a box of the style's leading; `gap` is added between its characters, `within` in Latin words."""
        if not text:
            return
        self._written.update(as_typed(text).replace(" ", "").encode())
        # the middle of a Chinese character lies 0.38 of the type size above the base line
        base = HEIGHT - top - style.leading / 2 - 0.38 * style.size
        writer = self._canvas.beginText(x, base)
        writer.setFont(style.font, style.size)
        writer.setFillColorRGB(*self.colour(style.colour))
        if gap:
            done = 0
            for word in INSIDE.finditer(text) if within not in {None, gap} else ():
                writer.setCharSpace(gap)
                writer.textOut(text[done : word.start()])
                writer.setCharSpace(within)
                writer.textOut(word[0])
                done = word.end()
            writer.setCharSpace(gap)
            writer.textOut(text[done:])
            writer.setCharSpace(0)
        else:
            writer.textOut(text)
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
        self._canvas.setFillColorRGB(*self.colour(colour))
        self._canvas.rect(x, HEIGHT - top - height, width, height, stroke=0, fill=1)

    def box(self, x: float, top: float, side: float, colour: Colour = INK, *, ticked: bool = False) -> None:
        """A square to tick; drawn, because the fonts have no such character."""
        self._stroke(colour, 0.9)
        self._canvas.rect(x, HEIGHT - top - side, side, side, stroke=1, fill=0)
        if ticked:
            self._stroke(colour, 1.6)
            path = self._canvas.beginPath()
            path.moveTo(x + 0.2 * side, HEIGHT - top - 0.5 * side)
            path.lineTo(x + 0.42 * side, HEIGHT - top - 0.75 * side)
            path.lineTo(x + 0.82 * side, HEIGHT - top - 0.22 * side)
            self._canvas.drawPath(path, stroke=1, fill=0)

    def place(self, side: int, x: float, top: float, width: float, height: float) -> None:
        """Note that this side signs here."""
        bottom = HEIGHT - top - height
        self.places.append(Place(side, self._canvas.getPageNumber() - 1, (x, bottom, x + width, bottom + height)))

    def picture(self, png: bytes, x: float, top: float, width: float, height: float) -> None:
        """A picture without transparent parts, stretched to the area."""
        from reportlab.lib.utils import ImageReader  # noqa: PLC0415  # on demand, as reportlab itself

        self._canvas.drawImage(ImageReader(io.BytesIO(png)), x, HEIGHT - top - height, width, height)

    def dots(self, x: float, top: float, width: float) -> None:
        """A dotted line; its dots stand below those of the line above when both end at the same place."""
        self._canvas.saveState()
        self._stroke(GREY, 0.9)
        self._canvas.setLineCap(1)
        self._canvas.setDash([0, 4.5])
        self._canvas.line(x + width, HEIGHT - top, x, HEIGHT - top)
        self._canvas.restoreState()

    def slanted(self, text: str, width: float, style: Style) -> None:
        """A line of text across the middle of the page, rising; `width` is its own."""
        self._canvas.saveState()
        self._canvas.translate(WIDTH / 2, HEIGHT / 2)
        self._canvas.rotate(_SLOPE)
        writer = self._canvas.beginText(-width / 2, -0.38 * style.size)
        writer.setFont(style.font, style.size)
        writer.setFillColorRGB(*self.colour(style.colour))
        writer.textOut(text)
        self._canvas.drawText(writer)
        self._canvas.restoreState()

    def link(self, bookmark: int, x: float, top: float, width: float, height: float) -> None:
        """An area that leads to the bookmark of this number, counted from 1 through the paper."""
        area = (x, HEIGHT - top - height, x + width, HEIGHT - top)
        # flag 4: the archive form wants every area to be printable
        self._canvas.linkRect("", f"b{bookmark}", area, relative=1, Border="[0 0 0]", F=4)

    def digest(self) -> str:
        """SHA-256 over all that was written so far, without blanks and line breaks, as upper-case hex."""
        return self._written.hexdigest().upper()

    def bookmark(self, title: str, level: int, top: float) -> None:
        """An entry of the document's outline that leads to this height of the page."""
        self._bookmarks += 1
        key = f"b{self._bookmarks}"
        # without an explicit place some viewers complain about each entry
        self._canvas.bookmarkPage(key, fit="XYZ", left=0, top=HEIGHT - top, zoom=0)
        self._canvas.addOutlineEntry(title, key, level)

    def _stroke(self, colour: Colour, thickness: float) -> None:
        self._canvas.setStrokeColorRGB(*self.colour(colour))
        self._canvas.setLineWidth(thickness)
