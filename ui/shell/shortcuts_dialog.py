"""F1: every key, a line each."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QMessageBox, QPushButton, QVBoxLayout, QWidget

import salesdesk
from ui.widgets.labels import PlainLabel

translate = QCoreApplication.translate


def shortcuts() -> list[tuple[str, str]]:
    """Key and what it does."""
    return [
        ("Ctrl+K", translate("Shortcuts", "Search everything, also what can be done")),
        ("Ctrl+N", translate("Shortcuts", "New customer")),
        ("Ctrl+S", translate("Shortcuts", "Save the form")),
        ("Enter", translate("Shortcuts", "Next field; in rows the next cell, at the end a new row")),
        ("Ctrl+Enter", translate("Shortcuts", "Leave a cell of several lines")),
        ("↑ ↓", translate("Shortcuts", "In a date: a day later or earlier")),
        ("PgUp PgDn", translate("Shortcuts", "In a date: a week later or earlier, with Ctrl a month")),
        ("Alt+↓", translate("Shortcuts", "In a date: the calendar")),
        ("Ctrl+1 … Ctrl+7", translate("Shortcuts", "Today and the six stages")),
        ("Ctrl+8", translate("Shortcuts", "Board")),
        ("Ctrl+9", translate("Shortcuts", "Approvals")),
        ("Ctrl+P Ctrl+S", translate("Shortcuts", "In a preview: print, save as PDF")),
        ("Ctrl++ Ctrl+-", translate("Shortcuts", "In a preview: larger or smaller pages (Ctrl and the wheel, too)")),
        ("F5", translate("Shortcuts", "Sync")),
        ("F8", translate("Shortcuts", "Customer view: only what the customer may see")),
        ("F1", translate("Shortcuts", "This list")),
    ]


class ShortcutsPage(QDialog):
    """The list of keys."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(8)
        for line, (keys, words) in enumerate(shortcuts()):
            grid.addWidget(PlainLabel(keys, "heading"), line, 0)
            grid.addWidget(PlainLabel(words), line, 1)
        close = QPushButton(self.tr("Close"))
        close.setAutoDefault(False)
        close.clicked.connect(self.accept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(16)
        layout.addLayout(grid)
        layout.addWidget(close)


def about_box(parent: QWidget) -> QMessageBox:
    """What the program is, and which version."""
    box = QMessageBox(parent)
    box.setWindowTitle(translate("MainWindow", "About SalesDesk"))
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(f"SalesDesk {salesdesk.__version__}")
    box.setInformativeText(
        translate(
            "MainWindow",
            "Offline sales desktop. Everything lies encrypted on this laptop until you sync with the office.",
        )
    )
    return box
