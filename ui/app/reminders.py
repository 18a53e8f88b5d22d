"""Tells through the system when a clock is about to run out, also while another program is in front."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QSystemTrayIcon, QWidget

from salesdesk.process import clocks
from salesdesk.store import queries
from ui.core.background import Desk, Session
from ui.messages.time_words import span_words

_EVERY_MS = 5 * 60_000
_SINCE = timedelta(days=2)


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
        now, today, zone = self._desk.now(), self._desk.today(), self._desk.zone

        def soon(session: Session) -> dict[str, str]:
            agenda = queries.agenda(session, today, now - _SINCE)
            running = [
                (analysis, customer, clocks.letter_countdown(analysis, letter, now, zone))
                for analysis, customer, letter in agenda.letters
            ]
            return {
                analysis.id: self.tr("{customer}: the confirmation letter is due in {left}").format(
                    customer=customer.name, left=span_words(countdown.left)
                )
                for analysis, customer, countdown in running
                if countdown is not None and countdown.soon
            }

        self._desk.query(self._window, soon, self._tell)

    def _tell(self, found: dict[str, str]) -> None:
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
