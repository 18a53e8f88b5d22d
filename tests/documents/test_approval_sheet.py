"""合同审批表, read back."""

from datetime import date

import pytest

from salesdesk.actions.paper_declarations import paper_named
from salesdesk.documents.approval_sheet import approval_sheet
from salesdesk.errors import UserError
from salesdesk.records.contract import ApprovalStep, Contract
from salesdesk.records.field import Audience
from salesdesk.records.language import Language
from salesdesk.records.prospecting import Customer
from tests.documents.conftest import ISSUED, LetterMaker, read_back, squeezed
from tests.documents.marks import found, marked


class ApprovalMaker:
    """The toolkit's own rows of paper 6."""

    sender = LetterMaker.sender

    def __init__(self):
        self.customer = Customer(id="c", name="××科技有限公司")
        self.contract = Contract(
            id="h",
            number="HT-202403001",
            customer_id="c",
            amount=22_000_000,
            kind="软件服务合同",
            submitted_by="李*",
            submitted_on=date(2024, 3, 13),
        )
        decided = [
            ("manager", "赵*", "同意，按条款执行", 13),
            ("legal", "法务孙*", "合同条款完整，无法律风险", 14),
            ("general_manager", "总经理刘*", "同意签约", 14),
        ]
        self.steps = [
            ApprovalStep(
                id=step,
                contract_id="h",
                row_no=number,
                step=step,
                approver=approver,
                decision="approved",
                opinion=opinion,
                decided_on=date(2024, 3, day),
            )
            for number, (step, approver, opinion, day) in enumerate(decided, start=1)
        ]

    def __call__(self, language=Language.ZH, *, issued_on=ISSUED):
        return approval_sheet(
            self.contract,
            self.customer,
            self.steps,
            self.sender,
            issued_on,
            language,
            title=paper_named("approval_sheet").title(language),
        )


@pytest.fixture
def make():
    return ApprovalMaker()


@pytest.mark.parametrize("language", [Language.ZH, Language.EN])
def test_the_toolkits_row_comes_out_with_its_columns(make, language):
    zh = language is Language.ZH
    columns = ["合同编号", "客户名称", "合同金额（万元）", "合同类型", "提交人", "提交时间"]
    columns += ["审批环节", "审批人", "审批意见", "审批时间"]
    values = ["HT-202403001", "××科技有限公司", "22", "软件服务合同", "李*", "2024-03-13"]
    values += ["赵*", "同意，按条款执行", "法务孙*"]
    values += ["合同条款完整，无法律风险", "总经理刘*", "同意签约", "2024-03-14", "内部资料" if zh else "Internal"]
    steps = ["销售经理审核", "法务审核", "总经理审批"] if zh else ["Sales manager", "Legal", "General manager"]
    for reader, text in read_back(make(language)).items():
        wanted = [*values, *steps, *(columns if zh else ["Contract number", "Opinion", "Decided on"])]
        assert [w for w in wanted if squeezed(w) not in text] == [], reader
        places = [text.index(squeezed(step)) for step in steps]
        assert places == sorted(places)


def test_nothing_beyond_the_company_is_on_it(make):
    seen, hidden = marked(make.contract, make.customer, *make.steps, audience=Audience.COMPANY)
    text = read_back(make())["pypdf"]
    assert hidden == {}
    columns = {"number", "kind", "submitted_by"}
    assert set(found(text, seen)) == {
        "customer.name",
        *(f"contract.{name}" for name in columns),
        "approval_step.approver",
        "approval_step.opinion",
    }


@pytest.mark.parametrize("language", [Language.ZH, Language.EN])
def test_a_contract_that_nobody_has_submitted(make, language):
    make.contract, make.steps = Contract(id="h"), []
    text = read_back(make(language))["pypdf"]
    assert ("（尚未提交审批）" if language is Language.ZH else "(notsubmittedyet)") in text
    assert "None" not in text


def test_a_long_opinion_and_ugly_text(make):
    make.steps[1].opinion = "\n".join(f"第{n}点 <b>意见</b>𠮷\u202e。" for n in range(200))
    make.customer.name = "<b>&amp;𬭎</b>"
    for reader, text in read_back(make()).items():
        assert "<b>&amp;𬭎</b>" in text, reader
        assert [n for n in range(200) if f"第{n}点<b>意见</b>𠮷。" not in text] == [], reader
    assert read_back(make())["pypdf"].count("审批环节") >= 3  # the head on each page


def test_a_character_that_no_font_has_is_named_with_its_place(make):
    make.steps[0].opinion = "😀"
    with pytest.raises(UserError, match="paper.missing_character") as caught:
        make()
    assert caught.value.field == "approval_step.opinion"


def test_the_same_sheet_has_the_same_bytes(make):
    first = make()
    assert make() == first
    assert make(issued_on=date(2024, 3, 6)) != first
