"""The window's place and size, kept on this computer from one start to the next."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QWidget

from salesdesk.settings import folders


def keep(window: QWidget) -> None:
    """Remember where the window is."""
    _settings().setValue("geometry", window.saveGeometry())


def restore(window: QWidget) -> None:
    """Put the window where it was, or give it its first size."""
    window.resize(1280, 800)
    kept = _settings().value("geometry")
    if isinstance(kept, QByteArray):
        window.restoreGeometry(kept)


def _settings() -> QSettings:
    return QSettings(str(folders().config / "window.ini"), QSettings.Format.IniFormat)
