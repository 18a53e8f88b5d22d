"""A table of a few columns of which one row is chosen, and what was chosen stays so when it is filled anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from ui.widgets.labels import plain_tooltip

_ROW_HEIGHT = 32
_KEY = Qt.ItemDataRole.UserRole


@dataclass(frozen=True)
class Line:
    """A row: what it stands for, and its texts."""

    key: str
    texts: tuple[str, ...]


class PlainTable(QTableWidget):
    """Read with the keys, filled by `show_lines`. The last column takes the room that `widths` leave."""

    def __init__(self, columns: Sequence[str], widths: Sequence[int], name: str) -> None:
        super().__init__(0, len(columns))
        self.setAccessibleName(name)
        self.setHorizontalHeaderLabels(list(columns))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(_ROW_HEIGHT)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setStretchLastSection(True)
        header.setHighlightSections(False)
        for column, width in enumerate(widths):
            header.resizeSection(column, width)

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these. What was selected stays selected, wherever it stands now: a button must not slip to another."""
        chosen = self.item(self.currentRow(), 0)
        key = chosen.data(_KEY) if chosen is not None else None
        first_time = self.rowCount() == 0
        self.clearSelection()
        self.setCurrentCell(-1, -1)
        self.setRowCount(len(lines))
        for number, line in enumerate(lines):
            for column, text in enumerate(line.texts):
                item = QTableWidgetItem(text)
                item.setToolTip(plain_tooltip(text))
                item.setData(_KEY, line.key)
                self.setItem(number, column, item)
        place = next((n for n, line in enumerate(lines) if line.key == key), 0 if first_time else -1)
        if 0 <= place < len(lines):
            self.setCurrentCell(place, 0)
