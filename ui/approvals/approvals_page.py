"""审批: everything that waits for this person's decision, with what an approver has to look at."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from salesdesk.actions.approval_cases import Case, waiting_cases
from salesdesk.process import approval, contracting
from salesdesk.records.field import Field
from salesdesk.records.registry import fields_of
from ui.approvals.approval_actions import ApprovalDesk, entity_of
from ui.approvals.approval_bar import sent_back_words
from ui.core import notify
from ui.core.background import Desk
from ui.core.page import Page
from ui.widgets.card import Card, EmptyState, clear
from ui.widgets.labels import PlainLabel, set_look


class ApprovalsPage(Page):
    """A card for each paper that waits. `record_asked(entity, record_id, customer_id)` opens it."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.desk_of_decisions = ApprovalDesk(desk, self)
        self.notice = notify.Bar(self)
        self.nothing = EmptyState(
            self.tr("Nothing waits for you"),
            self.tr("Papers that you are to decide on stand here, also without network."),
        )
        inner = QWidget()
        inner.setProperty("look", "ground")
        self._cards = QVBoxLayout()
        self._cards.setSpacing(12)
        column = QVBoxLayout(inner)
        column.setContentsMargins(24, 18, 24, 18)
        column.addWidget(self.nothing)
        column.addLayout(self._cards)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setWidget(inner)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.notice)
        layout.addWidget(scroll, 1)
        desk.changed.connect(self.reload)
        self.reload()

    def reload(self, _action: str = "") -> None:
        """Read anew what waits."""
        read = partial(waiting_cases, identity=self._desk.workspace.identity, language=self._desk.language)
        self._desk.query(self, read, self._show)

    def leave(self) -> None:
        """Another page comes: what was said here is over."""
        self.notice.hide()

    def cards(self) -> list[Card]:
        """The cards on show, for tests and the tour."""
        items = [self._cards.itemAt(place) for place in range(self._cards.count())]
        return [card for item in items if item and isinstance(card := item.widget(), Card)]

    def _show(self, cases: list[Case]) -> None:
        clear(self._cards)
        self.nothing.setVisible(not cases)
        for case in cases:
            self._cards.addWidget(self._card(case))

    def _card(self, case: Case) -> Card:
        paper, step, customer = case.waiting.paper, case.waiting.step, case.waiting.customer
        language = self._desk.language
        fields = fields_of(type(paper))
        card = Card()
        card.set_title(f"{customer.name} · {paper.__form__.label(language)}")
        card.set_remark(fields_of(type(step))["step"].show(step.step, language))
        named = [name for name in ("number", "reference") if name in fields]
        shown = [(fields[name], getattr(paper, name)) for name in (*named, *approval.covered(paper))]
        shown += [(fields["submitted_by"], paper.submitted_by), (fields["submitted_on"], paper.submitted_on)]
        for field, value in shown:
            if text := field.show(value, language):
                card.body.addWidget(_line(f"{field.label(language)}：{text}"))
        if case.waiting.sent_back is not None:
            card.body.addWidget(_line(sent_back_words(case.waiting.sent_back), "warn"))
        for difference in case.differences:
            card.body.addWidget(_line(self._differs(fields[difference.field], difference), "warn"))
        for remark in notify.remarks(case.findings, language):
            card.body.addWidget(_line(remark, "warn"))
        if not case.differences and not case.findings:
            card.body.addWidget(_line(self.tr("The rules have nothing to remark."), "ok"))
        card.body.addLayout(self._buttons(case))
        return card

    def _differs(self, field: Field, difference: contracting.Difference) -> str:
        language = self._desk.language
        return self.tr("{field}: agreed “{agreed}”, in the contract “{written}”").format(
            field=field.label(language),
            agreed=field.show(difference.agreed, language),
            written=field.show(difference.written, language) or "—",
        )

    def _buttons(self, case: Case) -> QHBoxLayout:
        step, paper, customer = case.waiting.step, case.waiting.paper, case.waiting.customer
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addStretch(1)
        look = QPushButton(self.tr("Open"))
        look.clicked.connect(lambda: self.record_asked.emit(entity_of(step), paper.id, customer.id))
        hand_on = QPushButton(self.tr("Hand on…"))
        hand_on.clicked.connect(lambda: self.desk_of_decisions.ask_to_hand_on(step))
        buttons = [look, hand_on]
        for decision, words in (
            ("rejected", self.tr("Reject…")),
            ("returned", self.tr("Send back…")),
            ("approved", self.tr("Agree…")),
        ):
            button = QPushButton(words)
            button.setObjectName(decision)
            button.clicked.connect(
                lambda _checked=False, d=decision: self.desk_of_decisions.ask(step, d, customer.name)
            )
            buttons.append(button)
        set_look(buttons[-1], "primary")
        for button in buttons:
            button.setAutoDefault(False)
            line.addWidget(button)
        return line


def _line(text: str, look: str = "") -> PlainLabel:
    label = PlainLabel(text, look)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
