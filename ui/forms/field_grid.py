"""The lines of a form: labels on the left, editors beside them, two short ones to a line."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout

from ui.forms.line_editor import Editor
from ui.widgets.labels import PlainLabel

_LABEL_WIDTH = 106  # eight Chinese characters: the longest label that should stay in one line


class FieldGrid(QGridLayout):
    """Labels and editors; two short fields that follow each other share a line."""

    def __init__(self) -> None:
        super().__init__()
        self.setHorizontalSpacing(12)
        self.setVerticalSpacing(8)
        self.setColumnMinimumWidth(2, _LABEL_WIDTH)
        for column in (1, 3):
            self.setColumnStretch(column, 1)
        self._half_taken = False

    def put(self, label: str, editor: Editor, *, half: bool) -> None:
        """The next field; a `half` one may take the right side of the line before."""
        right = half and self._half_taken
        row = self.rowCount() - 1 if right else self.rowCount()
        name = PlainLabel(label, "muted")
        name.setWordWrap(True)
        name.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        name.setContentsMargins(0, 6, 0, 0)
        name.setFixedWidth(_LABEL_WIDTH)
        name.setBuddy(editor.inner)
        self.addWidget(name, row, 2 if right else 0)
        self.addWidget(editor, row, 3 if right else 1, 1, 1 if half else 3, Qt.AlignmentFlag.AlignTop)
        self._half_taken = half and not right
