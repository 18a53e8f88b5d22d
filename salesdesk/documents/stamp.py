"""The stamp at the foot of a page: what the paper is, the digest of its content, and a QR code of both.

It is a form that all pages share, because the digest is known only after the last of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from salesdesk.documents.pen import BOTTOM, GREY, HEIGHT, INK, INNER, MM, SIDE, Pen, Style
from salesdesk.documents.quotes import as_typed

STAMP_SIDE = 14 * MM

_TEXT = Style(size=6, leading=9, colour=GREY)
_FORM = "stamp"


class Stamp:
    """The stamp of one paper on a reportlab canvas; nothing at all without a `name`, which must be printable."""

    def __init__(self, canvas: Any, name: str) -> None:
        self._canvas = canvas
        self._name = name

    def place(self) -> None:
        """Stand on the page that is being drawn."""
        if self._name:
            self._canvas.doForm(_FORM)

    def fill(self, digest: str) -> None:
        """Say what stands on all pages where it was placed."""
        if not self._name:
            return
        self._canvas.beginForm(_FORM)
        Pen(self._canvas).line_of_text(f"{self._name}    SHA-256 {digest}", SIDE, HEIGHT - BOTTOM + 11.5 * MM, _TEXT)
        self._canvas.setFillColorRGB(*INK)
        path = self._canvas.beginPath()
        x, top = SIDE + INNER - STAMP_SIDE, HEIGHT - BOTTOM + 3 * MM
        for left, upper, width, height in _bars(f"{as_typed(self._name)} SHA-256 {digest}"):
            path.rect(x + left, HEIGHT - top - upper - height, width, height)
        self._canvas.drawPath(path, stroke=0, fill=1)
        self._canvas.endForm()


def _bars(text: str) -> Iterator[tuple[float, float, float, float]]:
    """The dark parts of a QR code, one a run of modules: left, top, width and height."""
    import segno  # noqa: PLC0415  # on demand, as reportlab itself

    # The encoding is said outright, also in the code: readers take Chinese for Japanese. One mask is as good as any
    # other for a digest, which is random already; trying all eight takes as long as a third of a letter.
    code = segno.make_qr(text, error="M", boost_error=False, encoding="utf-8", eci=not text.isascii(), mask=0)
    side = STAMP_SIDE / len(code.matrix)
    for number, modules in enumerate(code.matrix):
        at = 0
        for dark, run in groupby(modules):
            length = len(list(run))
            if dark:
                yield at * side, number * side, length * side, side
            at += length
