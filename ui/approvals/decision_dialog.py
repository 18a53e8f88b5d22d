"""Asks for the opinion that goes with a decision, and its day."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QDialog, QFormLayout, QVBoxLayout, QWidget

from salesdesk.records.contract import ApprovalStep
from salesdesk.records.language import Language
from salesdesk.records.negotiation import DECISIONS
from salesdesk.records.registry import fields_of
from ui.forms.editors import make_editor
from ui.widgets.confirm_row import ConfirmRow
from ui.widgets.labels import PlainLabel


class DecisionDialog(QDialog):
    """`opinion()` and `day()` once accepted. Sending back and rejecting need an opinion."""

    def __init__(
        self, decision: str, about: str, today: date, language: Language, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.decision = decision
        word = next(option.label(language) for option in DECISIONS if option.value == decision)
        self.setWindowTitle(word)
        self.setMinimumWidth(460)
        fields = fields_of(ApprovalStep)
        self.opinion_edit = make_editor(fields["opinion"], language)
        self.day_edit = make_editor(fields["decided_on"], language)
        self.day_edit.set_text(today.isoformat())
        heading = PlainLabel(about, "heading")
        heading.setWordWrap(True)
        grid = QFormLayout()
        grid.addRow(PlainLabel(fields["opinion"].label(language), "muted"), self.opinion_edit)
        grid.addRow(PlainLabel(fields["decided_on"].label(language), "muted"), self.day_edit)
        buttons = ConfirmRow(self, word, look="primary" if decision == "approved" else "danger")
        self.confirm_button = buttons.confirm_button
        self.confirm_button.clicked.connect(self._confirm)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 18)
        layout.setSpacing(12)
        layout.addWidget(heading)
        layout.addLayout(grid)
        layout.addWidget(buttons)
        self.opinion_edit.edited.connect(self._weigh)
        self._weigh()

    def opinion(self) -> str:
        """What was entered."""
        return str(self.opinion_edit.value())

    def day(self) -> date:
        """The day of the decision."""
        entered = self.day_edit.value()
        assert isinstance(entered, date)
        return entered

    def _weigh(self) -> None:
        self.confirm_button.setEnabled(self.decision == "approved" or bool(self.opinion_edit.text().strip()))

    def _confirm(self) -> None:
        if not self.opinion_edit.check() or not self.day_edit.check():
            return
        if self.day_edit.value() is None:
            self.day_edit.show_problem(self.tr("Please enter the day."))
            return
        self.accept()
