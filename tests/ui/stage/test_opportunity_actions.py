"""Ending a round and beginning it anew; submitting what is not complete."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from salesdesk.actions import forms, rounds
from salesdesk.records.base import Stage
from salesdesk.records.contract import Contract
from salesdesk.records.work import Opportunity
from salesdesk.store import queries
from tests.ui.hands import activate
from tests.ui.sample_desk import customer_named, read
from ui.stage.stage_page import StagePage


@pytest.fixture
def page(desk, qtbot):
    made = StagePage(desk, Stage.DISCOVERY)
    qtbot.addWidget(made)
    activate(qtbot, made, (1280, 700))
    qtbot.waitUntil(lambda: made.view is not None)
    return made


def click(widget):
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def round_of(desk):
    customer = customer_named(desk, "华源")
    return read(desk, lambda s: queries.card(s, customer.id)).opportunity


def test_a_lost_round_is_closed_with_its_reason_and_can_begin_again(page, desk, qtbot):
    page.close_action.trigger()
    dialog = page.dialog
    assert not dialog.confirm_button.isEnabled()
    dialog.choices["lost"].setChecked(True)
    assert not dialog.confirm_button.isEnabled()  # a loss needs its reason
    dialog.reason_edit.setPlainText("预算取消")
    click(dialog.confirm_button)
    qtbot.waitUntil(lambda: round_of(desk).outcome == "lost")
    assert round_of(desk).outcome_reason == "预算取消"
    qtbot.waitUntil(lambda: not page.next_button.isEnabled() and page.again_action.isEnabled())
    page.again_action.trigger()
    qtbot.waitUntil(lambda: round_of(desk).round == 2)
    assert round_of(desk).outcome == "open"


def test_the_customer_who_was_just_chosen_moves_and_not_the_one_still_on_show(desk, page, qtbot):
    shown, chosen = page.customer_id, customer_named(desk, "绿洲").id
    assert shown != chosen
    page.select_customer(chosen)
    page.opportunity_actions.move_on()  # before the answer is there
    assert page.dialog is None
    qtbot.waitUntil(lambda: page.dialog is not None)
    page.dialog.reason_edit.setPlainText("客户着急")
    click(page.dialog.confirm_button)
    qtbot.waitUntil(lambda: read(desk, lambda s: queries.card(s, chosen)).opportunity.stage == "proposal")
    assert read(desk, lambda s: queries.card(s, shown)).opportunity.stage == "discovery"


def test_a_customer_in_care_begins_the_next_round_once_and_with_a_reason(desk, qtbot):
    customer = customer_named(desk, "绿洲")
    with desk.workspace.changing("test") as changes:
        queries.card(changes.session, customer.id).opportunity.stage = Stage.CARE.value
    made = StagePage(desk, Stage.CARE)
    qtbot.addWidget(made)
    activate(qtbot, made, (1280, 700))
    made.select_customer(customer.id)
    qtbot.waitUntil(lambda: made.view is not None and made.view.card.customer.id == customer.id)
    click(made.next_button)
    made.dialog.reason_edit.setPlainText("客户主动续约")
    QTest.keyClick(made.dialog, Qt.Key.Key_Return)
    assert made.dialog.isVisible()  # Enter confirms nothing
    click(made.dialog.confirm_button)
    qtbot.waitUntil(lambda: read(desk, lambda s: queries.card(s, customer.id)).opportunity.round == 2)
    qtbot.waitUntil(lambda: not made.next_button.isEnabled())
    click(made.next_button)  # the second click comes after the first one's round has begun
    desk.query(made, lambda _: None, lambda _: made.setObjectName("asked"))
    qtbot.waitUntil(lambda: made.objectName() == "asked")
    every = read(desk, lambda s: [o for o in queries.listed(s, Opportunity) if o.customer_id == customer.id])
    assert sorted((o.round or 1, o.outcome) for o in every) == [(1, "won"), (2, "open")]


def test_an_incomplete_contract_says_beside_which_field(desk, qtbot):
    customer = customer_named(desk, "绿洲")
    forms.save(
        desk.workspace, forms.new(desk.workspace, "contract", customer_id=customer.id), {"number": "HT-1", "amount": 1}
    )
    made = StagePage(desk, Stage.CONTRACT)
    qtbot.addWidget(made)
    activate(qtbot, made, (1280, 700))
    made.select_customer(customer.id)
    qtbot.waitUntil(lambda: made.panel is not None)
    click(made.work.head.approval.submit_button)
    qtbot.waitUntil(made.panel.editor("kind").problem.isVisible)
    assert read(desk, lambda s: [c.submitted_on for c in queries.listed(s, Contract)]) == [None]


def test_a_draft_of_a_lost_rounds_contract_does_not_open_in_the_next_round(desk, qtbot):
    customer = customer_named(desk, "绿洲")
    old = forms.save(desk.workspace, forms.new(desk.workspace, "contract", customer_id=customer.id), {"number": "HT-1"})
    forms.keep_draft(desk.workspace, old, {"liability": "打到一半"})
    lost = read(desk, lambda s: queries.card(s, customer.id)).opportunity
    rounds.close(desk.workspace, lost.id, "lost", "预算取消")
    rounds.start_next(desk.workspace, lost.id)
    made = StagePage(desk, Stage.CONTRACT)
    qtbot.addWidget(made)
    activate(qtbot, made, (1280, 700))
    made.select_customer(customer.id)
    qtbot.waitUntil(lambda: made.view is not None and made.view.card.customer.id == customer.id)
    desk.query(made, lambda _: None, lambda _: made.setObjectName("asked"))
    qtbot.waitUntil(lambda: made.objectName() == "asked")
    assert made.panel is None  # the empty page offers to draft one
