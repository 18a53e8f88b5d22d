"""The middle of a stage: the customer's forms of that stage, one at a time, edited in place."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QComboBox, QHBoxLayout, QPushButton, QStackedWidget, QWidget

from salesdesk.actions import approvals, forms
from salesdesk.actions.approvals import Procedure
from salesdesk.records.base import Stage
from salesdesk.records.discovery import ConfirmationLetter
from salesdesk.records.registry import Record, fields_of, form_named
from salesdesk.store import drafts, queries
from ui.form import FormPanel
from ui.pages.insight import insight
from ui.pages.stage_words import FORMS, empty_words
from ui.tasks import Desk, Session
from ui.widgets.approval_bar import ApprovalBar
from ui.widgets.card import Card, EmptyState
from ui.widgets.labels import PlainLabel, set_look
from ui.widgets.letter_actions import LetterActions

_DRAFTS_READ = 500
_TELLING = (
    *("reference", "number", "version", "interviewed_on", "planned_on", "raised_on", "objection"),
    *("met_on", "delivered_on", "visited_on"),
)
_NAME_LENGTH = 28


@dataclass(frozen=True)
class Opened:
    """A form of a customer ready to be shown: its sheet (none: there is no such record yet) and its siblings.

    `procedure` is the approval of a paper that needs one.
    """

    entity: str
    sheet: forms.Sheet | None
    siblings: list[tuple[str, str]]
    procedure: Procedure | None = None


def records_of(card: queries.Card, entity: str) -> list[Record]:
    """The customer's records of a form, newest first."""
    alone = {"customer": card.customer, "opportunity": card.opportunity}
    if entity in alone:
        return [found] if (found := alone[entity]) is not None else []
    return card.papers[entity]


def open_form(desk: Desk, session: Session, card: queries.Card, entity: str, record_id: str) -> Opened:
    """The wanted record, else the unfinished new one when there is no other, else the newest."""
    records = records_of(card, entity)
    siblings = [(record.id, _sibling_name(record, desk)) for record in records]
    known = {record.id for record in records}
    unfinished = {
        draft.record_id: draft
        for draft in drafts.unfinished(session, limit=_DRAFTS_READ)
        if draft.entity == entity
        and draft.customer_id == card.customer.id
        and draft.record_id not in known
        and _belongs(session, draft, card)
    }
    if record_id not in known | unfinished.keys():
        record_id = next(iter([*(record.id for record in records), *unfinished]), "")
    if record_id in unfinished:
        return Opened(entity, forms.resume(desk.workspace, unfinished[record_id]), siblings)
    if not record_id:
        return Opened(entity, None, siblings)
    sheet = forms.load(desk.workspace, entity, record_id)
    procedure = approvals.procedure(session, sheet.record) if form_named(entity).__form__.approval else None
    return Opened(entity, sheet, siblings, procedure)


def _belongs(session: Session, draft: drafts.Draft, card: queries.Card) -> bool:
    """Whether a draft is of a new paper of this round; one of an earlier round's paper is gone on with from 今日."""
    if session.get(form_named(draft.entity), draft.record_id) is not None:
        return False
    begun_in = draft.preset.get("opportunity_id", "")
    return not begun_in or card.opportunity is None or begun_in == card.opportunity.id


def _sibling_name(record: Record, desk: Desk) -> str:
    """`2026-11-23 · 第 2 版`: how one of several records of a customer is told from the others."""
    fields = fields_of(type(record))
    shown = [fields[name].show(getattr(record, name), desk.language) for name in _TELLING if name in fields]
    made = record.created_at.astimezone(desk.zone).date().isoformat()
    name = " · ".join(filter(None, shown)) or made
    return name if len(name) <= _NAME_LENGTH else name[:_NAME_LENGTH] + "…"


class WorkArea(Card):
    """Choice of form and record above, the form below. At most one `FormPanel` lives at a time.

    `form_wanted(entity, record_id)` when a person chooses another; `create_wanted(entity)` from the
    empty state; `customer_wanted(customer_id)` for one that may be the same; `saved` after the form was kept.
    """

    form_wanted = Signal(str, str)
    create_wanted = Signal(str)
    customer_wanted = Signal(str)
    saved = Signal()

    def __init__(self, desk: Desk, stage: Stage, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._desk = desk
        self.panel: FormPanel | None = None
        self.opened: Opened | None = None
        self.form_buttons: dict[str, QPushButton] = {}
        self.record_choice = QComboBox()
        self.record_choice.setAccessibleName(self.tr("Which one"))
        self.record_choice.activated.connect(self._choose_record)
        self.letter_actions = LetterActions(desk.language)
        self.approval = ApprovalBar(desk.language)
        self.insight = PlainLabel("", "accent")
        self.insight.setWordWrap(True)
        self.insight.hide()
        self.empty = EmptyState("", "")
        self.empty.button.clicked.connect(self._create)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.empty)
        self._build_choice(stage)
        for extra in (self.letter_actions, self.approval, self.insight):
            self.body.addWidget(extra)
        self.body.addWidget(self._stack, 1)

    def _build_choice(self, stage: Stage) -> None:
        line = QHBoxLayout()
        line.setSpacing(4)
        group = QButtonGroup(self)
        for entity in FORMS[stage]:
            button = QPushButton(form_named(entity).__form__.label(self._desk.language))
            button.setAutoDefault(False)
            button.setCheckable(True)
            set_look(button, "segment")
            button.clicked.connect(lambda _checked=False, e=entity: self.form_wanted.emit(e, ""))
            group.addButton(button)
            self.form_buttons[entity] = button
            line.addWidget(button)
            if len(FORMS[stage]) == 1:
                button.hide()
        line.addStretch(1)
        line.addWidget(self.record_choice)
        self.body.addLayout(line)

    @property
    def entity(self) -> str:
        """The form on show."""
        return self.opened.entity if self.opened else ""

    def show_form(self, opened: Opened) -> None:
        """Put a form in place of the one before; what was typed there was flushed by `leave`."""
        self._drop_panel()
        self.opened = opened
        self.form_buttons[opened.entity].setChecked(True)
        self._offer_records(opened)
        self._show_extras(opened)
        if opened.sheet is None:
            self._say_empty(opened.entity)
            self._stack.setCurrentWidget(self.empty)
            return
        self.panel = FormPanel(self._desk, opened.sheet)
        self.panel.saved.connect(self._kept)
        if self.panel.duplicates is not None:
            self.panel.duplicates.open_asked.connect(self.customer_wanted)
            self.panel.duplicates.merged.connect(self.customer_wanted)
        self._stack.addWidget(self.panel)
        self._stack.setCurrentWidget(self.panel)

    def refresh(self, opened: Opened) -> None:
        """What stands beside a form that goes on being edited: the state of its approval, what it is worth."""
        if self.opened is not None and self.opened.entity == opened.entity:
            self._show_extras(opened)

    def _show_extras(self, opened: Opened) -> None:
        record = opened.sheet.record if opened.sheet else None
        self.letter_actions.show_letter(record if isinstance(record, ConfirmationLetter) else None)
        self.approval.setVisible(opened.procedure is not None)
        if record is not None and opened.procedure is not None:
            self.approval.show_procedure(record, opened.procedure, self._desk.workspace.identity)
        said = insight(opened.sheet, self._desk.language) if opened.sheet else ""
        self.insight.setText(said)
        self.insight.setVisible(bool(said))

    def leave(self) -> None:
        """Keep what is typed as a draft before something else is shown."""
        if self.panel is not None:
            self.panel.flush()

    def _drop_panel(self) -> None:
        if self.panel is not None:
            self.panel.flush()
            self._stack.removeWidget(self.panel)
            self.panel.hide()
            self.panel.deleteLater()
            self.panel = None

    def _kept(self, sheet: forms.Sheet) -> None:
        if self.opened is not None:
            self.opened = replace(self.opened, sheet=sheet)
        self.saved.emit()

    def _offer_records(self, opened: Opened) -> None:
        current = opened.sheet.record.id if opened.sheet else ""
        self.record_choice.clear()
        offered = list(opened.siblings)
        if opened.sheet is not None and opened.sheet.is_new:
            offered.insert(0, (current, self.tr("New, not saved yet")))
        for record_id, name in offered:
            self.record_choice.addItem(name, record_id)
        self.record_choice.setCurrentIndex(max(0, self.record_choice.findData(current)))
        self.record_choice.setVisible(len(offered) > 1)

    def _choose_record(self, place: int) -> None:
        self.form_wanted.emit(self.entity, str(self.record_choice.itemData(place)))

    def _create(self) -> None:
        self.create_wanted.emit(self.entity)

    def _say_empty(self, entity: str) -> None:
        self.empty.say(*empty_words(entity))
