"""How long nobody has touched the program, with the hours that the computer slept."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

_LOOK_MS = 5_000
# What an input method types brings no keys along
_TOUCHES = {
    *(QEvent.Type.KeyPress, QEvent.Type.InputMethod, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove),
    *(QEvent.Type.Wheel, QEvent.Type.TouchBegin, QEvent.Type.TouchUpdate, QEvent.Type.TabletPress),
    *(QEvent.Type.TabletMove, QEvent.Type.NativeGesture),
}
# Python's monotonic clock stands still during sleep on Linux and macOS; Windows has no other, and its own goes on
_CLOCK: int | None = getattr(time, "CLOCK_BOOTTIME", getattr(time, "CLOCK_MONOTONIC", None))
_BEFORE_DRAWING = {QEvent.Type.Expose, QEvent.Type.UpdateRequest}


def awake_and_asleep() -> float:
    """Seconds of a clock that nobody sets and that goes on while the computer sleeps."""
    return time.monotonic() if _CLOCK is None else time.clock_gettime(_CLOCK)


class Idle(QObject):
    """Calls `lock` once nothing was touched for too long: by a timer, and before a touch or a picture gets through.

    A timer alone would stand still while the computer sleeps, and whoever wakes it would start it anew.
    """

    def __init__(
        self,
        app: QApplication,
        allowed: Callable[[], float],
        lock: Callable[[], bool],
        clocks: tuple[Callable[[], float], ...] = (awake_and_asleep, time.time),
    ) -> None:
        """`allowed` seconds; `lock` says whether it locked. Of the `clocks` the one that says most counts."""
        super().__init__(app)
        self._app, self._allowed, self._lock, self._clocks = app, allowed, lock, clocks
        self._touched: list[float] = []
        self.touch()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(_LOOK_MS)
        app.applicationStateChanged.connect(self.look)
        app.installEventFilter(self)

    def touch(self) -> None:
        """Somebody is there."""
        self._touched = [clock() for clock in self._clocks]

    def look(self) -> bool:
        """Lock if it is time; whether it did."""
        if not self._is_over():
            return False
        self.touch()
        return self._lock()

    def stop(self) -> None:
        """The program ends."""
        self._timer.stop()
        self._app.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The first touch after too long a time locks, and reaches nothing else."""
        kind = event.type()
        if kind in _TOUCHES:
            if self.look():
                return True
            self.touch()
        elif kind in _BEFORE_DRAWING:
            return self.look()
        return super().eventFilter(watched, event)

    def _is_over(self) -> bool:
        passed = max(clock() - before for clock, before in zip(self._clocks, self._touched, strict=True))
        return passed >= self._allowed()
