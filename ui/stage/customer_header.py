"""The head of the work area: who the customer is, what is running, and the way on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from ui.widgets.badges import GRADE_TONES, Badge, letter_badge, match_tone
from ui.widgets.card import Card
from ui.widgets.labels import Chip, ElidedLabel, plain_tooltip, set_look

_SEPARATOR = " · "


@dataclass(frozen=True)
class CustomerFacts:
    """What the head shows. `letter_due` is set while the letter's clock runs, `state` (and its badge) else.

    `match` is how many percent of a profile the customer meets, `match_words` what that is made of.
    """

    name: str
    grade: str = ""
    grade_words: str = ""
    facts: tuple[str, ...] = ()
    letter_due: datetime | None = None
    state: Badge | None = None
    match: int | None = None
    match_words: str = ""


class CustomerHeader(Card):
    """Name, chips, one line of facts, and the buttons that a page adds with `add_button`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.name = ElidedLabel("", "title")
        self.grade_chip = Chip()
        self.match_chip = Chip()
        self.state_chip = Chip()
        self.facts = ElidedLabel("", "muted")
        self._shown: CustomerFacts | None = None
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.name)
        line.addWidget(self.grade_chip)
        line.addWidget(self.match_chip)
        line.addWidget(self.state_chip)
        line.addStretch(1)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        line.addLayout(self._buttons)
        self.body.addLayout(line)
        self.body.addWidget(self.facts)

    def add_button(self, text: str, look: str = "") -> QPushButton:
        """One more button at the right end."""
        button = QPushButton(text)
        button.setAutoDefault(False)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        if look:
            set_look(button, look)
        self._buttons.addWidget(button)
        return button

    def show_customer(self, facts: CustomerFacts, now: datetime) -> None:
        """Show a customer; `now` sets the clock."""
        self._shown = facts
        self.name.setText(facts.name)
        self.grade_chip.show_state(facts.grade_words, GRADE_TONES.get(facts.grade, "plain"))
        share = self.tr("Match {share}%").format(share=facts.match) if facts.match is not None else ""
        self.match_chip.show_state(share, match_tone(facts.match or 0))
        self.match_chip.setToolTip(plain_tooltip(facts.match_words))
        self.match_chip.setAccessibleName(facts.match_words)
        self.facts.setText(_SEPARATOR.join(facts.facts))
        self.tick(now)

    def tick(self, now: datetime) -> None:
        """Let the clock run on."""
        if self._shown is None:
            return
        due = self._shown.letter_due
        badge = letter_badge(due, now, exact=True) if due is not None else self._shown.state
        self.state_chip.show_state(badge.text if badge else "", badge.tone if badge else "plain")
