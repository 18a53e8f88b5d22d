"""交付验收确认单 and 回访计划, read back."""

from dataclasses import replace
from datetime import date

import pytest

from salesdesk.actions.paper_declarations import paper_named
from salesdesk.documents.acceptance import PlannedVisit, acceptance_paper, visit_plan
from salesdesk.documents.pen import Pen
from salesdesk.errors import UserError
from salesdesk.records.care import RESULTS, Delivery, Visit
from salesdesk.records.contract import Contract
from salesdesk.records.field import Audience
from salesdesk.records.language import Language
from salesdesk.records.prospecting import Customer
from salesdesk.records.registry import fields_of
from tests.documents.conftest import ISSUED, LetterMaker, read_back, squeezed
from tests.documents.marks import found, marked


class AcceptanceMaker:
    """The toolkit's own delivery."""

    sender = LetterMaker.sender

    def __init__(self):
        self.customer = Customer(id="c", name="××科技有限公司")
        self.contract = Contract(id="h", number="HT-202403001")
        self.delivery = Delivery(
            id="d",
            customer_id="c",
            subject="客户管理系统",
            delivered_on=date(2024, 3, 15),
            contacted_by="陈*",
            in_use=True,
            usage="系统运行稳定",
            result="accepted",
            accepted_on=date(2024, 3, 18),
            signatory="张*",
        )

    def __call__(self, language=Language.ZH, **options):
        return acceptance_paper(
            self.delivery,
            self.customer,
            self.contract,
            self.sender,
            options.pop("issued_on", ISSUED),
            language,
            title=paper_named("acceptance").title(language),
            **options,
        )


class PlanMaker:
    """The toolkit's rows of paper 7, and a customer whom nobody has visited."""

    sender = LetterMaker.sender

    def __init__(self):
        self.visits = [
            PlannedVisit(
                Customer(id="2", name="××制造有限公司", grade="A"),
                Visit(
                    id="v2",
                    visited_on=date(2024, 3, 25),
                    new_needs="预警阈值自定义",
                    follow_up="技术部3天内完成",
                ),
                date(2024, 6, 25),
            ),
            PlannedVisit(Customer(id="3", name="𠮷祥贸易有限公司", grade="C"), None, None),
            PlannedVisit(
                Customer(id="1", name="××科技有限公司", grade="B"),
                Visit(id="v1", visited_on=date(2024, 3, 20), new_needs="数据导出功能", follow_up="产品部评估可行性"),
                date(2024, 4, 20),
            ),
        ]

    def __call__(self, language=Language.ZH, *, issued_on=date(2024, 5, 6)):
        return visit_plan(
            self.visits, self.sender, issued_on, language, title=paper_named("visit_plan").title(language)
        )


@pytest.fixture
def make():
    return AcceptanceMaker()


@pytest.fixture
def plan():
    return PlanMaker()


@pytest.mark.parametrize("language", [Language.ZH, Language.EN])
def test_everything_comes_out_again(make, language):
    make.customer.name = "𠮷祥（上海）贸易有限公司"
    make.delivery.signatory = "欧阳𬭎"
    zh = language is Language.ZH
    names = ("subject", "delivered_on", "in_use", "usage", "problems", "result", "accepted_on", "signatory")
    wanted = [
        "𠮷祥（上海）贸易有限公司",
        "欧阳𬭎",
        "HT-202403001",
        "客户管理系统",
        "2024-03-15",
        "系统运行稳定",
        "2024-03-18",
    ]
    wanted += [option.label(language) for option in RESULTS]
    wanted += [fields_of(Delivery)[name].label(language) for name in names]
    wanted += ["客户确认（签字/盖章）", "第1页/共1页"] if zh else ["For the customer", "Page 1 of 1"]
    for reader, text in read_back(make(language)).items():
        assert [w for w in wanted if squeezed(w) not in text] == [], reader


@pytest.mark.parametrize(
    ("values", "ticks"),
    [
        ({"in_use": False, "result": ""}, 0),
        ({"in_use": True, "result": ""}, 1),
        ({"in_use": False, "result": "refused"}, 2),
        ({"in_use": True, "result": "accepted"}, 2),
        ({"in_use": True, "result": "something newer"}, 1),
    ],
)
def test_only_what_is_known_is_ticked(make, monkeypatch, values, ticks):
    ticked = []
    box = Pen.box
    monkeypatch.setattr(Pen, "box", lambda *a, **k: (ticked.append(k.get("ticked", False)), box(*a, **k)))
    for name, value in values.items():
        setattr(make.delivery, name, value)
    make()
    assert len(ticked) == 5
    assert sum(ticked) == ticks


def test_nothing_confidential_reaches_the_customer(make):
    seen, hidden = marked(make.delivery, make.customer, make.contract)
    for language in (Language.ZH, Language.EN):
        text = read_back(make(language))["pypdf"]
        assert len(hidden) > 8
        assert found(text, hidden) == []
        assert set(found(text, seen)) == {
            "contract.number",
            "customer.name",
            *(f"delivery.{name}" for name in ("subject", "usage", "problems", "signatory")),
        }


@pytest.mark.parametrize("language", [Language.ZH, Language.EN])
def test_an_empty_record_leaves_room_to_write(make, language):
    make.delivery, make.contract, make.customer = Delivery(id="d"), None, Customer(id="c")
    make.sender = replace(make.sender, company="", address="", phone="", email="")
    text = read_back(make(language))["pypdf"]
    assert "None" not in text
    assert ("验收结论" if language is Language.ZH else "Result") in text


def test_long_and_ugly_text(make):
    make.delivery.problems = "\n".join(f"第{n}个问题 <b>&amp;</b> {{0}}𠮷\u202e。" for n in range(200))
    for reader, text in read_back(make()).items():
        assert [n for n in range(200) if f"第{n}个问题<b>&amp;</b>{{0}}𠮷。" not in text] == [], reader


@pytest.mark.parametrize("field", ["subject", "usage", "problems", "signatory"])
def test_a_character_that_no_font_has_is_named_with_its_place(make, field):
    setattr(make.delivery, field, "😀")
    with pytest.raises(UserError, match="paper.missing_character") as caught:
        make()
    assert caught.value.field == field


@pytest.mark.parametrize("language", [Language.ZH, Language.EN])
def test_visits_stand_by_the_day_they_are_due(plan, language):
    zh = language is Language.ZH
    for reader, text in read_back(plan(language)).items():
        names = ["××科技有限公司", "××制造有限公司", "𠮷祥贸易有限公司"]
        places = [text.index(name) for name in names]
        assert places == sorted(places), reader
        facts = ["2024-03-20", "2024-04-20", "数据导出功能", "产品部评估可行性", "B类" if zh else "B"]
        facts += ["（未回访）" if zh else "(noneyet)", "内部资料" if zh else "Internal"]
        assert [w for w in facts if w not in text] == [], reader
        assert text.count("逾期" if zh else "overdue") == 1, reader


def test_a_plan_of_many_visits_repeats_its_head(plan):
    plan.visits = [PlannedVisit(Customer(id=str(n), name=f"客户{n:03}号"), None, None) for n in range(300)]
    text = read_back(plan())["pypdf"]
    assert [n for n in range(300) if f"客户{n:03}号" not in text] == []
    assert text.count("回访事项") >= 8
    plan.visits = []
    assert "（没有待进行的回访）" in read_back(plan())["pypdf"]


def test_a_plan_shows_only_what_it_needs(plan):
    visit = plan.visits[0]
    seen, hidden = marked(visit.customer, visit.last, audience=Audience.COMPANY)
    assert hidden == {}
    assert set(found(read_back(plan())["pypdf"], seen)) == {"customer.name", "visit.new_needs", "visit.follow_up"}
    visit.customer.name = "😀"
    with pytest.raises(UserError, match="paper.missing_character") as caught:
        plan()
    assert caught.value.field == "customer.name"


def test_the_same_papers_have_the_same_bytes(make, plan):
    assert make() == make()
    assert plan() == plan()
    assert make(issued_on=date(2024, 3, 6)) != make()
