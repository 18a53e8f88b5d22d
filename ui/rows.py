"""Child rows edited in place: contacts, the decision chain, the questions of an outline."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from salesdesk.errors import BadValue
from salesdesk.process.decision_chain import WHOLE
from salesdesk.records.field import Field
from salesdesk.records.kinds import ChoiceKind, FlagKind, IntegerKind, Language, LinkKind
from salesdesk.records.registry import Record, fields_of
from ui.editors import Editor, make_editor
from ui.widgets.labels import PlainLabel, set_look

Texts = dict[str, str]


@dataclass
class _Row:
    record_id: str
    editors: dict[str, Editor]
    buttons: QWidget


class RowsEditor(QWidget):
    """A heading, a line of column names, the rows, and a button for one more. Enter in the last row adds one."""

    edited = Signal()

    def __init__(self, form: type[Record], language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.form = form
        self.language = language
        self.columns = [f for f in fields_of(form).values() if f.shown and not isinstance(f.kind, LinkKind)]
        self._rows: list[_Row] = []
        self.heading = PlainLabel(form.__form__.label(language), "heading")
        self.remark = PlainLabel("", "muted")
        self.add_button = QPushButton("+ " + self.tr("Add"))
        self.add_button.setProperty("look", "flat")
        self.add_button.setAutoDefault(False)
        self.add_button.setAccessibleName(self.tr("Add a row: {form}").format(form=form.__form__.label(language)))
        self.add_button.clicked.connect(self._add_and_go)
        line = QHBoxLayout()
        line.addWidget(self.heading)
        line.addWidget(self.add_button)
        line.addStretch()
        line.addWidget(self.remark)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(6)
        self._grid.setVerticalSpacing(4)
        for place, column in enumerate(self.columns):
            self._grid.setColumnStretch(place, _stretch(column))
            self._grid.addWidget(PlainLabel(column.label(language), "muted"), 0, place)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 6, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(line)
        layout.addLayout(self._grid)
        self.edited.connect(self._show_sum)

    def row_count(self) -> int:
        """How many rows stand there, blank ones included."""
        return len(self._rows)

    def cell(self, row: int, name: str) -> Editor:
        """The editor of a column in a row, from 0."""
        return self._rows[row].editors[name]

    def add_row(self, record_id: str = "", texts: Texts | None = None) -> int:
        """One more row at the end; returns its place."""
        place = len(self._rows)
        editors = {}
        for column in self.columns:
            editor = make_editor(column, self.language, compact=True)
            editor.set_text((texts or {}).get(column.name, ""))
            editor.edited.connect(self.edited)
            editors[column.name] = editor
        row = _Row(record_id, editors, self._make_buttons())
        self._rows.append(row)
        for button, slot in zip(row.buttons.findChildren(QPushButton), (self._move_up, self._remove), strict=True):
            button.clicked.connect(lambda _=False, row=row, slot=slot: slot(row))
        self._lay_out()
        self._show_sum()
        return place

    def set_rows(self, rows: list[tuple[str, Texts]]) -> None:
        """Replace all rows by those of a record or a draft."""
        for row in list(self._rows):
            self._drop(row)
        for record_id, texts in rows:
            self.add_row(record_id, texts)
        self._show_sum()

    def take_ids(self, record_ids: list[str]) -> None:
        """Learn the ids that the rows got when they were saved, in their order."""
        for row, record_id in zip(self.filled(), record_ids, strict=False):
            row.record_id = record_id

    def texts(self) -> list[tuple[str, Texts]]:
        """Id (empty for a new row) and texts of each row that is not blank."""
        return [(row.record_id, {name: e.text() for name, e in row.editors.items()}) for row in self.filled()]

    def values(self) -> list[tuple[str, dict[str, Any]]]:
        """Id and values of each row that is not blank; raises `BadValue`."""
        return [(row.record_id, {name: e.value() for name, e in row.editors.items()}) for row in self.filled()]

    def check(self) -> bool:
        """Say beside each cell what is wrong; returns whether nothing is."""
        problems = [editor for row in self.filled() for editor in row.editors.values() if not editor.check()]
        return not problems

    def filled(self) -> list[_Row]:
        """The rows that hold something or were saved before."""
        return [row for row in self._rows if row.record_id or any(_says(e) for e in row.editors.values())]

    def enter(self) -> None:
        """Enter in the last row: one more row, if that one is not blank."""
        if self._rows and any(_says(e) for e in self._rows[-1].editors.values()):
            self._add_and_go()

    def _add_and_go(self) -> None:
        place = self.add_row()
        self.cell(place, self.columns[0].name).setFocus()
        self.edited.emit()

    def _remove(self, row: _Row) -> None:
        self._drop(row)
        self._lay_out()
        self.edited.emit()

    def _move_up(self, row: _Row) -> None:
        place = self._rows.index(row)
        if place:
            self._rows[place - 1 : place + 1] = [row, self._rows[place - 1]]
            self._lay_out()
            self.edited.emit()

    def _drop(self, row: _Row) -> None:
        self._rows.remove(row)
        for widget in (*row.editors.values(), row.buttons):
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()

    def _lay_out(self) -> None:
        for place, row in enumerate(self._rows, start=1):
            for column, editor in enumerate(row.editors.values()):
                self._grid.addWidget(editor, place, column, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(row.buttons, place, len(self.columns), Qt.AlignmentFlag.AlignTop)

    def _make_buttons(self) -> QWidget:
        box = QWidget()
        layout = QHBoxLayout(box)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for sign, name in (("↑", self.tr("Move the row up")), ("×", self.tr("Remove the row"))):
            button = QPushButton(sign)
            button.setProperty("look", "icon")
            button.setAutoDefault(False)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setAccessibleName(name)
            button.setToolTip(name)
            layout.addWidget(button)
        return box

    def _show_sum(self) -> None:
        """The weights of a decision chain add up to 100 %; the sum is shown while it is typed."""
        weights = [row.editors["weight"] for row in self._rows if "weight" in row.editors]
        if not weights:
            return
        total = sum(editor.value() or 0 for editor in weights if _reads(editor))
        self.remark.setText(self.tr("Weights: {total} %").format(total=total))
        set_look(self.remark, "ok" if total == WHOLE else "warn")


def _says(editor: Editor) -> bool:
    return bool(editor.text().strip()) and not (isinstance(editor.field.kind, FlagKind) and not editor.value())


def _reads(editor: Editor) -> bool:
    try:
        editor.value()
    except BadValue:
        return False
    return True


def _stretch(column: Field) -> int:
    if isinstance(column.kind, FlagKind | IntegerKind):
        return 2
    return 3 if isinstance(column.kind, ChoiceKind) else 4
