"""What leaves the laptop beside single papers: slides, a text for a chat, many sheets at once."""

import io

import pikepdf
from pptx import Presentation
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from salesdesk.actions import discovery, papers, proposals
from salesdesk.errors import UserError
from salesdesk.records.base import Stage
from salesdesk.records.language import Language
from salesdesk.records.prospecting import Customer
from salesdesk.store import queries
from tests.ui.hands import replace
from tests.ui.sample_desk import customer_named, read
from ui.records.records_dialog import RecordsPage
from ui.stage.stage_page import StagePage


def stage_page(desk, qtbot, stage, customer):
    page = StagePage(desk, stage)
    qtbot.addWidget(page)
    page.resize(1280, 800)
    page.show()
    page.select_customer(customer.id)
    qtbot.waitUntil(lambda: page.view is not None and page.panel is not None)
    page.document_actions.offer()
    return page


def test_the_interview_goes_to_the_clipboard_without_what_is_internal(desk, qtbot):
    customer = customer_named(desk, "华源")
    analysis = read(desk, lambda session: queries.card(session, customer.id)).analysis
    page = stage_page(desk, qtbot, Stage.DISCOVERY, customer)
    QGuiApplication.clipboard().clear()
    page.document_actions.actions["chat"].trigger()
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text() != "")
    text = QGuiApplication.clipboard().text()
    assert customer.name in text
    assert analysis.explicit_needs in text
    assert analysis.implicit_needs
    assert analysis.implicit_needs not in text
    assert desk.workspace.identity.name in text.splitlines()[-1]


def test_what_is_typed_is_saved_before_it_is_copied(desk, qtbot):
    page = stage_page(desk, qtbot, Stage.DISCOVERY, customer_named(desk, "华源"))
    replace(page.panel.editor("explicit_needs"), "one platform")
    QGuiApplication.clipboard().clear()
    page.document_actions.actions["chat"].trigger()
    qtbot.waitUntil(lambda: "one platform" in QGuiApplication.clipboard().text())


def test_what_is_typed_is_saved_before_it_is_printed(desk, qtbot):
    page = stage_page(desk, qtbot, Stage.DISCOVERY, customer_named(desk, "华源"))
    replace(page.panel.editor("explicit_needs"), "one platform")
    with qtbot.waitSignal(page.paper_asked) as asked:
        page.document_actions.actions["sheet"].trigger()
    made = papers.make(desk.workspace, asked.args[0], desk.settings, desk.today(), Language.ZH)
    assert "one platform" in PdfReader(io.BytesIO(made.pdf)).pages[0].extract_text()


def test_what_cannot_be_read_keeps_a_paper_from_being_made(desk, qtbot):
    page = stage_page(desk, qtbot, Stage.DISCOVERY, customer_named(desk, "华源"))
    replace(page.panel.editor("interviewed_on"), "yesterday")
    with qtbot.assertNotEmitted(page.paper_asked, wait=300):
        page.document_actions.actions["sheet"].trigger()


def test_slides_are_written_and_opened(desk, qtbot, tmp_path, monkeypatch):
    customer = customer_named(desk, "华源")
    proposals.prepare(desk.workspace, customer.id, Language.ZH)
    page = stage_page(desk, qtbot, Stage.PROPOSAL, customer)
    assert {"slides.proposal", "slides.proposal_without_prices"} < page.document_actions.actions.keys()
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)  # no other program is started by a test
    (offer,) = [o for o in papers.offered(page.view.card, Stage.PROPOSAL) if o.kind == "proposal"]
    page.document_actions.write_slides(offer, tmp_path / "a.pptx", Language.ZH)
    qtbot.waitUntil(lambda: bool(opened))
    assert (tmp_path / "a.pptx").read_bytes()[:2] == b"PK"
    assert opened[0].toLocalFile() == str(tmp_path / "a.pptx")


def test_letter_and_slides_are_made_in_another_language(desk, qtbot, tmp_path, monkeypatch):
    customer = customer_named(desk, "华源")
    page = stage_page(desk, qtbot, Stage.DISCOVERY, customer)
    replace(page.panel.editor("explicit_needs"), "one platform")
    assert "letter.zh" not in page.document_actions.actions
    with qtbot.waitSignal(page.preview_asked) as asked:
        page.document_actions.actions["letter.zh-hant"].trigger()
    text = PdfReader(io.BytesIO(discovery.letter_pdf(desk.workspace, asked.args[0])[1])).pages[0].extract_text()
    assert "需求確認函" in text
    assert "one platform" in text
    proposals.prepare(desk.workspace, customer.id, Language.ZH)
    page = stage_page(desk, qtbot, Stage.PROPOSAL, customer)
    assert "letter.en" not in page.document_actions.actions
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "a.pptx"), ""))
    page.document_actions.actions["slides.proposal.zh-hant"].trigger()
    qtbot.waitUntil(lambda: bool(opened))
    shapes = [shape for slide in Presentation(tmp_path / "a.pptx").slides for shape in slide.shapes]
    assert any("價" in shape.text for shape in shapes if shape.has_text_frame)


def test_the_selected_sheets_are_one_file_with_an_entry_each(desk, qtbot):
    page = RecordsPage(desk, "customer")
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: page.table.model().rowCount() > 3)
    assert not page.print_button.isEnabled()
    page.table.selectAll()
    count = len(page.table.chosen())
    assert f"({count})" in page.print_button.text()
    QTest.mouseClick(page.print_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.preview.pages_shown() > 0)
    assert page.preview.pages_shown() >= count
    with pikepdf.open(io.BytesIO(page.preview.pdf)) as file, file.open_outline() as outline:
        names = {entry.title for entry in outline.root}
        assert len(outline.root) == count
        assert str(file.Root.Lang) == "zh-CN"
    assert names == {c.name for c in read(desk, lambda session: queries.listed(session, Customer))}


def test_too_many_sheets_are_refused_with_the_limit(desk):
    import pytest  # noqa: PLC0415  # only here

    ids = ["x"] * (papers.MOST_SHEETS + 1)
    with pytest.raises(UserError) as caught:
        papers.make_sheets(desk.workspace, "customer", ids, desk.settings, desk.today(), Language.ZH)
    assert caught.value.params["limit"] == papers.MOST_SHEETS
