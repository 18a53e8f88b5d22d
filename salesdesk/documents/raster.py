"""Pages as pixels, for the preview and the printer. PDFium draws them, form fields included."""

from __future__ import annotations

import math
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

from salesdesk.errors import UserError

_ONE_AT_A_TIME = threading.Lock()  # PDFium is not safe to use from two threads
_MOST_PIXELS = 60_000_000  # a page of 8,500 × 7,000: 240 MB
_POINTS_PER_INCH = 72


class PageImage(NamedTuple):
    """One page: width and height in pixels, rows from the top, four bytes a pixel (red, green, blue, 255)."""

    width: int
    height: int
    pixels: bytes


@contextmanager
def opened(pdf: bytes) -> Iterator[Any]:
    """The document, for one thread at a time. Raises `UserError` when the bytes are no PDF."""
    import pypdfium2  # noqa: PLC0415  # on demand

    with _ONE_AT_A_TIME:
        try:
            document = pypdfium2.PdfDocument(pdf)
        except pypdfium2.PdfiumError as error:
            raise UserError("paper.not_a_pdf") from error
        try:
            yield document
        finally:
            document.close()


def page_sizes(pdf: bytes, dpi: float) -> list[tuple[int, int]]:
    """Width and height of each page in pixels at a resolution in dots per inch. Raises `UserError` for no PDF."""
    with opened(pdf) as document:
        sizes = [document.get_page_size(number) for number in range(len(document))]
    return [(math.ceil(x * dpi / _POINTS_PER_INCH), math.ceil(y * dpi / _POINTS_PER_INCH)) for x, y in sizes]


def page_images(pdf: bytes, dpi: float, pages: Sequence[int] | None = None) -> list[PageImage]:
    """The pages (all, or those of the given numbers from 0) on white, at a resolution in dots per inch.

    A page that would have more than 60 million pixels is drawn coarser. Raises `UserError` when the bytes are no PDF
    and `IndexError` for a page that is not there.
    """
    with opened(pdf) as document:
        # without this, signature fields and their stamps would be missing
        document.init_forms()
        numbers = range(len(document)) if pages is None else pages
        return [_page_image(document, number, dpi / _POINTS_PER_INCH) for number in numbers]


def _page_image(document: Any, number: int, scale: float) -> PageImage:
    page = document[number]
    width, height = page.get_size()
    scale = min(scale, math.sqrt(_MOST_PIXELS / (width * height)))
    bitmap = page.render(
        scale=scale, fill_color=(255, 255, 255, 255), may_draw_forms=True, rev_byteorder=True, prefer_bgrx=True
    )
    try:
        row = bitmap.width * 4
        pixels = bytes(bitmap.buffer)
        if bitmap.stride != row:
            pixels = b"".join(pixels[y * bitmap.stride : y * bitmap.stride + row] for y in range(bitmap.height))
        return PageImage(bitmap.width, bitmap.height, pixels)
    finally:
        bitmap.close()
        page.close()
