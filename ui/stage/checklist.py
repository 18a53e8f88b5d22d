"""本阶段检查: what the toolkit asks of a stage, and how far the customer has come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.core import theme
from ui.widgets.card import Card, clear
from ui.widgets.labels import PlainLabel
from ui.widgets.tone_colours import tone_colours


@dataclass(frozen=True)
class Check:
    """One line: its sentence, and whether it is done."""

    text: str
    done: bool


class Meter(QWidget):
    """A thin bar from 0 to 1."""

    def __init__(self, height: int = 6, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.share = 0.0
        self.tone = "ok"
        self.faint = False
        self.setFixedHeight(height)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The track, then the part that is filled; a faint bar is an outline."""
        t = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        track = QRectF(self.rect())
        radius = track.height() / 2
        painter.setBrush(QColor(t.line))
        painter.drawRoundedRect(track, radius, radius)
        if self.share <= 0:
            return
        filled = QRectF(track)
        filled.setWidth(max(track.height(), track.width() * min(1.0, self.share)))
        ground, ink = tone_colours(self.tone)
        painter.setBrush(QColor(ground if self.faint else ink))
        if self.faint:
            painter.setPen(QPen(QColor(ink), 1))
            filled.adjust(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(filled, radius, radius)


class Mark(QWidget):
    """A filled circle with a tick, or an empty circle."""

    def __init__(self, *, done: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.done = done
        self.setFixedSize(QSize(16, 16))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the circle."""
        t = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        circle = QRectF(2, 2, 12, 12)
        if not self.done:
            painter.setPen(QPen(QColor(t.muted), 1.3))
            painter.drawEllipse(circle.adjusted(0.5, 0.5, -0.5, -0.5))
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(t.ok))
        painter.drawEllipse(circle)
        painter.setPen(QPen(QColor(t.card), 1.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawPolyline(
            [QRectF(5, 8, 0, 0).topLeft(), QRectF(7.2, 10.2, 0, 0).topLeft(), QRectF(11, 6, 0, 0).topLeft()]
        )


class Checklist(Card):
    """The card: `n / m`, a meter, and a line for each item."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.meter = Meter()
        self.body.addWidget(self.meter)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(5)
        self.body.addLayout(self._lines)
        self.checks: list[Check] = []
        self.show_checks([])

    def show_checks(self, checks: Sequence[Check]) -> None:
        """Show the items as they stand."""
        self.checks = list(checks)
        done = sum(check.done for check in checks)
        self.set_title(self.tr("Checks of this stage") + f"  {done} / {len(checks)}")
        self.meter.share = done / len(checks) if checks else 0.0
        self.meter.update()
        clear(self._lines)
        for check in checks:
            state = self.tr("done") if check.done else self.tr("open")
            self._lines.addWidget(check_line(check, f"{check.text}: {state}"))


def check_line(check: Check, spoken: str) -> QWidget:
    """The mark and the sentence of one item; `spoken` is what a screen reader says."""
    line = QWidget()
    layout = QHBoxLayout(line)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(8)
    text = PlainLabel(check.text, "muted" if check.done else "")
    text.setWordWrap(True)
    text.setAccessibleName(spoken)
    layout.addWidget(Mark(done=check.done), 0, Qt.AlignmentFlag.AlignTop)
    layout.addWidget(text, 1)
    return line
