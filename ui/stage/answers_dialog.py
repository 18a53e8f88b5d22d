"""应答话术: an answer in two keystrokes, those that led to acceptance first."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from salesdesk.actions import proposals
from salesdesk.process.offering import Offered
from salesdesk.records.proposal import ObjectionAnswer
from salesdesk.records.registry import fields_of
from ui.core.background import Desk
from ui.widgets.labels import PlainLabel, set_look
from ui.widgets.search_line import SearchLine


class AnswersPage(QDialog):
    """Type to narrow down, Enter takes the first. `taken(ObjectionAnswer)` is the chosen answer."""

    taken = Signal(object)

    def __init__(self, desk: Desk, customer_id: str, kind: str = "", parent: QWidget | None = None) -> None:
        """`kind` of objection to begin with; empty for all."""
        super().__init__(parent)
        self.desk = desk
        self._customer_id, self._kind = customer_id, kind
        self._round = 0
        self.found: list[Offered] = []
        self.setWindowTitle(ObjectionAnswer.__form__.label(desk.language))
        self.resize(640, 520)
        self.line = SearchLine()
        self.line.setPlaceholderText(self.tr("Price, schedule, safety…"))
        self.line.setAccessibleName(self.tr("Find an answer"))
        self.line.typed.connect(self._look_up)
        self.line.returnPressed.connect(self._take)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Answers"))
        self.list.setWordWrap(True)
        self.list.setSpacing(3)
        self.list.currentRowChanged.connect(self._show)
        self.list.itemActivated.connect(self._take)
        self.text = PlainLabel("")
        self.text.setWordWrap(True)
        self.text.setMinimumHeight(96)
        self.text.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.take_button = QPushButton(self.tr("Use this answer"))
        set_look(self.take_button, "primary")
        self.take_button.setAutoDefault(False)
        self.take_button.clicked.connect(self._take)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.take_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(10)
        layout.addWidget(self.line)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.text)
        layout.addLayout(buttons)
        self._look_up("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down choose while the line is typed in."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if step and self.list.count():
            self.list.setCurrentRow((self.list.currentRow() + step) % self.list.count())
            return
        super().keyPressEvent(event)

    def _look_up(self, words: str) -> None:
        self._round += 1
        number, kind = self._round, "" if words else self._kind
        read = partial(proposals.answers, customer_id=self._customer_id, words=words, kind=kind)
        self.desk.query(self, read, lambda found: self._fill(found) if number == self._round else None)

    def _fill(self, found: list[Offered]) -> None:
        self.found = found
        self.list.clear()
        kinds = fields_of(ObjectionAnswer)["kind"]
        for offered in found:
            answer = offered.answer
            words = [kinds.show(answer.kind, self.desk.language), answer.objection]
            if offered.given:
                words.append(
                    self.tr("accepted {accepted} of {given}").format(accepted=offered.accepted, given=offered.given)
                )
            self.list.addItem(QListWidgetItem(" · ".join(filter(None, words))))
        self.list.setCurrentRow(0 if found else -1)
        self.take_button.setEnabled(bool(found))
        if not found:
            self.text.setText(self.tr("No answer with these words. What you write in the record can be kept as one."))

    def _show(self, row: int) -> None:
        if 0 <= row < len(self.found):
            self.text.setText(self.found[row].answer.answer)

    def _take(self) -> None:
        row = self.list.currentRow()
        if 0 <= row < len(self.found):
            self.taken.emit(self.found[row].answer)
            self.accept()
