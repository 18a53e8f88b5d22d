"""团队: who has how many customers, and handing them over."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QInputDialog,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from salesdesk.actions import team
from salesdesk.records.proposal import Proposal
from salesdesk.records.registry import fields_of
from salesdesk.records.roles import LEADERS
from salesdesk.store.team import Workload, overview
from ui.core import notify
from ui.core.background import Desk
from ui.core.page import Page
from ui.widgets.card import Card


class TeamPage(Page):
    """A table of colleagues; a leader may hand one's customers to another."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.loads: list[Workload] = []
        self._colleagues: list[str] = []
        self.dialog: QInputDialog | None = None
        self.notice = notify.Bar(self)
        self.hand_over_button = QPushButton(self.tr("Hand over…"))
        self.hand_over_button.setAutoDefault(False)
        self.hand_over_button.clicked.connect(self.hand_over)
        heads = (
            self.tr("Colleague"),
            self.tr("Customers"),
            self.tr("Follow-ups overdue"),
            self.tr("Open rounds"),
            self.tr("Amount"),
        )
        self.table = QTableWidget(0, len(heads))
        self.table.setHorizontalHeaderLabels(heads)
        self.table.setAccessibleName(self.tr("Team"))
        self.table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.table.itemSelectionChanged.connect(self._offer)
        card = Card(self.tr("Team"))
        card.body.addWidget(self.table)
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(self.hand_over_button)
        card.body.addLayout(line)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.addWidget(self.notice)
        layout.addWidget(card, 1)
        desk.changed.connect(self.reload)
        self.reload()

    def reload(self, _action: str = "") -> None:
        """Read anew who has what."""
        self._desk.query(self, partial(overview, today=self._desk.today()), self._show)

    def leave(self) -> None:
        """Another page comes: what was said here is over."""
        self.notice.hide()

    def hand_over(self) -> None:
        """Ask to whom the chosen colleague's customers go."""
        giver = self._chosen()
        if giver is None:
            return
        names = sorted({*self._colleagues, *(load.owner for load in self.loads)} - {giver, ""})
        dialog = QInputDialog(self)
        dialog.setWindowTitle(self.tr("Hand over"))
        dialog.setLabelText(self.tr("To whom do the customers of {name} go?").format(name=giver or "—"))
        dialog.setComboBoxItems(names)
        dialog.setComboBoxEditable(True)
        dialog.accepted.connect(lambda: self._hand_over(giver, dialog.textValue()))
        self.dialog = dialog
        dialog.open()

    def _hand_over(self, giver: str, taker: str) -> None:
        self._desk.change(
            self,
            lambda workspace: team.hand_over(workspace, giver, taker),
            lambda count: self.notice.show_text(
                self.tr("{count} customers handed to {name}. The history takes it back.").format(
                    count=count, name=taker
                )
            ),
            self.notice.show_error,
            once="hand_over",
        )

    def _chosen(self) -> str | None:
        row = self.table.currentRow()
        return self.loads[row].owner if 0 <= row < len(self.loads) else None

    def _offer(self) -> None:
        self.hand_over_button.setEnabled(self._chosen() is not None and self._desk.workspace.identity.role in LEADERS)

    def _show(self, found: tuple[list[Workload], list[str]]) -> None:
        self.loads, self._colleagues = found
        money = fields_of(Proposal)["price"]
        self.table.setRowCount(len(self.loads))
        for row, load in enumerate(self.loads):
            amount = money.show(load.amount, self._desk.language)
            texts = (load.owner or "—", str(load.customers), str(load.overdue), str(load.rounds), amount)
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                if column:
                    item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                self.table.setItem(row, column, item)
        self._offer()
