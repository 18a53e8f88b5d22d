"""Asks why a customer moves on while the stage's checklist has open items."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from ui.widgets.checklist import Check, check_line
from ui.widgets.labels import PlainLabel, set_look


class MoveOnDialog(QDialog):
    """Lists what is open and takes a reason; it can only be confirmed with one."""

    def __init__(self, open_checks: Sequence[Check], stage: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Move on to {stage}").format(stage=stage))
        self.setMinimumWidth(420)
        heading = PlainLabel(self.tr("These items are still open:"), "heading")
        label = PlainLabel(self.tr("Why move on all the same? The reason is kept with the customer."))
        label.setWordWrap(True)
        self.reason_edit = QPlainTextEdit()
        self.reason_edit.setAccessibleName(label.text())
        self.reason_edit.setTabChangesFocus(True)
        self.reason_edit.setFixedHeight(76)
        label.setBuddy(self.reason_edit)
        self.confirm_button = QPushButton(self.tr("Move on"))
        set_look(self.confirm_button, "primary")
        cancel = QPushButton(self.tr("Stay here"))
        for button in (self.confirm_button, cancel):
            button.setAutoDefault(False)
        buttons = QDialogButtonBox()
        buttons.addButton(cancel, QDialogButtonBox.ButtonRole.RejectRole)
        buttons.addButton(self.confirm_button, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
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
