"""决策链图谱: who decides with what weight, and whom we have met."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from salesdesk.process import decision_chain
from salesdesk.records.discovery import ALL_WEIGHTS
from ui.stage.checklist import Mark, Meter
from ui.widgets.card import Card
from ui.widgets.labels import ElidedLabel, PlainLabel

_TONES = {"decides": "accent", "influences": "ok", "uses": "warn", "technical": "plain", "buys": "danger"}


@dataclass(frozen=True)
class RoleBar:
    """One role. `influence` is the stored value (it gives the colour), `influence_label` its word."""

    who: str
    influence: str
    influence_label: str
    weight: int
    met: bool


class DecisionMap(Card):
    """A bar for each role, as long as its weight; roles not yet met are outlines."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.set_title(self.tr("Decision chain"))
        self._holder = QWidget()
        self.body.addWidget(self._holder)
        self.coverage = PlainLabel("", "muted")
        self.coverage.setWordWrap(True)
        self.body.addWidget(self.coverage)
        self.bars: list[RoleBar] = []
        self.show_roles([])

    def show_roles(self, roles: Sequence[RoleBar]) -> None:
        """Show the chain as it stands, and what it lacks."""
        self.bars = list(roles)
        fresh = QWidget()
        grid = QGridLayout(fresh)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 3)
        grid.setColumnStretch(2, 4)
        for number, role in enumerate(roles):
            self._add(grid, number, role)
        self.body.replaceWidget(self._holder, fresh)
        self._holder.hide()
        self._holder.deleteLater()
        self._holder = fresh
        self.coverage.setText(self._sum_up(roles))

    def _add(self, grid: QGridLayout, number: int, role: RoleBar) -> None:
        name = ElidedLabel(role.who)
        state = self.tr("met") if role.met else self.tr("not met yet")
        said = " · ".join(filter(None, [role.who, role.influence_label, f"{role.weight}%", state]))
        name.setAccessibleName(said)
        bar = Meter(8)
        bar.share = role.weight / ALL_WEIGHTS
        bar.tone = _TONES.get(role.influence, "plain")
        bar.faint = not role.met
        bar.setToolTip(said)
        weight = PlainLabel(f"{role.weight}%", "muted")
        weight.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for column, widget in enumerate((Mark(done=role.met), name, bar, weight)):
            grid.addWidget(widget, number, column)

    def _sum_up(self, roles: Sequence[RoleBar]) -> str:
        if not roles:
            return self.tr("Nobody is entered yet. Enter the roles and their weights in the needs analysis record.")
        total = decision_chain.total_weight(roles)
        said = self.tr("Met: {met}% of the weight").format(met=decision_chain.coverage(roles))
        if total != ALL_WEIGHTS:
            said += " · " + self.tr("the weights sum to {total}%, not 100%").format(total=total)
        return said
