"""All records of one form, to open one or begin another."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from salesdesk.actions import contracts, exports, forms, papers
from salesdesk.process import rights
from salesdesk.records.registry import form_named
from ui.core import notify
from ui.core.background import Desk
from ui.documents.document_dialog import PaperPage
from ui.forms.delete_dialog import ask_to_delete
from ui.forms.form_dialog import FormDialog
from ui.records.bulk_edit_dialog import BulkDialog
from ui.records.filter_bar import FilterBar
from ui.records.import_dialog import ImportPage
from ui.records.record_table import RecordTable
from ui.widgets.labels import PlainLabel
from ui.widgets.order_choice import OrderChoice


class RecordsPage(QDialog):
    """The table of a form. `opened(entity, record_id)` when one is chosen."""

    opened = Signal(str, str)

    def __init__(self, desk: Desk, entity: str, parent: QWidget | None = None) -> None:
        """`entity` names the form."""
        super().__init__(parent)
        self.desk = desk
        self.entity = entity
        self.dialog: FormDialog | None = None
        self.bulk: BulkDialog | None = None
        self.importing: ImportPage | None = None
        self.preview: PaperPage | None = None
        form = form_named(entity)
        label = form.__form__.label(desk.language)
        self.setWindowTitle(label)
        self.resize(900, 600)
        self.table = RecordTable(desk, form)
        self.table.opened.connect(self._open)
        head = self._head(label)
        self.filters = FilterBar(desk, form)
        self.filters.changed.connect(self._narrow)
        self.notice = notify.Bar(self)
        self.table.selectionModel().selectionChanged.connect(self._offer)
        self._offer()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.addLayout(head)
        row = QHBoxLayout()
        row.addWidget(self.filters, 1)
        self.order = OrderChoice()
        self.order.changed.connect(lambda: self.table.put_in_order(best_first=self.order.best_first))
        self.order.setVisible(entity == "customer")
        row.addWidget(self.order)
        layout.addLayout(row)
        layout.addWidget(self.notice)
        layout.addWidget(self.table, 1)

    def _head(self, label: str) -> QHBoxLayout:
        """The name of the form, and what can be done with its list."""
        self.new_button = QPushButton("+ " + self.tr("New"))
        self.new_button.setAutoDefault(False)
        self.new_button.setProperty("look", "primary")
        self.new_button.clicked.connect(self._begin)
        head = QHBoxLayout()
        head.addWidget(PlainLabel(label, "title"))
        head.addStretch()
        self.change_button = QPushButton(self.tr("Change selected…"))
        self.change_button.setAutoDefault(False)
        self.change_button.clicked.connect(self._ask_for_change)
        self.delete_button = QPushButton(self.tr("Delete selected…"))
        self.delete_button.setAutoDefault(False)
        self.delete_button.clicked.connect(self.delete_chosen)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), self.table).activated.connect(self.delete_chosen)
        self.import_button = QPushButton(self.tr("Import…"))
        self.import_button.clicked.connect(self._ask_what)
        self.print_button = QPushButton(self.tr("Print selected…"))
        self.print_button.clicked.connect(self.print_chosen)
        self.export_button = QPushButton(self.tr("Export"))
        menu = QMenu(self.export_button)
        for words, masked in ((self.tr("All that is listed…"), False), (self.tr("With people masked…"), True)):
            menu.addAction(words).triggered.connect(lambda _checked=False, m=masked: self._ask_where(masked=m))
        self.export_button.setMenu(menu)
        for button in (self.print_button, self.import_button, self.export_button):
            button.setAutoDefault(False)
            head.addWidget(button)
        head.addWidget(self.delete_button)
        head.addWidget(self.change_button)
        head.addWidget(self.new_button)
        self.copy_button = QPushButton(self.tr("Copy the standard text"))
        self.copy_button.setAutoDefault(False)
        self.copy_button.clicked.connect(self.copy_standard_text)
        head.insertWidget(head.count() - 2, self.copy_button)
        if self.entity != "contract_template":
            self.copy_button.hide()
        if not rights.keeps(form_named(self.entity), self.desk.workspace.identity.role):
            for button in (
                self.delete_button,
                self.change_button,
                self.new_button,
                self.import_button,
                self.copy_button,
            ):
                button.hide()
        return head

    def begin_import(self, path: Path) -> None:
        """Show what would come in from a file."""
        self.importing = ImportPage(self.desk, self.entity, path, self)
        self.importing.done_with.connect(self._imported)
        self.importing.open()

    def print_chosen(self) -> None:
        """Show the sheets of the selected rows as one paper, to be printed or saved."""
        desk, entity, chosen = self.desk, self.entity, self.table.chosen()
        settings, today, language = desk.settings, desk.today(), desk.language
        self.preview = PaperPage(
            desk, lambda workspace: papers.make_sheets(workspace, entity, chosen, settings, today, language), None, self
        )
        self.preview.open()

    def copy_standard_text(self) -> None:
        """Begin a template of contracts with the program's own text, and open it."""
        language = self.desk.language
        self.desk.change(
            self,
            lambda workspace: contracts.copy_standard_text(workspace, language),
            lambda made: self._open("contract_template", made.id),
            self.notice.show_error,
            once="template.copy",
        )

    def export_to(self, path: Path, *, masked: bool) -> None:
        """Write what is listed as a workbook, or as text when the name ends with .csv."""
        workspace, entity, filters, language = (
            self.desk.workspace,
            self.entity,
            self.filters.filters,
            self.desk.language,
        )
        self.desk.query(
            self,
            lambda _session: exports.export_list(workspace, entity, filters, path, language, masked=masked),
            lambda count: self.notice.show_text(
                self.tr("Exported: {count} as {name}").format(count=count, name=path.name)
            ),
            self.notice.show_error,
        )

    def _ask_what(self) -> None:
        kinds = (
            self.tr("Tables") + " (*.xlsx *.xlsm *.xls *.et *.ods *.fods *.csv *.tsv *.txt *.htm *.html *.mht *.xml)"
        )
        path, _ = QFileDialog.getOpenFileName(self, self.import_button.text(), "", kinds)
        if path:
            self.begin_import(Path(path))

    def _ask_where(self, *, masked: bool) -> None:
        name = f"{self.windowTitle()}.xlsx"
        path, _ = QFileDialog.getSaveFileName(self, self.export_button.text(), name, "Excel (*.xlsx);;CSV (*.csv)")
        if path:
            self.export_to(Path(path), masked=masked)

    def _imported(self, count: int, left_out: int, wrong: int) -> None:
        told = [self.tr("Imported: {count}. The history takes it back.").format(count=count)]
        if left_out:
            told.append(self.tr("Left out: {count}.").format(count=left_out))
        if wrong:
            told.append(self.tr("With errors, not imported: {count}.").format(count=wrong))
        self.notice.show_text(self.desk.language.pick("", " ").join(told))
        self.table.narrow(self.filters.filters)

    def _narrow(self) -> None:
        self.notice.hide()
        self.table.narrow(self.filters.filters)
        self._offer()

    def _offer(self, *_: object) -> None:
        count = self.table.chosen_count()
        self.print_button.setText(
            self.tr("Print selected ({count})…").format(count=count) if count else self.tr("Print selected…")
        )
        for button in (self.change_button, self.delete_button, self.print_button):
            button.setEnabled(count > 0)

    def delete_chosen(self) -> None:
        """Ask, and put the selected rows into the bin."""
        if self.delete_button.isEnabled() and not self.delete_button.isHidden():
            ask_to_delete(self.desk, self, self.entity, self.table.chosen())

    def _ask_for_change(self) -> None:
        chosen = self.table.chosen()
        dialog = BulkDialog(form_named(self.entity), len(chosen), self.desk.language, self)
        dialog.accepted.connect(lambda: self._change(chosen, *dialog.choice()))
        self.bulk = dialog
        dialog.open()

    def _change(self, chosen: list[str], name: str, value: object) -> None:
        entity = self.entity
        self.desk.change(
            self,
            lambda workspace: forms.change_many(workspace, entity, chosen, name, value),
            lambda count: self.notice.show_text(
                self.tr("Changed: {count}. The history takes it back.").format(count=count)
            ),
            self.notice.show_error,
            once="bulk",
        )

    def _begin(self) -> None:
        workspace, entity = self.desk.workspace, self.entity
        self.desk.query(self, lambda _session: forms.new(workspace, entity), self._show)

    def _show(self, sheet: forms.Sheet) -> None:
        self.dialog = FormDialog(self.desk, sheet, self)
        self.dialog.open()

    def _open(self, entity: str, record_id: str) -> None:
        self.accept()
        self.opened.emit(entity, record_id)
