"""Backups: what is in each, making one now, and putting one back while nobody works in the workspace."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from salesdesk.actions import access
from salesdesk.errors import SalesDeskError
from salesdesk.store import backups
from salesdesk.store.backups import Backup, Contents
from salesdesk.store.workspace import Workspace
from ui.core import notify
from ui.core.background import Desk
from ui.widgets.labels import PlainLabel, set_look

Found = list[tuple[Backup, Contents | SalesDeskError]]
_BACKUP = Qt.ItemDataRole.UserRole


class BackupList(QListWidget):
    """A line a backup; one that does not open says why and cannot be chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Backups"))
        self.setMinimumHeight(220)
        self.setWordWrap(True)

    def show_found(self, found: Found) -> None:
        """Show the backups, the newest chosen."""
        self.clear()
        for backup, contents in found:
            item = QListWidgetItem(self._words(backup, contents))
            item.setData(_BACKUP, backup)
            if isinstance(contents, SalesDeskError):
                item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.addItem(item)
        self.setCurrentRow(next((n for n, (_, told) in enumerate(found) if isinstance(told, Contents)), -1))

    def chosen(self) -> Backup | None:
        """The backup that is chosen."""
        item = self.currentItem()
        return item.data(_BACKUP) if item is not None else None

    def _words(self, backup: Backup, contents: Contents | SalesDeskError) -> str:
        when = f"{backup.made_at.astimezone():%Y-%m-%d %H:%M}"
        if backup.before_upgrade:
            when = self.tr("{when}, before an upgrade").format(when=when)
        if isinstance(contents, SalesDeskError):
            return f"{when} · {notify.sentence(contents)}"
        held = self.tr("{customers} customers, {waiting} changes that were not yet synced")
        return f"{when} · " + held.format(customers=contents.customers, waiting=contents.waiting)


class BackupsPage(QDialog):
    """The backups of the open workspace; `restore_asked` when one is to be put back, for which all is closed first."""

    restore_asked = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.setWindowTitle(self.tr("Backups"))
        self.setMinimumWidth(640)
        self.notice = notify.Bar(self)
        about = PlainLabel(
            self.tr(
                "One is made every day and tried by opening it; the newest seven are kept, encrypted like your data. "
                "They lie on this computer: they help when the file is damaged, not when the computer is lost."
            ),
            "muted",
        )
        about.setWordWrap(True)
        self.list = BackupList()
        self.make_button = _button(self.tr("Back up now"), self.make)
        self.restore_button = _button(self.tr("Restore…"), self._restore)
        self.restore_button.setEnabled(False)
        buttons = QHBoxLayout()
        buttons.addWidget(self.make_button)
        buttons.addStretch()
        buttons.addWidget(self.restore_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        for widget in (self.notice, about, self.list):
            layout.addWidget(widget)
        layout.addLayout(buttons)
        self.reload()

    def reload(self) -> None:
        """Open each backup anew."""

        def survey(workspace: Workspace, _stopped: object) -> Found:
            return access.survey(workspace.folder, workspace.key)

        self.desk.beside(self, survey, self._show)

    def make(self) -> None:
        """Make one now."""
        self.make_button.setEnabled(False)
        self.desk.beside(self, backups.make, self._made, self._failed)

    def _show(self, found: Found) -> None:
        self.list.show_found(found)
        self.restore_button.setEnabled(self.list.chosen() is not None)

    def _made(self, _backup: Backup) -> None:
        self.make_button.setEnabled(True)
        self.notice.show_text(self.tr("Made, and tried by opening it."))
        self.reload()

    def _failed(self, error: SalesDeskError) -> None:
        self.make_button.setEnabled(True)
        self.notice.show_error(error)

    def _restore(self) -> None:
        self.accept()
        self.restore_asked.emit()


def _button(text: str, slot: Callable[[], None]) -> QPushButton:
    button = QPushButton(text)
    button.setAutoDefault(False)
    button.clicked.connect(slot)
    set_look(button, "plain")
    return button
