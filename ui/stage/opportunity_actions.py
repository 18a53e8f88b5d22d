"""What a person does with a customer's round on a stage's tab: move it on, close it, answer, submit."""

from __future__ import annotations

from functools import partial

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QDialog

from salesdesk.actions import approvals, proposals, rounds
from salesdesk.errors import SalesDeskError, UserError
from salesdesk.process.stages import next_stage
from salesdesk.records.base import Stage
from salesdesk.records.proposal import Objection, ObjectionAnswer
from salesdesk.records.work import Opportunity
from salesdesk.store.workspace import Workspace
from ui.core import notify
from ui.forms.delete_dialog import ask_to_delete
from ui.forms.form_panel import FormPanel
from ui.stage.answers_dialog import AnswersPage
from ui.stage.close_opportunity_dialog import CloseRoundDialog
from ui.stage.customer_presenter import checks_of
from ui.stage.move_on_dialog import MoveOnDialog
from ui.stage.stage_model import StageModel


class OpportunityActions(QObject):
    """The buttons of a stage's head, and what follows them.

    `dialog_made(QDialog)` is to be shown above the tab; `moved_on(customer_id, stage)` follows a move.
    """

    dialog_made = Signal(QDialog)
    moved_on = Signal(str, Stage)

    def __init__(self, model: StageModel) -> None:
        super().__init__(model.tab)
        self._model = model
        self._desk = model.desk
        self._moving = ""
        model.customer_read.connect(self._move_if_asked)

    def move_on_when_shown(self, customer_id: str) -> None:
        """Ask for the move of a customer as soon as it is on show."""
        self._moving = customer_id

    def _move_if_asked(self) -> None:
        if self._moving and self._moving == self._model.customer_id:
            self._moving = ""
            QTimer.singleShot(0, self.move_on)

    def move_on(self) -> None:
        """Bring the customer into the next stage, or the next round; open items ask for a reason first."""
        following = next_stage(self._model.stage)
        view, opportunity = self._model.view, self._model.opportunity
        if view is None or opportunity is None:
            self.move_on_when_shown(self._model.customer_id)  # just chosen, and still being read
            return
        self._model.leave()
        waiting = [check for check in checks_of(view) if not check.done]
        act = partial(self._start_next_round if following is None else self._move, opportunity)
        if not waiting:
            act("")
            return
        dialog = MoveOnDialog(waiting, following.label(self._desk.language) if following else "", self._model.tab)
        dialog.accepted.connect(lambda: act(dialog.reason()))
        self.dialog_made.emit(dialog)

    def close_round(self) -> None:
        """End the customer's round as won or lost."""
        opportunity = self._model.opportunity
        if opportunity is None:
            return
        self._model.leave()
        dialog = CloseRoundDialog(self._model.customer_name, self._desk.language, self._model.tab)

        def close() -> None:
            outcome, reason = dialog.outcome(), dialog.reason()
            self._desk.change(
                self._model.tab,
                lambda workspace: rounds.close(workspace, opportunity.id, outcome, reason),
                once=f"close.{opportunity.id}",
            )

        dialog.accepted.connect(close)
        self.dialog_made.emit(dialog)

    def start_next_round(self) -> None:
        """Begin the next round after one that has ended."""
        opportunity = self._model.opportunity
        if opportunity is not None:
            self._start_next_round(opportunity, "")

    def delete(self) -> None:
        """Put the form on show into the bin, with what hangs on it."""
        panel = self._model.panel
        if panel is None or panel.sheet.is_new:
            return

        def gone() -> None:
            if shiboken6.isValid(panel):
                panel.give_up()

        ask_to_delete(self._desk, self._model.tab, panel.sheet.entity, [panel.sheet.record.id], gone)

    def find_answer(self) -> None:
        """Find an answer to the objection on show, or to a new one."""
        sheet = self._model.panel.sheet if self._model.panel is not None else None
        objection = sheet.record if sheet is not None and not sheet.is_new else None
        if not isinstance(objection, Objection):
            objection = None
        dialog = AnswersPage(self._desk, self._model.customer_id, objection.kind if objection else "", self._model.tab)
        dialog.taken.connect(lambda answer: self._take_answer(objection.id if objection else "", answer))
        self.dialog_made.emit(dialog)

    def _take_answer(self, objection_id: str, answer: ObjectionAnswer) -> None:
        self._model.leave()
        customer_id, today = self._model.customer_id, self._desk.today()

        def give(workspace: Workspace) -> str:
            return proposals.give_answer(workspace, customer_id, objection_id, answer, today)

        self._desk.change(self._model.tab, give, lambda kept: self._model.show_if_still(customer_id, "objection", kept))

    def submit(self) -> None:
        """Ask for approval of what stands; what is typed is saved first."""
        panel = self._model.panel
        if panel is None:
            return
        entity, record_id, today = self._model.entity, panel.sheet.record.id, self._desk.today()

        def submit() -> None:
            self._desk.change(
                self._model.tab,
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
        if field and self._model.panel is panel:
            panel.editor(field).show_problem(notify.sentence(error))
            panel.area.ensureWidgetVisible(panel.editor(field))
        notify.show(self._model.tab, error)

    def _move(self, opportunity: Opportunity, reason: str) -> None:
        stage = self._model.stage
        self._desk.change(
            self._model.tab,
            lambda workspace: rounds.move_on(workspace, opportunity.id, stage, reason),
            lambda following: self.moved_on.emit(opportunity.customer_id, following),
            once=f"move.{opportunity.id}",
        )

    def _start_next_round(self, opportunity: Opportunity, reason: str) -> None:
        self._desk.change(
            self._model.tab,
            lambda workspace: rounds.start_next(workspace, opportunity.id, reason),
            lambda following: self.moved_on.emit(following.customer_id, Stage(following.stage)),
            once=f"next.{opportunity.id}",
        )
