"""The tabs: 今日 and ① to ⑥ on the left, each with how many customers stand there; the other pages on the right."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton, QWidget

from salesdesk.records.base import Stage
from salesdesk.records.language import Language
from ui.shell.commands import Command, page_of
from ui.widgets.labels import set_look

HEIGHT = 42
_SIDE = 13


class TabRow(QFrame):
    """A tab for each command that has a page. `chosen(name)` when a person picks one."""

    chosen = Signal(str)

    def __init__(self, commands: Sequence[Command], language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(HEIGHT)
        self._words = {command.name: command.tab(language) for command in commands if command.page}
        self._group = QButtonGroup(self)
        self.buttons: dict[str, QPushButton] = {}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(4, 0, 4, 0)
        layout.setSpacing(4)
        last_on_the_left = [command.name for command in commands if command.stage][-1]
        for name, words in self._words.items():
            button = QPushButton()
            button.setCheckable(True)
            set_look(button, "tab")
            button.setAutoDefault(False)
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            button.clicked.connect(lambda _checked=False, n=name: self.chosen.emit(n))
            self._group.addButton(button)
            self.buttons[name] = button
            layout.addWidget(button)
            self._say(button, words)
            if name == last_on_the_left:
                layout.addStretch(1)

    def mark(self, name: str) -> None:
        """Show which tab is open."""
        self.buttons[name].setChecked(True)

    def show_waiting(self, count: int) -> None:
        """How many papers wait for this person's decision."""
        self._count("approvals", count or None)

    def show_counts(self, counts: dict[Stage, int]) -> None:
        """How many customers stand in each stage."""
        for stage, count in counts.items():
            self._count(page_of(stage), count)

    def _count(self, name: str, count: int | None) -> None:
        words = self._words[name]
        self._say(self.buttons[name], words if count is None else f"{words}  {count}")

    def _say(self, button: QPushButton, text: str) -> None:
        """Show a text, with the room that it takes in bold, so that no tab moves when another is opened."""
        button.ensurePolished()
        bold = QFont(button.font())
        bold.setBold(True)
        button.setMinimumWidth(QFontMetrics(bold).horizontalAdvance(text) + 2 * _SIDE)
        button.setText(text)
