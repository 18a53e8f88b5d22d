"""Small pieces of text: an elided line and a chip. Both take their text as it is, never as markup."""

from __future__ import annotations

import html
import re

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QStyle, QStyleOption, QWidget

_DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def plain_tooltip(text: str) -> str:
    """A tooltip that shows `text` literally; Qt would read `<b>` in it as markup."""
    return f"<p>{html.escape(text)}</p>".replace("\n", "<br>") if text else ""


def one_way(text: str) -> str:
    """Without marks of direction: they could make `cod.exe` of what ends in `exe.doc`."""
    return _DIRECTION.sub("", text)


def set_look(widget: QWidget, look: str) -> None:
    """Choose the widget's look in the style sheet and draw it anew."""
    if widget.property("look") == look:
        return
    widget.setProperty("look", look)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    # a label learns its padding from this event alone
    QCoreApplication.sendEvent(widget, QEvent(QEvent.Type.StyleChange))
    widget.update()


class PlainLabel(QLabel):
    """A label that shows its text literally."""

    def __init__(self, text: str = "", look: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        if look:
            self.setProperty("look", look)
        self.setText(text)


class ElidedLabel(QLabel):
    """One line that ends in … where the room ends; the whole text is its tooltip then.

    `text()` stays the whole text, so that a screen reader reads all of it.
    """

    def __init__(self, text: str = "", look: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        if look:
            self.setProperty("look", look)
        self.setText(text)

    def setText(self, text: str) -> None:
        """Show a text; line breaks become blanks."""
        super().setText(" ".join(text.split("\n")))
        self._tell_whole()

    def shown_text(self) -> str:
        """The text as it stands on the screen."""
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.contentsRect().width())

    def minimumSizeHint(self) -> QSize:
        """A few characters wide at least, so that a long name never widens the window."""
        whole = self.sizeHint()
        return QSize(min(whole.width(), self.fontMetrics().averageCharWidth() * 6), whole.height())

    def sizeHint(self) -> QSize:
        """The whole line."""
        margins = self.contentsMargins()
        width = self.fontMetrics().horizontalAdvance(self.text()) + margins.left() + margins.right() + 2
        return QSize(width, self._line_height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The tooltip belongs to what does not fit."""
        super().resizeEvent(event)
        self._tell_whole()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line through the style, so that the style sheet's colour holds."""
        painter = QPainter(self)
        option = QStyleOption()
        option.initFrom(self)
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_Widget, option, painter, self)
        self.style().drawItemText(
            painter,
            self.contentsRect(),
            int(Qt.AlignmentFlag.AlignVCenter | self.alignment() & Qt.AlignmentFlag.AlignHorizontal_Mask),
            self.palette(),
            self.isEnabled(),
            self.shown_text(),
            self.foregroundRole(),
        )

    def _line_height(self) -> int:
        margins = self.contentsMargins()
        return self.fontMetrics().height() + margins.top() + margins.bottom()

    def _tell_whole(self) -> None:
        fits = self.shown_text() == self.text()
        self.setToolTip("" if fits else plain_tooltip(self.text()))


class Chip(PlainLabel):
    """A rounded word: grade, clock, state. `tone` is ok, warn, danger, accent or plain; no text hides it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "chip-plain", parent)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_state(self, text: str, tone: str) -> None:
        """Say something in a tone; an empty text hides the chip."""
        set_look(self, f"chip-{tone}")
        self.setText(text)
        self.setVisible(bool(text))
