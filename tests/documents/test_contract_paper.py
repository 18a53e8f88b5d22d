"""The contract, read back."""

import io
import re
from datetime import date

import pypdf
import pytest

from salesdesk.documents.blocks import Mark, Sender
from salesdesk.documents.clauses import BLANK, Article, Clauses, filled, standard_clauses
from salesdesk.documents.contract import contract_paper
from salesdesk.errors import UserError
from salesdesk.records.contract import Contract
from salesdesk.records.language import Language
from tests.documents.conftest import ISSUED, LetterMaker, read_back, squeezed
from tests.documents.marks import found, marked

UGLY = '<b>&<img src="file:///etc/passwd"> &amp; {0} %s </para> \\'


class ContractMaker:
    """The toolkit's contract HT-202403001."""

    sender = LetterMaker.sender

    def __init__(self):
        self.contract = Contract(
            id="h",
            number="HT-202403001",
            customer_id="c",
            amount=22_000_000,
            list_price=25_000_000,
            kind="软件服务合同",
            submitted_by="李*",
            party_a="××科技有限公司",
            party_b="北京示例软件有限公司",
            subject="客户管理系统年度服务",
            acceptance="上线后连续运行7天无重大故障即验收合格",
            liability="逾期交付每日按合同金额0.1%支付违约金",
            payment="分3期支付：签约付40%，上线付40%，验收付20%",
            payment_days=30,
            delivery="签约后35天内上线",
            delivery_days=35,
            support="一年免费维护，工作日2小时内响应",
        )

    def __call__(self, language=Language.ZH, **options):
        return contract_paper(self.contract, self.sender, options.pop("issued_on", ISSUED), language, **options)


@pytest.fixture
def make():
    return ContractMaker()


@pytest.mark.parametrize("language", [Language.ZH, Language.EN])
def test_every_term_comes_out_again(make, language):
    make.contract.party_a = "𠮷祥（上海）贸易有限公司"
    make.contract.other_terms = "联系人：欧阳𬭎"
    zh = language is Language.ZH
    wanted = [
        "软件服务合同" if zh else "Software Service Contract",
        "合同编号：HT-202403001" if zh else "Contract number: HT-202403001",
        "𠮷祥（上海）贸易有限公司",
        "北京示例软件有限公司",
        "010-8888 6666",
        "客户管理系统年度服务。" if zh else "客户管理系统年度服务.",
        "220,000.00元，（大写）贰拾贰万元整" if zh else "RMB 220,000.00",
        "分3期支付：签约付40%，上线付40%，验收付20%",
        "付款周期：30天" if zh else "Payment term: 30 days",
        "签约后35天内上线",
        "交付周期：35天" if zh else "Delivery time: 35 days",
        "上线后连续运行7天无重大故障即验收合格",
        "逾期交付每日按合同金额0.1%支付违约金",
        "一年免费维护，工作日2小时内响应",
        "联系人：欧阳𬭎",
        "甲方（法定代表人或授权代表签字并盖章）" if zh else "Party A (signature and seal)",
        "乙方（法定代表人或授权代表签字并盖章）" if zh else "Party B (signature and seal)",
    ]
    for reader, text in read_back(make(language)).items():
        assert [w for w in wanted if squeezed(w) not in text] == [], reader


def test_the_articles_are_counted_in_order(make):
    text = read_back(make())["pdfminer"]
    headings = ["第一条标的与服务内容", "第五条验收", "第九条违约责任", "第十二条争议解决", "第十四条附则"]
    places = [text.index(heading) for heading in headings]
    assert places == sorted(places)
    assert "9.2除前款约定外" in text
    assert len(standard_clauses(Language.ZH).articles) == len(standard_clauses(Language.EN).articles)


@pytest.mark.parametrize("language", [Language.ZH, Language.EN])
def test_what_is_empty_becomes_a_line_to_write_on(language):
    pdf = contract_paper(Contract(id="h"), Sender(""), ISSUED, language)
    text = read_back(pdf)["pypdf"]
    placeholders = {n for a in standard_clauses(language).articles for c in a.clauses for n in re.findall("{(.*?)}", c)}
    assert len(placeholders) > 8
    assert text.count(BLANK) >= len(placeholders) - 1
    assert ("13.1无。" if language is Language.ZH else "13.1Nootherterms.") in text  # nothing is added by hand there
    assert "{" not in text
    assert "None" not in text
    assert "0.00" not in text


def test_braces_in_a_value_are_no_placeholders(make):
    make.contract.subject = "{liability} {nonsense} {} {0} {{party_a}} }{"
    make.contract.party_a = "{number}"
    for reader, text in read_back(make()).items():
        assert squeezed("{liability} {nonsense} {} {0} {{party_a}} }{") in text, reader
        assert "{number}" in text, reader


@pytest.mark.parametrize("name", ["nonsense", "list_price", "submitted_by", "customer_id", "", "Party_A", "party_a.x"])
def test_a_placeholder_that_names_no_field_for_the_customer_is_refused(make, name):
    clauses = Clauses("合同", "前言", (Article("标的", (f"内容：{{{name}}}。",)),))
    with pytest.raises(UserError, match="paper.unknown_placeholder") as caught:
        make(clauses=clauses)
    assert caught.value.params == {"name": name}


def test_the_full_stop_after_a_value_is_its_own_if_it_has_one():
    values = {"a": "一。", "b": "二", "c": "好吗？ ", "d": ""}
    assert filled("{a}。{b}。{c}。{d}。{b}，", values) == f"一。二。好吗？{BLANK}。二，"


def test_a_value_of_several_lines_begins_on_a_line_of_its_own():
    values = {"a": "一；\n二", "b": "三"}
    assert filled("服务：{a}。", values) == "服务：\n一；\n二。"
    assert filled("{a}", values) == "一；\n二"
    assert filled("服务：{b}。", values) == "服务：三。"


def test_nothing_confidential_reaches_the_customer(make):
    seen, hidden = marked(make.contract)
    for language in (Language.ZH, Language.EN):
        text = read_back(make(language))["pypdf"]
        assert {"contract.list_price", "contract.submitted_by", "contract.archive_place"} <= set(hidden.values())
        assert found(text, hidden) == []
        assert found(text, seen) == sorted(set(seen.values()) - {"contract.kind", "contract.customer_id"})


def test_typed_text_is_data(make):
    make.contract.party_a = make.contract.subject = make.contract.liability = UGLY
    for reader, text in read_back(make()).items():
        assert text.count(squeezed(UGLY)) >= 4, reader


def test_a_long_clause_runs_over_pages(make):
    make.contract.subject = "\n".join(f"第{n}项：软件模块（见附件{n}）。" for n in range(200))
    text = read_back(make())["pypdf"]
    assert [n for n in range(200) if f"见附件{n}）" not in text] == []
    assert "第二条合同价款" in text


@pytest.mark.parametrize("field", ["number", "party_a", "party_b", "subject", "acceptance", "liability", "payment"])
def test_a_character_that_no_font_has_is_named_with_its_place(make, field):
    setattr(make.contract, field, "满意😀的")
    with pytest.raises(UserError, match="paper.missing_character") as caught:
        make()
    assert caught.value.field == field


def test_an_unapproved_contract_says_so_on_every_page(make):
    pages = pypdf.PdfReader(io.BytesIO(make(mark=Mark.UNAPPROVED))).pages
    assert len(pages) > 1
    assert all("未经内部审批" in squeezed(page.extract_text()) for page in pages)
    assert "未经内部审批" not in read_back(make())["pypdf"]


def test_the_same_contract_has_the_same_bytes(make):
    first = make()
    make(Language.EN)
    assert make() == first
    assert make(issued_on=date(2024, 3, 6)) != first


@pytest.mark.parametrize("language", [Language.ZH, Language.EN])
def test_a_clause_of_days_that_were_not_agreed_is_left_out_with_its_number(make, language):
    whole = read_back(make(language))["pypdf"]
    make.contract.payment_days = None
    text = read_back(make(language))["pypdf"]
    assert ("付款周期" if language is Language.ZH else "Paymentterm") in whole
    assert ("付款周期" if language is Language.ZH else "Paymentterm") not in text
    assert "3.1" in text
    assert "3.2" not in text
