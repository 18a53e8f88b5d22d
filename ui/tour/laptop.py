"""One laptop of the tour: its window used by hand, and its workspace read back."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QDialog

from salesdesk.actions import forms as actions
from salesdesk.records.base import Stage
from salesdesk.records.discovery import ConfirmationLetter
from salesdesk.records.language import Language
from salesdesk.records.prospecting import Customer
from salesdesk.records.registry import Record, fields_of, forms
from salesdesk.settings import Settings
from salesdesk.store import drafts, journal, queries, search
from salesdesk.store.workspace import Workspace
from ui.app.sample_office import PASSWORD, LocalOffice
from ui.core.background import Desk
from ui.forms.form_panel import FormPanel
from ui.pages.sync_dialog import SyncPage
from ui.shell.commands import page_of
from ui.shell.main_window import MainWindow
from ui.stage.stage_page import StagePage
from ui.tour import gui_driver

D = TypeVar("D", bound=QDialog)

COMPANY = "示范软件有限公司"
_EVERYTHING = 100_000


class Laptop:
    """A desk, its window, and what a person does with both."""

    def __init__(self, folder: Path, workspace: Workspace, size: QSize) -> None:
        """Opens the window on a workspace in `folder`."""
        self.folder = folder
        self.desk = Desk(workspace, Settings(language="zh", theme="light", company=COMPANY), Language.ZH)
        self.window = MainWindow(self.desk)
        self.window.resize(size)
        self.window.show()
        gui_driver.settle(0.4)

    @property
    def workspace(self) -> Workspace:
        """Its workspace."""
        return self.desk.workspace

    def close(self) -> None:
        """Go home."""
        self.window.close()
        self.window.deleteLater()
        self.desk.close()

    # what a person does

    def page(self, stage: Stage) -> StagePage:
        """The page of a stage that has its forms."""
        page = self.window.page(page_of(stage))
        assert isinstance(page, StagePage)
        return page

    def type_in(self, panel: FormPanel, texts: dict[str, str]) -> None:
        """Fill in fields."""
        for name, text in texts.items():
            gui_driver.write(panel.editor(name), text)

    def type_rows(self, panel: FormPanel, entity: str, rows: list[dict[str, str]]) -> None:
        """Fill in child rows."""
        editor = panel.rows(entity)
        for number, texts in enumerate(rows):
            while editor.row_count() <= number:
                editor.add_row()
            for name, text in texts.items():
                gui_driver.write(editor.cell(number, name), text)

    def open_sync(self) -> SyncPage:
        """The sync page, ready to be used."""
        self.window.carry_out("sync")
        page = dialog(SyncPage)
        gui_driver.settle(0.3)
        return page

    def synchronise(self, office: LocalOffice, account: str = "") -> Any:
        """Press the button (with `account`: sign in first); returns the report."""
        page = self.open_sync()
        reports: list[Any] = []
        page.synchronised.connect(reports.append)
        if account:
            gui_driver.write(page.url, office.url)
            gui_driver.write(page.account, account)
            gui_driver.write(page.password, PASSWORD)
            gui_driver.click(page.sign_in_button)
        else:
            gui_driver.wait_for("the sync button", page.sync_button.isEnabled)
            gui_driver.click(page.sync_button)
        gui_driver.wait_for("the sync", lambda: reports)
        gui_driver.settle(0.4)
        page.close()
        return reports[-1]

    # what its workspace says

    def customer(self, name: str) -> Customer | None:
        """The customer of a name."""
        with self.workspace.reading() as session:
            return next((c for c in queries.listed(session, Customer, limit=_EVERYTHING) if c.name == name), None)

    def card(self, customer_id: str) -> queries.Card:
        """Everything of a customer."""
        with self.workspace.reading() as session:
            card = queries.card(session, customer_id)
        assert card is not None
        return card

    def letter(self, letter_id: str) -> ConfirmationLetter:
        """A letter."""
        letter = actions.load(self.workspace, "confirmation_letter", letter_id).record
        assert isinstance(letter, ConfirmationLetter)
        return letter

    def draft(self, entity: str, record_id: str) -> drafts.Draft | None:
        """What is typed and not saved."""
        with self.workspace.reading() as session:
            return drafts.find(session, entity, record_id)

    def found(self, query: str) -> list[search.Hit]:
        """What a search finds."""
        with self.workspace.reading() as session:
            return search.find(session, query)

    def waiting(self) -> int:
        """How many entries wait for the office."""
        with self.workspace.reading() as session:
            return journal.waiting_count(session)

    def conflicts(self) -> str:
        """Both sides of all open conflicts, as one text."""
        with self.workspace.reading() as session:
            return " ".join(c.mine + c.theirs for c in queries.open_conflicts(session))

    def everything(self) -> dict[str, dict[str, Any]]:
        """Every record of every form in wire form."""
        with self.workspace.reading() as session:
            return {
                record.id: record.wire()
                for form in forms()
                for record in queries.listed(session, form, limit=_EVERYTHING)
            }


def dialog(kind: type[D]) -> D:
    """The dialog of a kind, once it is open and in front."""

    def visible() -> D | None:
        shown = [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]
        return shown[-1] if shown else None

    gui_driver.wait_for(f"a {kind.__name__}", visible)
    found = visible()
    assert found is not None
    found.activateWindow()
    gui_driver.settle()
    return found


def as_typed(record: Record | None, texts: dict[str, str]) -> bool:
    """Whether the record's fields show the very texts that were typed."""
    if record is None:
        return False
    fields = fields_of(type(record))
    return all(fields[name].show(getattr(record, name), Language.ZH) == text for name, text in texts.items())
