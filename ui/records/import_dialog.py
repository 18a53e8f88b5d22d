"""A foreign table before it comes in: which column is what, what is wrong with which row, who is there already."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QInputDialog,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from salesdesk.actions import imports
from salesdesk.actions.import_preview import Preview
from salesdesk.actions.import_rows import Choice
from salesdesk.errors import SalesDeskError, UserError
from salesdesk.exchange import mapping, presets, sheets_in
from salesdesk.exchange.mapping import Mapping
from salesdesk.exchange.sheets_in import Grid
from salesdesk.records.prospecting import Customer
from salesdesk.records.registry import form_named
from salesdesk.store.workspace import Workspace
from ui.core import notify
from ui.core.background import Desk
from ui.records.import_question import UnitQuestionBar
from ui.records.import_table import SHOWN_ROWS, ImportTable, words
from ui.widgets.confirm_row import ConfirmRow
from ui.widgets.labels import PlainLabel, set_look

_HEADING_WITHIN = 10  # rows
_HEADINGS_OFFERED = 30  # rows
_SHORT = 24  # characters of a row
_NAMED = 8  # columns


class ImportPage(QDialog):
    """Nothing is kept before the button is pressed, and then all that fits in one action.

    `done_with(kept, left_out, wrong)` follows: how many rows came in, were left out, and had errors.
    """

    done_with = Signal(int, int, int)

    def __init__(self, desk: Desk, entity: str, path: Path, parent: QWidget | None = None) -> None:
        """`path` is the file that was chosen."""
        super().__init__(parent)
        self._desk, self._entity, self._path = desk, entity, path
        self._grid = Grid([])
        self._round = 0
        self._password = ""
        self._kept_columns: dict[str, dict[str, Any]] = {}  # by heading, of files that came in before
        self.mapping = Mapping(0)
        self.found: Preview | None = None
        self.password: QInputDialog | None = None
        form = form_named(entity)
        self.setWindowTitle(self.tr("Import: {form}").format(form=form.__form__.label(desk.language)))
        screen = self.screen().availableGeometry()
        self.resize(min(1100, screen.width() - 80), min(680, screen.height() - 80))
        self._form = form
        self.told = PlainLabel(path.name, "heading")
        self.left_out = PlainLabel("", "muted")
        for label in (self.told, self.left_out):
            label.setWordWrap(True)
        self.shown = PlainLabel("", "muted")
        self.notice = notify.Bar(self)
        self.doubles = QComboBox()
        self.program = QComboBox()
        said = self._row_of_choices()
        self.table = ImportTable(mapping.targets(form, desk.language), self._choices)
        self.table.said.connect(self.choose)
        self.table.chosen.connect(self._count)
        self.errors_button = QPushButton(self.tr("Save the rows with errors…"))
        self.errors_button.setAutoDefault(False)
        self.errors_button.hide()
        set_look(self.errors_button, "flat")
        self.errors_button.clicked.connect(self._ask_where)
        self._buttons = ConfirmRow(self, self.tr("Import"))
        self.import_button = self._buttons.confirm_button
        self.import_button.setEnabled(False)
        self.import_button.clicked.connect(self._import)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(10)
        layout.addWidget(self.notice)
        layout.addWidget(self.told)
        layout.addWidget(self.left_out)
        layout.addWidget(self.units)
        layout.addLayout(said)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.shown)
        foot = QHBoxLayout()
        foot.addWidget(self.errors_button)
        foot.addWidget(self._buttons, 1)
        layout.addLayout(foot)
        self._read("")

    def _row_of_choices(self) -> QHBoxLayout:
        """Which program the file comes from, and what becomes of what is there already."""
        self._choices = {
            Choice.OUT: self.tr("leave out"),
            Choice.FILL: self.tr("fill in what is empty"),
            Choice.NEW: self.tr("keep as further ones"),
        }
        self.program.addItem(self.tr("another program"), "")
        for preset in presets.PRESETS:
            self.program.addItem(preset.name, preset.name)
        self.program.activated.connect(lambda _index: self._guess())
        if self._form is not Customer:
            del self._choices[Choice.FILL]
        for choice, label in self._choices.items():
            self.doubles.addItem(label, choice)
        self.doubles.activated.connect(lambda _index: self.choose_all(Choice(self.doubles.currentData())))
        self.sheet = QComboBox()
        self.sheet.activated.connect(lambda _index: self._read(self._password, self.sheet.currentText()))
        self.heading = QComboBox()
        self.heading.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.heading.setMinimumContentsLength(_SHORT // 3)  # the list of rows is wider than the box
        self.heading.view().setMinimumWidth(2 * _SHORT * self.fontMetrics().averageCharWidth())
        self.heading.activated.connect(lambda _row: self._begin_below())
        self.units = UnitQuestionBar()
        self.units.said.connect(self.say_unit)
        said = QHBoxLayout()
        self._program_label = _beside(said, self.tr("The file comes from"), self.program)
        self._doubles_label = _beside(said, self.tr("Those that are there already:"), self.doubles)
        self._sheet_label = _beside(said, self.tr("Sheet"), self.sheet)
        _beside(said, self.tr("Heading row"), self.heading)
        said.addStretch(1)
        return said

    def choose(self, column: int, key: str) -> None:
        """Say what a column is; an empty key leaves it out."""
        self.mapping = self.mapping.choose(column, key)
        self._look()

    def say_unit(self, column: int, yuan: int) -> None:
        """Say how many yuan a bare amount of a column means."""
        self.mapping = self.mapping.in_unit(column, yuan)
        self._look()

    def choose_all(self, choice: Choice) -> None:
        """Say what becomes of all rows that are there already."""
        if self.found is not None:
            for row in self.found.doubles():
                row.choice = choice
            self.table.choose_all(choice)
            self._count()

    def save_errors(self, path: Path) -> None:
        """Write the rows that cannot be kept, each with its reason."""
        if self.found is None:
            return
        found, heading = self.found, (self.tr("Row"), self.tr("Reason"))
        self._desk.query(
            self,
            lambda _session: imports.write_errors(path, found, words, heading),
            lambda _: self.notice.show_text(self.tr("Saved as {name}").format(name=path.name)),
            self.notice.show_error,
        )

    def _read(self, password: str, sheet: str = "") -> None:
        self._password = password
        before, number = self.found, self._begin_anew()
        path, kept_as, workspace, form = self._path, self._kept_as(), self._desk.workspace, self._form

        def read(_session: object) -> tuple[Grid, dict[str, dict[str, Any]]]:
            return sheets_in.read(path, sheet, password, form), workspace.recall(kept_as) or {}

        def refused(error: SalesDeskError) -> None:
            self._refused(error, before if number == self._round else None)

        self._desk.query(self, read, lambda found: self._take(*found), refused)

    def _begin_anew(self) -> int:
        """Nothing is kept while a preview is on its way: it would be by what is no longer said."""
        self.found = None
        self.import_button.setEnabled(False)
        self.errors_button.setEnabled(False)
        self._round += 1
        self.told.setText(self.tr("{name}: reading…").format(name=self._path.name))
        return self._round

    def _refused(self, error: SalesDeskError, before: Preview | None) -> None:
        """`before` is what was on show and still holds."""
        if not (isinstance(error, UserError) and error.message == "import.password"):
            self._not_shown(error)
            self.sheet.setCurrentText(self._grid.sheet)
            if before is not None:
                self._offer(before)
            elif self._grid.rows:
                self._look()
            return
        asked = QInputDialog(self)
        asked.setWindowTitle(self._path.name)
        wrong = self.tr("This is not its password. Please enter it again.")
        asked.setLabelText(wrong if self._password else notify.sentence(error))
        asked.setTextEchoMode(QLineEdit.EchoMode.Password)
        asked.accepted.connect(lambda: self._read(asked.textValue()))
        asked.rejected.connect(self.reject)
        self.password = asked
        asked.open()

    def _take(self, grid: Grid, kept: dict[str, dict[str, Any]]) -> None:
        self._grid = grid
        self.sheet.clear()
        self.sheet.addItems(grid.sheets)
        self.sheet.setCurrentText(grid.sheet)
        preset = presets.recognised(grid.rows[:_HEADING_WITHIN]) if self._form is Customer else None
        self.program.setCurrentIndex(max(0, self.program.findData(preset.name if preset else "")))
        self._kept_columns = kept
        known = (number for number, row in enumerate(grid.rows[:_HEADING_WITHIN]) if "|".join(row) in kept)
        header = next(known, mapping.guess(self._form, grid.rows, preset).header)
        self.heading.clear()
        for number, row in enumerate(grid.rows[:_HEADINGS_OFFERED], start=1):
            self.heading.addItem(f"{number}  {' '.join(' '.join(row).split())[:_SHORT]}")
        self.heading.setCurrentIndex(header)
        self._begin_below()

    def _begin_below(self) -> None:
        """Take the row that was said as the heading; its columns are what was said for such a file before."""
        self.mapping = self._guessed()
        if known := self._kept_columns.get(self._signature()):
            self.mapping = self.mapping.with_kept(known)
        self._look()

    def _guess(self) -> None:
        self.mapping = self._guessed()
        self._look()

    def _guessed(self) -> Mapping:
        program = presets.named(self.program.currentData())
        return mapping.guess(self._form, self._grid.rows, program, self.heading.currentIndex())

    def _look(self) -> None:
        number, grid, chosen, entity = self._begin_anew(), self._grid, self.mapping, self._entity
        workspace, language = self._desk.workspace, self._desk.language
        self._desk.query(
            self,
            lambda _session: imports.preview(workspace, entity, grid.rows, chosen, language),
            lambda found: self._show(found) if number == self._round else None,
            self._not_shown,
        )

    def _not_shown(self, error: SalesDeskError) -> None:
        self.told.setText(self._path.name)
        self.notice.show_error(error)

    def _show(self, found: Preview) -> None:
        self.table.show_rows(found, self.mapping.columns)
        names = found.language.pick("、", ", ").join(found.left_out[:_NAMED]) + (
            "…" if len(found.left_out) > _NAMED else ""
        )
        told = self.tr("Columns that are not taken in: {count} ({names}). Say above a column what it is.")
        said = [told.format(count=len(found.left_out), names=names)] if found.left_out else []
        if self._grid.others:
            others = self.tr("Sheets that have rows as well: {names}.")
            said.append(others.format(names=found.language.pick("、", ", ").join(self._grid.others[:_NAMED])))
        self.left_out.setText("\n".join(said))
        self.left_out.setVisible(bool(said))
        self.units.ask(next(iter(found.questions), None))
        shown = self.tr("Shown are {shown} of {all} rows, those with errors first.")
        self.shown.setText(shown.format(shown=SHOWN_ROWS, all=len(found.rows)))
        self.shown.setVisible(len(found.rows) > SHOWN_ROWS)
        self.errors_button.setVisible(any(row.wrong for row in found.rows))
        for widget in (self._doubles_label, self.doubles):
            widget.setVisible(bool(found.doubles()))
        for widget in (self._sheet_label, self.sheet):
            widget.setVisible(len(self._grid.sheets) > 1)
        for widget in (self._program_label, self.program):
            widget.setVisible(self._form is Customer)
        self._offer(found)

    def _offer(self, found: Preview) -> None:
        """What is on show may be kept."""
        self.found = found
        self.errors_button.setEnabled(True)
        self._count()

    def _count(self) -> None:
        if self.found is None:
            return
        rows = self.found.rows
        fit, doubles = len(self.found.fit()), self.found.doubles()
        chosen = {row.choice for row in doubles}
        self.doubles.setCurrentIndex(list(self._choices).index(chosen.pop()) if len(chosen) == 1 else -1)
        told = self.tr("{name}: {fit} of {all} rows come in, {wrong} with errors, {same} there already").format(
            name=self._path.name, fit=fit, all=len(rows), wrong=sum(row.wrong for row in rows), same=len(doubles)
        )
        if asides := sum(bool(row.aside) for row in rows):
            told += self.tr(", {count} no data").format(count=asides)
        self.told.setText(told)
        self.import_button.setText(self.tr("Import {count}").format(count=fit))
        self.import_button.setEnabled(fit > 0)

    def _import(self) -> None:
        assert self.found is not None
        found = self.found
        kept_as, signature = self._kept_as(), self._signature()
        columns = self.mapping.to_json()
        self.setEnabled(False)
        self.import_button.setText(self.tr("Importing…"))

        def keep(workspace: Workspace) -> int:
            count = imports.carry_out(workspace, found)
            known = workspace.recall(kept_as) or {}
            workspace.remember(kept_as, known | {signature: columns})
            return count

        self._desk.change(self, keep, self._kept, self._failed, action=f"import.{self._entity}", once="import")

    def _kept(self, count: int) -> None:
        assert self.found is not None
        wrong = sum(row.wrong for row in self.found.rows)
        self.done_with.emit(count, len(self.found.rows) - count - wrong, wrong)
        self.accept()

    def _failed(self, error: SalesDeskError) -> None:
        self.setEnabled(True)
        self._count()
        self.notice.show_error(error)

    def _kept_as(self) -> str:
        return f"import.{self._entity}"

    def _signature(self) -> str:
        """What tells a known kind of file: its headers."""
        header: Sequence[str] = self._grid.rows[self.mapping.header] if self._grid.rows else []
        return "|".join(header)

    def _ask_where(self) -> None:
        proposed = str(self._path.with_name(f"{self._path.stem}-errors.xlsx"))
        path, _ = QFileDialog.getSaveFileName(self, self.errors_button.text(), proposed, "Excel (*.xlsx)")
        if path:
            self.save_errors(Path(path))


def _beside(row: QHBoxLayout, text: str, box: QWidget) -> PlainLabel:
    """The label of a box in a row of them."""
    label = PlainLabel(text)
    label.setBuddy(box)
    row.addWidget(label)
    row.addWidget(box)
    row.addSpacing(16)
    return label
