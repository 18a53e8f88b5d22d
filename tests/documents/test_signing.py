"""Signing on the screen: what was drawn is on the page, and every change afterwards is told."""

import contextlib
import io
import random
from dataclasses import replace
from datetime import UTC, datetime

import pikepdf
import pytest
from pypdf import PdfReader

from salesdesk.documents import raster, signing
from salesdesk.documents.blocks import Mark, Sender
from salesdesk.documents.ink import Point, appearance
from salesdesk.documents.places import places
from salesdesk.documents.result import result_confirmation
from salesdesk.documents.seals import Verdict, seals
from salesdesk.errors import UserError
from salesdesk.records.language import Language
from salesdesk.records.negotiation import NegotiationResult
from salesdesk.records.prospecting import Customer
from tests.documents.conftest import ISSUED, LetterMaker, glyphs
from tests.documents.test_contract_paper import ContractMaker

AT = datetime(2024, 3, 5, 14, 30, tzinfo=UTC)
STROKES = [[Point(x, 20 + 15 * ((x // 10) % 2), x / 100) for x in range(0, 100, 5)], [Point(50, 50)]]


@pytest.fixture(scope="module")
def key():
    return signing.own_certificate("李明", "北京示例软件有限公司", datetime.now(UTC))


@pytest.fixture(scope="module")
def paper():
    customer, result = Customer(id="c", name="××科技有限公司"), NegotiationResult(id="r", customer_id="c")
    sender = Sender("北京示例软件有限公司", "李明")
    return result_confirmation(result, customer, None, sender, ISSUED, Language.ZH, title="谈判结果确认单")


def dark(pdf, place):
    """Dark pixels in the place, at 72 dpi: one a point."""
    image = raster.page_images(pdf, 72, [place.page])[0]
    left, bottom, right, top = map(round, place.area)
    rows = range(image.height - top, image.height - bottom)
    reds = (image.pixels[(y * image.width + x) * 4] for y in rows for x in range(left, right))
    return sum(red < 128 for red in reds)


def test_both_sides_sign_one_after_the_other(paper, key):
    first, second = places(paper)
    assert (first.side, second.side) == (0, 1)
    assert first.area[2] < second.area[0]
    once = signing.sign(paper, first, STROKES, "张𬭎", AT, key)
    assert once.startswith(paper)
    assert [place.side for place in places(once)] == [1]
    twice = signing.sign(once, second, STROKES, "李明", AT, key)
    assert twice.startswith(once)
    assert places(twice) == []
    found = seals(twice, [signing.certificate(key)])
    assert [(seal.side, seal.name) for seal in found] == [(0, "张𬭎"), (1, "李明")]
    assert all(seal.verdict is Verdict.UNCHANGED and seal.known for seal in found)
    assert all(seal.at for seal in found)
    for place in (first, second):
        assert dark(twice, place) > dark(paper, place) + 40


def said_beside(signed):
    """The words and the drawing of the only signature of a file."""
    with pikepdf.open(io.BytesIO(signed)) as document:
        (field,) = document.Root.AcroForm.Fields
        drawn = field.AP.N.Resources.XObject["/Drawn"]
        content = drawn.read_bytes()
        assert not any(one.get("/Subtype") == "/Image" for one in drawn.Resources.get("/XObject", {}).values())
        alone = pikepdf.new()
        page = alone.add_blank_page(page_size=(300, 100))
        page.Contents = alone.make_stream(content)
        page.Resources = alone.copy_foreign(document.make_indirect(drawn.Resources))
        shown = io.BytesIO()
        alone.save(shown)
    return PdfReader(shown).pages[0].extract_text(), content


def test_what_was_drawn_stands_there_as_curves_with_name_time_and_digest(paper, key):
    said, content = said_beside(signing.sign(paper, places(paper)[0], STROKES, "张𬭎", AT, key))
    assert content.count(b" c") >= sum(len(stroke) - 1 for stroke in STROKES)
    assert "张𬭎" in said
    assert "2024-03-05 14:30" in said
    assert "SHA-256" in said


def test_an_unapproved_paper_has_no_place_to_sign():
    customer, result = Customer(id="c", name="××科技有限公司"), NegotiationResult(id="r", customer_id="c")
    paper = result_confirmation(
        result, customer, None, Sender("我方"), ISSUED, Language.ZH, title="谈判结果确认单", mark=Mark.UNAPPROVED
    )
    assert places(paper) == []


def test_a_letter_can_be_signed(key):
    letter = LetterMaker()()
    assert len(places(letter)) == 2


def test_a_changed_byte_is_told(paper, key):
    signed = signing.sign(paper, places(paper)[0], STROKES, "张三", AT, key)
    at = signed.index(b"stream\n") + 20
    forged = signed[:at] + bytes([signed[at] ^ 1]) + signed[at + 1 :]
    (seal,) = seals(forged, [signing.certificate(key)])
    assert seal.verdict is Verdict.CHANGED


def test_a_file_written_anew_is_told(paper, key):
    signed = signing.sign(paper, places(paper)[0], STROKES, "张三", AT, key)
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(signed)) as document:
        document.save(out)
    (seal,) = seals(out.getvalue(), [signing.certificate(key)])
    assert seal.verdict is Verdict.CHANGED


def test_a_page_added_after_signing_is_told(paper, key):
    from pyhanko.pdf_utils import generic  # noqa: PLC0415  # as above
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter  # noqa: PLC0415  # slow to import

    signed = signing.sign(paper, places(paper)[0], STROKES, "张三", AT, key)
    writer = IncrementalPdfFileWriter(io.BytesIO(signed))
    writer.add_stream_to_page(0, writer.add_object(generic.StreamObject(stream_data=b"0 0 300 300 re f")))
    out = io.BytesIO()
    writer.write(out)
    (seal,) = seals(out.getvalue(), [signing.certificate(key)])
    assert seal.verdict is Verdict.CHANGED


def test_a_strangers_certificate_is_not_known(paper, key):
    stranger = signing.own_certificate("别人", "", datetime.now(UTC))
    signed = signing.sign(paper, places(paper)[0], STROKES, "张三", AT, stranger)
    (seal,) = seals(signed, [signing.certificate(key)])
    assert seal.verdict is Verdict.UNCHANGED
    assert not seal.known


@pytest.mark.parametrize(
    ("strokes", "name", "message"),
    [([], "张三", "sign.nothing_drawn"), ([[]], "张三", "sign.nothing_drawn"), (STROKES, " ", "sign.no_name")],
)
def test_nothing_is_signed_without_name_or_ink(paper, key, strokes, name, message):
    with pytest.raises(UserError) as caught:
        signing.sign(paper, places(paper)[0], strokes, name, AT, key)
    assert caught.value.message == message


def test_what_is_no_pdf_is_named():
    for look in (places, seals):
        with pytest.raises(UserError, match="paper.not_a_pdf"):
            look(b"PK\x03\x04")


def test_a_wrong_passphrase_is_named(key):
    with pytest.raises(UserError, match="sign.wrong_passphrase"):
        signing.opened(b"no pkcs12 at all", "x")
    assert signing.opened(key, "")


def test_a_stranger_cannot_cover_what_was_signed_with_a_signature_of_his_own(paper, key):
    signed = signing.sign(paper, places(paper)[0], STROKES, "张三", AT, key)
    stranger = signing.own_certificate("别人", "", datetime.now(UTC))
    free = places(signed)[0]
    cover = replace(free, area=(0.0, 0.0, 595.0, 800.0))  # another field would be told by its name
    covered = signing.sign(signed, cover, STROKES, "李明", AT, stranger)
    first, second = seals(covered, [signing.certificate(key)])
    assert first.verdict is Verdict.CHANGED
    assert second.verdict is Verdict.CHANGED


def test_nor_on_another_page(key):
    contract = ContractMaker()()
    signed = signing.sign(contract, places(contract)[0], STROKES, "张三", AT, key)
    assert all(seal.verdict is Verdict.UNCHANGED for seal in seals(signed, [signing.certificate(key)]))
    free = places(signed)[0]
    assert free.page > 0
    stranger = signing.own_certificate("别人", "", datetime.now(UTC))
    elsewhere = signing.sign(signed, replace(free, page=0), STROKES, "李明", AT, stranger)
    assert not any(seal.verdict is Verdict.UNCHANGED for seal in seals(elsewhere, [signing.certificate(key)]))


@pytest.mark.parametrize("name", ["sign_0", "sign_1", None])
def test_nor_with_what_a_signature_brings_along(paper, key, name, monkeypatch):
    signed = signing.sign(paper, places(paper)[0], STROKES, "张三", AT, key)
    taken = places(paper)[0].area

    def more(writer):
        """A second picture over the first signature, as a widget of the new field."""
        from pyhanko.pdf_utils import generic  # noqa: PLC0415  # slow to import

        widget = generic.DictionaryObject(
            {
                generic.pdf_name("/Type"): generic.pdf_name("/Annot"),
                generic.pdf_name("/Subtype"): generic.pdf_name("/Widget"),
                generic.pdf_name("/Rect"): generic.ArrayObject(map(generic.FloatObject, taken)),
            }
        )
        if name:
            widget[generic.pdf_name("/T")] = generic.pdf_string(name)
        writer.register_annotation(writer.find_page_for_modification(0)[0], writer.add_object(widget))
        return ""

    monkeypatch.setattr(signing, "_agreed", more)  # it runs between opening the file and sealing it
    stranger = signing.own_certificate("别人", "", datetime.now(UTC))
    covered = signing.sign(signed, places(signed)[0], STROKES, "李明", AT, stranger, agrees=True)
    assert not any(seal.verdict is Verdict.UNCHANGED for seal in seals(covered, [signing.certificate(key)]))


@pytest.mark.parametrize("seed", range(6))
def test_damage_anywhere_is_told_and_never_a_crash(paper, key, seed):
    signed = signing.sign(paper, places(paper)[0], STROKES, "张三", AT, key)
    chance = random.Random(seed)
    for number in range(20):
        broken = bytearray(signed)
        for _ in range(chance.choice((1, 5, 20))):
            broken[chance.randrange(len(paper) if number % 2 else 0, len(broken))] = chance.randrange(256)
        if number % 7 == 0:
            broken = broken[: chance.randrange(10, len(broken))]
        if broken == signed:
            continue
        with contextlib.suppress(UserError):
            assert not any(
                seal.verdict is Verdict.UNCHANGED for seal in seals(bytes(broken), [signing.certificate(key)])
            )
        with contextlib.suppress(UserError):
            places(bytes(broken))


def test_a_file_of_another_program_with_destinations_of_its_own_has_no_places():
    out = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        inside = pikepdf.Dictionary(D=pikepdf.Array([document.pages[0].obj, pikepdf.Name.Fit]))
        document.Root.Dests = pikepdf.Dictionary({"/chapter": inside, "/sign_x": inside})
        document.save(out)
    assert places(out.getvalue()) == []


def test_an_expired_certificate_seals_nothing(paper):
    old = signing.own_certificate("李明", "", datetime(2000, 1, 1, tzinfo=UTC))
    with pytest.raises(UserError, match="sign.expired"):
        signing.sign(paper, places(paper)[0], STROKES, "张三", AT, old)


def test_marks_of_direction_in_a_foreign_name_are_not_shown(paper, key):
    signed = signing.sign(paper, places(paper)[0], STROKES, "张三\u202e nothgis", AT, key)
    (seal,) = seals(signed, [signing.certificate(key)])
    assert seal.name == "张三 nothgis"


def test_a_long_name_stays_in_its_place():
    drawn = appearance(STROKES, ["欧阳" * 20, "2024-03-05 14:30 +0800", "SHA-256 0123456789ABCDEF…"], 200, 47)
    heights = [round(item[3]) for item in glyphs(drawn)]
    assert min(heights) >= 0
    assert max(heights) <= 47 - 3
    assert sum(item[4] == "欧" for item in glyphs(drawn)) == 20


@pytest.mark.parametrize(
    ("language", "said"),
    [(Language.ZH, "确认无误"), (Language.TRADITIONAL, "確認無誤"), (Language.EN, "Confirmed as stated")],
)
def test_a_signature_that_confirms_says_so_in_the_papers_language(key, language, said):
    letter = LetterMaker()(language)
    place = places(letter)[0]
    assert said in said_beside(signing.sign(letter, place, STROKES, "张𬭎", AT, key, agrees=True))[0]
    assert said not in said_beside(signing.sign(letter, place, STROKES, "张𬭎", AT, key))[0]
