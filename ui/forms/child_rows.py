"""Child rows edited in place: contacts, the decision chain, the questions of an outline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from salesdesk.errors import BadValue
from salesdesk.records.field import Field
from salesdesk.records.kinds import FlagKind, LinkKind
from salesdesk.records.language import Language
from salesdesk.records.registry import Record, fields_of
from ui.forms.editors import Editor, make_editor
from ui.forms.kind_layout import PARTS, layout_of
from ui.widgets.labels import PlainLabel, set_look

Texts = dict[str, str]

_ONE_LINE = 640  # pixels
_BETWEEN_BLOCKS = 10


@dataclass(eq=False)
class Row:
    """A row on the screen; a new one has no record id until it was saved."""

    record_id: str
    editors: dict[str, Editor]
    buttons: QWidget
    names: list[PlainLabel]

    def texts(self) -> Texts:
        """What stands in the cells."""
        return {name: editor.text() for name, editor in self.editors.items()}


class RowsEditor(QWidget):
    """A heading, a line of column names, the rows, and a button for one more.

    Enter goes to the next cell and from the last one to a new row; in a cell of several lines Ctrl+Enter does.
    """

    edited = Signal()

    def __init__(self, form: type[Record], language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.form = form
        self.language = language
        self.columns = [f for f in fields_of(form).values() if f.shown and not isinstance(f.kind, LinkKind)]
        self._keeps_order = "row_no" in fields_of(form)
        self._in_blocks = sum(layout_of(column).width for column in self.columns) > _ONE_LINE
        self._rows: list[Row] = []
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
        self._names = [PlainLabel(column.label(language), "muted") for column in self.columns]
        if self._in_blocks:
            for place in range(PARTS):
                self._grid.setColumnStretch(place, 1)
                self._grid.setColumnMinimumWidth(place, 1)
        for place, (column, name) in enumerate(zip(self.columns, self._names, strict=True)):
            if self._in_blocks:
                name.setParent(self)
                name.hide()
                continue
            self._grid.setColumnStretch(place, layout_of(column).stretch)
            self._grid.addWidget(name, 0, place)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 6, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(line)
        layout.addLayout(self._grid)
        self.edited.connect(self._show_sum)
        self._lay_out()

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
            editor.inner.installEventFilter(self)
            editors[column.name] = editor
        names = [PlainLabel(c.label(self.language), "muted") for c in self.columns] if self._in_blocks else []
        row = Row(record_id, editors, QWidget(), names)
        self._add_buttons(row)
        self._rows.append(row)
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

    def take_saved(self, sent: list[Row], texts: list[Texts], saved: list[tuple[str, Texts]]) -> None:
        """Learn what became of the rows that were sent to be saved, and with which texts.

        New rows get their ids. Where the person has typed on since, the cells stay; rows that
        somebody else added or removed meanwhile appear and leave.
        """
        known = {row.record_id for row in (*sent, *self._rows)}
        fresh = [(record_id, kept) for record_id, kept in saved if record_id not in known]
        for row, sent_texts in zip(sent, texts, strict=True):
            found = next((new for new in fresh if not row.record_id and _same(self.columns, new[1], sent_texts)), None)
            if found is not None:
                row.record_id = found[0]
                fresh.remove(found)
        now = dict(saved)
        for row, sent_texts in zip(sent, texts, strict=True):
            if row not in self._rows:
                continue
            if row.record_id not in now:
                self._drop(row)
                continue
            for name, editor in row.editors.items():
                if editor.text() == sent_texts[name] and not editor.means(now[row.record_id][name]):
                    editor.set_text(now[row.record_id][name])
        for record_id, kept in fresh:
            self.add_row(record_id, kept)
        self._lay_out()
        self._show_sum()

    def texts_of(self, records: Sequence[Record]) -> list[tuple[str, Texts]]:
        """Id and texts of records, as the cells show them."""
        return [(r.id, {c.name: c.show(getattr(r, c.name), self.language) for c in self.columns}) for r in records]

    def put_in_order(self, record_ids: list[str]) -> None:
        """Let the rows follow each other like these records; new ones stay at the end."""
        place = {record_id: number for number, record_id in enumerate(record_ids)}
        self._rows.sort(key=lambda row: place.get(row.record_id, len(place)))
        self._lay_out()

    def texts(self) -> list[tuple[str, Texts]]:
        """Id (empty for a new row) and texts of each row that is not blank."""
        return [(row.record_id, row.texts()) for row in self.filled()]

    def values(self) -> list[tuple[str, dict[str, Any]]]:
        """Id and values of each row that is not blank; raises `BadValue`."""
        return [(row.record_id, {name: e.value() for name, e in row.editors.items()}) for row in self.filled()]

    def check(self) -> bool:
        """Say beside each cell what is wrong; returns whether nothing is."""
        problems = [editor for row in self.filled() for editor in row.editors.values() if not editor.check()]
        return not problems

    def filled(self) -> list[Row]:
        """The rows that hold something or were saved before."""
        return [row for row in self._rows if row.record_id or any(_says(e) for e in row.editors.values())]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter moves on; in a cell of several lines it is a line break, and Ctrl+Enter moves on."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
            and (not isinstance(watched, QPlainTextEdit) or event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        ):
            self._go_on_from(watched)
            return True
        return super().eventFilter(watched, event)

    def _go_on_from(self, inner: QObject) -> None:
        cells = [editor for row in self._rows for editor in row.editors.values()]
        following = next(after for after, editor in enumerate(cells, start=1) if editor.inner is inner)
        if following < len(cells):
            cells[following].inner.setFocus(Qt.FocusReason.TabFocusReason)
        elif any(_says(e) for e in self._rows[-1].editors.values()):
            self._add_and_go()

    def _add_and_go(self) -> None:
        place = self.add_row()
        self.cell(place, self.columns[0].name).inner.setFocus(Qt.FocusReason.TabFocusReason)
        self.edited.emit()

    def _remove(self, row: Row) -> None:
        place = self._rows.index(row)
        self._drop(row)
        self._lay_out()
        if self._rows:
            self.cell(min(place, len(self._rows) - 1), self.columns[0].name).inner.setFocus(
                Qt.FocusReason.OtherFocusReason
            )
        else:
            self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edited.emit()

    def _move_up(self, row: Row) -> None:
        place = self._rows.index(row)
        if place:
            self._rows[place - 1 : place + 1] = [row, self._rows[place - 1]]
            self._lay_out()
            self.edited.emit()

    def _drop(self, row: Row) -> None:
        self._rows.remove(row)
        for widget in (*row.editors.values(), row.buttons, *row.names):
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()

    def _lay_out(self) -> None:
        if self._in_blocks:
            self._lay_out_blocks()
            return
        for place, row in enumerate(self._rows, start=1):
            for column, editor in enumerate(row.editors.values()):
                self._grid.addWidget(editor, place, column, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(row.buttons, place, len(self.columns), Qt.AlignmentFlag.AlignTop)
        for name in self._names:
            name.setVisible(bool(self._rows))
        self._order_tabs()

    def _lay_out_blocks(self) -> None:
        """Rows with more to say than a line has room for: each cell under its own name, as many lines as it takes."""
        line = 0
        for row in self._rows:
            self._grid.setRowMinimumHeight(line, _BETWEEN_BLOCKS)
            line += 1
            self._grid.addWidget(row.buttons, line, PARTS, 2, 1, Qt.AlignmentFlag.AlignTop)
            taken = 0
            for name, editor in zip(row.names, row.editors.values(), strict=True):
                parts = layout_of(editor.field).parts
                if taken + parts > PARTS:
                    line, taken = line + 2, 0
                self._grid.addWidget(name, line, taken, 1, parts)
                self._grid.addWidget(editor, line + 1, taken, 1, parts, Qt.AlignmentFlag.AlignTop)
                taken += parts
            line += 2
        self._order_tabs()

    def _order_tabs(self) -> None:
        """Tab goes as one reads; Qt's own order would be that of making."""
        stops: list[QWidget] = [self.add_button]
        for row in self._rows:
            stops += [*(editor.inner for editor in row.editors.values()), *row.buttons.findChildren(QPushButton)]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def _add_buttons(self, row: Row) -> None:
        layout = QHBoxLayout(row.buttons)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        offered = [("×", self.tr("Remove the row"), self._remove)]
        if self._keeps_order:
            offered.insert(0, ("↑", self.tr("Move the row up"), self._move_up))
        for sign, name, slot in offered:
            button = QPushButton(sign)
            button.setProperty("look", "icon")
            button.setAutoDefault(False)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setAccessibleName(name)
            button.setToolTip(name)
            button.clicked.connect(lambda _=False, slot=slot: slot(row))
            layout.addWidget(button)

    def _show_sum(self) -> None:
        """What the rows come to in the field whose sum is fixed, while it is typed."""
        goal = self.form.__form__.sum_to
        if goal is None or not self._rows:
            self.remark.setText("")
            return
        column = fields_of(self.form)[goal.field]
        total = sum(editor.value() or 0 for row in self._rows if _reads(editor := row.editors[goal.field]))
        self.remark.setText(
            self.tr("{field} in total: {sum}").format(
                field=column.label(self.language), sum=column.show(total, self.language)
            )
        )
        set_look(self.remark, "ok" if total == goal.total else "warn")


def _says(editor: Editor) -> bool:
    return bool(editor.text().strip()) and not (isinstance(editor.field.kind, FlagKind) and not editor.value())


def _reads(editor: Editor) -> bool:
    try:
        editor.value()
    except BadValue:
        return False
    return True


def _same(columns: list[Field], kept: Texts, typed: Texts) -> bool:
    """Whether a saved row is what was typed: full-width digits and outer blanks are not what tells rows apart."""
    return all(_usual(column, kept[column.name]) == _usual(column, typed[column.name]) for column in columns)


def _usual(column: Field, text: str) -> Any:
    try:
        return column.kind.parse(text)
    except BadValue:
        return text
