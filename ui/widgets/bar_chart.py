"""Bars with their names and values: painted, so that nothing of a scene outlives its page."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.core import theme

_HEIGHT = 190
_TEXT = 20
_WIDEST = 72


class BarChart(QWidget):
    """One bar for each value, as high as its share of the largest."""

    def __init__(self, labels: Sequence[str], values: Sequence[float], shown: Sequence[str], tone: str) -> None:
        """`shown` are the values in words; `tone` names a colour of the theme."""
        super().__init__()
        self.labels, self.values, self.shown, self.tone = list(labels), list(values), list(shown), tone
        self.setFixedHeight(_HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Value above, bar, name below."""
        tokens = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        step = self.width() / max(1, len(self.values))
        room = self.height() - 2 * _TEXT
        largest = max(*self.values, 1)
        for place, (label, value, text) in enumerate(zip(self.labels, self.values, self.shown, strict=True)):
            cell = QRectF(place * step, 0, step, self.height())
            height = room * value / largest
            width = min(step * 0.6, _WIDEST)
            bar = QRectF(cell.center().x() - width / 2, _TEXT + room - height, width, height)
            painter.fillRect(bar, QColor(getattr(tokens, self.tone)))
            painter.setPen(QColor(tokens.muted))
            top = QRectF(cell.x(), bar.top() - _TEXT, step, _TEXT)
            painter.drawText(top, Qt.AlignmentFlag.AlignCenter, text)
            below = QRectF(cell.x(), self.height() - _TEXT, step, _TEXT)
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, label)
        painter.setPen(QColor(tokens.line))
        painter.drawLine(0, _TEXT + room, self.width(), _TEXT + room)
