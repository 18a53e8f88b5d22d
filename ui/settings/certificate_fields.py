"""With what signed papers are sealed: this laptop's own certificate, or one of the company."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QInputDialog, QLineEdit, QPushButton, QVBoxLayout, QWidget

from salesdesk.actions import signing
from salesdesk.store.workspace import Workspace
from ui.core import notify
from ui.core.background import Desk
from ui.widgets.labels import PlainLabel


class CertificateChoice(QWidget):
    """Says what is in use, and takes a company's certificate (.p12, .pfx) with its passphrase."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.state = PlainLabel("", "muted")
        self.state.setWordWrap(True)
        self.choose_button = QPushButton(self.tr("Choose…"))
        self.choose_button.setAutoDefault(False)
        self.choose_button.setAccessibleName(self.tr("Certificate for signing"))
        self.choose_button.clicked.connect(self._ask)
        self.own_button = QPushButton(self.tr("Use this computer's own"))
        self.own_button.setAutoDefault(False)
        self.own_button.clicked.connect(self.use_own)
        self.own_button.hide()
        self.notice = notify.Bar(self)
        row = QHBoxLayout()
        row.addWidget(self.choose_button)
        row.addWidget(self.own_button)
        row.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.state)
        column.addLayout(row)
        column.addWidget(self.notice)
        workspace = desk.workspace
        desk.query(self, lambda _session: signing.companys_certificate(workspace), self._show)

    def take(self, path: Path, passphrase: str) -> None:
        """Use this file from now on; one that cannot be used is refused with the reason."""

        def change(workspace: Workspace) -> tuple[str, date] | None:
            signing.use_certificate(workspace, path, passphrase)
            return signing.companys_certificate(workspace)

        self._desk.keep(self, change, self._show, self.notice.show_error)

    def use_own(self) -> None:
        """Go back to the certificate that this computer made for itself."""
        self._desk.keep(self, signing.use_own, self._show, self.notice.show_error)

    def _show(self, companys: tuple[str, date] | None) -> None:
        self.notice.hide()
        self.own_button.setVisible(companys is not None)
        if companys is None:
            self.state.setText(self.tr("This computer's own"))
            return
        name, until = companys
        self.state.setText(self.tr("{name}, valid until {day}").format(name=name, day=until.isoformat()))

    def _ask(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, self.tr("Certificate for signing"), "", "PKCS#12 (*.p12 *.pfx)")
        if not chosen:
            return
        passphrase, given = QInputDialog.getText(
            self, self.tr("Certificate for signing"), self.tr("Passphrase of the file"), QLineEdit.EchoMode.Password
        )
        if given:
            self.take(Path(chosen), passphrase)
