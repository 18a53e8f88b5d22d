"""合同: against the negotiation, and whether it is safe to sign."""

import pytest

from salesdesk.process.contracting import compliance, differences, is_provisional, provisional_number
from salesdesk.process.findings import Level
from salesdesk.records.contract import Contract
from salesdesk.records.negotiation import NegotiationResult

WHOLE = {
    "party_a": "××科技有限公司", "party_b": "华东智造", "amount": 22_000_000, "subject": "客户管理系统年度服务",
    "acceptance": "上线后连续运行7天无重大故障", "liability": "逾期每日按0.1%支付违约金",
    "delivery": "签订后30天内上线", "payment": "3期分期",
}  # fmt: skip


def test_every_agreed_term_is_compared():
    """合同与谈判结果一致."""
    result = NegotiationResult(amount=22_000_000, payment="3期 分期", payment_days=90, delivery="", support=None)
    contract = Contract(amount=23_000_000, payment="3期分期", payment_days=None)
    found = {one.field: (one.agreed, one.written) for one in differences(result, contract)}
    assert found == {"amount": (22_000_000, 23_000_000), "payment_days": (90, None)}
    assert differences(None, contract) == []
    assert differences(NegotiationResult(), contract) == []


def test_a_whole_contract_has_nothing_to_remark():
    """审批人重点核查条款完整性."""
    assert compliance(Contract(**WHOLE)) == []


@pytest.mark.parametrize("name", WHOLE)
def test_what_is_missing_blocks_finishing(name):
    """避免“违约责任缺失”等."""
    (found,) = compliance(Contract(**(WHOLE | {name: None if name == "amount" else ""})))
    assert (found.level, found.message, found.field) == (Level.BLOCKS, f"contract.no_{name}", name)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("acceptance", "双方满意后验收通过"),
        ("acceptance", "合格"),
        ("liability", "另行协商确定赔偿责任"),
        ("delivery", "尽快交付"),
        ("payment", "待定，签约后再议"),
        ("subject", "Services TBD later on"),
    ],
)
def test_vague_words_are_warned_of(name, text):
    """避免条款模糊（“验收标准不明确”）."""
    (found,) = compliance(Contract(**(WHOLE | {name: text})))
    assert (found.level, found.message, found.field) == (Level.WARNS, "contract.vague", name)


def test_a_number_made_on_the_laptop_says_so():
    number = provisional_number("202403", "0198c2d4-0000-7000-8000-0000abcd1a2b")
    assert number == "HT-202403临-1A2B"
    assert is_provisional(number)
    assert not is_provisional("HT-202403001")


@pytest.mark.parametrize(
    ("number", "provisional"),
    [(provisional_number("202403", "abc-1a2b"), True), ("HT-202403001", False), ("临时合同-7", False), ("", False)],
)
def test_only_the_laptops_own_number_is_provisional(number, provisional):
    """A number typed by hand stays, whatever its characters."""
    assert is_provisional(number) is provisional
