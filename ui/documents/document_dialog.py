"""A paper on the screen: the very file, page by page, to print, save, mail, sign and keep."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import shiboken6
from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QImage, QKeySequence, QPageSize, QShortcut
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from salesdesk.actions import mails, papers, signing
from salesdesk.actions.paper_declarations import Offer
from salesdesk.actions.papers import Made
from salesdesk.documents.ink import Point
from salesdesk.documents.pen import Place
from salesdesk.documents.raster import page_sizes
from salesdesk.documents.seals import Seal
from salesdesk.errors import SalesDeskError, UserError
from salesdesk.exchange.file_names import proposed
from salesdesk.exchange.whole_file import write_whole
from salesdesk.process.findings import Finding
from salesdesk.records.language import Language
from salesdesk.store.workspace import Workspace
from ui.core import notify
from ui.core.background import Desk
from ui.documents.page_view import PageView
from ui.documents.printing import Printing, images, sides
from ui.documents.sign_dialog import SignPage
from ui.documents.signature_list import SealList
from ui.widgets.labels import ElidedLabel, PlainLabel, one_way

_SCREEN_DPI = 110
_ZOOMS = (60, 80, _SCREEN_DPI, 145, 190, 250)  # dots per inch
_FIRST = 3  # pages that are drawn before the paper is shown


@dataclass(frozen=True)
class Shown:
    """A paper to look at: the file, its pages' sizes in pixels, pictures of the first ones, and what is signed."""

    made: Made
    sizes: list[QSize]
    pages: list[QImage]
    places: list[Place]
    seals: list[Seal]
    findings: Sequence[Finding]


def _look(made: Made, state: signing.State, dpi: int) -> Shown:
    """Draw the first pages of a paper; all others are drawn when they are looked at."""
    sizes = [QSize(*size) for size in page_sizes(made.pdf, dpi)]
    first = images(made.pdf, dpi, range(min(_FIRST, len(sizes))))
    return Shown(made, sizes, first, state.places, state.seals, state.findings)


class PaperPage(QDialog):
    """Shows a paper that `make` gives, page by page, to print, save, mail, and keep with its record."""

    is_kept = False  # a file of before, which the settings of today cannot change

    def __init__(
        self, desk: Desk, make: Callable[[Workspace], Made], offer: Offer | None = None, parent: QWidget | None = None
    ) -> None:
        """`make` runs on the worker; `offer` is what the paper is about: where it can be signed and kept."""
        super().__init__(parent)
        self.desk = desk
        self.offer = offer
        self.file_name = ""
        self.pdf = b""
        self.setWindowTitle(self.tr("Preview"))
        screen = self.screen().availableGeometry()
        self.resize(min(980, screen.width() - 80), min(820, screen.height() - 80))
        self.title = ElidedLabel("", "heading")
        self.number = PlainLabel("", "muted")
        self.mail_button = self._button(self.tr("Mail draft…"), "plain", self._ask_where_the_mail)
        self.save_button = self._button(self.tr("Save as PDF…"), "plain", self._ask_where)
        self.print_button = self._button(self.tr("Print…"), "plain", self._print)
        self.sign_button = self._button(self.tr("Sign…"), "plain", self.ask_for_signature)
        self.sign_button.setVisible(False)
        self.keep_button = self._button(self.tr("Keep with the record"), "primary", self.keep)
        self.keep_button.setVisible(False)
        self.bar = QHBoxLayout()
        self.bar.addWidget(self.title, stretch=1)
        self.bar.addWidget(self.number)
        for button in self._buttons():
            self.bar.addWidget(button)
        self.notice = notify.Bar(self)
        self.seals = SealList(desk, self)
        self.pages = PageView(self._draw, self)
        self.pages.looked_at.connect(lambda page: self.number.setText(f"{page} / {self.pages.count()}"))
        self.pages.zoomed.connect(self.zoom)
        self._dpi = _SCREEN_DPI
        self._places: list[Place] = []
        self._making = False
        self._customer_looks = False
        layout = QVBoxLayout(self)
        layout.addLayout(self.bar)
        layout.addWidget(self.notice)
        layout.addWidget(self.seals)
        if offer is not None and not self.is_kept and not desk.settings.company:
            layout.addWidget(self._no_company())
        layout.addWidget(self.pages, 1)
        if offer is not None:
            self.keep_button.show()
            self.sign_button.setVisible(bool(offer.paper.signed_by))
        for keys, slot in (
            (Qt.Key.Key_Escape, self.reject),
            (QKeySequence.StandardKey.Print, self.print_button.click),
            (QKeySequence.StandardKey.Save, self.save_button.click),
            (QKeySequence.StandardKey.ZoomIn, lambda: self.zoom(1)),
            ("Ctrl+=", lambda: self.zoom(1)),
            (QKeySequence.StandardKey.ZoomOut, lambda: self.zoom(-1)),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(slot)
        self.fetch(make)

    def fetch(self, make: Callable[[Workspace], Made]) -> None:
        """Make the paper on the worker, and show it; nothing can be done with the one before meanwhile."""
        workspace, offer, dpi = self.desk.workspace, self.offer, self._dpi
        self._making = True
        for button in self._buttons():
            button.setEnabled(False)

        def failed(error: SalesDeskError) -> None:
            self._making = False
            self.notice.show_error(error)

        self.desk.query(
            self,
            lambda session: _look(made := make(workspace), signing.state(session, workspace, offer, made), dpi),
            self.show_paper,
            failed,
        )

    def pages_shown(self) -> int:
        """How many pages the paper on the screen has."""
        return self.pages.count()

    def zoom(self, step: int) -> None:
        """Larger (1) or smaller (-1) pages; what was in sight stays."""
        at = _ZOOMS.index(self._dpi) + step
        if not self.pdf or self._making or not 0 <= at < len(_ZOOMS):
            return
        self._dpi = dpi = _ZOOMS[at]
        pdf, scroll = self.pdf, self.pages.verticalScrollBar()

        def show(sizes: list[QSize]) -> None:
            if pdf is self.pdf and dpi == self._dpi and not self._making:
                place = scroll.value() / max(1, scroll.maximum())
                self.pages.show_pages(sizes, [])
                scroll.setValue(round(place * scroll.maximum()))

        self.desk.query(self, lambda _session: [QSize(*size) for size in page_sizes(pdf, dpi)], show)

    def ask_for_signature(self) -> None:
        """Open the field to sign in, for one of the sides that have not signed, if this paper may be signed now."""
        offer, made, free = self.offer, Made(self.file_name, self.pdf), self._places
        if offer is None:
            return

        def refused(error: SalesDeskError) -> None:
            self.sign_button.setEnabled(True)
            self.notice.show_error(error)

        self.sign_button.setEnabled(False)
        self.desk.query(
            self,
            lambda session: signing.look_at_approval(session, offer, made),
            lambda _: self._hand_over_the_pen(offer, made, free),
            refused,
        )

    def _hand_over_the_pen(self, offer: Offer, made: Made, free: list[Place]) -> None:
        self.sign_button.setEnabled(True)
        self._customer_looks = True  # remarks are for us
        self.notice.hide()
        self.setWindowState(self.windowState() | Qt.WindowState.WindowMaximized)
        names = ["", self.desk.workspace.identity.name]
        page = SignPage(one_way(made.name), free, names, lambda place: signing.agrees_by_signing(offer, place), self)
        page.signed.connect(lambda place, name, strokes: self._sign(page, made, place, name, strokes))
        page.open()

    def _sign(self, page: SignPage, made: Made, place: Place, name: str, strokes: list[list[Point]]) -> None:
        """Put a signature on the very file that was on the screen, and keep the signed one with the record."""
        offer = self.offer
        at = self.desk.now().astimezone(self.desk.zone)  # as the customer's watch says
        company = self.desk.settings.company
        if offer is None:
            return

        def signed(made: Made) -> None:
            page.accept()
            self._signed(made)

        self.desk.change(
            self,
            lambda workspace: signing.sign(workspace, offer, made, place, strokes, name, at, company),
            signed,
            page.refused,
        )

    def save_to(self, path: Path) -> None:
        """Copy the file to a place of the person's choice; a refusal is shown in the bar."""
        pdf = self.pdf
        self._write(path, lambda: pdf, lambda: None)

    def show_paper(self, found: Shown) -> None:
        """Put the pages on the screen."""
        self.file_name, self.pdf, self._making = found.made.name, found.made.pdf, False
        self.title.setText(one_way(self.file_name))
        for button in (self.mail_button, self.save_button, self.print_button, self.keep_button):
            button.setEnabled(True)
        self._places = found.places
        self.sign_button.setEnabled(bool(found.places))
        self.sign_button.setToolTip(
            "" if found.places else self.tr("A draft, an unapproved paper and a finished one cannot be signed.")
        )
        self.seals.show_seals(found.seals)
        remarks = notify.remarks(found.findings, self.desk.language)
        if remarks and not self._customer_looks:
            self.notice.show_text("\n".join(remarks))
        self.keep_button.setEnabled(not found.seals)  # a signed one is kept already
        self.pages.show_pages(found.sizes, found.pages)

    def keep(self) -> None:
        """Keep the paper with its record, as it is handed out."""
        offer, made = self.offer, Made(self.file_name, self.pdf)
        if offer is None:
            return
        self.keep_button.setEnabled(False)
        self.desk.change(
            self,
            lambda workspace: papers.keep(workspace, offer, made),
            lambda _: self.notice.show_text(self.tr("Kept with the record.")),
            self._not_kept,
        )

    def save_mail(self, path: Path) -> None:
        """Write a draft with the paper in it, and open it with the mail program."""
        workspace, settings, offer = self.desk.workspace, self.desk.settings, self.offer
        made, language = Made(self.file_name, self.pdf), self.spoken()
        self._write(
            path,
            lambda: mails.draft(workspace, offer, settings, made, language),
            lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))),
        )

    def spoken(self) -> Language:
        """The language of the paper."""
        return self.desk.language

    def _write(self, path: Path, content: Callable[[], bytes], then: Callable[[], object]) -> None:
        """Whole or not at all; a refusal is shown in the bar."""

        def written(_: None) -> None:
            self.notice.show_text(self.tr("Saved as {name}").format(name=path.name))
            then()

        self.desk.query(self, lambda _session: write_whole(path, content()), written, self.notice.show_error)

    def _signed(self, made: Made) -> None:
        self.notice.show_text(self.tr("Signed, and kept with the record."))
        self.fetch(lambda _workspace: made)

    def _draw(self, numbers: Sequence[int]) -> None:
        pdf, dpi = self.pdf, self._dpi
        self.desk.query(
            self,
            lambda _session: images(pdf, dpi, numbers),
            lambda pictures: self.pages.put(numbers, pictures) if pdf is self.pdf and dpi == self._dpi else None,
            self.notice.show_error,
        )

    def _not_kept(self, error: SalesDeskError) -> None:
        self.keep_button.setEnabled(True)
        self.notice.show_error(error)

    def _ask_where_the_mail(self) -> None:
        beside = Path.home() / Path(proposed(self.file_name)).with_suffix(".eml").name
        chosen, _ = QFileDialog.getSaveFileName(self, self.mail_button.text(), str(beside), "E-mail (*.eml)")
        if chosen:
            self.save_mail(Path(chosen))

    def _ask_where(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save as PDF"), str(Path.home() / proposed(self.file_name)), "PDF (*.pdf)"
        )
        if chosen:
            self.save_to(Path(chosen))

    def _print(self) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(self.file_name)
        printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        printer.setFullPage(True)
        dialog = QPrintDialog(printer, self)
        dialog.setMinMax(1, self.pages_shown())
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.print_on(printer)

    def print_on(self, printer: QPrinter) -> None:
        """Put the chosen pages on the printer's paper, as large as it allows; it goes on when this is closed."""
        try:
            pages = sides(printer, self.pages_shown())
        except UserError as error:
            self.notice.show_error(error)
            return
        count = len(pages)
        above = self.parentWidget()

        def next_page(number: int) -> None:
            if shiboken6.isValid(self):
                self.notice.show_text(self.tr("Printing page {number} of {count}…").format(number=number, count=count))

        def ended(error: SalesDeskError | None) -> None:
            if not shiboken6.isValid(self):
                return
            self.print_button.setEnabled(True)
            if error is None:
                self.notice.show_text(self.tr("Handed to the printer."))
            else:
                self.notice.show_error(error)

        self.print_button.setEnabled(False)
        Printing(self.desk, above.window() if above else self, printer, self.pdf, pages, next_page, ended).begin()

    def _no_company(self) -> PlainLabel:
        said = self.tr("Your company's name is missing on this paper. Enter it in the settings, then make it again.")
        label = PlainLabel(said, "warn")
        label.setWordWrap(True)
        return label

    def _buttons(self) -> tuple[QPushButton, ...]:
        return self.mail_button, self.save_button, self.print_button, self.sign_button, self.keep_button

    def _button(self, text: str, look: str, slot: object) -> QPushButton:
        button = QPushButton(text)
        button.setProperty("look", look)
        button.setAutoDefault(False)
        if slot is not None:
            button.clicked.connect(slot)
        return button
