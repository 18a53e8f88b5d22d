"""A line that is searched with while it is typed in."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.core.composition import composition


class SearchLine(QLineEdit):
    """`typed(text)` when there is another text, but not for half a word that an input method is still composing.

    The first letter of a composition takes the place of what was selected, which Qt tells as an empty text.
    """

    typed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._told = ""
        self.textChanged.connect(self._tell)
        composition().changed.connect(self._tell)

    def _tell(self) -> None:
        if self.text() != self._told and not composition().is_within(self):
            self._told = self.text()
            self.typed.emit(self._told)
