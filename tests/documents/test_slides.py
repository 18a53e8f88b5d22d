"""The proposal as slides: what is typed is there, tables and charts can be edited, and nothing runs off."""

import io
import os
import re
import subprocess
import sys
import time
import zipfile
from datetime import date
from pathlib import Path

import pytest
from lxml import etree
from pptx import Presentation
from pptx.util import Inches

from salesdesk.documents import slide_kit
from salesdesk.documents.blocks import Mark, Sender
from salesdesk.documents.slides import proposal_slides
from salesdesk.errors import UserError
from salesdesk.records.language import Language
from salesdesk.records.proposal import MODULES, CaseStudy, Proposal, ProposalModule, ValueLine
from salesdesk.records.prospecting import Customer
from tests.documents.conftest import ISSUED

ROOT = Path(__file__).parents[2]
SENDER = Sender("北京示例软件有限公司", "李𬭎", "010-8888", "a@example.com", "北京")


def slides(texts=None, lines=(), cases=(), language=Language.ZH, sender=SENDER, **said):
    customer = Customer(id="c", name="𠮷祥科技有限公司")
    proposal = Proposal(id="p", customer_id="c", subject="客户管理平台方案", price=25_000_000, version=3)
    modules = [
        ProposalModule(id=name, proposal_id="p", module=name, content=text) for name, text in (texts or {}).items()
    ]
    return proposal_slides(proposal, customer, modules, list(lines), list(cases), sender, ISSUED, language, **said)


def opened(data):
    return Presentation(io.BytesIO(data))


def texts_of(data):
    found = []
    for slide in opened(data).slides:
        for shape in slide.shapes:
            if shape.has_text_frame:
                found += [paragraph.text for paragraph in shape.text_frame.paragraphs]
            if shape.has_table:
                found += [cell.text for row in shape.table.rows for cell in row.cells]
    return found


def value_lines(count):
    return [
        ValueLine(id=str(n), proposal_id="p", item=f"第{n}项", cost_now=100_00 * n, cost_after=40_00 * n, efficiency=20)
        for n in range(1, count + 1)
    ]


@pytest.mark.parametrize("language", list(Language))
def test_every_module_is_a_chapter_and_what_was_typed_is_there(language):
    texts = {option.value: f"内容 {option.value} <b>&\n第二段𬭎" for option in MODULES}
    found = texts_of(slides(texts, language=language))
    for number, option in enumerate(MODULES, start=1):
        assert f"{number}  {option.label(language)}" in found
        assert f"内容 {option.value} <b>&" in found
    assert "客户管理平台方案" in found
    assert any("𠮷祥科技有限公司" in text for text in found)
    assert any("李𬭎" in text for text in found)


def test_table_and_chart_are_native_and_right():
    data = slides(lines=value_lines(20))
    tables = [shape.table for slide in opened(data).slides for shape in slide.shapes if shape.has_table]
    assert [len(table.rows) for table in tables] == [8, 8, 8]  # 20 lines and the total, a head on each
    assert all(table.cell(0, 0).text == tables[0].cell(0, 0).text for table in tables)
    assert tables[0].cell(3, 0).text == "第3项"
    assert tables[0].cell(3, 3).text == "180元"
    assert tables[2].cell(7, 0).text == "合计"
    assert tables[2].cell(7, 3).text == "1.26万"
    (chart,) = [shape.chart for slide in opened(data).slides for shape in slide.shapes if shape.has_chart]
    plot = chart.plots[0]
    assert next(iter(plot.categories)) == "第20项"
    assert [series.values[0] for series in plot.series] == [2000, 800]


@pytest.mark.parametrize("name", ["long", "lines", "word"])
def test_a_long_text_flows_over_slides_and_nothing_runs_off(name):
    text = {"long": "需求分析与方案" * 4000, "lines": "一行\n" * 500, "word": "A" * 10_000}[name]
    data = slides({MODULES[0].value: text})
    file = opened(data)
    kept = "".join(
        paragraph.text
        for slide in file.slides
        for shape in slide.shapes
        if shape.has_text_frame and not shape.is_placeholder and shape.top < Inches(6.5)  # no title, no foot
        for paragraph in shape.text_frame.paragraphs
    )
    assert text.replace("\n", "").strip() in kept.replace("\n", "")
    for slide in file.slides:
        for shape in slide.shapes:
            assert shape.top + shape.height <= file.slide_height
            assert shape.left + shape.width <= file.slide_width


def test_300_lines_and_cases():
    cases = [CaseStudy(id="1", customer_name="启航教育", industry="education", effect="提升30%", quote="很好")]
    data = slides(lines=value_lines(300), cases=cases)
    file = opened(data)
    tables = [shape.table for slide in file.slides for shape in slide.shapes if shape.has_table]
    assert len(tables) == 10
    assert [row.cells[0].text for row in tables[-1].rows][-2:] == ["其余 212 项", "合计"]
    assert any("启航教育" in text for text in texts_of(data))


@pytest.mark.parametrize("text", ["一条要点\n" * 20, "一条要点\n\n" * 9, "一段稍长的文字，" * 400])
def test_no_line_of_text_runs_into_the_foot(text):
    for slide in opened(slides({MODULES[0].value: text})).slides:
        for shape in slide.shapes:
            if shape.has_text_frame and Inches(1.5) < shape.top < Inches(6.5) and "一" in shape.text_frame.text:
                high = 0.0
                for paragraph in shape.text_frame.paragraphs:
                    lines = -(-len(paragraph.text) * 18 // (11.833 * 72)) or 1
                    high += lines * 18 * 1.35 + 18 * 0.25
                assert high <= shape.height.pt


def test_totals_are_of_complete_lines_alone():
    lines = [*value_lines(2), ValueLine(id="x", item="未知", cost_now=500_00)]
    data = slides(lines=lines)
    (table,) = [shape.table for slide in opened(data).slides for shape in slide.shapes if shape.has_table]
    assert [cell.text for cell in table.rows[4].cells] == ["合计", "300元", "120元", "180元", ""]
    assert any("均已填写" in text for text in texts_of(data))
    (alone,) = [
        shape.table
        for slide in opened(slides(lines=[ValueLine(item="快", efficiency=30)])).slides
        for shape in slide.shapes
        if shape.has_table
    ]
    assert len(alone.rows) == 2


def test_figures_can_be_read_on_a_companys_master():
    out = io.BytesIO()
    Presentation().save(out)
    file = opened(slides(lines=value_lines(3), master=out.getvalue()))
    (tile,) = [s for slide in file.slides for s in slide.shapes if s.has_text_frame and "360元" in s.text_frame.text]
    assert tile.shape_type == 17  # a text box: its words are in the master's own colour, not white as on a shape


def test_without_prices_nothing_says_ours_and_a_draft_says_so():
    shown = " ".join(texts_of(slides(lines=value_lines(3), mark=Mark.DRAFT)))
    assert "25万" in shown
    assert "草稿" in shown
    hidden = " ".join(texts_of(slides(lines=value_lines(3), prices=False)))
    assert "25万" not in hidden
    assert "预计回收期" not in hidden
    assert "草稿" not in hidden


def test_the_east_asian_font_is_named_on_every_run():
    file = opened(slides({MODULES[0].value: "文字"}))
    runs = [
        run
        for slide in file.slides
        for shape in slide.shapes
        if shape.has_text_frame
        for paragraph in shape.text_frame.paragraphs
        for run in paragraph.runs
    ]
    assert runs
    assert all(run._r.rPr.find("{*}ea").get("typeface") == "Microsoft YaHei" for run in runs)


def company_master():
    file = Presentation()
    file.slide_width, file.slide_height = Inches(10), Inches(5.625)
    file.slides.add_slide(file.slide_layouts[0]).shapes.title.text = "样例页"
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def test_a_companys_master_gives_size_and_layouts_and_loses_its_sample_slides():
    data = slides({MODULES[0].value: "文字"}, lines=value_lines(3), master=company_master())
    file = opened(data)
    assert file.slide_width == Inches(10)
    assert "样例页" not in texts_of(data)
    assert "文字" in texts_of(data)
    for slide in file.slides:
        for shape in slide.shapes:
            assert shape.is_placeholder or shape.top + shape.height <= file.slide_height


def calling_master():
    """A company's master that fetches pictures and films, and leads elsewhere by a click and below the mouse."""
    file = Presentation()
    outside = "https://example.invalid/"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    for owner in (file.slide_masters[0], *file.slide_layouts):
        relations = owner.part.rels
        ids = {
            one: relations.get_or_add_ext_rel(kind + one, f"{outside}{one}") for one in ("image", "video", "hyperlink")
        }
        picture = (
            '<p:pic xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
            ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
            ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><p:nvPicPr>'
            f'<p:cNvPr id="90{{number}}" name="Logo"><a:hlinkHover r:id="{ids["hyperlink"]}"/></p:cNvPr><p:cNvPicPr/>'
            "<p:nvPr>{film}</p:nvPr></p:nvPicPr><p:blipFill>"
            f'<a:blip r:link="{ids["image"]}"/><a:stretch><a:fillRect/></a:stretch></p:blipFill><p:spPr><a:xfrm>'
            '<a:off x="0" y="0"/><a:ext cx="9" cy="9"/></a:xfrm><a:prstGeom prst="rect"/></p:spPr></p:pic>'
        )
        film = f'<a:videoFile r:link="{ids["video"]}"/>'
        for number, inside in enumerate(("", film)):
            owner.shapes._spTree.append(etree.fromstring(picture.format(number=number, film=inside)))
    text = file.slide_layouts[0].placeholders[0].text_frame.paragraphs[0].add_run()
    text.text = "示范公司"
    text.hyperlink.address = outside
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def test_a_companys_master_calls_nobody_from_the_customers_computer():
    def outside(data):
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            return [name for name in packed.namelist() if b"example.invalid" in packed.read(name)]

    master = calling_master()
    assert len(outside(master)) == 12  # the master and its eleven layouts
    data = slides({MODULES[0].value: "文字"}, lines=value_lines(3), master=master)
    assert outside(data) == []
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        said = b"".join(packed.read(name) for name in packed.namelist() if name.endswith((".xml", ".rels")))
    assert b'TargetMode="External"' not in said
    assert b"hlinkClick" not in said
    assert b"hlinkHover" not in said
    file = opened(data)
    for layout in file.slide_layouts:
        names = {relation.rId for relation in layout.part.rels.values()}
        used = re.findall(r'r:(?:id|link|embed)="(\w+)"', etree.tostring(layout.element).decode())
        assert set(used) <= names
        assert (
            sum(shape.name == "Logo" for shape in layout.shapes) == 1
        )  # the film is gone, the frame of the picture stays
    assert "示范公司" in "".join(shape.text_frame.text for shape in file.slide_layouts[0].placeholders)


def test_a_template_is_a_master_too():
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(company_master())) as packed, zipfile.ZipFile(out, "w") as written:
        for entry in packed.infolist():
            data = packed.read(entry)
            if entry.filename == "[Content_Types].xml":
                data = data.replace(b"presentation.main+xml", b"template.main+xml")
            written.writestr(entry, data)
    assert "文字" in texts_of(slides({MODULES[0].value: "文字"}, master=out.getvalue()))


def packed_bomb():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        for number in range(4):
            packed.writestr(f"{number}.xml", bytes(100 * 1024**2))
    return out.getvalue()


def packed_macros():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("[Content_Types].xml", "application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml")
    return out.getvalue()


@pytest.mark.parametrize(
    ("master", "message"),
    [
        (b"\xd0\xcf\x11\xe0 with a password", "slides.bad_master"),
        (b"", "slides.bad_master"),
        (b"PK\x03\x04 cut", "slides.bad_master"),
        ("macros", "slides.macros"),
        ("bomb", "slides.large_master"),
        ("workbook", "slides.bad_master"),
        ("damaged", "slides.bad_master"),
        ("locked", "slides.bad_master"),
        ("bare", "slides.bad_master"),
    ],
    ids=["password", "empty", "cut", "macros", "bomb", "workbook", "damaged", "locked", "bare"],
)
def test_a_master_that_cannot_be_used_says_why(master, message, tmp_path):
    made = {"macros": packed_macros, "bomb": packed_bomb, "workbook": workbook, "damaged": damaged, "locked": locked}
    made["bare"] = bare
    with pytest.raises(UserError, match=message):
        slides(master=made[master]() if isinstance(master, str) else master)


def presentation():
    out = io.BytesIO()
    Presentation().save(out)
    return bytearray(out.getvalue())


def bare():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
    return out.getvalue()


def damaged():
    """Bytes of packed content that no unpacker understands."""
    data = presentation()
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        at = packed.getinfo("ppt/presentation.xml").header_offset + 80
    data[at : at + 60] = b"\xff" * 60
    return bytes(data)


def locked():
    """Every entry says that it is encrypted."""
    data = presentation()
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        starts = [entry.header_offset for entry in packed.infolist()]
        directory = packed.start_dir
    for start in starts:
        data[start + 6] |= 1
    at = directory
    while data[at : at + 4] == b"PK\x01\x02":
        data[at + 8] |= 1
        name, extra, comment = (int.from_bytes(data[at + x : at + x + 2], "little") for x in (28, 30, 32))
        at += 46 + name + extra + comment
    return bytes(data)


def workbook():
    import xlsxwriter  # noqa: PLC0415  # only here

    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        book.add_worksheet()
    return out.getvalue()


def test_dates_and_names_of_the_file():
    said = opened(slides()).core_properties
    assert said.title == "客户管理平台方案"
    assert said.created.date() == date(2024, 3, 5)
    assert pytest.approx(16 / 9, abs=0.01) == slide_kit.WIDTH / slide_kit.HEIGHT


def test_a_long_title_takes_a_smaller_type():
    def size(subject):
        made = proposal_slides(
            Proposal(id="p", customer_id="c", subject=subject),
            Customer(id="c", name="甲"),
            [],
            [],
            [],
            SENDER,
            ISSUED,
            Language.ZH,
        )
        return opened(made).slides[0].shapes.title.text_frame.paragraphs[0].runs[0].font.size.pt

    assert size("客户管理平台方案") == 36
    assert size("客户管理平台" * 33) <= 16


def test_the_same_slides_are_the_same_bytes():
    """In another second and another process: what python-pptx and XlsxWriter write of the time is the paper's day."""
    code = "import hashlib; from tests.documents.test_slides import *;"
    code += "print(hashlib.sha256(slides({MODULES[0].value: '文字'}, value_lines(3))).hexdigest())"
    found = set()
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": f"Etc/GMT-{seed}"}
        run = [sys.executable, "-c", code]
        found.add(subprocess.run(run, env=environment, cwd=ROOT, capture_output=True, text=True, check=True).stdout)
        time.sleep(2.1 - time.time() % 2)  # an archive counts every second second
    assert len(found) == 1
    with zipfile.ZipFile(io.BytesIO(slides(lines=value_lines(3)))) as packed:
        (workbook,) = [packed.read(name) for name in packed.namelist() if name.endswith(".xlsx")]
    with zipfile.ZipFile(io.BytesIO(workbook)) as packed:
        assert packed.read("docProps/core.xml").count(b"2024-03-05T00:00:00Z") == 2


def test_a_cell_that_is_cut_keeps_blanks_and_marks():
    item = "Maintenance of servers, the customer’s “own” ones and those of others " * 4
    (cell,) = {text for text in texts_of(slides(lines=[ValueLine(item=item, cost_now=1)])) if "Maintenance" in text}
    assert cell.endswith("…")
    assert item.startswith(cell[:-1])


def test_a_draft_on_a_companys_master_says_so_on_its_cover():
    file = Presentation()
    out = io.BytesIO()
    file.save(out)
    cover = opened(slides(master=out.getvalue(), mark=Mark.DRAFT)).slides[0]
    assert "草稿" in " ".join(shape.text_frame.text for shape in cover.shapes if shape.has_text_frame)
