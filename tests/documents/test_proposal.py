"""The proposal, read back from the file that a customer receives."""

import io
import re
from datetime import date

import pikepdf
import pypdf
import pytest

from salesdesk.documents.blocks import Mark, Sender
from salesdesk.documents.cover import _fitting
from salesdesk.documents.proposal import proposal_paper
from salesdesk.errors import UserError
from salesdesk.records.language import Language
from salesdesk.records.proposal import MODULES, CaseStudy, Proposal, ProposalModule, ValueLine
from salesdesk.records.prospecting import Customer
from salesdesk.records.registry import fields_of
from tests.documents.conftest import ISSUED, LetterMaker, glyphs, read_back, squeezed
from tests.documents.marks import found, marked

UGLY = '<b>&<img src="file:///etc/passwd"> &amp; {0} %s </para> \\'

TEXTS = {
    "pains": "贵公司的客户信息分散在各销售人员的表格与聊天记录中，人员变动时难以交接，历史沟通无从追溯。\n"
    "跟进依靠个人记忆，到期未跟进的客户平均占三成；管理层只能在月末汇总时看到进展，来不及调整。\n"
    "报价与合同版本众多，谈判结果与合同条款不一致时，往往到签约前才被发现。",
    "overview": "我们建议以统一的客户管理平台为中心，把客户信息、跟进计划、方案、谈判与合同连成一条线。"
    "平台在没有网络的现场同样可用，回到办公室后一键同步。\n核心价值：客户跟进效率提升30%，管理者随时看到真实进展。",
    "features": "客户信息管理：一个客户一张卡片，联系人、需求、决策链与历次沟通集中呈现。\n"
    "跟进提醒：按客户等级与下次跟进时间自动生成今日清单，不漏掉任何一个到期客户。\n"
    "数据分析：漏斗、赢单率、阶段停留时间、客户满意度，一页看清。\n"
    "合同与审批：合同与谈判结果逐项核对，按审批权限逐级审核，全程留痕。",
    "value": "下列数据基于贵公司提供的现状，按实施后的保守估计计算。",
    "plan": "第一阶段（第1周）：需求确认，完成数据清点与字段对应。\n"
    "第二阶段（第2–3周）：系统搭建，导入历史数据并核对。\n"
    "第三阶段（第4周）：人员培训，分角色演练。\n第四阶段（第5周）：正式上线，客户成功经理驻场一周。",
    "cases": "以下客户与贵公司同处一个行业，规模相近。",
}


class ProposalMaker:
    """A proposal to the toolkit's own customer."""

    sender = LetterMaker.sender

    def __init__(self):
        self.customer = Customer(id="c", name="××科技有限公司", industry="it")
        self.proposal = Proposal(
            id="p",
            customer_id="c",
            subject="客户管理平台建设方案",
            version=2,
            price=25_000_000,
            valid_until=date(2024, 6, 30),
            delivery_days=35,
            least_days=28,
            remark="内部备注",
        )
        self.modules = [
            ProposalModule(id=name, proposal_id="p", row_no=number, module=name, content=text, owner="李*")
            for number, (name, text) in reversed(list(enumerate(TEXTS.items(), start=1)))
        ]
        self.values = [
            ValueLine(id="1", item="客户跟进人工成本", cost_now=40_000_000, cost_after=23_000_000, efficiency=30),
            ValueLine(id="2", item="月度报表编制", cost_now=9_600_000, cost_after=2_400_000, efficiency=75),
            ValueLine(id="3", item="因合同版本错误造成的返工与延误", cost_now=12_000_000, cost_after=4_550_050),
            ValueLine(id="4", item="平台年度服务费", cost_now=0, cost_after=6_000_000),
        ]
        self.cases = [
            CaseStudy(
                id="1",
                customer_name="华东某软件集团",
                industry="it",
                effect="上线三个月，到期未跟进客户由31%降至4%，人均每周节省6小时。",
                quote="销售会议从对数字变成了谈客户。",
            ),
            CaseStudy(id="2", customer_name="××数据服务公司", industry="it", effect="合同返工减少八成。"),
        ]

    def __call__(self, language=Language.ZH, **options):
        return proposal_paper(
            self.proposal,
            self.customer,
            self.modules,
            self.values,
            self.cases,
            options.pop("sender", self.sender),
            options.pop("issued_on", ISSUED),
            language,
            **options,
        )


@pytest.fixture
def make():
    return ProposalMaker()


def chapters(language):
    return [option.label(language) for option in MODULES]


def pages_of(pdf):
    return [squeezed(page.extract_text()) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def outline(pdf):
    """Title → page number (from 1), as a viewer shows them."""
    reader = pypdf.PdfReader(io.BytesIO(pdf))

    def flat(items):
        for item in items:
            if isinstance(item, list):
                yield from flat(item)
            else:
                yield item.title, reader.get_destination_page_number(item) + 1

    return list(flat(reader.outline))


@pytest.mark.parametrize("language", [Language.ZH, Language.EN])
def test_everything_that_was_written_comes_out_again(make, language):
    make.customer.name = "𠮷祥（上海）贸易有限公司"
    make.modules[0].content = "客户𬭎、䶮、㛃、𨋢"
    zh = language is Language.ZH
    wanted = [
        "𠮷祥（上海）贸易有限公司",
        "客户管理平台建设方案",
        "客户𬭎、䶮、㛃、𨋢",
        "北京示例软件有限公司",
        "sales@example.com",
        "2024-03-05",
        "2024-06-30",
        *chapters(language),
        *(text for module in make.modules for text in module.content.splitlines()),
        *(line.item for line in make.values),
        *(case.effect for case in make.cases),
        make.cases[0].quote,
        *(fields_of(ValueLine)[name].label(language) for name in ("item", "cost_now", "cost_after", "efficiency")),
        "61.6万" if zh else "616,000",  # the totals
        "359,500.50元" if zh else "359,500.50",
        "256,499.50元" if zh else "256,499.50",
        "-6万" if zh else "-60,000",  # what costs more afterwards
        "12 个月" if zh else "12 months",
        "25万" if zh else "RMB 250,000",
        "第2版" if zh else "Version2",
    ]
    for reader, text in read_back(make(language)).items():
        assert [w for w in wanted if squeezed(w) not in text] == [], reader


def test_the_chapters_stand_in_the_order_of_the_checklist(make):
    titles = [title for title, _ in outline(make()) if title[0].isdigit()]
    assert titles == [f"{n}  {name}" for n, name in enumerate([*chapters(Language.ZH), "报价与下一步"], start=1)]
    bodies = "".join(pages_of(make())[2:])
    places = [bodies.index(squeezed(TEXTS[option.value])) for option in MODULES]
    assert places == sorted(places)


@pytest.mark.parametrize("length", [1, 40, 400])
def test_the_contents_name_the_right_pages(make, length):
    for module in make.modules:
        module.content = "\n".join([module.content] * length)
    pdf = make()
    pages = pages_of(pdf)
    contents = pages[1]
    assert contents.startswith("目录1客户痛点分析3")
    entries = outline(pdf)
    assert len(entries) == 7 + 2 + 2
    assert len({number for _, number in entries}) > (1 if length == 1 else 6)
    for title, number in entries:
        assert squeezed(title) in pages[number - 1]
        assert f"{squeezed(title)}{number}" in contents
    assert all(f"第{n}页/共{len(pages)}页" in page for n, page in enumerate(pages[1:], start=2))
    assert "页/共" not in pages[0]  # the cover


def test_the_contents_lead_to_their_pages(make):
    pdf = make()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        links = [a for a in document.pages[1].Annots if a.Subtype == "/Link"]
        targets = [next(n for n, p in enumerate(document.pages, 1) if p.objgen == a.Dest[0].objgen) for a in links]
        assert all(a.F == 4 for a in links)  # the archive form asks for it
    assert targets == [number for _, number in outline(pdf)]


def test_without_prices_our_price_stays_out_and_so_does_what_follows_from_it(make):
    make.proposal.price = 98_765_400
    make.proposal.valid_until = date(2031, 7, 9)
    with_price, without = read_back(make())["pypdf"], read_back(make(prices=False))["pypdf"]
    hidden = ["987,654", "98.7654", "2031-07-09", "报价有效期至", "报价与下一步", "回收期"]
    assert [word for word in hidden if word in without] == []
    assert [word for word in hidden if word not in with_price] == ["98.7654"]
    for kept in ("61.6万", "承诺实施周期", "35天", "下一步"):
        assert kept in without


def test_nothing_confidential_reaches_the_customer(make):
    records = (make.proposal, make.customer, make.modules[0], make.values[0], make.cases[0])
    make.modules, make.values, make.cases = make.modules[:1], make.values[:1], make.cases[:1]
    seen, hidden = marked(*records)
    make.modules[0].module = "pains"
    for language in (Language.ZH, Language.EN):
        text = read_back(make(language))["pypdf"]
        assert {"proposal.least_days", "proposal.remark", "customer.revenue"} <= set(hidden.values())
        assert found(text, hidden) == []
        assert "4711" not in text
        assert found(text, seen) == sorted(set(seen.values()))


def test_typed_text_is_data(make):
    make.customer.name = make.proposal.subject = make.values[0].item = make.cases[0].customer_name = UGLY
    for module in make.modules:
        module.content = UGLY
    pdf = make()
    for reader, text in read_back(pdf).items():
        assert text.count(squeezed(UGLY)) >= 12, reader
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert not [o for o in document.objects if isinstance(o, pikepdf.Stream) and o.get("/Subtype") == "/Image"]


def test_a_long_proposal_loses_nothing(make):
    paragraphs = [f"第{n}段：客户信息分散（见附件{n}）。" for n in range(200)]
    make.modules[0].content = "\n".join(paragraphs)
    make.values = [ValueLine(id=str(n), item=f"项目{n:03}号", cost_now=100 * n, cost_after=n) for n in range(300)]
    make.cases = [CaseStudy(id=str(n), customer_name=f"客户{n:02}", effect="好" * 900) for n in range(5)]
    pdf = make()
    pages = pages_of(pdf)
    text = "".join(pages)
    assert 18 < len(pages) < 40
    assert [n for n in range(200) if f"见附件{n}）" not in text] == []
    assert [n for n in range(300) if f"项目{n:03}号" not in text] == []
    assert text.count("好") == 4500
    assert "金额最大的12项" in text
    assert text.count("现状（每年）") > 5  # the table's head on each of its pages
    for title, number in outline(pdf):
        assert squeezed(title) in pages[number - 1]


def test_a_long_title_is_set_smaller_and_stays_on_the_cover(make):
    make.proposal.subject = "跨区域多组织客户全生命周期数字化管理平台" * 10
    make.customer.name = "𠮷祥国际贸易集团（上海）有限公司" * 12
    first = pages_of(make())[0]
    assert make.proposal.subject in first
    assert make.customer.name in first
    low = [y for page, _, _, y, _ in glyphs(make()) if page == 0]
    right = [x1 for page, _, x1, _, _ in glyphs(make()) if page == 0]
    assert min(low) > 20
    assert max(right) < 595 - 40


def test_invisible_characters_do_no_harm(make):
    make.modules[0].content = "价格\u202e001\u202c元\u200b\ufeff\x00\x07和\u2028下一行\t制表"
    make.values[0].item = "\u2067甲\u2066乙\ufe0f"
    for reader, text in read_back(make()).items():
        assert "价格001元和下一行制表" in text, reader
        assert "甲乙" in text, reader
        assert not set(text) & set("\u202e\u202c\u200b\ufeff\x00\x07\u2066\u2067\ufe0f"), reader


@pytest.mark.parametrize("language", [Language.ZH, Language.EN])
def test_an_empty_record_still_makes_a_proposal(language):
    empty = proposal_paper(
        Proposal(id="p"), Customer(id="c"), [], [ValueLine(id="1")], [CaseStudy(id="1")], Sender(""), ISSUED, language
    )
    text = read_back(empty)["pypdf"]
    assert [title for title in chapters(language) if squeezed(title) not in text] == []
    assert text.count("（本章内容将在沟通后补充）" if language is Language.ZH else "(Tobecompletedafter") == 4
    assert "None" not in text


@pytest.mark.parametrize(
    ("record", "field", "place"),
    [
        ("customer", "name", "name"),
        ("proposal", "subject", "subject"),
        ("module", "content", "proposal_module.content"),
        ("line", "item", "value_line.item"),
        ("case", "customer_name", "case_study.customer_name"),
        ("case", "effect", "case_study.effect"),
    ],
)
def test_a_character_that_no_font_has_is_named_with_its_place(make, record, field, place):
    owners = {"module": make.modules[0], "line": make.values[0], "case": make.cases[0]}
    setattr(owners.get(record) or getattr(make, record), field, "满意😀的")
    with pytest.raises(UserError, match="paper.missing_character") as caught:
        make()
    assert caught.value.field == place


def test_a_draft_says_so_on_every_page(make):
    for language, word in ((Language.ZH, "草稿"), (Language.EN, "DRAFT")):
        assert all(word in page for page in pages_of(make(language, mark=Mark.DRAFT)))
        assert not any(word in page for page in pages_of(make(language)))


def test_the_same_proposal_has_the_same_bytes(make):
    first = make()
    make(Language.EN)
    assert make() == first
    assert make(issued_on=date(2024, 3, 6)) != first
    make.modules[0].content += "。"
    digests = [re.search(r"SHA-256([0-9A-F]{64})", pages_of(pdf)[1])[1] for pdf in (first, make())]
    assert len(set(digests)) == 2


@pytest.mark.parametrize("title", ["解决方案：××科技有限公司", "解决方案：某某精密制造股份有限公司华东分公司数字化"])
def test_a_title_on_the_cover_leaves_no_stub(title):
    lines, _ = _fitting(title, (36, 29, 22, 16), (1, 1, 1), "subject")
    assert len(lines) == 1 or len(lines[-1].text) > 2
