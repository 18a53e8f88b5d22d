"""The file itself: fonts, archive form, outline, language; and its pages as pixels."""

import hashlib
import io
import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pikepdf
import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesdesk.documents import fonts, raster
from salesdesk.documents.page import Facts, Paper, _pages
from salesdesk.documents.pen import BODY, BOTTOM, HEADING, HEIGHT, TOP
from salesdesk.documents.pieces import Drawn, Gap
from salesdesk.documents.table import Cell, Row, label, table
from salesdesk.errors import EnvironmentFault, UserError
from salesdesk.records.language import Language
from salesdesk.settings import resources
from tests.documents.conftest import ISSUED, LetterMaker


@pytest.fixture(scope="module")
def letter():
    return LetterMaker()(pains="客户信息分散，跟进效率低。" * 300)


@pytest.fixture
def opened(letter):
    with pikepdf.open(io.BytesIO(letter)) as document:
        yield document


def test_only_subsets_of_our_fonts_are_in_it(opened):
    fonts = {o.objgen: o for o in opened.objects if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/Font"}
    assert len(fonts) >= 2
    for font in fonts.values():
        prefix, _, name = str(font.BaseFont)[1:].partition("+")
        assert len(prefix) == 6
        assert name in {"NotoSansSC-Regular", "NotoSansSC-Bold"}
        assert len(font.FontDescriptor.FontFile2.read_bytes()) < 400_000
        assert "/ToUnicode" in font


def test_it_claims_to_be_pdf_a_and_agrees_with_itself(opened):
    (intent,) = opened.Root.OutputIntents
    profile = intent.DestOutputProfile.read_bytes()
    assert (intent.S, profile[8:10], profile[36:40]) == ("/GTS_PDFA1", b"\x02\x10", b"acsp")
    assert int.from_bytes(profile[:4], "big") == len(profile)
    packet = opened.Root.Metadata.read_bytes().decode()
    assert "<pdfaid:part>1</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>" in packet
    for value in (opened.docinfo.Title, opened.docinfo.Author, opened.docinfo.Subject):
        assert f">{value}<" in packet
    assert str(opened.docinfo.CreationDate) == "D:20240305000000Z"
    assert "2024-03-05T00:00:00Z" in packet
    assert opened.pdf_version == "1.4"
    assert not any(isinstance(o, pikepdf.Stream) and o.get("/Type") == "/ObjStm" for o in opened.objects)
    assert opened.check_pdf_syntax() == []


def test_outline_and_language(opened):
    assert str(opened.Root.Lang) == "zh-CN"
    with opened.open_outline() as outline:
        assert [item.title for item in outline.root] == ["需求确认函"]
    with pikepdf.open(io.BytesIO(LetterMaker()(Language.EN))) as english:
        assert str(english.Root.Lang) == "en"


def test_a_piece_higher_than_a_page_is_not_lost():
    drawn = []
    paper = Paper(Language.ZH, Facts("t", "a", "s", ISSUED))
    paper.text("前")
    paper.add(Drawn(HEIGHT * 2, lambda _pen, top: drawn.append(top)))
    paper.text("后")
    assert len(raster.page_sizes(paper.pdf(), 72)) == 3
    assert len(drawn) == 1


def test_headings_stay_with_what_follows():
    paper = Paper(Language.ZH, Facts("t", "a", "s", ISSUED))
    for _ in range(int((HEIGHT - TOP - BOTTOM - HEADING.leading) // BODY.leading)):
        paper.text("行")
    paper.heading("标题")  # there is room for it, but not for the line after it
    paper.text("紧随其后")
    first, second = pypdf.PdfReader(io.BytesIO(paper.pdf())).pages
    assert "标题" not in first.extract_text()
    assert "标题" in second.extract_text()


HEAD = Drawn(60, lambda _pen, _top: None)
PIECES = st.lists(
    st.tuples(st.floats(1, 900), st.booleans(), st.sampled_from([None, HEAD]), st.booleans()), min_size=1, max_size=40
)


@given(PIECES)
def test_every_piece_is_placed_once_in_order_within_its_page(drafts):
    pieces = [
        Gap(height) if is_gap else Drawn(height, lambda _pen, _top: None, keep, head)
        for height, keep, head, is_gap in drafts
    ]
    pages = _pages(pieces)
    placed = [piece for page in pages for piece, _ in page if piece is not HEAD and not isinstance(piece, Gap)]
    wanted = [piece for piece in pieces if not isinstance(piece, Gap)]
    assert [id(piece) for piece in placed] == [id(piece) for piece in wanted]
    for page in pages:
        top = TOP
        for piece, at in page:
            assert at >= top - 0.001
            top = at + piece.height
        alone = [piece for piece, _ in page if piece is not HEAD]
        assert top <= HEIGHT - BOTTOM + 0.02 or len(alone) <= 1


@given(st.lists(st.integers(0, 140), min_size=1, max_size=6), st.integers(0, 700))
def test_rows_divide_without_losing_a_line(lengths, above):
    rows = table(
        [label("项目", 1), label("内容", 3)], [[label("名", 1), Cell("\n".join(["行"] * n), 3)] for n in lengths]
    )
    pages = _pages([Drawn(above + 1, lambda _pen, _top: None), *rows])
    lines = [len(piece.columns[1].lines) for page in pages for piece, _ in page if isinstance(piece, Row)]
    heads = sum(piece is rows[0] for page in pages for piece, _ in page)
    assert sum(lines) - heads == sum(max(1, n) for n in lengths)
    for page in pages:
        last, at = page[-1]
        assert at + last.height <= HEIGHT - BOTTOM + 0.02


def dark(image, limit=128):
    return sum(value < limit for value in image.pixels[1::4])


def test_pages_as_pixels_are_white_paper_with_ink(letter):
    images = raster.page_images(letter, 72)
    assert len(images) == len(raster.page_sizes(letter, 72)) > 2
    for image in images:
        assert (image.width, image.height) == (596, 842)
        assert len(image.pixels) == image.width * image.height * 4
        assert set(image.pixels[3::4]) == {255}
        assert image.pixels[:4] == b"\xff" * 4
        assert 1000 < dark(image) < image.width * image.height / 4
    assert raster.page_images(letter, 72, [1]) == images[1:2]
    wide = raster.page_images(letter, 144, [0])[0]
    assert (wide.width, wide.height) == (1191, 1684)


def test_what_is_no_pdf_is_refused(letter):
    for broken in (b"", b"%PDF-1.4", letter[:200]):
        with pytest.raises(UserError, match="paper.not_a_pdf"):
            raster.page_images(broken, 72)
        with pytest.raises(UserError, match="paper.not_a_pdf"):
            raster.page_sizes(broken, 72)


def test_a_page_too_large_to_draw_is_drawn_coarser(letter):
    (page,) = raster.page_images(letter, 3000, [0])
    assert 59_000_000 < page.width * page.height < 60_100_000
    assert page.height / page.width == pytest.approx(842 / 595, abs=0.002)


def test_threads_print_the_same_bytes():
    alone = LetterMaker()()
    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(lambda _: LetterMaker()(), range(8))) == {alone}


def test_fonts_are_the_recorded_ones():
    folder = resources() / "fonts"
    lock = json.loads((folder / "fonts.lock.json").read_text(encoding="utf-8"))
    for name, facts in lock["files"].items():
        data = (folder / name).read_bytes()
        assert (len(data), hashlib.sha256(data).hexdigest()) == (facts["bytes"], facts["sha256"])
    assert "SIL OPEN FONT LICENSE" in (folder / "OFL.txt").read_text(encoding="utf-8")


def test_without_fonts_the_person_is_told_what_to_build(tmp_path, monkeypatch):
    monkeypatch.setattr(fonts, "resources", lambda: tmp_path)
    monkeypatch.setattr(fonts, "_register", fonts._register.__wrapped__)
    with pytest.raises(EnvironmentFault, match="paper.fonts_missing"):
        fonts.load()


def test_importing_the_papers_loads_none_of_their_tools():
    script = (
        "import sys, salesdesk.documents.letter, salesdesk.documents.sheets, salesdesk.documents.raster;"
        "import salesdesk.documents.proposal, salesdesk.documents.contract, salesdesk.documents.acceptance;"
        "import salesdesk.documents.result, salesdesk.documents.approval_sheet;"
        "print([m for m in ('reportlab', 'pikepdf', 'pypdfium2') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
