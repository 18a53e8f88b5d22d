"""Every paper of a whole round: offered when there is something to say, made, marked, kept as handed out."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from pypdf import PdfReader

from salesdesk.actions import contracts, forms, negotiations, papers, proposals
from salesdesk.errors import UserError
from salesdesk.records.base import Stage
from salesdesk.records.care import Delivery
from salesdesk.records.contract import Contract
from salesdesk.records.language import Language
from salesdesk.records.negotiation import NegotiationPlan, NegotiationTerm
from salesdesk.records.proposal import ProposalModule
from salesdesk.records.prospecting import Customer
from salesdesk.settings import Settings
from salesdesk.store import attachments, queries
from tests.actions.conftest import DAY, approve

OURS = Settings(company="华东智造软件有限公司", phone="0512-1234", address="苏州工业园区")
FLOOR = 21_987_654_00  # nobody but us may ever read 21987654


@pytest.fixture
def customer(workspace, science):
    found = science
    proposals.prepare(workspace, found.id, Language.ZH)
    with workspace.changing("test") as changes:
        round_id = queries.card(changes.session, found.id).opportunity.id
        link = {"customer_id": found.id, "opportunity_id": round_id}
        changes.add(NegotiationPlan(floor_price=FLOOR, interests="内部-底线", **link))
    meeting = negotiations.open_meeting(workspace, found.id, DAY)
    with workspace.changing("test") as changes:
        changes.add(
            NegotiationTerm(
                negotiation_id=meeting.id, topic="price", term="价格", our_position="最低内部", consensus="暂定22万"
            )
        )
    negotiations.draw_up_result(workspace, found.id, DAY)
    contracts.draft(workspace, found.id, "华东智造", datetime(2026, 11, 24, tzinfo=UTC), UTC)
    for entity, values in (("delivery", {"delivered_on": DAY}), ("visit", {"visited_on": DAY, "new_needs": "导出"})):
        forms.save(workspace, forms.new(workspace, entity, customer_id=found.id), values)
    return found


def card(workspace, customer):
    with workspace.reading() as session:
        return queries.card(session, customer.id)


def text(pdf):
    said = "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    return re.sub(r"\s+", "", said)


def made(workspace, customer, kind, language=Language.ZH):
    offers = [offer for stage in Stage for offer in papers.offered(card(workspace, customer), stage)]
    offer = next(offer for offer in offers if offer.kind == kind)
    return offer, papers.make(workspace, offer, OURS, DAY, language)


KINDS = ["proposal", "proposal_without_prices", "result", "contract", "approval_sheet", "acceptance", "visit_plan"]


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("kind", KINDS)
def test_every_paper_is_made_names_the_customer_and_leaks_nothing(workspace, customer, kind, language):
    _, paper = made(workspace, customer, kind, language)
    said = text(paper.pdf)
    assert "××科技有限公司" in said
    assert "华东智造软件有限公司" in said or kind in {"approval_sheet", "visit_plan"}
    for secret in ("21987654", "2198.77", "内部-底线", "最低内部"):
        assert secret not in said
    if kind == "visit_plan":  # of all customers
        assert paper.name in {f"{title}-2026-11-24.pdf" for title in ("回访计划", "Plan of visits", "回訪計劃")}
    else:
        assert paper.name.startswith("××科技有限公司-")
        assert paper.name.endswith("-v1.pdf")
    assert paper.pdf == made(workspace, customer, kind, language)[1].pdf


def test_what_is_not_approved_says_so_until_it_is(workspace, customer):
    _, paper = made(workspace, customer, "contract")
    assert "未经内部审批" in text(paper.pdf)
    approve(workspace, card(workspace, customer).newest(Contract), workspace.now())
    assert "未经内部审批" not in text(made(workspace, customer, "contract")[1].pdf)


def test_the_plan_of_visits_has_customers_whom_nobody_has_visited_since_delivery(workspace, customer):
    _, before = made(workspace, customer, "visit_plan")
    record = forms.save(workspace, forms.new(workspace, "customer"), {"name": "新交付客户"}).record
    with workspace.changing("test") as changes:
        changes.get(Customer, record.id).grade = "A"
        changes.add(Delivery(customer_id=record.id, delivered_on=date(2024, 3, 15)))
    _, after = made(workspace, customer, "visit_plan")
    assert "新交付客户" not in text(before.pdf)
    assert "新交付客户A类（未回访）2024-04-15" in text(after.pdf)


def test_the_sheet_of_limits_and_strategy_is_not_offered(workspace, customer):
    plan = card(workspace, customer).newest(NegotiationPlan)
    assert "sheet" not in {offer.kind for offer in papers.offered(card(workspace, customer), Stage.NEGOTIATION, plan)}


def test_a_customers_paper_and_the_sheet_of_its_form_have_names_of_their_own(workspace, customer):
    delivery = card(workspace, customer).newest(Delivery)
    offers = papers.offered(card(workspace, customer), Stage.CARE, delivery)
    names = {papers.make(workspace, offer, OURS, DAY, Language.ZH).name for offer in offers}
    assert len(names) == len(offers) == 3


def test_nothing_is_offered_where_there_is_nothing_to_say(workspace):
    sheet = forms.new(workspace, "customer")
    record = forms.save(workspace, sheet, {"name": "新客户"}).record
    for stage in Stage:
        assert papers.offered(card(workspace, record), stage) == []
    (offer,) = papers.offered(card(workspace, record), Stage.PROSPECTING, record)
    paper = papers.make(workspace, offer, Settings(), DAY, Language.ZH)
    assert "新客户" in text(paper.pdf)


def test_a_paper_is_kept_as_it_was_handed_out_and_the_next_is_another_version(workspace, customer):
    offer, paper = made(workspace, customer, "result")
    papers.keep(workspace, offer, paper)
    with workspace.reading() as session:
        (kept,) = attachments.attachments_of(session, offer.record_id)
    assert attachments.read_blob(workspace, kept.sha256) == paper.pdf
    with pytest.raises(UserError, match="paper.kept_already"):
        papers.keep(workspace, offer, paper)
    assert made(workspace, customer, "result")[1].name.endswith("-v2.pdf")


def test_a_name_that_no_file_can_have(workspace):
    record = forms.save(workspace, forms.new(workspace, "customer"), {"name": 'a/b:c*"d"<e>|'}).record
    (offer,) = papers.offered(card(workspace, record), Stage.PROSPECTING, record)
    assert (
        papers.make(workspace, offer, Settings(), DAY, Language.ZH).name
        == "a_b_c__d__e__-客户信息收集表（内部）-v1.pdf"
    )


def test_a_character_that_cannot_be_printed_is_named(workspace):
    record = forms.save(workspace, forms.new(workspace, "customer"), {"name": "华\uf8ff源"}).record
    (offer,) = papers.offered(card(workspace, record), Stage.PROSPECTING, record)
    with pytest.raises(UserError, match="paper.missing_character") as caught:
        papers.make(workspace, offer, Settings(), DAY, Language.ZH)
    assert caught.value.params["place"] == "客户名称"
    good = forms.save(workspace, forms.new(workspace, "customer"), {"name": "甲"}).record
    bad = forms.save(workspace, forms.new(workspace, "customer"), {"name": "乙", "need": "😀"}).record
    with pytest.raises(UserError, match="paper.missing_character") as caught:
        papers.make_sheets(workspace, "customer", [good.id, bad.id], Settings(), DAY, Language.ZH)
    assert caught.value.params["place"] == "乙 · 初步需求描述"


def test_a_character_in_a_row_or_of_ours_is_told_by_its_label(workspace, customer):
    module = card(workspace, customer).rows_of(ProposalModule)[0]
    with workspace.changing("test") as changes:
        changes.get(ProposalModule, module.id).content = "😀"
    with pytest.raises(UserError) as caught:
        made(workspace, customer, "proposal")
    assert caught.value.params["place"] == "方案内容"
    (offer,) = papers.offered(card(workspace, customer), Stage.PROSPECTING, card(workspace, customer).customer)
    settings = replace(OURS, company="我方\uf8ff")
    with pytest.raises(UserError) as caught:
        papers.make(workspace, offer, settings, DAY, Language.ZH)
    assert caught.value.params["place"] == "我方单位信息（设置）"
