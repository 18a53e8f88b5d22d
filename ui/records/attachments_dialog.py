"""The files of a record: photos, scans, issued papers. Encrypted here; taken out only where a person says."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QIcon, QImage, QPixmap
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from salesdesk.actions import files
from salesdesk.errors import SalesDeskError
from salesdesk.exchange.file_names import proposed
from salesdesk.records.registry import fields_of
from salesdesk.records.work import Attachment
from salesdesk.store import attachments
from salesdesk.store.workspace import Workspace
from ui.core import notify
from ui.core.background import Desk
from ui.core.picture import small_picture
from ui.widgets.labels import PlainLabel, one_way, plain_tooltip, set_look

_THUMBNAIL = QSize(64, 64)
_LARGEST_PICTURE = 20 * 1024**2  # bytes; a larger one is listed without its picture


class FilesPage(QDialog):
    """Lists the files of one record. Files can be dropped on it."""

    def __init__(self, desk: Desk, entity: str, record_id: str, title: str, parent: QWidget | None = None) -> None:
        """`title` says whose files they are."""
        super().__init__(parent)
        self._desk, self._entity, self._record_id = desk, entity, record_id
        self.setWindowTitle(self.tr("Files"))
        self.setAcceptDrops(True)
        self.resize(560, 480)
        heading = PlainLabel(title, "heading")
        heading.setWordWrap(True)
        self.notice = notify.Bar(self)
        self.list = QListWidget()
        self.list.setIconSize(_THUMBNAIL)
        self.list.setAccessibleName(self.tr("Files"))
        self.list.itemSelectionChanged.connect(self._offer)
        self.list.itemDoubleClicked.connect(lambda _item: self._ask_where())
        self.nothing = PlainLabel(self.tr("No file yet. Drop photos or papers here."), "muted")
        self.add_button = self._button(self.tr("Add…"), self._ask_what)
        set_look(self.add_button, "primary")
        self.save_button = self._button(self.tr("Save as…"), self._ask_where)
        self.remove_button = self._button(self.tr("Remove"), self.remove_chosen)
        buttons = QHBoxLayout()
        buttons.addWidget(self.remove_button)
        buttons.addStretch()
        buttons.addWidget(self.save_button)
        buttons.addWidget(self.add_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(10)
        for widget in (heading, self.notice, self.nothing):
            layout.addWidget(widget)
        layout.addWidget(self.list, 1)
        layout.addLayout(buttons)
        self._files: list[Attachment] = []
        self._offer()
        self.reload()

    def reload(self) -> None:
        """Read the list anew, with small pictures of what are pictures."""
        workspace, record_id = self._desk.workspace, self._record_id
        self._desk.query(
            self,
            lambda session: [(one, _picture(workspace, one)) for one in attachments.attachments_of(session, record_id)],
            self._show,
        )

    def add(self, paths: Sequence[Path]) -> None:
        """Keep copies of files with the record."""
        for path in paths:  # a change each: one that is refused leaves the others
            adding = partial(files.add, entity=self._entity, record_id=self._record_id, path=path)
            self._desk.change(self, adding, lambda _: self.reload(), self.notice.show_error)

    def save_to(self, path: Path) -> None:
        """Take the chosen file out, in the clear, to a place of the person's choice."""
        chosen = self._chosen()
        if chosen is None:
            return
        workspace = self._desk.workspace
        self._desk.query(
            self,
            lambda _session: files.take_out(workspace, chosen, path),
            lambda _: self.notice.show_text(self.tr("Saved as {name}").format(name=path.name)),
            self.notice.show_error,
        )

    def remove_chosen(self) -> None:
        """Put the chosen file into the recycle bin."""
        chosen = self._chosen()
        if chosen is not None:
            self._desk.change(
                self,
                lambda workspace: files.remove(workspace, chosen.id),
                lambda _: self.reload(),
                self.notice.show_error,
            )

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files are welcome."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Keep what was dropped."""
        self.add([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])

    def _show(self, found: list[tuple[Attachment, QImage | None]]) -> None:
        self._files = [one for one, _ in found]
        self.nothing.setVisible(not found)
        self.list.clear()
        purpose, language = fields_of(Attachment)["purpose"], self._desk.language
        for one, picture in found:
            said = [one_way(one.name), purpose.show(one.purpose, language), _size(one.size)]
            item = QListWidgetItem(" · ".join(filter(None, said)))
            item.setToolTip(plain_tooltip(one_way(one.name)))
            if picture is not None:
                item.setIcon(QIcon(QPixmap.fromImage(picture)))
            self.list.addItem(item)
        self._offer()

    def _chosen(self) -> Attachment | None:
        rows = self.list.selectedIndexes()
        return self._files[rows[0].row()] if rows else None

    def _offer(self) -> None:
        chosen = self._chosen()
        self.save_button.setEnabled(chosen is not None)
        self.remove_button.setEnabled(chosen is not None and chosen.purpose not in attachments.FROZEN)

    def _ask_what(self) -> None:
        chosen, _ = QFileDialog.getOpenFileNames(self, self.add_button.text())
        if chosen:
            self.add([Path(path) for path in chosen])

    def _ask_where(self) -> None:
        chosen = self._chosen()
        if chosen is None:
            return
        path, _ = QFileDialog.getSaveFileName(self, self.save_button.text(), str(Path.home() / proposed(chosen.name)))
        if path:
            self.save_to(Path(path))

    def _button(self, text: str, slot: object) -> QPushButton:
        button = QPushButton(text)
        button.setAutoDefault(False)
        button.clicked.connect(slot)
        return button


def _size(size: int | None) -> str:
    if size is None:
        return ""
    for unit, least in (("MB", 1024**2), ("KB", 1024)):
        if size >= least:
            return f"{size / least:.1f} {unit}"
    return f"{size} B"


def _picture(workspace: Workspace, file: Attachment) -> QImage | None:
    """A small picture of a photo; nothing of what is none, too large, or not here yet."""
    if not file.media_type.startswith("image/") or (file.size or 0) > _LARGEST_PICTURE:
        return None
    try:
        return small_picture(files.content(workspace, file), _THUMBNAIL)
    except SalesDeskError:
        return None
