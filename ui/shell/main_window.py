"""The window: bar, tabs, one page at a time, status bar."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence
from PySide6.QtWidgets import QDialog, QFileDialog, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

import salesdesk
from salesdesk.actions import overview
from salesdesk.actions.overview import WindowFigures
from salesdesk.records.base import Stage
from salesdesk.records.prospecting import Customer
from salesdesk.records.registry import listed_forms
from salesdesk.store import queries
from salesdesk.store.search import Hit
from ui.core import notify
from ui.core.background import Desk
from ui.core.on_demand import load
from ui.core.page import Page
from ui.messages.time_words import moment_words
from ui.shell import window_state
from ui.shell.command_palette import Palette
from ui.shell.commands import BY_NAME, COMMANDS, Command, Menu, page_of
from ui.shell.tab_bar import TabRow
from ui.shell.top_bar import TopBar, user_words
from ui.widgets.labels import PlainLabel

if TYPE_CHECKING:
    from salesdesk.actions.paper_declarations import Offer

_MINUTE = 60_000


class MainWindow(QMainWindow):
    """One open workspace on the screen.

    `settings_chosen(Settings)`, `lock_asked` and `restore_asked` are carried out by whoever opened the workspace.
    """

    settings_chosen = Signal(object)
    lock_asked = Signal()
    restore_asked = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.setWindowTitle("SalesDesk")
        self.setMinimumSize(1024, 640)
        self._pages: dict[str, Page] = {}
        self.dialog: QDialog | None = None
        self._actions = {command.name: self._action(command) for command in COMMANDS}
        self._build()
        self._connect()
        self._clock = QTimer(self)
        self._clock.timeout.connect(self._show_figures)
        self._clock.start(_MINUTE)
        self._figures: WindowFigures | None = None
        window_state.restore(self)
        self.show_page("today")
        self.reload()

    def carry_out(self, command: str) -> None:
        """Do what the command of that name does."""
        BY_NAME[command].carry_out(self)

    def show_page(self, name: str) -> Page:
        """Open the page of a command and return it."""
        page = self.page(name)
        if page is not self._stack.currentWidget():
            self._leave()
            self.notice.hide()
            self._stack.setCurrentWidget(page)
        self.tabs.mark(name)
        return page

    def show_stage(self, stage: Stage) -> Any:
        """Open a stage's tab and return its page."""
        return self.show_page(page_of(stage))

    def page(self, name: str) -> Any:
        """The page of a command, made when it is first wanted."""
        if name not in self._pages:
            command = BY_NAME[name]
            of_stage = () if command.stage is None else (command.stage,)
            page: Page = load(command.page)(self.desk, *of_stage)
            page.customer_asked.connect(self.select_customer)
            page.record_asked.connect(self.open_record)
            page.preview_asked.connect(self.open_preview)
            page.paper_asked.connect(self.open_paper)
            page.move_asked.connect(self._ask_to_move)
            page.moved_on.connect(lambda customer_id, stage: self.show_stage(stage).select_customer(customer_id))
            self._pages[name] = page
            self._stack.addWidget(page)
        return self._pages[name]

    def open_page(self) -> Page:
        """The page on show."""
        page = self._stack.currentWidget()
        assert isinstance(page, Page)
        return page

    def pages_shown(self) -> list[str]:
        """Names of the pages made so far, the open one last (`today`, `stage.discovery`…)."""
        current = self._stack.currentWidget()
        return sorted(self._pages, key=lambda name: self._pages[name] is current)

    def show_dialog(self, place: str, *arguments: object) -> Any:
        """Open the dialog that stands at a place, made with the desk, the arguments and the window; returns it."""
        dialog: QDialog = load(place)(self.desk, *arguments, self)
        self._open_above(dialog)
        return dialog

    def create_customer(self) -> None:
        """A new customer, from wherever one is."""
        self.show_stage(Stage.PROSPECTING).create_customer()

    def save(self) -> None:
        """Keep the form on show."""
        self.open_page().save()

    def begin_search(self) -> None:
        """Put the cursor into the search."""
        self.search.begin()

    def lock(self) -> None:
        """Ask for the passphrase before anything is seen again."""
        self.lock_asked.emit()

    def open_customer_view(self) -> None:
        """Show the chosen customer's round as the customer may see it; on other pages nothing happens."""
        if customer_id := self.open_page().customer_id:
            self.show_dialog("ui.stage.customer_view_dialog:CustomerViewPage", customer_id)

    def open_settings(self) -> None:
        """Open the settings."""
        self.show_dialog("ui.settings.settings_dialog:SettingsPage").saved.connect(self.settings_chosen)

    def open_backups(self) -> None:
        """Open the list of backups."""
        self.show_dialog("ui.pages.backups_dialog:BackupsPage").restore_asked.connect(self.restore_asked)

    def open_records(self, entity: str) -> None:
        """Open the table of all records of a form."""
        self.show_dialog("ui.records.records_dialog:RecordsPage", entity).opened.connect(self._open_listed)

    def open_preview(self, letter_id: str) -> None:
        """Open a letter as it was issued."""
        self.show_dialog("ui.documents.document_sources:PreviewPage", letter_id)

    def open_paper(self, offer: Offer) -> None:
        """Make a paper and show it."""
        self.show_dialog("ui.documents.document_sources:OfferPage", offer)

    def check_paper(self) -> None:
        """Ask for a file, and show what its signatures say."""
        title = BY_NAME["check_paper"].label(self.desk.language)
        chosen, _ = QFileDialog.getOpenFileName(self, title, "", "PDF (*.pdf)")
        if chosen:
            self.show_dialog("ui.documents.document_sources:CheckPage", Path(chosen))

    def select_customer(self, customer_id: str) -> None:
        """Open a customer in the stage where its round stands."""

        def show(stage: Stage | None) -> None:
            if stage is not None:
                self.show_stage(stage).select_customer(customer_id)

        self._stage_of(customer_id, show)

    def open_record(self, entity: str, record_id: str, customer_id: str) -> None:
        """Open a form: on its stage's tab when it belongs to a customer there, else in a dialog."""
        if entity == "customer" and customer_id != record_id:
            customer_id = record_id
        stages: dict[str, Stage] = load("ui.stage.stage_forms:STAGE_OF")
        if entity in stages and customer_id:
            self._open_in_stage(stages[entity], entity, record_id, customer_id)
        else:
            self._open_in_dialog(entity, record_id)

    def reload(self, _action: str = "") -> None:
        """Fetch the figures of bar, tabs and status bar anew."""
        fetch = partial(overview.window_figures, identity=self.desk.workspace.identity)
        self.desk.query(self, fetch, self._take_figures)

    def closeEvent(self, event: QCloseEvent) -> None:
        """What is typed is kept as a draft, and the window's size for the next time."""
        self._leave()
        window_state.keep(self)
        super().closeEvent(event)

    def _action(self, command: Command) -> QAction:
        """A command as menus and keys have it."""
        action = QAction(command.label(self.desk.language), self)
        action.setShortcut(QKeySequence(command.keys))
        action.triggered.connect(partial(command.carry_out, self))
        self.addAction(action)
        return action

    def _build(self) -> None:
        self.search = Palette(self.desk)
        desk, in_menu = self.desk, {menu: [self._actions[c.name] for c in COMMANDS if c.menu is menu] for menu in Menu}
        user = user_words(desk.workspace.identity, desk.language)
        self.bar = TopBar(self.search, user, desk.settings, self._actions["sync"], self._actions["attention"], in_menu)
        self.tabs = TabRow(COMMANDS, desk.language)
        self.notice = notify.Bar()
        self._stack = QStackedWidget()
        central = QWidget()
        layout = QVBoxLayout(central)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for widget, stretch in ((self.bar, 0), (self.tabs, 0), (self.notice, 0), (self._stack, 1)):
            layout.addWidget(widget, stretch)
        self.setCentralWidget(central)
        self.status = PlainLabel("", "muted")
        version = PlainLabel(f"v{salesdesk.__version__}", "muted")
        self.statusBar().setSizeGripEnabled(False)
        self.statusBar().setContentsMargins(14, 0, 14, 0)
        self.statusBar().addWidget(self.status)
        self.statusBar().addPermanentWidget(version)

    def _connect(self) -> None:
        self.tabs.chosen.connect(self.show_page)
        self.bar.offer_records([(f.__tablename__, f.__form__.label(self.desk.language)) for f in listed_forms()])
        self.bar.records_asked.connect(self.open_records)
        self.bar.language_chosen.connect(lambda language: self._choose(language=language))
        self.bar.theme_chosen.connect(lambda name: self._choose(theme=name))
        self.search.activated.connect(self._open_hit)
        offered = [self._actions[command.name] for command in COMMANDS if command.found]
        self.search.offer([(action.text(), action.trigger) for action in offered])
        self.desk.changed.connect(self.reload)
        self.desk.offline_changed.connect(self.reload)

    def _ask_to_move(self, customer_id: str, _target: Stage) -> None:
        """A card was carried on: the customer's own tab asks, with its checklist."""

        def ask(stage: Stage | None) -> None:
            if stage is not None:
                page = self.show_stage(stage)
                page.select_customer(customer_id)
                page.move_on_when_shown(customer_id)

        self._stage_of(customer_id, ask)

    def _open_above(self, dialog: QDialog) -> None:
        """Show a dialog over the window; `dialog` stays the one opened last."""
        self._leave()
        self.dialog = dialog
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _leave(self) -> None:
        current = self._stack.currentWidget()
        if isinstance(current, Page):
            current.leave()

    def _stage_of(self, customer_id: str, then: Callable[[Stage | None], object]) -> None:
        self.desk.query(self, partial(queries.stage_of, customer_id=customer_id), then)

    def _open_in_stage(self, stage: Stage, entity: str, record_id: str, customer_id: str) -> None:
        def show(found: bool) -> None:  # noqa: FBT001  # a slot takes what it is given
            if not found:
                self._open_in_dialog(entity, record_id)
                return
            shown = "customer" if entity == "contact" else entity
            self.show_stage(stage).select_customer(customer_id, shown, record_id)

        self.desk.query(self, partial(queries.exists, form=Customer, record_id=customer_id), show)

    def _open_in_dialog(self, entity: str, record_id: str) -> None:
        from salesdesk.actions import forms  # noqa: PLC0415  # the window that starts shows no form

        self.desk.query(
            self,
            lambda _session: forms.open_or_resume(self.desk.workspace, entity, record_id),
            lambda sheet: self.show_dialog("ui.forms.form_dialog:FormDialog", sheet),
        )

    def _open_listed(self, entity: str, record_id: str) -> None:
        customer_of = partial(queries.customer_of, entity=entity, record_id=record_id)
        self.desk.query(self, customer_of, lambda customer_id: self.open_record(entity, record_id, customer_id))

    def _open_hit(self, hit: Hit) -> None:
        if hit.entity == "customer":
            self.select_customer(hit.record_id)
        elif hit.entity in {"contact", "opportunity"} and hit.customer_id:
            self.select_customer(hit.customer_id)
        else:
            self.open_record(hit.entity, hit.record_id, hit.customer_id)

    def _take_figures(self, figures: WindowFigures) -> None:
        self._figures = figures
        self._show_figures()

    def _show_figures(self) -> None:
        if self._figures is None:
            return
        found, desk = self._figures, self.desk
        now = desk.now()
        self.tabs.show_counts(found.counts)
        self.tabs.show_waiting(found.to_decide)
        self.bar.show_user(user_words(self.desk.workspace.identity, self.desk.language))
        self.bar.show_sync(found.waiting, found.last_sync, now, desk.zone)
        self.bar.show_attention(found.attention)
        last = moment_words(found.last_sync, now, desk.zone) if found.last_sync else self.tr("never")
        self.status.setText(
            self.tr("Local data is encrypted · Customers: {count} · Last sync: {when}").format(
                count=found.customers, when=last
            )
        )

    def _choose(self, **changed: Any) -> None:
        self._leave()
        self.settings_chosen.emit(replace(self.desk.settings, **changed))
