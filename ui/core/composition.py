"""What an input method is still composing: seen in a field, and not yet its text.

Qt forgets a composition when a field is left, and also when the input method is asked to hand over what it has
(`QInputMethod.commit()` with ibus and fcitx, Qt 6.7 to 6.11). Here it is remembered as it is shown, and becomes the
field's text before anything is done that would end it: a click, a shortcut, another field, another window.
"""

from __future__ import annotations

import functools
import time
from dataclasses import dataclass

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

# Keys that Qt acts on end a composition; these come by while one goes on.
_PASSING_KEYS = {
    *(0, Qt.Key.Key_unknown, Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Meta, Qt.Key.Key_Alt, Qt.Key.Key_AltGr),
    *(Qt.Key.Key_CapsLock, Qt.Key.Key_NumLock, Qt.Key.Key_ScrollLock, Qt.Key.Key_Super_L, Qt.Key.Key_Super_R),
}
_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
_ENDING = {
    *(QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick, QEvent.Type.TouchBegin),
    *(QEvent.Type.Shortcut, QEvent.Type.FocusAboutToChange),
}
# An input method that is asked to let go answers at once; one that is busy may still send what was typed before.
_LATE_S = 2.0


@dataclass(frozen=True)
class _Settled:
    """A composition that was made text: where it stands, in UTF-16 units as Qt counts, and since when."""

    widget: QWidget
    place: int
    text: str
    at: float


class Composition(QObject):
    """Follows the focus. `changed` after what is composed was shown otherwise, without any text having been put in."""

    changed = Signal()

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._followed: QWidget | None = None
        self._shown = ""
        self._forgotten = ""  # by Qt, in this very turn of the event loop
        self._settling = self._handed_over = False
        self._settled: _Settled | None = None
        app.focusChanged.connect(lambda _old, new: self._follow(new))
        self._follow(app.focusWidget())

    def shown_in(self, widget: QWidget) -> str:
        """What is being composed in a widget; nothing where nothing is."""
        return self._shown if widget in {self._followed, _editor(self._followed)} else ""

    def is_within(self, widget: QWidget) -> bool:
        """Whether something is being composed in a widget or below it."""
        inside = self._followed is not None and (widget is self._followed or widget.isAncestorOf(self._followed))
        return inside and bool(self._shown)

    def settle(self) -> None:
        """Make what is being composed the text of its field; the input method begins anew."""
        widget, shown = self._followed, self._shown
        if widget is None or not shown or not shiboken6.isValid(widget):
            return
        place = _cursor(widget)
        self._settling, self._handed_over = True, False
        try:
            # on some systems the method hands over what it has; never twice, so what it does is watched
            for ask in (QGuiApplication.inputMethod().commit, QGuiApplication.inputMethod().reset):
                if not self._handed_over:
                    ask()
            self._let_go()
            if not self._handed_over:
                self._put_in(widget, place, shown)
        finally:
            self._settling = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See what is composed in the field with the focus and, while something is, whatever would end it.

        Then it filters the whole application too, and the field's own events come by twice; the second time they say
        nothing new.
        """
        kind = event.type()
        if kind == QEvent.Type.InputMethod and watched is self._followed:
            return isinstance(event, QInputMethodEvent) and self._compose(self._followed, event)
        if kind == QEvent.Type.FocusAboutToChange and watched is self._followed and self._forgotten:
            shown, self._forgotten = self._forgotten, ""
            self._put_in(self._followed, _cursor(self._followed), shown)
        elif kind == QEvent.Type.ReadOnlyChange and watched is self._followed and self._shown:
            self._withdraw()
        elif self._shown and (kind in _ENDING or _acts(event) or _closes(watched, event)):
            self.settle()
        return False

    def _follow(self, widget: QWidget | None) -> None:
        if self._followed is not None and shiboken6.isValid(self._followed):
            self._followed.removeEventFilter(self)
        self._let_go()
        self._followed = widget
        if widget is None:
            self._settled = None  # what the method still says reaches nobody
        else:
            widget.installEventFilter(self)

    def _compose(self, widget: QWidget, event: QInputMethodEvent) -> bool:
        """What the method sends; returns whether it stops here."""
        if self._settling:
            self._handed_over = self._handed_over or bool(event.commitString())
            return False
        if _is_read_only(widget) and (event.commitString() or event.preeditString()):
            return True
        if self._is_late(event):
            return True
        before, self._shown = self._shown, event.preeditString()
        if self._shown and not before:
            self._app.installEventFilter(self)
        elif before and not self._shown:
            self._app.removeEventFilter(self)
            if not event.commitString():
                self._forgotten = before
                QTimer.singleShot(0, self._forget)
        if before != self._shown and not event.commitString():
            QTimer.singleShot(0, self.changed.emit)  # once the widget shows it
        return False

    def _is_late(self, event: QInputMethodEvent) -> bool:
        """What was under way while its composition was made text takes that text's place; it is not put in twice."""
        settled = self._settled
        if settled is None or time.monotonic() - settled.at > _LATE_S or not shiboken6.isValid(settled.widget):
            self._settled = None
            return False
        if event.commitString() or not event.preeditString():  # with either the method has let go
            self._settled = None
        if event.commitString():
            _exchange(settled, event.commitString())
        return bool(event.commitString() or event.preeditString())

    def _put_in(self, widget: QWidget, place: int, text: str) -> None:
        if _is_read_only(widget):
            return
        event = QInputMethodEvent()
        event.setCommitString(text)
        before, self._settling = self._settling, True
        QCoreApplication.sendEvent(widget, event)
        self._settling = before
        self._settled = _Settled(widget, place, text, time.monotonic())

    def _withdraw(self) -> None:
        """The field may no longer be written in."""
        widget = self._followed
        self._let_go()
        QGuiApplication.inputMethod().reset()
        if widget is not None:
            QCoreApplication.sendEvent(widget, QInputMethodEvent())

    def _let_go(self) -> None:
        self._app.removeEventFilter(self)
        self._shown = self._forgotten = ""

    def _forget(self) -> None:
        self._forgotten = ""


@functools.cache
def composition() -> Composition:
    """The one of the application, made when it is first asked for."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return Composition(app)


def with_composed(widget: QWidget, text: str) -> str:
    """The text of a widget as a person sees it: with what is being composed at the cursor."""
    shown = composition().shown_in(widget)
    if not shown:
        return text
    units, place = text.encode("utf-16-le"), 2 * _cursor(widget)
    return units[:place].decode("utf-16-le") + shown + units[place:].decode("utf-16-le")


def _closes(watched: QObject, event: QEvent) -> bool:
    """Whether a window or dialog is closed; tips and lists come and go while one types."""
    windows = {Qt.WindowType.Window, Qt.WindowType.Dialog}
    return event.type() == QEvent.Type.Close and isinstance(watched, QWidget) and watched.windowType() in windows


def _acts(event: QEvent) -> bool:
    """Whether a key that the input method left to us does more than type a sign."""
    if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress or event.key() in _PASSING_KEYS:
        return False
    return bool(event.modifiers() & _COMMANDS) or not (event.text() and event.text().isprintable())


def _editor(widget: QWidget | None) -> QWidget | None:
    """The line within a box that is written in."""
    return widget.lineEdit() if isinstance(widget, QComboBox) else widget


def _cursor(widget: QWidget) -> int:
    """Where the text goes on, in UTF-16 units."""
    editor = _editor(widget)
    if isinstance(editor, QPlainTextEdit | QTextEdit):
        return editor.textCursor().selectionStart()
    if isinstance(editor, QLineEdit):
        return editor.selectionStart() if editor.hasSelectedText() else editor.cursorPosition()
    return 0


def _is_read_only(widget: QWidget) -> bool:
    editor = _editor(widget)
    return isinstance(editor, QLineEdit | QPlainTextEdit | QTextEdit) and editor.isReadOnly()


def _exchange(settled: _Settled, text: str) -> None:
    """Put what the method made of a composition in its place, if it still stands there."""
    editor, length = _editor(settled.widget), len(settled.text.encode("utf-16-le")) // 2
    if isinstance(editor, QPlainTextEdit | QTextEdit):
        cursor = QTextCursor(editor.document())
        cursor.setPosition(min(settled.place, editor.document().characterCount() - 1))
        cursor.movePosition(QTextCursor.MoveOperation.NextCharacter, QTextCursor.MoveMode.KeepAnchor, length)
        if cursor.selectedText() == settled.text:
            cursor.insertText(text)
    elif isinstance(editor, QLineEdit):
        cursor_place = editor.cursorPosition()
        editor.setSelection(settled.place, length)
        if editor.selectedText() == settled.text:
            editor.insert(text)
            cursor_place += len(text.encode("utf-16-le")) // 2 - length if cursor_place > settled.place else 0
        editor.deselect()
        editor.setCursorPosition(cursor_place)
