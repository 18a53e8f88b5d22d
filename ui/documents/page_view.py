"""The pages of a PDF below each other. Only those near the eye are there at all: a paper may have thousands."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from itertools import accumulate

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QLabel, QScrollArea, QWidget

_AHEAD = 1  # pages above and below those on the screen
_KEPT = 6  # pages farther away give their picture back
_GAP = 16
_BORDER = QSize(2, 2)

Draw = Callable[[Sequence[int]], None]


class PageView(QScrollArea):
    """Asks `draw` for pictures of pages (numbers from 0) when they come into sight; `put` brings them.

    `looked_at` names the page in the middle of the view, from 1; `zoomed` asks for larger (1) or smaller (-1) pages.
    """

    looked_at = Signal(int)
    zoomed = Signal(int)

    def __init__(self, draw: Draw, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draw = draw
        self._sizes: list[QSize] = []
        self._tops: list[int] = []
        self._width = 0
        self._sheets: dict[int, QLabel] = {}
        self._inside = QWidget()
        self.setWidget(self._inside)
        self.setWidgetResizable(True)
        self.setAccessibleName(self.tr("Pages of the paper"))
        self.verticalScrollBar().valueChanged.connect(self._look)
        self.verticalScrollBar().rangeChanged.connect(self._look)

    def show_pages(self, sizes: Sequence[QSize], first: Sequence[QImage]) -> None:
        """Lay out pages of these sizes in pixels; pictures of the first of them are there already."""
        for number in list(self._sheets):
            self._take_away(number)
        self._sizes = [size + _BORDER for size in sizes]
        *self._tops, height = accumulate((size.height() + _GAP for size in self._sizes), initial=_GAP)
        self._width = max((size.width() for size in self._sizes), default=0) + 2 * _GAP
        for number in range(len(first)):
            self._lay(number)
        self.put(range(len(first)), first)
        self._inside.setMinimumSize(self._width, height)
        self._inside.resize(max(self._width, self.viewport().width()), height)  # the scroll bar knows it at once
        self._look()

    def put(self, numbers: Sequence[int], pictures: Sequence[QImage]) -> None:
        """Pictures of pages, as asked for."""
        for number, picture in zip(numbers, pictures, strict=True):
            if number in self._sheets:
                self._sheets[number].setPixmap(QPixmap.fromImage(picture))

    def count(self) -> int:
        """How many pages there are."""
        return len(self._sizes)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More or fewer pages are in sight, and their middle is elsewhere."""
        super().resizeEvent(event)
        for number, sheet in self._sheets.items():
            sheet.setGeometry(self._place(number))
        self._look()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """With Ctrl, larger or smaller."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoomed.emit(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def _look(self) -> None:
        if not self._sizes:
            return
        top = self.verticalScrollBar().value()
        bottom = top + self.viewport().height()
        seen = range(max(0, bisect_right(self._tops, top) - 1), max(1, bisect_left(self._tops, bottom)))
        for number in [n for n in self._sheets if not seen.start - _KEPT <= n < seen.stop + _KEPT]:
            self._take_away(number)
        wanted = range(max(0, seen.start - _AHEAD), min(self.count(), seen.stop + _AHEAD))
        if missing := [number for number in wanted if number not in self._sheets]:
            for number in missing:
                self._lay(number)
            self._draw(missing)
        self.looked_at.emit(max(1, bisect_right(self._tops, (top + bottom) // 2)))

    def _lay(self, number: int) -> None:
        sheet = QLabel(self._inside)
        sheet.setProperty("look", "sheet")
        sheet.setAccessibleName(self.tr("Page {number}").format(number=number + 1))
        sheet.setGeometry(self._place(number))
        sheet.show()
        self._sheets[number] = sheet

    def _place(self, number: int) -> QRect:
        size, width = self._sizes[number], max(self._width, self.viewport().width())
        return QRect(QPoint((width - size.width()) // 2, self._tops[number]), size)

    def _take_away(self, number: int) -> None:
        sheet = self._sheets.pop(number)
        sheet.hide()
        sheet.deleteLater()
