"""A card of 今日: a heading, how many there are, and a row for each."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from ui.pages.agenda_row import AgendaRow, Line
from ui.widgets.card import Card

# More than a screen shows are there at once, the rest follows a few at a time while the window answers.
_AT_ONCE = 12
_STEP = 6


class AgendaCard(Card):
    """Rows are told apart by their record: what is there already stays, with the focus and a click that has begun.

    `activated(Line)` and `ticked(Line)` come from the rows.
    """

    activated = Signal(object)
    ticked = Signal(object)

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        # the rows light up beyond their words, which stand in line with the heading
        self.outer.setContentsMargins(7, 12, 7, 12)
        self.heading_row.setContentsMargins(9, 0, 9, 0)
        self._rows: dict[str, AgendaRow] = {}
        self._lines: Sequence[Line] = ()
        self._rest = QTimer(self)
        self._rest.timeout.connect(self._go_on)
        self._holder = QWidget()
        self._list = QVBoxLayout(self._holder)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(2)
        self.body.addWidget(self._holder)

    @property
    def rows(self) -> list[AgendaRow]:
        """The rows from the top down."""
        return list(self._rows.values())

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these and no others, in this order."""
        self._lines = lines
        self.set_remark(str(len(lines)) if lines else "")
        self._show(lines[: max(_AT_ONCE, len(self._rows))])
        if len(lines) > len(self._rows):
            self._rest.start(0)
        else:
            self._rest.stop()

    def _go_on(self) -> None:
        self._show(self._lines[: len(self._rows) + _STEP])
        if len(self._lines) == len(self._rows):
            self._rest.stop()

    def _show(self, lines: Sequence[Line]) -> None:
        order = {line.record_id: line for line in lines}
        for key in self._rows.keys() - order.keys():
            gone = self._rows.pop(key)
            self._list.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        if order.keys() - self._rows.keys():
            self._add_rows(order)
        for key, line in order.items():
            if self._rows[key].line != line:
                self._rows[key].show_line(line)
        if list(self._rows) != list(order):
            self._rows = {key: self._rows[key] for key in order}
            for place, row in enumerate(self._rows.values()):
                if self._list.indexOf(row) != place:
                    self._list.insertWidget(place, row)

    def _add_rows(self, order: dict[str, Line]) -> None:
        """Rows put into a list on show move all others, one by one: eight times the work of a hidden one."""
        focus = QApplication.focusWidget()
        hide = not self._holder.isHidden() and not (focus is not None and self._holder.isAncestorOf(focus))
        if hide:
            self._holder.hide()
        for key, line in order.items():
            if key not in self._rows:
                row = AgendaRow(line)
                row.activated.connect(self.activated)
                row.ticked.connect(self.ticked)
                self._rows[key] = row
                self._list.addWidget(row)
        if hide:
            self._holder.show()
