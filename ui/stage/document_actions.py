"""The papers of a stage: what can be printed, the letter, and what becomes of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QAction, QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QDialog, QFileDialog, QMenu, QPushButton, QToolTip

from salesdesk.actions import discovery, papers, signing, slides
from salesdesk.actions.paper_declarations import Offer, paper_named
from salesdesk.records.base import Record, Stage
from salesdesk.records.discovery import ConfirmationLetter
from salesdesk.records.language import Language
from salesdesk.records.registry import form_named
from salesdesk.records.work import Attachment
from salesdesk.store.workspace import Workspace
from ui.messages import lookup
from ui.records.attachments_dialog import FilesPage
from ui.stage.customer_view_dialog import customer_fields
from ui.stage.stage_model import StageModel


class DocumentActions(QObject):
    """The menu below "Print", and the buttons of the letter.

    `preview_asked(letter_id)` wants the letter's page, `paper_asked(Offer)` another paper made; `dialog_made(QDialog)`
    is to be shown above the tab.
    """

    preview_asked = Signal(str)
    paper_asked = Signal(object)
    dialog_made = Signal(QDialog)

    def __init__(self, model: StageModel, print_button: QPushButton) -> None:
        super().__init__(model.tab)
        self._model = model
        self._desk = model.desk
        self._print_button = print_button
        self.actions: dict[str, QAction] = {}
        self.menu = QMenu(print_button)
        self.menu.aboutToShow.connect(self.offer)
        print_button.setMenu(self.menu)

    def offer(self) -> None:
        """Fill the menu with what can be made now."""
        self.menu.clear()
        for below in self.menu.findChildren(QMenu):
            below.deleteLater()
        self.actions = {}
        view, panel = self._model.view, self._model.panel
        if view is None:
            return
        if view.card.letter is not None:
            words = paper_named("letter").title(self._desk.language)
            self._add("letter", self.tr("{paper}, as issued").format(paper=words), self.preview)
        shown = panel.sheet.record if panel is not None and not panel.sheet.is_new else None
        slides: dict[str, Offer] = {}
        for offer in papers.offered(view.card, self._model.stage, shown):
            words = offer.title(self._desk.language)
            self._add(offer.kind, words, self._saving(partial(self.paper_asked.emit, offer)))
            if offer.paper.slides:
                as_slides = self.tr("{paper}, as slides (PowerPoint)…").format(paper=words)
                ask = self._saving(partial(self._ask_where_the_slides, offer, self._desk.language))
                self._add(f"slides.{offer.kind}", as_slides, ask)
                slides[as_slides] = offer
        if shown is not None and any(said.name != "customer_id" for said in customer_fields(type(shown))):
            self._add("chat", self.tr("Copy as a text for WeChat"), self._saving(lambda: self.copy_for_chat(shown)))
        for file in (one for one in view.signed if form_named(one.entity).__form__.stage is self._model.stage):
            kind = f"signed.{file.id}"
            self._add(kind, self._words_of(file), partial(self.open_signed, file))
        self._offer_languages(slides, letter=view.card.analysis is not None and self._model.stage is Stage.DISCOVERY)
        if not self.actions:
            self.menu.addAction(self.tr("There is nothing to print yet")).setEnabled(False)

    def _offer_languages(self, slides: dict[str, Offer], *, letter: bool) -> None:
        """What is made without a preview that asks for its language: the letter, and slides by what they are called."""
        if not slides and not letter:
            return
        menu = self.menu.addMenu(self.tr("In another language"))
        for language, name in lookup.LANGUAGES.items():
            if language is self._desk.language:
                continue
            if letter:
                words = self.tr("New confirmation letter")
                self._add(f"letter.{language}", f"{words} · {name}", partial(self.create_letter, language), menu)
            for words, offer in slides.items():
                ask = self._saving(partial(self._ask_where_the_slides, offer, language))
                self._add(f"slides.{offer.kind}.{language}", f"{words} · {name}", ask, menu)

    def _words_of(self, file: Attachment) -> str:
        """A signed paper by its name, and by what tells it from others of the same name."""
        complete = signing.is_complete(file)
        words = (
            self.tr("Signed by both: {name} ({when})") if complete else self.tr("Signed by one side: {name} ({when})")
        )
        return words.format(name=file.name, when=f"{file.created_at.astimezone(self._desk.zone):%m-%d %H:%M:%S}")

    def create_letter(self, language: Language | None = None) -> None:
        """Make the 需求确认函 of the newest interview and show it; what is typed is saved first.

        It is in the window's language when none is given. Without an interview, that is what is asked for.
        """
        model = self._model
        if model.view is None or model.view.card.analysis is None:
            model.choose(model.customer_id, "needs_analysis")
            return
        panel, issue = model.panel, partial(self._issue_letter, language or self._desk.language)
        if panel is not None and model.entity == "needs_analysis" and panel.has_unsaved():
            panel.save(then=issue)
        else:
            issue()

    def _issue_letter(self, language: Language) -> None:
        """Make the next version of the letter in a language and show it."""
        desk, model = self._desk, self._model
        analysis = model.view.card.analysis if model.view else None
        if analysis is None:
            return
        customer_id, analysis_id = model.customer_id, analysis.id

        def issue(workspace: Workspace) -> ConfirmationLetter:
            return discovery.issue_letter(workspace, analysis_id, desk.zone, language, desk.settings)

        def done(letter: ConfirmationLetter) -> None:
            model.show_if_still(customer_id, "confirmation_letter", letter.id)
            self.preview_asked.emit(letter.id)

        desk.change(model.tab, issue, done, once=f"letter.{analysis_id}")

    def preview(self) -> None:
        """Show the letter on show, else the newest one."""
        if letter_id := self._shown_letter():
            self.preview_asked.emit(letter_id)

    def open_signed(self, file: Attachment) -> None:
        """Show a paper as it was signed."""
        from ui.documents.document_sources import SignedPage  # noqa: PLC0415  # brings the PDF reader; only when it is wanted

        self.dialog_made.emit(SignedPage(self._desk, file, self._model.tab))

    def write_slides(self, offer: Offer, path: Path, language: Language) -> None:
        """Write a paper as a presentation, and open it with the program for it."""
        desk = self._desk
        workspace, settings, today = desk.workspace, desk.settings, desk.today()
        desk.query(
            self._model.tab,
            lambda _session: slides.write(workspace, offer, settings, today, language, path),
            lambda written: QDesktopServices.openUrl(QUrl.fromLocalFile(str(written))),
        )

    def _ask_where_the_slides(self, offer: Offer, language: Language) -> None:
        proposed = Path.home() / papers.file_name(f"{self._model.customer_name}-{offer.title(language)}", "pptx")
        chosen, _ = QFileDialog.getSaveFileName(
            self._model.tab,
            self.tr("{paper} as slides").format(paper=offer.title(language)),
            str(proposed),
            "PowerPoint (*.pptx)",
        )
        if chosen:
            self.write_slides(offer, Path(chosen), language)

    def copy_for_chat(self, record: Record) -> None:
        """Put what a record says to the customer on the clipboard."""
        desk = self._desk
        workspace, settings, language = desk.workspace, desk.settings, desk.language
        entity, record_id = str(record.__tablename__), record.id
        desk.query(
            self._model.tab,
            lambda _session: papers.chat_text(workspace, entity, record_id, settings, language),
            self._copied,
        )

    def _copied(self, text: str) -> None:
        button = self._print_button
        if text:
            QGuiApplication.clipboard().setText(text)
        said = self.tr("Copied. Paste it into the chat.") if text else self.tr("There is nothing to say yet.")
        QToolTip.showText(button.mapToGlobal(button.rect().bottomLeft()), said, button)

    def note_sent(self, how: str) -> None:
        """Note that the letter went out."""
        letter_id = self._shown_letter()
        self._desk.change(self._model.tab, lambda workspace: discovery.mark_sent(workspace, letter_id, how))

    def note_confirmed(self) -> None:
        """Note that the customer confirmed the letter."""
        letter_id, today = self._shown_letter(), self._desk.today()
        self._desk.change(self._model.tab, lambda workspace: discovery.mark_confirmed(workspace, letter_id, today))

    def open_files(self) -> None:
        """Show the files of the form on show; one that was never saved can have none."""
        panel, view = self._model.panel, self._model.view
        if panel is None or view is None:
            return
        if panel.sheet.is_new:
            panel.save(then=self.open_files)
            return
        record = panel.sheet.record
        title = f"{view.card.customer.name} · {record.__form__.label(self._desk.language)}"
        self.dialog_made.emit(FilesPage(self._desk, panel.sheet.entity, record.id, title, self._model.tab))

    def _saving(self, make: Callable[[], object]) -> Callable[[], object]:
        """What is typed in the form on show is saved first: a paper says what stands on the screen."""

        def begin() -> None:
            panel = self._model.panel
            if panel is not None and not panel.sheet.is_new and panel.has_unsaved():
                panel.save(then=make)
            else:
                make()

        return begin

    def _add(self, kind: str, words: str, slot: Callable[[], object], menu: QMenu | None = None) -> None:
        action = (menu or self.menu).addAction(words)
        action.triggered.connect(lambda _checked=False: slot())
        self.actions[kind] = action

    def _shown_letter(self) -> str:
        panel = self._model.panel
        if panel is not None and self._model.entity == "confirmation_letter":
            return panel.sheet.record.id
        letter = self._model.view.card.letter if self._model.view else None
        return letter.id if letter else ""
