"""A rep's day, played through the real widgets and read back at every step (`salesdesk --tour DIR`).

Two laptops and an office server, the toolkit's own rows typed by hand. DIR gets the papers, the
pictures, both encrypted workspaces, and a summary in words and as data; the exit status is 0 only
when every check held.
"""

from __future__ import annotations

import json
import shutil
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from salesdesk.actions import access, discovery, sample
from salesdesk.errors import WrongKey
from salesdesk.records.base import Stage
from salesdesk.records.discovery import ConfirmationLetter
from salesdesk.records.kinds import Language
from salesdesk.records.prospecting import Customer
from salesdesk.records.registry import fields_of, form_named, forms
from salesdesk.settings import Settings
from salesdesk.store import drafts, journal, queries, search
from salesdesk.store.workspace import Workspace
from ui import hand, theme
from ui.form import FormPanel
from ui.local_office import ACCOUNT, PASSWORD, SECOND_ACCOUNT, LocalOffice
from ui.main_window import MainWindow
from ui.pages.access import WelcomeDialog
from ui.pages.preview import PreviewPage
from ui.pages.stage import StagePage
from ui.pages.sync import SyncPage
from ui.program import Translators, make_application
from ui.tasks import Desk

PASSPHRASE = "tour passphrase 2026"
_SIZES = ((1280, 800), (1920, 1080))


@dataclass
class Step:
    """One step of the day: what was done, and what reading it back gave."""

    name: str
    checks: dict[str, bool] = field(default_factory=dict)
    seconds: float = 0.0

    @property
    def ok(self) -> bool:
        """Whether every check held, and there was one."""
        return bool(self.checks) and all(self.checks.values())


@dataclass
class Laptop:
    """One of the two computers of the day."""

    folder: Path
    desk: Desk
    window: MainWindow

    @property
    def workspace(self) -> Workspace:
        """Its workspace."""
        return self.desk.workspace

    def close(self) -> None:
        """Go home."""
        self.window.close()
        self.window.deleteLater()
        self.desk.close()


class Tour:
    """Plays the steps in order; an error in one is a failed check, and the day goes on."""

    def __init__(self, folder: Path) -> None:
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
            self.take_pictures,
            self.look_for_customers_words_on_the_disk,
        ):
            self._run(step)
        for laptop in self.laptops:
            laptop.close()
        if self.office is not None:
            self.office.stop()
        shutil.rmtree(self.folder / "workspaces" / "office", ignore_errors=True)
        self._write_summary()
        return all(step.ok for step in self.steps)

    # --- the day ---

    def set_up_the_first_laptop(self, step: Step) -> None:
        """The first start: a name and a passphrase."""
        laptop = self._new_laptop("laptop-1", "李*")
        step.checks["the window is open on an empty, encrypted workspace"] = laptop.window.isVisible()
        step.checks["it knows whose it is"] = laptop.workspace.identity.name == "李*"
        try:
            access.unlock(laptop.folder, "not the passphrase").close()
        except WrongKey:
            step.checks["a wrong passphrase does not open it"] = True
        access.unlock(laptop.folder, PASSPHRASE).close()
        step.checks["the right one does"] = True
        self._picture("01-first-start", laptop.window)

    def record_the_customers(self, step: Step) -> None:
        """表1: both sample rows typed into the form, letter for letter."""
        window = self.laptops[0].window
        for number, row in enumerate(self.rows, start=1):
            window.show_stage(Stage.PROSPECTING)
            page = self._page(Stage.PROSPECTING)
            hand.click(page.new_button)
            dialog = self._dialog()
            panel = dialog.findChild(FormPanel)
            assert panel is not None
            self._type(panel, row["customer"])
            self._type_rows(panel, "contact", row["contacts"])
            self._picture(f"02-customer-{number}", dialog)
            hand.save_key(panel)
            name = row["customer"]["name"]
            hand.wait_for(f"{name} saved", lambda name=name: self._customer(0, name))
            if dialog.isVisible():
                dialog.close()
            hand.settle()
            kept = self._customer(0, name)
            step.checks[f"{name}: every field comes back as typed"] = self._as_typed(kept, row["customer"])
            card = self._card(0, kept.id)
            step.checks[f"{name}: the contact comes back as typed"] = all(
                self._as_typed(contact, texts) for contact, texts in zip(card.contacts, row["contacts"], strict=True)
            )

    def find_them_again(self, step: Step) -> None:
        """Search by characters, pinyin, initials and digits."""
        window = self.laptops[0].window
        for query in ("科技", "keji", "kjyxgs", "5678", "zzyxgs", "制造"):
            wanted = "制造" if query in {"制造", "zzyxgs"} else "科技"
            box = hand.writing_place(window.search)
            hand.write(box, query)
            hand.settle(0.4)
            with self.laptops[0].workspace.reading() as session:
                hits = search.find(session, query)
            names = {self._customer_name(0, hit.customer_id) for hit in hits}
            step.checks[f"{query} finds {wanted}"] = any(wanted in name for name in names)
            shown = window.search.shown_titles()
            step.checks[f"{query}: the list under the search box shows it"] = bool(shown) and len(shown) == len(hits)
        self._picture("03-search", window)
        hand.press(hand.writing_place(window.search), Qt.Key.Key_Escape)

    def record_the_interview(self, step: Step) -> None:
        """The first customer moves on with a reason; 表2 with its decision chain is typed."""
        row = self.rows[0]
        self.customer_id = self._customer(0, row["customer"]["name"]).id
        window = self.laptops[0].window
        window.select_customer(self.customer_id)
        page = self._page(Stage.PROSPECTING)
        hand.wait_for("the customer is shown", lambda: page.customer_id == self.customer_id and page.panel is not None)
        hand.click(page.next_button)
        dialog = self._dialog()
        hand.write(dialog.reason_edit, "展会现场约定，先访谈后补验证")
        hand.click(dialog.confirm_button)
        hand.wait_for("the round moved on", lambda: self._card(0, self.customer_id).opportunity.stage == "discovery")
        step.checks["the stage and the reason are kept"] = (
            "先访谈后补验证" in self._card(0, self.customer_id).opportunity.stage_reason
        )
        window.show_stage(Stage.DISCOVERY)
        page = self._page(Stage.DISCOVERY)
        page.select_customer(self.customer_id, "needs_analysis")
        hand.wait_for("the empty form's button", lambda: page.customer_id == self.customer_id and page.view is not None)
        hand.settle(0.3)
        if page.panel is None:
            hand.click(page.work.empty.button)
        hand.wait_for("a blank 表2", lambda: page.panel is not None and page.work.entity == "needs_analysis")
        window.activateWindow()
        self._type(page.panel, row["analysis"])
        self._type_rows(page.panel, "decision_role", row["roles"])
        hand.save_key(page.panel)
        hand.wait_for("表2 saved", lambda: self._card(0, self.customer_id).analysis)
        hand.settle(0.4)
        card = self._card(0, self.customer_id)
        step.checks["every field of 表2 comes back as typed"] = self._as_typed(card.analysis, row["analysis"])
        step.checks["every role of the decision chain comes back as typed"] = len(card.roles) == len(
            row["roles"]
        ) and all(self._as_typed(role, texts) for role, texts in zip(card.roles, row["roles"], strict=True))
        self._picture("04-interview", window)

    def keep_a_draft(self, step: Step) -> None:
        """What is typed and not saved is on the disk within two seconds, and is taken back."""
        page = self._page(Stage.DISCOVERY)
        record_id = page.panel.sheet.record.id
        began = time.monotonic()
        hand.write(page.panel.editor("budget"), "20万以内")
        hand.wait_for("the draft", lambda: self._draft(record_id))
        step.checks["the draft is on the disk within two seconds of typing"] = time.monotonic() - began < 2
        step.checks["the record itself is unchanged"] = self._card(0, self.customer_id).analysis.budget == ""
        hand.save_key(page.panel)
        hand.wait_for("saved", lambda: self._card(0, self.customer_id).analysis.budget == "20万以内")
        hand.settle(0.3)
        step.checks["saving ends the draft"] = self._draft(record_id) is None

    def issue_the_letter(self, step: Step) -> None:
        """需求确认函 in one click: the file, its preview, noted as sent."""
        page = self._page(Stage.DISCOVERY)
        hand.click(page.letter_button)
        preview = self._dialog(PreviewPage)
        assert isinstance(preview, PreviewPage)
        hand.wait_for("the pages", lambda: preview.pages_shown() > 0)
        target = self.folder / "papers" / preview.file_name
        preview.save_to(target)
        self._picture("05-letter", preview)
        from salesdesk.documents.reading import text_of  # noqa: PLC0415  # PDFium, only for this

        name, stored = discovery.letter_pdf(self.laptops[0].workspace, preview.letter_id)
        text = text_of(target.read_bytes())
        analysis = self.rows[0]["analysis"]
        step.checks["the saved PDF is the stored file"] = target.read_bytes() == stored and name == target.name
        for wanted in (self.rows[0]["customer"]["name"], analysis["pains"], analysis["explicit_needs"], "需求确认函"):
            step.checks[f"the PDF's text has {wanted}"] = wanted in text
        step.checks["what is internal is not on it"] = analysis["implicit_needs"] not in text and "20万" not in text
        preview.note_sent("print")
        hand.wait_for("noted as sent", lambda: self._letter(preview.letter_id).sent_at)
        step.checks["it is noted as handed over, and its clock stops"] = (
            self._letter(preview.letter_id).sent_by == "print"
        )
        preview.close()

    def start_the_office(self, step: Step) -> None:
        """An office server on this machine, in a process of its own."""
        self.office = LocalOffice(self.folder / "workspaces" / "office")
        step.checks["it answers at an address of this machine"] = self.office.url.startswith("http://127.0.0.1:")

    def bring_the_day_to_the_office(self, step: Step) -> None:
        """Signing in once; everything that waited goes."""
        with self.laptops[0].workspace.reading() as session:
            waited = journal.waiting_count(session)
        report = self._sync(0, ACCOUNT, picture="06-sync")
        with self.laptops[0].workspace.reading() as session:
            left = journal.waiting_count(session)
        step.checks["all that waited went"] = waited > 0 and left == 0 and report.sent == waited

    def receive_it_on_a_second_laptop(self, step: Step) -> None:
        """A colleague's laptop receives the day, letter for letter, and the letter's file."""
        laptop = self._new_laptop("laptop-2", "王*")
        self._sync(1, SECOND_ACCOUNT)
        first, second = (self._everything(n) for n in (0, 1))
        step.checks["both laptops hold the same records, letter for letter"] = first == second and len(first) > 0
        letter = self._card(1, self.customer_id).letter
        name, pdf = discovery.letter_pdf(laptop.workspace, letter.id) if letter else ("", b"")
        step.checks["the letter's PDF arrived whole"] = (self.folder / "papers" / name).read_bytes() == pdf
        with laptop.workspace.reading() as session:
            hits = search.find(session, "kjyxgs")
        step.checks["the second laptop finds it by initials"] = any(h.record_id == self.customer_id for h in hits)
        laptop.window.select_customer(self.customer_id)
        hand.settle(0.6)
        self._picture("07-second-laptop", laptop.window)

    def change_the_same_field_on_both(self, step: Step) -> None:
        """Two people change one field without network; both values are kept."""
        for number, city in ((0, "苏州"), (1, "无锡")):
            with self.laptops[number].workspace.changing("save.customer") as changes:
                changes.get(Customer, self.customer_id).city = city
        for number in (1, 0, 1):
            self._sync(number)
        cities = {self._customer_by_id(n, self.customer_id).city for n in (0, 1)}
        step.checks["both laptops end equal"] = len(cities) == 1 and self._everything(0) == self._everything(1)
        for number in (0, 1):
            with self.laptops[number].workspace.reading() as session:
                found = queries.open_conflicts(session)
            kept = " ".join(c.mine + c.theirs for c in found)
            step.checks[f"laptop {number + 1} shows the value that does not stand"] = "苏州" in kept and "无锡" in kept
        page = self._sync_page(0)
        hand.settle(0.5)
        self._picture("08-conflict", page)
        page.close()

    def take_pictures(self, step: Step) -> None:
        """A week of practice on the first laptop, in both languages, both themes and two sizes."""
        laptop = self.laptops[0]
        sample.fill(laptop.workspace, "practice")
        taken = 0
        for language in Language:
            for look in ("light", "dark"):
                self._speak(language, look)
                laptop.desk.language = language
                window = MainWindow(laptop.desk)
                window.show()
                for width, height in _SIZES:
                    window.resize(QSize(width, height))
                    for name, show in self._views(window).items():
                        show()
                        hand.settle(0.7)
                        self._picture(f"{name}-{language}-{look}-{width}", window)
                        taken += 1
                window.close()
                window.deleteLater()
        self._speak(Language.ZH, "light")
        laptop.desk.language = Language.ZH
        step.checks[f"{taken} pictures of the window are not blank"] = taken == len(_SIZES) * 4 * 4

    def look_for_customers_words_on_the_disk(self, step: Step) -> None:
        """A finder of the laptop reads nothing: no word of a customer in any file of both workspaces."""
        words = [self.rows[0]["customer"]["name"], "客户信息分散", "138××××5678", "华源科技", "无锡"]
        for laptop in self.laptops:
            files = [path for path in laptop.folder.rglob("*") if path.is_file()]
            raw = {path.name: path.read_bytes() for path in files}
            found = [name for name, data in raw.items() if any(w.encode() in data for w in words)]
            step.checks[f"{laptop.folder.name}: {len(files)} files, none with a customer's word"] = (
                bool(files) and not found
            )

    # --- what a person does again and again ---

    def _new_laptop(self, name: str, person: str) -> Laptop:
        folder = self.folder / "workspaces" / name
        dialog = WelcomeDialog(folder)
        dialog.show()
        hand.write(dialog.name, person)
        dialog.wants_passphrase.setChecked(True)
        hand.write(dialog.passphrase, PASSPHRASE)
        hand.write(dialog.again, PASSPHRASE)
        if not self.laptops:
            self._picture("00-welcome", dialog)
        hand.click(dialog.button)
        hand.wait_for("the workspace", lambda: dialog.workspace)
        assert dialog.workspace is not None
        settings = Settings(language="zh", theme="light", company="示范软件有限公司")
        desk = Desk(dialog.workspace, settings, Language.ZH)
        window = MainWindow(desk)
        window.resize(QSize(*_SIZES[0]))
        window.show()
        hand.settle(0.4)
        laptop = Laptop(folder, desk, window)
        self.laptops.append(laptop)
        return laptop

    def _type(self, panel: FormPanel, texts: dict[str, str]) -> None:
        for name, text in texts.items():
            hand.write(panel.editor(name), text)

    def _type_rows(self, panel: FormPanel, entity: str, rows: list[dict[str, str]]) -> None:
        editor = panel.rows(entity)
        for number, texts in enumerate(rows):
            while editor.row_count() <= number:
                editor.add_row()
            for name, text in texts.items():
                hand.write(editor.cell(number, name), text)

    def _sync(self, number: int, account: str = "", picture: str = "") -> Any:
        page = self._sync_page(number)
        reports: list[Any] = []
        page.synchronised.connect(reports.append)
        hand.settle(0.3)
        if account:
            assert self.office is not None
            hand.write(page.url, self.office.url)
            hand.write(page.account, account)
            hand.write(page.password, PASSWORD)
            hand.click(page.sign_in_button)
        else:
            hand.wait_for("the sync button", page.sync_button.isEnabled)
            hand.click(page.sync_button)
        hand.wait_for("the sync", lambda: reports)
        hand.settle(0.4)
        if picture:
            self._picture(picture, page)
        page.close()
        return reports[-1]

    def _sync_page(self, number: int) -> SyncPage:
        self.laptops[number].window.open_sync()
        page = self._dialog(SyncPage)
        assert isinstance(page, SyncPage)
        return page

    # --- reading back ---

    def _page(self, stage: Stage) -> StagePage:
        page = self.laptops[0].window.stage_page(stage)
        assert isinstance(page, StagePage)
        return page

    def _dialog(self, kind: type[QDialog] = QDialog) -> Any:
        def visible() -> QDialog | None:
            shown = [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]
            return shown[-1] if shown else None

        hand.wait_for(f"a {kind.__name__}", visible)
        found = visible()
        assert found is not None
        found.activateWindow()
        hand.settle()
        return found

    def _customer(self, number: int, name: str) -> Any:
        with self.laptops[number].workspace.reading() as session:
            return next((c for c in queries.listed(session, Customer) if c.name == name), None)

    def _customer_by_id(self, number: int, customer_id: str) -> Customer:
        with self.laptops[number].workspace.reading() as session:
            return session.get_one(Customer, customer_id)

    def _customer_name(self, number: int, customer_id: str) -> str:
        return self._customer_by_id(number, customer_id).name

    def _card(self, number: int, customer_id: str) -> Any:
        with self.laptops[number].workspace.reading() as session:
            return queries.card(session, customer_id)

    def _letter(self, letter_id: str) -> ConfirmationLetter:
        with self.laptops[0].workspace.reading() as session:
            return session.get_one(ConfirmationLetter, letter_id)

    def _draft(self, record_id: str) -> drafts.Draft | None:
        with self.laptops[0].workspace.reading() as session:
            return drafts.find(session, "needs_analysis", record_id)

    def _as_typed(self, record: Any, texts: dict[str, str]) -> bool:
        """The record's fields show the very text that was typed (`60%` may be typed with its sign)."""
        fields = fields_of(type(record))
        return all(fields[name].show(getattr(record, name), Language.ZH) == text for name, text in texts.items())

    def _everything(self, number: int) -> dict[str, dict[str, Any]]:
        """Every record of every form in wire form, except the conflicts' own time of settling."""
        with self.laptops[number].workspace.reading() as session:
            return {
                record.id: record.wire()
                for form in forms()
                for record in queries.listed(session, form_named(form.__tablename__), limit=10_000)
            }

    # --- what is left behind ---

    def _views(self, window: MainWindow) -> dict[str, Callable[[], None]]:
        practice = self._customer(0, "华源科技有限公司")
        lead = self._customer(0, "启航教育")

        def discovery_of() -> None:
            window.show_stage(Stage.DISCOVERY)
            window.select_customer(practice.id)

        def lead_of() -> None:
            window.show_stage(Stage.PROSPECTING)
            window.select_customer(lead.id)

        return {
            "today": window.show_today,
            "stage-1": lead_of,
            "stage-2": discovery_of,
            "stage-3": lambda: window.show_stage(Stage.PROPOSAL),
        }

    def _speak(self, language: Language, look: str) -> None:
        self.translators.use(language)
        theme.apply(self.app, look)

    def _picture(self, name: str, widget: QWidget) -> None:
        hand.settle()
        picture = widget.grab()
        if not picture.save(str(self.folder / "pictures" / f"{name}.png")):
            raise OSError(name)

    def _run(self, play: Callable[[Step], None]) -> None:
        step = Step((play.__doc__ or play.__name__).strip())
        began = time.monotonic()
        try:
            play(step)
        except Exception as error:  # noqa: BLE001  # the day goes on, and the summary tells
            step.checks[f"{play.__name__}: {type(error).__name__}: {error}"] = False
            for dialog in QApplication.topLevelWidgets():
                if isinstance(dialog, QDialog) and dialog.isVisible():
                    dialog.close()
        step.seconds = round(time.monotonic() - began, 2)
        self.steps.append(step)
        sys.stdout.write(f"{'ok  ' if step.ok else 'FAIL'} {step.seconds:6.2f} s  {step.name}\n")
        for what, held in step.checks.items():
            if not held:
                sys.stdout.write(f"      not held: {what}\n")
        sys.stdout.flush()

    def _write_summary(self) -> None:
        steps = [asdict(step) | {"ok": step.ok} for step in self.steps]
        papers = sorted(path.name for path in (self.folder / "papers").iterdir())
        pictures = sorted(path.name for path in (self.folder / "pictures").iterdir())
        (self.folder / "summary.json").write_text(
            json.dumps(
                {"ok": all(s.ok for s in self.steps), "steps": steps, "papers": papers, "pictures": pictures},
                ensure_ascii=False,
                indent=2,
            ),
            encoding="utf-8",
        )
        lines = ["# A day with SalesDesk", ""]
        for step in self.steps:
            lines += [f"## {'✓' if step.ok else '✗'} {step.name}", ""]
            lines += [f"- {'✓' if held else '✗'} {what}" for what, held in step.checks.items()]
            lines.append("")
        lines += [f"Papers: {', '.join(papers)}", "", f"{len(pictures)} pictures in `pictures/`."]
        (self.folder / "summary.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


def play(folder: Path) -> int:
    """Play the tour into a folder; 0 when everything held."""
    folder.mkdir(parents=True, exist_ok=True)
    return 0 if Tour(folder).play() else 1
