"""审批: chain, order, and what voids it. What the office makes of it: tests/sync/test_approval.py."""

import pytest

from salesdesk.process.approval import Standing, chain_for, chain_of, fingerprint, refusal, standing, suffices
from salesdesk.records.contract import ApprovalPolicy, ApprovalStep, Contract
from salesdesk.records.negotiation import NegotiationResult

WAN = 1_000_000
CHAIN, REVIEW = ("manager", "legal", "general_manager"), ("manager", "legal")


def contract(**values):
    return Contract(**({"amount": 22 * WAN, "submitted_id": "rep", "payment": "3期"} | values))


def steps(paper, *decisions):
    return [
        ApprovalStep(
            id=name, row_no=number, step=name, decision=decision, person_id=f"p-{name}" if decision else "",
            fingerprint=fingerprint(paper, CHAIN),
        )
        for number, (name, decision) in enumerate(zip(CHAIN, decisions, strict=True), start=1)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("decisions", "expected"),
    [
        (("", "", ""), Standing.PENDING),
        (("approved", "", ""), Standing.PENDING),
        (("approved", "approved", "approved"), Standing.APPROVED),
        (("approved", "returned", ""), Standing.RETURNED),
        (("rejected", "", ""), Standing.REJECTED),
    ],
)
def test_where_an_approval_stands(decisions, expected):
    """按审批权限逐级审核."""
    paper = contract()
    assert standing(paper, steps(paper, *decisions)) is expected
    assert standing(paper, []) is Standing.NOT_SUBMITTED


@pytest.mark.parametrize("changed", [{"amount": 23 * WAN}, {"liability": "x"}, {"payment": "一次性"}, {"party_a": "y"}])
def test_another_content_voids_it(changed):
    paper = contract()
    made = steps(paper, "approved", "approved", "approved")
    for name, value in changed.items():
        setattr(paper, name, value)
    assert standing(paper, made) is Standing.VOID


def test_signing_filing_and_the_offices_number_do_not():
    paper = contract()
    made = steps(paper, "approved", "approved", "approved")
    paper.signed_by, paper.archive_place, paper.number = "paper", "A-3", "HT-202403001"
    assert standing(paper, made) is Standing.APPROVED


def test_a_removed_step_voids_the_approval():
    paper = contract()
    assert standing(paper, steps(paper, "approved", "approved", "approved")[:2]) is Standing.VOID


def test_a_policy_that_changes_after_the_submission_asks_nothing_new_of_it():
    paper = contract(amount=5 * WAN)
    short = [ApprovalPolicy(amount_from=0, manager=True)]
    chain = chain_for(paper, short)
    made = [ApprovalStep(row_no=1, step="manager", decision="approved", fingerprint=fingerprint(paper, chain))]
    assert suffices(made, paper, short)
    assert not suffices(made, paper, [*short, ApprovalPolicy(amount_from=0, legal=True)])
    assert standing(paper, made) is Standing.APPROVED


def test_another_record_of_the_same_customer_is_no_other_content():
    """Two records of one customer made one: what was approved stays approved."""
    paper = contract(customer_id="a")
    made = steps(paper, "approved", "approved", "approved")
    paper.customer_id = "b"
    assert standing(paper, made) is Standing.APPROVED


@pytest.mark.parametrize(
    ("paper", "expected"),
    [
        (contract(amount=5 * WAN), ("manager",)),
        (contract(amount=50 * WAN), ("manager", "legal")),
        (contract(amount=500 * WAN), CHAIN),
        (contract(amount=5 * WAN, list_price=10 * WAN), ("manager", "general_manager")),
        (contract(amount=None), ("manager",)),
        (NegotiationResult(), REVIEW),
    ],
)
def test_the_chain_follows_amount_and_discount(paper, expected):
    policies = [
        ApprovalPolicy(amount_from=0, manager=True),
        ApprovalPolicy(amount_from=20 * WAN, legal=True),
        ApprovalPolicy(amount_from=100 * WAN, general_manager=True),
        ApprovalPolicy(discount_below=80, general_manager=True),
    ]
    assert chain_for(paper, policies) == expected


def test_without_a_policy_the_whole_chain_holds():
    """销售代表 → 销售经理 → 法务 → 总经理."""
    assert chain_for(contract(), []) == chain_of(Contract) == CHAIN


@pytest.mark.parametrize(
    ("person", "role", "place", "reason"),
    [
        ("m", "manager", 0, None),
        ("m", "legal", 0, "approval.not_your_role"),
        ("rep", "manager", 0, "approval.own"),
        ("l", "legal", 1, "approval.not_its_turn"),
    ],
)
def test_who_may_decide(person, role, place, reason):
    paper = contract()
    made = steps(paper, "", "", "")
    assert refusal(paper, made, made[place], person, role) == reason


def test_nobody_decides_twice_and_a_step_handed_on_is_one_persons():
    paper = contract()
    made = steps(paper, "approved", "", "")
    assert refusal(paper, made, made[1], "p-manager", "legal") == "approval.twice"
    made[1].person_id = "deputy"
    assert refusal(paper, made, made[1], "l", "legal") == "approval.handed_to_another"
    assert refusal(paper, made, made[1], "deputy", "legal") is None
    assert refusal(paper, made, made[1], "deputy", "rep") == "approval.not_your_role"


def test_nothing_is_decided_on_what_has_changed_or_ended():
    paper = contract()
    made = steps(paper, "returned", "", "")
    assert refusal(paper, made, made[1], "l", "legal") == "approval.ended"
    paper.amount = 1
    assert refusal(paper, made, made[1], "l", "legal") == "approval.changed"


def test_a_paper_of_which_nobody_knows_who_submitted_it_is_decided_by_nobody():
    paper = contract(submitted_id="")
    made = steps(paper, "", "", "")
    assert refusal(paper, made, made[0], "m", "manager") == "approval.changed"
    for step in made:
        step.created_by = "m"  # his laptop said nothing; the office knows who asked for the steps
    assert refusal(paper, made, made[0], "m", "manager") == "approval.own"


def test_steps_of_two_submissions_are_no_approval():
    paper = contract()
    made = steps(paper, "approved", "approved", "approved")
    made[1].submission = "another"
    assert standing(paper, made) is Standing.VOID
