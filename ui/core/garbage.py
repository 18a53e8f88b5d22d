"""Garbage is collected on the GUI thread alone.

Python collects reference cycles in whatever thread happens to allocate. A widget in such a cycle would then be
destroyed by a worker, which Qt does not survive.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY_MS = 500


class Collector(QObject):
    """Takes over from Python's own collector for as long as the program runs."""

    def __init__(self, parent: QObject) -> None:
        """`parent` lives on the GUI thread as long as the program does."""
        super().__init__(parent)
        gc.disable()
        gc.freeze()  # modules and classes stay; no collection has to look at them again
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.collect)
        self._timer.start(_EVERY_MS)

    def collect(self) -> None:
        """Collect the oldest generation that is due by Python's own thresholds."""
        for generation in (2, 1, 0):
            threshold = gc.get_threshold()[generation]
            if threshold and gc.get_count()[generation] > threshold:
                gc.collect(generation)
                return
