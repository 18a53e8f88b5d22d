"""The seven tabs: 今日 and ① to ⑥, each with how many customers stand there."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton, QWidget

from salesdesk.records.base import Stage
from salesdesk.records.language import Language
from ui.widgets.labels import set_look

HEIGHT = 42
_SIDE = 13
_NUMBERS = "①②③④⑤⑥"


class TabRow(QFrame):
    """`chosen(stage)` when a person picks a tab; 今日 is `None`. `page_chosen(name)` for the pages at the end."""

    chosen = Signal(object)
    page_chosen = Signal(str)

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
        self.pages: dict[str, QPushButton] = {}
        for name, words in (
            ("board", self.tr("Board")),
            ("approvals", self.tr("Approvals")),
            ("team", self.tr("Team")),
            ("dashboard", self.tr("Figures")),
        ):
            button = QPushButton(words)
            button.setCheckable(True)
            set_look(button, "tab")
            button.setAutoDefault(False)
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            button.clicked.connect(lambda _checked=False, n=name: self.page_chosen.emit(n))
            self._group.addButton(button)
            self.pages[name] = button
            layout.addWidget(button)
            self._say(button, words)

    def mark(self, stage: Stage | None) -> None:
        """Show which tab is open."""
        self.buttons[stage].setChecked(True)

    def mark_page(self, name: str) -> None:
        """Show which of the pages at the end is open."""
        self.pages[name].setChecked(True)

    def show_waiting(self, count: int) -> None:
        """How many papers wait for this person's decision."""
        words = self.tr("Approvals")
        self._say(self.pages["approvals"], f"{words}  {count}" if count else words)

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
