"""One program for a workspace: a second start brings the window of the first to the front and ends."""

from __future__ import annotations

import hashlib
import sys
import time
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QApplication

from salesdesk.errors import EnvironmentFault
from salesdesk.store.faults import told_plainly

_LOCK = "open.lock"
_ANSWER_MS = 1000
_STARTING_S = 5.0  # between taking the lock and listening lies an instant


class AlreadyOpen(EnvironmentFault):
    """Another process has the workspace; `shown` when its window was asked to come to the front and answered."""

    def __init__(self, *, shown: bool) -> None:
        super().__init__("program.already_open")
        self.shown = shown


class Place(QObject):
    """Holds a workspace's folder for this process until `leave`; `wanted` when somebody started the program again.

    The lock is the system's: of a process that was killed nothing stays that the next start would trip over.
    """

    wanted = Signal()

    def __init__(self, folder: Path) -> None:
        """Raises `AlreadyOpen`, after asking the other process for its window."""
        super().__init__()
        self.folder = folder
        with told_plainly():
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        name = "salesdesk-" + hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:24]
        self._lock = QLockFile(str(folder / _LOCK))
        self._lock.setStaleLockTime(0)  # a lock is as old as the day is long; whether its process lives is asked
        if not self._lock.tryLock(0) and self._lock.error() == QLockFile.LockError.LockFailedError:
            raise AlreadyOpen(shown=_call(name, self._lock))
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._called)
        QLocalServer.removeServer(name)  # what a killed process left; we hold the lock
        self._server.listen(name)

    def leave(self) -> None:
        """Let others have it."""
        self._server.close()
        self._lock.unlock()

    def _called(self) -> None:
        while self._server.hasPendingConnections():
            caller = self._server.nextPendingConnection()
            caller.write(b"here\n")
            caller.waitForBytesWritten(_ANSWER_MS)  # at once: our event loop may be busy next
            caller.disconnectFromServer()
            caller.disconnected.connect(caller.deleteLater)
        self.wanted.emit()


def come_to_front() -> None:
    """Show what this process has on the screen, a dialog over its window first."""
    widgets = [w for w in QApplication.topLevelWidgets() if w.isVisible()]
    front = QApplication.activeModalWidget()
    for widget in [*widgets, *([front] if front is not None else [])]:
        if widget.isMinimized():
            widget.showNormal()
        widget.raise_()
    target = front or next(iter(widgets), None)
    if target is not None:
        target.activateWindow()
        QApplication.alert(target)


def _call(name: str, lock: QLockFile) -> bool:
    """Ask the process that has the workspace for its window; whether it answered."""
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415  # Windows only

        found, pid, *_ = lock.getLockInfo()
        if found:  # only who was started by the person may pass the front on
            ctypes.windll.user32.AllowSetForegroundWindow(pid)
    until = time.monotonic() + _STARTING_S
    while time.monotonic() < until:
        socket = QLocalSocket()
        socket.connectToServer(name)
        if socket.waitForConnected(_ANSWER_MS):
            return bool(socket.waitForReadyRead(_ANSWER_MS))
        time.sleep(0.1)
    return False
