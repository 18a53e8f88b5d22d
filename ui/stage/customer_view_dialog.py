"""客户视图: one customer's round as the customer may see it, in large letters. One key brings it, one takes it away.

Built from nothing but fields for the customer's eyes: a limit, a margin or an inner note cannot come in.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from salesdesk.process.contracting import is_provisional
from salesdesk.records.base import Record
from salesdesk.records.field import Audience, Field
from salesdesk.records.kinds import LinkKind
from salesdesk.records.language import Language
from salesdesk.records.registry import fields_of
from salesdesk.store import queries
from ui.core.background import Desk
from ui.widgets.card import Card
from ui.widgets.labels import PlainLabel

KEY = "F8"


def customer_fields(form: type[Record]) -> list[Field]:
    """The fields of a form that a customer may see."""
    return [
        field
        for field in fields_of(form).values()
        if field.shown and field.audience is Audience.CUSTOMER and not isinstance(field.kind, LinkKind)
    ]


class CustomerViewPage(QDialog):
    """Covers the window. Read only; Escape or the key that brought it goes back."""

    def __init__(self, desk: Desk, customer_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setWindowTitle("SalesDesk")
        self.setProperty("look", "ground")
        if parent is not None:
            self.setGeometry(parent.window().geometry())
        self.heading = PlainLabel("", "display")
        self.heading.setWordWrap(True)
        back = QPushButton(self.tr("Back (Esc)"))
        back.setAutoDefault(False)
        back.clicked.connect(self.reject)
        QShortcut(QKeySequence(KEY), self).activated.connect(self.reject)
        top = QHBoxLayout()
        top.addWidget(self.heading, 1)
        top.addWidget(back, 0, Qt.AlignmentFlag.AlignTop)
        self._cards = QVBoxLayout()
        self._cards.setSpacing(14)
        inner = QWidget()
        inner.setProperty("look", "ground")
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._cards)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setWidget(inner)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(40, 28, 40, 28)
        layout.setSpacing(18)
        layout.addLayout(top)
        layout.addWidget(scroll, 1)
        desk.query(self, lambda session: queries.card(session, customer_id), self._show)

    def texts(self) -> list[str]:
        """Every word on show, for tests."""
        return [label.text() for label in self.findChildren(PlainLabel)]

    def _show(self, card: queries.Card | None) -> None:
        if card is None:
            return
        self.heading.setText(card.customer.name)
        newest = [records[0] for records in card.papers.values() if records]
        for record in sorted(newest, key=_place):
            self._add(record, card.rows)

    def _add(self, record: Record, rows: dict[str, list[Record]]) -> None:
        language = self._desk.language
        values = _values(record, language)
        tables = [
            (filled, columns)
            for children in rows.values()
            if children
            and (columns := customer_fields(type(children[0])))
            and getattr(children[0], children[0].__form__.parent or "id") == record.id
            and (filled := [row for row in children if _says_something(row, columns)])
        ]
        if not values and not tables:
            return
        card = Card(record.__form__.label(language))
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(10)
        grid.setColumnStretch(1, 1)
        for line, (name, text) in enumerate(values):
            grid.addWidget(_label(name, "muted"), line, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(_label(text, "large"), line, 1)
        card.body.addLayout(grid)
        for children, columns in tables:
            card.body.addLayout(_table(children, columns, language))
        self._cards.addWidget(card)


def _place(record: Record) -> tuple[int, datetime]:
    """The order in which the round goes: by stage, within one as the papers came about."""
    stage = record.__form__.stage
    return stage.number if stage else 0, record.created_at


def _values(record: Record, language: Language) -> list[tuple[str, str]]:
    shown = [
        (field.label(language), field.show(getattr(record, field.name), language))
        for field in customer_fields(type(record))
        if not is_provisional(str(getattr(record, field.name)))  # the office has still to number the contract
    ]
    return [(name, text) for name, text in shown if text]


def _says_something(row: Record, columns: Sequence[Field]) -> bool:
    """Whether a row has more than its name: what is still to be written is not for the customer's eyes."""
    return sum(getattr(row, column.name) not in {None, "", False} for column in columns) > min(1, len(columns) - 1)


def _table(rows: Sequence[Record], columns: Sequence[Field], language: Language) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(18)
    grid.setVerticalSpacing(8)
    for place, column in enumerate(columns):
        grid.setColumnStretch(place, 1)
        grid.addWidget(_label(column.label(language), "muted"), 0, place)
        for line, row in enumerate(rows, start=1):
            text = column.show(getattr(row, column.name), language)
            grid.addWidget(_label(text, "large"), line, place, Qt.AlignmentFlag.AlignTop)
    return grid


def _label(text: str, look: str) -> PlainLabel:
    label = PlainLabel(text, look)
    label.setWordWrap(True)
    return label
