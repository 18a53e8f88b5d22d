"""The sync page against a real office, the preview of a real letter, the settings."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest

from salesdesk.actions import conflicts, discovery
from salesdesk.actions.paper_declarations import Offer
from salesdesk.records.discovery import ConfirmationLetter
from salesdesk.records.language import Language
from salesdesk.records.prospecting import Customer
from salesdesk.settings import Settings
from salesdesk.store import attachments, queries
from salesdesk.sync import driver
from salesdesk.sync.cycle import Report
from tests.sync.laptops import PASSWORD, Office, enrolled
from tests.ui.sample_desk import customer_named, read, sample_desk
from ui.documents.document_sources import OfferPage, PreviewPage
from ui.documents.printing import images
from ui.pages.sync_dialog import SyncPage
from ui.settings.settings_dialog import SettingsPage


@pytest.fixture
def desk(qapp, tmp_path):
    with sample_desk(tmp_path / "desk") as made:
        yield made


@pytest.fixture
def office(tmp_path):
    made = Office(tmp_path / "office")
    yield made
    made.stop()


@pytest.fixture
def page(desk, qtbot):
    made = SyncPage(desk)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: made.waiting_list.count() > 0)
    return made


def sign_in(page, url, password=PASSWORD):
    for line, text in ((page.url, url), (page.account, "li"), (page.password, password)):
        line.clear()
        QTest.keyClicks(line, text)
    QTest.mouseClick(page.sign_in_button, Qt.MouseButton.LeftButton)


def test_signing_in_syncs_and_says_what_went(page, desk, office, qtbot):
    with qtbot.waitSignal(page.synchronised) as done:
        sign_in(page, office.url)
    report = done.args[0]
    assert report.sent > 50
    qtbot.waitUntil(lambda: not page._goes.isVisible())
    assert str(report.sent) in page.notice.label.text()
    assert page.password.text() == ""
    assert desk.settings.company not in page.notice.label.text() or not desk.settings.company


def test_refusals_stand_in_words_and_nothing_is_lost(page, desk, office, qtbot):
    sign_in(page, office.url, "wrong password")
    qtbot.waitUntil(page.notice.isVisible)
    assert page.notice.label.text() == "Account, password or code is wrong."
    sign_in(page, "http://127.0.0.1:9")
    qtbot.waitUntil(lambda: "cannot be reached" in page.notice.label.text())
    assert page.sign_in_button.isEnabled()
    assert driver.office_of(desk.workspace) is None


def test_a_conflict_is_shown_with_both_sides_and_settled_by_a_click(page, desk, office, qtbot, tmp_path):
    with qtbot.waitSignal(page.synchronised):
        sign_in(page, office.url)
    customer = customer_named(desk, "启航")
    colleague = enrolled(tmp_path / "colleague", office, "wang")
    driver.synchronise(colleague)
    for workspace, city in ((colleague, "天津"), (desk.workspace, "上海")):
        with workspace.changing("save.customer") as changes:
            changes.get(Customer, customer.id).city = city
    driver.synchronise(colleague)
    colleague.close()
    with qtbot.waitSignal(page.synchronised):
        QTest.mouseClick(page.sync_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page._both.isVisible)
    shown = " ".join(label.text() for label in page._both.findChildren(type(page.age)))
    assert "天津" in shown
    assert "上海" in shown
    assert "启航教育" in shown
    (conflict,) = read(desk, queries.open_conflicts)
    page.settle(conflict.id, conflicts.Take.THEIRS if conflict.standing == "mine" else conflicts.Take.MINE)
    qtbot.waitUntil(lambda: not page._both.isVisible())
    assert read(desk, queries.open_conflicts) == []


@pytest.fixture
def letter(desk):
    customer = customer_named(desk, "华源")
    card = read(desk, lambda session: queries.card(session, customer.id))
    return discovery.issue_letter(
        desk.workspace, card.analysis.id, desk.zone, Language.ZH, Settings(company="示范软件有限公司")
    )


def test_the_preview_shows_saves_and_notes_the_very_file(desk, letter, qtbot, tmp_path):
    page = PreviewPage(desk, letter.id)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: page.pages_shown() > 0)
    name, stored = discovery.letter_pdf(desk.workspace, letter.id)
    assert (page.file_name, page.pdf) == (name, stored)
    page.save_to(tmp_path / name)
    qtbot.waitUntil(lambda: name in page.notice.label.text())
    assert (tmp_path / name).read_bytes() == stored
    page.save_to(tmp_path / "no" / "such" / "folder.pdf")
    qtbot.waitUntil(lambda: "could not be written" in page.notice.label.text())
    with qtbot.waitSignal(page.sent):
        page.note_sent("mail")
    kept = read(desk, lambda session: session.get(ConfirmationLetter, letter.id))
    assert (kept.sent_by, kept.state) == ("mail", "sent")
    assert not page.sent_button.isEnabled()


@pytest.fixture
def outline_page(desk, qtbot):
    customer = customer_named(desk, "华源")
    outline = discovery.prepare_outline(desk.workspace, customer.id, None, Language.ZH)
    page = OfferPage(desk, Offer("outline", "outline", outline.id))
    qtbot.addWidget(page)
    page.show()
    return page


def test_a_paper_is_made_kept_and_goes_into_a_mail(desk, outline_page, qtbot, tmp_path, monkeypatch):
    page = outline_page
    assert not page.keep_button.isEnabled()
    qtbot.waitUntil(lambda: page.pages_shown() > 0)
    QTest.mouseClick(page.keep_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "Kept" in page.notice.label.text())
    (kept,) = read(desk, lambda s: attachments.attachments_of(s, page.offer.record_id))
    assert attachments.read_blob(desk.workspace, kept.sha256) == page.pdf
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)  # no mail program is started by a test
    page.save_mail(tmp_path / "a.eml")
    qtbot.waitUntil(lambda: bool(opened))
    assert page.pdf[:4] == b"%PDF"
    assert b"X-Unsent: 1" in (tmp_path / "a.eml").read_bytes()
    assert opened[0].toLocalFile() == str(tmp_path / "a.eml")
    page.save_mail(tmp_path / "nowhere" / "a.eml")
    qtbot.waitUntil(lambda: "could not be written" in page.notice.label.text())
    assert len(opened) == 1
    page.keep()  # the same file a second time: told, and the button is there again
    qtbot.waitUntil(lambda: "already" in page.notice.label.text())
    assert page.keep_button.isEnabled()


def test_a_paper_that_cannot_be_made_says_why(desk, qtbot):
    customer = customer_named(desk, "华源")
    with desk.workspace.changing("test") as changes:
        changes.get(Customer, customer.id).name = "华\uf8ff源"
    page = OfferPage(desk, Offer("sheet", "customer", customer.id))
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(page.notice.isVisible)
    assert page.pages_shown() == 0
    assert not page.save_button.isEnabled()


def test_what_failed_or_was_lost_in_a_sync_is_shown(desk, qtbot):
    page = SyncPage(desk)
    qtbot.addWidget(page)
    page._show_came(Report(files_failed=2, lost_territories=["east"]))
    said = [page.came_list.item(place).text() for place in range(page.came_list.count())]
    assert "2" in said[0]
    assert "east" in said[1]
    assert not page._came.isHidden()


def test_the_printer_gets_every_page(desk, letter, qtbot, tmp_path):
    from PySide6.QtPrintSupport import QPrinter  # noqa: PLC0415

    page = PreviewPage(desk, letter.id)
    qtbot.addWidget(page)
    qtbot.waitUntil(lambda: page.pages_shown() > 0)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    page.print_on(printer)
    assert not page.print_button.isEnabled()
    qtbot.waitUntil(page.print_button.isEnabled)
    printed = images((tmp_path / "printed.pdf").read_bytes(), 40)
    assert len(printed) == page.pages_shown()
    dark = sum(printed[0].pixelColor(x, y).lightness() < 128 for x in range(0, 320, 2) for y in range(0, 440, 2))
    assert dark > 100


@pytest.mark.qt_log_ignore(r"QPainter::begin\(\): Returned false")
def test_a_printer_that_takes_nothing_is_told(desk, letter, qtbot, tmp_path):
    from PySide6.QtPrintSupport import QPrinter  # noqa: PLC0415

    page = PreviewPage(desk, letter.id)
    qtbot.addWidget(page)
    qtbot.waitUntil(lambda: page.pages_shown() > 0)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "no such folder" / "printed.pdf"))
    page.print_on(printer)
    qtbot.waitUntil(page.print_button.isEnabled)
    assert "打印机" in page.notice.label.text() or "printer" in page.notice.label.text()


def test_settings_are_handed_over_as_chosen(desk, qtbot):
    page = SettingsPage(desk)
    qtbot.addWidget(page)
    page.company.setText("  示范软件有限公司 ")
    page.theme.setCurrentIndex(page.theme.findData("dark"))
    page.lock.setCurrentIndex(page.lock.findData(30))
    with qtbot.waitSignal(page.saved) as done:
        page.save()
    chosen = done.args[0]
    assert (chosen.company, chosen.theme, chosen.lock_after_minutes) == ("示范软件有限公司", "dark", 30)
