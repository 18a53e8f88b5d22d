"""Makes a backup once a day, while the program is open, beside everything else."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from salesdesk.errors import SalesDeskError
from salesdesk.store import backups
from salesdesk.store.workspace import Workspace
from ui.core.background import Desk
from ui.core.notify import Bar

_FIRST_MS = 20_000  # after the start, which is busy enough
_EVERY_MS = 30 * 60_000


class BackupClock(QObject):
    """Looks a little after the start and every half hour. A fault is told once in the bar, and tried again later."""

    def __init__(self, desk: Desk, notice: Bar) -> None:
        super().__init__(notice)
        self._desk, self._notice = desk, notice
        self._told: set[str] = set()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(_EVERY_MS)
        QTimer.singleShot(_FIRST_MS, self, self.look)

    def look(self) -> None:
        """Make a backup when the last one is a day old."""

        def work(workspace: Workspace, stopped: object) -> None:
            if backups.is_due(workspace):
                backups.make(workspace, stopped)  # type: ignore[arg-type]  # what the desk gives

        self._desk.beside(self._notice, work, lambda _: self._told.clear(), self._failed)

    def _failed(self, error: SalesDeskError) -> None:
        if error.message == "store.stopped":  # the program was locked meanwhile
            return
        if error.message not in self._told:
            self._told.add(error.message)
            self._notice.show_error(error)
