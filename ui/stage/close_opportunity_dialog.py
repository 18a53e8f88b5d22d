"""Ends a round: won or lost, and why."""

from __future__ import annotations

from PySide6.QtWidgets import QButtonGroup, QDialog, QPlainTextEdit, QRadioButton, QVBoxLayout, QWidget

from salesdesk.records.language import Language
from salesdesk.records.work import OUTCOMES
from ui.widgets.confirm_row import ConfirmRow
from ui.widgets.labels import PlainLabel


class CloseRoundDialog(QDialog):
    """`outcome()` and `reason()` once accepted; a lost round needs a reason."""

    def __init__(self, customer: str, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Close this round"))
        self.setMinimumWidth(420)
        self.choices: dict[str, QRadioButton] = {}
        self._group = QButtonGroup(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 18)
        layout.setSpacing(10)
        heading = PlainLabel(customer, "heading")
        heading.setWordWrap(True)
        layout.addWidget(heading)
        for option in OUTCOMES[1:]:
            choice = QRadioButton(option.label(language))
            choice.toggled.connect(self._weigh)
            self.choices[option.value] = choice
            self._group.addButton(choice)
            layout.addWidget(choice)
        label = PlainLabel(self.tr("Why? It helps the next time."))
        self.reason_edit = QPlainTextEdit()
        self.reason_edit.setAccessibleName(label.text())
        self.reason_edit.setTabChangesFocus(True)
        self.reason_edit.setFixedHeight(76)
        self.reason_edit.textChanged.connect(self._weigh)
        layout.addWidget(label)
        layout.addWidget(self.reason_edit)
        buttons = ConfirmRow(self, self.tr("Close the round"))
        self.confirm_button = buttons.confirm_button
        self.confirm_button.clicked.connect(self.accept)
        layout.addWidget(buttons)
        self._weigh()

    def outcome(self) -> str:
        """`won` or `lost`; empty before a choice."""
        return next((value for value, button in self.choices.items() if button.isChecked()), "")

    def reason(self) -> str:
        """What was entered."""
        return self.reason_edit.toPlainText().strip()

    def _weigh(self) -> None:
        self.confirm_button.setEnabled(self.outcome() == "won" or (self.outcome() == "lost" and bool(self.reason())))
