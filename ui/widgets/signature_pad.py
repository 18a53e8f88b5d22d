"""A field to sign in: with a pen that knows its pressure, a finger, or the mouse."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QTabletEvent
from PySide6.QtWidgets import QWidget

from salesdesk.documents.ink import Point

_MOUSE_PRESSURE = 0.5  # a mouse or a finger has none
_THINNEST, _THICKEST = 1.2, 5.0
_INK, _LINE, _GROUND = QColor(28, 33, 43), QColor(190, 198, 208), QColor("white")


class SignaturePad(QWidget):
    """Collects strokes. `changed` is emitted after each of them, and when they are taken away.

    White in both themes: it is a piece of the paper.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.strokes: list[list[Point]] = []
        self._drawing = False
        self._pen_is_down = False
        self.setMinimumSize(QSize(560, 220))
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setAccessibleName(self.tr("Sign here"))

    def clear(self) -> None:
        """Take everything away."""
        self._drawing = False
        self.strokes = []
        self.update()
        self.changed.emit()

    def undo(self) -> None:
        """Take the last stroke away."""
        self._drawing = False
        self.strokes = self.strokes[:-1]
        self.update()
        self.changed.emit()

    def tabletEvent(self, event: QTabletEvent) -> None:
        """A pen: with its pressure. Accepted, so that Qt makes no mouse events of it."""
        kind = event.type()
        if kind == event.Type.TabletPress:
            self._pen_is_down = True
            self._begin(event.position(), event.pressure())
        elif kind == event.Type.TabletMove and self._pen_is_down:
            self._go_on(event.position(), event.pressure())
        elif kind == event.Type.TabletRelease:
            self._pen_is_down = False
            self._end()
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The mouse, or a finger, which Qt makes mouse events of."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._begin(event.position(), _MOUSE_PRESSURE)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The stroke goes on."""
        self._go_on(event.position(), _MOUSE_PRESSURE)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The stroke ends."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._end()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A white field with a line to sign on, and what was drawn."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), _GROUND)
        painter.setPen(QPen(_LINE, 1))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        base = self.height() * 3 // 4
        painter.drawLine(24, base, self.width() - 24, base)
        for stroke in self.strokes:
            for a, b in pairwise([stroke[0], *stroke]):
                pressure = (a.pressure + b.pressure) / 2
                pen = QPen(_INK, _THINNEST + (_THICKEST - _THINNEST) * pressure)
                pen.setCapStyle(Qt.PenCapStyle.RoundCap)
                painter.setPen(pen)
                painter.drawLine(QPointF(a.x, a.y), QPointF(b.x, b.y))

    def _begin(self, at: QPointF, pressure: float) -> None:
        self._drawing = True
        self.strokes.append([Point(at.x(), at.y(), pressure)])
        self.update()

    def _go_on(self, at: QPointF, pressure: float) -> None:
        if self._drawing:
            self.strokes[-1].append(Point(at.x(), at.y(), pressure))
            self.update()

    def _end(self) -> None:
        if self._drawing:
            self._drawing = False
            self.changed.emit()
