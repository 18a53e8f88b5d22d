"""A field to sign in: with a pen that knows its pressure, a finger, or the mouse."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from math import ceil

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent, QTabletEvent
from PySide6.QtWidgets import QWidget

from salesdesk.documents.ink import Point

_MOUSE_PRESSURE = 0.5  # a mouse or a finger has none
_SMALLEST = 30  # pixels from one end to the other, across and down
_THINNEST, _THICKEST = 1.2, 5.0
_INK, _LINE, _GROUND = QColor(28, 33, 43), QColor(190, 198, 208), QColor("white")


class SignaturePad(QWidget):
    """Collects strokes. `changed` is emitted after each of them, and when they are taken away.

    While a pen is down, what else touches the screen is the hand that holds it. White in both themes: it is a piece
    of the paper.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.strokes: list[list[Point]] = []
        self._drawing = False
        self._pen_is_down = False
        self._ink = QPixmap()  # what was drawn: drawing all of it anew for each point would fall behind the pen
        self.setMinimumSize(QSize(560, 220))
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setAccessibleName(self.tr("Sign here"))

    def is_signed(self) -> bool:
        """Whether it is more than a dot that a hand left by mistake."""
        xs, ys = ([getattr(p, side) for stroke in self.strokes for p in stroke] for side in "xy")
        return bool(xs) and max(xs) - min(xs) + max(ys) - min(ys) >= _SMALLEST

    def clear(self) -> None:
        """Take everything away."""
        self._drawing = self._pen_is_down = False
        self.strokes = []
        self._draw_anew()
        self.changed.emit()

    def undo(self) -> None:
        """Take the last stroke away."""
        self._drawing = False
        self.strokes = self.strokes[:-1]
        self._draw_anew()
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
        if event.button() == Qt.MouseButton.LeftButton and not self._pen_is_down:
            self._begin(event.position(), _MOUSE_PRESSURE)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The stroke goes on."""
        if not self._pen_is_down:
            self._go_on(event.position(), _MOUSE_PRESSURE)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The stroke ends."""
        if event.button() == Qt.MouseButton.LeftButton and not self._pen_is_down:
            self._end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The ink has the size of the field."""
        super().resizeEvent(event)
        self._draw_anew()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A white field with a line to sign on, and what was drawn."""
        if self._ink.devicePixelRatio() != self.devicePixelRatioF():  # on another screen by now
            self._draw_anew()
        painter = QPainter(self)
        painter.fillRect(event.rect(), _GROUND)
        painter.setPen(QPen(_LINE, 1))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        base = self.height() * 3 // 4
        painter.drawLine(24, base, self.width() - 24, base)
        painter.drawPixmap(0, 0, self._ink)

    def _draw_anew(self) -> None:
        """All strokes, on a sheet of the field's size."""
        ratio = self.devicePixelRatioF()
        self._ink = QPixmap((QSizeF(self.size()) * ratio).toSize())
        self._ink.setDevicePixelRatio(ratio)
        self._ink.fill(Qt.GlobalColor.transparent)
        for stroke in self.strokes:
            self._draw(pairwise([stroke[0], *stroke]))
        self.update()

    def _draw(self, pieces: Iterable[tuple[Point, Point]]) -> None:
        """Put pieces of a stroke on the sheet, each as thick as the pen was pressed."""
        painter = QPainter(self._ink)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for a, b in pieces:
            pressure = (a.pressure + b.pressure) / 2
            pen = QPen(_INK, _THINNEST + (_THICKEST - _THINNEST) * pressure)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            painter.drawLine(QPointF(a.x, a.y), QPointF(b.x, b.y))
        painter.end()

    def _begin(self, at: QPointF, pressure: float) -> None:
        self._drawing = True
        point = Point(at.x(), at.y(), pressure)
        self.strokes.append([point])
        self._add(point, point)

    def _go_on(self, at: QPointF, pressure: float) -> None:
        if self._drawing:
            before, point = self.strokes[-1][-1], Point(at.x(), at.y(), pressure)
            self.strokes[-1].append(point)
            self._add(before, point)

    def _add(self, a: Point, b: Point) -> None:
        self._draw([(a, b)])
        touched = QRectF(QPointF(a.x, a.y), QPointF(b.x, b.y)).normalized().toAlignedRect()
        margin = ceil(_THICKEST)
        self.update(touched.adjusted(-margin, -margin, margin, margin))

    def _end(self) -> None:
        if self._drawing:
            self._drawing = False
            self.changed.emit()
