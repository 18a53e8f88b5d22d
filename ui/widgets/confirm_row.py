"""The two buttons at the foot of a dialog that asks before it acts."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QWidget

from ui.widgets.labels import set_look


class ConfirmRow(QWidget):
    """`cancel_button` rejects the dialog; what `confirm_button` does is for the dialog to say.

    Neither is the dialog's default: Enter in one of its fields confirms nothing. (A `QDialogButtonBox` makes its
    accepting button the default, whatever the button itself says.)
    """

    def __init__(self, dialog: QDialog, confirm: str, cancel: str = "", look: str = "primary") -> None:
        """`cancel` is "Cancel" when not given."""
        super().__init__(dialog)
        self.cancel_button = QPushButton(cancel or self.tr("Cancel"))
        self.confirm_button = QPushButton(confirm)
        set_look(self.confirm_button, look)
        self.cancel_button.clicked.connect(dialog.reject)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch()
        for button in (self.cancel_button, self.confirm_button):
            button.setAutoDefault(False)
            row.addWidget(button)
