"""The middle of a stage: the customer's forms of that stage, one at a time, edited in place."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QComboBox, QHBoxLayout, QPushButton, QStackedWidget, QWidget

from salesdesk.actions import forms
from salesdesk.records.base import Stage
from salesdesk.records.discovery import ConfirmationLetter
from salesdesk.records.registry import Record, fields_of, form_named
from salesdesk.store import drafts, queries
from ui.form import FormPanel
from ui.tasks import Desk, Session
from ui.widgets.card import Card, EmptyState
from ui.widgets.labels import set_look
from ui.widgets.letter_actions import LetterActions

_DRAFTS_READ = 500

FORMS = {
    Stage.PROSPECTING: ("customer",),
    Stage.DISCOVERY: ("outline", "needs_analysis", "confirmation_letter"),
}
FIRST_SHOWN = {Stage.PROSPECTING: "customer", Stage.DISCOVERY: "needs_analysis"}


@dataclass(frozen=True)
class Opened:
    """A form of a customer ready to be shown: its sheet (none: there is no such record yet) and its siblings."""

    entity: str
    sheet: forms.Sheet | None
    siblings: list[tuple[str, str]]


def records_of(card: queries.Card, entity: str) -> list[Record]:
    """The customer's records of a form, newest first."""
    return [card.customer] if entity == "customer" else card.papers[entity]


def open_form(desk: Desk, session: Session, card: queries.Card, entity: str, record_id: str) -> Opened:
    """The wanted record, else the unfinished new one when there is no other, else the newest."""
    records = records_of(card, entity)
    siblings = [(record.id, _sibling_name(record, desk)) for record in records]
    known = {record.id for record in records}
    unfinished = {
        draft.record_id: draft
        for draft in drafts.unfinished(session, limit=_DRAFTS_READ)
        if draft.entity == entity and draft.customer_id == card.customer.id and draft.record_id not in known
    }
    if record_id not in known | unfinished.keys():
        record_id = next(iter([*(record.id for record in records), *unfinished]), "")
    if record_id in unfinished:
        return Opened(entity, forms.resume(desk.workspace, unfinished[record_id]), siblings)
    return Opened(entity, forms.load(desk.workspace, entity, record_id) if record_id else None, siblings)


def _sibling_name(record: Record, desk: Desk) -> str:
    """`2026-11-23 · 第 2 版`: how one of several records of a customer is told from the others."""
    fields = fields_of(type(record))
    shown = [
        fields[name].show(getattr(record, name), desk.language)
        for name in ("reference", "version", "interviewed_on", "planned_on")
        if name in fields
    ]
    made = record.created_at.astimezone(desk.zone).date().isoformat()
    return " · ".join(filter(None, shown)) or made


class WorkArea(Card):
    """Choice of form and record above, the form below. At most one `FormPanel` lives at a time.

    `form_wanted(entity, record_id)` when a person chooses another; `create_wanted(entity)` from the
    empty state; `saved` after the form was kept.
    """

    form_wanted = Signal(str, str)
    create_wanted = Signal(str)
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
        self.empty = EmptyState("", "")
        self.empty.button.clicked.connect(self._create)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.empty)
        self._build_choice(stage)
        self.body.addWidget(self.letter_actions)
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
        letter = opened.sheet.record if opened.sheet and opened.entity == "confirmation_letter" else None
        self.letter_actions.show_letter(letter if isinstance(letter, ConfirmationLetter) else None)
        if opened.sheet is None:
            self._say_empty(opened.entity)
            self._stack.setCurrentWidget(self.empty)
            return
        self.panel = FormPanel(self._desk, opened.sheet)
        self.panel.saved.connect(self._kept)
        self._stack.addWidget(self.panel)
        self._stack.setCurrentWidget(self.panel)

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
        said = {
            "outline": (
                self.tr("No interview outline yet"),
                self.tr("The questions are prepared from industry and size of the customer; change them as you like."),
                self.tr("Prepare an outline"),
            ),
            "needs_analysis": (
                self.tr("No interview recorded yet"),
                self.tr("Record it within 24 hours: pain points, stated and implicit needs, and who decides."),
                self.tr("Record an interview"),
            ),
            "confirmation_letter": (
                self.tr("No confirmation letter yet"),
                self.tr("It is made from the needs analysis record and goes out within 24 hours of the interview."),
                self.tr("Create confirmation letter"),
            ),
        }
        self.empty.say(*said.get(entity, ("", "", "")))
