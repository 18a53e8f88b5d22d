"""What a computer shows that the office has locked: nothing but the way back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout

from salesdesk.errors import OfficeRefused, SalesDeskError
from salesdesk.store.workspace import Workspace
from salesdesk.sync import driver, shut_out
from ui.core import notify
from ui.core.background import Desk
from ui.widgets.labels import PlainLabel


class LockedDialog(QDialog):
    """Accepted once a sync found that the office has let this computer in again."""

    def __init__(self, desk: Desk) -> None:
        """Asks only when the person says so: the office may be out of reach."""
        super().__init__()
        self.desk = desk
        self.setWindowTitle("SalesDesk")
        self.said = PlainLabel(notify.sentence(OfficeRefused("sync.still_locked")))
        self.said.setWordWrap(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.ask_button = buttons.addButton(self.tr("Ask the office again"), QDialogButtonBox.ButtonRole.ActionRole)
        self.ask_button.clicked.connect(self.ask)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(self.said)
        layout.addWidget(buttons)

    def ask(self) -> None:
        """Sync; what was written before the lock is delivered then."""

        def work(workspace: Workspace, _report: Callable[[object], None], _cancelled: Callable[[], bool]) -> object:
            return driver.synchronise(workspace)

        self.ask_button.setEnabled(False)
        self.desk.network(self, work, lambda _: self.accept(), self._refused)

    def _refused(self, error: SalesDeskError) -> None:
        if error.message == shut_out.WIPED:
            self.reject()
            return
        self.ask_button.setEnabled(True)
        self.said.setText(notify.sentence(error))
