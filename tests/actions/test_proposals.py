"""From the interview to the next round: what the program prepares, and what it carries over."""

from datetime import date

import pytest

from salesdesk.actions import forms, negotiations, proposals, rounds, sample
from salesdesk.actions.forms import RowValues
from salesdesk.errors import UserError
from salesdesk.records.base import Stage
from salesdesk.records.care import Visit
from salesdesk.records.language import Language
from salesdesk.records.negotiation import NegotiationTerm
from salesdesk.records.proposal import CaseStudy, Objection, ObjectionAnswer, Proposal, ProposalModule
from salesdesk.records.prospecting import Customer
from salesdesk.store import queries

DAY = date(2024, 3, 9)


@pytest.fixture
def customer(workspace):
    sample.fill(workspace, "toolkit")
    with workspace.reading() as session:
        return next(c for c in queries.listed(session, Customer) if c.name == "××科技有限公司")


def card(workspace, customer):
    with workspace.reading() as session:
        return queries.card(session, customer.id)


def test_a_proposal_begins_with_the_papers_six_modules_and_what_is_known(workspace, customer):
    """结合行业特点填充方案内容."""
    with workspace.changing("test") as changes:
        changes.add(CaseStudy(customer_name="华源", industry="it", effect="效率提升30%", quote="好用"))
        changes.add(CaseStudy(customer_name="别家", industry="retail", effect="x"))
    proposals.prepare(workspace, customer.id, Language.ZH)
    modules = {m.module: m for m in card(workspace, customer).rows_of(ProposalModule)}
    rows = {row["module"]: row["requirement"] for row in sample.rows_of("toolkit")["round"]["modules"]}
    assert [m.requirement for m in modules.values()] == list(rows.values())
    assert modules["pains"].content == "客户信息分散，跟进效率低"
    assert modules["cases"].content == ""  # papers add the stories themselves
    assert "客户信息管理" in modules["features"].content
    proposals.prepare(workspace, customer.id, Language.ZH)
    assert [p.version for p in card(workspace, customer).of(Proposal)] == [2, 1]


def answers(workspace, customer, words="", kind=""):
    with workspace.reading() as session:
        return proposals.answers(session, customer.id if customer else "", words, kind)


def test_an_answer_is_found_given_and_learned_from(workspace, customer):
    (first,) = answers(workspace, customer, "价格偏高")
    objection_id = proposals.give_answer(workspace, customer.id, "", first.answer, DAY)
    objection = card(workspace, customer).newest(Objection)
    assert (objection.id, objection.objection, objection.strategy) == (
        objection_id,
        "系统价格偏高",
        first.answer.answer,
    )
    with workspace.reading() as session:
        assert [a.id for a in queries.listed(session, ObjectionAnswer)] == [first.answer.id]
    forms.save(workspace, forms.load(workspace, "objection", objection_id), {"outcome": "accepted"})
    price = answers(workspace, customer, kind="price")
    assert (price[0].answer.id, price[0].given, price[0].accepted) == (first.answer.id, 1, 1)
    proposals.give_answer(workspace, customer.id, objection_id, price[1].answer, DAY)
    assert price[1].answer.answer in card(workspace, customer).newest(Objection).strategy
    assert answers(workspace, customer, "没有这样的词") == []


def test_an_answer_in_the_bin_is_not_offered_again(workspace, customer):
    first = answers(workspace, customer)[0].answer
    proposals.give_answer(workspace, customer.id, "", first, DAY)
    with workspace.changing("test") as changes:
        changes.delete(changes.get(ObjectionAnswer, first.id))
    assert first.id not in {offered.answer.id for offered in answers(workspace, customer)}


def test_the_next_meeting_begins_with_what_stayed_open(workspace, customer):
    """未达成一致项."""
    first = negotiations.open_meeting(workspace, customer.id, DAY)
    terms = [
        RowValues("", {"term": "价格（年费25万）", "consensus": "暂定22万", "open_point": "付款方式"}),
        RowValues("", {"term": "交付时间", "consensus": "30天", "open_point": "无"}),
    ]
    forms.save(workspace, forms.load(workspace, "negotiation", first.id), {}, {"negotiation_term": terms})
    negotiations.open_meeting(workspace, customer.id, DAY)
    (carried,) = card(workspace, customer).rows_of(NegotiationTerm)
    assert (carried.term, carried.consensus) == ("付款方式", "")
    result = negotiations.draw_up_result(workspace, customer.id, DAY)
    assert (result.amount, result.delivery, result.delivery_days) == (22_000_000, "30天", 30)
    assert card(workspace, customer).opportunity.amount == 22_000_000  # for board and forecast


def test_a_result_needs_a_meeting(workspace, customer):
    with pytest.raises(UserError, match="negotiation.none"):
        negotiations.draw_up_result(workspace, customer.id, DAY)


def test_the_next_round_begins_with_what_is_still_true(workspace, customer):
    """有复购意向的客户，启动新一轮销售流程."""
    with workspace.changing("test") as changes:
        changes.add(Visit(customer_id=customer.id, new_needs="数据导出功能", visited_on=DAY))
    before = card(workspace, customer)
    with pytest.raises(UserError, match="stage.reason_needed"):
        rounds.start_next(workspace, before.opportunity.id)
    following = rounds.start_next(workspace, before.opportunity.id, "客户主动续约")
    after = card(workspace, customer)
    assert (following.round, following.stage, following.previous_id) == (2, Stage.DISCOVERY, before.opportunity.id)
    assert after.opportunity.id == following.id
    with pytest.raises(UserError, match="round.another"):
        rounds.start_next(workspace, before.opportunity.id, "客户主动续约")
    assert after.analysis.explicit_needs == "数据导出功能"
    assert [(r.role, r.weight, r.met) for r in after.roles] == [(r.role, r.weight, False) for r in before.roles]
    assert after.of(Proposal) == []


def test_a_lost_round_needs_a_reason_and_leaves_the_list(workspace, customer):
    opportunity = card(workspace, customer).opportunity
    with pytest.raises(UserError, match="round.reason_needed"):
        rounds.close(workspace, opportunity.id, "lost", " ")
    rounds.close(workspace, opportunity.id, "lost", "预算取消")
    assert card(workspace, customer).opportunity.outcome_reason == "预算取消"
    with pytest.raises(UserError, match="stage.no_opportunity"):
        rounds.close(workspace, opportunity.id, "won", "")
