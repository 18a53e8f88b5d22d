"""Linux tells by D-Bus: logind of sleep, locking and another person at the screen, the desktop of its own lock."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import SLOT, QObject, QTimer, Slot
from PySide6.QtDBus import (
    QDBusConnection,
    QDBusMessage,
    QDBusObjectPath,
    QDBusPendingCallWatcher,
    QDBusUnixFileDescriptor,
    QDBusVariant,
)

_LOGIND, _MANAGER = "org.freedesktop.login1", "org.freedesktop.login1.Manager"
_AT, _SESSION = "/org/freedesktop/login1", "org.freedesktop.login1.Session"
_OURS = "/org/freedesktop/login1/session/auto"  # its signals come under its own name
_PROPERTIES = "org.freedesktop.DBus.Properties"
_SCREEN_SAVERS = ("org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver", "org.cinnamon.ScreenSaver")
_DRAWN_MS = 300  # until the desktop has drawn its picture without our windows; logind waits five seconds at most


class LinuxSigns(QObject):
    """Asks logind to wait with sleep until `lock` is done."""

    def __init__(self, lock: Callable[[], bool]) -> None:
        super().__init__()
        self._lock = lock
        self._delay: QDBusUnixFileDescriptor | None = None  # sleep waits as long as this is open
        self._system, self._own = QDBusConnection.systemBus(), QDBusConnection.sessionBus()
        if self._system.isConnected():
            self._hear(self._system, _AT, _MANAGER, "PrepareForSleep", "prepare_for_sleep(bool)")
            self._hold_up_sleep()
            self._ask(_OURS, _PROPERTIES, "Get", [_SESSION, "Id"], self._find_session)
        if self._own.isConnected():
            for name in _SCREEN_SAVERS:
                self._hear(self._own, "", name, "ActiveChanged", "screen_saver(bool)")

    @Slot(bool)
    def prepare_for_sleep(self, begins: bool) -> None:  # noqa: FBT001  # a slot takes what the signal brings
        """The lid was closed, or the computer is awake again."""
        if begins:
            self._lock()
            QTimer.singleShot(_DRAWN_MS, self, self._let_sleep)
        else:
            self._hold_up_sleep()

    @Slot(bool)
    def screen_saver(self, shown: bool) -> None:  # noqa: FBT001  # as above
        """The desktop's own lock is before everything, or not any more."""
        if shown:
            self._lock()

    @Slot()
    def session_locked(self) -> None:
        """`loginctl lock-session`, or a desktop that asks for it."""
        self._lock()

    @Slot(QDBusMessage)
    def session_changed(self, _message: QDBusMessage) -> None:
        """Something about the session: perhaps another person's is on the screen now."""
        self._ask(_OURS, _PROPERTIES, "Get", [_SESSION, "Active"], self._take_active)

    def _find_session(self, name: QDBusVariant) -> None:
        self._ask(_AT, _MANAGER, "GetSession", [name.variant()], self._follow)

    def _follow(self, ours: QDBusObjectPath) -> None:
        at = ours.path()
        self._hear(self._system, at, _SESSION, "Lock", "session_locked()")
        self._hear(self._system, at, _PROPERTIES, "PropertiesChanged", "session_changed(QDBusMessage)")

    def _hear(self, bus: QDBusConnection, at: str, interface: str, name: str, slot: str) -> None:
        """Follow a signal: of logind on the system's bus, of anybody on the person's own."""
        who = "" if bus is self._own else _LOGIND
        bus.connect(who, at, interface, name, self, SLOT(slot))  # type: ignore[call-overload]  # it takes text

    def _take_active(self, active: QDBusVariant) -> None:
        if active.variant() is False:
            self._lock()

    def _let_sleep(self) -> None:
        self._delay = None

    def _hold_up_sleep(self) -> None:
        def take(delay: QDBusUnixFileDescriptor) -> None:
            self._delay = delay

        self._ask(_AT, _MANAGER, "Inhibit", ["sleep", "SalesDesk", self.tr("Locks before sleep"), "delay"], take)

    def _ask(
        self, at: str, interface: str, method: str, arguments: list[object], then: Callable[[Any], object]
    ) -> None:
        """Ask logind, and hand on the first value of its answer; no answer is none."""
        message = QDBusMessage.createMethodCall(_LOGIND, at, interface, method)
        message.setArguments(arguments)

        def answered(call: QDBusPendingCallWatcher) -> None:
            reply = call.reply()
            if reply.type() == QDBusMessage.MessageType.ReplyMessage and reply.arguments():
                then(reply.arguments()[0])
            call.deleteLater()

        watcher = QDBusPendingCallWatcher(self._system.asyncCall(message), self)
        watcher.finished.connect(answered)
