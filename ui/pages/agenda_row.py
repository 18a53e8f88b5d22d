"""One line of 今日: what, for whom, how urgent; a click or Enter opens it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.widgets.labels import Chip, ElidedLabel


class AgendaRow(QFrame):
    """A line that can be clicked and reached by keyboard."""

    activated = Signal()

    def __init__(self, title: str, detail: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "row")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.title = ElidedLabel(title)
        self.detail = ElidedLabel(detail, "muted")
        if not detail:  # only ever hide here: what is shown without a parent is a window of its own
            self.detail.hide()
        self.grade = Chip()
        self.badge = Chip()
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addWidget(self.detail)
        self.line = QHBoxLayout(self)
        self.line.setContentsMargins(8, 6, 8, 6)
        self.line.setSpacing(8)
        self.line.addLayout(words, 1)
        self.line.addWidget(self.badge)
        self.line.addWidget(self.grade)
        self._name_it()

    def set_badge(self, text: str, tone: str) -> None:
        """Say how urgent it is."""
        self.badge.show_state(text, tone)
        self._name_it()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Taken here, so that the release comes here too."""
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click inside opens."""
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.activated.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter or the space bar opens."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.activated.emit()
        else:
            super().keyPressEvent(event)

    def _name_it(self) -> None:
        words = [self.title.text(), self.detail.text(), self.badge.text()]
        self.setAccessibleName(", ".join(filter(None, words)))
