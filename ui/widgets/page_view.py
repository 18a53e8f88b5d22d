"""The pages of a PDF below each other. Only those near the eye are drawn, so that a long paper takes no memory."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import cast

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

_AHEAD = 1  # pages above and below those on the screen
_KEPT = 6  # pages farther away give their picture back

Draw = Callable[[Sequence[int]], None]


class PageView(QScrollArea):
    """Asks `draw` for pictures of pages (numbers from 0) when they come into sight; `put` brings them."""

    def __init__(self, draw: Draw, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draw = draw
        self._sheets: list[QLabel] = []
        self._asked: set[int] = set()
        self._column = QVBoxLayout()
        self._column.setSpacing(16)
        self._column.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        inside = QWidget()
        inside.setLayout(self._column)
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setAccessibleName(self.tr("Pages of the paper"))
        self.verticalScrollBar().valueChanged.connect(self._look)
        self.verticalScrollBar().rangeChanged.connect(self._look)

    def show_pages(self, sizes: Sequence[QSize], first: Sequence[QImage]) -> None:
        """Lay out pages of these sizes in pixels; pictures of the first of them are there already."""
        while (item := self._column.takeAt(0)) is not None:
            cast("QWidget", item.widget()).deleteLater()
        self._sheets = []
        for number, size in enumerate(sizes, start=1):
            sheet = QLabel()
            sheet.setFixedSize(size + QSize(2, 2))  # its border
            sheet.setAccessibleName(self.tr("Page {number}").format(number=number))
            sheet.setProperty("look", "sheet")
            self._column.addWidget(sheet)
            self._sheets.append(sheet)
        self._asked = set(range(len(first)))
        self.put(range(len(first)), first)

    def put(self, numbers: Sequence[int], pictures: Sequence[QImage]) -> None:
        """Pictures of pages, as asked for."""
        for number, picture in zip(numbers, pictures, strict=True):
            if number < len(self._sheets):
                self._sheets[number].setPixmap(QPixmap.fromImage(picture))

    def count(self) -> int:
        """How many pages there are."""
        return len(self._sheets)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More or fewer pages are in sight."""
        super().resizeEvent(event)
        self._look()

    def _look(self) -> None:
        top, bottom = self.verticalScrollBar().value(), self.verticalScrollBar().value() + self.viewport().height()
        seen = [n for n, s in enumerate(self._sheets) if s.y() <= bottom and s.y() + s.height() >= top]
        if not seen:
            return
        wanted = range(max(0, seen[0] - _AHEAD), min(len(self._sheets), seen[-1] + 1 + _AHEAD))
        for number in [n for n in self._asked if not seen[0] - _KEPT <= n <= seen[-1] + _KEPT]:
            self._asked.discard(number)
            self._sheets[number].clear()
        if missing := [number for number in wanted if number not in self._asked]:
            self._asked.update(missing)
            self._draw(missing)
