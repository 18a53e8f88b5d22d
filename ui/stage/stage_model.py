"""What is chosen in a stage's tab: a customer, what was read of them, and the form that is open.

The page and its helpers all know the model; it knows none of them.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from salesdesk.actions import forms, stage_tab
from salesdesk.actions.stage_tab import CustomerView, OpenedForm
from salesdesk.records.base import Record, Stage
from salesdesk.records.kinds import Wire
from salesdesk.records.work import Opportunity
from ui.core.background import Desk
from ui.core.composition import composition
from ui.forms.form_panel import FormPanel
from ui.stage.stage_forms import TABS

_Found = tuple[CustomerView, OpenedForm] | None


class StageModel(QObject):
    """One stage's tab without its widgets.

    `chosen(customer_id)` as soon as a person has chosen; `customer_read` after every read, with `view` as it then is;
    `form_opened(OpenedForm)` when another form is to be shown, `form_renewed(OpenedForm)` when others changed the one
    on show, `form_refreshed(OpenedForm)` for what stands beside one that goes on being edited.
    """

    chosen = Signal(str)
    customer_read = Signal()
    form_opened = Signal(object)
    form_renewed = Signal(object)
    form_refreshed = Signal(object)

    def __init__(self, desk: Desk, stage: Stage, tab: QWidget) -> None:
        """`tab` is the widget that dialogs and errors stand above, and with which all of this ends."""
        super().__init__(tab)
        self.desk = desk
        self.stage = stage
        self.tab = tab
        self.declared = TABS[stage]
        self.customer_id = ""
        self.view: CustomerView | None = None
        self.entity = ""
        self.panel: FormPanel | None = None
        self._records: list[Record] = []
        self._question = 0
        self._wanted: tuple[str, str] | None = None

    @property
    def opportunity(self) -> Opportunity | None:
        """The round of the customer who is chosen; none as long as another one is still on show."""
        card = self.view.card if self.view else None
        return card.opportunity if card is not None and card.customer.id == self.customer_id else None

    @property
    def customer_name(self) -> str:
        """Whom the tab shows."""
        return self.view.card.customer.name if self.view else ""

    def choose(self, customer_id: str, entity: str = "", record_id: str = "") -> None:
        """Show a customer, and of its forms the wanted one; what was being typed is kept as a draft."""
        self.leave()
        if customer_id != self.customer_id:
            self.customer_id = customer_id
            entity = entity or self.declared.first
        self.chosen.emit(customer_id)
        self._wanted = (entity or self.entity or self.declared.first, record_id)
        self._fetch(*self._wanted)

    def show_if_still(self, customer_id: str, entity: str, record_id: str) -> None:
        """Show a form of a customer unless another one was chosen meanwhile."""
        if customer_id == self.customer_id:
            self.choose(customer_id, entity, record_id)

    def reload(self) -> None:
        """Read the customer anew; a form that is being edited stays as it is."""
        if self.customer_id:
            on_show = (self.entity or self.declared.first, self.panel.sheet.record.id if self.panel is not None else "")
            self._fetch(*(self._wanted or on_show))

    def leave(self) -> None:
        """Keep what is typed as a draft before something else is shown."""
        if self.panel is not None:
            self.panel.flush()

    def is_fetching(self) -> bool:
        """Whether something that a person chose is still on its way to the screen."""
        return self._wanted is not None

    def begin(self, entity: str) -> None:
        """Begin a record of a form for the chosen customer, filled in where the program knows something already.

        What is typed meanwhile is kept as a draft.
        """
        self.leave()
        declared, customer_id, desk = self.declared.of(entity), self.customer_id, self.desk
        if (prepare := declared.prepare) is not None:
            desk.change(
                self.tab,
                lambda workspace: prepare(workspace, customer_id, desk),
                lambda record: self.show_if_still(customer_id, entity, record.id),
                once=f"{entity}.{customer_id}",
            )
            return
        desk.query(
            self.tab,
            lambda _session: forms.new(desk.workspace, entity, customer_id=customer_id),
            lambda sheet: self._show_new(customer_id, sheet, declared.begun_on),
        )

    def _show_new(self, customer_id: str, sheet: forms.Sheet, begun_on: str) -> None:
        if customer_id != self.customer_id:
            return
        if begun_on:
            setattr(sheet.record, begun_on, self.desk.today())
        self._open(OpenedForm(sheet.entity, sheet, self._records if self.entity == sheet.entity else []))

    def _fetch(self, entity: str, record_id: str) -> None:
        """Read the customer and a form of it; an answer that another question has overtaken is dropped.

        What a person chose stays wanted until it is shown, even when a reload overtakes it.
        """
        self._question += 1
        question = self._question
        read = partial(
            stage_tab.read,
            workspace=self.desk.workspace,
            customer_id=self.customer_id,
            stage=self.stage,
            entity=entity,
            record_id=record_id,
        )
        self.desk.query(self.tab, read, lambda found: self._take(found) if question == self._question else None)

    def _take(self, found: _Found) -> None:
        wanted, self._wanted = self._wanted is not None, None
        self.view, opened = found or (None, None)
        if self.view is None:
            self.customer_id = ""
        self.customer_read.emit()
        if opened is None:
            return
        if wanted:
            self._open(opened)
        elif self._is_stale(opened):
            self.entity, self._records = opened.entity, opened.records
            self.form_renewed.emit(opened)
        elif opened.entity == self.entity:
            self.form_refreshed.emit(opened)

    def _open(self, opened: OpenedForm) -> None:
        self.entity, self._records = opened.entity, opened.records
        self.form_opened.emit(opened)

    def _is_stale(self, opened: OpenedForm) -> bool:
        """Whether the form on show is not what the workspace now has; one that is being typed in never is."""
        if self.panel is None:
            return True
        if self.panel.sheet.is_new or self.panel.has_unsaved() or composition().is_within(self.panel):
            return False
        return opened.sheet is None or _state_of(self.panel.sheet) != _state_of(opened.sheet)


def _state_of(sheet: forms.Sheet) -> list[tuple[str, int, dict[str, Wire]]]:
    """What tells whether a record or its rows changed since they were read: also when only the office's count did."""
    rows = [row for group in sheet.rows.values() for row in group]
    return [(record.id, record.rev, record.wire()) for record in [sheet.record, *rows]]
