"""What can be done with a 需求确认函: look at it, note that it went out, note the customer's answer."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QWidget

from salesdesk.records.discovery import SENDING, ConfirmationLetter
from salesdesk.records.language import Language


class LetterActions(QWidget):
    """A line of buttons; `preview_asked`, `sent(how)` and `confirmed` say what a person chose."""

    preview_asked = Signal()
    sent = Signal(str)
    confirmed = Signal()

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.preview_button = QPushButton(self.tr("Preview and print"))
        self.sent_button = QPushButton(self.tr("It went out by…"))
        self.confirmed_button = QPushButton(self.tr("The customer has confirmed"))
        menu = QMenu(self.sent_button)
        self.sending: dict[str, QAction] = {}
        for option in SENDING:
            action = menu.addAction(option.label(language))
            action.triggered.connect(lambda _checked=False, how=option.value: self.sent.emit(how))
            self.sending[option.value] = action
        self.sent_button.setMenu(menu)
        self.preview_button.clicked.connect(self.preview_asked)
        self.confirmed_button.clicked.connect(self.confirmed)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for button in (self.preview_button, self.sent_button, self.confirmed_button):
            button.setAutoDefault(False)
            layout.addWidget(button)
        layout.addStretch(1)
        self.hide()

    def show_letter(self, letter: ConfirmationLetter | None) -> None:
        """Offer what its state allows; no letter hides the line."""
        self.setVisible(letter is not None)
        if letter is not None:
            self.sent_button.setEnabled(letter.sent_at is None)
            self.confirmed_button.setEnabled(letter.sent_at is not None and letter.confirmed_on is None)
