"""One line of 今日: what, for whom, how urgent; a click or Enter opens it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.widgets.badges import GRADE_TONES, Badge
from ui.widgets.labels import Chip, ElidedLabel, plain_tooltip


@dataclass(frozen=True)
class Line:
    """What a row shows, of a record by which it is told from the others of its card.

    `entity` names the form to open, empty for the customer's own page; with `tick` there is a box of that name,
    `remark` is what a tooltip adds.
    """

    record_id: str
    customer_id: str
    entity: str
    title: str
    detail: str = ""
    grade: str = ""
    badge: Badge | None = None
    tick: str = ""
    remark: str = ""


class AgendaRow(QFrame):
    """A line that can be clicked and reached by keyboard. `activated(Line)` opens, `ticked(Line)` says it is done."""

    activated = Signal(object)
    ticked = Signal(object)

    def __init__(self, line: Line, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = line
        self.setProperty("look", "row")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.title = ElidedLabel("")
        self.detail = ElidedLabel("", "muted")
        self.grade = Chip()
        self.badge = Chip()
        self.box: QCheckBox | None = None
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addWidget(self.detail)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 6, 8, 6)
        layout.setSpacing(8)
        if line.tick:
            self.box = QCheckBox()
            self.box.clicked.connect(lambda: self.ticked.emit(self.line))
            layout.addWidget(self.box)
        layout.addLayout(words, 1)
        layout.addWidget(self.badge)
        layout.addWidget(self.grade)
        self.show_line(line)

    def show_line(self, line: Line) -> None:
        """Show another state of the same record, without a new row: a click that has begun goes on."""
        self.line = line
        self.title.setText(line.title)
        self.detail.setText(line.detail)
        self.detail.setHidden(not line.detail)
        self.grade.show_state(line.grade, GRADE_TONES.get(line.grade, "plain"))
        self.badge.show_state(*(line.badge.text, line.badge.tone) if line.badge else ("", "plain"))
        if self.box is not None:
            self.box.setAccessibleName(line.tick)
            self.box.setChecked(False)
        self.setToolTip(plain_tooltip(line.remark))
        self.setAccessibleName(", ".join(filter(None, [line.title, line.detail, self.badge.text(), line.remark])))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Taken here, so that the release comes here too."""
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click inside opens."""
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.activated.emit(self.line)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter or the space bar opens."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.activated.emit(self.line)
        else:
            super().keyPressEvent(event)
