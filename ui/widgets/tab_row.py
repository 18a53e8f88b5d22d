"""The seven tabs: 今日 and ① to ⑥, each with how many customers stand there."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton, QWidget

from salesdesk.records.base import Stage
from salesdesk.records.kinds import Language
from ui.widgets.labels import set_look

HEIGHT = 42
_SIDE = 18
_NUMBERS = "①②③④⑤⑥"


class TabRow(QFrame):
    """`chosen(stage)` when a person picks a tab; 今日 is `None`."""

    chosen = Signal(object)

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(HEIGHT)
        self._names = {stage: stage.label(language) for stage in Stage}
        self._group = QButtonGroup(self)
        self.buttons: dict[Stage | None, QPushButton] = {None: QPushButton(self.tr("Today"))}
        for stage in Stage:
            self.buttons[stage] = QPushButton(f"{_NUMBERS[stage.number - 1]} {self._names[stage]}")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(4, 0, 4, 0)
        layout.setSpacing(4)
        for place, button in self.buttons.items():
            button.setCheckable(True)
            set_look(button, "tab")
            button.setAutoDefault(False)
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            button.clicked.connect(lambda _checked=False, s=place: self.chosen.emit(s))
            self._group.addButton(button)
            layout.addWidget(button)
            self._say(button, button.text())
        layout.addStretch(1)

    def mark(self, stage: Stage | None) -> None:
        """Show which tab is open."""
        self.buttons[stage].setChecked(True)

    def show_counts(self, counts: dict[Stage, int]) -> None:
        """How many customers stand in each stage."""
        for stage, count in counts.items():
            self._say(self.buttons[stage], f"{_NUMBERS[stage.number - 1]} {self._names[stage]}  {count}")

    def _say(self, button: QPushButton, text: str) -> None:
        """Show a text, with the room that it takes in bold, so that no tab moves when another is opened."""
        button.ensurePolished()
        bold = QFont(button.font())
        bold.setBold(True)
        button.setMinimumWidth(QFontMetrics(bold).horizontalAdvance(text) + 2 * _SIDE)
        button.setText(text)
