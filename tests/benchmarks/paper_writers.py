"""The same two papers by ours and by the writers of PDFs that people would take instead.

`python -m tests.benchmarks.paper_writers WRITER letter|proposal ROUNDS FILE` writes the last one to FILE and prints
the seconds of each round as JSON. The peers have head, foot with page numbers, contents, tables and chart as far as
they offer them without further work; none of theirs keeps our line rules, archive form, outline and stamps all at once.
"""

import html
import io
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from salesdesk.settings import resources
from tests.benchmarks import paper_content as said

FONTS = resources() / "fonts"
REGULAR, BOLD = FONTS / "NotoSansSC-Regular.ttf", FONTS / "NotoSansSC-Bold.ttf"
DAY = date(2024, 3, 5)
FAMILY = "Noto Sans SC"
FOOT = 40  # points above the page's end


def ours(kind: str) -> Callable[[], bytes]:
    """The program's own papers, with everything that they have."""
    from salesdesk.documents.blocks import Sender
    from salesdesk.documents.letter import confirmation_letter
    from salesdesk.documents.proposal import proposal_paper
    from salesdesk.records import registry  # noqa: F401  # all forms must be known before one is made
    from salesdesk.records.discovery import ConfirmationLetter, NeedsAnalysis
    from salesdesk.records.language import Language
    from salesdesk.records.proposal import CaseStudy, Proposal, ProposalModule, ValueLine
    from salesdesk.records.prospecting import Contact, Customer

    sender = Sender(said.COMPANY, "李*", "010-8888 6666", "sales@example.com", "北京市海淀区示例路 1 号")
    customer = Customer(id="c", name=said.CUSTOMER, industry="it")
    if kind == "letter":
        points = {name: text for name, (_, text) in said.LETTER_POINTS.items()}
        analysis = NeedsAnalysis(id="a", customer_id="c", interviewed_on=DAY, **points)
        paper = ConfirmationLetter(id="l", customer_id="c", reference="XQ-20240305-01AB", version=2, recipient="张*")
        person = Contact(id="p", customer_id="c", name="张*", position="总经理")
        return lambda: confirmation_letter(
            paper, customer, person, analysis, sender, DAY, Language.ZH, title="需求确认函"
        )
    proposal = Proposal(id="p", customer_id="c", subject="客户管理平台建设方案", version=2, price=25_000_000)
    modules = [
        ProposalModule(id=name, proposal_id="p", row_no=number, module=name, content=text)
        for number, (name, text) in enumerate(said.MODULES.items())
    ]
    lines = [
        ValueLine(id=str(number), item=item, cost_now=now * 100, cost_after=then * 100, efficiency=gain)
        for number, (item, now, then, gain) in enumerate(said.VALUE_ROWS)
    ]
    cases = [CaseStudy(id=name, customer_name=name, industry="it", effect=effect) for name, effect in said.CASES]
    return lambda: proposal_paper(proposal, customer, modules, lines, cases, sender, DAY, Language.ZH)


def reportlab(kind: str) -> Callable[[], bytes]:
    """Stock platypus with its own Chinese line breaking."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import BaseDocTemplate, Frame, PageBreak, PageTemplate, Paragraph, Spacer, Table
    from reportlab.platypus.tableofcontents import TableOfContents

    pdfmetrics.registerFont(TTFont("R", str(REGULAR)))
    pdfmetrics.registerFont(TTFont("B", str(BOLD)))
    style = ParagraphStyle("p", fontName="R", fontSize=10.5, leading=17, wordWrap="CJK", spaceAfter=6)
    bold = ParagraphStyle("h", style, fontName="B", fontSize=15, leading=24)

    class Document(BaseDocTemplate):
        def afterFlowable(self, flowable: object) -> None:  # noqa: N802  # reportlab's name
            if isinstance(flowable, Paragraph) and flowable.style is bold:
                self.notify("TOCEntry", (0, flowable.getPlainText(), self.page))

    def foot(canvas: object, document: BaseDocTemplate) -> None:
        canvas.setFont("R", 8.5)  # type: ignore[attr-defined]  # reportlab's canvas
        canvas.drawRightString(530, FOOT, f"第{document.page}页")  # type: ignore[attr-defined]

    def grid(rows: list[tuple[str, ...]], widths: list[int]) -> Table:
        cells = [[Paragraph(html.escape(cell), style) for cell in row] for row in rows]
        return Table(cells, colWidths=widths, repeatRows=1, style=[("GRID", (0, 0), (-1, -1), 0.5, "#999999")])

    def letter() -> list[object]:
        words = [Paragraph(html.escape(text), style) for text in said.LETTER_WORDS]
        table = grid([("项目", "内容"), *said.LETTER_POINTS.values()], [113, 358])
        return [Paragraph("需求确认函", bold), *words[:2], table, Spacer(1, 12), words[2]]

    def proposal() -> list[object]:
        story: list[object] = [Paragraph("客户管理平台建设方案", bold), PageBreak()]
        story += [TableOfContents(levelStyles=[style]), PageBreak()]
        for name, text in said.MODULES.items():
            story.append(Paragraph(said.TITLES[name], bold))
            story += [Paragraph(html.escape(part), style) for part in text.split("\n")]
            if name == "value":
                story.append(grid(said.value_table(), [180, 100, 100, 90]))
        return [*story, grid([("案例", "效果"), *said.CASES], [150, 320])]

    def write() -> bytes:
        out = io.BytesIO()
        document = Document(out, pagesize=A4, invariant=1, lang="zh-CN")
        document.addPageTemplates([PageTemplate(frames=[Frame(56, 60, 483, 720)], onPage=foot)])
        document.multiBuild(letter() if kind == "letter" else proposal())
        return out.getvalue()

    return write


def fpdf2(kind: str) -> Callable[[], bytes]:
    """fpdf2 with its own tables and outline."""
    import fpdf

    class Document(fpdf.FPDF):
        def footer(self) -> None:
            self.set_y(-FOOT)
            self.set_font("N", size=8.5)
            self.cell(0, 10, f"第{self.page_no()}页 / 共{{nb}}页", align="R")

        def prose(self, text: str) -> None:
            self.set_font("N", size=10.5)
            for part in text.split("\n"):
                self.multi_cell(0, 17, part, new_x="LMARGIN", new_y="NEXT", wrapmode="CHAR")

        def grid(self, rows: list[tuple[str, ...]]) -> None:
            with self.table(line_height=17) as table:
                for row in rows:
                    table.row(row)

        def contents(self, outline: list[fpdf.outline.OutlineSection]) -> None:
            for section in outline:
                self.cell(0, 18, f"{section.name} …… {section.page_number}", new_x="LMARGIN", new_y="NEXT")

    fill = _fpdf2_letter if kind == "letter" else _fpdf2_proposal

    def write() -> bytes:
        pdf = Document(unit="pt", format="A4")
        pdf.add_font("N", fname=str(REGULAR))
        pdf.add_font("N", style="B", fname=str(BOLD))
        pdf.set_font("N", size=10.5)
        pdf.add_page()
        fill(pdf)
        return bytes(pdf.output())

    return write


def _fpdf2_letter(pdf: Any) -> None:
    pdf.prose("\n".join(said.LETTER_WORDS))
    pdf.grid([("项目", "内容"), *said.LETTER_POINTS.values()])


def _fpdf2_proposal(pdf: Any) -> None:
    pdf.prose("客户管理平台建设方案")
    pdf.add_page()
    pdf.insert_toc_placeholder(type(pdf).contents)
    for name, text in said.MODULES.items():
        pdf.set_font("N", style="B", size=15)
        pdf.start_section(said.TITLES[name])
        pdf.multi_cell(0, 24, said.TITLES[name], new_x="LMARGIN", new_y="NEXT")
        pdf.prose(text)
        if name == "value":
            pdf.grid(said.value_table())
    pdf.grid([("案例", "效果"), *said.CASES])


def _page(kind: str) -> str:
    """The paper as HTML, for the writers that read it."""
    escape = html.escape

    def grid(rows: list[tuple[str, ...]]) -> str:
        cells = ("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
        return f"<table border='1' cellspacing='0'>{''.join(cells)}</table>"

    if kind == "letter":
        words = [f"<p>{escape(text)}</p>" for text in said.LETTER_WORDS]
        body = (
            f"<h1>需求确认函</h1>{words[0]}{words[1]}{grid([('项目', '内容'), *said.LETTER_POINTS.values()])}{words[2]}"
        )
    else:
        body = "<h1>客户管理平台建设方案</h1><ul style='page-break-before: always'>"
        body += "".join(f"<li><a href='#{name}'>{title}</a></li>" for name, title in said.TITLES.items())
        body += "</ul><div style='page-break-before: always'></div>"
        for name, text in said.MODULES.items():
            parts = "".join(f"<p>{escape(part)}</p>" for part in text.split("\n"))
            body += (
                f"<h1 id='{name}'>{said.TITLES[name]}</h1>{parts}{grid(said.value_table()) if name == 'value' else ''}"
            )
        body += grid([("案例", "效果"), *said.CASES])
    look = (
        f"@font-face {{ font-family: '{FAMILY}'; src: url('{REGULAR.as_uri()}') }}"
        f"body {{ font: 10.5pt/17pt '{FAMILY}'; text-align: justify }} table {{ border-collapse: collapse }}"
        "@page { size: A4; margin: 56pt; @bottom-right { content: '第' counter(page) '页' } }"
        "li a::after { content: leader('.') target-counter(attr(href), page) }"
    )
    return f"<html lang='zh-CN'><meta charset='utf-8'><style>{look}</style><body>{body}</body></html>"


def weasyprint(kind: str) -> Callable[[], bytes]:
    """WeasyPrint from HTML; it needs Pango from the system."""
    from weasyprint import HTML

    page = _page(kind)
    return lambda: bytes(HTML(string=page).write_pdf())


def qt(kind: str) -> Callable[[], bytes]:
    """Qt's rich text on its PDF writer; no page numbers in the contents."""
    from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QSizeF
    from PySide6.QtGui import QFontDatabase, QGuiApplication, QPageLayout, QPageSize, QPdfWriter, QTextDocument

    application = QGuiApplication.instance() or QGuiApplication(["benchmark", "-platform", "offscreen"])
    QFontDatabase.addApplicationFont(str(REGULAR))
    page = _page(kind)

    def write() -> bytes:
        assert application is not None
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        writer = QPdfWriter(buffer)
        writer.setResolution(72)
        writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        writer.setPageMargins(QMarginsF(56, 56, 56, 56), QPageLayout.Unit.Point)
        document = QTextDocument()
        document.setHtml(page)
        document.setPageSize(QSizeF(483, 730))
        document.print_(writer)
        del writer
        return bytes(buffer.data().data())

    return write


def typst(kind: str) -> Callable[[], bytes]:
    """typst, a compiled type-setter with a language of its own."""
    import typst as compiler

    def text(words: str) -> str:
        return json.dumps(words, ensure_ascii=False)

    def grid(rows: list[tuple[str, ...]]) -> str:
        head, *others = ("".join(f"[#{text(cell)}]," for cell in row) for row in rows)
        return f"#table(columns: {len(rows[0])}, table.header({head}), {''.join(others)})\n"

    source = f'#set page("a4", margin: 56pt, numbering: "1 / 1")\n#set text(font: "{FAMILY}", 10.5pt, lang: "zh")\n'
    source += "#set par(justify: true, leading: 0.6em)\n"
    if kind == "letter":
        words = [f"#{text(one)}\n\n" for one in said.LETTER_WORDS]
        table = grid([("项目", "内容"), *said.LETTER_POINTS.values()])
        source += f"= 需求确认函\n{words[0]}{words[1]}{table}{words[2]}"
    else:
        source += "#text(24pt)[客户管理平台建设方案]\n#pagebreak()\n#outline()\n#pagebreak()\n"
        for name, whole in said.MODULES.items():
            parts = "".join(f"#{text(part)}\n\n" for part in whole.split("\n"))
            source += f"= {said.TITLES[name]}\n{parts}{grid(said.value_table()) if name == 'value' else ''}"
        source += grid([("案例", "效果"), *said.CASES])

    def write() -> bytes:
        return bytes(compiler.compile(source.encode(), font_paths=[str(FONTS)], ignore_system_fonts=True))

    return write


def libreoffice(kind: str) -> Callable[[], bytes]:
    """LibreOffice from HTML, a process for each file."""
    home = Path(tempfile.mkdtemp())
    (home / "paper.html").write_text(_page(kind), encoding="utf-8")
    command = [
        "soffice",
        f"-env:UserInstallation={home.as_uri()}/profile",
        "--headless",
        "--infilter=HTML (StarWriter)",
    ]

    def write() -> bytes:
        subprocess.run(
            [*command, "--convert-to", "pdf:writer_web_pdf_Export", "--outdir", str(home), str(home / "paper.html")],
            check=True,
            capture_output=True,
        )
        return (home / "paper.pdf").read_bytes()

    return write


WRITERS = {
    "ours": ours,
    "reportlab": reportlab,
    "typst": typst,
    "qt": qt,
    "fpdf2": fpdf2,
    "weasyprint": weasyprint,
    "libreoffice": libreoffice,
}


def main() -> None:
    """See the module."""
    writer, kind, rounds, file = sys.argv[1:]
    write = WRITERS[writer](kind)
    seconds = []
    for _ in range(int(rounds)):
        began = time.perf_counter()
        pdf = write()
        seconds.append(time.perf_counter() - began)
    Path(file).write_bytes(pdf)
    print(json.dumps(seconds))


if __name__ == "__main__":
    main()
