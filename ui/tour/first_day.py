"""A rep's day, played through the real widgets and read back at every step (`salesdesk --tour DIR`).

Two laptops and an office server, the toolkit's own rows typed by gui_driver. DIR gets the papers, the
pictures, both encrypted workspaces, and a summary in words and as data; the exit status is 0 only
when every check held.
"""

from __future__ import annotations

import math
import shutil
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from salesdesk.actions import access, discovery, sample
from salesdesk.errors import WrongKey
from salesdesk.records.base import Stage
from salesdesk.records.language import Language
from salesdesk.records.prospecting import Customer
from salesdesk.records.work import Opportunity
from ui.app.access_dialogs import WelcomeDialog
from ui.app.application import Translators, make_application
from ui.app.sample_office import ACCOUNT, SECOND_ACCOUNT, LocalOffice
from ui.core import theme
from ui.documents.document_sources import PreviewPage
from ui.documents.sign_dialog import SignPage
from ui.forms.form_dialog import FormDialog
from ui.shell.main_window import MainWindow
from ui.stage.move_on_dialog import MoveOnDialog
from ui.tour import gui_driver
from ui.tour.laptop import Laptop, as_typed, dialog
from ui.tour.report import Step, write_summary
from ui.tour.sales_round import RoundTour

PASSPHRASE = "tour passphrase 2026"  # noqa: S105  # of a workspace that the tour makes and shows
_SIZES = ((1280, 800), (1920, 1080))
_SIGNATURE = (  # a swung line, and one across it
    [(80 + 4 * n, round(120 + 55 * math.sin(n / 5) - n / 2)) for n in range(90)],
    [(120 + 6 * n, round(160 - 0.9 * n)) for n in range(45)],
)
_DRAFT_WITHIN_S = 2


class Tour:
    """Plays the steps in order; an error in one is a failed check, and the day goes on."""

    def __init__(self, folder: Path) -> None:
        """`folder` is emptied of what an earlier tour left."""
        self.folder = folder
        for name in ("papers", "pictures", "workspaces"):
            shutil.rmtree(folder / name, ignore_errors=True)
            (folder / name).mkdir(parents=True)
        self.app = make_application()
        self.translators = Translators(self.app)
        self.steps: list[Step] = []
        self.rows = sample.rows_of("toolkit")["customers"]
        self.laptops: list[Laptop] = []
        self.office: LocalOffice | None = None
        self.customer_id = ""
        self.round = RoundTour(self, sample.rows_of("toolkit")["round"])

    def play(self) -> bool:
        """The whole day; returns whether everything held."""
        self._speak(Language.ZH, "light")
        for step in (
            self.set_up_the_first_laptop,
            self.record_the_customers,
            self.find_them_again,
            self.record_the_interview,
            self.keep_a_draft,
            self.issue_the_letter,
            self.start_the_office,
            self.bring_the_day_to_the_office,
            self.receive_it_on_a_second_laptop,
            self.change_the_same_field_on_both,
            self.round.write_the_proposal,
            self.round.negotiate,
            self.round.draft_the_contract,
            self.round.approve_it,
            self.round.sign_and_deliver,
            self.round.visit_and_begin_again,
            self.take_pictures,
            self.look_for_customers_words_on_the_disk,
        ):
            self._run(step)
        for laptop in self.laptops:
            laptop.close()
        if self.office is not None:
            self.office.stop()
        shutil.rmtree(self.folder / "workspaces" / "office", ignore_errors=True)
        write_summary(self.folder, self.steps)
        return all(step.ok for step in self.steps)

    def set_up_the_first_laptop(self, step: Step) -> None:
        """The first start: a name and a passphrase."""
        laptop = self.new_laptop("laptop-1", "李*")
        step.checks["the window is open on an empty, encrypted workspace"] = laptop.window.isVisible()
        step.checks["it knows whose it is"] = laptop.workspace.identity.name == "李*"
        try:
            access.unlock(laptop.folder, "not the passphrase").close()
        except WrongKey:
            step.checks["a wrong passphrase does not open it"] = True
        access.unlock(laptop.folder, PASSPHRASE).close()
        step.checks["the right one does"] = True
        self.picture("01-first-start", laptop.window)

    def record_the_customers(self, step: Step) -> None:
        """表1: both sample rows typed into the form, letter for letter."""
        laptop = self.laptops[0]
        for number, row in enumerate(self.rows, start=1):
            laptop.window.show_stage(Stage.PROSPECTING)
            gui_driver.click(laptop.page(Stage.PROSPECTING).new_button)
            form = dialog(FormDialog)
            laptop.type_in(form.panel, row["customer"])
            laptop.type_rows(form.panel, "contact", row["contacts"])
            self.picture(f"02-customer-{number}", form)
            gui_driver.save_key(form.panel)
            name = row["customer"]["name"]
            gui_driver.wait_for(f"{name} saved", partial(laptop.customer, name))
            gui_driver.settle(0.3)
            kept = laptop.customer(name)
            assert kept is not None
            step.checks[f"{name}: every field comes back as typed"] = as_typed(kept, row["customer"])
            step.checks[f"{name}: the contact comes back as typed"] = all(
                as_typed(contact, texts)
                for contact, texts in zip(laptop.card(kept.id).contacts, row["contacts"], strict=True)
            )

    def find_them_again(self, step: Step) -> None:
        """Search by characters, pinyin, initials and digits."""
        laptop = self.laptops[0]
        line = laptop.window.search.line
        for query in ("科技", "keji", "kjyxgs", "5678", "zzyxgs", "制造"):
            wanted = "制造" if query in {"制造", "zzyxgs"} else "科技"
            gui_driver.write(line, query)
            gui_driver.settle(0.4)
            hits = laptop.found(query)
            names = {laptop.card(hit.customer_id).customer.name for hit in hits}
            step.checks[f"{query} finds {wanted}"] = any(wanted in name for name in names)
            shown = laptop.window.search.shown_titles()
            step.checks[f"{query}: the list under the line shows it"] = bool(hits) and shown == [h.title for h in hits]
        self.picture("03-search", laptop.window)
        gui_driver.press(line, Qt.Key.Key_Escape)

    def record_the_interview(self, step: Step) -> None:
        """The first customer moves on with a reason; 表2 with its decision chain is typed."""
        laptop, row = self.laptops[0], self.rows[0]
        found = laptop.customer(row["customer"]["name"])
        assert found is not None
        self.customer_id = found.id
        laptop.window.select_customer(self.customer_id)
        page = laptop.page(Stage.PROSPECTING)
        gui_driver.wait_for(
            "the customer is shown", lambda: page.customer_id == self.customer_id and page.panel is not None
        )
        gui_driver.click(page.next_button)
        moving = dialog(MoveOnDialog)
        gui_driver.write(moving.reason_edit, "展会现场约定，先访谈后补验证")
        gui_driver.click(moving.confirm_button)
        gui_driver.wait_for("the round moved on", lambda: self._opportunity(laptop).stage == Stage.DISCOVERY.value)
        step.checks["the stage and the reason are kept"] = "先访谈后补验证" in self._opportunity(laptop).stage_reason
        laptop.window.show_stage(Stage.DISCOVERY)
        page = laptop.page(Stage.DISCOVERY)
        page.select_customer(self.customer_id, "needs_analysis")
        gui_driver.wait_for(
            "the empty form's button", lambda: page.customer_id == self.customer_id and page.view is not None
        )
        gui_driver.settle(0.3)
        if page.panel is None:
            gui_driver.click(page.work.empty.button)
        gui_driver.wait_for("a blank 表2", lambda: page.panel is not None and page.work.entity == "needs_analysis")
        assert page.panel is not None
        laptop.type_in(page.panel, row["analysis"])
        laptop.type_rows(page.panel, "decision_role", row["roles"])
        gui_driver.save_key(page.panel)
        gui_driver.wait_for("表2 saved", lambda: laptop.card(self.customer_id).analysis)
        gui_driver.settle(0.4)
        card = laptop.card(self.customer_id)
        step.checks["every field of 表2 comes back as typed"] = as_typed(card.analysis, row["analysis"])
        step.checks["every role of the decision chain comes back as typed"] = all(
            as_typed(role, texts) for role, texts in zip(card.roles, row["roles"], strict=True)
        )
        self.picture("04-interview", laptop.window)

    def keep_a_draft(self, step: Step) -> None:
        """What is typed and not saved is on the disk within two seconds; Ctrl+S makes it the record."""
        laptop = self.laptops[0]
        panel = laptop.page(Stage.DISCOVERY).panel
        assert panel is not None
        record_id = panel.sheet.record.id
        began = time.monotonic()
        gui_driver.write(panel.editor("budget"), "20万以内")
        gui_driver.wait_for("the draft", lambda: laptop.draft("needs_analysis", record_id))
        step.checks["the draft is on the disk within two seconds"] = time.monotonic() - began < _DRAFT_WITHIN_S
        step.checks["the record itself is unchanged"] = self._budget(laptop) == ""
        gui_driver.save_key(panel)
        gui_driver.wait_for("saved", lambda: self._budget(laptop) == "20万以内")
        gui_driver.settle(0.3)
        step.checks["saving ends the draft"] = laptop.draft("needs_analysis", record_id) is None

    def issue_the_letter(self, step: Step) -> None:
        """需求确认函 in one click: the file, its preview, noted as sent."""
        from salesdesk.documents.reading import text_of  # noqa: PLC0415  # PDFium, only for this

        laptop = self.laptops[0]
        gui_driver.click(laptop.page(Stage.DISCOVERY).letter_button)
        preview = dialog(PreviewPage)
        gui_driver.wait_for("the pages", lambda: preview.pages_shown() > 0)
        target = self.folder / "papers" / preview.file_name
        preview.save_to(target)
        gui_driver.wait_for("the saved PDF", target.exists)
        self.picture("05-letter", preview)
        name, stored = discovery.letter_pdf(laptop.workspace, preview.letter_id)
        text = text_of(target.read_bytes())
        analysis = self.rows[0]["analysis"]
        step.checks["the saved PDF is the stored file"] = target.read_bytes() == stored and name == target.name
        for wanted in (self.rows[0]["customer"]["name"], analysis["pains"], analysis["explicit_needs"], "需求确认函"):
            step.checks[f"the PDF's text has {wanted}"] = wanted in text
        step.checks["what is internal is not on it"] = analysis["implicit_needs"] not in text and "20万" not in text
        preview.note_sent("print")
        gui_driver.wait_for("noted as sent", lambda: laptop.letter(preview.letter_id).sent_at)
        step.checks["it is noted as handed over"] = laptop.letter(preview.letter_id).sent_by == "print"
        self._have_it_signed(preview, step)
        preview.close()

    def _have_it_signed(self, preview: PreviewPage, step: Step) -> None:
        """The customer signs on the screen."""
        gui_driver.click(preview.sign_button)
        page = dialog(SignPage)
        for stroke in _SIGNATURE:
            gui_driver.draw(page.pad, stroke)
        gui_driver.write(page.name, "张三")
        self.picture("05b-signature", page)
        gui_driver.click(page.sign_button)
        gui_driver.wait_for("the signature is on the paper", preview.seals.texts)
        (self.folder / "papers" / preview.file_name).write_bytes(preview.pdf)
        self.picture("05c-signed", preview)
        step.checks["it is signed, sealed and confirmed"] = (
            "张三" in preview.seals.texts()[0] and self.laptops[0].letter(preview.letter_id).state == "confirmed"
        )

    def start_the_office(self, step: Step) -> None:
        """An office server on this machine, in a process of its own."""
        self.office = LocalOffice(self.folder / "workspaces" / "office")
        step.checks["it answers at an address of this machine"] = self.office.url.startswith("http://127.0.0.1:")

    def bring_the_day_to_the_office(self, step: Step) -> None:
        """Signing in once; everything that waited goes."""
        laptop = self.laptops[0]
        waited = laptop.waiting()
        report = laptop.synchronise(self.office_of_tour(), ACCOUNT)
        step.checks["all that waited went"] = waited > 0 and laptop.waiting() == 0 and report.sent == waited
        page = laptop.open_sync()
        self.picture("06-sync", page)
        page.close()

    def receive_it_on_a_second_laptop(self, step: Step) -> None:
        """A colleague's laptop receives the day, letter for letter, and the letter's file."""
        first, laptop = self.laptops[0], self.new_laptop("laptop-2", "王*")
        laptop.synchronise(self.office_of_tour(), SECOND_ACCOUNT)
        here, there = first.everything(), laptop.everything()
        step.checks["both laptops hold the same records, letter for letter"] = here == there and len(here) > 0
        letter = laptop.card(self.customer_id).letter
        assert letter is not None
        name, pdf = discovery.letter_pdf(laptop.workspace, letter.id)
        step.checks["the letter's PDF arrived whole"] = (self.folder / "papers" / name).read_bytes() == pdf
        step.checks["it is found by its initials there"] = any(
            hit.record_id == self.customer_id for hit in laptop.found("kjyxgs")
        )
        laptop.window.select_customer(self.customer_id)
        gui_driver.settle(0.6)
        self.picture("07-second-laptop", laptop.window)

    def change_the_same_field_on_both(self, step: Step) -> None:
        """Two people change one field without network; both values are kept."""
        for laptop, city in zip(self.laptops, ("苏州", "无锡"), strict=True):
            with laptop.workspace.changing("save.customer") as changes:
                changes.get(Customer, self.customer_id).city = city
        first, second = self.laptops
        for laptop in (second, first, second):
            laptop.synchronise(self.office_of_tour())
        step.checks["both laptops end equal"] = first.everything() == second.everything()
        for number, laptop in enumerate(self.laptops, start=1):
            kept = laptop.conflicts()
            step.checks[f"laptop {number} keeps both values to choose from"] = "苏州" in kept and "无锡" in kept
        page = first.open_sync()
        self.picture("08-conflict", page)
        page.close()

    def take_pictures(self, step: Step) -> None:
        """A week of practice on the first laptop, in both languages, both themes and two sizes."""
        laptop = self.laptops[0]
        sample.fill(laptop.workspace, "practice")
        taken = 0
        for language in (Language.ZH, Language.EN):
            for look in ("light", "dark"):
                self._speak(language, look)
                laptop.desk.language = language
                window = MainWindow(laptop.desk)
                window.show()
                for width, height in _SIZES:
                    window.resize(QSize(width, height))
                    for name, show in self._views(window).items():
                        show()
                        gui_driver.settle(0.4)
                        self.picture(f"{name}-{language}-{look}-{width}", window)
                        taken += 1
                window.close()
                window.deleteLater()
        self._speak(Language.ZH, "light")
        laptop.desk.language = Language.ZH
        files = list((self.folder / "pictures").glob("*.png"))
        step.checks[f"{taken} pictures of the window lie in pictures/"] = len(files) >= taken > 0

    def look_for_customers_words_on_the_disk(self, step: Step) -> None:
        """A finder of the laptop reads nothing: no word of a customer in any file of both workspaces."""
        words = [self.rows[0]["customer"]["name"], "客户信息分散", "138××××5678", "华源科技", "无锡"]
        for laptop in self.laptops:
            files = [path for path in laptop.folder.rglob("*") if path.is_file()]
            raw = {path.name: path.read_bytes() for path in files}
            found = [name for name, data in raw.items() if any(w.encode() in data for w in words)]
            what = f"{laptop.folder.name}: {len(files)} files, none with a customer's word"
            step.checks[what] = bool(files) and not found

    def new_laptop(self, name: str, person: str) -> Laptop:
        """A laptop set up as at the first start."""
        folder = self.folder / "workspaces" / name
        welcome = WelcomeDialog(folder)
        welcome.show()
        gui_driver.write(welcome.name, person)
        welcome.wants_passphrase.setChecked(True)
        gui_driver.write(welcome.passphrase, PASSPHRASE)
        gui_driver.write(welcome.again, PASSPHRASE)
        if not self.laptops:
            self.picture("00-welcome", welcome)
        gui_driver.wait_for("what the keyring says", welcome.button.isEnabled)
        gui_driver.click(welcome.button)
        gui_driver.wait_for("the workspace", lambda: welcome.workspace)
        assert welcome.workspace is not None
        laptop = Laptop(folder, welcome.workspace, QSize(*_SIZES[0]))
        self.laptops.append(laptop)
        return laptop

    def office_of_tour(self) -> LocalOffice:
        """The office server of this day."""
        assert self.office is not None
        return self.office

    def _opportunity(self, laptop: Laptop) -> Opportunity:
        found = laptop.card(self.customer_id).opportunity
        assert found is not None
        return found

    def _budget(self, laptop: Laptop) -> str:
        analysis = laptop.card(self.customer_id).analysis
        return analysis.budget if analysis else ""

    def _views(self, window: MainWindow) -> dict[str, Callable[[], None]]:
        laptop = self.laptops[0]

        def customer_in(stage: Stage, name: str) -> Callable[[], None]:
            def show() -> None:
                found = laptop.customer(name)
                assert found is not None
                window.show_stage(stage)
                window.select_customer(found.id)

            return show

        return {
            "today": lambda: window.show_page("today"),
            "stage-1": customer_in(Stage.PROSPECTING, "启航教育"),
            "stage-2": customer_in(Stage.DISCOVERY, "华源科技有限公司"),
            "stage-3": lambda: window.show_stage(Stage.PROPOSAL),
        }

    def _speak(self, language: Language, look: str) -> None:
        self.translators.use(language)
        theme.apply(self.app, look)

    def picture(self, name: str, widget: QWidget) -> None:
        """Keep what a widget looks like."""
        gui_driver.settle()
        if not widget.grab().save(str(self.folder / "pictures" / f"{name}.png")):
            raise OSError(name)

    def _run(self, play: Callable[[Step], None]) -> None:
        step = Step((play.__doc__ or play.__name__).strip())
        began = time.monotonic()
        try:
            play(step)
        except Exception as error:  # noqa: BLE001  # the day goes on, and the summary tells
            step.checks[f"{play.__name__}: {type(error).__name__}: {error}"] = False
            for left_open in QApplication.topLevelWidgets():
                if isinstance(left_open, QDialog) and left_open.isVisible():
                    left_open.close()
        step.seconds = round(time.monotonic() - began, 2)
        self.steps.append(step)
        sys.stdout.write(f"{'ok  ' if step.ok else 'FAIL'} {step.seconds:6.2f} s  {step.name}\n")
        for what, held in step.checks.items():
            if not held:
                sys.stdout.write(f"      not held: {what}\n")
        sys.stdout.flush()


def play(folder: Path) -> int:
    """Play the tour into a folder; 0 when everything held."""
    folder.mkdir(parents=True, exist_ok=True)
    return 0 if Tour(folder).play() else 1
