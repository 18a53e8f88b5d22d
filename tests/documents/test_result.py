"""谈判结果确认单, read back."""

from dataclasses import replace
from datetime import date

import pytest

from salesdesk.actions.paper_declarations import paper_named
from salesdesk.documents.blocks import Mark
from salesdesk.documents.result import TERMS, result_confirmation
from salesdesk.errors import UserError
from salesdesk.records.language import Language
from salesdesk.records.negotiation import NegotiationResult
from salesdesk.records.prospecting import Contact, Customer
from salesdesk.records.registry import fields_of
from tests.documents.conftest import ISSUED, LetterMaker, read_back, squeezed
from tests.documents.marks import found, marked

UGLY = '<b>&<img src="file:///etc/passwd"> &amp; {0} %s </para> \\'


class ResultMaker:
    """The terms that the toolkit's rows end with."""

    sender = LetterMaker.sender

    def __init__(self):
        self.customer = Customer(id="c", name="××科技有限公司")
        self.contact = Contact(id="p", name="张*", position="总经理")
        self.result = NegotiationResult(
            id="r",
            customer_id="c",
            reference="TP-20240312-01AB",
            amount=22_000_000,
            agreed_on=date(2024, 3, 12),
            payment="分3期支付：签约付40%，上线付40%，验收付20%",
            payment_days=30,
            delivery="签约后35天内上线，连续运行7天无重大故障",
            delivery_days=35,
            support="一年免费维护，工作日2小时内响应",
        )

    def __call__(self, language=Language.ZH, **options):
        return result_confirmation(
            self.result,
            self.customer,
            self.contact,
            self.sender,
            options.pop("issued_on", ISSUED),
            language,
            title=paper_named("result").title(language),
            **options,
        )


@pytest.fixture
def make():
    return ResultMaker()


@pytest.mark.parametrize("language", [Language.ZH, Language.EN])
def test_every_term_comes_out_again(make, language):
    make.customer.name = "𠮷祥（上海）贸易有限公司"
    make.contact.name = "欧阳𬭎"
    zh = language is Language.ZH
    wanted = [
        "𠮷祥（上海）贸易有限公司",
        "欧阳𬭎",
        "总经理",
        "TP-20240312-01AB",
        "2024-03-05",
        "2024-03-12",
        "22万元（大写：人民币贰拾贰万元整）" if zh else "RMB 220,000",
        "分3期支付：签约付40%，上线付40%，验收付20%",
        "30天" if zh else "30 days",
        "签约后35天内上线，连续运行7天无重大故障",
        "35天" if zh else "35 days",
        "一年免费维护，工作日2小时内响应",
        "（未约定）" if zh else "(not agreed)",
        "客户确认（签字/盖章）" if zh else "For the customer (signature/stamp)",
        "我方（签字/盖章）" if zh else "For us (signature/stamp)",
        "北京示例软件有限公司",
        "第1页/共1页" if zh else "Page 1 of 1",
        *(fields_of(NegotiationResult)[name].label(language) for name in TERMS),
    ]
    for reader, text in read_back(make(language)).items():
        assert [w for w in wanted if squeezed(w) not in text] == [], reader


def test_nothing_confidential_reaches_the_customer(make):
    seen, hidden = marked(make.result, make.customer, make.contact)
    for language in (Language.ZH, Language.EN):
        text = read_back(make(language))["pypdf"]
        assert len(hidden) > 8
        assert found(text, hidden) == []
        assert found(text, seen) == sorted(set(seen.values()))


def test_typed_text_is_data(make):
    make.customer.name = make.result.payment = make.result.support = UGLY
    for reader, text in read_back(make()).items():
        assert text.count(squeezed(UGLY)) >= 4, reader


def test_a_long_term_runs_over_pages(make):
    make.result.delivery = "\n".join(f"第{n}条：分批交付（见附件{n}）。" for n in range(200))
    text = read_back(make())["pypdf"]
    assert [n for n in range(200) if f"见附件{n}）" not in text] == []
    assert text.count("条款双方约定") >= 4


@pytest.mark.parametrize("language", [Language.ZH, Language.EN])
def test_an_empty_record_still_makes_a_sheet(make, language):
    pdf = result_confirmation(
        NegotiationResult(id="r"),
        Customer(id="c"),
        None,
        replace(make.sender, company=""),
        ISSUED,
        language,
        title=paper_named("result").title(language),
    )
    text = read_back(pdf)["pypdf"]
    assert (
        text.count("（未约定）" if language is Language.ZH else "(notagreed)") == len(TERMS) - 2
    )  # days that were not agreed leave no row
    assert "None" not in text


@pytest.mark.parametrize("field", [*TERMS[1:2], "delivery", "support", "other_terms"])
def test_a_character_that_no_font_has_is_named_with_its_place(make, field):
    setattr(make.result, field, "满意😀的")
    with pytest.raises(UserError, match="paper.missing_character") as caught:
        make()
    assert caught.value.field == field


def test_the_same_sheet_has_the_same_bytes(make):
    first = make()
    make(Language.EN, mark=Mark.DRAFT)
    assert make() == first
    assert make(issued_on=date(2024, 3, 6)) != first
