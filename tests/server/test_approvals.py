"""Approvals against a modified client: who really submitted and decided, of one submission, once."""

import pytest

from salesdesk.records.contract import ApprovalStep
from salesdesk.records.registry import fields_of
from tests.server.crew import EVERYTHING_SEEN, Crew, new_id, one_action, reasons
from tests.server.office import sent


@pytest.fixture(scope="module")
def crew(office):
    made = Crew(office)
    yield made
    made.close()


def refused(crew, login, *entries, whole=()):
    """What the office says of one action; nothing of these records may have changed."""
    before = crew.now(*whole)
    pushed = crew[login].push(*one_action(crew[login], entries))
    assert crew.now(*whole) == before
    assert len(pushed.answers) == len(entries)
    return {reason for _, reason in reasons(pushed)}.pop()


def update(record_id, entity="approval_step", **fields):
    return sent(entity, record_id, "update", base=EVERYTHING_SEEN, **fields)


def test_it_goes_from_who_submits_over_manager_and_legal_to_the_general_manager(crew):
    paper, steps = crew.submitted()
    for login, step in zip(("zhao", "sun", "liu"), steps, strict=True):
        assert crew.decide(login, step).answers == []
    states = crew.now(*steps)
    assert [s.data["approver"] for s in states] == ["赵敏", "孙立", "刘总"]
    assert len({s.data["submission"] for s in states} - {""}) == 1
    assert crew.now(paper)[0].data["submitted_id"] == crew["liwei"].enrolled.person


def test_approved_steps_do_not_move_to_a_twin(crew):
    paper, steps = crew.submitted()
    for login, step in zip(("zhao", "sun", "liu"), steps, strict=True):
        crew.decide(login, step)
    twin = crew.contract()
    for login in ("liwei", "zhao", "liu", "zhou"):
        moved = [update(step, contract_id=(paper, twin)) for step in steps]
        reason = refused(crew, login, *moved, whole=(*steps, twin))
        assert reason in {"approval.not_its_turn", "approval.not_your_role", "approval.own"}
        again = [sent("approval_step", step, contract_id=twin) for step in steps]
        refused(crew, login, *again, whole=(*steps, twin))


@pytest.mark.parametrize(
    "extra", ["person_id", "decision", "approver", "opinion", "decided_on", "decided_at", "submission"]
)
def test_a_step_comes_empty(crew, extra):
    """No friend is put on it, no decision brought along."""
    paper = crew.contract()
    entries, steps = crew.chain(paper)
    friend = crew["wangfang"].enrolled.person
    says = {
        "person_id": friend,
        "decision": "approved",
        "decided_on": "2026-11-30",
        "decided_at": "2026-11-30T06:30:00Z",
    }
    entries[0].fields[extra] = [None, says.get(extra, "x")]
    assert refused(crew, "liwei", *entries, whole=(paper, *steps)) == "approval.forged"


def test_a_friend_does_not_decide_without_the_role(crew):
    _, steps = crew.submitted()
    friend = crew["wangfang"].enrolled.person
    handed = update(steps[0], person_id=("", friend), approver=("", "王芳"))
    assert refused(crew, "liwei", handed, whole=steps) == "approval.own"
    assert refused(crew, "zhao", handed, whole=steps) == "approval.not_to_him"
    assert reasons(crew.decide("wangfang", steps[0])) == [("rejected", "approval.not_your_role")]
    other = crew["qian"].enrolled.person
    lied = update(steps[0], person_id=("", other), approver=("", "somebody"))
    assert crew["zhao"].push(lied).answers == []
    assert crew.now(steps[0])[0].data["approver"] == "钱进"
    assert reasons(crew.decide("zhao", steps[0])) == [("rejected", "approval.handed_to_another")]
    assert crew.decide("qian", steps[0]).answers == []


@pytest.mark.parametrize("says", [{}, {"submitted_id": (None, "")}, {"submitted_id": (None, "somebody")}])
def test_a_manager_does_not_decide_on_his_own_paper_whatever_he_says_of_who_submitted_it(crew, says):
    paper = crew.contract("zhao")
    entries, steps = crew.chain(paper, **says)
    assert crew["zhao"].push(*one_action(crew["zhao"], entries)).answers == []
    state = crew.now(paper)[0].data
    assert (state["submitted_id"], state["submitted_by"]) == (crew["zhao"].enrolled.person, "赵敏")
    for lie in ("", None, crew["liwei"].enrolled.person):
        entry = update(paper, "contract", submitted_id=(state["submitted_id"], lie))
        assert refused(crew, "zhao", entry, whole=(paper,)) == "sync.not_allowed"
    assert reasons(crew.decide("zhao", steps[0])) == [("rejected", "approval.own")]
    assert crew.decide("qian", steps[0]).answers == []


def test_a_friend_does_not_take_the_submission_upon_himself(crew):
    """He submits the manager's paper once more and takes that back: it is the manager's again."""
    paper, steps = crew.submitted("zhao")
    crew["liwei"].push(update(paper, "contract", payment=("3期", "一次性")))
    entries, others = crew.chain(paper, gone=steps, submitted_id=(None, crew["liwei"].enrolled.person))
    assert crew["liwei"].push(*one_action(crew["liwei"], entries)).answers == []
    back = [sent("approval_step", one, "delete", base=EVERYTHING_SEEN) for one in others]
    back += [sent("approval_step", one, "restore", base=EVERYTHING_SEEN) for one in steps]
    assert crew["liwei"].push(*one_action(crew["liwei"], back)).answers == []
    crew["liwei"].push(update(paper, "contract", payment=("一次性", "3期")))
    assert crew.now(paper)[0].data["submitted_by"] == "赵敏"
    assert reasons(crew.decide("zhao", steps[0])) == [("rejected", "approval.own")]
    assert crew.decide("qian", steps[0]).answers == []


def test_a_rep_decides_nothing(crew):
    paper, steps = crew.submitted()
    for login in ("liwei", "wangfang", "he", "zhou"):
        for step in steps:
            kind, reason = reasons(crew.decide(login, step))[0]
            assert (kind, reason.split(".")[0]) == ("rejected", "approval")
    assert [s.data.get("decision") for s in crew.now(*steps)] == [None] * 3
    assert crew.now(paper)[0].data["submitted_by"] == "李伟"


@pytest.mark.parametrize("name", fields_of(ApprovalStep))
def test_what_was_decided_never_changes(crew, name):
    """Not by who decided, not by who submitted, not by anybody above; nor what is open, but by a decision."""
    _, steps = crew.submitted()
    crew.decide("zhao", steps[0])
    says = {"decision": "rejected", "row_no": 7, "step": "general_manager", "decided_on": "2020-01-01"}
    says |= {"decided_at": "2020-01-01T00:00:00.000000Z", "person_id": crew["liwei"].enrolled.person}
    for login in ("liwei", "zhao", "qian", "sun", "liu", "zhou"):
        for new in (says.get(name, "x"), "", None):
            refused(crew, login, update(steps[0], **{name: ("?", new)}), whole=steps)
            if new and (name, login) != ("decision", "sun"):
                refused(crew, login, update(steps[1], **{name: ("?", new)}), whole=steps)


def test_a_decision_is_of_who_is_signed_in_and_now(crew):
    _, steps = crew.submitted()
    lie = {"approver": "刘总", "decided_at": "2020-01-01T00:00:00.000000Z"}
    assert crew.decide("zhao", steps[0], **lie).answers == []
    now = crew.now(steps[0])[0]
    assert now.data["approver"] == "赵敏"
    assert now.data["decided_at"][:4] >= "2026"
    assert now.updated_by == now.data["person_id"] == crew["zhao"].enrolled.person
    forged = reasons(crew.decide("sun", steps[1], person_id=crew["liu"].enrolled.person))
    assert forged == [("rejected", "approval.forged")]
    assert reasons(crew.decide("sun", steps[1], decision="maybe")) == [("rejected", "value.not_an_option")]
    assert reasons(crew.decide("sun", steps[1], decision="rejected", opinion=" ")) == [
        ("rejected", "approval.reason_needed")
    ]
    assert reasons(crew.decide("sun", steps[1], fingerprint="of another content")) == [("rejected", "approval.changed")]
    assert crew.decide("sun", steps[1]).answers == []
    assert reasons(crew.decide("sun", steps[1], decision="rejected")) == [("rejected", "approval.not_its_turn")]


def test_who_submitted_and_when_stays_while_it_is_in_approval(crew):
    paper, _ = crew.submitted()
    for name, new in {"submitted_by": "王芳", "submitted_on": "2020-01-01"}.items():
        for said in (new, "" if name == "submitted_by" else None):
            for login in ("liwei", "zhao", "zhou"):
                entry = update(paper, "contract", **{name: ("?", said)})
                assert refused(crew, login, entry, whole=(paper,)) == "sync.fixed"


def test_steps_leave_with_their_submission_and_come_back_with_it_alone(crew):
    paper, first = crew.submitted()
    crew.decide("zhao", first[0])
    crew.decide("sun", first[1], "returned", opinion="账期太长")

    def gone(*steps):
        return [sent("approval_step", one, "delete", base=EVERYTHING_SEEN) for one in steps]

    def back(*steps):
        return [sent("approval_step", one, "restore", base=EVERYTHING_SEEN) for one in steps]

    assert refused(crew, "liwei", *gone(first[1]), whole=first) == "approval.stands"
    assert refused(crew, "liwei", *gone(*first), whole=first) == "approval.stands"
    entries, second = crew.chain(paper, gone=first)
    assert crew["liwei"].push(*one_action(crew["liwei"], entries)).answers == []
    assert refused(crew, "liwei", *back(first[0]), whole=(*first, *second)) == "approval.stands"
    assert refused(crew, "liwei", *gone(second[0]), *back(first[0]), whole=(*first, *second)) == "approval.stands"
    assert refused(crew, "wangfang", *gone(*second), whole=second) == "approval.stands"  # not his to take back
    crew.decide("zhao", second[0])
    crew.decide("sun", second[1], "rejected", opinion="不同意")
    away = [*gone(*second), sent("contract", paper, "delete", base=EVERYTHING_SEEN)]
    assert crew["liwei"].push(*one_action(crew["liwei"], away)).answers == []
    here = [sent("contract", paper, "restore", base=EVERYTHING_SEEN), *back(*first)]
    assert refused(crew, "liwei", *here, whole=(paper, *first, *second)) == "approval.stands"
    here = [sent("contract", paper, "restore", base=EVERYTHING_SEEN), *back(*second)]
    assert crew["liwei"].push(*one_action(crew["liwei"], here)).answers == []
    assert [s.deleted for s in crew.now(*first, *second)] == [True] * 3 + [False] * 3


def test_steps_beside_those_that_are_there_are_refused(crew):
    paper, steps = crew.submitted()
    entries, _ = crew.chain(paper)
    assert refused(crew, "liwei", *entries, whole=(paper, *steps)) == "approval.running"
    entries, _ = crew.chain(paper, gone=steps)  # the same content, while it is decided
    assert refused(crew, "liwei", *entries, whole=(paper, *steps)) == "approval.running"


@pytest.mark.parametrize("names", [("manager",), ("legal", "manager", "general_manager"), ("manager",) * 3])
def test_a_chain_that_the_policies_do_not_want_is_refused(crew, names):
    paper = crew.contract()
    entries, steps = crew.chain(paper, *names)
    assert refused(crew, "liwei", *entries, whole=(paper, *steps)) == "approval.other_chain"


def test_steps_without_a_paper_are_refused(crew):
    """Of none, of another form, of one in the bin."""
    customer, deleted = new_id(), crew.contract()
    crew["liwei"].push(sent("customer", customer, name="x"), sent("contract", deleted, "delete", base=EVERYTHING_SEEN))
    for paper in ("", new_id(), customer, deleted):
        step = sent("approval_step", new_id(), contract_id=paper, step="manager", row_no=1, fingerprint="x")
        assert refused(crew, "liwei", step, whole=(step.record_id,)) == "approval.no_paper"


def test_a_submission_that_comes_once_more_under_another_device_changes_nothing(crew):
    """A laptop that was put back from a copy sends again what the office has already."""
    paper = crew.contract()
    entries, steps = crew.chain(paper)
    crew["liwei"].push(*one_action(crew["liwei"], entries))
    crew.decide("zhao", steps[0])
    before = [s.data for s in crew.now(paper, *steps)]
    assert crew["wangfang"].push(*one_action(crew["wangfang"], entries)).answers == []
    assert [s.data for s in crew.now(paper, *steps)] == before
