"""Asks for one field and the value that many records are to get."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QComboBox, QDialog, QVBoxLayout, QWidget

from salesdesk.records.base import Record
from salesdesk.records.kinds import LinkKind, TextKind
from salesdesk.records.language import Language
from salesdesk.records.registry import fields_of
from ui.forms.editors import make_editor
from ui.widgets.confirm_row import ConfirmRow
from ui.widgets.labels import PlainLabel


class BulkDialog(QDialog):
    """`choice()` is the field's name and the value, once accepted."""

    def __init__(self, form: type[Record], count: int, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Change selected"))
        self.setMinimumWidth(420)
        self._language = language
        self._fields = [
            f
            for f in fields_of(form).values()
            if f.shown
            and not isinstance(f.kind, LinkKind)
            and not (isinstance(f.kind, TextKind) and f.kind.lines > 1)
            and f.name != form.__form__.title
        ]
        self.field_choice = QComboBox()
        self.field_choice.setAccessibleName(self.tr("Field"))
        for field in self._fields:
            self.field_choice.addItem(field.label(language), field.name)
        self.editor = make_editor(self._fields[0], language)
        self.field_choice.currentIndexChanged.connect(self._take_field)
        buttons = ConfirmRow(self, self.tr("Change"))
        self.confirm_button = buttons.confirm_button
        self.confirm_button.clicked.connect(self._confirm)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(20, 18, 20, 18)
        self._layout.setSpacing(10)
        self._layout.addWidget(PlainLabel(self.tr("Selected records: {count}").format(count=count), "heading"))
        self._layout.addWidget(self.field_choice)
        self._layout.addWidget(self.editor)
        self._layout.addWidget(buttons)

    def choice(self) -> tuple[str, Any]:
        """The field and its new value."""
        return self.editor.field.name, self.editor.value()

    def _take_field(self, place: int) -> None:
        fresh = make_editor(self._fields[place], self._language)
        self._layout.replaceWidget(self.editor, fresh)
        self.editor.hide()
        self.editor.deleteLater()
        self.editor = fresh

    def _confirm(self) -> None:
        if self.editor.check():
            self.accept()
