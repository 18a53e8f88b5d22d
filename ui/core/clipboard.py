"""What the program puts on the clipboard, and takes off it again when it locks."""

from __future__ import annotations

from PySide6.QtGui import QClipboard, QGuiApplication

_put: list[str] = []  # the text put there last; a clipboard manager may have taken it over since


def put(text: str) -> None:
    """Let a person paste a text elsewhere."""
    _put[:] = [text]
    QGuiApplication.clipboard().setText(text)


def take_back() -> None:
    """Empty the clipboard of what came from this program; what another one put there stays."""
    clipboard = QGuiApplication.clipboard()
    for mode in (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection, QClipboard.Mode.FindBuffer):
        supported = {
            QClipboard.Mode.Selection: clipboard.supportsSelection(),
            QClipboard.Mode.FindBuffer: clipboard.supportsFindBuffer(),
        }.get(mode, True)
        owned = {
            QClipboard.Mode.Selection: clipboard.ownsSelection,
            QClipboard.Mode.FindBuffer: clipboard.ownsFindBuffer,
        }.get(mode, clipboard.ownsClipboard)
        if supported and (owned() or clipboard.text(mode) in _put):
            clipboard.clear(mode)
    _put.clear()
