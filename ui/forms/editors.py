"""One editor a kind of field; what they share stands in `line_editor`."""

from __future__ import annotations

from typing import Any, assert_never

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QTextCursor, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QPlainTextEdit, QWidget

from salesdesk.errors import BadValue
from salesdesk.records.field import Field
from salesdesk.records.kinds import (
    ChoiceKind,
    DateKind,
    FlagKind,
    IntegerKind,
    LinkKind,
    MomentKind,
    MoneyKind,
    TextKind,
    TimeKind,
)
from salesdesk.records.language import Language
from ui.core.composition import with_composed
from ui.forms.date_editor import DateEditor
from ui.forms.line_editor import Editor, LineEditor

__all__ = [
    "ChoiceEditor",
    "DateEditor",
    "Editor",
    "FlagEditor",
    "LineEditor",
    "NoteEditor",
    "make_editor",
]

_NOTE_FRAME = 22  # border, padding and Qt's own margin, above and below
_PARAGRAPH = "\u2029"
_FLAG_HEIGHT = 32


class NoteEditor(Editor):
    """Text of several lines; Tab moves on.

    Leaving it does not touch the text: the person may be back in a moment, in the middle of a line.
    """

    def __init__(self, field: Field, language: Language, lines: int, parent: QWidget | None = None) -> None:
        super().__init__(field, language, parent)
        self.note = QPlainTextEdit()
        self.note.setTabChangesFocus(True)
        self.note.setFixedHeight(lines * self.note.fontMetrics().lineSpacing() + _NOTE_FRAME)
        self.note.textChanged.connect(self.edited)
        self.note.installEventFilter(self)
        self._add(self.note)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leaving the note says what is wrong with it."""
        if event.type() == QEvent.Type.FocusOut:
            self.check()
            self.finished.emit()
        return super().eventFilter(watched, event)

    def text(self) -> str:
        # toPlainText() would turn every no-break space into a plain one
        return with_composed(self.note, self.note.document().toRawText().replace(_PARAGRAPH, "\n"))

    def set_text(self, text: str) -> None:
        place = self.note.textCursor().position() if self.note.hasFocus() else 0
        self.note.setPlainText(text)
        cursor = self.note.textCursor()
        cursor.setPosition(min(place, self.note.document().characterCount() - 1), QTextCursor.MoveMode.MoveAnchor)
        self.note.setTextCursor(cursor)


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
        try:
            value = self.field.kind.parse(text)  # a draft may hold the option's word in the other language
        except BadValue:
            value = text
        place = self.box.findData(value)
        if place < 0:
            self.box.addItem(text, value)
            place = self.box.count() - 1
        self.box.setCurrentIndex(place)


class FlagEditor(Editor):
    """Yes or no."""

    def __init__(self, field: Field, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(field, language, parent)
        self.tick = QCheckBox()
        self.tick.setMinimumHeight(_FLAG_HEIGHT)
        self.tick.toggled.connect(self.edited)
        self.tick.clicked.connect(self.finished)
        self._add(self.tick)

    def text(self) -> str:
        return self.field.kind.format(self.tick.isChecked(), self.language)

    def set_text(self, text: str) -> None:
        self.tick.setChecked(bool(self.field.kind.parse(text)))


def make_editor(field: Field, language: Language, *, compact: bool = False) -> Editor:
    """The editor of a field; `compact` is for the cells of rows, where a note has two lines at most."""
    match kind := field.known_kind:
        case ChoiceKind():
            return ChoiceEditor(field, language)
        case FlagKind():
            return FlagEditor(field, language)
        case DateKind():
            return DateEditor(field, language)
        case TextKind(lines=lines) if lines > 1:
            return NoteEditor(field, language, min(lines, 2) if compact else lines)
        case TextKind() | IntegerKind() | MoneyKind() | TimeKind() | MomentKind() | LinkKind():
            return LineEditor(field, language)
        case _:
            assert_never(kind)
