"""Pages of a paper as pictures: for the screen, and one after the other onto a printer."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPageLayout, QPainter
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from salesdesk.errors import EnvironmentFault, SalesDeskError
from ui.core.background import Desk

_PRINT_DPI = 300


def images(pdf: bytes, dpi: int, pages: Sequence[int] | None = None) -> list[QImage]:
    """Pages of a PDF (all, or those numbers from 0) as pictures on white, by PDFium: QtPdf leaves out signatures."""
    from salesdesk.documents.raster import page_images  # noqa: PLC0415  # only a preview needs PDFium

    return [
        QImage(pixels, width, height, width * 4, QImage.Format.Format_RGBX8888).copy()
        for width, height, pixels in page_images(pdf, dpi, pages)
    ]


class Printing:
    """One paper on its way to a printer. The worker draws a page at a time (35 MB each); the window goes on.

    `progress` is told the number of the page that is next, from 1; `ended` is told what went wrong, if anything did.
    """

    def __init__(
        self,
        desk: Desk,
        owner: QWidget,
        printer: QPrinter,
        pdf: bytes,
        count: int,
        progress: Callable[[int], None],
        ended: Callable[[SalesDeskError | None], None],
    ) -> None:
        """`owner` lives until the last of `count` pages is printed."""
        self._desk, self._owner, self._printer = desk, owner, printer
        self._pdf, self._count = pdf, count
        self._progress, self._ended = progress, ended
        self._painter = QPainter()

    def begin(self) -> None:
        """Start with the first page."""
        self._printer.setPageOrientation(QPageLayout.Orientation.Portrait)
        if self._painter.begin(self._printer):
            self._ask(0)
        else:
            self._ended(EnvironmentFault("paper.no_printer"))

    def _ask(self, number: int) -> None:
        pdf = self._pdf
        self._progress(number + 1)
        self._desk.query(
            self._owner,
            lambda _session: images(pdf, _PRINT_DPI, [number]),
            lambda pictures: self._take(number, pictures[0]),
            self._stop,
        )

    def _take(self, number: int, page: QImage) -> None:
        if number and not self._printer.newPage():
            self._stop(EnvironmentFault("paper.no_printer"))
            return
        paper = self._printer.pageRect(QPrinter.Unit.DevicePixel)
        size = QSize(page.width(), page.height()).scaled(paper.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
        self._painter.drawImage(QRectF(0, 0, size.width(), size.height()), page)
        if number + 1 < self._count:
            self._ask(number + 1)
        else:
            self._painter.end()
            self._ended(None)

    def _stop(self, error: SalesDeskError) -> None:
        self._printer.abort()
        self._painter.end()
        self._ended(error)
