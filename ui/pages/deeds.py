"""What a person does with a customer's round on a stage's tab: move it on, close it, answer, submit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from salesdesk.actions import approvals, proposals, rounds
from salesdesk.errors import SalesDeskError, UserError
from salesdesk.process.stages import next_stage
from salesdesk.records.base import Stage
from salesdesk.records.proposal import Objection, ObjectionAnswer
from salesdesk.store.workspace import Workspace
from ui import notify
from ui.form import FormPanel
from ui.pages.answers import AnswersPage
from ui.pages.customer import checks_of
from ui.tasks import Desk
from ui.widgets.close_round_dialog import CloseRoundDialog
from ui.widgets.move_on_dialog import MoveOnDialog

if TYPE_CHECKING:
    from ui.pages.stage import StagePage


class Deeds(QObject):
    """The buttons of a stage's head, and what follows them."""

    def __init__(self, desk: Desk, page: StagePage) -> None:
        super().__init__(page)
        self._desk, self._page = desk, page

    def move_on(self) -> None:
        """Bring the customer into the next stage; open items ask for a reason first."""
        following = next_stage(self._page.stage)
        if self._page.view is None:
            return
        self._page.work.leave()
        if following is None:
            self.start_next_round()
            return
        waiting = [check for check in checks_of(self._page.view) if not check.done]
        if not waiting:
            self._move("")
            return
        dialog = MoveOnDialog(waiting, following.label(self._desk.language), self._page)
        dialog.accepted.connect(lambda: self._move(dialog.reason()))
        self._page.open_above(dialog)

    def close_round(self) -> None:
        """End the customer's round as won or lost."""
        if self._page.view is None:
            return
        self._page.work.leave()
        customer_id = self._page.customer_id
        dialog = CloseRoundDialog(self._page.view.card.customer.name, self._desk.language, self._page)

        def close() -> None:
            outcome, reason = dialog.outcome(), dialog.reason()
            self._desk.change(
                self._page,
                lambda workspace: rounds.close(workspace, customer_id, outcome, reason),
                once=f"close.{customer_id}",
            )

        dialog.accepted.connect(close)
        self._page.open_above(dialog)

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

    def start_next_round(self) -> None:
        """End the round as won, unless it has ended, and begin the next one."""
        customer_id = self._page.customer_id
        self._desk.change(
            self._page,
            lambda workspace: rounds.start_next(workspace, customer_id),
            lambda following: self._page.moved_on.emit(customer_id, Stage(following.stage)),
            once=f"next.{customer_id}",
        )

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

    def _move(self, reason: str) -> None:
        customer_id = self._page.customer_id
        self._desk.change(
            self._page,
            lambda workspace: rounds.move_on(workspace, customer_id, reason),
            lambda stage: self._page.moved_on.emit(customer_id, stage),
            once=f"move.{customer_id}",
        )
