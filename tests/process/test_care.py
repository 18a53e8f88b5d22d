"""售后跟进: working days, visits by grade, and the gates of the last four stages."""

from datetime import UTC, date, datetime

import pytest

from salesdesk.process import approval, clocks, rules
from salesdesk.process.facts import Facts
from salesdesk.process.stages import checklist
from salesdesk.records.base import Stage
from salesdesk.records.care import Delivery, Visit
from salesdesk.records.contract import ApprovalStep, Contract
from salesdesk.records.negotiation import Negotiation, NegotiationPlan, NegotiationResult
from salesdesk.records.proposal import Objection, Proposal
from salesdesk.records.prospecting import Customer


@pytest.mark.parametrize(
    ("delivered", "due"),
    [
        (date(2024, 3, 15), date(2024, 3, 20)),  # over a weekend
        (date(2024, 2, 8), date(2024, 2, 19)),  # Spring Festival, and a Sunday that is worked
        (date(2024, 9, 30), date(2024, 10, 10)),  # the National Day week
        (date(2026, 2, 13), date(2026, 2, 25)),  # Spring Festival 2026, and a Saturday that is worked
        (date(2199, 12, 30), date(2200, 1, 2)),  # beyond the calendar: no holidays known
    ],
)
def test_three_working_days_with_days_off_as_they_are_moved(delivered, due):
    """交付后 3 个工作日内由客户成功经理联系客户."""
    found = clocks.contact_due(delivered)
    assert found == due if delivered.year < 2199 else delivered < found


@pytest.mark.parametrize(
    ("visited", "grade", "following"),
    [
        (date(2024, 3, 20), "B", date(2024, 6, 20)),
        (date(2024, 3, 25), "A", date(2024, 4, 25)),
        (date(2024, 1, 31), "A", date(2024, 2, 29)),
        (date(2024, 8, 31), "C", date(2025, 2, 28)),
        (date(2024, 3, 20), "", None),
    ],
)
def test_the_next_visit_by_grade(visited, grade, following):
    """A 类每月 1 次，B 类每季度 1 次，C 类每半年 1 次."""
    assert clocks.next_visit(visited, grade) == following


@pytest.mark.parametrize(
    ("visited", "entered", "grade", "proposed"),
    [
        (date(2024, 3, 20), date(2024, 4, 20), "B", date(2024, 6, 20)),
        (date(2024, 3, 25), date(2024, 6, 25), "A", date(2024, 4, 25)),
        (date(2024, 3, 25), date(2024, 4, 25), "A", None),
        (date(2024, 3, 25), None, "A", None),
    ],
)
def test_a_day_that_differs_is_kept_and_shown(visited, entered, grade, proposed):
    """The two dates of 表7 that contradict the rule."""
    visit = Visit(id="v", visited_on=visited, next_visit_on=entered)
    assert clocks.visit_differs(visit, grade) == proposed
    situation = rules.Situation(Facts(Customer(grade=grade)), date(2024, 4, 1), UTC)
    notes = [f for f in rules.findings(visit, {}, situation) if f.message == "visit.differs"]
    assert [note.params["proposed"] for note in notes] == ([str(proposed)] if proposed else [])
    assert visit.next_visit_on == entered


def test_late_entries_are_marked():
    """沟通后 24 小时内录入系统."""
    meeting = Negotiation(id="n", met_on=date(2024, 3, 12))
    for created, late in ((datetime(2024, 3, 13, 23, tzinfo=UTC), False), (datetime(2024, 3, 14, 1, tzinfo=UTC), True)):
        meeting.created_at = created
        assert clocks.negotiation_entered_late(meeting, UTC) is late


def open_items(stage, **facts):
    return {item.name.partition(".")[2] for item in checklist(stage, Facts(Customer(), **facts)) if not item.done}


def test_the_gate_of_care():
    assert open_items(Stage.CARE) == {"delivered", "contacted", "accepted", "visited", "next_visit"}
    delivery = Delivery(delivered_on=date(2024, 3, 15), contacted_on=date(2024, 3, 20), result="accepted")
    visit = Visit(visited_on=date(2024, 3, 20), next_visit_on=date(2024, 4, 20))
    assert open_items(Stage.CARE, delivery=delivery, visits=[visit]) == set()
    delivery.contacted_on = date(2024, 3, 21)
    assert open_items(Stage.CARE, delivery=delivery, visits=[visit]) == {"contacted"}


def test_the_gate_of_the_contract_and_signing_without_approval():
    """未经内部审批: kept, and marked."""
    contract = Contract(id="c", amount=1, signed_on=date(2024, 3, 15), archive_place="A")
    assert {"complete", "as_negotiated", "approved"} <= open_items(Stage.CONTRACT, contract=contract)
    situation = rules.Situation(Facts(Customer(), contract=contract), date(2024, 3, 16), UTC)
    assert "contract.signed_unapproved" in {f.message for f in rules.findings(contract, {}, situation)}
    step = ApprovalStep(
        step="manager", decision="approved", fingerprint=approval.fingerprint(contract, approval.chain_of(Contract))
    )
    steps = [
        step,
        *(
            ApprovalStep(step=s, decision="approved", fingerprint=step.fingerprint)
            for s in approval.chain_of(Contract)[1:]
        ),
    ]
    situation = rules.Situation(Facts(Customer(), contract=contract, steps=steps), date(2024, 3, 16), UTC)
    assert "contract.signed_unapproved" not in {f.message for f in rules.findings(contract, {}, situation)}


@pytest.mark.parametrize("stage", [Stage.PROPOSAL, Stage.NEGOTIATION])
def test_an_empty_round_has_open_items_and_no_error(stage):
    assert len(open_items(stage)) >= 3


def test_the_grade_is_proposed_and_never_imposed():
    customer = Customer(need_expected_on=date(2024, 3, 25), grade="C")
    situation = rules.Situation(Facts(customer), date(2024, 3, 1), UTC)
    (found,) = rules.proposed(customer, situation)
    assert (found.field, found.value, customer.grade) == ("grade", "A", "C")


@pytest.mark.parametrize(
    ("record", "field"),
    [
        (Delivery(delivered_on=date(2026, 11, 10), contacted_on=date(2026, 9, 1)), "contacted_on"),
        (Delivery(delivered_on=date(2026, 11, 10), accepted_on=date(2026, 11, 9)), "accepted_on"),
        (Contract(signed_on=date(2026, 11, 20), archived_on=date(2026, 11, 1)), "archived_on"),
        (Visit(visited_on=date(2026, 11, 20), next_visit_on=date(2020, 1, 1)), "next_visit_on"),
        (Objection(raised_on=date(2026, 11, 20), settled_on=date(2026, 11, 1)), "settled_on"),
        (Proposal(presented_on=date(2026, 11, 20), valid_until=date(2001, 1, 1)), "valid_until"),
        (Delivery(delivered_on=date(2026, 11, 10), contacted_on=date(2026, 11, 10)), None),
        (Delivery(contacted_on=date(2026, 11, 10)), None),
    ],
)
def test_a_day_before_the_one_it_depends_on_is_marked_and_kept(record, field):
    situation = rules.Situation(Facts(Customer()), date(2026, 11, 24), UTC)
    found = [f.field for f in rules.findings(record, {}, situation) if f.message == "dates.order"]
    assert found == ([field] if field else [])


@pytest.mark.parametrize(
    ("record", "told"),
    [
        (NegotiationResult(amount=22_00), ["22"]),
        (NegotiationResult(amount=22_000_000), []),
        (NegotiationPlan(list_price=25_50, floor_price=None), ["25.5"]),
        (NegotiationResult(amount=0), []),
    ],
)
def test_a_price_of_a_few_yuan_is_asked_about(record, told):
    situation = rules.Situation(Facts(Customer()), date(2026, 11, 24), UTC)
    found = rules.findings(record, {}, situation)
    assert [f.params["amount"] for f in found if f.message == "amount.small"] == told
