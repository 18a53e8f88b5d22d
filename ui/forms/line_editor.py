"""What every editor has, and the editor of one line.

Safe for input methods: nothing filters or changes text while it is typed. Text is read and put into
its usual form when editing ends; what cannot be read stays as typed, with words beside it.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLineEdit, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from salesdesk.errors import BadValue
from salesdesk.records.field import Field
from salesdesk.records.language import Language
from ui.core import notify
from ui.core.composition import with_composed
from ui.widgets.labels import PlainLabel

# beyond what any field takes: a paste that is too long is said in words, not cut off silently
_MOST_IN_A_LINE = 1_000_000


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
        # the form gives each column its width; a long option must not widen its half of the line
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.hint: QPushButton | None = None
        self._hinted = ""
        self.inner: QWidget = self
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(3)

    def text(self) -> str:
        """What stands in the editor, with what an input method is still composing there."""
        raise NotImplementedError

    def set_text(self, text: str) -> None:
        """Put a text in, as if it had been there from the beginning."""
        raise NotImplementedError

    def value(self) -> Any:
        """The value of the text; raises `BadValue`."""
        return self.field.kind.parse(self.text())

    def means(self, text: str) -> bool:
        """Whether what stands here is the same value as a text in its usual form."""
        try:
            return self.field.show(self.value(), self.language) == text
        except BadValue:
            return False

    def check(self) -> bool:
        """Say beside the field what is wrong with its text; returns whether nothing is."""
        try:
            self.value()
        except BadValue as error:
            self.show_problem(notify.sentence(error))
            return False
        self.show_problem("")
        return True

    def show_hint(self, words: str, text: str) -> None:
        """Offer a text under the field; a click enters it. No words, no offer."""
        self._hinted = text
        if self.hint is None:
            if not words:
                return
            self.hint = QPushButton(self)
            self.hint.setProperty("look", "flat")
            self.hint.setAutoDefault(False)
            self.hint.setCursor(Qt.CursorShape.PointingHandCursor)
            self.hint.clicked.connect(self._take_hint)
            self._column.addWidget(self.hint)
        self.hint.setText(words)
        self.hint.setVisible(bool(words))

    def _take_hint(self) -> None:
        self.set_text(self._hinted)
        self.show_hint("", "")
        self.edited.emit()
        self.finished.emit()

    def show_problem(self, sentence: str) -> None:
        """Words beside the field; none when it is empty."""
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))
        if bool(self.inner.property("problem")) != bool(sentence):
            self.inner.setProperty("problem", bool(sentence))
            self.inner.style().unpolish(self.inner)
            self.inner.style().polish(self.inner)

    def _add(self, inner: QWidget) -> None:
        inner.setAccessibleName(self.field.label(self.language))
        self.inner = inner
        self._column.addWidget(inner)
        self._column.addWidget(self.problem)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the focus on. A focus proxy would do, but it stays behind when rows put Tab into their order."""
        self.inner.setFocus(event.reason())

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
        self.line.setMaxLength(_MOST_IN_A_LINE)
        self.line.textChanged.connect(self.edited)
        self.line.editingFinished.connect(self._tidy)
        self._add(self.line)

    def text(self) -> str:
        return with_composed(self.line, self.line.text())

    def set_text(self, text: str) -> None:
        place = self.line.cursorPosition() if self.line.hasFocus() else 0
        self.line.setText(text)
        self.line.setCursorPosition(place)
