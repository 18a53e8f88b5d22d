"""A paper on the screen: the very file, page by page, to print, save, mail, keep, and note as sent."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt, QUrl, Signal
from PySide6.QtGui import QAction, QDesktopServices, QImage, QKeySequence, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from salesdesk.actions import discovery, files, mails, papers, signing
from salesdesk.actions.papers import Made, Offer
from salesdesk.documents.ink import Point
from salesdesk.documents.pen import Place
from salesdesk.documents.raster import page_sizes
from salesdesk.documents.signing import Seal, places
from salesdesk.errors import SalesDeskError
from salesdesk.exchange.whole_file import replacing
from salesdesk.records.discovery import SENDING
from salesdesk.records.language import Language
from salesdesk.records.work import Attachment
from salesdesk.store.workspace import Workspace
from ui import notify
from ui.pages.sign_page import SignPage
from ui.tasks import Desk, Session
from ui.widgets.labels import PlainLabel
from ui.widgets.page_view import PageView
from ui.widgets.seal_list import SealList

_SCREEN_DPI = 110
_PRINT_DPI = 300
_FIRST = 3  # pages that are drawn before the paper is shown
_SEALED = b"/ByteRange"  # stands in every signed PDF


@dataclass(frozen=True)
class Shown:
    """A paper to look at: the file, its pages' sizes in pixels, pictures of the first ones, and what is signed."""

    made: Made
    sizes: list[QSize]
    pages: list[QImage]
    places: list[Place]
    seals: list[Seal]


class PaperPage(QDialog):
    """Shows a paper that `make` gives, page by page, to print, save, mail, and keep with its record."""

    def __init__(
        self, desk: Desk, make: Callable[[Session], Made], offer: Offer | None = None, parent: QWidget | None = None
    ) -> None:
        """`make` runs on the worker; `offer` is what the paper is about: where it can be signed and kept."""
        super().__init__(parent)
        self.desk = desk
        self.offer = offer
        self.file_name = ""
        self.pdf = b""
        self.setWindowTitle(self.tr("Preview"))
        self.resize(QSize(980, 820))
        self.title = QLabel()
        self.title.setProperty("look", "heading")
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.mail_button = self._button(self.tr("Mail draft…"), "plain", self._ask_where_the_mail)
        self.save_button = self._button(self.tr("Save as PDF…"), "plain", self._ask_where)
        self.print_button = self._button(self.tr("Print…"), "plain", self._print)
        self.sign_button = self._button(self.tr("Sign…"), "plain", self.ask_for_signature)
        self.sign_button.setVisible(False)
        self.keep_button = self._button(self.tr("Keep with the record"), "primary", self.keep)
        self.keep_button.setVisible(False)
        self.bar = QHBoxLayout()
        self.bar.addWidget(self.title, stretch=1)
        for button in (self.mail_button, self.save_button, self.print_button, self.sign_button, self.keep_button):
            button.setEnabled(False)  # until it is made
            self.bar.addWidget(button)
        self.notice = notify.Bar(self)
        self.seals = SealList(desk, self)
        self.pages = PageView(self._draw, self)
        self._places: list[Place] = []
        layout = QVBoxLayout(self)
        layout.addLayout(self.bar)
        layout.addWidget(self.notice)
        layout.addWidget(self.seals)
        if not desk.settings.company:
            layout.addWidget(
                PlainLabel(
                    self.tr(
                        "Your company's name is missing on this paper. Enter it in the settings, then make it again."
                    ),
                    "warn",
                )
            )
        layout.addWidget(self.pages, 1)
        if offer is not None:
            self.keep_button.show()
            self.sign_button.setVisible(offer.kind in signing.KINDS)
        close = QAction(self)
        close.setShortcut(QKeySequence(Qt.Key.Key_Escape))
        close.triggered.connect(self.reject)
        self.addAction(close)

        self.fetch(make)

    def fetch(self, make: Callable[[Session], Made]) -> None:
        """Make the paper on the worker, and show it."""
        workspace = self.desk.workspace
        signed_here = self.offer is not None and self.offer.kind in signing.KINDS

        def look(session: Session) -> Shown:
            made = make(session)
            seals = signing.check(workspace, made.pdf) if _SEALED in made.pdf else []
            sizes = [QSize(*size) for size in page_sizes(made.pdf, _SCREEN_DPI)]
            first = images(made.pdf, _SCREEN_DPI, range(min(_FIRST, len(sizes))))
            return Shown(made, sizes, first, places(made.pdf) if signed_here else [], seals)

        self.desk.query(self, look, self.show_paper, self.notice.show_error)

    def pages_shown(self) -> int:
        """How many pages the paper on the screen has."""
        return self.pages.count()

    def ask_for_signature(self) -> None:
        """Open the field to sign in, for one of the sides that have not signed."""
        offer = self.offer
        if offer is None:
            return
        names = ["", self.desk.workspace.identity.name]
        page = SignPage(self._places, names, lambda place: signing.agrees_by_signing(offer, place), self)
        page.signed.connect(self.sign)
        page.open()

    def sign(self, place: Place, name: str, strokes: list[list[Point]]) -> None:
        """Put a signature on the very file on the screen, and keep the signed one with the record."""
        offer, made = self.offer, Made(self.file_name, self.pdf)
        at = self.desk.now().astimezone(self.desk.zone)  # as the customer's watch says
        company = self.desk.settings.company
        if offer is None:
            return
        self.sign_button.setEnabled(False)
        self.desk.change(
            self,
            lambda workspace: signing.sign(workspace, offer, made, place, strokes, name, at, company),
            self._signed,
            self._not_signed,
        )

    def save_to(self, path: Path) -> None:
        """Copy the file to a place of the person's choice; a refusal is shown in the bar."""
        self._write(path, self.pdf)

    def show_paper(self, found: Shown) -> None:
        """Put the pages on the screen."""
        self.file_name, self.pdf = found.made.name, found.made.pdf
        self.title.setText(self.file_name)
        for button in (self.mail_button, self.save_button, self.print_button, self.keep_button):
            button.setEnabled(True)
        self._places = found.places
        self.sign_button.setEnabled(bool(found.places))
        self.sign_button.setToolTip(
            "" if found.places else self.tr("A draft, an unapproved paper and a finished one cannot be signed.")
        )
        self.seals.show_seals(found.seals)
        if found.made.findings:
            self.notice.show_text("\n".join(notify.remarks(found.made.findings, self.desk.language)))
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

        def take(data: bytes) -> None:
            if self._write(path, data):
                QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

        self.desk.query(
            self,
            lambda _session: mails.draft(workspace, offer, settings, made, language),
            take,
            self.notice.show_error,
        )

    def spoken(self) -> Language:
        """The language of the paper."""
        return self.desk.language

    def _write(self, path: Path, data: bytes) -> bool:
        """Whole or not at all; a refusal is shown in the bar."""
        try:
            with replacing(path) as beside:
                beside.write_bytes(data)
        except SalesDeskError as error:
            self.notice.show_error(error)
            return False
        self.notice.show_text(self.tr("Saved as {name}").format(name=path.name))
        return True

    def _signed(self, made: Made) -> None:
        self.notice.show_text(self.tr("Signed, and kept with the record."))
        self.fetch(lambda _session: made)

    def _not_signed(self, error: SalesDeskError) -> None:
        self.sign_button.setEnabled(True)
        self.notice.show_error(error)

    def _draw(self, numbers: Sequence[int]) -> None:
        pdf = self.pdf
        self.desk.query(
            self,
            lambda _session: images(pdf, _SCREEN_DPI, numbers),
            lambda pictures: self.pages.put(numbers, pictures) if pdf is self.pdf else None,
            self.notice.show_error,
        )

    def _not_kept(self, error: SalesDeskError) -> None:
        self.keep_button.setEnabled(True)
        self.notice.show_error(error)

    def _ask_where_the_mail(self) -> None:
        proposed = Path.home() / self.file_name.replace(".pdf", ".eml")
        chosen, _ = QFileDialog.getSaveFileName(self, self.mail_button.text(), str(proposed), "E-mail (*.eml)")
        if chosen:
            self.save_mail(Path(chosen))

    def _ask_where(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save as PDF"), str(Path.home() / self.file_name), "PDF (*.pdf)"
        )
        if chosen:
            self.save_to(Path(chosen))

    def _print(self) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(self.file_name)
        printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        printer.setFullPage(True)
        if QPrintDialog(printer, self).exec() == QDialog.DialogCode.Accepted:
            self.print_on(printer)

    def print_on(self, printer: QPrinter) -> None:
        """Put every page on the printer's paper, at its size."""
        printer.setPageOrientation(QPageLayout.Orientation.Portrait)
        painter = QPainter(printer)
        for number in range(self.pages_shown()):
            (page,) = images(self.pdf, _PRINT_DPI, [number])  # one at a time: 35 MB each
            if number:
                printer.newPage()
            paper = printer.pageRect(QPrinter.Unit.DevicePixel)
            size = QSize(page.width(), page.height()).scaled(paper.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
            painter.drawImage(QRectF(0, 0, size.width(), size.height()), page)
        painter.end()

    def _button(self, text: str, look: str, slot: object) -> QPushButton:
        button = QPushButton(text)
        button.setProperty("look", look)
        button.setAutoDefault(False)
        if slot is not None:
            button.clicked.connect(slot)
        return button


class OfferPage(PaperPage):
    """A paper made now from what the workspace holds."""

    def __init__(self, desk: Desk, offer: Offer, parent: QWidget | None = None) -> None:
        self.language = QComboBox()
        self.language.setAccessibleName(QCoreApplication.translate("OfferPage", "Language of the paper"))
        for name, language in (("简体中文", Language.ZH), ("繁體中文", Language.TRADITIONAL), ("English", Language.EN)):
            self.language.addItem(name, language)
        self.language.setCurrentIndex(self.language.findData(desk.language))
        super().__init__(desk, self._maker(desk, offer), offer, parent)
        self.bar.insertWidget(1, self.language)
        self.language.currentIndexChanged.connect(lambda _: self.fetch(self._maker(desk, offer)))

    def _maker(self, desk: Desk, offer: Offer) -> Callable[[Session], Made]:
        workspace, settings, today = desk.workspace, desk.settings, desk.today()
        language = self.spoken()
        return lambda _session: papers.make(workspace, offer, settings, today, language)

    def spoken(self) -> Language:
        """As chosen."""
        return Language(self.language.currentData())

    def _signed(self, made: Made) -> None:
        self.language.setEnabled(False)  # what is signed is not made anew
        super()._signed(made)


class SignedPage(PaperPage):
    """A signed paper as it is kept; a side that has not signed yet can."""

    def __init__(self, desk: Desk, offer: Offer, file: Attachment, parent: QWidget | None = None) -> None:
        workspace = desk.workspace
        super().__init__(desk, lambda _session: Made(file.name, files.content(workspace, file)), offer, parent)
        self.keep_button.hide()


class CheckPage(PaperPage):
    """A file from outside: what its signatures say."""

    def __init__(self, desk: Desk, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(desk, lambda _session: files.from_outside(path), None, parent)
        self.setWindowTitle(self.tr("Check a signed paper"))

    def show_paper(self, found: Shown) -> None:
        """As every paper; without a signature it says so."""
        super().show_paper(found)
        if not found.seals:
            self.notice.show_text(self.tr("This file carries no signature."))


class PreviewPage(PaperPage):
    """An issued letter, exactly as it was issued. `sent` is emitted when it was noted as sent."""

    sent = Signal(str)

    def __init__(self, desk: Desk, letter_id: str, parent: QWidget | None = None) -> None:
        self.letter_id = letter_id
        self._was_sent = False

        def issued(_session: Session) -> Made:
            self._was_sent = discovery.was_sent(desk.workspace, letter_id)
            return Made(*discovery.letter_pdf(desk.workspace, letter_id))

        super().__init__(desk, issued, Offer("letter", "confirmation_letter", letter_id), parent)
        self.keep_button.hide()  # it was kept when it was issued
        self.setWindowTitle(self.tr("Confirmation letter"))
        self.sent_button = self._button(self.tr("Note as sent"), "primary", None)
        self.sent_button.setMenu(self._ways())
        self.bar.addWidget(self.sent_button)

    def show_paper(self, found: Shown) -> None:
        """As every paper; one that has gone out is not sent again."""
        super().show_paper(found)
        self.sent_button.setEnabled(not self._was_sent)

    def note_sent(self, how: str) -> None:
        """Note the letter as gone out; its clock stops."""

        def change(workspace: Workspace) -> None:
            discovery.mark_sent(workspace, self.letter_id, how)

        self.desk.change(self, change, self._noted)

    def _noted(self, _: None) -> None:
        self.sent_button.setEnabled(False)
        self.notice.show_text(self.tr("Noted as sent. The clock has stopped."))
        self.sent.emit(self.letter_id)

    def _ways(self) -> QMenu:
        menu = QMenu(self)
        for option in SENDING:
            action = menu.addAction(option.label(self.desk.language))
            action.triggered.connect(lambda _=False, how=option.value: self.note_sent(how))
        return menu


def images(pdf: bytes, dpi: int, pages: Sequence[int] | None = None) -> list[QImage]:
    """Pages of a PDF (all, or those numbers from 0) as pictures on white, by PDFium: QtPdf leaves out signatures."""
    from salesdesk.documents.raster import page_images  # noqa: PLC0415  # only a preview needs PDFium

    return [
        QImage(pixels, width, height, width * 4, QImage.Format.Format_RGBX8888).copy()
        for width, height, pixels in page_images(pdf, dpi, pages)
    ]
