"""A stage's tab: customers on the left, the chosen one's forms in the middle, what is open on the right."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
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
from salesdesk.actions.stage_tab import CustomerView
from salesdesk.process import rights
from salesdesk.process.stages import next_stage
from salesdesk.records.base import Stage
from ui.approvals.approval_actions import ApprovalDesk
from ui.core.background import Desk
from ui.core.page import Page
from ui.forms.form_dialog import FormDialog
from ui.forms.form_panel import FormPanel
from ui.stage.checklist import Checklist
from ui.stage.customer_column import CustomerColumn, list_width
from ui.stage.customer_header import CustomerHeader
from ui.stage.customer_presenter import bars_of, checks_of, events_of, facts_of
from ui.stage.decision_map import DecisionMap
from ui.stage.document_actions import DocumentActions
from ui.stage.opportunity_actions import OpportunityActions
from ui.stage.stage_model import StageModel
from ui.stage.timeline import Timeline
from ui.stage.work_area import WorkArea
from ui.widgets.card import EmptyState

_MINUTE = 60_000


class StagePage(Page):
    """The tab of a stage; what is chosen in it is its `model`."""

    def __init__(self, desk: Desk, stage: Stage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.stage = stage
        self.model = StageModel(desk, stage, self)
        self.dialog: QDialog | None = None
        self._build()
        self._connect()
        self._clock = QTimer(self)
        self._clock.timeout.connect(self._tick)
        self._clock.start(_MINUTE)
        self.column.reload()

    @property
    def customer_id(self) -> str:
        """The customer who is chosen; empty for none."""
        return self.model.customer_id

    @property
    def view(self) -> CustomerView | None:
        """What is on show of them."""
        return self.model.view

    @property
    def panel(self) -> FormPanel | None:
        """The form on show."""
        return self.model.panel

    def select_customer(self, customer_id: str, entity: str = "", record_id: str = "") -> None:
        """Show a customer, and of its forms the wanted one; what was being typed is kept as a draft."""
        self.model.choose(customer_id, entity, record_id)

    def move_on_when_shown(self, customer_id: str) -> None:
        """Ask for the move of a customer as soon as it is on show."""
        self.opportunity_actions.move_on_when_shown(customer_id)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """List and right-hand column take their share of the width."""
        super().resizeEvent(event)
        width = event.size().width()
        self.column.setFixedWidth(list_width(width))
        self._side.setFixedWidth(max(300, min(420, width * 17 // 64)))

    def is_fetching(self) -> bool:
        """Whether something that a person chose is still on its way to the screen."""
        return self.model.is_fetching()

    def leave(self) -> None:
        """Keep what is typed as a draft; called before another page is shown."""
        self.model.leave()

    def save(self) -> None:
        """Keep the form on show."""
        if self.panel is not None:
            self.panel.save()

    def reload(self, _action: str = "") -> None:
        """Fetch list, head and right-hand column anew; a form that is being edited stays as it is."""
        self.column.reload()
        self.model.reload()

    def begin(self, entity: str) -> None:
        """Begin a record of a form for the chosen customer."""
        if entity == "confirmation_letter":
            self.document_actions.create_letter()
        else:
            self.model.begin(entity)

    def create_customer(self) -> None:
        """Open a blank 客户信息收集表 in a dialog; the new customer is shown when it is kept."""
        owner = self._desk.workspace.identity.name
        self._desk.query(
            self, lambda _session: forms.new(self._desk.workspace, "customer", owner=owner), self._open_customer
        )

    def _open_customer(self, sheet: forms.Sheet) -> None:
        dialog = FormDialog(self._desk, sheet, self)
        dialog.saved.connect(lambda kept: self.select_customer(kept.record.id))
        dialog.customer_wanted.connect(self.select_customer)
        self.open_above(dialog)

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
        self.delete_action = menu.addAction(self.tr("Delete this form…"))
        menu.aboutToShow.connect(self._allow_delete)
        more.setMenu(menu)
        for button, stage in (
            (self.letter_button, Stage.DISCOVERY),
            (self.answer_button, Stage.PROPOSAL),
        ):
            if self.stage is not stage:
                button.hide()
        self.work = WorkArea(self.model)
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
        model, head = self.model, self.work.head
        self.column.chosen.connect(self.select_customer)
        self.column.loaded.connect(self._choose_first)
        model.chosen.connect(self.column.select)
        model.customer_read.connect(self._show_view)
        self.work.create_wanted.connect(self.begin)
        self.document_actions = documents = DocumentActions(model, self.print_button)
        documents.dialog_made.connect(self.open_above)
        documents.preview_asked.connect(self.preview_asked)
        documents.paper_asked.connect(self.paper_asked)
        head.letter_actions.preview_asked.connect(documents.preview)
        head.letter_actions.sent.connect(documents.note_sent)
        head.letter_actions.confirmed.connect(documents.note_confirmed)
        self.letter_button.clicked.connect(lambda _checked=False: documents.create_letter())
        self.files_action.triggered.connect(documents.open_files)
        self.opportunity_actions = opportunity = OpportunityActions(model)
        opportunity.dialog_made.connect(self.open_above)
        opportunity.moved_on.connect(self.moved_on)
        self.next_button.clicked.connect(opportunity.move_on)
        self.close_action.triggered.connect(opportunity.close_round)
        self.again_action.triggered.connect(opportunity.start_next_round)
        self.delete_action.triggered.connect(self.opportunity_actions.delete)
        self.answer_button.clicked.connect(opportunity.find_answer)
        head.approval.submit_asked.connect(opportunity.submit)
        self.approvals = ApprovalDesk(self._desk, self)
        head.approval.decide_asked.connect(
            lambda step, decision: self.approvals.ask(step, decision, model.customer_name)
        )
        head.approval.hand_on_asked.connect(self.approvals.ask_to_hand_on)
        self._desk.changed.connect(self.reload)
        self.new_actions: dict[str, QAction] = {}
        if self.stage is Stage.PROSPECTING:
            self.new_button.clicked.connect(self.create_customer)
            return
        menu = QMenu(self.new_button)
        for declared in self.model.declared.forms:
            entity = declared.entity
            if entity == "confirmation_letter":
                continue
            form = declared.form.__form__.label(self._desk.language)
            self.new_actions[entity] = menu.addAction(self.tr("{form} for this customer").format(form=form))
            self.new_actions[entity].triggered.connect(lambda _checked=False, e=entity: self.begin(e))
        menu.aboutToShow.connect(self._allow_new)
        self.new_button.setMenu(menu)
        self.new_button.setText(self.new_button.text() + " ▾")

    def _allow_delete(self) -> None:
        panel, role = self.panel, self._desk.workspace.identity.role
        sheet = panel.sheet if panel is not None and not panel.sheet.is_new else None
        self.delete_action.setEnabled(sheet is not None and rights.keeps(sheet.form, role))

    def _allow_new(self) -> None:
        for action in self.new_actions.values():
            action.setEnabled(bool(self.customer_id))

    def _choose_first(self) -> None:
        if not self.customer_id and self.column.first_customer():
            self.select_customer(self.column.first_customer())

    def _show_view(self) -> None:
        view = self.model.view
        self._stack.setCurrentIndex(1 if view else 0)
        if view is None:
            return
        desk = self._desk
        now = desk.now()
        self.header.show_customer(facts_of(view, now, desk.zone, desk.language), now)
        self.checklist.show_checks(checks_of(view))
        self.decision_map.show_roles(bars_of(view.card.roles, desk.language))
        me = desk.workspace.identity.person_id
        self.timeline.show_events(events_of(view, now, desk.zone, desk.language, me))
        self.next_button.setEnabled(view.stage is self.stage and view.is_running)
        self.close_action.setEnabled(view.is_running)
        self.again_action.setEnabled(not view.is_running)

    def _tick(self) -> None:
        self.header.tick(self._desk.now())
        self.column.tick()
