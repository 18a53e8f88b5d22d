"""What a person's hands do in tests: keys, and what an input method hands over."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest


def compose(widget, text):
    """An input method's commit, as for every Chinese word."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QCoreApplication.sendEvent(widget, event)


def replace(editor, text):
    """Put a text in place of what an editor holds: by keys where a keyboard has them, else composed."""
    inner = editor.inner
    inner.setFocus()
    inner.selectAll()
    QTest.keyClick(inner, Qt.Key.Key_Delete)
    if text.isascii():
        QTest.keyClicks(inner, text)
    else:
        compose(inner, text)


def activate(qtbot, widget, size=(640, 900)):
    """Show a widget as the active window."""
    widget.resize(*size)
    widget.show()
    widget.activateWindow()
    qtbot.waitUntil(widget.isActiveWindow)
