"""Settings: language, theme, the sender on letters, locking, and where the data lie."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from salesdesk.settings import Settings
from ui.core.background import Desk
from ui.settings.branding_fields import HouseChoice
from ui.settings.certificate_fields import CertificateChoice

_LOCK_MINUTES = (5, 15, 30, 60)


class SettingsPage(QDialog):
    """Edits the plain settings; `saved` brings the new ones, and the program applies them at once."""

    saved = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.setWindowTitle(self.tr("Settings"))
        self.setMinimumWidth(640)
        settings = desk.settings
        self.language = self._choice(
            [("", self.tr("As the system")), ("zh", "简体中文"), ("en", "English")], settings.language
        )
        self.theme = self._choice(
            [("", self.tr("As the system")), ("light", self.tr("Light")), ("dark", self.tr("Dark"))], settings.theme
        )
        self.lock = self._choice(
            [(minutes, self.tr("after {minutes} minutes").format(minutes=minutes)) for minutes in _LOCK_MINUTES],
            settings.lock_after_minutes,
        )
        self.company = QLineEdit(settings.company)
        self.phone = QLineEdit(settings.phone)
        self.email = QLineEdit(settings.email)
        self.address = QLineEdit(settings.address)
        self.house = HouseChoice(desk, self)
        self.certificate = CertificateChoice(desk)
        place = QLabel(str(desk.workspace.folder))
        place.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        place.setTextFormat(Qt.TextFormat.PlainText)
        place.setWordWrap(True)
        form = QFormLayout()
        form.setSpacing(12)
        for label, widget in (
            (self.tr("Language"), self.language),
            (self.tr("Appearance"), self.theme),
            (self.tr("Our company (sender on papers)"), self.company),
            (self.tr("Our phone"), self.phone),
            (self.tr("Our e-mail"), self.email),
            (self.tr("Our address"), self.address),
            (self.tr("Lock when nothing is touched"), self.lock),
            (self.tr("Encrypted data on this computer"), place),
        ):
            widget.setAccessibleName(label)
            form.addRow(label, widget)
        self.house.add_to(form)
        form.addRow(self.tr("Certificate for signing"), self.certificate)
        save = QPushButton(self.tr("Save"))
        save.setProperty("look", "primary")
        save.setAutoDefault(False)
        save.clicked.connect(self.save)
        cancel = QPushButton(self.tr("Cancel"))
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        self.save_button = save
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(cancel)
        buttons.addWidget(save)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(18)
        layout.addLayout(form)
        layout.addLayout(buttons)

    def save(self) -> None:
        """Hand over what was chosen and close."""
        chosen: Settings = replace(
            self.desk.settings,
            language=self.language.currentData(),
            theme=self.theme.currentData(),
            company=self.company.text().strip(),
            phone=self.phone.text().strip(),
            email=self.email.text().strip(),
            address=self.address.text().strip(),
            logo=self.house.logo,
            colour=self.house.colour,
            footer=self.house.footer.text().strip(),
            master=self.house.master,
            lock_after_minutes=self.lock.currentData(),
        )
        self.saved.emit(chosen)
        self.accept()

    def _choice(self, options: list[tuple[object, str]], current: object) -> QComboBox:
        box = QComboBox()
        for value, label in options:
            box.addItem(label, value)
        box.setCurrentIndex(max(0, box.findData(current)))
        return box
