"""Search over everything (Ctrl+K): a line in the bar, and the hits below it while typing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from salesdesk.records.registry import form_named, known
from salesdesk.store import search
from salesdesk.store.search import Hit
from ui.core.background import Desk
from ui.widgets.search_line import SearchLine

_PAUSE_MS = 60
_ROW_HEIGHT = 34
_MOST = 12
_LEAVE_MS = 150  # a click on a hit comes after the line has lost the focus
_HIT = Qt.ItemDataRole.UserRole


class Palette(QWidget):
    """`activated` brings the chosen hit.

    The list is a child of the window, so that the line keeps the focus and the input method.
    """

    activated = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._asked = 0
        self._answered = ""
        self._open_at_once = False
        self._offered: list[tuple[str, Callable[[], object]]] = []
        self.line = SearchLine()
        self.line.setPlaceholderText(self.tr("Search customers, contacts, letters… (pinyin initials work)   Ctrl+K"))
        self.line.setAccessibleName(self.tr("Search everything"))
        self.line.setClearButtonEnabled(True)
        self.line.installEventFilter(self)
        self.setFocusProxy(self.line)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.line)
        self._frame = QFrame()
        self._frame.setProperty("look", "card")
        self._frame.hide()
        self.hits = QListWidget()
        self.hits.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hits.setUniformItemSizes(True)
        self.hits.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.hits.setAccessibleName(self.tr("Hits"))
        self.hits.itemClicked.connect(self._choose)
        inside = QVBoxLayout(self._frame)
        inside.setContentsMargins(4, 4, 4, 4)
        inside.addWidget(self.hits)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        self._leave = QTimer(self)
        self._leave.setSingleShot(True)
        self._leave.setInterval(_LEAVE_MS)
        self._leave.timeout.connect(self._frame.hide)
        self.line.typed.connect(self._typed)

    def offer(self, commands: Sequence[tuple[str, Callable[[], object]]]) -> None:
        """What can be done, as name and deed, is found as well: by a part of its name, pinyin or initials."""
        self._offered = list(commands)

    @cached_property
    def _readings(self) -> list[str]:
        """The words by which each command is found; made when somebody types, for pinyin takes long to load."""
        return [f"{name.casefold()} {search.sounds(name)}" for name, _ in self._offered]

    def begin(self) -> None:
        """Put the cursor into the line, its text marked."""
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()
        if self.line.text():
            self._typed()

    def shown_titles(self) -> list[str]:
        """The titles under the line."""
        if not self._frame.isVisible():
            return []
        shown = (self.hits.item(n).data(_HIT) for n in range(self.hits.count()))
        return [hit.title for hit in shown if isinstance(hit, Hit)]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows walk through the hits, Enter opens one, Escape closes the list."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key = Qt.Key(event.key())
            if key in {Qt.Key.Key_Down, Qt.Key.Key_Up} and self._frame.isVisible():
                step = 1 if key == Qt.Key.Key_Down else -1
                self.hits.setCurrentRow((self.hits.currentRow() + step) % max(1, self.hits.count()))
                return True
            if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                if self.line.text() == self._answered:
                    self._choose(self.hits.currentItem())
                else:  # typed faster than the answer came: the first hit opens when it is there
                    self._open_at_once = True
                return True
            if key == Qt.Key.Key_Escape:
                self._frame.hide()
                self.line.clear()
                return True
        elif event.type() == QEvent.Type.FocusOut:
            self._leave.start()
        elif event.type() == QEvent.Type.FocusIn:
            self._leave.stop()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The list stays under the line."""
        super().resizeEvent(event)
        if self._frame.isVisible():
            self._place()

    def _typed(self, _text: str = "") -> None:
        self._open_at_once = False
        self._pause.start()

    def _ask(self) -> None:
        self._asked += 1
        number, typed = self._asked, self.line.text()
        self._desk.query(
            self,
            lambda session: search.find(session, typed, limit=_MOST),
            lambda found: self._show(found, typed) if number == self._asked else None,
        )

    def _show(self, found: list[Hit], typed: str) -> None:
        self._answered = typed
        self.hits.clear()
        if not typed.strip():
            self._frame.hide()
            return
        for hit in found:
            kind = form_named(hit.entity).__form__.label(self._desk.language) if known(hit.entity) else ""
            item = QListWidgetItem("  ·  ".join(filter(None, [hit.title, hit.detail[:60], kind])))
            item.setData(_HIT, hit)
            self.hits.addItem(item)
        wanted = typed.strip().casefold()
        for (name, deed), words in zip(self._offered, self._readings, strict=True):
            if any(word.startswith(wanted) for word in words.split()) or wanted in name.casefold():
                item = QListWidgetItem(f"→  {name}")
                item.setData(_HIT, deed)
                self.hits.addItem(item)
        if not self.hits.count():
            self.hits.addItem(QListWidgetItem(self.tr("Nothing found for “{typed}”").format(typed=typed[:40])))
        self.hits.setCurrentRow(0)
        self._place()
        if self._open_at_once:
            self._open_at_once = False
            self._choose(self.hits.currentItem())

    def _place(self) -> None:
        window = self.window()
        self._frame.setParent(window)
        corner = self.mapTo(window, QPoint(0, self.height() + 4))
        rows = min(self.hits.count(), _MOST)
        self._frame.setGeometry(corner.x(), corner.y(), self.width(), rows * _ROW_HEIGHT + 12)
        self._frame.show()
        self._frame.raise_()

    def _choose(self, item: QListWidgetItem | None) -> None:
        hit = item.data(_HIT) if item is not None else None
        if hit is None:
            return
        self._frame.hide()
        self.line.clear()
        if isinstance(hit, Hit):
            self.activated.emit(hit)
        else:
            hit()
