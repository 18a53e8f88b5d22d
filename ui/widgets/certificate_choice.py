"""With what signed papers are sealed: this laptop's own certificate, or one of the company."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QInputDialog, QLineEdit, QPushButton, QVBoxLayout, QWidget

from salesdesk.actions import signing
from ui import notify
from ui.tasks import Desk
from ui.widgets.labels import PlainLabel


class CertificateChoice(QWidget):
    """Says what is in use, and takes a company's certificate (.p12, .pfx) with its passphrase."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.state = PlainLabel("", "muted")
        self.choose_button = QPushButton(self.tr("Choose…"))
        self.choose_button.setAutoDefault(False)
        self.choose_button.setAccessibleName(self.tr("Certificate for signing"))
        self.choose_button.clicked.connect(self._ask)
        self.notice = notify.Bar(self)
        row = QHBoxLayout()
        row.addWidget(self.state)
        row.addWidget(self.choose_button)
        row.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        column.addWidget(self.notice)
        workspace = desk.workspace
        desk.query(self, lambda _session: signing.has_certificate(workspace), self._show)

    def take(self, path: Path, passphrase: str) -> None:
        """Use this file from now on; one that cannot be used is refused with the reason."""
        workspace = self._desk.workspace

        def use(_session: object) -> bool:
            signing.use_certificate(workspace, path, passphrase)
            return True

        self._desk.query(self, use, self._show, self.notice.show_error)

    def _show(self, companys: bool) -> None:  # noqa: FBT001  # what a query found
        self.state.setText(self.tr("The company's") if companys else self.tr("This computer's own"))

    def _ask(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, self.tr("Certificate for signing"), "", "PKCS#12 (*.p12 *.pfx)")
        if not chosen:
            return
        passphrase, given = QInputDialog.getText(
            self, self.tr("Certificate for signing"), self.tr("Passphrase of the file"), QLineEdit.EchoMode.Password
        )
        if given:
            self.take(Path(chosen), passphrase)
