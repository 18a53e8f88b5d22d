"""The middle of a stage: the customer's forms of that stage, one at a time, edited in place."""

from __future__ import annotations

from datetime import tzinfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QComboBox, QHBoxLayout, QPushButton, QStackedWidget, QWidget

from salesdesk.actions.forms import Sheet
from salesdesk.actions.stage_tab import OpenedForm
from salesdesk.records.language import Language
from salesdesk.records.registry import Record, fields_of
from ui.forms.form_panel import FormPanel
from ui.stage.form_head import FormHead
from ui.stage.stage_model import StageModel
from ui.widgets.card import Card, EmptyState
from ui.widgets.labels import set_look

_TELLING = (
    *("reference", "number", "version", "interviewed_on", "planned_on", "raised_on", "objection"),
    *("met_on", "delivered_on", "visited_on"),
)
_NAME_LENGTH = 28


def record_name(record: Record, language: Language, zone: tzinfo) -> str:
    """`2026-11-23 · 第 2 版`: how one of several records of a customer is told from the others."""
    fields = fields_of(type(record))
    shown = [fields[name].show(getattr(record, name), language) for name in _TELLING if name in fields]
    made = record.created_at.astimezone(zone).date().isoformat()
    name = " · ".join(filter(None, shown)) or made
    return name if len(name) <= _NAME_LENGTH else name[:_NAME_LENGTH] + "…"


class WorkArea(Card):
    """Choice of form and record above, the form below. At most one `FormPanel` lives at a time.

    `create_wanted(entity)` comes from the empty state.
    """

    create_wanted = Signal(str)

    def __init__(self, model: StageModel, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._model = model
        self._desk = model.desk
        model.form_opened.connect(self.show_form)
        model.form_renewed.connect(self.renew)
        self.form_buttons: dict[str, QPushButton] = {}
        self.record_choice = QComboBox()
        self.record_choice.setAccessibleName(self.tr("Which one"))
        self.record_choice.activated.connect(self._choose_record)
        self.head = FormHead(model)
        self.empty = EmptyState("", "")
        self.empty.button.clicked.connect(self._create)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.empty)
        self._build_choice()
        self.body.addLayout(self.head)
        self.body.addWidget(self._stack, 1)

    def _build_choice(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(4)
        group = QButtonGroup(self)
        declared = self._model.declared.forms
        for form in declared:
            button = QPushButton(form.form.__form__.label(self._desk.language))
            button.setAutoDefault(False)
            button.setCheckable(True)
            set_look(button, "segment")
            button.clicked.connect(lambda _checked=False, e=form.entity: self._choose(e, ""))
            group.addButton(button)
            self.form_buttons[form.entity] = button
            line.addWidget(button)
            if len(declared) == 1:
                button.hide()
        line.addStretch(1)
        line.addWidget(self.record_choice)
        self.body.addLayout(line)

    @property
    def entity(self) -> str:
        """The form on show."""
        return self._model.entity

    @property
    def panel(self) -> FormPanel | None:
        """Its editor; none where a customer has no such record."""
        return self._model.panel

    def show_form(self, opened: OpenedForm) -> None:
        """Put a form in place of the one before; what was typed there is kept as a draft."""
        self._drop_panel()
        self.form_buttons[opened.entity].setChecked(True)
        self._offer_records(opened.records, opened.sheet)
        if opened.sheet is None:
            self.empty.say(*self._model.declared.of(opened.entity).empty_words(self._desk.language))
            self._stack.setCurrentWidget(self.empty)
        else:
            self._show_panel(FormPanel(self._desk, opened.sheet))

    def renew(self, opened: OpenedForm) -> None:
        """Show what others made of the form on show: in place, so that the cursor stays where somebody is to type."""
        panel, sheet = self.panel, opened.sheet
        if panel is None or sheet is None or sheet.draft is not None or sheet.record.id != panel.sheet.record.id:
            self.show_form(opened)
            return
        panel.take(sheet)
        self._offer_records(opened.records, sheet)

    def _show_panel(self, panel: FormPanel) -> None:
        self._model.panel = panel
        if panel.duplicates is not None:
            panel.duplicates.open_asked.connect(self._model.choose)
            panel.duplicates.merged.connect(self._model.choose)
        self._stack.addWidget(panel)
        self._stack.setCurrentWidget(panel)

    def _drop_panel(self) -> None:
        panel, self._model.panel = self._model.panel, None
        if panel is not None:
            panel.flush()
            self._stack.removeWidget(panel)
            panel.hide()
            panel.deleteLater()

    def _offer_records(self, records: list[Record], sheet: Sheet | None) -> None:
        current = sheet.record.id if sheet else ""
        offered = [(record.id, record_name(record, self._desk.language, self._desk.zone)) for record in records]
        if sheet is not None and sheet.is_new:
            offered.insert(0, (current, self.tr("New, not saved yet")))
        self.record_choice.clear()
        for record_id, name in offered:
            self.record_choice.addItem(name, record_id)
        self.record_choice.setCurrentIndex(max(0, self.record_choice.findData(current)))
        self.record_choice.setVisible(len(offered) > 1)

    def _choose(self, entity: str, record_id: str) -> None:
        self._model.choose(self._model.customer_id, entity, record_id)

    def _choose_record(self, place: int) -> None:
        self._choose(self.entity, str(self.record_choice.itemData(place)))

    def _create(self) -> None:
        self.create_wanted.emit(self.entity)
