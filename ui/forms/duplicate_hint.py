"""Says while a customer is typed that he may be there already, and makes one of two."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from salesdesk.process.duplicates import Known
from salesdesk.store import duplicates
from salesdesk.store.duplicates import Found
from ui.core.background import Desk
from ui.forms.merge_dialog import MergeDialog
from ui.messages import lookup
from ui.widgets.labels import PlainLabel, set_look

_AFTER_MS = 250
_SHOWN = 2


class DuplicateHint(QWidget):
    """Hidden while nobody is like the customer in the form.

    `open_asked(customer_id)` wants the other shown; `merged(customer_id)` after both became one.
    """

    open_asked = Signal(str)
    merged = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._round = 0
        self._known = Known("")
        self._own_id = ""
        self._saved = False
        self.found: list[Found] = []
        self.dialog: MergeDialog | None = None
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(2)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_AFTER_MS)
        self._timer.timeout.connect(self._ask)
        self.hide()

    def look_up(self, known: Known, own_id: str, *, saved: bool) -> None:
        """Look for customers like this one, as soon as the typing pauses; only a saved one can be merged."""
        if (known, own_id, saved) != (self._known, self._own_id, self._saved):
            self._known, self._own_id, self._saved = known, own_id, saved
            self._timer.start()

    def _ask(self) -> None:
        self._round += 1
        number, known, own_id = self._round, self._known, self._own_id
        self._desk.query(
            self,
            lambda session: duplicates.find(session, known, own_id),
            lambda found: self._show(found) if number == self._round else None,
        )

    def _show(self, found: list[Found]) -> None:
        self.found = found
        while (item := self._lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for one in found[:_SHOWN]:
            self._lines.addWidget(self._line(one))
        self.setVisible(bool(found))

    def _line(self, one: Found) -> QWidget:
        line = QWidget(self)
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        reason = lookup.sentence(f"duplicate.{one.reason}")
        label = PlainLabel(
            self.tr("Perhaps already there: {name} ({reason})").format(name=one.name, reason=reason), "warn"
        )
        label.setWordWrap(True)
        row.addWidget(label, 1)
        offered = [(self.tr("Look"), lambda: self.open_asked.emit(one.customer_id))]
        if self._saved:
            offered.append((self.tr("Merge…"), lambda: self._confirm(one)))
        for words, slot in offered:
            button = QPushButton(words)
            button.setAutoDefault(False)
            set_look(button, "flat")
            button.clicked.connect(lambda _checked=False, s=slot: s())
            row.addWidget(button)
        return line

    def _confirm(self, one: Found) -> None:
        self.dialog = MergeDialog(self._desk, one.customer_id, self._own_id, self.window())
        self.dialog.merged.connect(self.merged)
        self.dialog.open()
