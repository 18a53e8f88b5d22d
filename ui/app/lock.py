"""Locking: from one moment on nothing of a customer can be seen, and afterwards everything is where it was."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QDrag, QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from salesdesk.actions import access
from salesdesk.errors import UserError
from salesdesk.store import backups
from salesdesk.store.workspace import Workspace
from ui.app.access_dialogs import OpeningDialog
from ui.core import clipboard
from ui.core.background import Desk
from ui.core.composition import composition
from ui.forms.form_panel import FormPanel

_PASSING = {Qt.WindowType.Popup, Qt.WindowType.ToolTip, Qt.WindowType.SplashScreen}
# The system's own windows, or dialogs that the program stands still for: they end as if nothing had been chosen
_ENDED = ("QFileDialog", "QColorDialog", "QFontDialog", "QAbstractPrintDialog", "QPageSetupDialog")


class Curtain(QObject):
    """In front of all windows but one. What opens behind it waits there, too, and is never on the screen."""

    def __init__(self, app: QApplication, before: QWidget) -> None:
        """`before` is what stands before it."""
        super().__init__(app)
        self._app, self._before = app, before
        self._aside: list[QWidget] = []
        self._active: QWidget | None = None

    def fall(self) -> None:
        """Hide everything now; lists, menus and tips close, and the system's dialogs end without a choice."""
        self._active = self._app.activeWindow()
        if QApplication.mouseButtons() != Qt.MouseButton.NoButton:
            QDrag.cancel()
        self._app.installEventFilter(self)
        for window in sorted(_on_show(self._app), key=_depth, reverse=True):
            if not self._is_before(window):
                self._put_aside(window)

    def lift(self) -> None:
        """Show everything again as it was."""
        self.remove()
        for window in sorted(filter(shiboken6.isValid, self._aside), key=_depth):
            window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen, False)
            window.show()
        if self._active is not None and shiboken6.isValid(self._active):
            self._active.activateWindow()

    def remove(self) -> None:
        """What is behind it is not wanted any more."""
        self._app.removeEventFilter(self)
        self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt tells of a window before it is on the screen, and of a picture before it is drawn."""
        kind = event.type()
        if kind == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            if not self._is_before(watched):
                watched.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
                QTimer.singleShot(0, watched, partial(self._put_aside, watched))
        elif kind == QEvent.Type.Paint and isinstance(watched, QWidget):
            return not self._is_before(watched)
        return False

    def _put_aside(self, window: QWidget) -> None:
        if window.windowType() in _PASSING:
            window.close()
        elif isinstance(window, QDialog) and any(window.inherits(name) for name in _ENDED):
            window.reject()
        else:
            if isinstance(window, QDialog):
                window.finished.connect(self._ended)
            self._aside.append(window)
            window.hide()

    def _ended(self) -> None:
        """A dialog whose work came to its end behind the curtain is not shown again."""
        dialog = self.sender()
        self._aside = [window for window in self._aside if window is not dialog]

    def _is_before(self, widget: QWidget) -> bool:
        place: QWidget | None = widget
        while place is not None and place is not self._before:
            place = place.parentWidget()
        return place is not None


class LockPage(OpeningDialog):
    """All that is seen while it is locked. Accepted with the workspace open again, or to put a backup back."""

    def __init__(self, desk: Desk, *, asks: bool, passphrase: str = "") -> None:
        """Without `asks` a click is enough: the keyring has the key, or the `passphrase` is no secret."""
        said = (
            self.tr("Enter your passphrase. Everything is where you left it.")
            if asks
            else self.tr(
                "No passphrase is set: signing in to the computer opens your data. Everything is where you left it."
            )
        )
        super().__init__(desk.workspace.folder, self.tr("SalesDesk is locked"), said, self.tr("Unlock"))
        self._desk, self._tried = desk, passphrase
        self.passphrase = self.add_line(self.tr("Passphrase"), "passphrase", secret=True) if asks else None
        self.form.addRow("", self.restore_button)
        (self.passphrase or self.button).setFocus()

    def job(self) -> Callable[[], Workspace]:
        if self.passphrase is not None:
            self._tried = self.passphrase.text()
            if not self._tried:
                raise UserError("access.passphrase_needed", field="passphrase")
        desk, passphrase = self._desk, self._tried

        def unlock() -> Workspace:
            desk.wait_until_put_away()
            return access.unlock_again(desk.workspace, passphrase, self.left)

        return unlock

    def key(self, stopped: Callable[[], bool]) -> bytes:
        return backups.key_of(self.folder, self._tried, stopped)  # asked by a worker, when the widgets are gone

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape would end the program, which is more than anybody means by it here."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)


class Lock:
    """Locked from being made until `open` or `drop`; `page` asks for the way back in."""

    def __init__(self, app: QApplication, desk: Desk, window: QWidget, page: LockPage) -> None:
        """What is typed is kept, and then nothing is seen; the workspace is closed as soon as it is written."""
        composition().settle()
        for panel in window.findChildren(FormPanel):
            panel.flush()
        centre = window.geometry().center()
        self.page, self._desk = page, desk
        self._curtain = Curtain(app, page)
        self._curtain.fall()
        clipboard.take_back()
        desk.put_away()
        page.adjustSize()
        page.move(centre - QPoint(page.width() // 2, page.height() // 2))
        page.show()
        page.activateWindow()

    def open(self) -> None:
        """Somebody is back: the workspace is open again."""
        self._desk.take_up()
        self._curtain.lift()
        self.page.deleteLater()

    def drop(self) -> None:
        """What was hidden is closed, not shown again."""
        self._curtain.remove()
        self.page.hide()
        self.page.deleteLater()


def _on_show(app: QApplication) -> list[QWidget]:
    return [window for window in app.topLevelWidgets() if window.isVisible()]


def _depth(window: QWidget) -> int:
    """How many windows a window stands above."""
    below = window.parentWidget()
    return 0 if below is None else 1 + _depth(below.window())
