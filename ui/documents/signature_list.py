"""What the signatures of a file say: who, when, and whether it is still what was signed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from PySide6.QtWidgets import QVBoxLayout, QWidget

from salesdesk.documents.seals import Seal, Verdict
from ui.core.background import Desk
from ui.messages import lookup
from ui.widgets.labels import PlainLabel


class SealList(QWidget):
    """A line for each signature; hidden while there is none."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self.hide()

    def show_seals(self, seals: Sequence[Seal]) -> None:
        """The lines anew."""
        while (item := self._column.takeAt(0)) is not None:
            label = cast("QWidget", item.widget())
            label.setParent(None)
            label.deleteLater()
        for seal in seals:
            label = PlainLabel(self.sentence(seal), _look(seal))
            label.setWordWrap(True)
            self._column.addWidget(label)
        if self.parentWidget() is not None:
            self.setVisible(bool(seals))

    def texts(self) -> list[str]:
        """The lines."""
        return [label.text() for label in self.findChildren(PlainLabel)]

    def sentence(self, seal: Seal) -> str:
        """What one signature says."""
        when = f"{seal.at.astimezone(self._desk.zone):%Y-%m-%d %H:%M}" if seal.at else "?"
        why = [lookup.sentence(reason.message, **reason.params) for reason in seal.reasons]
        if seal.verdict is Verdict.CHANGED:
            said = self.tr("{name}, {when}: CHANGED. {why} Do not rely on it; ask for the original file.")
        elif seal.verdict is Verdict.UNCHECKED:
            said = self.tr("{name}, {when}: signed, but it cannot be checked here. {why}")
        elif seal.verdict is Verdict.WEAK:
            said = self.tr("{name}, {when}: signed, and unchanged since, but WEAK. {why}")
        elif seal.known:
            said = self.tr("{name}, {when}: signed, and unchanged since. Sealed with our own certificate.")
        else:
            said = self.tr(
                "{name}, {when}: signed, and unchanged since; "
                "but who sealed it is not known on this computer ({issuer})."
            )
        joined = self._desk.language.pick("", " ").join(why)
        return said.format(name=seal.name or "?", when=when, issuer=seal.issuer, why=joined)


def _look(seal: Seal) -> str:
    if seal.verdict is Verdict.CHANGED:
        return "danger"
    return "ok" if seal.verdict is Verdict.UNCHANGED and seal.known else "warn"
