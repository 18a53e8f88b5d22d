"""A walk through the window on the sample workspace: six stops, each shown where it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout

from salesdesk.records.base import Stage
from ui.shell.main_window import MainWindow
from ui.widgets.labels import PlainLabel, set_look

translate = QCoreApplication.translate
_WIDTH = 380
_MARGIN = 24


@dataclass(frozen=True)
class Stop:
    """What is said at a stop, and what the window shows there."""

    title: str
    words: str
    show: Callable[[], object]


def stops(window: MainWindow) -> list[Stop]:
    """The stops in their order."""
    return [
        Stop(
            translate("Guide", "Today"),
            translate("Guide", "What is due comes first: letters whose 24 hours run, interviews, visits, follow-ups."),
            lambda: window.show_page("today"),
        ),
        Stop(
            translate("Guide", "A customer"),
            translate(
                "Guide",
                "Tab ① holds 表1. Type, press Enter to move on and Ctrl+S to save. A draft is kept all the while.",
            ),
            lambda: window.show_stage(Stage.PROSPECTING),
        ),
        Stop(
            translate("Guide", "The interview and its letter"),
            translate(
                "Guide", "Tab ② holds 表2 and the decision chain. One click makes the confirmation letter of it."
            ),
            lambda: window.show_stage(Stage.DISCOVERY),
        ),
        Stop(
            translate("Guide", "To the contract and beyond"),
            translate(
                "Guide",
                "Tabs ③ to ⑥ prepare their forms from what is known, and say what the rules have to say. "
                "F8 shows a customer only what he may see.",
            ),
            lambda: window.show_stage(Stage.NEGOTIATION),
        ),
        Stop(
            translate("Guide", "The whole pipeline"),
            translate(
                "Guide", "Carry a card to its next column to move a customer on. Approvals and figures stand beside."
            ),
            lambda: window.show_page("board"),
        ),
        Stop(
            translate("Guide", "In the evening"),
            translate(
                "Guide",
                "Sync brings the day to the office. "
                "These are sample rows: remove them in your own menu when you have seen enough.",
            ),
            lambda: window.show_page("today"),
        ),
    ]


class GuideDialog(QDialog):
    """Stands at the window's lower right and leaves it usable; `ended` when it is closed."""

    ended = Signal()

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window, Qt.WindowType.Tool)
        self.setWindowTitle(self.tr("A walk through SalesDesk"))
        self.setFixedWidth(_WIDTH)
        self._stops = stops(window)
        self.place = 0
        self.title = PlainLabel("", "heading")
        self.words = PlainLabel("")
        self.words.setWordWrap(True)
        self.count = PlainLabel("", "muted")
        self.back_button = QPushButton(self.tr("Back"))
        self.next_button = QPushButton()
        set_look(self.next_button, "primary")
        self.back_button.clicked.connect(lambda: self.go(self.place - 1))
        self.next_button.clicked.connect(lambda: self.go(self.place + 1))
        line = QHBoxLayout()
        line.addWidget(self.count, 1)
        for button in (self.back_button, self.next_button):
            button.setAutoDefault(False)
            line.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(10)
        layout.addWidget(self.title)
        layout.addWidget(self.words)
        layout.addLayout(line)
        self.go(0)
        self.adjustSize()
        corner = window.geometry().bottomRight()
        self.move(corner.x() - _WIDTH - _MARGIN, corner.y() - self.height() - 2 * _MARGIN)

    def go(self, place: int) -> None:
        """Show a stop; beyond the last one the walk ends."""
        if place >= len(self._stops):
            self.close()
            self.ended.emit()
            return
        self.place = place
        stop = self._stops[place]
        self.title.setText(stop.title)
        self.words.setText(stop.words)
        self.count.setText(f"{place + 1} / {len(self._stops)}")
        self.back_button.setEnabled(place > 0)
        last = place + 1 == len(self._stops)
        self.next_button.setText(self.tr("Done") if last else self.tr("Next"))
        stop.show()
