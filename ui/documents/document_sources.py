"""The papers that a preview shows: one made now, one that was issued or signed, one from outside."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QComboBox, QMenu, QWidget

from salesdesk.actions import discovery, files, papers, signing
from salesdesk.actions.paper_declarations import Offer
from salesdesk.actions.papers import Made
from salesdesk.records.discovery import SENDING
from salesdesk.records.language import Language
from salesdesk.records.work import Attachment
from salesdesk.store.workspace import Workspace
from ui.core.background import Desk
from ui.documents.document_dialog import PaperPage, Shown
from ui.messages import lookup


class OfferPage(PaperPage):
    """A paper made now from what the workspace holds."""

    def __init__(self, desk: Desk, offer: Offer, parent: QWidget | None = None) -> None:
        self.language = QComboBox()
        self.language.setAccessibleName(QCoreApplication.translate("OfferPage", "Language of the paper"))
        for language, name in lookup.LANGUAGES.items():
            self.language.addItem(name, language)
        self.language.setCurrentIndex(self.language.findData(desk.language))
        super().__init__(desk, self._maker(desk, offer), offer, parent)
        self.bar.insertWidget(1, self.language)
        self.language.currentIndexChanged.connect(lambda _: self._make_anew(desk, offer))

    def _make_anew(self, desk: Desk, offer: Offer) -> None:
        self.notice.hide()  # it spoke of the paper before
        self.fetch(self._maker(desk, offer))

    def _maker(self, desk: Desk, offer: Offer) -> Callable[[Workspace], Made]:
        settings, today = desk.settings, desk.today()
        language = self.spoken()
        return lambda workspace: papers.make(workspace, offer, settings, today, language)

    def spoken(self) -> Language:
        """As chosen."""
        return Language(self.language.currentData())

    def _signed(self, made: Made) -> None:
        self.language.setEnabled(False)  # what is signed is not made anew
        super()._signed(made)


class SignedPage(PaperPage):
    """A signed paper as it is kept; a side that has not signed yet can."""

    is_kept = True

    def __init__(self, desk: Desk, file: Attachment, parent: QWidget | None = None) -> None:
        offer = signing.offer_to_sign(file)
        super().__init__(desk, lambda workspace: Made(file.name, files.content(workspace, file)), offer, parent)
        self.keep_button.hide()


class CheckPage(PaperPage):
    """A file from outside: what its signatures say."""

    def __init__(self, desk: Desk, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(desk, lambda _workspace: files.from_outside(path), None, parent)
        self.setWindowTitle(self.tr("Check a signed paper"))

    def show_paper(self, found: Shown) -> None:
        """As every paper; without a signature it says so."""
        super().show_paper(found)
        if not found.seals:
            self.notice.show_text(self.tr("This file carries no signature."))


class PreviewPage(PaperPage):
    """An issued letter, exactly as it was issued. `sent` is emitted when it was noted as sent."""

    sent = Signal(str)

    def __init__(self, desk: Desk, letter_id: str, parent: QWidget | None = None) -> None:
        self.letter_id = letter_id
        self._was_sent = False

        def issued(workspace: Workspace) -> Made:
            return Made(*discovery.letter_pdf(workspace, letter_id))

        super().__init__(desk, issued, Offer("letter", "confirmation_letter", letter_id), parent)
        self.keep_button.hide()  # it was kept when it was issued
        self.setWindowTitle(self.tr("Confirmation letter"))
        self.sent_button = self._button(self.tr("Note as sent"), "primary", None)
        self.sent_button.setMenu(self._ways())
        self.bar.addWidget(self.sent_button)

    def fetch(self, make: Callable[[Workspace], Made]) -> None:
        """As every paper; whether it has gone out may be another answer each time."""

        def noting(workspace: Workspace) -> Made:
            self._was_sent = discovery.was_sent(workspace, self.letter_id)
            return make(workspace)

        super().fetch(noting)

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
