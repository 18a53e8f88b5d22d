"""Choosing a backup that becomes the workspace again, before the window or in its place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from salesdesk.actions import access
from salesdesk.errors import SalesDeskError
from salesdesk.store.workspace import Workspace
from ui.app.access_dialogs import AccessDialog, Job
from ui.pages.backups_dialog import BackupList, Found


class RestoreDialog(AccessDialog):
    """Before the window, or in its place: choosing a backup that becomes the workspace again."""

    def __init__(
        self,
        folder: Path,
        key: Callable[[Callable[[], bool]], bytes],
        why: SalesDeskError | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """`key` may take a while or ask a person, and is told when to stop; `why` is the fault that led here."""
        super().__init__(
            folder,
            self.tr("Restore from a backup"),
            self.tr(
                "The chosen state takes the place of your data. What was entered after it comes back from the office "
                "if it was synced. The present file is kept in the folder “damaged”. "
                "Afterwards sign in to the office again when it asks you to."
            ),
            self.tr("Restore"),
            parent,
        )
        self._key = key
        self._found_key = b""
        self.setMinimumWidth(640)
        self.list = BackupList()
        self.form.addRow(self.list)
        self.button.setEnabled(False)
        if why is not None:
            self._refused(why)
        self._survey = Job(self._look)
        self._survey.answer.arrived.connect(self._show, Qt.ConnectionType.QueuedConnection)
        self._survey.start()

    def job(self) -> Callable[[], Workspace]:
        backup = self.list.chosen()
        assert backup is not None  # the button waits for one
        return lambda: access.restore(self.folder, backup, self._found_key)

    def _look(self) -> Found:
        self._found_key = self._key(self.left)
        return access.survey(self.folder, self._found_key)

    def _show(self, found: object) -> None:
        if isinstance(found, SalesDeskError):
            self._refused(found)
        elif isinstance(found, list):
            self.list.show_found(found)
            self.button.setEnabled(self.list.chosen() is not None)
            if not found:
                self.problem.setText(self.tr("There is no backup on this computer."))
                self.problem.show()
