"""The one thing an import cannot know: what a bare amount means where no heading says it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from salesdesk.actions.import_preview import UNITS, UnitQuestion
from ui.widgets.labels import PlainLabel


class UnitQuestionBar(QWidget):
    """Asks about one column, with both readings of its first cells. `said(column, yuan)` when a person answers."""

    said = Signal(int, int)

    def __init__(self) -> None:
        super().__init__()
        self.question: UnitQuestion | None = None
        self.told = PlainLabel("")
        self.told.setWordWrap(True)
        self.buttons = [QPushButton() for _ in UNITS]
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.told, 1)
        for button, unit in zip(self.buttons, UNITS, strict=True):
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, unit=unit: self._answer(unit))
            layout.addWidget(button)
        self.hide()

    def ask(self, question: UnitQuestion | None) -> None:
        """Show a question, or nothing when all is said."""
        self.question = question
        self.setVisible(question is not None)
        if question is None:
            return
        told = self.tr(
            "{heading}: no unit is named. Rows with such an amount come in when you have said what they mean."
        )
        self.told.setText(told.format(heading=" ".join(question.heading.split())))
        for place, button in enumerate(self.buttons):
            unit = (self.tr("yuan"), self.tr("10,000 yuan"))[place]
            readings = "\n".join(f"{text} → {readings[place]}" for text, readings in question.samples)
            button.setText(f"{unit}\n{readings}".replace("&", "&&"))

    def _answer(self, unit: int) -> None:
        if self.question is not None:
            self.said.emit(self.question.column, unit)
