"""All records of a form as a table, read page by page while it is scrolled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from salesdesk.records.kinds import LinkKind
from salesdesk.records.language import Language
from salesdesk.records.prospecting import Customer
from salesdesk.records.registry import Record, fields_of
from salesdesk.store import matches, queries
from salesdesk.store.filters import Filter
from salesdesk.store.matches import Matched
from ui.core.background import Desk
from ui.widgets.badges import match_cell
from ui.widgets.labels import plain_tooltip

_ROW_HEIGHT = 32
_COLUMN_WIDTH = 130
_SHOWN_CHARACTERS = 200
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class _Page:
    rows: list[tuple[str, list[str]]]
    last: Record | Matched | None


class RecordModel(QAbstractTableModel):
    """Ids and the texts of the listed fields, the last touched first; one page is asked for at a time."""

    def __init__(self, desk: Desk, form: type[Record], parent: QWidget) -> None:
        """`parent` is the widget that the answers belong to."""
        super().__init__(parent)
        self._desk, self._form, self._widget = desk, form, parent
        self._columns = [
            f for f in fields_of(form).values() if f.listed and f.shown and not isinstance(f.kind, LinkKind)
        ]
        self._matched = form is Customer  # they have one column more: how they fit a profile
        self._rows: list[tuple[str, list[str]]] = []
        self._last: Any = None  # a record, or a customer with his match
        self._complete = False
        self._asking = False
        self._round = 0
        self.filters: tuple[Filter, ...] = ()
        self.best_first = False

    def reload(self) -> None:
        """Begin again with the first page."""
        self.beginResetModel()
        self._rows, self._last = [], None
        self._complete = self._asking = False
        self._round += 1
        self.endResetModel()
        self.fetchMore(QModelIndex())

    def record_id(self, row: int) -> str:
        """The id of the record in a row."""
        return self._rows[row][0]

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        return 0 if parent.isValid() else len(self._columns) + self._matched

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        if not index.isValid() or role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return None
        text = self._rows[index.row()][1][index.column()]
        return text if role == Qt.ItemDataRole.DisplayRole else plain_tooltip(text)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return self._columns[section].label(self._desk.language) if section < len(self._columns) else self.tr("Match")

    def canFetchMore(self, parent: _Index) -> bool:
        return not parent.isValid() and not self._complete and not self._asking

    def fetchMore(self, parent: _Index) -> None:
        """Ask for the next page; an answer that a reload has overtaken is dropped."""
        if not self.canFetchMore(parent):
            return
        self._asking = True
        number, after, language = self._round, self._last, self._desk.language
        filters, best_first = self.filters, self.best_first
        self._desk.query(
            self._widget,
            lambda session: (
                self._matched_page(matches.customers(session, after, filters, best_first=best_first), language)
                if self._matched
                else self._page(queries.listed(session, self._form, after, filters=filters), language)
            ),
            lambda page: self._take(page) if number == self._round else None,
        )

    def _page(self, records: list[Record], language: Language) -> _Page:
        rows = [(record.id, self._texts(record, language)) for record in records]
        return _Page(rows, records[-1] if records else None)

    def _matched_page(self, found: list[Matched], language: Language) -> _Page:
        """Customers, with how they fit in one column more."""
        said = [match_cell(one.match, language) if one.match else "" for one in found]
        texts = [self._texts(one.customer, language) for one in found]
        rows = [(one.customer.id, [*row, words]) for one, row, words in zip(found, texts, said, strict=True)]
        return _Page(rows, found[-1] if found else None)

    def _take(self, page: _Page) -> None:
        self._asking = False
        self._complete = len(page.rows) < queries.PAGE
        if not page.rows:
            return
        first = len(self._rows)
        self.beginInsertRows(QModelIndex(), first, first + len(page.rows) - 1)
        self._rows += page.rows
        self._last = page.last
        self.endInsertRows()

    def _texts(self, record: Record, language: Language) -> list[str]:
        """One line a cell; a long note is cut, since a cell shows a few words of it."""
        return [
            " ".join(column.show(getattr(record, column.name), language)[:_SHOWN_CHARACTERS].split())
            for column in self._columns
        ]


class RecordTable(QTableView):
    """`opened(entity, record_id)` on Enter or a double click."""

    opened = Signal(str, str)

    def __init__(self, desk: Desk, form: type[Record], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entity = str(form.__tablename__)
        self.setAccessibleName(form.__form__.label(desk.language))
        self.records = RecordModel(desk, form, self)
        self.setModel(self.records)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        # fixed sizes: asking every row for its own took 26 s on 50,000 rows
        rows = self.verticalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(_ROW_HEIGHT)
        rows.hide()
        columns = self.horizontalHeader()
        columns.setDefaultSectionSize(_COLUMN_WIDTH)
        columns.setStretchLastSection(True)
        columns.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._all = False
        self.records.rowsInserted.connect(self._select_more)
        self.records.modelReset.connect(self._select_no_more)
        self.activated.connect(self._open)
        desk.changed.connect(self._reload)
        self.records.reload()

    def narrow(self, filters: Sequence[Filter]) -> None:
        """Show only what passes the filters."""
        self.records.filters = tuple(filters)
        self.records.reload()

    def put_in_order(self, *, best_first: bool) -> None:
        """Customers: the best match first, or those last touched."""
        self.records.best_first = best_first
        self.records.reload()

    def selectAll(self) -> None:
        """All that the list holds, also what is not read yet: it is fetched and selected page by page."""
        self._all = True
        super().selectAll()
        self.records.fetchMore(QModelIndex())

    def chosen_count(self) -> int:
        """How many rows are selected, without looking at each of them."""
        selection = self.selectionModel().selection()
        return sum(selection.at(number).height() for number in range(selection.count()))

    def chosen(self) -> list[str]:
        """The ids of the selected rows."""
        return [self.records.record_id(index.row()) for index in self.selectionModel().selectedRows()]

    def _select_more(self, _parent: QModelIndex, first: int, _last: int) -> None:
        self._all = self._all and self.chosen_count() == first  # a click since has chosen otherwise
        if self._all:
            super().selectAll()
            self.records.fetchMore(QModelIndex())

    def _select_no_more(self) -> None:
        self._all = False

    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(self._entity, self.records.record_id(index.row()))

    def _reload(self, _action: str) -> None:
        self.records.reload()
