"""Narrows a list down, and keeps what is used often as a view with a name."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QInputDialog, QLineEdit, QPushButton, QWidget

from salesdesk.errors import BadValue
from salesdesk.records.base import Record
from salesdesk.store.filters import Filter, condition, filterable
from ui.core import notify
from ui.core.background import Desk
from ui.core.composition import composition
from ui.widgets.labels import PlainLabel, set_look


class FilterBar(QWidget):
    """A field, what is wanted of it, and the filters in force; `changed` when they are others."""

    changed = Signal()

    def __init__(self, desk: Desk, form: type[Record], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._form = desk, form
        self._kept_as = f"views.{form.__tablename__}"
        self.filters: list[Filter] = []
        self._views: dict[str, list[list[str]]] = {}
        self.dialog: QInputDialog | None = None
        self.field_choice = QComboBox()
        self.field_choice.setAccessibleName(self.tr("Field"))
        self._labels = {}
        for field in filterable(form):
            self._labels[field.name] = field.label(desk.language)
            self.field_choice.addItem(field.label(desk.language), field.name)
        self.line = QLineEdit()
        self.line.setPlaceholderText(self.tr("Text, option, >200, 2026-01-01..2026-03-31"))
        self.line.setAccessibleName(self.tr("What is wanted of the field"))
        self.line.returnPressed.connect(self.add)
        self.add_button = QPushButton(self.tr("Filter"))
        self.add_button.clicked.connect(self.add)
        self.views = QComboBox()
        self.views.setAccessibleName(self.tr("Saved views"))
        self.views.activated.connect(self._use_view)
        self.keep_button = QPushButton(self.tr("Save view…"))
        self.keep_button.clicked.connect(self._ask_name)
        self.problem = PlainLabel("", "danger")
        self.problem.hide()
        self._chips = QHBoxLayout()
        self._chips.setSpacing(6)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.field_choice)
        row.addWidget(self.line, 1)
        row.addWidget(self.add_button)
        row.addWidget(self.problem)
        row.addLayout(self._chips)
        row.addWidget(self.views)
        row.addWidget(self.keep_button)
        for button in (self.add_button, self.keep_button):
            button.setAutoDefault(False)
        self._show()
        desk.query(self, lambda _session: desk.workspace.recall(self._kept_as) or {}, self._take_views)

    def add(self) -> None:
        """Put what is typed in force; what cannot be read is said beside it."""
        composition().settle()
        wanted = Filter(str(self.field_choice.currentData()), self.line.text())
        try:
            condition(self._form, wanted)
        except BadValue as error:
            self.problem.setText(notify.sentence(error))
            self.problem.show()
            return
        self.problem.hide()
        self.line.clear()
        self._set([f for f in self.filters if f.field != wanted.field] + [wanted])

    def keep_view(self, name: str) -> None:
        """Keep the filters in force under a name, on this laptop."""
        if not name.strip():
            return
        self._views[name.strip()] = [[f.field, f.text] for f in self.filters]
        views = dict(self._views)
        self._desk.keep(self, lambda workspace: workspace.remember(self._kept_as, views))
        self._show()
        self.views.setCurrentIndex(self.views.findText(name.strip()))

    def _set(self, filters: list[Filter]) -> None:
        self.filters = filters
        self._show()
        self.changed.emit()

    def _take_views(self, views: dict[str, list[list[str]]]) -> None:
        self._views = views
        self._show()

    def _use_view(self, place: int) -> None:
        kept = self._views.get(self.views.itemText(place), []) if place else []
        self._set([Filter(name, text) for name, text in kept if name in self._labels])
        self.views.setCurrentIndex(place)

    def _ask_name(self) -> None:
        dialog = QInputDialog(self)
        dialog.setWindowTitle(self.tr("Save view"))
        dialog.setLabelText(self.tr("Name of the view"))
        dialog.accepted.connect(lambda: self.keep_view(dialog.textValue()))
        self.dialog = dialog
        dialog.open()

    def _show(self) -> None:
        while (item := self._chips.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for wanted in self.filters:
            chip = QPushButton(f"{self._labels[wanted.field]}: {wanted.text}  ×")
            chip.setAutoDefault(False)
            set_look(chip, "flat")
            chip.setAccessibleName(self.tr("Remove the filter {name}").format(name=self._labels[wanted.field]))
            chip.clicked.connect(lambda _checked=False, f=wanted: self._set([x for x in self.filters if x != f]))
            self._chips.addWidget(chip)
        self.keep_button.setEnabled(bool(self.filters))
        self.views.clear()
        self.views.addItem(self.tr("All"))
        self.views.addItems(sorted(self._views))
