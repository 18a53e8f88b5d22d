"""The window: bar, tabs, one page at a time, status bar."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

import salesdesk
from salesdesk.actions import approvals, forms
from salesdesk.actions.papers import Offer
from salesdesk.records.base import Stage
from salesdesk.records.prospecting import Customer
from salesdesk.records.registry import form_named
from salesdesk.store import drafts, journal, queries
from salesdesk.store.search import Hit
from ui import notify, window_size
from ui.actions_list import actions_of
from ui.form_dialog import FormDialog
from ui.pages.approvals import ApprovalsPage
from ui.pages.board import BoardPage
from ui.pages.customer_view import KEY as CUSTOMER_VIEW_KEY
from ui.pages.customer_view import CustomerViewPage
from ui.pages.records import RecordsPage, listed_forms
from ui.pages.shortcuts import ShortcutsPage, about_box
from ui.pages.stage import StagePage
from ui.pages.stage_words import STAGE_OF
from ui.pages.team import TeamPage
from ui.pages.today import TodayPage
from ui.palette import Palette
from ui.rereading import Rereading
from ui.tasks import Desk, Session
from ui.widgets.labels import PlainLabel
from ui.widgets.moments import moment_words
from ui.widgets.tab_row import TabRow
from ui.widgets.top_bar import TopBar, user_words

_MINUTE = 60_000


@dataclass(frozen=True)
class _Figures:
    counts: dict[Stage, int]
    customers: int
    waiting: int
    last_sync: datetime | None
    to_decide: int


class MainWindow(QMainWindow):
    """One open workspace on the screen.

    `settings_chosen(Settings)` and `lock_asked` are carried out by whoever opened the workspace.
    """

    settings_chosen = Signal(object)
    lock_asked = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.setWindowTitle("SalesDesk")
        self.setMinimumSize(1024, 640)
        self._pages: dict[str, QWidget] = {}
        self.dialog: QDialog | None = None
        self._build()
        self._connect()
        self._clock = QTimer(self)
        self._clock.timeout.connect(self._show_figures)
        self._clock.start(_MINUTE)
        self._figures: _Figures | None = None
        window_size.restore(self)
        self.show_today()
        self.reload()
        self._rereading = Rereading(desk, self)

    def show_today(self) -> None:
        """Open 今日."""
        page = self._page("today", self._make_today)
        self._open(page)
        self.tabs.mark(None)

    def show_stage(self, stage: Stage) -> None:
        """Open a stage's tab."""
        self._open(self.stage_page(stage))
        self.tabs.mark(stage)

    def stage_page(self, stage: Stage) -> StagePage:
        """The page of a stage, made when it is first wanted."""
        page = self._page(f"stage.{stage}", lambda: self._make_stage(stage))
        assert isinstance(page, StagePage)
        return page

    def today_page(self) -> TodayPage:
        """The page 今日."""
        page = self._page("today", self._make_today)
        assert isinstance(page, TodayPage)
        return page

    def show_page(self, name: str) -> None:
        """Open one of the pages beside the stages: `board`, `approvals`, `team`, `dashboard`."""
        self._open(self._page(name, lambda: self._make_page(name)))
        self.tabs.mark_page(name)

    def open_customer_view(self) -> None:
        """Show the chosen customer's round as the customer may see it; on other pages nothing happens."""
        current = self._stack.currentWidget()
        if isinstance(current, StagePage) and current.customer_id:
            self._open_above(CustomerViewPage(self.desk, current.customer_id, self))

    def open_history(self) -> None:
        """Open what was done here, and the bin."""
        from ui.pages.history import HistoryPage  # noqa: PLC0415  # seldom wanted

        self._open_above(HistoryPage(self.desk, self))

    def open_page(self) -> QWidget:
        """The page on show."""
        page = self._stack.currentWidget()
        assert page is not None
        return page

    def select_customer(self, customer_id: str) -> None:
        """Open a customer in the stage where its round stands."""
        self._stage_of(customer_id, lambda stage: self._show_customer(stage, customer_id) if stage else None)

    def _stage_of(self, customer_id: str, then: Callable[[Stage | None], object]) -> None:
        def stands_in(session: Session) -> Stage | None:
            card = queries.card(session, customer_id)
            if card is None:
                return None
            return Stage(card.opportunity.stage) if card.opportunity else Stage.PROSPECTING

        self.desk.query(self, stands_in, then)

    def open_record(self, entity: str, record_id: str, customer_id: str) -> None:
        """Open a form: on its stage's tab when it belongs to a customer there, else in a dialog."""
        if entity == "customer" and customer_id != record_id:
            customer_id = record_id
        if entity in STAGE_OF and customer_id:
            self._open_in_stage(entity, record_id, customer_id)
        else:
            self._open_in_dialog(entity, record_id)

    def open_sync(self) -> None:
        """Open the sync page."""
        from ui.pages.sync import SyncPage  # noqa: PLC0415  # brings the network; only when it is wanted

        self._open_above(SyncPage(self.desk, self))

    def open_preview(self, letter_id: str) -> None:
        """Open a letter as it was issued."""
        from ui.pages.preview import PreviewPage  # noqa: PLC0415  # brings the PDF reader; only when it is wanted

        self._open_above(PreviewPage(self.desk, letter_id, self))

    def open_paper(self, offer: Offer) -> None:
        """Make a paper and show it."""
        from ui.pages.preview import OfferPage  # noqa: PLC0415  # as above

        self._open_above(OfferPage(self.desk, offer, self))

    def open_records(self, entity: str) -> None:
        """Open the table of all records of a form."""
        page = RecordsPage(self.desk, entity, self)
        page.opened.connect(self._open_listed)
        self._open_above(page)

    def open_settings(self) -> None:
        """Open the settings."""
        from ui.pages.settings import SettingsPage  # noqa: PLC0415  # seldom wanted

        page = SettingsPage(self.desk, self)
        page.saved.connect(self.settings_chosen)
        self._open_above(page)

    def pages_shown(self) -> list[str]:
        """Names of the pages made so far, the open one last (`today`, `stage.discovery`…)."""
        current = self._stack.currentWidget()
        return sorted(self._pages, key=lambda name: self._pages[name] is current)

    def reload(self, _action: str = "") -> None:
        """Fetch the figures of bar, tabs and status bar anew."""
        identity = self.desk.workspace.identity

        def fetch(session: Session) -> _Figures:
            return _Figures(
                counts=queries.stage_counts(session),
                customers=queries.count(session, Customer),
                waiting=journal.waiting_count(session),
                last_sync=queries.last_sync(session),
                to_decide=len(approvals.waiting_for(session, identity.person_id, identity.role)),
            )

        self.desk.query(self, fetch, self._take_figures)

    def closeEvent(self, event: QCloseEvent) -> None:
        """What is typed is kept as a draft, and the window's size for the next time."""
        self._leave()
        window_size.keep(self)
        super().closeEvent(event)

    def _build(self) -> None:
        self.search = Palette(self.desk)
        settings = self.desk.settings
        self.bar = TopBar(
            self.search, user_words(self.desk.workspace.identity, self.desk.language), settings.language, settings.theme
        )
        self.tabs = TabRow(self.desk.language)
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
        self.tabs.chosen.connect(lambda stage: self.show_stage(stage) if stage else self.show_today())
        self.bar.sync_asked.connect(self.open_sync)
        self.bar.settings_asked.connect(self.open_settings)
        self.bar.offer_records([(f.__tablename__, f.__form__.label(self.desk.language)) for f in listed_forms()])
        self.bar.records_asked.connect(self.open_records)
        self.bar.language_chosen.connect(lambda language: self._choose(language=language))
        self.bar.theme_chosen.connect(lambda name: self._choose(theme=name))
        self.bar.lock_asked.connect(self.lock_asked)
        self.bar.about_asked.connect(lambda: about_box(self).open())
        self.bar.history_asked.connect(self.open_history)
        self.bar.customer_view_asked.connect(self.open_customer_view)
        self.bar.shortcuts_asked.connect(self._show_shortcuts)
        self.tabs.page_chosen.connect(self.show_page)
        self.search.activated.connect(self._open_hit)
        self.search.offer(actions_of(self))
        self.desk.changed.connect(self.reload)
        self.desk.offline_changed.connect(self.reload)
        for keys, action in (
            ("Ctrl+K", self.search.begin),
            ("Ctrl+S", self._save),
            ("Ctrl+N", self.create_customer),
            ("F5", self.open_sync),
            ("F1", self._show_shortcuts),
            (CUSTOMER_VIEW_KEY, self.open_customer_view),
            ("Ctrl+1", self.show_today),
            ("Ctrl+8", lambda: self.show_page("board")),
            ("Ctrl+9", lambda: self.show_page("approvals")),
            *((f"Ctrl+{stage.number + 1}", lambda s=stage: self.show_stage(s)) for stage in Stage),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(action)

    def _make_today(self) -> TodayPage:
        page = TodayPage(self.desk)
        page.customer_asked.connect(self.select_customer)
        page.record_asked.connect(self.open_record)
        return page

    def _make_stage(self, stage: Stage) -> QWidget:
        page = StagePage(self.desk, stage)
        page.preview_asked.connect(self.open_preview)
        page.paper_asked.connect(self.open_paper)
        page.moved_on.connect(lambda customer_id, s: self._show_customer(s, customer_id))
        return page

    def _make_page(self, name: str) -> QWidget:
        if name == "board":
            board = BoardPage(self.desk)
            board.customer_asked.connect(self.select_customer)
            board.move_asked.connect(self._move_from_board)
            return board
        if name == "approvals":
            page = ApprovalsPage(self.desk)
            page.record_asked.connect(self.open_record)
            return page
        if name == "team":
            return TeamPage(self.desk)
        from ui.pages.dashboard import DashboardPage  # noqa: PLC0415  # brings the charts; only when wanted

        return DashboardPage(self.desk)

    def _move_from_board(self, customer_id: str, _target: Stage) -> None:
        """A card was carried on: the customer's own tab asks, with its checklist."""

        def ask(stage: Stage | None) -> None:
            if stage is not None:
                self._show_customer(stage, customer_id)
                self.stage_page(stage).move_on_when_shown(customer_id)

        self._stage_of(customer_id, ask)

    def _page(self, name: str, make: Callable[[], QWidget]) -> QWidget:
        if name not in self._pages:
            self._pages[name] = make()
            self._stack.addWidget(self._pages[name])
        return self._pages[name]

    def _open(self, page: QWidget) -> None:
        if page is not self._stack.currentWidget():
            self._leave()
            self.notice.hide()
            self._stack.setCurrentWidget(page)

    def _open_above(self, dialog: QDialog) -> None:
        """Show a dialog over the window; `dialog` stays the one opened last."""
        self._leave()
        self.dialog = dialog
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _leave(self) -> None:
        current = self._stack.currentWidget()
        if isinstance(current, StagePage | TodayPage | BoardPage | ApprovalsPage | TeamPage):
            current.leave()

    def _show_customer(self, stage: Stage, customer_id: str) -> None:
        self.show_stage(stage)
        self.stage_page(stage).select_customer(customer_id)

    def _open_in_stage(self, entity: str, record_id: str, customer_id: str) -> None:
        stage = STAGE_OF[entity]

        def exists(session: Session) -> bool:
            return session.get(Customer, customer_id) is not None

        def show(found: bool) -> None:  # noqa: FBT001  # a slot takes what it is given
            if not found:
                self._open_in_dialog(entity, record_id)
                return
            self.show_stage(stage)
            self.stage_page(stage).select_customer(
                customer_id, "customer" if entity == "contact" else entity, record_id
            )

        self.desk.query(self, exists, show)

    def _open_in_dialog(self, entity: str, record_id: str) -> None:
        def read(session: Session) -> forms.Sheet:
            draft = drafts.find(session, entity, record_id)
            return (
                forms.resume(self.desk.workspace, draft)
                if draft
                else forms.load(self.desk.workspace, entity, record_id)
            )

        self.desk.query(self, read, self._show_dialog)

    def _open_listed(self, entity: str, record_id: str) -> None:
        def customer_of(session: Session) -> str:
            record = session.get(form_named(entity), record_id)
            return record_id if entity == "customer" else str(getattr(record, "customer_id", ""))

        self.desk.query(self, customer_of, lambda customer_id: self.open_record(entity, record_id, customer_id))

    def _show_dialog(self, sheet: forms.Sheet) -> None:
        self._open_above(FormDialog(self.desk, sheet, self))

    def _open_hit(self, hit: Hit) -> None:
        if hit.entity == "customer":
            self.select_customer(hit.record_id)
        elif hit.entity in {"contact", "opportunity"} and hit.customer_id:
            self.select_customer(hit.customer_id)
        else:
            self.open_record(hit.entity, hit.record_id, hit.customer_id)

    def _save(self) -> None:
        current = self._stack.currentWidget()
        panel = current.panel if isinstance(current, StagePage) else None
        if panel is not None:
            panel.save()

    def create_customer(self) -> None:
        """A new customer, from wherever one is."""
        self.show_stage(Stage.PROSPECTING)
        page = self.stage_page(Stage.PROSPECTING)
        assert isinstance(page, StagePage)
        page.create_customer()

    def _take_figures(self, figures: _Figures) -> None:
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
        last = moment_words(found.last_sync, now, desk.zone) if found.last_sync else self.tr("never")
        self.status.setText(
            self.tr("Local data is encrypted · Customers: {count} · Last sync: {when}").format(
                count=found.customers, when=last
            )
        )

    def _choose(self, **changed: Any) -> None:
        self._leave()
        self.settings_chosen.emit(replace(self.desk.settings, **changed))

    def _show_shortcuts(self) -> None:
        self._open_above(ShortcutsPage(self))
