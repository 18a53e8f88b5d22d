"""The pages for those who lead and decide: approvals, team, figures."""

import csv
from dataclasses import replace
from datetime import UTC, date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from salesdesk.actions import approvals, contracts, history, negotiations, rounds
from salesdesk.errors import UserError
from salesdesk.process import approval
from salesdesk.process.approval import Standing
from salesdesk.records.contract import ApprovalStep, Contract
from salesdesk.records.negotiation import Negotiation, NegotiationPlan, NegotiationTerm
from salesdesk.records.prospecting import Customer
from salesdesk.records.registry import fields_of
from salesdesk.records.work import Opportunity, Task
from salesdesk.store import queries
from salesdesk.store.figures import figures
from tests.ui.sample_desk import NOON, SHANGHAI, customer_named, read, sample_desk
from ui.approvals.approvals_page import ApprovalsPage
from ui.approvals.decision_dialog import DecisionDialog
from ui.messages.lookup import sentence
from ui.pages.dashboard_page import DashboardPage
from ui.pages.team_page import TeamPage
from ui.widgets.labels import PlainLabel

DAY = date(2026, 11, 23)
TERMS = {
    "kind": "软件服务合同", "amount": 21_000_000, "subject": "客户管理系统年度服务", "delivery": "签订后30天内上线",
    "acceptance": "尽快验收，以双方满意为准", "liability": "逾期每日按0.1%支付违约金", "list_price": 25_000_000,
}  # fmt: skip


def click(button):
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


@pytest.fixture
def desk(tmp_path, qapp):
    with sample_desk(tmp_path) as desk:
        yield desk


@pytest.fixture
def submitted(desk):
    """A contract that differs from its negotiation and is vague, submitted by the rep."""
    workspace, customer = desk.workspace, customer_named(desk, "华源")
    with workspace.changing("test") as changes:
        meeting = changes.add(Negotiation(customer_id=customer.id, met_on=DAY))
        for topic, said in (("price", "暂定22万"), ("payment", "3期分期")):
            changes.add(NegotiationTerm(negotiation_id=meeting.id, topic=topic, term=topic, consensus=said))
    negotiations.draw_up_result(workspace, customer.id, DAY)
    contract = contracts.draft(workspace, customer.id, "示范软件", NOON, UTC)
    with workspace.changing("test") as changes:
        for name, value in TERMS.items():
            setattr(changes.get(Contract, contract.id), name, value)
    approvals.submit(workspace, "contract", contract.id, DAY)
    return contract.id


def become(desk, name, role):
    desk.workspace.identity = replace(desk.workspace.identity, person_id=f"p-{role}", name=name, role=role)


def shown(desk, qtbot, page):
    qtbot.addWidget(page)
    page.resize(1280, 700)
    page.show()
    return page


def standing(desk, contract_id):
    return read(desk, lambda s: approvals.procedure(s, s.get(Contract, contract_id)))


def test_a_rep_has_nothing_to_decide(desk, qtbot, submitted):
    page = shown(desk, qtbot, ApprovalsPage(desk))
    qtbot.waitUntil(page.nothing.isVisible)
    assert page.cards() == []


def test_a_manager_sees_what_differs_and_agrees_with_an_opinion(desk, qtbot, submitted):
    become(desk, "赵*", "manager")
    page = shown(desk, qtbot, ApprovalsPage(desk))
    qtbot.waitUntil(lambda: len(page.cards()) == 1)
    words = "\n".join(label.text() for label in page.cards()[0].findChildren(PlainLabel))
    assert "“22”" in words  # agreed, in 万元 as the paper has it
    assert "“21”" in words  # in the contract
    assert "尽快" in words  # vague
    click(page.cards()[0].findChild(QPushButton, "approved"))
    dialog = page.desk_of_decisions.dialog
    assert isinstance(dialog, DecisionDialog)
    dialog.opinion_edit.set_text("同意，按条款执行")
    click(dialog.confirm_button)
    qtbot.waitUntil(page.nothing.isVisible)
    found = standing(desk, submitted)
    assert found.standing is Standing.PENDING
    assert (found.steps[0].approver, found.steps[0].opinion) == ("赵*", "同意，按条款执行")
    assert found.steps[0].id in found.unconfirmed  # a request, until the office has said yes


def test_a_manager_sees_every_term_he_decides_upon_and_that_a_limit_is_crossed(desk, qtbot, submitted):
    customer = customer_named(desk, "华源")
    with desk.workspace.changing("test") as changes:
        round_id = queries.card(changes.session, customer.id).opportunity.id
        link = {"customer_id": customer.id, "opportunity_id": round_id}
        changes.add(NegotiationPlan(floor_price=21_700_000, **link))
        changes.get(Contract, submitted).other_terms = "独家赠送三年"
    approvals.submit(desk.workspace, "contract", submitted, DAY)
    become(desk, "赵*", "manager")
    page = shown(desk, qtbot, ApprovalsPage(desk))
    qtbot.waitUntil(lambda: len(page.cards()) == 1)
    words = "\n".join(label.text() for label in page.cards()[0].findChildren(PlainLabel))
    paper = read(desk, lambda s: s.get(Contract, submitted))
    for name in approval.covered(paper):
        assert fields_of(Contract)[name].show(getattr(paper, name), desk.language) in words
    assert sentence("limit.price") in words


def test_nobody_decides_on_a_paper_of_a_lost_round(desk, qtbot, submitted):
    rounds.close(desk.workspace, read(desk, lambda s: s.get(Contract, submitted)).opportunity_id, "lost", "预算取消")
    become(desk, "赵*", "manager")
    page = shown(desk, qtbot, ApprovalsPage(desk))
    qtbot.waitUntil(page.nothing.isVisible)
    assert page.cards() == []


def test_sending_back_needs_a_reason(desk, qtbot, submitted):
    become(desk, "赵*", "manager")
    page = shown(desk, qtbot, ApprovalsPage(desk))
    qtbot.waitUntil(lambda: len(page.cards()) == 1)
    click(page.cards()[0].findChild(QPushButton, "returned"))
    dialog = page.desk_of_decisions.dialog
    assert not dialog.confirm_button.isEnabled()
    dialog.opinion_edit.set_text("验收标准不明确")
    assert dialog.confirm_button.isEnabled()
    dialog.day_edit.set_text("someday")
    click(dialog.confirm_button)
    assert dialog.isVisible()
    dialog.day_edit.set_text("2026-11-23")
    click(dialog.confirm_button)
    qtbot.waitUntil(lambda: standing(desk, submitted).standing is Standing.RETURNED)


def test_customers_are_handed_over_and_taken_back(desk, qtbot):
    become(desk, "赵*", "manager")
    page = shown(desk, qtbot, TeamPage(desk))
    qtbot.waitUntil(lambda: page.table.rowCount() >= 1)
    assert not page.hand_over_button.isEnabled()
    before = {load.owner: load.customers for load in page.loads}
    page.table.selectRow(next(row for row, load in enumerate(page.loads) if load.owner == "李伟"))
    click(page.hand_over_button)
    page.dialog.setTextValue("王芳")
    page.dialog.accept()
    qtbot.waitUntil(lambda: {load.owner: load.customers for load in page.loads}.get("王芳") == before["李伟"])
    assert customer_named(desk, "华源").owner == "王芳"
    rounds = read(desk, lambda s: queries.listed(s, Opportunity))
    assert "李伟" not in {one.owner for one in rounds if one.outcome == "open"}
    assert "李伟" not in {task.assignee for task in read(desk, lambda s: queries.listed(s, Task)) if not task.done}
    history.undo(desk.workspace, *history.last_action(desk.workspace))
    assert customer_named(desk, "华源").owner == "李伟"


def test_a_rep_hands_nothing_over(desk, qtbot):
    page = shown(desk, qtbot, TeamPage(desk))
    qtbot.waitUntil(lambda: page.table.rowCount() >= 1)
    page.table.selectRow(0)
    assert not page.hand_over_button.isEnabled()


def test_the_figures_are_what_one_counts_by_hand(desk, qtbot, tmp_path):
    found = {one.name: one for one in read(desk, lambda s: figures(s, NOON, SHANGHAI))}
    rounds = read(desk, lambda s: queries.listed(s, Opportunity))
    by_stage = dict(zip(found["funnel"].labels, found["funnel"].values, strict=True))
    assert by_stage == {label: sum(r.stage == label for r in rounds) for label in by_stage}
    assert sum(found["ages"].of) == len(rounds)
    late = [c for c in read(desk, lambda s: queries.listed(s, Customer)) if c.follow_up_on and c.follow_up_on < DAY]
    assert dict(zip(found["overdue"].labels, found["overdue"].values, strict=True))["follow_ups"] == len(late)
    assert found["win_rate"].values == (0, 0)
    page = shown(desk, qtbot, DashboardPage(desk))
    qtbot.waitUntil(lambda: len(page.cards) == 7)
    page.save_picture("funnel", tmp_path / "funnel.png")
    assert QImage(str(tmp_path / "funnel.png")).width() > 300
    page.export_rows("funnel", tmp_path / "funnel.csv")
    raw = (tmp_path / "funnel.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")  # Excel takes it for UTF-8
    rows = list(csv.reader(raw.decode("utf-8-sig").splitlines()))
    assert [row[1] for row in rows[1:]] == [str(value) for value in found["funnel"].values]
    page.export_rows("funnel", tmp_path / "nowhere" / "x.csv")
    assert page.notice.isVisible()


def test_deciding_somebody_elses_step_is_refused(desk, submitted):
    become(desk, "孙*", "legal")
    steps = read(desk, lambda s: queries.listed(s, ApprovalStep))
    first = next(step for step in steps if step.step == "manager")
    with pytest.raises(UserError, match="approval.not_your_role"):
        approvals.decide(desk.workspace, "contract", first.id, "approved", "", DAY)
