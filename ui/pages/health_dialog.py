"""Health of the program on this computer: one line for each thing looked at, and a bundle to send to support."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QDialog, QFileDialog, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from salesdesk.actions import health
from salesdesk.actions.health import Check, Standing
from salesdesk.errors import SalesDeskError
from salesdesk.store.vault import Stopped
from salesdesk.store.workspace import Workspace
from ui.core import notify
from ui.core.background import Desk, Handle
from ui.messages import lookup
from ui.widgets.labels import PlainLabel, set_look

_SIGNS = {Standing.GOOD: ("✓", "ok"), Standing.LOOK: ("!", "warn"), Standing.BAD: ("✗", "danger")}


class HealthPage(QDialog):
    """Looks at everything when it opens; nothing is written, and who works beside it does not wait."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.setWindowTitle(self.tr("Health"))
        self.setMinimumWidth(620)
        self.notice = notify.Bar(self)
        self.about = PlainLabel(self.tr("Looking at the program, the disk and every page of your data…"), "muted")
        self.about.setWordWrap(True)
        self.lines = QGridLayout()
        self.lines.setHorizontalSpacing(12)
        self.lines.setVerticalSpacing(10)
        self.lines.setColumnStretch(2, 1)
        self.again_button = QPushButton(self.tr("Look again"))
        self.bundle_button = QPushButton(self.tr("Save for support…"))
        self.bundle_button.setToolTip(
            self.tr("Checks, versions and counts in one file. No name, no text and no file of a customer is in it.")
        )
        buttons = QHBoxLayout()
        buttons.addWidget(self.again_button)
        buttons.addStretch()
        buttons.addWidget(self.bundle_button)
        for button, slot in ((self.again_button, self.reload), (self.bundle_button, self._ask_where)):
            button.setAutoDefault(False)
            button.clicked.connect(slot)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(self.notice)
        layout.addWidget(self.about)
        layout.addLayout(self.lines)
        layout.addStretch()
        layout.addLayout(buttons)
        self._handle: Handle | None = None
        self.reload()

    def reload(self) -> None:
        """Look at everything anew."""
        self.again_button.setEnabled(False)

        def look(workspace: Workspace, stopped: Stopped) -> list[Check]:
            return list(health.checked(workspace, stopped))

        self._handle = self.desk.beside(self, look, self.show_checks, self._failed)

    def done(self, result: int) -> None:
        """Closing stops a look that is not over."""
        if self._handle is not None:
            self._handle.cancel()
        super().done(result)

    def show_checks(self, found: list[Check]) -> None:
        """One line each, what is bad first."""
        while (item := self.lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        order = (Standing.BAD, Standing.LOOK, Standing.GOOD)
        for row, check in enumerate(sorted(found, key=lambda one: order.index(one.standing))):
            sign, tone = _SIGNS[check.standing]
            mark, name, said = PlainLabel(sign), PlainLabel(lookup.sentence(f"health.name.{check.name}")), PlainLabel()
            set_look(mark, tone)
            mark.setAccessibleName(self._standing(check.standing))
            said.setText(lookup.sentence(check.message, **{key: _shown(value) for key, value in check.params.items()}))
            said.setWordWrap(True)
            self.lines.addWidget(mark, row, 0, Qt.AlignmentFlag.AlignTop)
            self.lines.addWidget(name, row, 1, Qt.AlignmentFlag.AlignTop)
            self.lines.addWidget(said, row, 2)
        open_points = sum(check.standing is not Standing.GOOD for check in found)
        self.about.setText(
            self.tr("To look at: {count}.").format(count=open_points)
            if open_points
            else self.tr("Everything is in order.")
        )
        self.again_button.setEnabled(True)
        QTimer.singleShot(0, self, self._grow)

    def _grow(self) -> None:
        """A dialog that is open does not grow with the lines of its labels by itself."""
        layout = self.layout()
        if layout is not None:
            layout.activate()
            self.resize(self.width(), max(self.height(), layout.totalHeightForWidth(self.width())))

    def _standing(self, standing: Standing) -> str:
        return {
            Standing.GOOD: self.tr("In order"),
            Standing.LOOK: self.tr("To look at"),
            Standing.BAD: self.tr("Not in order"),
        }[standing]

    def _ask_where(self) -> None:
        name = f"SalesDesk-{self.desk.now().astimezone(self.desk.zone):%Y%m%d-%H%M}.zip"
        path, _ = QFileDialog.getSaveFileName(self, self.tr("Save for support"), str(Path.home() / name), "ZIP (*.zip)")
        if path:
            self.save_bundle(Path(path))

    def save_bundle(self, path: Path) -> None:
        """Write the bundle for support."""
        self.bundle_button.setEnabled(False)

        def write(workspace: Workspace, stopped: Stopped) -> None:
            health.write_bundle(workspace, path, stopped)

        self.desk.beside(self, write, lambda _: self._saved(path), self._failed)

    def _saved(self, path: Path) -> None:
        self.bundle_button.setEnabled(True)
        self.notice.show_text(self.tr("Saved as {name}.").format(name=path.name))

    def _failed(self, error: SalesDeskError) -> None:
        self.again_button.setEnabled(True)
        self.bundle_button.setEnabled(True)
        self.notice.show_error(error)


def _shown(value: object) -> object:
    return f"{value.astimezone():%Y-%m-%d %H:%M}" if isinstance(value, datetime) else value
