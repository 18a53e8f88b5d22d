"""审批: where a paper stands, who said what, and what this person may do about it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from salesdesk.actions.approvals import Procedure
from salesdesk.process import approval
from salesdesk.process.approval import Standing, Step
from salesdesk.records.base import Record
from salesdesk.records.field import Field
from salesdesk.records.language import Language
from salesdesk.records.negotiation import STEPS
from salesdesk.records.registry import fields_of
from salesdesk.store.workspace import Identity
from ui.messages import lookup
from ui.widgets.labels import Chip, PlainLabel, set_look

_TONES = {
    Standing.NOT_SUBMITTED: "plain",
    Standing.PENDING: "accent",
    Standing.APPROVED: "ok",
    Standing.RETURNED: "warn",
    Standing.REJECTED: "danger",
    Standing.VOID: "danger",
}
_DECISION_TONES = {"approved": "ok", "returned": "warn", "rejected": "danger"}
_COLUMNS = ("step", "approver", "decision", "opinion", "decided_on")


def standing_words(standing: Standing) -> str:
    """What a standing is called."""
    translate = QCoreApplication.translate
    return {
        Standing.NOT_SUBMITTED: translate("Approval", "Not submitted"),
        Standing.PENDING: translate("Approval", "In approval"),
        Standing.APPROVED: translate("Approval", "Approved"),
        Standing.RETURNED: translate("Approval", "Sent back"),
        Standing.REJECTED: translate("Approval", "Rejected"),
        Standing.VOID: translate("Approval", "Void: changed since it was submitted"),
    }[standing]


def sent_back_words(step: Step) -> str:
    """Who refused an earlier submission, and why."""
    words = QCoreApplication.translate("Approval", "An earlier submission was refused by {who}: {reason}")
    return words.format(who=step.approver, reason=step.opinion)


class ApprovalBar(QWidget):
    """`submit_asked`, `decide_asked(step, decision)` and `hand_on_asked(step)` say what a person chose."""

    submit_asked = Signal()
    decide_asked = Signal(object, str)
    hand_on_asked = Signal(object)

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language = language
        self._turn: Step | None = None
        self.chip = Chip()
        self.remark = PlainLabel("", "muted")
        self.remark.setWordWrap(True)
        self.submit_button = QPushButton(self.tr("Submit for approval"))
        set_look(self.submit_button, "primary")
        self.submit_button.clicked.connect(self.submit_asked)
        self.decide_buttons: dict[str, QPushButton] = {}
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.chip)
        line.addWidget(self.remark, 1)
        line.addWidget(self.submit_button)
        for decision, words in (
            ("approved", self.tr("Agree…")),
            ("returned", self.tr("Send back…")),
            ("rejected", self.tr("Reject…")),
        ):
            button = QPushButton(words)
            button.clicked.connect(lambda _checked=False, d=decision: self.decide_asked.emit(self._turn, d))
            self.decide_buttons[decision] = button
            line.addWidget(button)
        set_look(self.decide_buttons["approved"], "primary")
        self.hand_on_button = QPushButton(self.tr("Hand on…"))
        self.hand_on_button.clicked.connect(lambda: self.hand_on_asked.emit(self._turn))
        line.addWidget(self.hand_on_button)
        for button in (self.submit_button, self.hand_on_button, *self.decide_buttons.values()):
            button.setAutoDefault(False)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(3, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(line)
        layout.addLayout(self._grid)
        self.hide()

    def show_procedure(self, paper: Record, procedure: Procedure, identity: Identity) -> None:
        """Show the steps as this laptop knows them, and the buttons of what this person may do."""
        standing = procedure.standing
        self.chip.show_state(standing_words(standing), _TONES[standing])
        turn = approval.current_step(procedure.steps) if standing is Standing.PENDING else None
        refused = (
            approval.refusal(paper, procedure.steps, turn, identity.person_id, identity.role) if turn else "no step"
        )
        self._turn = turn
        may_decide = turn is not None and refused is None
        self.submit_button.setVisible(standing not in {Standing.PENDING, Standing.APPROVED})
        for button in (*self.decide_buttons.values(), self.hand_on_button):
            button.setVisible(may_decide)
        self.remark.setText(self._remark(procedure, turn, refused))
        self._lay_out(procedure)

    def texts(self) -> list[list[str]]:
        """What stands in the table, row by row, for tests and the tour."""
        rows: list[list[str]] = []
        for row in range(1, self._grid.rowCount()):
            cells = [self._grid.itemAtPosition(row, column) for column in range(len(_COLUMNS))]
            widgets = [cell.widget() for cell in cells if cell is not None]
            if widgets:
                rows.append([w.text() if isinstance(w, PlainLabel) else "" for w in widgets])
        return rows

    def _remark(self, procedure: Procedure, turn: Step | None, refused: str | None) -> str:
        said = [self._waits(procedure, turn, refused)]
        if procedure.sent_back is not None:
            said.append(sent_back_words(procedure.sent_back))
        if procedure.unconfirmed:
            said.append(self.tr("Some of this waits for the office to confirm it at the next sync."))
        return " ".join(filter(None, said))

    def _waits(self, procedure: Procedure, turn: Step | None, refused: str | None) -> str:
        if procedure.standing in {Standing.RETURNED, Standing.REJECTED}:
            return next((s.opinion for s in procedure.steps if s.decision in {"returned", "rejected"}), "")
        if turn is None:
            return ""
        waits = self.tr("Waits for: {who}").format(who=turn.approver or _step_label(turn.step, self._language))
        own = {"approval.own", "approval.twice"}
        return lookup.sentence(refused) if refused in own else waits

    def _lay_out(self, procedure: Procedure) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        if not procedure.steps:
            return
        fields = fields_of(type(procedure.steps[0]))
        for column, name in enumerate(_COLUMNS):
            self._grid.addWidget(PlainLabel(fields[name].label(self._language), "muted"), 0, column)
        for row, step in enumerate(procedure.steps, start=1):
            for column, name in enumerate(_COLUMNS):
                self._grid.addWidget(self._cell(step, fields[name]), row, column, Qt.AlignmentFlag.AlignTop)
            if step.id in procedure.unconfirmed and step.decision:
                chip = Chip(self)
                chip.show_state(self.tr("Waits for the office"), "warn")
                self._grid.addWidget(chip, row, len(_COLUMNS), Qt.AlignmentFlag.AlignTop)

    def _cell(self, step: Step, field: Field) -> PlainLabel:
        shown = field.show(getattr(step, field.name), self._language)
        look = _DECISION_TONES.get(step.decision, "") if field.name == "decision" else ""
        label = PlainLabel(shown or "—", look if shown else "muted")
        label.setWordWrap(field.name == "opinion")
        return label


def _step_label(name: str, language: Language) -> str:
    return next((option.label(language) for option in STEPS if option.value == name), name)
