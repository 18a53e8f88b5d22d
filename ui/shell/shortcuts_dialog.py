"""F1: every key, a line each; and what the program is."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QMessageBox, QPushButton, QVBoxLayout, QWidget

import salesdesk
from salesdesk.records.language import Language
from ui.core.background import Desk
from ui.shell.commands import COMMANDS
from ui.widgets.labels import PlainLabel

translate = QCoreApplication.translate


def shortcuts(language: Language) -> list[tuple[str, str]]:
    """Key and what it does: the commands' own, then those that a field or a preview listens to."""
    commands = [(_shown(command.keys), command.explanation(language)) for command in COMMANDS if command.keys]
    return [
        *commands,
        ("Enter", translate("Shortcuts", "Next field; in rows the next cell, at the end a new row")),
        ("Ctrl+Enter", translate("Shortcuts", "Leave a cell of several lines")),
        ("↑ ↓", translate("Shortcuts", "In a date: a day later or earlier")),
        ("PgUp PgDn", translate("Shortcuts", "In a date: a week later or earlier, with Ctrl a month")),
        ("Alt+↓", translate("Shortcuts", "In a date: the calendar")),
        ("Ctrl+P Ctrl+S", translate("Shortcuts", "In a preview: print, save as PDF")),
        ("Ctrl++ Ctrl+-", translate("Shortcuts", "In a preview: larger or smaller pages (Ctrl and the wheel, too)")),
    ]


def _shown(keys: str) -> str:
    """As this system prints it on its keyboards (⌘ on a Mac)."""
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)


class ShortcutsPage(QDialog):
    """The list of keys, in two columns."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(8)
        lines = shortcuts(desk.language)
        half = (len(lines) + 1) // 2
        for number, (keys, words) in enumerate(lines):
            side, line = divmod(number, half)
            grid.addWidget(PlainLabel(keys, "heading"), line, 2 * side)
            grid.addWidget(PlainLabel(words), line, 2 * side + 1)
        close = QPushButton(self.tr("Close"))
        close.setAutoDefault(False)
        close.clicked.connect(self.accept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(16)
        layout.addLayout(grid)
        layout.addWidget(close)


class AboutBox(QMessageBox):
    """What the program is, and which version."""

    def __init__(self, _desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(translate("MainWindow", "About SalesDesk"))
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(f"SalesDesk {salesdesk.__version__}")
        self.setInformativeText(
            translate(
                "MainWindow",
                "Offline sales desktop. Everything lies encrypted on this laptop until you sync with the office.",
            )
        )
