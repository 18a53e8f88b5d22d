"""What a company's papers look like: its logo, its colour, and the line at the foot."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QSize
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import QColorDialog, QFileDialog, QFormLayout, QHBoxLayout, QLineEdit, QPushButton, QWidget

from salesdesk.actions import branding
from salesdesk.settings import Settings
from ui.core import notify
from ui.core.background import Desk
from ui.core.picture import small_picture
from ui.widgets.labels import PlainLabel

_SHOWN = QSize(120, 40)


class HouseChoice(QObject):
    """Edits `logo`, `colour`, `footer` and `master` of the settings; its editors are rows of a form around it."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._page = parent
        self._desk = desk
        self.logo, self.colour = desk.settings.logo, desk.settings.colour
        self.picture = PlainLabel("", "muted")
        self.logo_button = self._button(self.tr("Choose…"), self._ask_for_logo)
        self.no_logo_button = self._button(self.tr("None"), lambda: self.show_logo(""))
        self.colour_button = self._button("", self._ask_for_colour)
        self.no_colour_button = self._button(self.tr("As the program"), lambda: self.show_colour(""))
        self.footer = QLineEdit(desk.settings.footer)
        self.footer.setPlaceholderText(self.tr("Empty: the company's name"))
        self.footer.setMaxLength(120)
        self.master = desk.settings.master
        self.master_label = PlainLabel("", "muted")
        self.master_button = self._button(self.tr("Choose…"), self._ask_for_master)
        self.no_master_button = self._button(self.tr("None"), lambda: self.show_master(""))
        self.notice = notify.Bar(parent)
        for widget, name in (
            (self.logo_button, self.tr("Logo on papers")),
            (self.colour_button, self.tr("Colour of papers")),
            (self.footer, self.tr("Foot of papers")),
            (self.master_button, self.tr("Template of slides")),
        ):
            widget.setAccessibleName(name)
        self.show_logo(self.logo)
        self.show_colour(self.colour)
        self.show_master(self.master)

    def add_to(self, form: QFormLayout) -> None:
        """Put a row for each of them into a form, and one for what is wrong."""
        form.addRow(self.tr("Logo on papers"), self._row(self.picture, self.logo_button, self.no_logo_button))
        form.addRow(self.tr("Colour of papers"), self._row(self.colour_button, self.no_colour_button))
        form.addRow(self.tr("Foot of papers"), self.footer)
        form.addRow(
            self.tr("Template of slides"), self._row(self.master_label, self.master_button, self.no_master_button)
        )
        form.addRow(self.notice)

    def take_logo(self, path: Path) -> None:
        """Read a picture on the worker; one that cannot be a logo is refused with the reason."""
        self._desk.query(self._page, lambda _session: branding.logo_from(path), self.show_logo, self.notice.show_error)

    def show_logo(self, logo: str) -> None:
        """This logo from now on; empty for none."""
        self.logo = logo
        self.notice.hide()
        picture = small_picture(branding.logo_bytes(Settings(logo=logo)), _SHOWN)
        if picture is None:
            self.picture.setText(self.tr("no logo"))
        else:
            self.picture.setPixmap(QPixmap.fromImage(picture))
        self.no_logo_button.setEnabled(picture is not None)

    def show_colour(self, colour: str) -> None:
        """This colour from now on; empty for the program's own."""
        self.colour = colour
        sample = QPixmap(28, 16)
        sample.fill(QColor(colour) if colour else QColor(23, 77, 143))
        self.colour_button.setIcon(QIcon(sample))
        self.colour_button.setText(colour or self.tr("Choose…"))
        self.no_colour_button.setEnabled(bool(colour))

    def show_master(self, path: str) -> None:
        """This file's layouts for slides from now on; empty for the program's own."""
        self.master = path
        self.master_label.setText(Path(path).name if path else self.tr("As the program"))
        self.no_master_button.setEnabled(bool(path))

    def _ask_for_master(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self._page, self.tr("Template of slides"), "", "PowerPoint (*.pptx *.potx)"
        )
        if chosen:
            self.show_master(chosen)

    def _ask_for_logo(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self._page, self.tr("Logo on papers"), "", "PNG, JPEG (*.png *.jpg *.jpeg *.gif *.bmp *.tif *.tiff *.webp)"
        )
        if chosen:
            self.take_logo(Path(chosen))

    def _ask_for_colour(self) -> None:
        chosen = QColorDialog.getColor(QColor(self.colour or "#174d8f"), self._page, self.tr("Colour of papers"))
        if chosen.isValid():
            self.show_colour(chosen.name())

    def _row(self, *widgets: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        for widget in widgets:
            row.addWidget(widget)
        row.addStretch()
        return row

    def _button(self, text: str, slot: object) -> QPushButton:
        button = QPushButton(text)
        button.setAutoDefault(False)
        button.clicked.connect(lambda _checked=False: slot())  # type: ignore[operator]  # a slot is called
        return button
