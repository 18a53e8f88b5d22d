"""One editor a kind of field. Safe for input methods: nothing filters or changes text while it is typed.

Text is read and put into its usual form when editing ends; what cannot be read stays as typed, with
words beside it.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QDate, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import (
    QCalendarWidget,
    QCheckBox,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from salesdesk.errors import BadValue
from salesdesk.records.field import Field
from salesdesk.records.kinds import ChoiceKind, DateKind, FlagKind, Language, TextKind
from ui import notify
from ui.widgets.labels import PlainLabel

_LINE_HEIGHT = 20
_NOTE_FRAME = 16


class Editor(QWidget):
    """Edits the text of one field. `edited` while it changes, `finished` when the person leaves it or presses Enter."""

    edited = Signal()
    finished = Signal()

    def __init__(self, field: Field, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self.language = language
        self.problem = PlainLabel("", "danger")
        self.problem.setWordWrap(True)
        self.problem.hide()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(3)

    def text(self) -> str:
        """What stands in the editor."""
        raise NotImplementedError

    def set_text(self, text: str) -> None:
        """Put a text in, as if it had been there from the beginning."""
        raise NotImplementedError

    def value(self) -> Any:
        """The value of the text; raises `BadValue`."""
        return self.field.kind.parse(self.text())

    def check(self) -> bool:
        """Say beside the field what is wrong with its text; returns whether nothing is."""
        try:
            self.value()
        except BadValue as error:
            self.show_problem(notify.sentence(error))
            return False
        self.show_problem("")
        return True

    def show_problem(self, sentence: str) -> None:
        """Words beside the field; none when it is empty."""
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))
        inner = self.focusProxy()
        if inner is not None and inner.property("problem") != bool(sentence):
            inner.setProperty("problem", bool(sentence))
            inner.style().unpolish(inner)
            inner.style().polish(inner)

    def _add(self, inner: QWidget, row: QWidget | None = None) -> None:
        inner.setAccessibleName(self.field.label(self.language))
        self.setFocusProxy(inner)
        self._column.addWidget(row or inner)
        self._column.addWidget(self.problem)

    def _tidy(self) -> None:
        """Editing has ended: put the text into its usual form if it can be read."""
        if self.check():
            shown = self.field.show(self.value(), self.language)
            if shown != self.text():
                self.set_text(shown)
        self.finished.emit()


class LineEditor(Editor):
    """One line of text, a number, an amount, a time."""

    def __init__(self, field: Field, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(field, language, parent)
        self.line = QLineEdit()
        self.line.textChanged.connect(self.edited)
        self.line.editingFinished.connect(self._tidy)
        self._place()

    def text(self) -> str:
        return self.line.text()

    def set_text(self, text: str) -> None:
        self.line.setText(text)
        self.line.setCursorPosition(0)

    def _place(self) -> None:
        self._add(self.line)


class DateEditor(LineEditor):
    """A day as text, with a calendar a click away; the up and down keys move it by a day."""

    def _place(self) -> None:
        self.line.setPlaceholderText("2026-03-15")
        self.line.installEventFilter(self)
        self.calendar_button = QPushButton("▾")
        self.calendar_button.setProperty("look", "flat")
        self.calendar_button.setAutoDefault(False)
        self.calendar_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.calendar_button.setAccessibleName(self.tr("Calendar"))
        self.calendar_button.clicked.connect(self._open_calendar)
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.line, 1)
        layout.addWidget(self.calendar_button)
        self._add(self.line, row)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and down are one day later and earlier."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            days = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()), 0)
            if days:
                self._move(days)
                return True
        return super().eventFilter(watched, event)

    def _move(self, days: int) -> None:
        day = self._day() or QDate.currentDate()
        self.line.setText(day.addDays(days).toString(Qt.DateFormat.ISODate))

    def _day(self) -> QDate | None:
        try:
            value = DateKind().parse(self.text())
        except BadValue:
            return None
        return QDate(value.year, value.month, value.day) if value else None

    def _open_calendar(self) -> None:
        dialog = QDialog(self, Qt.WindowType.Tool | Qt.WindowType.FramelessWindowHint)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        calendar = QCalendarWidget()
        calendar.setSelectedDate(self._day() or QDate.currentDate())
        calendar.clicked.connect(lambda day: self.line.setText(day.toString(Qt.DateFormat.ISODate)))
        calendar.clicked.connect(dialog.close)
        layout = QVBoxLayout(dialog)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.addWidget(calendar)
        dialog.move(self.mapToGlobal(self.rect().bottomLeft()))
        dialog.show()


class NoteEditor(Editor):
    """Text of several lines; Tab moves on."""

    def __init__(self, field: Field, language: Language, lines: int, parent: QWidget | None = None) -> None:
        super().__init__(field, language, parent)
        self.note = QPlainTextEdit()
        self.note.setTabChangesFocus(True)
        self.note.setFixedHeight(lines * _LINE_HEIGHT + _NOTE_FRAME)
        self.note.textChanged.connect(self.edited)
        self.note.installEventFilter(self)
        self._add(self.note)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leaving the note ends its editing."""
        if event.type() == QEvent.Type.FocusOut:
            self._tidy()
        return super().eventFilter(watched, event)

    def text(self) -> str:
        return self.note.toPlainText()

    def set_text(self, text: str) -> None:
        self.note.setPlainText(text)


class _CalmComboBox(QComboBox):
    """The wheel scrolls the form, and changes the choice only after a click into it."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class ChoiceEditor(Editor):
    """One of a few options; an unknown value of a newer program is kept as an option of its own."""

    def __init__(self, field: Field, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(field, language, parent)
        assert isinstance(field.kind, ChoiceKind)
        self.box = _CalmComboBox()
        self.box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.box.addItem("", "")
        for option in field.kind.options:
            self.box.addItem(option.label(language), option.value)
        self.box.currentIndexChanged.connect(self.edited)
        self.box.activated.connect(self.finished)
        self._add(self.box)

    def text(self) -> str:
        return self.box.currentText()

    def value(self) -> Any:
        return self.box.currentData()

    def set_text(self, text: str) -> None:
        place = self.box.findText(text)
        if place < 0:
            self.box.addItem(text, text)
            place = self.box.count() - 1
        self.box.setCurrentIndex(place)


class FlagEditor(Editor):
    """Yes or no."""

    def __init__(self, field: Field, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(field, language, parent)
        self.tick = QCheckBox()
        self.tick.toggled.connect(self.edited)
        self.tick.clicked.connect(self.finished)
        self._add(self.tick)

    def text(self) -> str:
        return self.field.kind.format(self.tick.isChecked(), self.language)

    def set_text(self, text: str) -> None:
        self.tick.setChecked(bool(self.field.kind.parse(text)))


def make_editor(field: Field, language: Language, *, compact: bool = False) -> Editor:
    """The editor of a field; `compact` is for the cells of rows, where a note has two lines at most."""
    kind = field.kind
    if isinstance(kind, ChoiceKind):
        return ChoiceEditor(field, language)
    if isinstance(kind, FlagKind):
        return FlagEditor(field, language)
    if isinstance(kind, DateKind):
        return DateEditor(field, language)
    if isinstance(kind, TextKind) and kind.lines > 1:
        return NoteEditor(field, language, min(kind.lines, 2) if compact else kind.lines)
    return LineEditor(field, language)


def commit_input() -> None:
    """Ask the input method to hand over what it still holds; called before a form is read."""
    QGuiApplication.inputMethod().commit()
