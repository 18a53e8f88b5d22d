"""What was done on this computer, to take it back; and the recycle bin, to bring something back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QTableWidget,
    QVBoxLayout,
    QWidget,
)

from salesdesk.actions import history
from salesdesk.errors import SalesDeskError
from salesdesk.records.registry import form_named, known
from salesdesk.store.bin import Deleted, deleted
from ui.core import notify
from ui.core.background import Desk
from ui.messages import lookup
from ui.messages.time_words import moment_words
from ui.widgets.plain_table import Line, PlainTable

_ACTIONS = 100
_DELETED = 200
_WIDTHS = (130, 220)


@dataclass(frozen=True)
class _Loaded:
    done: list[history.Done]
    deleted: list[Deleted]


class HistoryPage(QDialog):
    """Two tables of three columns, each with the one button that belongs to it."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._loaded = _Loaded([], [])
        self.setWindowTitle(self.tr("History and recycle bin"))
        self.resize(820, 560)
        self.notice = notify.Bar(self)
        self.done_table = PlainTable(
            [self.tr("When"), self.tr("What"), self.tr("About")], _WIDTHS, self.tr("What I did")
        )
        self.undo_button = _button(self.tr("Take back"), self.undo)
        self.bin_table = PlainTable(
            [self.tr("Deleted"), self.tr("Form"), self.tr("Name")], _WIDTHS, self.tr("Recycle bin")
        )
        self.restore_button = _button(self.tr("Restore"), self.restore)
        self.pages = QStackedWidget()
        self.tabs = QButtonGroup(self)
        head = QHBoxLayout()
        for number, (table, button) in enumerate(
            [(self.done_table, self.undo_button), (self.bin_table, self.restore_button)]
        ):
            self.pages.addWidget(_page(table, button))
            tab = QPushButton(table.accessibleName())
            tab.setAutoDefault(False)
            tab.setCheckable(True)
            tab.setChecked(number == 0)
            tab.setProperty("look", "segment")
            self.tabs.addButton(tab, number)
            head.addWidget(tab)
        head.addStretch()
        self.tabs.idClicked.connect(self.pages.setCurrentIndex)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 12, 20, 16)
        layout.setSpacing(8)
        layout.addWidget(self.notice)
        layout.addLayout(head)
        layout.addWidget(self.pages, 1)
        self.done_table.itemSelectionChanged.connect(self._offer)
        self.bin_table.itemSelectionChanged.connect(self._offer)
        desk.changed.connect(self.reload)
        self._offer()
        self.reload()

    def reload(self, _action: str = "") -> None:
        """Read both lists anew."""
        workspace = self.desk.workspace
        self.desk.query(
            self,
            lambda session: _Loaded(history.actions(workspace, _ACTIONS), deleted(session, _DELETED)),
            self._show,
        )

    def undo(self) -> None:
        """Take back the selected action; on one that took something back, do that again."""
        row = self.done_table.currentRow()
        if not 0 <= row < len(self._loaded.done) or not self.undo_button.isEnabled():
            return
        one = self._loaded.done[row]
        self.notice.hide()
        self.undo_button.setEnabled(False)  # until the lists are read anew: a second press would undo the undo
        self.desk.change(
            self,
            lambda workspace: history.undo(workspace, one.territory, one.batch_first),
            failed=self._refused,
            action="undo",
        )

    def restore(self) -> None:
        """Bring back the selected record, with what was deleted together with it."""
        row = self.bin_table.currentRow()
        if not 0 <= row < len(self._loaded.deleted) or not self.restore_button.isEnabled():
            return
        one = self._loaded.deleted[row]
        self.notice.hide()
        self.restore_button.setEnabled(False)
        self.desk.change(
            self,
            lambda workspace: history.restore(workspace, one.entity, one.record_id),
            failed=self._refused,
            action="restore",
        )

    def _refused(self, error: SalesDeskError) -> None:
        self.notice.show_error(error)
        self.reload()

    def _show(self, loaded: _Loaded) -> None:
        self._loaded = loaded
        self.done_table.show_lines([self._done_row(one) for one in loaded.done])
        self.bin_table.show_lines([self._bin_row(one) for one in loaded.deleted])
        self._offer()

    def _offer(self) -> None:
        """A button works when there is something selected that it can do."""
        row = self.done_table.currentRow()
        chosen = self._loaded.done[row] if 0 <= row < len(self._loaded.done) else None
        self.undo_button.setEnabled(chosen is not None and chosen.undoable)
        again = chosen is not None and chosen.action == "undo"
        self.undo_button.setText(self.tr("Do it again") if again else self.tr("Take back"))
        self.restore_button.setEnabled(0 <= self.bin_table.currentRow() < len(self._loaded.deleted))

    def _done_row(self, done: history.Done) -> Line:
        what = lookup.action(done.action, self.desk.language)
        return Line(f"{done.territory} {done.batch_first}", (self._when(done.at), what, self._about(done)))

    def _bin_row(self, one: Deleted) -> Line:
        return Line(one.record_id, (self._when(one.deleted_at), self._form(one.entity), one.title))

    def _about(self, done: history.Done) -> str:
        about = done.title or self._form(done.entity)
        if done.count == 1:
            return about
        return self.tr("{about} and {count} more").format(about=about, count=done.count - 1)

    def _form(self, entity: str) -> str:
        return form_named(entity).__form__.label(self.desk.language) if known(entity) else ""

    def _when(self, moment: datetime) -> str:
        return moment_words(moment, self.desk.now(), self.desk.zone)


def _button(text: str, slot: Callable[[], None]) -> QPushButton:
    button = QPushButton(text)
    button.setAutoDefault(False)
    button.setProperty("look", "primary")
    button.clicked.connect(slot)
    return button


def _page(table: QTableWidget, button: QPushButton) -> QWidget:
    page = QWidget()
    layout = QVBoxLayout(page)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(table, 1)
    layout.addWidget(button, 0, Qt.AlignmentFlag.AlignRight)
    return page
