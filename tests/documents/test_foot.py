"""What the kit adds around the text: contents, watermark, stamp."""

import hashlib
import io
import re

import pikepdf
import pypdf
import pytest
import zxingcpp
from PIL import Image

from salesdesk.documents import raster
from salesdesk.documents.page import Facts, Paper
from salesdesk.errors import UserError
from salesdesk.records.language import Language
from tests.documents.conftest import ISSUED, glyphs, read_back, squeezed


def paper(**options):
    made = Paper(Language.ZH, Facts("t", "a", "s", ISSUED), **options)
    made.text("客户管理平台建设方案 “OK” 𠮷")
    return made


def pages_of(pdf):
    return [squeezed(page.extract_text()) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def test_the_stamp_is_the_digest_of_what_was_written():
    made = paper(stamp="HT-202403001")
    made.new_page()
    made.text("第二页")
    wanted = hashlib.sha256("客户管理平台建设方案“OK”𠮷第二页".encode()).hexdigest().upper()
    for page in pages_of(made.pdf()):
        assert f"HT-202403001SHA-256{wanted}" in page
    assert "SHA" not in read_back(paper().pdf())["pypdf"]


def test_the_digest_leaves_out_what_is_no_content():
    digest = re.compile(r"SHA-256([0-9A-F]{64})")
    made = [paper(stamp="V1"), paper(stamp="V1", watermark="草稿", footer="页脚", running="页眉")]
    assert len({digest.search(pages_of(each.pdf())[0])[1] for each in made}) == 1
    other = paper(stamp="V1")
    other.text("。")
    assert digest.search(pages_of(other.pdf())[0])[1] != digest.search(pages_of(made[0].pdf())[0])[1]


@pytest.mark.parametrize("name", ["V2", "HT-202403001", "HT-202403临-1A2B", "合同草案", "“Draft” №1"])
def test_a_reader_finds_the_stamp_in_the_qr_code(name):
    made = paper(stamp=name)
    made.new_page()
    made.text("第二页")
    digest = hashlib.sha256("客户管理平台建设方案“OK”𠮷第二页".encode()).hexdigest().upper()
    for page in raster.page_images(made.pdf(), 150):
        picture = Image.frombytes("RGBA", (page.width, page.height), bytes(page.pixels)).convert("L")
        assert [code.text for code in zxingcpp.read_barcodes(picture)] == [f"{name} SHA-256 {digest}"]


def test_the_stamp_is_drawn_once_and_has_no_picture():
    made = paper(stamp="V1")
    for _ in range(5):
        made.new_page()
        made.text("页")
    with pikepdf.open(io.BytesIO(made.pdf())) as document:
        kinds = [str(o.get("/Subtype")) for o in document.objects if isinstance(o, pikepdf.Stream)]
        assert kinds.count("/Form") == 1
        assert "/Image" not in kinds
        assert not any("/Group" in o for o in document.objects if isinstance(o, pikepdf.Stream))  # transparency
        assert document.check_pdf_syntax() == []
        assert len(document.pages) == 6


def test_a_watermark_lies_under_the_text_of_every_page():
    made = paper(watermark="草稿")
    made.new_page()
    made.text("第二页")
    pdf = made.pdf()
    for number in (0, 1):
        drawn = "".join(mark for page, *_, mark in glyphs(pdf) if page == number)
        assert drawn.startswith("草稿")
    long = paper(watermark="未经内部审批不得签署" * 3).pdf()
    inside = [(x0, x1) for _, x0, x1, _, _ in glyphs(long)]
    assert min(x0 for x0, _ in inside) > 0
    assert max(x1 for _, x1 in inside) < 595


@pytest.mark.parametrize("option", ["watermark", "stamp"])
def test_what_cannot_be_printed_is_named(option):
    with pytest.raises(UserError, match="paper.missing_character"):
        paper(**{option: "😀"}).pdf()


def test_contents_longer_than_a_page_and_titles_longer_than_a_line():
    made = Paper(Language.ZH, Facts("t", "a", "s", ISSUED))
    made.text("目录")
    made.contents()
    made.new_page()
    titles = [f"第{n}章" + "很长的标题" * (n % 20) for n in range(120)]
    for title in titles:
        made.heading(title, level=0)
        made.text("正文。\n" * 5)
    pages = pages_of(made.pdf())
    starts = {n: next(i for i, p in enumerate(pages, 1) if f"第{n}章" in p and "正文" in p) for n in (0, 60, 119)}
    listed = "".join(pages[: starts[0] - 1])
    assert starts[0] > 3
    for number, start in starts.items():
        assert f"{titles[number]}{start}" in listed


def test_a_paper_without_headings_has_empty_contents():
    made = Paper(Language.ZH, Facts("t", "a", "s", ISSUED))
    made.contents()
    made.new_page()
    assert len(pages_of(made.pdf())) == 1
