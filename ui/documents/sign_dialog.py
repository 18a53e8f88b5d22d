"""Signing: which side, whose name, and the field to sign in."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from salesdesk.documents.ink import Point
from salesdesk.documents.pen import Place
from salesdesk.errors import SalesDeskError
from ui.core import notify
from ui.documents.signature_pad import SignaturePad
from ui.widgets.labels import ElidedLabel, PlainLabel

_LARGEST = QSize(1100, 700)  # of what stands in the middle of a large screen


class SignPage(QDialog):
    """Asks for a signature. `signed` brings the place, the name and the strokes.

    The page stays, with all that was drawn, until the one who puts it on the paper closes it or calls `refused`.
    """

    signed = Signal(object, str, object)

    def __init__(
        self,
        paper: str,
        places: Sequence[Place],
        names: Sequence[str],
        agrees: Callable[[Place], bool],
        parent: QWidget | None = None,
    ) -> None:
        """`paper` is what is signed, `names` are proposed for the sides, in their order.

        `agrees` tells whose signature confirms the paper.
        """
        super().__init__(parent)
        self.setWindowTitle(self.tr("Sign"))
        self.setGeometry((parent or self).screen().geometry())  # nothing else is for the customer's eyes
        self.setWindowState(Qt.WindowState.WindowFullScreen)
        self._names = list(names)
        self._agrees = agrees
        self.side = QComboBox()
        sides = (self.tr("The customer"), self.tr("We"))
        for place in places:
            self.side.addItem(sides[place.side] if place.side < len(sides) else str(place.side + 1), place)
        self.side.setAccessibleName(self.tr("Who signs"))
        self.name = QLineEdit()
        self.name.setMaxLength(40)
        self.name.setAccessibleName(self.tr("Name of the signer"))
        self.pad = SignaturePad()
        self.notice = notify.Bar(self)
        form = QFormLayout()
        form.addRow(self.tr("Who signs"), self.side)
        form.addRow(self.tr("Name of the signer"), self.name)
        hint = PlainLabel(
            self.tr("Sign with pen, finger or mouse. The paper cannot be changed afterwards without it being noticed."),
            "muted",
        )
        hint.setWordWrap(True)
        self.agreed = PlainLabel(self.tr("With this signature the customer confirms the paper as it stands."), "strong")
        self.agreed.setWordWrap(True)
        buttons = self._button_row()
        column = QWidget()
        column.setMaximumSize(_LARGEST)
        layout = QVBoxLayout(column)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(12)
        layout.addWidget(ElidedLabel(paper, "heading"))
        layout.addWidget(self.notice)
        layout.addLayout(form)
        layout.addWidget(self.agreed)
        layout.addWidget(hint)
        layout.addWidget(self.pad, 1)
        layout.addLayout(buttons)
        whole = QGridLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(column)
        self.side.currentIndexChanged.connect(self._propose)
        self.name.textChanged.connect(self._offer)
        self.pad.changed.connect(self._offer)
        self._propose()
        self._offer()
        self.name.setFocus()

    def _button_row(self) -> QHBoxLayout:
        self.undo_button = self._button(self.tr("Last stroke back"), self.pad.undo)
        self.clear_button = self._button(self.tr("Clear"), self.pad.clear)
        self.sign_button = self._button(self.tr("Sign"), self._sign)
        self.sign_button.setProperty("look", "primary")
        buttons = QHBoxLayout()
        for button in (self.undo_button, self.clear_button):
            buttons.addWidget(button)
        buttons.addStretch()
        buttons.addWidget(self._button(self.tr("Cancel"), self.reject))
        buttons.addWidget(self.sign_button)
        return buttons

    def refused(self, error: SalesDeskError) -> None:
        """It is not on the paper: say why, and let the person go on from what is drawn."""
        self.setEnabled(True)
        notify.show(self, error)

    def reject(self) -> None:
        """Leave it; what is drawn is not thrown away by a slip of the hand."""
        if self.pad.strokes:
            said = self.tr("The signature is not on the paper yet.")
            self.notice.show_text(said, self.tr("Throw it away"), self._throw_away)
        else:
            super().reject()

    def _throw_away(self) -> None:
        super().reject()

    def _propose(self) -> None:
        place: Place = self.side.currentData()
        self.name.setText(self._names[place.side] if place.side < len(self._names) else "")
        self.agreed.setVisible(self._agrees(place))

    def _offer(self) -> None:
        drawn = bool(self.pad.strokes)
        self.sign_button.setEnabled(self.pad.is_signed() and bool(self.name.text().strip()))
        self.undo_button.setEnabled(drawn)
        self.clear_button.setEnabled(drawn)

    def _sign(self) -> None:
        strokes: list[list[Point]] = [list(stroke) for stroke in self.pad.strokes]
        self.setEnabled(False)  # one signature, not two; and it cannot be left meanwhile
        self.notice.hide()
        self.signed.emit(self.side.currentData(), self.name.text().strip(), strokes)

    def _button(self, text: str, slot: object) -> QPushButton:
        button = QPushButton(text)
        button.setAutoDefault(False)
        button.clicked.connect(slot)
        return button
