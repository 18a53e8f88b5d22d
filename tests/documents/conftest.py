"""What the tests of papers share: records to print, and two readers that know nothing of each other."""

import io
from datetime import date

import pypdf
import pytest
from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTChar
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage

from salesdesk.actions.paper_declarations import paper_named
from salesdesk.documents.blocks import Sender
from salesdesk.documents.letter import confirmation_letter
from salesdesk.records import registry  # noqa: F401  # all forms must be known before one is made
from salesdesk.records.discovery import ConfirmationLetter, DecisionRole, NeedsAnalysis
from salesdesk.records.language import Language
from salesdesk.records.prospecting import Contact, Customer

ISSUED = date(2024, 3, 5)


def squeezed(text):
    """The text without any white space: line breaks are the layout's, not the content's."""
    return "".join(text.split())


def glyphs(pdf):
    """Every character as (page, x0, x1, base line, character) in the order of drawing, by pdfminer."""
    manager = PDFResourceManager()
    device = PDFPageAggregator(manager, laparams=None)  # no guessing of columns: drawing order is reading order
    interpreter = PDFPageInterpreter(manager, device)
    for number, page in enumerate(PDFPage.get_pages(io.BytesIO(pdf))):
        interpreter.process_page(page)
        for item in device.get_result():
            if isinstance(item, LTChar):
                yield number, item.x0, item.x1, round(item.matrix[5], 1), item.get_text()


def read_back(pdf):
    """The text of a PDF by two independent extractors, white space removed."""
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    return {
        "pypdf": squeezed("".join(page.extract_text() for page in reader.pages)),
        "pdfminer": squeezed("".join(character for *_, character in glyphs(pdf))),
    }


class LetterMaker:
    """A letter about the toolkit's own customer; any value can be replaced by keyword."""

    sender = Sender("北京示例软件有限公司", "李*", "010-8888 6666", "sales@example.com", "北京市海淀区示例路 1 号")

    def __init__(self):
        self.customer = Customer(id="c", name="××科技有限公司", industry="it")
        self.contact = Contact(id="p", customer_id="c", name="张*", position="总经理", phone="138××××5678")
        self.analysis = NeedsAnalysis(
            id="a",
            customer_id="c",
            interviewed_on=date(2024, 3, 5),
            participants="销售李*、客户张*",
            pains="客户信息分散，跟进效率低",
            explicit_needs="需要统一的客户管理平台",
            implicit_needs="希望实现客户数据与销售业绩联动",
            budget="预算控制在20万以内",
            cooperation_period="三年，2024年4月起",
        )
        self.letter = ConfirmationLetter(
            id="l", customer_id="c", analysis_id="a", reference="XQ-20240305-01AB", version=2, recipient="张*"
        )
        self.roles = [
            DecisionRole(id="r1", analysis_id="a", role="总经理", influence="decides", weight=60, met=True),
            DecisionRole(id="r2", analysis_id="a", role="采购总监", influence="influences", weight=30),
        ]

    def __call__(self, language=Language.ZH, *, issued_on=ISSUED, **values):
        for name, value in values.items():
            owner = self.customer if name == "name" else self.analysis
            setattr(owner, name, value)
        return confirmation_letter(
            self.letter,
            self.customer,
            self.contact,
            self.analysis,
            self.sender,
            issued_on,
            language,
            title=paper_named("letter").title(language),
        )


@pytest.fixture
def make_letter():
    return LetterMaker()
