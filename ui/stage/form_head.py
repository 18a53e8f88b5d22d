"""What stands above a form of a stage: the buttons of a letter, the approval of a paper, and what it is worth."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from salesdesk.actions.stage_tab import OpenedForm
from salesdesk.records.discovery import ConfirmationLetter
from ui.approvals.approval_bar import ApprovalBar
from ui.stage.letter_actions import LetterActions
from ui.stage.stage_model import StageModel
from ui.stage.summary_line import insight
from ui.widgets.labels import PlainLabel


class FormHead(QVBoxLayout):
    """Follows the model: also while a form goes on being edited, what stands here is as the workspace has it."""

    def __init__(self, model: StageModel) -> None:
        super().__init__()
        self._desk = model.desk
        self.letter_actions = LetterActions(self._desk.language)
        self.approval = ApprovalBar(self._desk.language)
        self.insight = PlainLabel("", "accent")
        self.insight.setWordWrap(True)
        self.insight.hide()
        for line in (self.letter_actions, self.approval, self.insight):
            self.addWidget(line)
        model.form_opened.connect(self._show)
        model.form_renewed.connect(self._show)
        model.form_refreshed.connect(self._show)

    def _show(self, opened: OpenedForm) -> None:
        record = opened.sheet.record if opened.sheet else None
        self.letter_actions.show_letter(record if isinstance(record, ConfirmationLetter) else None)
        self.approval.setVisible(opened.procedure is not None)
        if record is not None and opened.procedure is not None:
            self.approval.show_procedure(record, opened.procedure, self._desk.workspace.identity)
        said = insight(opened.sheet, self._desk.language) if opened.sheet else ""
        self.insight.setText(said)
        self.insight.setVisible(bool(said))
