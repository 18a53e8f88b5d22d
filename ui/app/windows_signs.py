"""Windows tells by messages: of sleep, of its own lock, of another person or another screen."""

from __future__ import annotations

import sys
from collections.abc import Callable

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication, QObject
from PySide6.QtGui import QWindow

_POWER, _SUSPEND = 0x0218, 0x0004  # WM_POWERBROADCAST, PBT_APMSUSPEND
_SESSION = 0x02B1  # WM_WTSSESSION_CHANGE
_GONE = {2, 4, 6, 7}  # WTS_CONSOLE_DISCONNECT, WTS_REMOTE_DISCONNECT, WTS_SESSION_LOGOFF, WTS_SESSION_LOCK
_COMMAND, _CANCEL = 0x0111, 2  # WM_COMMAND, IDCANCEL
_DIALOG = "#32770"  # the class of the system's own dialogs, such as that for printing


class WindowsSigns(QObject):
    """Has a window that is never shown, for whom the messages are."""

    def __init__(self, lock: Callable[[], bool]) -> None:
        super().__init__()
        self._lock = lock
        self._window = QWindow()
        self._window.create()
        self._filter = _Messages(self._gone)
        app = QCoreApplication.instance()
        assert app is not None
        app.installNativeEventFilter(self._filter)
        if sys.platform == "win32":
            import ctypes  # noqa: PLC0415  # Windows only

            ctypes.windll.wtsapi32.WTSRegisterSessionNotification(ctypes.c_void_p(int(self._window.winId())), 0)

    def _gone(self) -> None:
        if self._lock():
            _cancel_system_dialogs()


class _Messages(QAbstractNativeEventFilter):
    def __init__(self, gone: Callable[[], None]) -> None:
        super().__init__()
        self._gone = gone

    def nativeEventFilter(self, kind: QByteArray | bytes | bytearray | memoryview, message: int) -> object:
        """Look at each message and let all pass; `message` is the address of one."""
        if sys.platform == "win32" and bytes(kind) == b"windows_generic_MSG":
            from ctypes import wintypes  # noqa: PLC0415  # Windows only

            told = wintypes.MSG.from_address(int(message))
            if tells_of_leaving(told.message, told.wParam):
                self._gone()
        return False, 0


def tells_of_leaving(message: int, about: int) -> bool:
    """Whether a window message says that nobody sits here any more."""
    return (message == _POWER and about == _SUSPEND) or (message == _SESSION and about in _GONE)


def _cancel_system_dialogs() -> None:
    """The dialog for printing is the system's and no widget: it is cancelled as by its own button."""
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415  # Windows only
        from ctypes import wintypes  # noqa: PLC0415  # as above

        user = ctypes.windll.user32

        def look(window: int, _: int) -> bool:
            name = ctypes.create_unicode_buffer(16)
            user.GetClassNameW(window, name, len(name))
            if name.value == _DIALOG and user.IsWindowVisible(window):
                user.PostMessageW(window, _COMMAND, _CANCEL, 0)
            return True

        kind = ctypes.WINFUNCTYPE(wintypes.BOOL, wintypes.HWND, wintypes.LPARAM)
        user.EnumThreadWindows(ctypes.windll.kernel32.GetCurrentThreadId(), kind(look), 0)
