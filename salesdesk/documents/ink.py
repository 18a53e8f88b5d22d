"""A signature drawn by hand: strokes of a pen, and the little page that they and their caption make."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from salesdesk.documents import fonts
from salesdesk.documents.linebreak import Line
from salesdesk.documents.pen import GREY, INK, Style
from salesdesk.documents.pieces import measured

_THICKEST = 2.1  # points, at full pressure
_THINNEST = 0.5
_CAPTION = Style(size=5.5, leading=7.5, colour=GREY)
_CAPTION_SHARE = 0.42  # of the place's width
_SMOOTHING = 6.0  # a Catmull-Rom spline as Bézier curves: a sixth of the chord between the neighbours


@dataclass(frozen=True)
class Point:
    """Where the pen was, in units of the pad, heights downwards; pressure from 0 to 1."""

    x: float
    y: float
    pressure: float = 0.5


Stroke = Sequence[Point]


def appearance(strokes: Sequence[Stroke], caption: Sequence[str], width: float, height: float) -> bytes:
    """A PDF page of this size in points: the strokes as curves, and lines of small text beside them.

    Raises:
        UserError: `paper.missing_character` for a caption that cannot be printed.
    """
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415  # on demand, as in the page kit

    fonts.load()
    room = width * _CAPTION_SHARE - 4
    style = _CAPTION
    lines = _caption(caption, style, room)
    while len(lines) * style.leading > height:  # a long name takes a smaller type
        style = replace(style, size=style.size * 0.9, leading=style.leading * 0.9)
        lines = _caption(caption, style, room)
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(width, height), invariant=1, initialFontName=fonts.REGULAR)
    canvas.setLineCap(1)
    canvas.setStrokeColorRGB(*INK)
    for stroke in _placed(strokes, width * (1 - _CAPTION_SHARE), height):
        _draw(canvas, stroke)
    at = (height + len(lines) * style.leading) / 2 - style.size
    canvas.setFillColorRGB(*style.colour)
    canvas.setFont(style.font, style.size)
    for line in lines:
        canvas.drawString(width * (1 - _CAPTION_SHARE) + 4, at, line.text)
        at -= style.leading
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def _caption(texts: Sequence[str], style: Style, room: float) -> list[Line]:
    return [line for text in texts for line in measured(text, style, room, "signatory")]


def _placed(strokes: Sequence[Stroke], width: float, height: float) -> list[list[Point]]:
    """The strokes in points from the lower left corner, as large as the area allows and in its middle."""
    xs = [point.x for stroke in strokes for point in stroke]
    ys = [point.y for stroke in strokes for point in stroke]
    left, top, wide, high = min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)
    scale = min((width - 2 * _THICKEST) / max(wide, 1), (height - 2 * _THICKEST) / max(high, 1), height / 60)
    x0, y0 = (width - wide * scale) / 2, (height + high * scale) / 2
    return [[Point(x0 + (p.x - left) * scale, y0 - (p.y - top) * scale, p.pressure) for p in s] for s in strokes]


def _draw(canvas: object, stroke: Sequence[Point]) -> None:
    """One stroke; each piece as thick as the pen was pressed there."""
    if len(stroke) == 1:
        stroke = [stroke[0], stroke[0]]  # a dot: a line without length, with round ends
    around = [stroke[0], *stroke, stroke[-1]]
    for number, (a, b) in enumerate(pairwise(stroke)):
        before, after = around[number], around[number + 3]
        pressure = min(1.0, max(0.0, (a.pressure + b.pressure) / 2))
        canvas.setLineWidth(_THINNEST + (_THICKEST - _THINNEST) * pressure)  # type: ignore[attr-defined]  # untyped
        canvas.bezier(  # type: ignore[attr-defined]  # as above
            *(a.x, a.y),
            *(a.x + (b.x - before.x) / _SMOOTHING, a.y + (b.y - before.y) / _SMOOTHING),
            *(b.x - (after.x - a.x) / _SMOOTHING, b.y - (after.y - a.y) / _SMOOTHING),
            *(b.x, b.y),
        )
