"""The letter on the screen: the very file, page by page, to print, save, and note as sent."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QImage, QKeySequence, QPageLayout, QPageSize, QPainter, QPixmap
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

from salesdesk.actions import discovery
from salesdesk.records.discovery import SENDING, ConfirmationLetter
from salesdesk.store.workspace import Workspace
from ui import notify
from ui.tasks import Desk
from ui.widgets.labels import PlainLabel

_SCREEN_DPI = 110
_PRINT_DPI = 300


class PreviewPage(QDialog):
    """Shows one issued letter. `sent` is emitted when it was noted as sent."""

    sent = Signal(str)

    def __init__(self, desk: Desk, letter_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.letter_id = letter_id
        self.file_name = ""
        self.pdf = b""
        self.setWindowTitle(self.tr("Confirmation letter"))
        self.resize(QSize(980, 820))
        self.title = QLabel()
        self.title.setProperty("look", "heading")
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.save_button = self._button(self.tr("Save as PDF…"), "plain", self._ask_where)
        self.print_button = self._button(self.tr("Print…"), "plain", self._print)
        self.sent_button = self._button(self.tr("Note as sent"), "primary", None)
        self.sent_button.setMenu(self._ways())
        bar = QHBoxLayout()
        bar.addWidget(self.title, stretch=1)
        for button in (self.save_button, self.print_button, self.sent_button):
            bar.addWidget(button)
        self.notice = notify.Bar(self)
        self._sheets = QVBoxLayout()
        self._sheets.setSpacing(16)
        self._sheets.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        inside = QWidget()
        inside.setLayout(self._sheets)
        self._area = QScrollArea()
        self._area.setWidget(inside)
        self._area.setWidgetResizable(True)
        self._area.setAccessibleName(self.tr("Pages of the letter"))
        layout = QVBoxLayout(self)
        layout.addLayout(bar)
        layout.addWidget(self.notice)
        if not desk.settings.company:
            layout.addWidget(
                PlainLabel(
                    self.tr(
                        "Your company's name is missing on this letter. Enter it in the settings, then create it again."
                    ),
                    "warn",
                )
            )
        layout.addWidget(self._area)
        close = QAction(self)
        close.setShortcut(QKeySequence(Qt.Key.Key_Escape))
        close.triggered.connect(self.reject)
        self.addAction(close)
        self._read()

    def pages_shown(self) -> int:
        """How many pages are on the screen."""
        return self._sheets.count()

    def save_to(self, path: Path) -> None:
        """Copy the file to a place of the person's choice; a refusal is shown in the bar."""
        try:
            path.write_bytes(self.pdf)
        except OSError as error:
            self.notice.show_text(self.tr("It could not be saved there: {reason}").format(reason=error.strerror))
        else:
            self.notice.show_text(self.tr("Saved as {name}").format(name=path.name))

    def note_sent(self, how: str) -> None:
        """Note the letter as gone out; its clock stops."""

        def change(workspace: Workspace) -> None:
            discovery.mark_sent(workspace, self.letter_id, how)

        self.desk.change(self, change, self._noted)

    def _noted(self, _: None) -> None:
        self.sent_button.setEnabled(False)
        self.notice.show_text(self.tr("Noted as sent. The clock has stopped."))
        self.sent.emit(self.letter_id)

    def _read(self) -> None:
        workspace = self.desk.workspace

        def fetch(session: object) -> tuple[str, bytes, bool, list[QImage]]:
            name, pdf = discovery.letter_pdf(workspace, self.letter_id)
            letter = session.get(ConfirmationLetter, self.letter_id)  # type: ignore[attr-defined]  # a Session, which ui must not import
            return name, pdf, letter.sent_at is not None, images(pdf, _SCREEN_DPI)

        self.desk.query(self, fetch, self._show)

    def _show(self, found: tuple[str, bytes, bool, list[QImage]]) -> None:
        self.file_name, self.pdf, was_sent, pages = found
        self.title.setText(self.file_name)
        self.sent_button.setEnabled(not was_sent)
        for number, page in enumerate(pages, start=1):
            sheet = QLabel()
            sheet.setPixmap(QPixmap.fromImage(page))
            sheet.setAccessibleName(self.tr("Page {number}").format(number=number))
            sheet.setProperty("look", "sheet")
            self._sheets.addWidget(sheet)

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

    def _ways(self) -> QMenu:
        menu = QMenu(self)
        for option in SENDING:
            action = menu.addAction(option.label(self.desk.language))
            action.triggered.connect(lambda _=False, how=option.value: self.note_sent(how))
        return menu

    def _button(self, text: str, look: str, slot: object) -> QPushButton:
        button = QPushButton(text)
        button.setProperty("look", look)
        button.setAutoDefault(False)
        if slot is not None:
            button.clicked.connect(slot)
        return button


def images(pdf: bytes, dpi: int) -> list[QImage]:
    """The pages of a PDF as pictures on white, made by PDFium (QtPdf leaves out signature stamps)."""
    from salesdesk.documents.raster import page_images  # noqa: PLC0415  # only a preview needs PDFium

    return [
        QImage(pixels, width, height, width * 4, QImage.Format.Format_RGBX8888).copy()
        for width, height, pixels in page_images(pdf, dpi)
    ]
