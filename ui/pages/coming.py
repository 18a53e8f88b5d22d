"""The stages still to come: whose turn it is there, and in plain words what the program will do."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from salesdesk.records.base import Stage
from salesdesk.records.discovery import NeedsAnalysis
from salesdesk.records.prospecting import Customer
from ui.pages.customer import CustomerView, events_of, facts_of, load_view
from ui.pages.customer_column import CustomerColumn, list_width
from ui.tasks import Desk
from ui.widgets.card import Card
from ui.widgets.customer_header import CustomerHeader
from ui.widgets.labels import PlainLabel
from ui.widgets.timeline import Timeline

translate = QCoreApplication.translate

_MINUTE = 60_000


def plans(stage: Stage) -> list[str]:
    """What this stage's tab will hold, a sentence each."""
    return {
        Stage.PROPOSAL: [
            translate(
                "Coming", "The proposal with its six modules: who writes what, by when, and what is still missing"
            ),
            translate("Coming", "Cost and benefit in figures, set beside how it is today"),
            translate("Coming", "Proposal papers as PDF and slides, made from the needs analysis"),
            translate("Coming", "Objections with the answer given, who settles them and by when"),
        ],
        Stage.NEGOTIATION: [
            translate("Coming", "Your own limits and strategy, never shown to the customer"),
            translate("Coming", "Each negotiation with both positions, first agreements and what stays open"),
            translate("Coming", "The result sheet, with the approval of sales manager and legal"),
        ],
        Stage.CONTRACT: [
            translate("Coming", "The contract, compared line by line with what was agreed"),
            translate("Coming", "The approval chain, from sales manager and legal to general manager"),
            translate("Coming", "Signing and the place in the archive"),
        ],
        Stage.CARE: [
            translate("Coming", "The call within three working days after delivery, and the acceptance sheet"),
            translate("Coming", "Visits by grade: every month, quarter or half year"),
            translate("Coming", "New needs that open the next round"),
        ],
    }.get(stage, [])


class ComingPage(QWidget):
    """List on the left; head, timeline and the plans of the stage beside it.

    `form_asked(customer_id, stage)` wants a form of an earlier stage opened.
    """

    form_asked = Signal(str, Stage)

    def __init__(self, desk: Desk, stage: Stage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.stage = stage
        self.customer_id = ""
        self.panel = None
        self.column = CustomerColumn(desk, stage)
        self.column.chosen.connect(self.select_customer)
        self.column.loaded.connect(self._choose_first)
        self.header = CustomerHeader()
        self.header.hide()
        self.form_buttons: dict[Stage, QPushButton] = {}
        for earlier, form in ((Stage.PROSPECTING, Customer), (Stage.DISCOVERY, NeedsAnalysis)):
            button = self.header.add_button(form.__form__.label(desk.language))
            button.clicked.connect(lambda _checked=False, s=earlier: self.form_asked.emit(self.customer_id, s))
            self.form_buttons[earlier] = button
        self.timeline = Timeline()
        self.timeline.hide()
        right = QVBoxLayout()
        right.setSpacing(12)
        right.addWidget(self.header)
        lower = QHBoxLayout()
        lower.setSpacing(12)
        lower.addWidget(self._announcement(), 3)
        lower.addWidget(self.timeline, 2)
        right.addLayout(lower, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.setSpacing(12)
        layout.addWidget(self.column)
        layout.addLayout(right, 1)
        self._clock = QTimer(self)
        self._clock.timeout.connect(self.column.tick)
        self._clock.start(_MINUTE)
        desk.changed.connect(self.reload)
        self.column.reload()

    def select_customer(self, customer_id: str, _entity: str = "", _record_id: str = "") -> None:
        """Show a customer."""
        self.customer_id = customer_id
        self.column.select(customer_id)
        self._desk.query(self, lambda session: load_view(session, customer_id), self._show)

    def reload(self) -> None:
        """Fetch list and customer anew."""
        self.column.reload()
        if self.customer_id:
            self.select_customer(self.customer_id)

    def leave(self) -> None:
        """Nothing is typed here."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The list takes its share of the width."""
        super().resizeEvent(event)
        self.column.setFixedWidth(list_width(event.size().width()))

    def _choose_first(self) -> None:
        if not self.customer_id and self.column.first_customer():
            self.select_customer(self.column.first_customer())

    def _show(self, view: CustomerView | None) -> None:
        if view is None or view.card.customer.id != self.customer_id:
            return
        desk = self._desk
        self.header.show()
        self.timeline.show()
        self.header.show_customer(facts_of(view, desk.now(), desk.zone, desk.language), desk.now())
        me = desk.workspace.identity.person_id
        self.timeline.show_events(events_of(view, desk.now(), desk.zone, desk.language, me))

    def _announcement(self) -> Card:
        card = Card()
        card.set_title(self.tr("{stage}: this tab is being built").format(stage=self.stage.label(self._desk.language)))
        said = PlainLabel(
            self.tr("Customers in this stage are already listed on the left, with everything recorded so far."), "muted"
        )
        said.setWordWrap(True)
        card.body.addWidget(said)
        card.body.addSpacing(8)
        card.body.addWidget(PlainLabel(self.tr("What will come here:")))
        for plan in plans(self.stage):
            line = QHBoxLayout()
            line.setSpacing(8)
            text = PlainLabel(plan)
            text.setWordWrap(True)
            line.addWidget(PlainLabel("·", "muted"), 0, Qt.AlignmentFlag.AlignTop)
            line.addWidget(text, 1)
            card.body.addLayout(line)
        card.body.addStretch(1)
        return card
