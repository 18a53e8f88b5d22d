"""One stage of the board: a heading with count and sum, and the cards below it, to be dragged or moved by key."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QMimeData, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from salesdesk.records.base import Stage
from salesdesk.records.language import Language
from salesdesk.records.registry import fields_of
from salesdesk.records.work import Opportunity
from salesdesk.store.board import BoardCard, Column
from ui.core import theme
from ui.widgets.badges import GRADE_TONES
from ui.widgets.labels import ElidedLabel, PlainLabel, plain_tooltip
from ui.widgets.tone_colours import tone_colours

CARD_TYPE = "application/x-salesdesk-card"
_CARD = Qt.ItemDataRole.UserRole
_CARD_HEIGHT = 64
_GRADE_WIDTH = 18
_LEAST_WIDTH = 130

_Index = QModelIndex | QPersistentModelIndex


class CardDelegate(QStyledItemDelegate):
    """Draws a card: name and grade above, amount and expected close below."""

    def __init__(self, language: Language, parent: QObject) -> None:
        super().__init__(parent)
        self._language = language

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """All cards are equally high."""
        return QSize(0, _CARD_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one card."""
        card: BoardCard = index.data(_CARD)
        t = theme.tokens()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(t.accent if chosen else t.line))
        painter.setBrush(QColor(t.accent_soft if chosen else t.card))
        painter.drawRoundedRect(option.rect.adjusted(1, 3, -2, -3), 6, 6)
        inner = option.rect.adjusted(10, 9, -10, -9)
        half = inner.height() // 2
        upper, lower = QRect(inner.topLeft(), QSize(inner.width(), half)), inner.adjusted(0, half, 0, 0)
        bold, small = QFont(option.font), QFont(option.font)
        bold.setWeight(QFont.Weight.DemiBold)
        small.setPixelSize(max(11, QFontMetrics(option.font).height() * 12 // 18))
        _draw(painter, upper.adjusted(0, 0, -_GRADE_WIDTH, 0), card.name, bold, t.text)
        ink = tone_colours(GRADE_TONES.get(card.grade, "plain"))[1]
        _draw(painter, upper, card.grade, bold, ink, Qt.AlignmentFlag.AlignRight)
        used = _draw(
            painter,
            lower,
            field_text("close_on", card.close_on, self._language),
            small,
            t.muted,
            Qt.AlignmentFlag.AlignRight,
        )
        amount = field_text("amount", card.amount, self._language)
        _draw(painter, lower.adjusted(0, 0, -used, 0), amount, small, t.text)
        painter.restore()


class CardList(QListWidget):
    """The cards of one stage.

    `dropped(opportunity_id, stage)` when a card of any column is let go here, `opened(card)` on Enter or a
    double click, `forward_asked(card)` on Ctrl+Right, `aside(step)` when the focus is to go to the
    column before (-1) or after (1).
    """

    dropped = Signal(str, Stage)
    opened = Signal(object)
    forward_asked = Signal(object)
    aside = Signal(int)

    def __init__(self, stage: Stage, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stage = stage
        self._language = language
        self.setItemDelegate(CardDelegate(language, self))
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDefaultDropAction(Qt.DropAction.CopyAction)  # a card leaves its column only when the record has moved
        self.itemDoubleClicked.connect(lambda item: self.opened.emit(item.data(_CARD)))

    def show_cards(self, cards: Sequence[BoardCard]) -> None:
        """Show these cards; the chosen one stays chosen while it is here."""
        chosen = self.chosen()
        self.clear()
        for card in cards:
            item = QListWidgetItem(card.name)
            item.setData(_CARD, card)
            amount = field_text("amount", card.amount, self._language)
            close_on = field_text("close_on", card.close_on, self._language)
            words = [one for one in (card.name, card.grade, amount, close_on) if one]
            item.setData(Qt.ItemDataRole.AccessibleTextRole, ", ".join(words))
            item.setToolTip(plain_tooltip("\n".join(words)))
            self.addItem(item)
            if chosen is not None and chosen.opportunity_id == card.opportunity_id:
                self.setCurrentItem(item)

    def chosen(self) -> BoardCard | None:
        """The card under the cursor."""
        item = self.currentItem()
        return item.data(_CARD) if item is not None else None

    def cards(self) -> list[BoardCard]:
        """The cards on show."""
        return [self.item(row).data(_CARD) for row in range(self.count())]

    def mimeData(self, items: Sequence[QListWidgetItem]) -> QMimeData:
        """What travels with the pointer: which card it is."""
        data = QMimeData()
        if items:
            data.setData(CARD_TYPE, items[0].data(_CARD).opportunity_id.encode())
        return data

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._welcome(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._welcome(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell which card was let go; nothing moves here."""
        self._welcome(event)
        if event.isAccepted():
            self.dropped.emit(bytes(event.mimeData().data(CARD_TYPE).data()).decode(errors="replace"), self._stage)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Ctrl+Right asks for the next stage, Left and Right go to the neighbour."""
        card, key = self.chosen(), event.key()
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and card is not None:
            self.opened.emit(card)
        elif key == Qt.Key.Key_Right and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if card is not None:
                self.forward_asked.emit(card)
        elif key in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            self.aside.emit(1 if key == Qt.Key.Key_Right else -1)
        else:
            super().keyPressEvent(event)

    def _welcome(self, event: QDropEvent) -> None:
        if event.mimeData().hasFormat(CARD_TYPE):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
        else:
            event.ignore()


class BoardColumn(QFrame):
    """A stage's heading and its cards."""

    def __init__(self, stage: Stage, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language = language
        self.stage = stage
        self.setProperty("look", "card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(_LEAST_WIDTH)
        self.heading = ElidedLabel(stage.label(language), "heading")
        self.total = ElidedLabel("", "muted")
        self.list = CardList(stage, language)
        self.list.setAccessibleName(stage.label(language))
        self.more = PlainLabel("", "muted")
        self.more.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.more.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 10, 8, 8)
        layout.setSpacing(4)
        layout.addWidget(self.heading)
        layout.addWidget(self.total)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.more)

    def show_column(self, column: Column) -> None:
        """Show a stage as it was read."""
        self.heading.setText(f"{self.stage.label(self._language)}  {column.count}")
        self.total.setText(field_text("amount", column.amount_total or None, self._language) or "—")
        self.list.show_cards(column.cards)
        rest = column.count - len(column.cards)
        self.more.setText(self.tr("{count} more").format(count=rest))
        self.more.setVisible(rest > 0)


def field_text(name: str, value: object, language: Language) -> str:
    """A value of the opportunity as people read it."""
    return fields_of(Opportunity)[name].show(value, language)


def _draw(
    painter: QPainter,
    rect: QRect,
    text: str,
    font: QFont,
    colour: str,
    side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> int:
    """Draw one line, cut where the room ends; returns the width it takes with its gap."""
    if not text:
        return 0
    painter.setFont(font)
    painter.setPen(QColor(colour))
    metrics = QFontMetrics(font)
    line = metrics.elidedText(" ".join(text.split()), Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, int(Qt.AlignmentFlag.AlignVCenter | side), line)
    return metrics.horizontalAdvance(line) + 8
