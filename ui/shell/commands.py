"""What can be done from anywhere, each declared once: Ctrl+K, keys, F1, the user's menu and the tabs read this list.

A page or dialog is named by its place and imported when it is first opened (`ui/core/on_demand.py`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from salesdesk.records.base import Stage
from salesdesk.records.language import Language

_CONTEXT = "Commands"
_NUMBERS = "①②③④⑤⑥"


class Shell(Protocol):
    """What a command may ask of the window."""

    def show_page(self, name: str) -> object:
        """Open the page of a command."""

    def show_dialog(self, place: str) -> object:
        """Open a dialog over the window."""

    def create_customer(self) -> object:
        """Begin a customer."""

    def save(self) -> object:
        """Keep the form on show."""

    def begin_search(self) -> object:
        """Put the cursor into the search."""

    def open_customer_view(self) -> object:
        """Show the chosen customer what he may see."""

    def open_backups(self) -> object:
        """Open the list of backups."""

    def open_settings(self) -> object:
        """Open the settings."""

    def check_paper(self) -> object:
        """Ask for a file and show what its signatures say."""

    def lock(self) -> object:
        """Close the workspace and ask for the passphrase."""


class Menu(Enum):
    """Where in the user's menu a command stands."""

    WORK = "work"
    PROGRAM = "program"


@dataclass(frozen=True)
class Command:
    """`text` is English and translated in the context `Commands` (Qt's mark is an object); a stage has its own label.

    With `page` (its class, made with the desk and, for a stage, the stage) there is a tab; with `dialog` (its class,
    made with the desk and the window) it opens that; else `run` does it. `found` says whether Ctrl+K offers it,
    `explained` is what F1 says where the name alone is not enough.
    """

    name: str
    text: object = ""
    keys: str = ""
    page: str = ""
    dialog: str = ""
    run: Callable[[Shell], object] | None = None
    menu: Menu | None = None
    stage: Stage | None = None
    found: bool = True
    explained: object = ""

    def label(self, language: Language) -> str:
        """What a person reads."""
        return self.stage.label(language) if self.stage else QCoreApplication.translate(_CONTEXT, str(self.text))

    def explanation(self, language: Language) -> str:
        """What stands beside the key in F1."""
        return QCoreApplication.translate(_CONTEXT, str(self.explained)) if self.explained else self.label(language)

    def tab(self, language: Language) -> str:
        """The words on the tab of a page."""
        return f"{_NUMBERS[self.stage.number - 1]} {self.label(language)}" if self.stage else self.label(language)

    def carry_out(self, shell: Shell) -> None:
        """Do it."""
        if self.page:
            shell.show_page(self.name)
        elif self.dialog:
            shell.show_dialog(self.dialog)
        elif self.run is not None:
            self.run(shell)


def page_of(stage: Stage) -> str:
    """The name of a stage's command and page."""
    return f"stage.{stage}"


COMMANDS = (
    Command("today", QT_TRANSLATE_NOOP("Commands", "Today"), "Ctrl+1", page="ui.pages.today_page:TodayPage"),
    *(Command(page_of(s), keys=f"Ctrl+{s.number + 1}", page="ui.stage.stage_page:StagePage", stage=s) for s in Stage),
    Command("board", QT_TRANSLATE_NOOP("Commands", "Board"), "Ctrl+8", page="ui.pages.board_page:BoardPage"),
    Command(
        "approvals",
        QT_TRANSLATE_NOOP("Commands", "Approvals"),
        "Ctrl+9",
        page="ui.approvals.approvals_page:ApprovalsPage",
    ),
    Command("team", QT_TRANSLATE_NOOP("Commands", "Team"), page="ui.pages.team_page:TeamPage"),
    Command("dashboard", QT_TRANSLATE_NOOP("Commands", "Figures"), page="ui.pages.dashboard_page:DashboardPage"),
    Command(
        "search",
        QT_TRANSLATE_NOOP("Commands", "Search everything, also what can be done"),
        "Ctrl+K",
        run=lambda shell: shell.begin_search(),
        found=False,
    ),
    Command(
        "new_customer",
        QT_TRANSLATE_NOOP("Commands", "New customer"),
        "Ctrl+N",
        run=lambda shell: shell.create_customer(),
    ),
    Command(
        "save", QT_TRANSLATE_NOOP("Commands", "Save the form"), "Ctrl+S", run=lambda shell: shell.save(), found=False
    ),
    Command("sync", QT_TRANSLATE_NOOP("Commands", "Sync"), "F5", dialog="ui.pages.sync_dialog:SyncPage"),
    Command(
        "attention",
        QT_TRANSLATE_NOOP("Commands", "Needs attention"),
        "Shift+F5",
        explained=QT_TRANSLATE_NOOP("Commands", "Needs attention: what did not arrive at the office as it was typed"),
        dialog="ui.pages.attention_dialog:AttentionPage",
        menu=Menu.WORK,
    ),
    Command(
        "history",
        QT_TRANSLATE_NOOP("Commands", "History and recycle bin"),
        dialog="ui.pages.history_dialog:HistoryPage",
        menu=Menu.WORK,
    ),
    Command(
        "customer_view",
        QT_TRANSLATE_NOOP("Commands", "Customer view"),
        "F8",
        explained=QT_TRANSLATE_NOOP("Commands", "Customer view: only what the customer may see"),
        run=lambda shell: shell.open_customer_view(),
        menu=Menu.WORK,
    ),
    Command(
        "check_paper",
        QT_TRANSLATE_NOOP("Commands", "Check a signed paper"),
        run=lambda shell: shell.check_paper(),
        menu=Menu.WORK,
    ),
    Command(
        "backups", QT_TRANSLATE_NOOP("Commands", "Backups"), run=lambda shell: shell.open_backups(), menu=Menu.WORK
    ),
    Command(
        "settings", QT_TRANSLATE_NOOP("Commands", "Settings"), run=lambda shell: shell.open_settings(), menu=Menu.WORK
    ),
    Command("lock", QT_TRANSLATE_NOOP("Commands", "Lock now"), run=lambda shell: shell.lock(), menu=Menu.PROGRAM),
    Command(
        "shortcuts",
        QT_TRANSLATE_NOOP("Commands", "Keyboard shortcuts"),
        "F1",
        dialog="ui.shell.shortcuts_dialog:ShortcutsPage",
        menu=Menu.PROGRAM,
    ),
    Command(
        "health",
        QT_TRANSLATE_NOOP("Commands", "Health of SalesDesk"),
        dialog="ui.pages.health_dialog:HealthPage",
        menu=Menu.PROGRAM,
    ),
    Command(
        "about",
        QT_TRANSLATE_NOOP("Commands", "About SalesDesk"),
        dialog="ui.shell.shortcuts_dialog:AboutBox",
        menu=Menu.PROGRAM,
    ),
)
BY_NAME = {command.name: command for command in COMMANDS}
