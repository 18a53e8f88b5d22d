"""The search entries of an older workspace are read anew while the window is open, with rests for whoever works."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from salesdesk.store.rereading import read_anew
from ui.core.background import Desk

_REST_MS = 50


class Rereading(QTimer):
    """One piece after the other until none is left; what fails is tried again at the next start."""

    def __init__(self, desk: Desk, window: QWidget) -> None:
        """Begins at once; stops when the window is gone."""
        super().__init__(window)
        self._desk, self._window = desk, window
        self.setSingleShot(True)
        self.setInterval(_REST_MS)
        self.timeout.connect(self._go_on)
        self._go_on()

    def _go_on(self) -> None:
        self._desk.keep(self._window, read_anew, lambda more: self.start() if more else None, lambda _: None)
