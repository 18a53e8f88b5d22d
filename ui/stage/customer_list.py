"""The customers of a stage: a list that fetches page by page and draws each line itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, tzinfo
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFocusEvent, QFont, QFontMetrics, QHelpEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from salesdesk.records.language import Language
from ui.core import theme
from ui.widgets.badges import GRADE_TONES, CustomerRow, badge_of, match_tone
from ui.widgets.labels import plain_tooltip
from ui.widgets.tone_colours import tone_colours

ROW_HEIGHT = 66
_SIDE = 12
_CHIP_HEIGHT = 20

Index = QModelIndex | QPersistentModelIndex


class CustomerListModel(QAbstractListModel):
    """The lines fetched so far. `wanted(last)` asks for the page after a line; answer with `append`."""

    wanted = Signal(object)
    ROW = Qt.ItemDataRole.UserRole

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[CustomerRow] = []
        self._more = False
        self._asked = False

    def rowCount(self, parent: Index | None = None) -> int:
        """How many lines are here."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The name for keyboard search, all words for a screen reader, the row itself for the delegate."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(filter(None, [row.name, row.grade, row.facts, row.match]))
        return row if role == self.ROW else None

    def canFetchMore(self, parent: Index) -> bool:
        """Whether a page may follow and is not yet on its way."""
        return not parent.isValid() and self._more and not self._asked

    def fetchMore(self, parent: Index) -> None:
        """Ask for the next page."""
        if self.canFetchMore(parent):
            self._asked = True
            self.wanted.emit(self._rows[-1])

    def append(self, rows: Sequence[CustomerRow], *, more: bool) -> None:
        """Add the page that was asked for. A line that moved up meanwhile stands where it was seen first."""
        self._more = more
        here = {row.opportunity_id for row in self._rows}
        fresh = [row for row in rows if row.opportunity_id not in here]
        if fresh:
            self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(fresh) - 1)
            self._rows += fresh
            self.endInsertRows()
        # only now: whoever asked while the rows came in would get the same page again
        self._asked = False

    def replace(self, rows: Sequence[CustomerRow], *, more: bool) -> None:
        """Show the first lines anew; where the same customers stand in the same order, nothing jumps."""
        same = [r.opportunity_id for r in rows] == [r.opportunity_id for r in self._rows[: len(rows)]]
        if same and (more or len(rows) == len(self._rows)) and rows:
            self._rows[: len(rows)] = rows
            self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            self._more = more if len(rows) == len(self._rows) else self._more
            self._asked = False
            return
        self.beginResetModel()
        self._rows = list(rows)
        self._more, self._asked = more, False
        self.endResetModel()

    def row_at(self, number: int) -> CustomerRow:
        """A line by its place."""
        return self._rows[number]

    def place_of(self, customer_id: str) -> int:
        """Where a customer stands among the fetched lines; -1 when not there."""
        return next((n for n, row in enumerate(self._rows) if row.customer_id == customer_id), -1)


class CustomerDelegate(QStyledItemDelegate):
    """Draws a line: name and grade above; the match, facts and badge below."""

    def __init__(self, now: Callable[[], datetime], zone: tzinfo, language: Language, parent: QObject) -> None:
        """`now` is asked at every drawing, so that the clocks in the list run."""
        super().__init__(parent)
        self._now = now
        self._zone = zone
        self._language = language

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """All lines are equally high."""
        return QSize(0, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one line."""
        row: CustomerRow = index.data(CustomerListModel.ROW)
        t = theme.tokens()
        rect, state, font = option.rect, option.state, option.font
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(t.hover))
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), QColor(t.accent))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, QColor(t.hover))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), QColor(t.line))
        inner = rect.adjusted(_SIDE, 8, -_SIDE, -8)
        upper = QRect(inner.left(), inner.top(), inner.width(), inner.height() // 2)
        lower = QRect(inner.left(), upper.bottom() + 1, inner.width(), inner.height() // 2)
        bold = QFont(font)
        bold.setWeight(QFont.Weight.DemiBold)
        small = QFont(font)
        small.setPixelSize(max(11, QFontMetrics(font).height() * 12 // 18))
        used = _draw_chip(painter, upper, row.grade, GRADE_TONES.get(row.grade, "plain"), small, round_off=True)
        _draw_text(painter, upper.adjusted(0, 0, -used, 0), row.name, bold, t.text)
        badge = badge_of(row, self._now(), self._zone, self._language)
        used = _draw_chip(painter, lower, badge.text, badge.tone, small) if badge else 0
        lower.adjust(_draw_share(painter, lower, row.share, small), 0, -used, 0)
        _draw_text(painter, lower, row.facts, small, t.muted)
        painter.restore()

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:
        """The whole name, the whole line of facts and what the match is made of, literally."""
        if event.type() != QHelpEvent.Type.ToolTip or not index.isValid():
            return super().helpEvent(event, view, option, index)
        row: CustomerRow = index.data(CustomerListModel.ROW)
        QToolTip.showText(
            event.globalPos(), plain_tooltip("\n".join(filter(None, [row.name, row.facts, row.match]))), view
        )
        return True


def _draw_share(painter: QPainter, rect: QRect, share: int | None, font: QFont) -> int:
    """Draw how well a customer fits, at the left end of `rect`; returns the width it takes with its gap."""
    if share is None:
        return 0
    bold = QFont(font)
    bold.setWeight(QFont.Weight.DemiBold)
    width = QFontMetrics(bold).horizontalAdvance("100%") + 1  # so that the facts stand below each other
    _, ink = tone_colours(match_tone(share))
    _draw_text(painter, QRect(rect.left(), rect.top(), width, rect.height()), f"{share}%", bold, ink)
    return width + 8


def _draw_text(painter: QPainter, rect: QRect, text: str, font: QFont, colour: str) -> None:
    painter.setFont(font)
    painter.setPen(QColor(colour))
    line = QFontMetrics(font).elidedText(" ".join(text.split("\n")), Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), line)


def _draw_chip(painter: QPainter, rect: QRect, text: str, tone: str, font: QFont, *, round_off: bool = False) -> int:
    """Draw a chip at the right end of `rect`; returns the width it takes with its gap."""
    if not text:
        return 0
    ground, ink = tone_colours(tone)
    text = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, rect.width() * 2 // 3)
    width = QFontMetrics(font).horizontalAdvance(text) + (22 if ground else 0)
    chip = QRect(rect.right() - width + 1, rect.center().y() - _CHIP_HEIGHT // 2 + 1, width, _CHIP_HEIGHT)
    if ground:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(chip, _CHIP_HEIGHT / 2, _CHIP_HEIGHT / 2)
    if round_off or ground:
        font = QFont(font)
        font.setWeight(QFont.Weight.DemiBold)
    painter.setFont(font)
    painter.setPen(QColor(ink))
    painter.drawText(chip, int(Qt.AlignmentFlag.AlignCenter), text)
    return width + 10


class CustomerList(QListView):
    """The list itself; `chosen(customer_id)` when a person selects a line by mouse or key."""

    chosen = Signal(str)

    def __init__(
        self, now: Callable[[], datetime], zone: tzinfo, language: Language, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.rows = CustomerListModel(self)
        self.setModel(self.rows)
        self.setItemDelegate(CustomerDelegate(now, zone, language, self))
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setProperty("look", "plain")
        self.selectionModel().currentChanged.connect(self._tell)
        self._silent = False

    def select(self, customer_id: str) -> bool:
        """Mark a customer without telling `chosen`; `False` when its line is not fetched (nothing is marked then)."""
        place = self.rows.place_of(customer_id)
        self._silent = True
        if place < 0:
            self.selectionModel().clear()
        else:
            self.setCurrentIndex(self.rows.index(place))
        self._silent = False
        return place >= 0

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Qt makes the first line current when none is; nobody has chosen that customer."""
        chosen = self.currentIndex().isValid()
        self._silent = True
        super().focusInEvent(event)
        if not chosen:
            self.selectionModel().clearCurrentIndex()
        self._silent = False

    def _tell(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid() and not self._silent:
            self.chosen.emit(self.rows.row_at(current.row()).customer_id)
