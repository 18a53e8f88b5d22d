"""A stage's tab: customers on the left, the chosen one's forms in the middle, what is open on the right."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from salesdesk.actions import forms
from salesdesk.process.stages import next_stage
from salesdesk.records.base import Stage
from salesdesk.records.kinds import Wire
from salesdesk.records.language import Language
from salesdesk.records.registry import form_named
from ui.approvals.approval_actions import ApprovalDesk
from ui.core.background import Desk, Session
from ui.core.composition import composition
from ui.forms.form_dialog import FormDialog
from ui.forms.form_panel import FormPanel
from ui.stage.checklist import Checklist
from ui.stage.customer_column import CustomerColumn, list_width
from ui.stage.customer_header import CustomerHeader
from ui.stage.customer_presenter import CustomerView, bars_of, checks_of, events_of, facts_of, load_view
from ui.stage.decision_map import DecisionMap
from ui.stage.document_actions import Paperwork
from ui.stage.opportunity_actions import Deeds
from ui.stage.stage_forms import BEGUN_ON, FIRST_SHOWN, FORMS, PREPARED
from ui.stage.timeline import Timeline
from ui.stage.work_area import Opened, WorkArea, open_form
from ui.widgets.card import EmptyState

_MINUTE = 60_000


@dataclass(frozen=True)
class _Loaded:
    view: CustomerView | None
    opened: Opened | None


class StagePage(QWidget):
    """One of the stages whose forms are here.

    `preview_asked(letter_id)` wants the letter's page, `paper_asked(offer)` another paper made;
    `moved_on(customer_id, stage)` follows a move.
    """

    preview_asked = Signal(str)
    paper_asked = Signal(object)
    moved_on = Signal(str, Stage)

    def __init__(self, desk: Desk, stage: Stage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.stage = stage
        self.customer_id = ""
        self.view: CustomerView | None = None
        self.dialog: QDialog | None = None
        self._round = 0
        self._wanted: tuple[str, str] | None = None
        self._moving = ""
        self._build()
        self._connect()
        self._clock = QTimer(self)
        self._clock.timeout.connect(self._tick)
        self._clock.start(_MINUTE)
        self.column.reload()

    @property
    def panel(self) -> FormPanel | None:
        """The form on show."""
        return self.work.panel

    def select_customer(self, customer_id: str, entity: str = "", record_id: str = "") -> None:
        """Show a customer, and of its forms the wanted one; what was being typed is kept as a draft."""
        self.work.leave()
        if customer_id != self.customer_id:
            self.customer_id = customer_id
            entity = entity or FIRST_SHOWN[self.stage]
        self.column.select(customer_id)
        self._wanted = (entity or self.work.entity or FIRST_SHOWN[self.stage], record_id)
        self._fetch(*self._wanted)

    def move_on_when_shown(self, customer_id: str) -> None:
        """Ask for the move of a customer as soon as it is on show."""
        self._moving = customer_id

    def resizeEvent(self, event: QResizeEvent) -> None:
        """List and right-hand column take their share of the width."""
        super().resizeEvent(event)
        width = event.size().width()
        self.column.setFixedWidth(list_width(width))
        self._side.setFixedWidth(max(300, min(420, width * 17 // 64)))

    def is_fetching(self) -> bool:
        """Whether something that a person chose is still on its way to the screen."""
        return self._wanted is not None

    def leave(self) -> None:
        """Keep what is typed as a draft; called before another page is shown."""
        self.work.leave()

    def reload(self, _action: str = "") -> None:
        """Fetch list, head and right-hand column anew; a form that is being edited stays as it is."""
        self.column.reload()
        if self.customer_id:
            panel = self.panel
            on_show = (self.work.entity or FIRST_SHOWN[self.stage], panel.sheet.record.id if panel is not None else "")
            self._fetch(*(self._wanted or on_show))

    def begin(self, entity: str) -> None:
        """Begin a record of a form for the chosen customer."""
        if entity == "confirmation_letter":
            self.create_letter()
        elif entity in PREPARED:
            self._prepare(entity)
        else:
            self._begin(entity)

    def create_customer(self) -> None:
        """Open a blank 客户信息收集表 in a dialog; the new customer is shown when it is kept."""
        owner = self._desk.workspace.identity.name
        self._desk.query(
            self, lambda _session: forms.new(self._desk.workspace, "customer", owner=owner), self.open_dialog
        )

    def open_dialog(self, sheet: forms.Sheet) -> None:
        """Edit a sheet in a dialog above the page."""
        dialog = FormDialog(self._desk, sheet, self)
        dialog.saved.connect(lambda kept: self.select_customer(kept.record.id))
        dialog.customer_wanted.connect(self.select_customer)
        self.open_above(dialog)

    def create_letter(self, language: Language | None = None) -> None:
        """Make the 需求确认函 of the newest interview and show it; what is typed is saved first.

        It is in the window's language when none is given.
        """
        if self.view is None or self.view.card.analysis is None:
            self.select_customer(self.customer_id, "needs_analysis")
            return
        panel, issue = self.panel, partial(self.paperwork.issue_letter, language or self._desk.language)
        if panel is not None and self.work.entity == "needs_analysis" and panel.has_unsaved():
            panel.save(then=issue)
        else:
            issue()

    def _about(self) -> str:
        return self.view.card.customer.name if self.view else ""

    def open_above(self, dialog: QDialog) -> None:
        """Show a dialog over the page; `dialog` stays the one opened last."""
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.dialog = dialog
        dialog.open()

    def _build(self) -> None:
        language = self._desk.language
        self.column = CustomerColumn(self._desk, self.stage)
        self.new_button = QPushButton("+ " + self.tr("New"))
        self.new_button.setAutoDefault(False)
        self.column.heading_row.addWidget(self.new_button)
        self.header = CustomerHeader()
        self.print_button = self.header.add_button(self.tr("Print"))
        self.letter_button = self.header.add_button(self.tr("Create confirmation letter"), "primary")
        self.answer_button = self.header.add_button(self.tr("Find an answer"), "primary")
        following = next_stage(self.stage)
        name = following.label(language) if following else ""
        self.next_button = self.header.add_button(
            self.tr("Move on to {stage} →").format(stage=name) if following else self.tr("Start the next round →")
        )
        more = self.header.add_button("⋯", "icon")
        more.setAccessibleName(self.tr("More"))
        menu = QMenu(more)
        self.close_action = menu.addAction(self.tr("Close this round…"))
        self.again_action = menu.addAction(self.tr("Start the next round"))
        self.files_action = menu.addAction(self.tr("Files of this form…"))
        more.setMenu(menu)
        for button, stage in (
            (self.letter_button, Stage.DISCOVERY),
            (self.answer_button, Stage.PROPOSAL),
        ):
            if self.stage is not stage:
                button.hide()
        self.work = WorkArea(self._desk, self.stage)
        self.checklist = Checklist()
        self.decision_map = DecisionMap()
        if self.stage not in {Stage.DISCOVERY, Stage.NEGOTIATION}:
            self.decision_map.hide()
        self.timeline = Timeline()
        self.nobody = EmptyState(self.tr("Choose a customer"), self.tr("Its forms, open items and history stand here."))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.nobody)
        self._stack.addWidget(self._customer_area())
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.setSpacing(12)
        layout.addWidget(self.column)
        layout.addWidget(self._stack, 1)

    def _customer_area(self) -> QWidget:
        side = QWidget()
        side.setProperty("look", "ground")
        cards = QVBoxLayout(side)
        cards.setContentsMargins(0, 0, 0, 0)
        cards.setSpacing(12)
        cards.addWidget(self.checklist)
        cards.addWidget(self.decision_map)
        cards.addWidget(self.timeline, 1)
        self._side = QScrollArea()
        self._side.setWidgetResizable(True)
        self._side.setFrameShape(QScrollArea.Shape.NoFrame)
        self._side.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._side.setWidget(side)
        lower = QHBoxLayout()
        lower.setSpacing(12)
        lower.addWidget(self.work, 1)
        lower.addWidget(self._side)
        area = QWidget()
        layout = QVBoxLayout(area)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self.header)
        layout.addLayout(lower, 1)
        return area

    def _connect(self) -> None:
        self.column.chosen.connect(self.select_customer)
        self.column.loaded.connect(self._choose_first)
        self.work.form_wanted.connect(lambda entity, record: self.select_customer(self.customer_id, entity, record))
        self.work.create_wanted.connect(self.begin)
        self.work.customer_wanted.connect(self.select_customer)
        self.paperwork = Paperwork(self._desk, self)
        self.work.letter_actions.preview_asked.connect(self.paperwork.preview)
        self.work.letter_actions.sent.connect(self.paperwork.note_sent)
        self.work.letter_actions.confirmed.connect(self.paperwork.note_confirmed)
        self.letter_button.clicked.connect(lambda _checked=False: self.create_letter())
        self.deeds = Deeds(self._desk, self)
        self.next_button.clicked.connect(self.deeds.move_on)
        self.close_action.triggered.connect(self.deeds.close_round)
        self.again_action.triggered.connect(self.deeds.start_next_round)
        self.files_action.triggered.connect(self.paperwork.open_files)
        self.answer_button.clicked.connect(self.deeds.find_answer)
        self.approvals = ApprovalDesk(self._desk, self)
        self.work.approval.submit_asked.connect(self.deeds.submit)
        self.work.approval.decide_asked.connect(
            lambda step, decision: self.approvals.ask(step, decision, self._about())
        )
        self.work.approval.hand_on_asked.connect(self.approvals.ask_to_hand_on)
        self._desk.changed.connect(self.reload)
        self.new_actions: dict[str, QAction] = {}
        if self.stage is Stage.PROSPECTING:
            self.new_button.clicked.connect(self.create_customer)
            return
        menu = QMenu(self.new_button)
        for entity in FORMS[self.stage]:
            if entity == "confirmation_letter":
                continue
            form = form_named(entity).__form__.label(self._desk.language)
            self.new_actions[entity] = menu.addAction(self.tr("{form} for this customer").format(form=form))
            self.new_actions[entity].triggered.connect(lambda _checked=False, e=entity: self.begin(e))
        menu.aboutToShow.connect(self._allow_new)
        self.new_button.setMenu(menu)
        self.new_button.setText(self.new_button.text() + " ▾")

    def _allow_new(self) -> None:
        for action in self.new_actions.values():
            action.setEnabled(bool(self.customer_id))

    def _choose_first(self) -> None:
        if not self.customer_id and self.column.first_customer():
            self.select_customer(self.column.first_customer())

    def _fetch(self, entity: str, record_id: str) -> None:
        """Read the customer and a form of it; an answer that another question has overtaken is dropped.

        What a person chose stays wanted until it is shown, even when a reload overtakes it.
        """
        self._round += 1
        number, customer_id, desk = self._round, self.customer_id, self._desk

        def read(session: Session) -> _Loaded:
            view = load_view(session, customer_id, self.stage)
            return _Loaded(view, open_form(desk, session, view.card, entity, record_id) if view else None)

        desk.query(self, read, lambda loaded: self._take(loaded) if number == self._round else None)

    def _take(self, loaded: _Loaded) -> None:
        chosen, self._wanted = self._wanted is not None, None
        self._show_view(loaded.view)
        if self._moving and self._moving == self.customer_id:
            self._moving = ""
            QTimer.singleShot(0, self.deeds.move_on)
        if loaded.opened is None:
            return
        if chosen:
            self.work.show_form(loaded.opened)
        elif self._is_stale(loaded.opened):
            self.work.renew(loaded.opened)
        else:
            self.work.refresh(loaded.opened)

    def _is_stale(self, opened: Opened) -> bool:
        """Whether the form on show is not what the workspace now has; one that is being typed in never is."""
        panel = self.panel
        if panel is None:
            return True
        if panel.sheet.is_new or panel.has_unsaved() or composition().is_within(panel):
            return False
        return opened.sheet is None or _state_of(panel.sheet) != _state_of(opened.sheet)

    def _show_view(self, view: CustomerView | None) -> None:
        self.view = view
        self._stack.setCurrentIndex(1 if view else 0)
        if view is None:
            self.customer_id = ""
            return
        desk = self._desk
        now = desk.now()
        self.header.show_customer(facts_of(view, now, desk.zone, desk.language), now)
        self.checklist.show_checks(checks_of(view))
        self.decision_map.show_roles(bars_of(view.card.roles, desk.language))
        me = desk.workspace.identity.person_id
        self.timeline.show_events(events_of(view, now, desk.zone, desk.language, me))
        running = view.card.opportunity is not None and view.card.opportunity.outcome == "open"
        self.next_button.setEnabled(view.stage is self.stage and running)
        self.close_action.setEnabled(running)
        self.again_action.setEnabled(not running)

    def _tick(self) -> None:
        self.header.tick(self._desk.now())
        self.column.tick()

    def _prepare(self, entity: str) -> None:
        """Let the program fill in what is known; what is typed meanwhile is kept as a draft."""
        self.work.leave()
        customer_id, desk = self.customer_id, self._desk
        desk.change(
            self,
            lambda workspace: PREPARED[entity](workspace, customer_id, desk),
            lambda record: self.show_if_still(customer_id, entity, record.id),
            once=f"{entity}.{customer_id}",
        )

    def _begin(self, entity: str) -> None:
        self.work.leave()
        customer_id, desk = self.customer_id, self._desk

        def new(_session: Session) -> forms.Sheet:
            sheet = forms.new(desk.workspace, entity, customer_id=customer_id)
            if entity in BEGUN_ON:
                setattr(sheet.record, BEGUN_ON[entity], desk.today())
            return sheet

        desk.query(self, new, lambda sheet: self._show_new(customer_id, sheet))

    def _show_new(self, customer_id: str, sheet: forms.Sheet) -> None:
        if customer_id == self.customer_id:
            siblings = self.work.opened.siblings if self.work.opened and self.work.entity == sheet.entity else []
            self.work.show_form(Opened(sheet.entity, sheet, siblings))

    def show_if_still(self, customer_id: str, entity: str, record_id: str) -> None:
        """Show a form of a customer unless another one was chosen meanwhile."""
        if customer_id == self.customer_id:
            self.select_customer(customer_id, entity, record_id)


def _state_of(sheet: forms.Sheet) -> list[tuple[str, int, dict[str, Wire]]]:
    """What tells whether a record or its rows changed since they were read: also when only the office's count did."""
    rows = [row for group in sheet.rows.values() for row in group]
    return [(record.id, record.rev, record.wire()) for record in [sheet.record, *rows]]
