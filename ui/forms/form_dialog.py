"""A form above the window."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from salesdesk.actions import forms
from salesdesk.actions.forms import Sheet
from salesdesk.process import rights
from salesdesk.process.findings import Level
from ui.core import notify
from ui.core.background import Desk
from ui.forms.delete_dialog import ask_to_delete
from ui.forms.form_panel import FormPanel


class FormDialog(QDialog):
    """A form above the window. Closing keeps what is typed as a draft.

    Saving closes it, unless what was saved cannot do what it is for: then the person sees that first.
    """

    saved = Signal(object)
    customer_wanted = Signal(str)

    def __init__(self, desk: Desk, sheet: Sheet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(sheet.form.__form__.label(desk.language))
        self.panel = FormPanel(desk, sheet)
        if sheet.customer is not None:
            self.panel.set_subject(sheet.customer.name)
        self.panel.saved.connect(self._kept)
        if self.panel.duplicates is not None:
            self.panel.duplicates.open_asked.connect(self._look_at_another)
        self.save_button = QPushButton(self.tr("Save"))
        self.save_button.setProperty("look", "primary")
        self.save_button.setAutoDefault(False)
        self.save_button.clicked.connect(self._save)
        # the window's own Ctrl+S does not reach a dialog, and a second one in the panel would make both ambiguous
        QShortcut(QKeySequence(QKeySequence.StandardKey.Save), self).activated.connect(self._save)
        close = QPushButton(self.tr("Close"))
        close.setAutoDefault(False)
        close.clicked.connect(self.close)
        self.delete_button = QPushButton(self.tr("Delete…"))
        self.delete_button.setAutoDefault(False)
        may_delete = rights.keeps(sheet.form, desk.workspace.identity.role)
        self.delete_button.setVisible(may_delete and not sheet.is_new)
        self.delete_button.clicked.connect(self._delete)
        buttons = QHBoxLayout()
        buttons.addWidget(self.delete_button)
        buttons.addStretch()
        buttons.addWidget(close)
        buttons.addWidget(self.save_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(12)
        layout.addWidget(self.panel, 1)
        layout.addLayout(buttons)
        screen = self.screen().availableGeometry()
        self.resize(min(760, screen.width() - 80), min(720, screen.height() - 80))

    def _save(self) -> None:
        self.panel.save()

    def _delete(self) -> None:
        ask_to_delete(self.panel.desk, self, self.panel.sheet.entity, [self.panel.sheet.record.id], self._deleted)

    def _deleted(self) -> None:
        self.panel.give_up()
        self.accept()

    def _look_at_another(self, customer_id: str) -> None:
        """What is typed stays a draft, and can be gone on with from 今日."""
        self.customer_wanted.emit(customer_id)
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Nothing typed is lost."""
        self.panel.flush()
        super().closeEvent(event)

    def reject(self) -> None:
        """Escape keeps the draft, too."""
        self.panel.flush()
        super().reject()

    def _kept(self, sheet: Sheet) -> None:
        self.saved.emit(sheet)
        desk = self.panel.desk
        found = [
            finding
            for finding in forms.findings(sheet, desk.today(), desk.zone)
            if finding.level is Level.BLOCKS and finding.entity == sheet.entity and finding.message != "field.required"
        ]
        if found:
            said = [self.tr("Saved, but it cannot be used like this yet:"), *notify.remarks(found, desk.language)]
            self.panel.notice.show_text("\n".join(said))
        else:
            self.accept()
