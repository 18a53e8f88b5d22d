"""The pipeline as a board: six columns, and a card that is carried to the next one."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from salesdesk.process.stages import next_stage
from salesdesk.records.base import Stage
from salesdesk.store.board import BoardCard, Column, board
from ui.core import notify
from ui.core.background import Desk
from ui.core.page import Page
from ui.pages.board_column import BoardColumn


class BoardPage(Page):
    """All open opportunities by stage; reads anew after every change while it is on show.

    `move_asked(customer_id, stage)` when a card was carried to its next stage: the page itself moves
    nothing. `customer_asked(customer_id)` on Enter or a double click.
    """

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.notice = notify.Bar(self)
        self.columns = {stage: BoardColumn(stage, desk.language) for stage in Stage}
        row = QHBoxLayout()
        row.setSpacing(8)
        for column in self.columns.values():
            row.addWidget(column, 1)
            self._connect(column)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.setSpacing(8)
        layout.addWidget(self.notice)
        layout.addLayout(row, 1)
        desk.changed.connect(self._follow)

    def reload(self) -> None:
        """Read all columns anew."""
        self._desk.query(self, board, self._show)

    def leave(self) -> None:
        """Another page comes: what was said here is over."""
        self.notice.hide()

    def showEvent(self, event: QShowEvent) -> None:
        """What changed while the board was away is read when it comes back."""
        super().showEvent(event)
        if not event.spontaneous():
            self.reload()

    def ask(self, opportunity_id: str, target: Stage) -> None:
        """A card was carried to a column: ask for the move when that is its next stage, else say why not."""
        found = self._find(opportunity_id)
        if found is None or found[0] is target:
            return
        stage, card = found
        if next_stage(stage) is target:
            self.notice.hide()
            self.move_asked.emit(card.customer_id, target)
        else:
            self.notice.show_text(self.tr("One stage at a time"))

    def _connect(self, column: BoardColumn) -> None:
        stage, cards = column.stage, column.list
        # queued: a dialog that opens during the drop would stand inside the drag's own event loop
        cards.dropped.connect(self.ask, Qt.ConnectionType.QueuedConnection)
        cards.opened.connect(lambda card: self.customer_asked.emit(card.customer_id))
        cards.forward_asked.connect(lambda card: self._forward(card, stage))
        cards.aside.connect(lambda step: self._aside(stage, step))

    def _forward(self, card: BoardCard, stage: Stage) -> None:
        if (target := next_stage(stage)) is not None:
            self.ask(card.opportunity_id, target)

    def _aside(self, stage: Stage, step: int) -> None:
        """Go to the next column in that direction that has cards."""
        order = list(Stage)
        places = range(order.index(stage) + step, len(order) if step > 0 else -1, step)
        for cards in (self.columns[order[place]].list for place in places):
            if cards.count():
                cards.setCurrentRow(max(cards.currentRow(), 0))
                cards.setFocus(Qt.FocusReason.TabFocusReason)
                return

    def _find(self, opportunity_id: str) -> tuple[Stage, BoardCard] | None:
        for stage, column in self.columns.items():
            for card in column.list.cards():
                if card.opportunity_id == opportunity_id:
                    return stage, card
        return None

    def _follow(self, _action: str) -> None:
        if self.isVisible():
            self.reload()

    def _show(self, columns: dict[Stage, Column]) -> None:
        for stage, column in columns.items():
            self.columns[stage].show_column(column)
