"""The letter beside the same content by reportlab as it comes: no line rules, no archive form, no outline."""

import io
import time
from statistics import median

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

from salesdesk.documents import fonts
from salesdesk.documents.letter import _WORDS, POINTS
from salesdesk.documents.stamp import _bars
from salesdesk.records.language import Language
from salesdesk.records.registry import fields_of
from tests.documents.conftest import ISSUED

pytestmark = pytest.mark.benchmark

ROUNDS = 15
BUDGET = 1.2

STYLE = ParagraphStyle("body", fontName=fonts.REGULAR, fontSize=10.5, leading=17, wordWrap="CJK")
BOLD = ParagraphStyle("bold", STYLE, fontName=fonts.BOLD)


def stamped(canvas, text):
    """The same QR code as ours, in the quickest way that reportlab draws it."""
    path = canvas.beginPath()
    for left, top, width, height in _bars(text):
        path.rect(500 + left, 60 - top - height, width, height)
    canvas.drawPath(path, stroke=0, fill=1)


class CountedCanvas(Canvas):
    """The recipe for `page x of y` that reportlab's users know."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{**kwargs, "initialFontName": fonts.REGULAR})
        self.states = []

    def showPage(self):  # noqa: N802  # reportlab's name
        self.states.append(dict(self.__dict__))
        self._startPage()

    def save(self):
        for number, state in enumerate(self.states, start=1):
            self.__dict__.update(state)
            self.setFont(fonts.REGULAR, 8.5)
            self.drawRightString(530, 40, f"第{number}页/共{len(self.states)}页")
            stamped(self, "XQ-20240305-01AB V2 SHA-256 " + "0A" * 32)
            super().showPage()
        super().save()


def stock_letter(maker):
    """The same words, the same fonts, one page."""
    words = _WORDS[Language.ZH]
    declared = fields_of(type(maker.analysis))
    rows = [[Paragraph(words["item"], BOLD), Paragraph(words["content"], BOLD)]]
    for name in POINTS:
        shown = declared[name].show(getattr(maker.analysis, name), Language.ZH)
        rows.append([Paragraph(declared[name].zh, BOLD), Paragraph(shown, STYLE)])
    grid = [("GRID", (0, 0), (-1, -1), 0.5, "#999999"), ("FONT", (0, 0), (-1, -1), fonts.REGULAR)]
    sides = [
        [words["them"], words["us"]],
        [maker.customer.name, maker.sender.company],
        ["姓名", maker.sender.person],
        [words["date"], words["date"]],
    ]
    marks = [[words["reference"], maker.letter.reference], [words["version"], "第 2 版"], ["日期", ISSUED.isoformat()]]
    story = [
        Paragraph(maker.sender.company, BOLD),
        Paragraph(f"{maker.sender.address} {maker.sender.phone} {maker.sender.email}", STYLE),
        Paragraph(words["title"], BOLD),
        Table([[Paragraph(cell, STYLE) for cell in row] for row in marks], style=grid),
        Paragraph(words["dear"].format(maker.letter.recipient), STYLE),
        Paragraph(words["opening"].format(when=words["when"].format("2024-03-05")), STYLE),
        Spacer(1, 9),
        Table(rows, colWidths=[113, 358], repeatRows=1, style=grid),
        Spacer(1, 12),
        Paragraph(words["confirm"], STYLE),
        Paragraph(words["agreed"], STYLE),
        Paragraph(words["changes"], STYLE),
        Table([[Paragraph(cell, STYLE) for cell in row] for row in sides], style=grid),
    ]
    out = io.BytesIO()
    SimpleDocTemplate(out, pagesize=A4, invariant=1, lang="zh-CN").build(story, canvasmaker=CountedCanvas)
    return out.getvalue()


def seconds(work):
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def test_the_letter_keeps_up_with_stock_reportlab(make_letter):
    fonts.load()
    ours, stock = [], []
    for work in (make_letter, lambda: stock_letter(make_letter)):
        work()
    for _ in range(ROUNDS):
        ours.append(seconds(make_letter))
        stock.append(seconds(lambda: stock_letter(make_letter)))
    ratio = median(ours) / median(stock)
    print(f"letter {median(ours) * 1000:.1f} ms, stock reportlab {median(stock) * 1000:.1f} ms, ratio {ratio:.2f}")  # noqa: T201  # a benchmark's result
    assert ratio <= BUDGET
