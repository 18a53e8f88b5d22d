"""What a person does and sees in tests of forms: keys, what an input method hands over, what was kept."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest

from salesdesk.actions import forms
from salesdesk.store import drafts
from tests.ui.sample_desk import read


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


def draft_of(desk, panel):
    """The draft of the form on show."""
    return read(desk, lambda s: drafts.find(s, panel.sheet.entity, panel.sheet.record.id))


def stored(desk, panel):
    """The form on show as the workspace has it."""
    return forms.load(desk.workspace, panel.sheet.entity, panel.sheet.record.id)


def save(panel, qtbot):
    """Save and wait until it is kept."""
    with qtbot.waitSignal(panel.saved):
        panel.save()


def column(panel, entity, name):
    """The texts of one column of child rows."""
    rows = panel.rows(entity)
    return [rows.cell(n, name).text() for n in range(rows.row_count())]
