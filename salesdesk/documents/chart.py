"""A bar chart of pairs, drawn as lines and areas: what something is today, and what it will be."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from salesdesk.documents.linebreak import Line
from salesdesk.documents.pen import ACCENT, GREY, HAIRLINE, INK, INNER, SIDE, TINT, Align, Colour, Pen, Style
from salesdesk.documents.pieces import Drawn, draw_line, measured

_BEFORE: Colour = (0.70, 0.75, 0.82)
_LABEL = Style(size=9, leading=12.5)
_FIGURE = Style(size=8.5, leading=11, colour=INK)
_NAMING = 118.0
_BAR, _ROW = 9.0, 38.0
_LABEL_LINES, _LABEL_CHARACTERS = 2, 120
_TILE, _TILE_GAP = 64.0, 10.0


@dataclass(frozen=True)
class Pair:
    """A row of the chart. The texts are the values as people read them."""

    label: str
    before: int
    after: int
    before_text: str
    after_text: str


def bars(pairs: Sequence[Pair], before: str, after: str, place: str) -> list[Drawn]:
    """A legend and a row for each pair, all in one scale; as many as a page holds stay together.

    `before` and `after` are the words of the legend, `place` names the field of the labels.
    """
    figures = [(_figure(pair.before_text), _figure(pair.after_text)) for pair in pairs]
    widest = max((line.width for both in figures for line in both), default=0) * _FIGURE.size / 1000
    longest = max((max(pair.before, pair.after) for pair in pairs), default=0)
    room = INNER - _NAMING - widest - 12
    rows = [_legend(before, after)]
    for pair, (before_figure, after_figure) in zip(pairs, figures, strict=True):
        label = clipped(pair.label, _LABEL, _NAMING - 12, _LABEL_LINES, place)
        lengths = [max(0.0, room * value / longest) if longest else 0.0 for value in (pair.before, pair.after)]
        rows.append(_row(label, list(zip(lengths, (before_figure, after_figure), (_BEFORE, ACCENT), strict=True))))
    for row in rows[:-1]:
        row.keep = True
    return rows


def tiles(figures: Sequence[tuple[str, str]]) -> Drawn:
    """Key figures side by side: a large value above what it is."""
    width = (INNER - _TILE_GAP * (len(figures) - 1)) / len(figures)
    name_style = Style(size=9, leading=14, colour=GREY, align=Align.CENTRE)
    large = Style(size=19, leading=28, bold=True, colour=ACCENT, align=Align.CENTRE)
    drawn = [
        (measured(value, large, math.inf, "")[0], measured(name, name_style, width - 8, "")[0])
        for name, value in figures
    ]
    widest = max(line.width for line, _ in drawn) or 1
    large = replace(large, size=min(large.size, (width - 12) * 1000 / widest))

    def picture(pen: Pen, top: float) -> None:
        for number, (line, name) in enumerate(drawn):
            x = SIDE + number * (width + _TILE_GAP)
            pen.fill(x, top, width, _TILE, TINT)
            pen.fill(x, top, width, 2, ACCENT)
            draw_line(pen, line, large, x, top + 11, width)
            draw_line(pen, name, name_style, x, top + 41, width)

    return Drawn(_TILE, picture)


def clipped(text: str, style: Style, room: float, most: int, place: str) -> Sequence[Line]:
    """At most so many lines; what is left out shows as an ellipsis."""
    lines = measured(" ".join(text.split()), style, room, place)
    kept = " ".join(text.split())[:_LABEL_CHARACTERS]
    while len(lines) > most:
        kept = kept[:-1]
        lines = measured(kept + "…", style, room, place)
    return lines


def _figure(text: str) -> Line:
    return measured(text, _FIGURE, math.inf, "")[0]


def _legend(before: str, after: str) -> Drawn:
    words = [
        (measured(word, _LABEL, INNER / 3, "")[0], colour) for word, colour in ((before, _BEFORE), (after, ACCENT))
    ]

    def picture(pen: Pen, top: float) -> None:
        x = SIDE + _NAMING
        for line, colour in words:
            pen.fill(x, top + 2.5, 8, 8, colour)
            draw_line(pen, line, _LABEL, x + 13, top, INNER)
            x += 13 + line.width * _LABEL.size / 1000 + 22

    return Drawn(20, picture, keep=True)


def _row(label: Sequence[Line], both: Sequence[tuple[float, Line, Colour]]) -> Drawn:
    def picture(pen: Pen, top: float) -> None:
        at = top + (_ROW - len(label) * _LABEL.leading) / 2
        for line in label:
            draw_line(pen, line, replace(_LABEL, align=Align.RIGHT), SIDE, at, _NAMING - 10)
            at += _LABEL.leading
        pen.upright(SIDE + _NAMING, top, _ROW, HAIRLINE, 0.9)
        at = top + (_ROW - 2 * _BAR - 3) / 2
        for length, figure, colour in both:
            pen.fill(SIDE + _NAMING, at, length, _BAR, colour)
            draw_line(pen, figure, _FIGURE, SIDE + _NAMING + length + 5, at - 1, INNER)
            at += _BAR + 3

    return Drawn(_ROW, picture)
