"""The left column of a stage: its customers, fetched page by page from the workspace."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from salesdesk.records.base import Stage
from salesdesk.store import stage_list
from ui.core.background import Desk
from ui.stage.customer_list import CustomerList
from ui.widgets.badges import CustomerRow, row_of
from ui.widgets.card import Card, EmptyState
from ui.widgets.order_choice import OrderChoice

_REFRESHED = 500


def list_width(page_width: int) -> int:
    """How wide the list is on a page of that width, in pixels."""
    return max(280, min(380, page_width * 15 // 64))


class CustomerColumn(Card):
    """Heading, room for a button beside it (`heading_row`), and the list.

    `chosen(customer_id)` when a person picks a line; `loaded` when the first page stands.
    """

    chosen = Signal(str)
    loaded = Signal()

    def __init__(self, desk: Desk, stage: Stage, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.set_title(self.tr("Customers in {stage}").format(stage=stage.label(desk.language)))
        self.outer.setContentsMargins(0, 12, 0, 8)
        self.heading_row.setContentsMargins(12, 0, 12, 0)
        self.heading.setMinimumHeight(34)  # as high as the button that some stages have beside it
        self._desk = desk
        self._stage = stage
        self._current = ""
        self._round = 0
        self.list = CustomerList(desk.now, desk.zone, desk.language)
        self.list.setAccessibleName(self.heading.text())
        self.list.chosen.connect(self._choose)
        self.list.rows.wanted.connect(self._fetch_after)
        self.order = OrderChoice()
        self.order.changed.connect(self._reorder)
        self.order.hide()  # until there is something to order by
        above = QHBoxLayout()
        above.setContentsMargins(12, 0, 12, 0)
        above.addWidget(self.order, 1)
        self.body.addLayout(above)
        self.empty = EmptyState(self.tr("No customers here yet"), "")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.empty)
        self.body.addWidget(self._stack, 1)

    def reload(self) -> None:
        """Fetch the first lines anew; selection and scroll position stay."""
        self._round += 1
        limit = max(stage_list.PAGE, min(self.list.rows.rowCount(), _REFRESHED))
        number, best_first = self._round, self.order.best_first
        self._desk.query(
            self,
            lambda session: self._page(stage_list.in_stage(session, self._stage, limit=limit, best_first=best_first)),
            lambda rows: self._show_first(number, rows, limit),
        )

    def select(self, customer_id: str) -> None:
        """Mark a customer, now or as soon as its line is here; `chosen` is not told."""
        self._current = customer_id
        self.list.select(customer_id)

    def first_customer(self) -> str:
        """The customer of the first line; empty when there is none."""
        return self.list.rows.row_at(0).customer_id if self.list.rows.rowCount() else ""

    def tick(self) -> None:
        """Draw the running clocks anew."""
        self.list.viewport().update()

    def _choose(self, customer_id: str) -> None:
        self._current = customer_id
        self.chosen.emit(customer_id)

    def _reorder(self) -> None:
        """Begin at the top of the list in its other order."""
        self.list.rows.replace([], more=False)
        self.list.scrollToTop()
        self.reload()

    def _page(self, lines: list[stage_list.Line]) -> list[CustomerRow]:
        return [row_of(line, self._stage, self._desk.zone, self._desk.language) for line in lines]

    def _show_first(self, number: int, rows: list[CustomerRow], limit: int) -> None:
        if number != self._round:
            return
        self.list.rows.replace(rows, more=len(rows) >= limit)
        self.order.setVisible(self.order.best_first or any(row.share is not None for row in rows))
        self.list.select(self._current)
        self._stack.setCurrentWidget(self.list if rows else self.empty)
        self.loaded.emit()

    def _fetch_after(self, last: CustomerRow) -> None:
        number, best_first = self._round, self.order.best_first
        after = (last.rank, last.touched_at, last.opportunity_id)
        self._desk.query(
            self,
            lambda session: self._page(stage_list.in_stage(session, self._stage, after, best_first=best_first)),
            lambda rows: self._show_next(number, rows),
        )

    def _show_next(self, number: int, rows: list[CustomerRow]) -> None:
        if number == self._round:
            self.list.rows.append(rows, more=len(rows) >= stage_list.PAGE)
