"""The cover of a paper: its title on a dark ground, and below it for whom, from whom and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from salesdesk.documents.house import Logo
from salesdesk.documents.linebreak import Line
from salesdesk.documents.pen import (
    BOTTOM,
    GLOW,
    GOLD,
    GREY,
    GROUND,
    HEIGHT,
    INK,
    INNER,
    SIDE,
    SMALL,
    TOP,
    WIDTH,
    Colour,
    Pen,
    Style,
)
from salesdesk.documents.pieces import Drawn, draw_line, measured

_WHITE: Colour = (1, 1, 1)
_PALE: Colour = (0.66, 0.76, 0.90)

_GROUND_SHARE = 0.64  # of the page's height; more when the title needs it
_TITLE_TOP = 236.0
_LOGO, _PLATE = (170.0, 48.0), 9.0  # largest size; the white around it
_STUB = 0.25  # of the line before: a last line that is shorter looks forgotten
_BARS, _BAR_WIDTH, _BAR_STEP, _BAR_RISE = 8, 26.0, 37.0, 27.0
_HIGH, _MOST_LINES = 1.42, 3  # leading of a large type; lines until a smaller one is taken


@dataclass(frozen=True)
class Cover:
    """What stands on a cover. `facts` are labels and values in a row; `kind` says what sort of paper it is."""

    kind: str
    title: str
    company: str
    recipient_label: str
    recipient: str
    facts: Sequence[tuple[str, str]]
    reach: str
    logo: Logo | None = None


def cover(said: Cover) -> Drawn:
    """A page of its own; long titles and names are set smaller rather than cut."""
    title, title_style = _fitting(said.title, (36, 29, 22, 16), _WHITE, "subject")
    recipient, recipient_style = _fitting(said.recipient, (19, 15, 11), INK, "name")
    company, company_style = _fitting(said.company, (14, 11), _WHITE, "company")
    kind_style = Style(size=12, leading=20, colour=GOLD, bold=True)
    kind = measured(said.kind, kind_style, INNER, "")[0]
    name_style = Style(size=9, leading=15, colour=GREY)
    fact_style = Style(size=12, leading=19, bold=True)
    width = INNER / max(1, len(said.facts))
    facts = [
        (measured(name, name_style, width - 8, "")[0], measured(value, fact_style, width - 8, "")[0])
        for name, value in said.facts
    ]
    recipient_label = measured(said.recipient_label, name_style, INNER, "")[0]
    reach = measured(said.reach, SMALL, INNER, "company")
    title_bottom = _TITLE_TOP + len(title) * title_style.leading
    ground = max(_GROUND_SHARE * HEIGHT, title_bottom + 56)

    name_top = 40 + said.logo.within(*_LOGO)[1] + 2 * _PLATE + 18 if said.logo else 62.0

    def picture(pen: Pen, _top: float) -> None:
        _backdrop(pen, ground)
        if said.logo is not None:
            wide, high = said.logo.within(*_LOGO)
            pen.fill(SIDE, 40, wide + 2 * _PLATE, high + 2 * _PLATE, _WHITE)
            pen.picture(said.logo.png, SIDE + _PLATE, 40 + _PLATE, wide, high)
        if said.company:
            pen.fill(SIDE, name_top, 4, len(company) * company_style.leading, GOLD)
        _lines(pen, company, company_style, name_top, SIDE + 14)
        pen.line_of_text(kind.text, SIDE, _TITLE_TOP - 40, kind_style, gap=3)
        _lines(pen, title, title_style, _TITLE_TOP)
        pen.fill(SIDE, title_bottom + 18, 64, 3, GOLD)
        at = ground + 40
        if said.recipient:
            at = _lines(pen, [recipient_label], name_style, at)
            at = _lines(pen, recipient, recipient_style, at + 2) + 22
        for number, (name, value) in enumerate(facts):
            _lines(pen, [name], name_style, at, SIDE + number * width)
            _lines(pen, [value], fact_style, at + name_style.leading, SIDE + number * width)
        _lines(pen, reach, SMALL, HEIGHT - 46 - len(reach) * SMALL.leading)

    return Drawn(HEIGHT - TOP - BOTTOM, picture)


def _backdrop(pen: Pen, ground: float) -> None:
    """The dark ground to the page's edges, with bars that rise to the right in a lighter shade each."""
    dark, light = pen.colour(GROUND), pen.colour(GLOW)
    pen.fill(0, 0, WIDTH, ground, dark)
    for number in range(1, _BARS + 1):
        share = number / _BARS
        shade = tuple(a + (b - a) * share * share for a, b in zip(dark, light, strict=True))
        height = 18 + _BAR_RISE * number * (0.55 + 0.45 * share)
        x = WIDTH - (_BARS - number + 1) * _BAR_STEP + (_BAR_STEP - _BAR_WIDTH)
        pen.fill(x, ground - height, _BAR_WIDTH, height, (shade[0], shade[1], shade[2]))


def _fitting(text: str, sizes: Sequence[float], colour: Colour, place: str) -> tuple[Sequence[Line], Style]:
    """The lines of a text in the largest type that needs few of them and leaves no stub, else in the smallest."""
    for size in sizes:
        style = Style(size=size, leading=size * _HIGH, bold=True, colour=colour)
        lines = measured(text, style, INNER - 14, place)
        stub = len(lines) > 1 and lines[-1].width < _STUB * lines[-2].width
        if len(lines) <= _MOST_LINES and not stub:
            break
    return lines, style


def _lines(pen: Pen, lines: Sequence[Line], style: Style, top: float, x: float = SIDE) -> float:
    """Lines below each other; returns the height below the last."""
    for line in lines:
        draw_line(pen, line, style, x, top, INNER)
        top += style.leading
    return top
