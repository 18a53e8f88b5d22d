"""Deciding a step of an approval: the dialogs and what follows, for the stage tab and the approvals page."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QInputDialog, QWidget

from salesdesk.actions import approvals
from salesdesk.process.approval import Step
from salesdesk.records.contract import ApprovalStep
from salesdesk.records.work import ROLES, Person
from salesdesk.store import team
from salesdesk.store.workspace import Workspace
from ui.approvals.decision_dialog import DecisionDialog
from ui.core.background import Desk


def entity_of(step: Step) -> str:
    """The form whose approval the step belongs to."""
    return "contract" if isinstance(step, ApprovalStep) else "negotiation_result"


class ApprovalDesk(QObject):
    """Asks for the opinion, or for a colleague, above `page`, and carries it out."""

    def __init__(self, desk: Desk, page: QWidget) -> None:
        super().__init__(page)
        self._desk, self._page = desk, page
        self.dialog: QDialog | None = None

    def ask(self, step: Step, decision: str, about: str) -> None:
        """Ask for the opinion that goes with a decision."""
        dialog = DecisionDialog(decision, about, self._desk.today(), self._desk.language, self._page)
        dialog.accepted.connect(lambda: self._decide(step, decision, dialog))
        self.dialog = dialog
        dialog.open()

    def ask_to_hand_on(self, step: Step) -> None:
        """Ask which colleague is to decide in one's place."""
        me = self._desk.workspace.identity.person_id
        colleagues = partial(team.colleagues, but=me, role=step.step)
        self._desk.query(self._page, colleagues, lambda found: self._choose(step, found))

    def _choose(self, step: Step, colleagues: list[Person]) -> None:
        roles = {option.value: option.label(self._desk.language) for option in ROLES}
        told = [" · ".join(filter(None, [p.name, roles.get(p.role, ""), p.phone])) for p in colleagues]
        # two of one name, role and number are still two
        seen = [told[:place].count(name) for place, name in enumerate(told)]
        names = [f"{name} ({before + 1})" if before else name for name, before in zip(told, seen, strict=True)]
        dialog = QInputDialog(self._page)
        dialog.setWindowTitle(self.tr("Hand on"))
        dialog.setLabelText(
            self.tr("Who is to decide in your place?")
            if names
            else self.tr("No colleague is known yet. They come with the next sync.")
        )
        dialog.setComboBoxItems(names)
        dialog.accepted.connect(
            lambda: self._hand_on(step, dialog.textValue(), dict(zip(names, colleagues, strict=True)))
        )
        self.dialog = dialog
        dialog.open()

    def _hand_on(self, step: Step, name: str, colleagues: dict[str, Person]) -> None:
        person = colleagues.get(name)
        if person is not None:
            self._desk.change(
                self._page, lambda workspace: approvals.hand_on(workspace, entity_of(step), step.id, person)
            )

    def _decide(self, step: Step, decision: str, dialog: DecisionDialog) -> None:
        opinion, day = dialog.opinion(), dialog.day()

        def decide(workspace: Workspace) -> None:
            approvals.decide(workspace, entity_of(step), step.id, decision, opinion, day)

        self._desk.change(self._page, decide, once=f"decide.{step.id}")
