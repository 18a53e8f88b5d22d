"""Two customers that may be one, side by side: which of them stays?"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QFrame,
    QGridLayout,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from salesdesk.actions import duplicates
from salesdesk.actions.duplicates import Side
from salesdesk.errors import SalesDeskError
from salesdesk.records.language import Language
from salesdesk.records.prospecting import Contact, Customer
from salesdesk.records.registry import fields_of
from ui.core import notify
from ui.core.background import Desk
from ui.widgets.confirm_row import ConfirmRow
from ui.widgets.labels import PlainLabel, plain_tooltip, set_look

_NAME_CHARACTERS = 24  # of a name beside its button; the tooltip has all of it


class MergeDialog(QDialog):
    """Shows what differs between two customers, and makes one of them.

    `merged(customer_id)` names the one that stayed. The first one stays unless the other is chosen.
    """

    merged = Signal(str)

    def __init__(self, desk: Desk, first_id: str, second_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._ids = (first_id, second_id)
        self.setWindowTitle(self.tr("Merge two customers"))
        self.notice = notify.Bar()
        self.keep: list[QRadioButton] = [QRadioButton(), QRadioButton()]
        self.lines: dict[str, tuple[PlainLabel, PlainLabel]] = {}
        self._group = QButtonGroup(self)
        self._buttons = ConfirmRow(self, self.tr("Merge"))
        self.merge_button = self._buttons.confirm_button
        self.merge_button.setEnabled(False)  # until both were read
        self.merge_button.clicked.connect(self._merge)
        self._build()
        self.keep[0].setChecked(True)
        screen = self.screen().availableGeometry()
        self.resize(min(760, screen.width() - 80), min(600, screen.height() - 80))
        desk.query(self, lambda session: [duplicates.read_side(session, one) for one in self._ids], self._show)

    def kept_id(self) -> str:
        """The customer that is to stay."""
        return self._ids[0] if self.keep[0].isChecked() else self._ids[1]

    def _build(self) -> None:
        inside = QWidget()
        set_look(inside, "inside")
        self._grid = QGridLayout(inside)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(8)
        self._grid.addWidget(PlainLabel(self.tr("Keep"), "muted"), 0, 0)
        for column, choice in enumerate(self.keep, start=1):
            self._grid.setColumnStretch(column, 1)
            self._group.addButton(choice)
            self._grid.addWidget(choice, 0, column)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setWidget(inside)
        told = PlainLabel(
            self.tr(
                "Rounds, papers, tasks and contacts of the other one move to the kept one, and fill what is empty "
                "there. The history takes it back."
            ),
            "muted",
        )
        told.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 18)
        layout.setSpacing(10)
        layout.addWidget(self.notice)
        layout.addWidget(area, 1)
        layout.addWidget(told)
        layout.addWidget(self._buttons)

    def _show(self, sides: list[Side]) -> None:
        for choice, side in zip(self.keep, sides, strict=True):
            name = side.customer.name
            short = name if len(name) <= _NAME_CHARACTERS else name[: _NAME_CHARACTERS - 1] + "…"
            choice.setText(short.replace("&", "&&"))  # a single one would underline the next letter
            choice.setToolTip(plain_tooltip(name))
        language = self._desk.language
        for name, field in fields_of(Customer).items():
            if field.shown:
                shown = [field.show(getattr(side.customer, name), language) for side in sides]
                self._add_line(name, field.label(language), shown)
        self._add_line("contact", Contact.__form__.label(language), [_people(side, language) for side in sides])
        self._grid.setRowStretch(self._grid.rowCount(), 1)
        gone = [side.customer.name for side in sides if side.customer.deleted_at is not None]
        if gone:
            self.notice.show_text(self.tr("“{name}” is in the recycle bin.").format(name=gone[0]))
        self.merge_button.setEnabled(not gone and self._ids[0] != self._ids[1])

    def _add_line(self, name: str, label: str, shown: list[str]) -> None:
        """A field of both; what neither has is left out, what is alike stands back."""
        if not any(shown):
            return
        row = self._grid.rowCount()
        top = Qt.AlignmentFlag.AlignTop
        self._grid.addWidget(PlainLabel(label, "muted"), row, 0, top)
        look = "muted" if shown[0] == shown[1] else "heading"
        left, right = (PlainLabel(text or "—", look) for text in shown)
        for column, value in enumerate((left, right), start=1):
            value.setWordWrap(True)
            value.setAccessibleName(f"{label} {value.text()}")
            self._grid.addWidget(value, row, column, top)
        self.lines[name] = (left, right)

    def _merge(self) -> None:
        keep_id = self.kept_id()
        drop_id = next(one for one in self._ids if one != keep_id)
        self.merge_button.setEnabled(False)
        self._desk.change(
            self,
            lambda workspace: duplicates.merge(workspace, keep_id, drop_id),
            lambda _: self._done(keep_id),
            self._failed,
            action="customer.merge",
            once=f"merge.{drop_id}",
        )

    def _done(self, keep_id: str) -> None:
        self.merged.emit(keep_id)
        self.accept()

    def _failed(self, error: SalesDeskError) -> None:
        self.merge_button.setEnabled(True)
        notify.show(self, error)


def _people(side: Side, language: Language) -> str:
    """The people of a customer, one a line, with how to reach them."""
    parts = [fields_of(Contact)[name] for name in ("name", "position", "phone", "email", "wechat")]
    return "\n".join(
        " ".join(filter(None, (field.show(getattr(contact, field.name), language) for field in parts)))
        for contact in side.contacts
    )
