"""方案制定: modules, value, promises, and the answers that worked."""

import pytest

from salesdesk.process.offering import Worth, check, missing_modules, ranked, worth
from salesdesk.records.proposal import MODULES, Objection, ObjectionAnswer, Proposal, ProposalModule, ValueLine
from salesdesk.records.prospecting import Customer

WAN = 1_000_000


def test_a_proposal_is_whole_with_all_six_modules_done():
    """参考《方案设计清单》（表3）保证完整性."""
    done = [ProposalModule(module=option.value, done=True) for option in MODULES]
    assert missing_modules(done) == []
    assert missing_modules(done[1:]) == ["pains"]
    done[2].done = False
    assert missing_modules(done) == ["features"]
    assert missing_modules([]) == [option.value for option in MODULES]
    assert missing_modules([*done, ProposalModule(module="features", done=True)]) == []


@pytest.mark.parametrize(
    ("lines", "price", "expected"),
    [
        ([], None, Worth(0, 0, None, None, 0, 0, 0)),
        ([(40 * WAN, 23 * WAN, 30)], 22 * WAN, Worth(17 * WAN, 51 * WAN, 16, 30, 40 * WAN, 23 * WAN, 1)),
        ([(40 * WAN, None, None)], 22 * WAN, Worth(0, 0, None, None, 0, 0, 0)),
        ([(None, 23 * WAN, 5), (10, 20, 0)], 1, Worth(-10, -30, None, 5, 10, 20, 1)),
        ([(12 * WAN, 0, None)], 12 * WAN, Worth(12 * WAN, 36 * WAN, 12, None, 12 * WAN, 0, 1)),
        ([(12 * WAN, 0, None)], 0, Worth(12 * WAN, 36 * WAN, None, None, 12 * WAN, 0, 1)),
    ],
)
def test_value_in_figures(lines, price, expected):
    """价值量化（成本降低、效率提升数据）."""
    rows = [ValueLine(cost_now=now, cost_after=after, efficiency=gain) for now, after, gain in lines]
    assert worth(rows, price) == expected


@pytest.mark.parametrize(
    ("promised", "needed", "warned"),
    [(7, 14, True), (14, 14, False), (21, 14, False), (None, 14, False), (7, None, False), (0, 1, True)],
)
def test_promises_beyond_capacity_are_warned_of(promised, needed, warned):
    """不得承诺超出企业能力范围的服务（如承诺“实施周期1周”而实际需2周）."""
    found = check(Proposal(delivery_days=promised, least_days=needed))
    assert [f.message for f in found] == (["promise.beyond_capacity"] if warned else [])


def test_answers_that_were_accepted_come_first_and_the_same_industry_counts_more():
    answers = [ObjectionAnswer(id=i, objection=i, answer=i) for i in ("a", "b", "c")]
    maker, shop = Customer(industry="manufacturing", grade="A"), Customer(industry="retail", grade="C")
    history = [
        (Objection(answer_id="a", outcome="declined"), maker),
        (Objection(answer_id="b", outcome="accepted"), maker),
        (Objection(answer_id="a", outcome="accepted"), shop),
        (Objection(answer_id="c", outcome="open"), maker),
    ]
    assert [one.answer.id for one in ranked(answers, history, maker)] == ["b", "c", "a"]
    found = {one.answer.id: (one.given, one.accepted) for one in ranked(answers, history, maker)}
    assert found == {"a": (2, 1), "b": (1, 1), "c": (0, 0)}


def test_answers_for_another_industry_come_last():
    answers = [
        ObjectionAnswer(id="x", industry="retail"),
        ObjectionAnswer(id="y"),
        ObjectionAnswer(id="z", industry="it"),
    ]
    assert [one.answer.id for one in ranked(answers, [], Customer(industry="it"))] == ["y", "z", "x"]
