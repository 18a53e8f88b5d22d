"""Tells through the system when a clock is about to run out, also while another program is in front.

The system shows such words over its own lock and keeps them in a list, so they name nobody; 今日 does.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QSystemTrayIcon, QWidget

from salesdesk.store import agenda
from ui.core.background import Desk
from ui.messages.time_words import span_words

_EVERY_MS = 5 * 60_000


class Alarm(QObject):
    """Looks every five minutes for letters with less than six hours left; each is told once."""

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._window = desk, window
        self.told: dict[str, str] = {}
        self._tray: QSystemTrayIcon | None = None
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(_EVERY_MS)
        desk.changed.connect(self.look)
        self.look()

    def look(self, _action: str = "") -> None:
        """Find out what is about to run out."""
        soon = partial(agenda.letters_running_out, now=self._desk.now(), zone=self._desk.zone)
        self._desk.query(self._window, soon, self._tell)

    def _tell(self, letters: list[agenda.RunningOut]) -> None:
        found = {
            letter.analysis_id: self.tr("A confirmation letter is due in {left}; see Today").format(
                left=span_words(letter.left)
            )
            for letter in letters
        }
        fresh = [words for key, words in found.items() if key not in self.told]
        self.told |= found
        if not fresh:
            return
        QApplication.alert(self._window)
        if QSystemTrayIcon.isSystemTrayAvailable():
            if self._tray is None:
                self._tray = QSystemTrayIcon(self._window.windowIcon(), self)
                self._tray.show()
            self._tray.showMessage("SalesDesk", "\n".join(fresh))
