"""The points in which Chinese papers of peers fail, each with its number, which the suite prints at its end."""

import ctypes
import io
import json
import subprocess
import sys
from collections import defaultdict
from contextlib import closing

import pypdf
import pypdfium2
import pytest
from pypdfium2 import raw
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Frame, PageBreak, Paragraph
from reportlab.platypus.doctemplate import BaseDocTemplate, PageTemplate

from salesdesk.documents import fonts
from salesdesk.documents.linebreak import NO_END, NO_START
from salesdesk.documents.page import BODY, SIDE, Facts, Paper
from salesdesk.documents.pieces import text_pieces
from salesdesk.records.language import Language
from salesdesk.settings import resources
from tests.documents.conftest import ISSUED, LetterMaker, read_back, squeezed
from tests.documents.test_contract_paper import ContractMaker
from tests.documents.test_linebreak import MIXED
from tests.documents.test_proposal import ProposalMaker

ROOMS = range(120, 461, 10)  # points
FLUSH = 0.3  # points
WIDE = 300  # points; in a narrow column a long word leaves more room than may be spread
RARE = "欧阳𬭎𠮷䶮㛃"
MAKERS = {"letter": LetterMaker, "proposal": ProposalMaker, "contract": ContractMaker}


def lines_of(pdf):
    """Lines by page and base line, each as (x0, x1, character) from left to right.

    By PDFium, which draws: pdfminer forgets the gap before a piece of a line.
    """
    lines = defaultdict(list)
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        for number in range(len(document)):
            text = document[number].get_textpage()
            for index in range(text.count_chars()):
                character = chr(raw.FPDFText_GetUnicode(text.raw, index))
                box, x, y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
                raw.FPDFText_GetCharOrigin(text.raw, index, x, y)
                raw.FPDFText_GetLooseCharBox(text.raw, index, box)
                if 70 < y.value < 790 and character.strip():  # without the page's head and foot
                    lines[number, -round(y.value, 1)].append((x.value, box.right, character))
    return [sorted(line) for _, line in sorted(lines.items())]


def stock_lines():
    """The same text in the same widths by reportlab's own line breaking for Chinese."""
    fonts.load()
    style = ParagraphStyle("p", fontName=fonts.REGULAR, fontSize=10.5, leading=17, wordWrap="CJK")
    story, templates = [], []
    for room in ROOMS:
        story += [Paragraph(MIXED, style), PageBreak()]
        frame = Frame(SIDE, 72, room, 710, leftPadding=0, rightPadding=0, id=str(room))
        templates.append(PageTemplate(id=str(room), frames=[frame], autoNextPageTemplate=str(room + 10)))
    templates[-1].autoNextPageTemplate = None
    out = io.BytesIO()
    document = BaseDocTemplate(out)
    document.addPageTemplates(templates)
    document.build(story)
    return lines_of(out.getvalue())


def test_lines_over_many_widths(measured):
    paper = Paper(Language.ZH, Facts("t", "a", "s", ISSUED))
    rooms = []
    for room in ROOMS:
        pieces = text_pieces(MIXED, BODY, SIDE, room, "")
        rooms += [(room, piece.line.last) for piece in pieces]
        paper.add(*pieces)
    lines = lines_of(paper.pdf())
    assert len(lines) == len(rooms) > 300
    starts = sum(line[0][2] in NO_START for line in lines)
    ends = sum(line[-1][2] in NO_END for line in lines)
    over = sum(line[-1][1] > SIDE + room + 0.05 for line, (room, _) in zip(lines, rooms, strict=True))
    wide = [(room, line) for line, (room, last) in zip(lines, rooms, strict=True) if not last and room >= WIDE]
    short = [SIDE + room - line[-1][1] for room, line in wide]
    flush = sum(gap < FLUSH for gap in short)
    stock = stock_lines()
    theirs = sum(line[0][2] in NO_START for line in stock)
    measured(
        f"lines that begin with a forbidden mark, {len(ROOMS)} widths: {starts} of {len(lines)}"
        f" (stock reportlab: {theirs} of {len(stock)}, {100 * theirs / len(stock):.1f} %)"
    )
    measured(f"lines that end with an opening mark: {ends}; lines over the edge: {over}")
    measured(
        f"full lines of {WIDE} points and more flush with the edge: {flush} of {len(short)}; the others are Latin or"
        " stand before a long Latin word"
    )
    assert starts / len(lines) <= 0.002
    assert ends == over == 0
    assert flush / len(short) > 0.8
    assert theirs / len(stock) > 0.05  # the reference can fail


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("kind", MAKERS)
def test_rare_names_come_out_of_two_extractors(kind, language, measured):
    make = MAKERS[kind]()
    wanted = [RARE, f"{RARE}（苏州）有限公司"]
    if kind == "contract":
        make.contract.party_a, make.contract.other_terms = wanted[1], wanted[0]
    else:
        make.customer.name = wanted[1]
        holder = make.contact if kind == "letter" else make.modules[0]
        setattr(holder, "name" if kind == "letter" else "content", RARE)
        if kind == "letter":
            make.letter.recipient = RARE
    texts = read_back(make(language))
    found = [word in text for word in wanted for text in texts.values()]
    measured(f"{kind}, {language}: {sum(found)} of {len(found)} rare names by {' and '.join(texts)}")
    assert all(found)


def test_the_whole_text_of_a_module_comes_out_as_typed(measured):
    make = ProposalMaker()
    make.modules[0].content = MIXED + RARE
    for reader, text in read_back(make()).items():
        assert squeezed(make.modules[0].content) in text, reader
    measured(f"a text of {len(make.modules[0].content)} characters comes out as typed by both extractors")


SCRIPT = """
import hashlib, json, sys
opened = set()
sys.addaudithook(lambda event, args: opened.add(str(args[0])) if event == "open" else None)
from tests.documents.conftest import LetterMaker
from tests.documents.test_contract_paper import ContractMaker
from tests.documents.test_proposal import ProposalMaker
made = {one.__name__: hashlib.sha256(one()()).hexdigest() for one in (LetterMaker, ProposalMaker, ContractMaker)}
kinds = (".ttf", ".otf", ".ttc", ".pfb", ".pfa", ".woff", ".woff2")
print(json.dumps([made, sorted(name for name in opened if name.lower().endswith(kinds))]))
"""


def test_the_same_bytes_on_a_machine_without_fonts(tmp_path, measured):
    """No file of a font is opened but our two, so that what a machine has installed cannot matter."""
    made = []
    for seed in ("0", "4242"):
        env = {
            "HOME": str(tmp_path / seed),
            "PYTHONHASHSEED": seed,
            "FONTCONFIG_FILE": str(tmp_path / "none.conf"),
            "LANG": "C" if seed == "0" else "zh_CN.UTF-8",
            "TZ": "UTC" if seed == "0" else "Asia/Shanghai",
            "PYTHONPATH": str(resources().parent),
            "PYTHONUTF8": "1",
        }
        done = subprocess.run([sys.executable, "-c", SCRIPT], env=env, capture_output=True, text=True, check=True)
        made.append(json.loads(done.stdout))
    assert made[0] == made[1]
    papers, opened = made[0]
    assert opened == sorted(str(path) for path in (resources() / "fonts").glob("*.ttf"))
    measured(f"the same bytes in two processes of other hash seed, zone and language: {len(papers)} papers")
    measured(f"font files opened: {len(opened)}, all of them ours")


def test_only_embedded_subsets(measured):
    embedded = 0
    for maker in MAKERS.values():
        for page in pypdf.PdfReader(io.BytesIO(maker()())).pages:
            for font in page["/Resources"]["/Font"].values():
                descriptor = font.get_object()["/FontDescriptor"].get_object()
                assert "/FontFile2" in descriptor
                assert descriptor["/FontName"][7:8] == "+"  # the mark of a subset: six letters and a plus
                embedded += 1
    measured(f"fonts on all pages: {embedded}, embedded subsets: {embedded}, others: 0")
