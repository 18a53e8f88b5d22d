"""时间线: what happened with a customer, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from ui.widgets.card import Card
from ui.widgets.labels import PlainLabel, plain_tooltip


@dataclass(frozen=True)
class Event:
    """One line: when in short and in full, what in words, and who ("" for oneself)."""

    when: str
    exactly: str
    what: str
    who: str = ""


class Timeline(Card):
    """The card; its lines wrap, so that nothing is cut."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.set_title(self.tr("Timeline"))
        self.events: list[Event] = []
        self._holder = QWidget()
        self.body.addWidget(self._holder)
        self.body.addStretch(1)

    def _words(self, event: Event) -> str:
        return self.tr("{what} ({who})").format(what=event.what, who=event.who) if event.who else event.what

    def show_events(self, events: Sequence[Event]) -> None:
        """Show what happened; nothing says so."""
        self.events = list(events)
        fresh = QWidget()
        grid = QGridLayout(fresh)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for number, event in enumerate(events):
            when = PlainLabel(event.when, "muted")
            when.setToolTip(plain_tooltip(event.exactly))
            what = PlainLabel(self._words(event))
            what.setWordWrap(True)
            what.setAccessibleName(f"{event.exactly} {what.text()}")
            grid.addWidget(when, number, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(what, number, 1, Qt.AlignmentFlag.AlignTop)
        if not events:
            grid.addWidget(PlainLabel(self.tr("Nothing has happened yet."), "muted"), 0, 0, 1, 2)
        self.body.replaceWidget(self._holder, fresh)
        self._holder.hide()
        self._holder.deleteLater()
        self._holder = fresh
