"""A paper on the screen: the very file, page by page, to print, save, mail, keep, and note as sent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, QUrl, Signal
from PySide6.QtGui import QAction, QDesktopServices, QImage, QKeySequence, QPageLayout, QPageSize, QPainter, QPixmap
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from salesdesk.actions import discovery, papers
from salesdesk.actions.papers import Made, Offer
from salesdesk.errors import SalesDeskError
from salesdesk.exchange import mail
from salesdesk.exchange.whole_file import replacing
from salesdesk.records.discovery import SENDING
from salesdesk.store.workspace import Workspace
from ui import notify
from ui.tasks import Desk, Session
from ui.widgets.labels import PlainLabel

_SCREEN_DPI = 110
_PRINT_DPI = 300


@dataclass(frozen=True)
class Shown:
    """A paper to look at: file name, file, its pages as pictures."""

    name: str
    pdf: bytes
    pages: list[QImage]


class PaperPage(QDialog):
    """Shows a paper that `make` gives, page by page, to print, save, mail, and keep with its record."""

    def __init__(
        self, desk: Desk, make: Callable[[Session], Made], offer: Offer | None = None, parent: QWidget | None = None
    ) -> None:
        """`make` runs on the worker; `offer` is what the paper is about, where it can be kept."""
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
        self.keep_button = self._button(self.tr("Keep with the record"), "primary", self.keep)
        self.keep_button.setVisible(False)
        self.bar = QHBoxLayout()
        self.bar.addWidget(self.title, stretch=1)
        for button in (self.mail_button, self.save_button, self.print_button, self.keep_button):
            button.setEnabled(False)  # until it is made
            self.bar.addWidget(button)
        self.notice = notify.Bar(self)
        self._sheets = QVBoxLayout()
        self._sheets.setSpacing(16)
        self._sheets.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        inside = QWidget()
        inside.setLayout(self._sheets)
        self._area = QScrollArea()
        self._area.setWidget(inside)
        self._area.setWidgetResizable(True)
        self._area.setAccessibleName(self.tr("Pages of the paper"))
        layout = QVBoxLayout(self)
        layout.addLayout(self.bar)
        layout.addWidget(self.notice)
        if not desk.settings.company:
            layout.addWidget(
                PlainLabel(
                    self.tr(
                        "Your company's name is missing on this paper. Enter it in the settings, then make it again."
                    ),
                    "warn",
                )
            )
        layout.addWidget(self._area)
        if offer is not None:
            self.keep_button.show()
        close = QAction(self)
        close.setShortcut(QKeySequence(Qt.Key.Key_Escape))
        close.triggered.connect(self.reject)
        self.addAction(close)

        def fetch(session: Session) -> Shown:
            made = make(session)
            return Shown(made.name, made.pdf, images(made.pdf, _SCREEN_DPI))

        desk.query(self, fetch, self.show_paper, self.notice.show_error)

    def pages_shown(self) -> int:
        """How many pages are on the screen."""
        return self._sheets.count()

    def save_to(self, path: Path) -> None:
        """Copy the file to a place of the person's choice; a refusal is shown in the bar."""
        self._write(path, self.pdf)

    def show_paper(self, found: Shown) -> None:
        """Put the pages on the screen."""
        self.file_name, self.pdf = found.name, found.pdf
        self.title.setText(self.file_name)
        for button in (self.mail_button, self.save_button, self.print_button, self.keep_button):
            button.setEnabled(True)
        for number, page in enumerate(found.pages, start=1):
            sheet = QLabel()
            sheet.setPixmap(QPixmap.fromImage(page))
            sheet.setAccessibleName(self.tr("Page {number}").format(number=number))
            sheet.setProperty("look", "sheet")
            self._sheets.addWidget(sheet)

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
        subject = self.file_name.removesuffix(".pdf")
        if self._write(path, mail.draft("", "", subject, "", [(self.file_name, self.pdf)])):
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

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
        for number, page in enumerate(images(self.pdf, _PRINT_DPI)):
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
        workspace, settings, today, language = desk.workspace, desk.settings, desk.today(), desk.language
        super().__init__(desk, lambda _session: papers.make(workspace, offer, settings, today, language), offer, parent)


class PreviewPage(PaperPage):
    """An issued letter, exactly as it was issued. `sent` is emitted when it was noted as sent."""

    sent = Signal(str)

    def __init__(self, desk: Desk, letter_id: str, parent: QWidget | None = None) -> None:
        self.letter_id = letter_id
        self._was_sent = False

        def issued(_session: Session) -> Made:
            self._was_sent = discovery.was_sent(desk.workspace, letter_id)
            return Made(*discovery.letter_pdf(desk.workspace, letter_id))

        super().__init__(desk, issued, None, parent)
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


def images(pdf: bytes, dpi: int) -> list[QImage]:
    """The pages of a PDF as pictures on white, made by PDFium (QtPdf leaves out signature stamps)."""
    from salesdesk.documents.raster import page_images  # noqa: PLC0415  # only a preview needs PDFium

    return [
        QImage(pixels, width, height, width * 4, QImage.Format.Format_RGBX8888).copy()
        for width, height, pixels in page_images(pdf, dpi)
    ]
