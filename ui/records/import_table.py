"""The rows of a foreign table on show: what each column is, and what becomes of each row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QTableWidget, QTableWidgetItem

from salesdesk.actions.import_cells import Problem
from salesdesk.actions.import_preview import Preview, joins
from salesdesk.actions.import_rows import Choice, Row
from salesdesk.exchange.mapping import Target
from salesdesk.exchange.presets import SIZE
from salesdesk.records.kinds import ChoiceKind, DateKind, IntegerKind, MomentKind, MoneyKind, TimeKind
from salesdesk.records.language import Language
from salesdesk.records.prospecting import Customer
from salesdesk.records.registry import fields_of
from ui.messages import lookup
from ui.widgets.labels import plain_tooltip

SHOWN_ROWS = 100  # each with a box of its own where it is asked about: more would hold up the window
_SHOWN_PROBLEMS = 3
_UNDERSTOOD = (IntegerKind, MoneyKind, DateKind, TimeKind, MomentKind, ChoiceKind)
_NARROWEST, _WIDEST = 120, 220  # pixels of a column


class ImportTable(QTableWidget):
    """What is wrong comes first, then what is asked about. `said(column, key)` and `chosen()` when a person chooses."""

    said = Signal(int, str)
    chosen = Signal()

    def __init__(self, targets: Sequence[Target], choices: Mapping[Choice, str]) -> None:
        """`targets` are what a column may be, `choices` the words for what becomes of a row that is there already."""
        super().__init__()
        self._targets, self._choices = targets, choices
        self._boxes: list[QComboBox] = []  # of the rows on show that are there already
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setAccessibleName(self.tr("Rows of the file"))

    def show_rows(self, found: Preview, columns: Mapping[int, str]) -> None:
        """Show a preview; `columns` say what each column is."""
        header = list(found.header)
        self.clear()
        self.setColumnCount(len(header) + 1)
        self.setHorizontalHeaderLabels([self.tr("What becomes of it"), *header])
        self._boxes.clear()
        asked = {row.number for row in found.doubles()}
        rows = sorted(
            found.rows, key=lambda row: (not row.wrong, row.number not in asked, not row.aside, not row.remarks)
        )[:SHOWN_ROWS]
        self.setRowCount(len(rows) + 1)
        self.setVerticalHeaderLabels(["", *(str(row.number) for row in rows)])
        for column in range(len(header)):
            self.setCellWidget(0, column + 1, self._choice(column, header[column], columns.get(column, "")))
        for line, row in enumerate(rows, start=1):
            fate = QTableWidgetItem(self._fate(row))
            fate.setToolTip(plain_tooltip(fate.text()))
            self.setItem(line, 0, fate)
            if row.number in asked:
                words_of = {
                    one: self.tr("{name}: {choice}").format(name=self._same(row), choice=said)
                    for one, said in self._choices.items()
                }
                self._boxes.append(self._choice_of(row, words_of))
                self.setCellWidget(line, 0, self._boxes[-1])
            elif row.aside and not row.problems:
                words_of = {Choice.OUT: fate.text(), Choice.NEW: self.tr("take in all the same")}
                self.setCellWidget(line, 0, self._choice_of(row, words_of))
            for place, text in enumerate(row.cells):
                understood = self._understood(row, columns.get(place, ""), found.language) if text else ""
                item = QTableWidgetItem(understood or text)
                if understood not in {"", text}:
                    item.setToolTip(plain_tooltip(self.tr("In the file: {text}").format(text=text)))
                self.setItem(line, place + 1, item)
        self.resizeColumnsToContents()
        for column in range(self.columnCount()):
            widest = _WIDEST if column else 2 * _WIDEST
            self.setColumnWidth(column, min(widest, max(_NARROWEST, self.columnWidth(column))))

    def choose_all(self, choice: Choice) -> None:
        """Show one choice for all rows that are there already."""
        for box in self._boxes:
            box.setCurrentIndex(list(self._choices).index(choice))

    def _understood(self, row: Row, key: str, language: Language) -> str:
        """What a cell is taken for, where that may be another thing than what stands there."""
        if key == SIZE:
            fields = [fields_of(Customer)[name] for name in ("employees", "revenue")]
        else:
            fields = [target.field for target in self._targets if target.key == key and target.field]
        return " / ".join(
            field.show(row.values[name], language)
            for field in fields
            if isinstance(field.kind, _UNDERSTOOD) and (name := field.name if key == SIZE else key) in row.values
        )

    def _fate(self, row: Row) -> str:
        if row.aside:
            return self.tr("left out: {reason}").format(reason=lookup.sentence(row.aside))
        if row.problems:
            return "；".join(map(words, row.problems[:_SHOWN_PROBLEMS]))
        if joins(row):
            return self.tr("goes with row {number}: {name}").format(number=row.same_row, name=row.same_as)
        if row.same_as:
            return self.tr("there already: {name}").format(name=self._same(row))
        return self._taken(row)

    def _taken(self, row: Row) -> str:
        if row.remarks:
            is_of_people = row.remarks[0].message == "import.several_people"
            told = (
                self.tr("comes in: {reason}") if is_of_people else self.tr("comes in, into the description: {reason}")
            )
            return told.format(reason="；".join(map(words, row.remarks)))
        return self.tr("comes in")

    def _same(self, row: Row) -> str:
        """Who is there already, and what tells so where the name does not."""
        return self.tr("{name} (same telephone)").format(name=row.same_as) if row.same_by == "phone" else row.same_as

    def _choice(self, column: int, header: str, key: str) -> QComboBox:
        """What a column is."""
        box = QComboBox()
        box.setAccessibleName(header)
        box.addItem(self.tr("(leave out)"), "")
        for target in self._targets:
            box.addItem(target.label, target.key)
        box.setCurrentIndex(max(0, box.findData(key)))
        box.activated.connect(lambda _index: self.said.emit(column, box.currentData()))
        return box

    def _choice_of(self, row: Row, choices: Mapping[Choice, str]) -> QComboBox:
        """What becomes of one row that is asked about."""
        box = QComboBox()
        box.setAccessibleName(self._fate(row))
        for choice, label in choices.items():
            box.addItem(label, choice)
        box.setCurrentIndex(box.findData(row.choice))

        def chosen() -> None:
            row.choice = Choice(box.currentData())
            self.chosen.emit()

        box.activated.connect(chosen)
        return box


def words(problem: Problem) -> str:
    """What is wrong, behind the label of its field."""
    said = lookup.sentence(problem.message, **problem.params)
    if not problem.label:
        return said
    return QCoreApplication.translate("ImportTable", "{label}: {reason}").format(label=problem.label, reason=said)
