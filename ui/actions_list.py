"""What can be done from anywhere, by name: Ctrl+K finds it like a customer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFileDialog

from salesdesk.records.base import Stage

if TYPE_CHECKING:
    from ui.main_window import MainWindow

translate = QCoreApplication.translate
Action = tuple[str, Callable[[], object]]


def actions_of(window: MainWindow) -> list[Action]:
    """Name and deed."""
    language = window.desk.language
    stages: list[Action] = [
        (stage.label(language), lambda s=stage: window.show_stage(s))  # type: ignore[misc]  # s is the stage of its line
        for stage in Stage
    ]
    return [
        (translate("Actions", "Today"), window.show_today),
        *stages,
        (translate("Actions", "New customer"), window.create_customer),
        (translate("Actions", "Board"), lambda: window.show_page("board")),
        (translate("Actions", "Approvals"), lambda: window.show_page("approvals")),
        (translate("Actions", "Team"), lambda: window.show_page("team")),
        (translate("Actions", "Figures"), lambda: window.show_page("dashboard")),
        (translate("Actions", "Sync"), window.open_sync),
        (translate("Actions", "History and recycle bin"), window.open_history),
        (translate("Actions", "Customer view"), window.open_customer_view),
        (translate("Actions", "Check a signed paper"), lambda: _check(window)),
        (translate("Actions", "Backups"), window.open_backups),
        (translate("Actions", "Settings"), window.open_settings),
    ]


def _check(window: MainWindow) -> None:
    """Ask for a file, and show what its signatures say."""
    from ui.pages.preview import CheckPage  # noqa: PLC0415  # brings the PDF reader; only when it is wanted

    chosen, _ = QFileDialog.getOpenFileName(window, translate("Actions", "Check a signed paper"), "", "PDF (*.pdf)")
    if chosen:
        page = CheckPage(window.desk, Path(chosen), window)
        page.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        page.open()
