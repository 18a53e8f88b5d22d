"""Deleting: what goes, what goes with it, and the way back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from salesdesk.actions import deletion, history
from salesdesk.actions.deletion import Deletion
from salesdesk.records.registry import form_named
from salesdesk.store.workspace import Workspace
from ui.core import notify
from ui.core.background import Desk
from ui.widgets.confirm_row import ConfirmRow
from ui.widgets.labels import PlainLabel

translate = QCoreApplication.translate
_NAMED = 5


class DeleteDialog(QDialog):
    """Names what would go into the recycle bin; accepted when it may."""

    def __init__(self, desk: Desk, entity: str, found: Deletion, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        label = form_named(entity).__form__.label(desk.language)
        self.setWindowTitle(self.tr("Delete"))
        self.setMinimumWidth(420)
        count = len(found.names)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 18)
        layout.setSpacing(10)
        lines = [PlainLabel(self.tr("{form}: delete {count}?").format(form=label, count=count), "heading")]
        named = [name for name in found.names if name][:_NAMED]
        if named:
            lines.append(PlainLabel(desk.language.pick("、", ", ").join(named) + ("…" if count > len(named) else "")))
        if found.hanging:
            forms = [f"{form_named(name).__form__.label(desk.language)} {n}" for name, n in found.hanging.items()]
            lines.append(PlainLabel(self.tr("These hang on it and go with it:")))
            lines.append(PlainLabel(desk.language.pick("、", ", ").join(forms)))
        lines.append(PlainLabel(self.tr("They go into the recycle bin, and come back from there."), "muted"))
        for line in lines:
            line.setWordWrap(True)
            layout.addWidget(line)
        buttons = ConfirmRow(self, self.tr("Delete"), self.tr("Keep"))
        self.confirm_button, self.cancel_button = buttons.confirm_button, buttons.cancel_button
        self.confirm_button.clicked.connect(self.accept)
        self.cancel_button.setFocus()
        layout.addWidget(buttons)


def ask_to_delete(
    desk: Desk,
    parent: QWidget,
    entity: str,
    record_ids: Sequence[str],
    then: Callable[[], object] = lambda: None,
) -> None:
    """Ask, delete, call `then`, and say so in the nearest bar around `parent`, with a button that takes it back."""
    ids = list(record_ids)

    def ask(found: Deletion) -> None:
        dialog = DeleteDialog(desk, entity, found, parent)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(carry_out)
        dialog.open()

    def carry_out() -> None:
        def work(workspace: Workspace) -> tuple[int, tuple[str, int] | None]:
            count = deletion.delete(workspace, entity, ids)
            return count, history.last_action(workspace) if count else None

        desk.change(parent, work, done, action=f"delete.{entity}", once="delete")

    def done(result: tuple[int, tuple[str, int] | None]) -> None:
        then()
        count, action = result
        bar = notify.bar_of(parent)
        if bar is None or action is None:
            return
        said = translate("DeleteDialog", "Deleted: {count}. The recycle bin keeps it.").format(count=count)
        bar.show_text(said, translate("DeleteDialog", "Take back"), partial(take_back, *action))

    def take_back(territory: str, batch_first: int) -> None:
        desk.change(parent, lambda workspace: history.undo(workspace, territory, batch_first), action="undo")

    desk.query(parent, partial(deletion.preview, entity=entity, record_ids=ids), ask)
