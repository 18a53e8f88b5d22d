"""Pages of a paper as pictures: for the screen, and one after the other onto a printer."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QImage, QPageLayout, QPainter
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from salesdesk.errors import EnvironmentFault, SalesDeskError, UserError
from ui.core.background import Desk

_PRINT_DPI = 300


def images(pdf: bytes, dpi: int, pages: Sequence[int] | None = None) -> list[QImage]:
    """Pages of a PDF (all, or those numbers from 0) as pictures on white, by PDFium: QtPdf leaves out signatures."""
    from salesdesk.documents.raster import page_images  # noqa: PLC0415  # only a preview needs PDFium

    return [
        QImage(pixels, width, height, width * 4, QImage.Format.Format_RGBX8888).copy()
        for width, height, pixels in page_images(pdf, dpi, pages)
    ]


def sides(printer: QPrinter, count: int) -> list[int | None]:
    """What is printed of a paper of `count` pages, in order: numbers from 0; `None` is a side that stays empty.

    A range, several copies, sorted or not, and the last page first are as the person chose. Raises `UserError`
    `paper.no_such_pages`.
    """
    chosen = printer.pageRanges()
    if chosen.isEmpty():
        pages: list[int | None] = list(range(count))
    elif chosen.firstPage() < 1 or chosen.lastPage() > count:
        raise UserError("paper.no_such_pages", first=chosen.firstPage(), last=chosen.lastPage(), count=count)
    else:
        pages = [number for number in range(count) if chosen.contains(number + 1)]
    if printer.pageOrder() == QPrinter.PageOrder.LastPageFirst:
        pages.reverse()
    copies = 1 if printer.supportsMultipleCopies() else printer.copyCount()
    if not printer.collateCopies():
        return [page for page in pages for _ in range(copies)]
    if copies > 1 and printer.duplex() != QPrinter.DuplexMode.DuplexNone and len(pages) % 2:
        return [*[*pages, None] * (copies - 1), *pages]  # every copy begins on a sheet of its own
    return pages * copies


class Printing:
    """One paper on its way to a printer. The worker draws a page at a time (35 MB each); the window goes on.

    `progress` is told how many sides are handed over with the next one; `ended` is told what went wrong, if anything
    did.
    """

    def __init__(
        self,
        desk: Desk,
        owner: QWidget,
        printer: QPrinter,
        pdf: bytes,
        pages: Sequence[int | None],
        progress: Callable[[int], None],
        ended: Callable[[SalesDeskError | None], None],
    ) -> None:
        """`owner` lives until the last of the `pages` (see `sides`) is printed."""
        self._desk, self._owner, self._printer = desk, owner, printer
        self._pdf, self._pages = pdf, pages
        self._progress, self._ended = progress, ended
        self._painter = QPainter()

    def begin(self) -> None:
        """Start with the first page."""
        self._ask(0)

    def _ask(self, at: int) -> None:
        pdf, page = self._pdf, self._pages[at]
        self._progress(at + 1)
        self._desk.draw(  # it goes on while the program is locked: one prints, locks, and walks to the printer
            self._owner,
            lambda: [] if page is None else images(pdf, _PRINT_DPI, [page]),
            lambda pictures: self._take(at, pictures),
            self._stop,
        )

    def _take(self, at: int, pictures: Sequence[QImage]) -> None:
        for page in pictures:  # the sheet lies as the page does, from its beginning on
            wide = page.width() > page.height()
            lying = QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait
            self._printer.setPageOrientation(lying)
        if not (self._printer.newPage() if at else self._painter.begin(self._printer)):
            self._stop(EnvironmentFault("paper.no_printer"))
            return
        for page in pictures:
            self._draw(page)
        if at + 1 < len(self._pages):
            self._ask(at + 1)
        else:
            self._painter.end()
            self._ended(None)

    def _draw(self, page: QImage) -> None:
        """The whole page, as large as the paper allows, in its middle."""
        if self._printer.colorMode() == QPrinter.ColorMode.GrayScale:  # not every driver turns pictures grey
            page = page.convertToFormat(QImage.Format.Format_Grayscale8)
        paper = self._printer.pageRect(QPrinter.Unit.DevicePixel)
        size = QSizeF(page.size()).scaled(paper.size(), Qt.AspectRatioMode.KeepAspectRatio)
        left, top = (paper.width() - size.width()) / 2, (paper.height() - size.height()) / 2
        self._painter.drawImage(QRectF(QPointF(left, top), size), page)

    def _stop(self, error: SalesDeskError) -> None:
        if self._painter.isActive():
            self._printer.abort()
            self._painter.end()
        self._ended(error)
