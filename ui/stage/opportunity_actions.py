"""What a person does with a customer's round on a stage's tab: move it on, close it, answer, submit."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from salesdesk.actions import approvals, proposals, rounds
from salesdesk.errors import SalesDeskError, UserError
from salesdesk.process.stages import next_stage
from salesdesk.records.base import Stage
from salesdesk.records.proposal import Objection, ObjectionAnswer
from salesdesk.records.work import Opportunity
from salesdesk.store.workspace import Workspace
from ui.core import notify
from ui.core.background import Desk
from ui.forms.form_panel import FormPanel
from ui.stage.answers_dialog import AnswersPage
from ui.stage.close_opportunity_dialog import CloseRoundDialog
from ui.stage.customer_presenter import checks_of
from ui.stage.move_on_dialog import MoveOnDialog

if TYPE_CHECKING:
    from ui.stage.stage_page import StagePage


class Deeds(QObject):
    """The buttons of a stage's head, and what follows them."""

    def __init__(self, desk: Desk, page: StagePage) -> None:
        super().__init__(page)
        self._desk, self._page = desk, page

    def move_on(self) -> None:
        """Bring the customer into the next stage, or the next round; open items ask for a reason first."""
        following = next_stage(self._page.stage)
        opportunity = self._opportunity()
        if self._page.view is None or opportunity is None:
            self._page.move_on_when_shown(self._page.customer_id)  # just chosen, and still being read
            return
        self._page.work.leave()
        waiting = [check for check in checks_of(self._page.view) if not check.done]
        act = partial(self._start_next_round if following is None else self._move, opportunity)
        if not waiting:
            act("")
            return
        dialog = MoveOnDialog(waiting, following.label(self._desk.language) if following else "", self._page)
        dialog.accepted.connect(lambda: act(dialog.reason()))
        self._page.open_above(dialog)

    def close_round(self) -> None:
        """End the customer's round as won or lost."""
        opportunity = self._opportunity()
        if self._page.view is None or opportunity is None:
            return
        self._page.work.leave()
        dialog = CloseRoundDialog(self._page.view.card.customer.name, self._desk.language, self._page)

        def close() -> None:
            outcome, reason = dialog.outcome(), dialog.reason()
            self._desk.change(
                self._page,
                lambda workspace: rounds.close(workspace, opportunity.id, outcome, reason),
                once=f"close.{opportunity.id}",
            )

        dialog.accepted.connect(close)
        self._page.open_above(dialog)

    def start_next_round(self) -> None:
        """Begin the next round after one that has ended."""
        opportunity = self._opportunity()
        if opportunity is not None:
            self._start_next_round(opportunity, "")

    def _opportunity(self) -> Opportunity | None:
        """The round of the customer who is chosen; none as long as another one is still on show."""
        card = self._page.view.card if self._page.view else None
        return card.opportunity if card is not None and card.customer.id == self._page.customer_id else None

    def find_answer(self) -> None:
        """Find an answer to the objection on show, or to a new one."""
        record = self._page.panel.sheet.record if self._page.panel is not None else None
        objection = record if isinstance(record, Objection) and not self._is_new() else None
        dialog = AnswersPage(self._desk, self._page.customer_id, objection.kind if objection else "", self._page)
        dialog.taken.connect(lambda answer: self._take_answer(objection.id if objection else "", answer))
        self._page.open_above(dialog)

    def _is_new(self) -> bool:
        """Whether the form on show was never saved."""
        return self._page.panel is not None and self._page.panel.sheet.is_new

    def _take_answer(self, objection_id: str, answer: ObjectionAnswer) -> None:
        self._page.work.leave()
        customer_id, today = self._page.customer_id, self._desk.today()

        def give(workspace: Workspace) -> str:
            return proposals.give_answer(workspace, customer_id, objection_id, answer, today)

        self._desk.change(self._page, give, lambda kept: self._page.show_if_still(customer_id, "objection", kept))

    def submit(self) -> None:
        """Ask for approval of what stands; what is typed is saved first."""
        panel = self._page.panel
        if panel is None:
            return
        entity, record_id, today = self._page.work.entity, panel.sheet.record.id, self._desk.today()

        def submit() -> None:
            self._desk.change(
                self._page,
                lambda workspace: approvals.submit(workspace, entity, record_id, today),
                failed=lambda error: self._not_submitted(panel, error),
                once=f"submit.{record_id}",
            )

        if panel.has_unsaved():
            panel.save(then=submit)
        else:
            submit()

    def _not_submitted(self, panel: FormPanel, error: SalesDeskError) -> None:
        """Say why, and beside which field."""
        field = error.field if isinstance(error, UserError) else None
        if field and self._page.panel is panel:
            panel.editor(field).show_problem(notify.sentence(error))
            panel.area.ensureWidgetVisible(panel.editor(field))
        notify.show(self._page, error)

    def _move(self, opportunity: Opportunity, reason: str) -> None:
        stage = self._page.stage
        self._desk.change(
            self._page,
            lambda workspace: rounds.move_on(workspace, opportunity.id, stage, reason),
            lambda following: self._page.moved_on.emit(opportunity.customer_id, following),
            once=f"move.{opportunity.id}",
        )

    def _start_next_round(self, opportunity: Opportunity, reason: str) -> None:
        self._desk.change(
            self._page,
            lambda workspace: rounds.start_next(workspace, opportunity.id, reason),
            lambda following: self._page.moved_on.emit(following.customer_id, Stage(following.stage)),
            once=f"next.{opportunity.id}",
        )
