"""Signing on the screen, as a rep and his customer do it: with the mouse, in the real window."""

import io
from datetime import timedelta
from pathlib import Path

import pikepdf
import pytest
from pypdf import PdfReader
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from salesdesk.actions import contracts, discovery, files, layouts, negotiations, papers, signing
from salesdesk.actions.paper_declarations import Offer
from salesdesk.documents import signing as documents
from salesdesk.documents.places import places
from salesdesk.documents.seals import Verdict, seals
from salesdesk.errors import UserError
from salesdesk.records.base import Stage
from salesdesk.records.contract import Contract
from salesdesk.records.discovery import ConfirmationLetter
from salesdesk.records.language import Language
from salesdesk.records.work import Attachment
from salesdesk.settings import Settings
from salesdesk.store import attachments, queries
from tests.actions.conftest import approve
from tests.documents import signers
from tests.ui.hands import compose
from tests.ui.sample_desk import customer_named, read
from ui.documents.document_sources import CheckPage, OfferPage, PreviewPage, SignedPage
from ui.documents.sign_dialog import SignPage
from ui.documents.signature_pad import SignaturePad
from ui.settings.settings_dialog import SettingsPage
from ui.stage.stage_page import StagePage
from ui.widgets.labels import PlainLabel


@pytest.fixture
def letter(desk):
    card = read(desk, lambda session: queries.card(session, customer_named(desk, "华源").id))
    return discovery.issue_letter(desk.workspace, card.analysis.id, desk.zone, Language.ZH, Settings(company="示范"))


@pytest.fixture
def preview(desk, letter, qtbot):
    page = PreviewPage(desk, letter.id)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: page.pages_shown() > 0)
    return page


def draw(pad, *corners):
    """One stroke of the mouse over these points."""
    button, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QTest.mousePress(pad, button, none, QPoint(*corners[0]))
    for corner in corners[1:]:
        QTest.mouseMove(pad, QPoint(*corner))
    QTest.mouseRelease(pad, button, none, QPoint(*corners[-1]))


def caption(pdf):
    """What stands beside the first signature."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        drawn = document.Root.AcroForm.Fields[0].AP.N.Resources.XObject["/Drawn"]
        alone = pikepdf.new()
        page = alone.add_blank_page(page_size=(300, 100))
        page.Contents = alone.make_stream(drawn.read_bytes())
        page.Resources = alone.copy_foreign(document.make_indirect(drawn.Resources))
        out = io.BytesIO()
        alone.save(out)
    return PdfReader(out).pages[0].extract_text()


def take_the_pen(preview, qtbot):
    QTest.mouseClick(preview.sign_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: preview.findChild(SignPage) is not None)
    return preview.findChild(SignPage)


def sign_by_hand(preview, qtbot, name):
    page = take_the_pen(preview, qtbot)
    assert not page.sign_button.isEnabled()
    draw(page.pad, (60, 60), (120, 150), (200, 40))
    page.name.clear()
    assert not page.sign_button.isEnabled()
    QTest.keyClicks(page.name, name)
    before = preview.pdf
    QTest.mouseClick(page.sign_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: preview.pdf != before)
    assert not page.isVisible()
    page.deleteLater()
    page.setParent(None)


def test_the_customer_and_we_sign_a_letter(desk, letter, preview, qtbot):
    sign_by_hand(preview, qtbot, "Zhang San")
    assert [seal.name for seal in seals(preview.pdf)] == ["Zhang San"]
    assert "Zhang San" in preview.seals.texts()[0]
    assert "unchanged since" in preview.seals.texts()[0]
    assert f"{desk.now().astimezone(desk.zone):%Y-%m-%d %H:%M} {desk.now().astimezone(desk.zone):%z}" in caption(
        preview.pdf
    )
    kept = read(desk, lambda session: session.get(ConfirmationLetter, letter.id))
    assert (kept.state, kept.confirmed_on) == ("confirmed", desk.today())
    sign_by_hand(preview, qtbot, "Li Ming")
    assert len(preview.seals.texts()) == 2
    assert not preview.sign_button.isEnabled()
    newest, older = read(desk, lambda session: signing.signed_papers(session, [letter.id]))
    assert attachments.read_blob(desk.workspace, newest.sha256) == preview.pdf
    assert preview.pdf.startswith(attachments.read_blob(desk.workspace, older.sha256))
    with pytest.raises(UserError, match="file.issued"):
        files.remove(desk.workspace, newest.id)


def test_a_signed_paper_is_shown_as_it_was_signed_and_a_forged_one_says_so(desk, letter, preview, qtbot, tmp_path):
    sign_by_hand(preview, qtbot, "Zhang San")
    file = read(desk, lambda session: session.query(Attachment).filter_by(purpose="sealed").one())
    again = SignedPage(desk, file)
    qtbot.addWidget(again)
    qtbot.waitUntil(lambda: again.pages_shown() > 0)
    assert again.pdf == preview.pdf
    assert again.sign_button.isEnabled()  # our side has not signed
    at = preview.pdf.index(b"stream\n") + 30
    forged = preview.pdf[:at] + bytes([preview.pdf[at] ^ 1]) + preview.pdf[at + 1 :]
    (tmp_path / "forged.pdf").write_bytes(forged)
    page = CheckPage(desk, tmp_path / "forged.pdf")
    qtbot.addWidget(page)
    qtbot.waitUntil(lambda: bool(page.seals.texts()))
    assert "CHANGED" in page.seals.texts()[0]


def test_a_paper_that_one_side_signed_is_not_begun_anew_unnoticed(desk, letter, preview, qtbot):
    sign_by_hand(preview, qtbot, "Zhang San")
    again = PreviewPage(desk, letter.id)
    qtbot.addWidget(again)
    again.show()
    qtbot.waitUntil(lambda: again.pages_shown() > 0)
    assert preview.file_name in again.notice.label.text()
    assert again.sign_button.isEnabled()  # somebody may have signed in the wrong place
    sign_by_hand(preview, qtbot, "Li Ming")
    last = PreviewPage(desk, letter.id)
    qtbot.addWidget(last)
    last.show()
    qtbot.waitUntil(lambda: last.pages_shown() > 0)
    assert "Both sides" in last.notice.label.text()
    assert preview.file_name in last.notice.label.text()


def test_signed_papers_of_the_same_name_are_told_apart_in_the_menu(desk, letter, preview, qtbot):
    sign_by_hand(preview, qtbot, "Zhang San")
    sign_by_hand(preview, qtbot, "Li Ming")
    desk.clock.now += timedelta(minutes=5)
    again = PreviewPage(desk, letter.id)
    qtbot.addWidget(again)
    again.show()
    qtbot.waitUntil(lambda: again.pages_shown() > 0)
    sign_by_hand(again, qtbot, "Zhang San")
    page = StagePage(desk, Stage.DISCOVERY)
    qtbot.addWidget(page)
    page.select_customer(letter.customer_id)
    qtbot.waitUntil(lambda: page.view is not None and len(page.view.signed) == 3)
    page.document_actions.offer()
    texts = [action.text() for kind, action in page.document_actions.actions.items() if kind.startswith("signed.")]
    assert len(set(texts)) == 3
    assert sum("both" in text for text in texts) == 1


def test_a_letter_that_went_out_before_it_was_signed_is_not_sent_again(desk, letter, preview, qtbot):
    with qtbot.waitSignal(preview.sent):
        preview.note_sent("print")
    sign_by_hand(preview, qtbot, "Zhang San")
    assert not preview.sent_button.isEnabled()


def test_a_drawn_signature_outlives_a_refusal(desk, letter, preview, qtbot):
    page = take_the_pen(preview, qtbot)
    draw(page.pad, (60, 60), (120, 150), (200, 40))
    compose(page.name, "张三😀")
    QTest.mouseClick(page.sign_button, Qt.MouseButton.LeftButton)
    assert not page.sign_button.isEnabled()
    qtbot.waitUntil(page.notice.isVisible)
    assert "😀" in page.notice.label.text()
    assert page.isVisible()
    assert len(page.pad.strokes) == 1
    QTest.keyClick(page.name, Qt.Key.Key_Backspace)
    assert page.name.text() == "张三"
    QTest.mouseClick(page.sign_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(preview.seals.texts()))
    assert not page.isVisible()
    assert "张三" in preview.seals.texts()[0]


def test_who_signs_sees_the_paper_and_nothing_else(desk, letter, preview, qtbot):
    preview.notice.show_text("internal")
    page = take_the_pen(preview, qtbot)
    assert page.isFullScreen()
    assert preview.file_name in [label.text() for label in page.findChildren(QLabel)]
    assert page.geometry() == page.screen().geometry()
    assert preview.isMaximized()
    assert not preview.notice.isVisible()


def test_the_name_is_typed_at_once_and_a_dot_is_no_signature(desk, letter, preview, qtbot):
    page = take_the_pen(preview, qtbot)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    QTest.keyClicks(page.focusWidget(), "Zhang San")
    assert page.name.text() == "Zhang San"
    draw(page.pad, (60, 60), (62, 61))
    assert not page.sign_button.isEnabled()
    draw(page.pad, (60, 60), (120, 150))
    assert page.sign_button.isEnabled()
    page.pad.undo()
    assert not page.sign_button.isEnabled()


def test_escape_throws_no_signature_away_unasked(desk, letter, preview, qtbot):
    page = take_the_pen(preview, qtbot)
    draw(page.pad, (60, 60), (120, 150), (200, 40))
    for _ in range(2):
        QTest.keyClick(page, Qt.Key.Key_Escape)
        assert page.isVisible()
    assert page.pad.strokes
    QTest.mouseClick(page.notice.button, Qt.MouseButton.LeftButton)
    assert not page.isVisible()
    page.pad.clear()
    page.show()
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert not page.isVisible()


def test_nobody_draws_on_a_contract_that_was_changed_since(desk, qtbot):
    customer, workspace = customer_named(desk, "华源"), desk.workspace
    negotiations.open_meeting(workspace, customer.id, desk.today())
    negotiations.draw_up_result(workspace, customer.id, desk.today())
    contract = contracts.draft(workspace, customer.id, "示范", desk.now(), desk.zone)
    approve(workspace, contract, desk.now())
    page = OfferPage(desk, Offer("contract", "contract", contract.id))
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(page.sign_button.isEnabled)
    with workspace.changing("test") as changes:
        changes.get(Contract, contract.id).liability = "每日0.2%"
    QTest.mouseClick(page.sign_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "not approved" in page.notice.label.text())
    assert page.findChild(SignPage) is None


def test_what_is_signed_is_what_was_on_the_screen_when_the_pen_was_taken(desk, letter, preview, qtbot):
    shown = preview.pdf
    page = take_the_pen(preview, qtbot)
    preview.fetch(lambda _session: papers.Made("other.pdf", shown + b"\n"))  # as if another language came meanwhile
    assert not preview.sign_button.isEnabled()
    qtbot.waitUntil(lambda: preview.file_name == "other.pdf")
    draw(page.pad, (60, 60), (120, 150), (200, 40))
    QTest.keyClicks(page.name, "Zhang San")
    QTest.mouseClick(page.sign_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: preview.file_name == letter_name(desk, letter))
    assert preview.pdf.startswith(shown)
    assert not preview.pdf.startswith(shown + b"\n\n")
    (seal,) = seals(preview.pdf)
    assert seal.verdict is Verdict.UNCHANGED


def letter_name(desk, letter):
    return discovery.letter_pdf(desk.workspace, letter.id)[0].removesuffix(".pdf") + "-signed.pdf"


def test_who_is_not_known_here_is_no_reason_for_green(desk, letter, preview, qtbot, tmp_path):
    sign_by_hand(preview, qtbot, "Zhang San")
    assert preview.seals.findChild(PlainLabel).property("look") == "ok"
    desk.workspace.remember("signing.known", [])
    (tmp_path / "signed.pdf").write_bytes(preview.pdf)
    page = CheckPage(desk, tmp_path / "signed.pdf")
    qtbot.addWidget(page)
    qtbot.waitUntil(lambda: bool(page.seals.texts()))
    assert "not known on this computer (" in page.seals.texts()[0]
    assert "Common Name" not in page.seals.texts()[0]
    assert page.seals.findChild(PlainLabel).property("look") == "warn"


def test_a_file_without_signatures_and_one_that_is_none_say_so(desk, qtbot, tmp_path, preview):
    (tmp_path / "plain.pdf").write_bytes(preview.pdf)
    (tmp_path / "picture.pdf").write_bytes(b"\x89PNG")
    with (tmp_path / "huge.pdf").open("wb") as file:
        file.truncate(attachments.LARGEST + 1)
    for name, said in (
        ("plain.pdf", "no signature"),
        ("picture.pdf", "not a PDF"),
        ("gone.pdf", "no such file"),
        ("huge.pdf", "cannot be shown"),
    ):
        page = CheckPage(desk, tmp_path / name)
        qtbot.addWidget(page)
        page.show()
        qtbot.waitUntil(lambda page=page, said=said: said in page.notice.label.text())


@pytest.mark.parametrize(
    ("name", "said", "look"),
    [
        ("hybrid_xref_signed", "unchanged since", "warn"),
        ("owner_password_signed", "unchanged since", "warn"),
        ("sm2_signed", "cannot be checked here. It was signed with SM2/SM3", "warn"),
        ("libreoffice", "unchanged since", "warn"),
    ],
)
def test_papers_of_other_programs_are_checked(desk, qtbot, name, said, look):
    page = CheckPage(desk, Path(__file__).parents[2] / "documents" / "cases" / f"{name}.pdf")
    qtbot.addWidget(page)
    qtbot.waitUntil(lambda: page.pages_shown() > 0 and bool(page.seals.texts()))
    (text,) = page.seals.texts()
    assert said in text
    assert page.seals.findChild(PlainLabel).property("look") == look
    assert not page.notice.isVisible()


def test_weak_and_changed_papers_say_why(desk, qtbot, tmp_path):
    weak = signers.by_hand(signers.bare(signers.key()), "adbe.x509.rsa_sha1", certificate=signers.key().der)
    noted = signers.noted(signers.by_pyhanko(signers.document(), signers.key()))
    for pdf, words, look in (
        (weak, ("WEAK", "SHA-1, which can be forged"), "warn"),
        (noted, ("CHANGED", "laid over page 1"), "danger"),
    ):
        (tmp_path / "signed.pdf").write_bytes(pdf)
        page = CheckPage(desk, tmp_path / "signed.pdf")
        qtbot.addWidget(page)
        qtbot.waitUntil(lambda page=page: bool(page.seals.texts()))
        (text,) = page.seals.texts()
        assert all(word in text for word in words)
        assert page.seals.findChild(PlainLabel).property("look") == look


def test_strokes_are_taken_back_one_by_one_or_all(qtbot):
    pad = SignaturePad()
    qtbot.addWidget(pad)
    pad.show()
    draw(pad, (10, 10), (50, 50))
    draw(pad, (20, 10), (60, 50), (90, 20))
    assert [len(stroke) for stroke in pad.strokes] == [2, 3]
    pad.undo()
    assert [len(stroke) for stroke in pad.strokes] == [2]
    pad.clear()
    assert pad.strokes == []
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(10, 10))
    pad.clear()  # by the keyboard, while the pen is down
    QTest.mouseMove(pad, QPoint(50, 50))
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(50, 50))
    assert pad.strokes == []
    assert pad.grab().toImage().pixelColor(30, 30).lightness() > 200


def test_a_paper_is_made_in_another_language(desk, qtbot):
    outline = discovery.prepare_outline(desk.workspace, customer_named(desk, "华源").id, None, Language.ZH)
    page = OfferPage(desk, Offer("outline", "outline", outline.id))
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: page.pages_shown() > 0)
    before = page.pdf
    page.language.setCurrentIndex(page.language.findData(Language.TRADITIONAL))
    qtbot.waitUntil(lambda: page.pdf != before)
    assert "溝通提綱" in page.file_name


def test_logo_colour_and_foot_are_chosen_and_a_wrong_file_is_refused(desk, qtbot, tmp_path):
    from PIL import Image  # noqa: PLC0415  # only here

    Image.new("RGBA", (3000, 600), (200, 30, 40, 128)).save(tmp_path / "logo.png")
    (tmp_path / "no.png").write_bytes(b"MZ not a picture")
    page = SettingsPage(desk)
    qtbot.addWidget(page)
    page.show()
    page.house.take_logo(tmp_path / "no.png")
    qtbot.waitUntil(lambda: "not a picture" in page.house.notice.label.text())
    assert page.house.logo == ""
    Image.new("1", (20_000, 20_000)).save(tmp_path / "huge.png")
    page.house.take_logo(tmp_path / "huge.png")
    qtbot.waitUntil(lambda: "pixels" in page.house.notice.label.text())
    page.house.take_logo(tmp_path / "logo.png")
    qtbot.waitUntil(lambda: page.house.logo != "")
    page.house.show_colour("#c8102e")
    page.house.footer.setText(" 诚信为本 ")
    with qtbot.waitSignal(page.saved) as done:
        page.save()
    chosen = done.args[0]
    assert (chosen.colour, chosen.footer, chosen.logo) == ("#c8102e", "诚信为本", page.house.logo)
    sender = layouts.sender_of(chosen, "李")
    assert sender.house.logo.width == 1000
    assert sender.foot("V1") == "V1    诚信为本"


def test_a_companys_certificate_seals_from_then_on(desk, qtbot, tmp_path, letter):
    from datetime import UTC, datetime  # noqa: PLC0415  # only here

    (tmp_path / "company.p12").write_bytes(documents.own_certificate("章", "示范软件有限公司", datetime.now(UTC)))
    page = SettingsPage(desk)
    qtbot.addWidget(page)
    page.show()
    page.certificate.take(tmp_path / "company.p12", "wrong")
    qtbot.waitUntil(lambda: "passphrase" in page.certificate.notice.label.text())
    page.certificate.take(tmp_path / "company.p12", "")
    qtbot.waitUntil(lambda: "示范软件有限公司 · 章" in page.certificate.state.text())
    assert f"{datetime.now(UTC).year + 10}" in page.certificate.state.text()
    assert not page.certificate.notice.isVisible()
    made = papers.Made(*discovery.letter_pdf(desk.workspace, letter.id))
    place = places(made.pdf)[0]
    pad = SignaturePad()
    qtbot.addWidget(pad)
    pad.show()
    draw(pad, (10, 10), (50, 50))
    offer = Offer("letter", "confirmation_letter", letter.id)
    signed = signing.sign(desk.workspace, offer, made, place, pad.strokes, "张", desk.now(), "示范")
    (seal,) = signing.check(desk.workspace, signed.pdf)
    assert seal.known
    assert "示范软件有限公司" in seal.issuer
