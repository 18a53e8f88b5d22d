"""In which order customers are listed: as they were last touched, or as they match the profile of an ideal one."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget


class OrderChoice(QComboBox):
    """Two orders to choose from; `changed` when a person takes the other."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Order of the list"))
        self.addItem(self.tr("Last changed first"))
        self.addItem(self.tr("Best match first"))
        self.activated.connect(lambda _place: self.changed.emit())

    @property
    def best_first(self) -> bool:
        """Whether the best match stands first."""
        return self.currentIndex() == 1
