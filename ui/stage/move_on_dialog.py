"""Asks why a customer moves on while the stage's checklist has open items."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QPlainTextEdit, QVBoxLayout, QWidget

from ui.stage.checklist import Check, check_line
from ui.widgets.confirm_row import ConfirmRow
from ui.widgets.labels import PlainLabel


class MoveOnDialog(QDialog):
    """Lists what is open and takes a reason; it can only be confirmed with one."""

    def __init__(self, open_checks: Sequence[Check], stage: str = "", parent: QWidget | None = None) -> None:
        """`stage` is where the customer goes; without one the round ends and the next begins."""
        super().__init__(parent)
        self.setWindowTitle(
            self.tr("Move on to {stage}").format(stage=stage) if stage else self.tr("Start the next round")
        )
        self.setMinimumWidth(420)
        heading = PlainLabel(self.tr("These items are still open:"), "heading")
        label = PlainLabel(self.tr("Why move on all the same? The reason is kept with the customer."))
        label.setWordWrap(True)
        self.reason_edit = QPlainTextEdit()
        self.reason_edit.setAccessibleName(label.text())
        self.reason_edit.setTabChangesFocus(True)
        self.reason_edit.setFixedHeight(76)
        label.setBuddy(self.reason_edit)
        buttons = ConfirmRow(self, self.tr("Move on") if stage else self.windowTitle(), self.tr("Stay here"))
        self.confirm_button = buttons.confirm_button
        self.confirm_button.clicked.connect(self.accept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 18)
        layout.setSpacing(10)
        layout.addWidget(heading)
        for check in open_checks:
            layout.addWidget(check_line(check, check.text))
        layout.addWidget(label)
        layout.addWidget(self.reason_edit)
        layout.addWidget(buttons)
        self.reason_edit.textChanged.connect(self._weigh)
        self._weigh()
        self.reason_edit.setFocus()

    def reason(self) -> str:
        """What was entered."""
        return self.reason_edit.toPlainText().strip()

    def _weigh(self) -> None:
        self.confirm_button.setEnabled(bool(self.reason()))
