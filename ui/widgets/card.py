"""A white panel with a heading: the building block of every page."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ui.widgets.labels import ElidedLabel, PlainLabel, set_look


class Card(QFrame):
    """A frame with an optional heading line.

    `body` takes the contents, `heading_row` more beside the heading; `outer` holds both.
    """

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.outer = QVBoxLayout(self)
        self.outer.setContentsMargins(16, 12, 16, 14)
        self.outer.setSpacing(8)
        self.heading_row = QHBoxLayout()
        self.heading_row.setSpacing(8)
        self.heading = ElidedLabel(title, "heading")
        if not title:
            self.heading.hide()
        self.remark = PlainLabel("", "muted")
        self.remark.hide()
        self.heading_row.addWidget(self.heading, 1)
        self.heading_row.addWidget(self.remark)
        self.outer.addLayout(self.heading_row)
        self.body = QVBoxLayout()
        self.body.setSpacing(6)
        self.outer.addLayout(self.body, 1)

    def set_title(self, title: str) -> None:
        """Change the heading."""
        self.heading.setText(title)
        self.heading.setVisible(bool(title))

    def set_remark(self, text: str, look: str = "muted") -> None:
        """A short word at the right end of the heading."""
        set_look(self.remark, look)
        self.remark.setText(text)
        self.remark.setVisible(bool(text))


class EmptyState(QWidget):
    """What stands where nothing is yet: a heading, what to do, and perhaps the button that does it."""

    def __init__(self, title: str, advice: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = PlainLabel(title, "heading")
        self.advice = PlainLabel(advice, "muted")
        self.button = QPushButton()
        self.button.setAutoDefault(False)
        set_look(self.button, "primary")
        self.button.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(8)
        layout.addStretch(2)
        for label in (self.title, self.advice):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setWordWrap(True)
            layout.addWidget(label)
        layout.addSpacing(6)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def say(self, title: str, advice: str, action: str = "") -> None:
        """Change the words; an empty `action` hides the button."""
        self.title.setText(title)
        self.advice.setText(advice)
        self.button.setText(action)
        self.button.setVisible(bool(action))


def clear(layout: QVBoxLayout) -> None:
    """Take everything out of a layout; the widgets are deleted when control returns to Qt."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
