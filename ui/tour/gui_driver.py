"""A person's hand for the tour: types, clicks and waits through Qt's own events, never past the widgets."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, QEventLoop, QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QWidget

from salesdesk.records.kinds import FlagKind

_PATIENCE_S = 60.0


class TooLongError(RuntimeError):
    """What was waited for did not happen."""


def wait_for(what: str, happened: Callable[[], object]) -> None:
    """Let the program run until something is true; raises `TooLongError` after a minute."""
    until = time.monotonic() + _PATIENCE_S
    while not happened():
        if time.monotonic() > until:
            raise TooLongError(what)
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        time.sleep(0.005)


def soon(happened: Callable[[], object], seconds: float = 10.0) -> bool:
    """Whether something becomes true within a while: for what a page shows only when its work has come back."""
    until = time.monotonic() + seconds
    while not happened() and time.monotonic() < until:
        settle(0.05)
    return bool(happened())


def settle(seconds: float = 0.15) -> None:
    """Let running work come back and the window draw itself."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        time.sleep(0.005)


def write(widget: QWidget, text: str) -> None:
    """Replace what stands in an editor: keys for what a keyboard has, an input method's commit for the rest."""
    target = writing_place(widget)
    target.setFocus()
    if isinstance(target, QComboBox):
        _choose(target, text)
        return
    if isinstance(target, QCheckBox):
        if target.isChecked() is not FlagKind().parse(text):
            QTest.keyClick(target, Qt.Key.Key_Space)
        return
    if isinstance(target, QLineEdit | QPlainTextEdit):
        target.selectAll()
        QTest.keyClick(target, Qt.Key.Key_Delete)
    if text.isascii() and text.isprintable():
        QTest.keyClicks(target, text)
    else:
        event = QInputMethodEvent()
        event.setCommitString(text)
        QCoreApplication.sendEvent(target, event)


def writing_place(widget: QWidget) -> QWidget:
    """The widget inside an editor that takes the keys."""
    kinds = (QLineEdit, QPlainTextEdit, QComboBox, QAbstractButton)
    if isinstance(widget, kinds):
        return widget
    for kind in kinds:
        found = widget.findChild(kind)
        if found is not None:
            return found
    return widget


def click(button: QWidget) -> None:
    """Press and release the left button in the widget's middle."""
    QTest.mouseClick(button, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(button.rect().center()))


def draw(pad: QWidget, stroke: Sequence[tuple[int, int]]) -> None:
    """One stroke with the left button down."""
    button, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QTest.mousePress(pad, button, none, QPoint(*stroke[0]))
    for point in stroke:
        QTest.mouseMove(pad, QPoint(*point))
    QTest.mouseRelease(pad, button, none, QPoint(*stroke[-1]))


def press(widget: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """One key, with a modifier if wanted."""
    QTest.keyClick(widget, key, modifier)


def save_key(within: QWidget) -> None:
    """Ctrl+S where the cursor stands, in the window of a widget."""
    window = within.window()
    if not window.isActiveWindow():  # a platform without a window manager forgets who is in front
        window.activateWindow()
        wait_for("the window in front", window.isActiveWindow)
    press(window.focusWidget() or window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)


def _choose(box: QComboBox, text: str) -> None:
    """By the arrow keys, as one does without a mouse."""
    QTest.keyClick(box, Qt.Key.Key_Home)
    for _ in range(box.count()):
        if text in {box.currentText(), str(box.currentData())}:
            return
        QTest.keyClick(box, Qt.Key.Key_Down)
    raise TooLongError(f"no option {text}")
