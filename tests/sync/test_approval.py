"""An approval goes round the office: what laptops ask for, and what the office lets stand."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from salesdesk.actions import approvals, contracts, deletion, duplicates, history, negotiations
from salesdesk.errors import UserError
from salesdesk.process import approval
from salesdesk.process.approval import Standing
from salesdesk.records.contract import ApprovalPolicy, ApprovalStep, Contract
from salesdesk.records.negotiation import Negotiation, NegotiationTerm
from salesdesk.records.prospecting import Customer
from salesdesk.records.work import Opportunity, Person
from salesdesk.store import journal, queries
from salesdesk.sync import driver
from tests.sync.laptops import PASSWORD, PEOPLE, laptop

DAY = date(2024, 3, 13)
NOW = datetime(2024, 3, 13, 8, tzinfo=UTC)
TERMS = {
    "kind": "软件服务合同",
    "subject": "客户管理系统年度服务",
    "acceptance": "系统上线运行7天无重大故障",
    "liability": "逾期交付每日按合同金额0.1%支付违约金",
    "delivery": "合同签订后30天内交付",
}


@pytest.fixture
def people(tmp_path, office, opened):
    found = {}
    for login, name, _role in PEOPLE:
        found[login] = opened(laptop(tmp_path / login, name))
        driver.enrol(found[login], office.url, login, PASSWORD, login)
    return found


@pytest.fixture
def contract(people):
    """A contract drafted from a negotiation on the rep's laptop, complete but for the numbers of the office."""
    rep = people["li"]
    with rep.changing("test") as changes:
        customer = changes.add(Customer(name="××科技有限公司"))
        round_ = changes.add(Opportunity(customer_id=customer.id, subject="x", stage="contract", outcome="open"))
        meeting = changes.add(Negotiation(customer_id=customer.id, opportunity_id=round_.id, met_on=DAY))
        for topic, term, consensus in (
            ("price", "价格（年费25万）", "暂定22万"),
            ("payment", "付款方式", "同意3期分期"),
        ):
            changes.add(NegotiationTerm(negotiation_id=meeting.id, topic=topic, term=term, consensus=consensus))
    negotiations.draw_up_result(rep, customer.id, DAY)
    drafted = contracts.draft(rep, customer.id, "华东智造", NOW, UTC)
    change(rep, drafted.id, **TERMS)
    return drafted.id


def change(workspace, contract_id, **values):
    with workspace.changing("save.contract") as changes:
        record = changes.get(Contract, contract_id)
        for name, value in values.items():
            setattr(record, name, value)


def read(workspace, contract_id):
    with workspace.reading() as session:
        return session.get(Contract, contract_id)


def procedure(workspace, contract_id):
    with workspace.reading() as session:
        return approvals.procedure(session, session.get(Contract, contract_id))


def turn_of(workspace):
    identity = workspace.identity
    with workspace.reading() as session:
        return approvals.waiting_for(session, identity.person_id, identity.role)


def decide(workspace, decision="approved", opinion="同意", day=DAY):
    waiting = turn_of(workspace)[0]
    approvals.decide(workspace, "contract", waiting.step.id, decision, opinion, day)


def sync(*workspaces):
    for workspace in workspaces:
        driver.synchronise(workspace)


def answers(workspace):
    with workspace.reading() as session:
        return {line.state for line in journal.history(session, record_ids=all_steps(session), limit=500)}


def all_steps(session):
    return [step.id for step in queries.listed(session, ApprovalStep)]


def approve_all(people, contract_id):
    approvals.submit(people["li"], "contract", contract_id, DAY)
    for login in ("zhao", "sun", "liu"):
        sync(people["li"], people[login])
        decide(people[login])
        sync(people[login])
    sync(people["li"])


def test_paper_6_goes_from_the_rep_over_manager_and_legal_to_the_general_manager(people, contract):
    rep = people["li"]
    approvals.submit(rep, "contract", contract, DAY)
    assert procedure(rep, contract).standing is Standing.PENDING
    opinions = {"zhao": "同意，按条款执行", "sun": "合同条款完整，无法律风险", "liu": "同意签约"}
    for login, opinion in opinions.items():
        sync(rep, people[login])
        decide(people[login], opinion=opinion)
        assert procedure(people[login], contract).unconfirmed  # a request until the office has accepted it
        sync(people[login])
        assert not procedure(people[login], contract).unconfirmed
    sync(rep)
    found = procedure(rep, contract)
    assert found.standing is Standing.APPROVED
    assert [(s.step, s.approver, s.opinion, s.decided_on) for s in found.steps] == [
        ("manager", "赵*", "同意，按条款执行", DAY),
        ("legal", "法务孙*", "合同条款完整，无法律风险", DAY),
        ("general_manager", "总经理刘*", "同意签约", DAY),
    ]


@pytest.mark.parametrize("changed", [{"amount": 230_000_00}, {"liability": "逾期交付每日0.05%"}])
def test_changing_an_approved_contract_voids_its_approval_everywhere(people, contract, changed):
    approve_all(people, contract)
    assert procedure(people["li"], contract).standing is Standing.APPROVED
    change(people["li"], contract, **changed)
    assert procedure(people["li"], contract).standing is Standing.VOID
    sync(people["li"], people["liu"])
    assert procedure(people["liu"], contract).standing is Standing.VOID
    approvals.submit(people["li"], "contract", contract, DAY)  # it runs again, from its first step
    assert procedure(people["li"], contract).standing is Standing.PENDING
    assert [step.decision for step in procedure(people["li"], contract).steps] == ["", "", ""]


def test_a_copy_of_an_approved_contract_is_not_approved(people, contract):
    approve_all(people, contract)
    rep = people["li"]
    original = read(rep, contract)
    with rep.changing("save.contract") as changes:
        its_own = approval.submission_fields(Contract) | {"number"}
        values = {name: getattr(original, name) for name in Contract.__fields__ if name not in its_own}
        copy = changes.add(Contract(**values))
    assert procedure(rep, copy.id).standing is Standing.NOT_SUBMITTED


def test_an_edit_while_pending_stops_the_decision_on_what_is_no_longer_there(people, contract):
    rep, manager = people["li"], people["zhao"]
    approvals.submit(rep, "contract", contract, DAY)
    sync(rep, manager)
    change(rep, contract, amount=230_000_00)
    sync(rep)
    decide(manager)  # without network, on the old content
    sync(manager)
    assert "rejected" in answers(manager)
    found = procedure(manager, contract)
    assert (found.standing, [step.decision for step in found.steps]) == (Standing.VOID, ["", "", ""])


def test_a_decision_that_a_rep_writes_himself_does_not_stand(people, contract):
    rep = people["li"]
    approvals.submit(rep, "contract", contract, DAY)
    sync(rep)
    with rep.changing("forged") as changes:
        for step in queries.listed(changes.session, ApprovalStep):
            step.decision, step.approver, step.person_id = "approved", "赵*", "zhao"
    sync(rep, rep, people["zhao"])
    assert procedure(people["zhao"], contract).standing is Standing.PENDING
    assert procedure(rep, contract).standing is Standing.PENDING


def test_a_step_that_comes_decided_does_not_stand(people, contract):
    rep = people["li"]
    with rep.changing("forged") as changes:
        changes.add(ApprovalStep(contract_id=contract, step="manager", row_no=1, decision="approved"))
    sync(rep, people["zhao"])
    assert procedure(people["zhao"], contract).steps == []


def test_nobody_decides_on_his_own_paper(people, contract):
    rep, manager = people["li"], people["zhao"]
    sync(rep, manager)
    approvals.submit(manager, "contract", contract, DAY)
    assert turn_of(manager) == []
    step = procedure(manager, contract).steps[0]
    with pytest.raises(UserError, match="approval.own"):
        approvals.decide(manager, "contract", step.id, "approved", "", DAY)


def test_sent_back_with_a_reason_and_submitted_anew(people, contract):
    rep, manager = people["li"], people["zhao"]
    approvals.submit(rep, "contract", contract, DAY)
    sync(rep, manager)
    with pytest.raises(UserError, match="approval.reason_needed"):
        decide(manager, "returned", " ")
    decide(manager, "returned", "付款周期太长")
    sync(manager, rep)
    assert procedure(rep, contract).standing is Standing.RETURNED
    assert turn_of(people["sun"]) == []
    approvals.submit(rep, "contract", contract, DAY)
    assert procedure(rep, contract).sent_back.opinion == "付款周期太长"  # the reason is not lost with its step
    sync(rep, manager)
    assert turn_of(manager)[0].sent_back.opinion == "付款周期太长"
    decide(manager)
    sync(manager, rep)
    assert [s.decision for s in procedure(rep, contract).steps] == ["approved", "", ""]


def test_a_step_handed_on_is_decided_by_the_colleague_alone(people, contract):
    rep, manager, other = people["li"], people["zhao"], people["qian"]
    approvals.submit(rep, "contract", contract, DAY)
    sync(rep, manager)
    step = turn_of(manager)[0].step
    friend = Person(id=people["wang"].identity.person_id, name="王芳", role="rep")
    with pytest.raises(UserError, match="approval.not_to_him"):
        approvals.hand_on(manager, "contract", step.id, friend)
    colleague = Person(id=other.identity.person_id, name="钱*", role="manager")
    approvals.hand_on(manager, "contract", step.id, colleague)
    sync(manager, other)
    assert turn_of(manager) == []
    decide(other)
    sync(other, rep)
    assert next((s.approver, s.decision) for s in procedure(rep, contract).steps) == ("钱*", "approved")


def test_a_submission_is_taken_back_by_who_made_it_until_somebody_has_decided(people, contract):
    """Taking back, also of taking back, leaves what the office had: of one submission, whole."""
    rep, manager = people["li"], people["zhao"]
    approvals.submit(rep, "contract", contract, DAY)
    sync(rep)
    history.undo(rep, *history.last_action(rep))
    sync(rep, manager)
    assert procedure(manager, contract).standing is procedure(rep, contract).standing is Standing.NOT_SUBMITTED
    assert read(manager, contract).submitted_id == ""
    history.undo(rep, *history.last_action(rep))
    sync(rep, manager)
    assert procedure(manager, contract).standing is procedure(rep, contract).standing is Standing.PENDING
    assert read(manager, contract).submitted_id == rep.identity.person_id
    decide(manager)
    sync(manager, rep)
    with rep.changing("withdrawn") as changes:
        for step in queries.listed(changes.session, ApprovalStep):
            changes.delete(step)
    sync(rep, rep, manager)
    assert [s.decision for s in procedure(manager, contract).steps] == ["approved", "", ""]
    assert [s.decision for s in procedure(rep, contract).steps] == ["approved", "", ""]


def test_an_approved_contract_comes_back_approved_from_the_bin(people, contract):
    approve_all(people, contract)
    rep, manager = people["li"], people["zhao"]
    deletion.delete(rep, "contract", [contract])
    sync(rep, manager)
    assert read(manager, contract).deleted_at is not None
    history.restore(rep, "contract", contract)
    sync(rep, manager)
    assert procedure(manager, contract).standing is procedure(rep, contract).standing is Standing.APPROVED


def test_the_office_numbers_a_contract_and_the_approval_still_holds(people, contract):
    rep = people["li"]
    assert read(rep, contract).number.startswith("HT-202403临")
    approvals.submit(rep, "contract", contract, DAY)
    sync(rep)
    assert read(rep, contract).number == "HT-202403001"
    assert procedure(rep, contract).standing is Standing.PENDING
    with pytest.raises(UserError, match="contract.there_already"):
        contracts.draft(rep, read(rep, contract).customer_id, "华东智造", NOW, UTC)
    again = negotiations.draw_up_result(rep, read(rep, contract).customer_id, DAY)
    assert again.reference.endswith("-2")  # the second of a day
    second = contracts.draft(rep, again.customer_id, "华东智造", NOW, UTC)
    sync(rep, people["wang"])
    assert read(people["wang"], second.id).number == "HT-202403002"


def test_an_incomplete_contract_is_not_submitted(people, contract):
    change(people["li"], contract, liability="")
    with pytest.raises(UserError, match="approval.incomplete") as refused:
        approvals.submit(people["li"], "contract", contract, DAY)
    assert refused.value.field == "liability"


def add_policy(workspace, identity=None, **values):
    if identity:
        workspace.identity = identity
    with workspace.changing("test") as changes:
        changes.add(ApprovalPolicy(name="审批权限", **values))


def test_only_the_office_says_who_must_approve(people):
    rep, office = people["li"], people["zhou"]
    with pytest.raises(UserError, match="sync.office_only"):
        add_policy(rep, amount_from=0, manager=True)
    # a laptop that was tampered with: the office refuses it all the same
    add_policy(rep, replace(rep.identity, role="office"), amount_from=0, manager=True)
    sync(rep, people["zhao"])
    assert policies(people["zhao"]) == policies(rep) == []
    add_policy(office, amount_from=0, manager=True, legal=True)
    sync(office, people["zhao"])
    assert [(p.manager, p.legal) for p in policies(people["zhao"])] == [(True, True)]


def policies(workspace):
    with workspace.reading() as session:
        return queries.listed(session, ApprovalPolicy)


def test_a_policy_made_after_the_submission_leaves_it_alone_but_not_one_before_its_sync(people, contract):
    rep, office, manager = people["li"], people["zhou"], people["zhao"]
    add_policy(office, amount_from=0, manager=True)
    sync(office, rep)
    approvals.submit(rep, "contract", contract, DAY)
    assert [step.step for step in procedure(rep, contract).steps] == ["manager"]
    sync(rep)
    add_policy(office, amount_from=0, legal=True)
    sync(office, manager)
    decide(manager)
    sync(manager, rep)
    assert procedure(rep, contract).standing is Standing.APPROVED
    change(rep, contract, liability="逾期交付每日0.05%")
    add_policy(office, amount_from=0, general_manager=True)
    sync(office)
    approvals.submit(rep, "contract", contract, DAY)  # without knowing of the new policies
    sync(rep, rep)
    assert procedure(rep, contract).standing is Standing.VOID  # refused: what was there before is back
    approvals.submit(rep, "contract", contract, DAY)
    sync(rep)
    assert [step.step for step in procedure(rep, contract).steps] == ["manager", "legal", "general_manager"]


def test_a_chain_shorter_than_the_policies_want_is_refused(people, contract):
    """Neither submitted short, nor submitted whole with the fingerprint of a short one and cut afterwards."""
    rep, manager = people["li"], people["zhao"]
    short = approval.fingerprint(read(rep, contract), ["manager"])
    for names in (["manager"], ["manager", "legal", "general_manager"]):
        with rep.changing("forged") as changes:
            for number, name in enumerate(names, start=1):
                changes.add(ApprovalStep(contract_id=contract, step=name, row_no=number, fingerprint=short))
        sync(rep, manager)
        assert procedure(manager, contract).steps == []


def test_an_approved_contract_stays_approved_when_its_customer_is_merged(people, contract):
    approve_all(people, contract)
    rep = people["li"]
    with rep.changing("test") as changes:
        other = changes.add(Customer(name="××科技"))
    duplicates.merge(rep, other.id, read(rep, contract).customer_id)
    sync(rep, people["zhao"])
    assert read(people["zhao"], contract).customer_id == other.id
    assert procedure(people["zhao"], contract).standing is Standing.APPROVED


def test_who_submits_a_colleagues_contract_is_named(people, contract):
    rep, other = people["li"], people["wang"]
    approvals.submit(rep, "contract", contract, DAY)
    change(rep, contract, liability="逾期交付每日0.05%")
    sync(rep, other)
    assert read(other, contract).submitted_by == "李伟"
    approvals.submit(other, "contract", contract, DAY)
    assert read(other, contract).submitted_by == "王芳"
