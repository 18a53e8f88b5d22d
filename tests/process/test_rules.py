"""The rules of stages 1 and 2 by tables of cases. Each test names the toolkit's sentence."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from salesdesk.process import clocks, decision_chain
from salesdesk.process.facts import Facts
from salesdesk.process.findings import Level, missing
from salesdesk.process.grading import Grade, GradeRule, match, proposed_grade
from salesdesk.process.stages import checklist, next_stage
from salesdesk.records.base import Stage
from salesdesk.records.discovery import ConfirmationLetter, DecisionRole, NeedsAnalysis, Outline
from salesdesk.records.prospecting import Contact, Customer, IdealCustomer

TODAY = date(2024, 3, 5)
SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    ("days", "grade"),
    [(-3, "A"), (0, "A"), (30, "A"), (31, "B"), (90, "B"), (91, "B"), (183, "B"), (184, "C"), (None, "C")],
)
def test_a_within_30_days_b_3_to_6_months_c_later_or_potential(days, grade):
    expected = None if days is None else TODAY + timedelta(days=days)
    assert proposed_grade(expected, TODAY) == Grade(grade)


def test_the_gap_between_day_31_and_90_is_a_setting():
    assert proposed_grade(TODAY + timedelta(days=60), TODAY, GradeRule(between=Grade.A)) is Grade.A


def test_match_counts_what_is_known():
    profile = IdealCustomer(industries="制造业、信息技术", employees_from=100, employees_to=1000, regions="江苏")
    fits = Customer(industry="it", employees=200, province="江苏")
    assert match(fits, profile)[0] == 100
    assert match(Customer(industry="it", employees=5000, province="江苏"), profile)[0] == 66
    assert match(Customer(industry="it"), profile)[0] == 100
    assert match(Customer(), IdealCustomer())[0] == 0


@pytest.mark.parametrize(
    ("until", "due"),
    [(time(10, 0), datetime(2024, 3, 6, 2, 0, tzinfo=UTC)), (None, datetime(2024, 3, 6, 16, 0, tzinfo=UTC))],
)
def test_letter_within_24_hours_of_the_interview(until, due):
    analysis = NeedsAnalysis(interviewed_on=TODAY, interviewed_until=until)
    assert clocks.letter_due(analysis, SHANGHAI) == due


def test_the_clock_runs_until_the_letter_is_sent():
    analysis = NeedsAnalysis(interviewed_on=TODAY, interviewed_until=time(10))
    now = datetime(2024, 3, 5, 21, 0, tzinfo=UTC)
    running = clocks.letter_countdown(analysis, None, now, SHANGHAI)
    assert running.left == timedelta(hours=5)
    assert running.soon
    assert not running.overdue
    late = clocks.letter_countdown(analysis, ConfirmationLetter(), now + timedelta(hours=6), SHANGHAI)
    assert late.overdue
    assert clocks.letter_countdown(analysis, ConfirmationLetter(sent_at=now), now, SHANGHAI) is None
    assert clocks.letter_countdown(NeedsAnalysis(), None, now, SHANGHAI) is None


@pytest.mark.parametrize(("hours", "late"), [(23, False), (25, True)])
def test_entry_within_24_hours_is_marked_not_refused(hours, late):
    analysis = NeedsAnalysis(interviewed_on=TODAY, interviewed_until=time(10))
    analysis.created_at = datetime(2024, 3, 5, 2, 0, tzinfo=UTC) + timedelta(hours=hours)
    assert clocks.entered_late(analysis, SHANGHAI) is late


def chain(*weights, met=()):
    return [DecisionRole(role=str(n), weight=w, met=n in met) for n, w in enumerate(weights)]


def test_weights_sum_to_100_to_finish():
    assert [f.message for f in decision_chain.check(chain(60, 30, 10, met=(0, 1)))] == []
    short = decision_chain.check(chain(60, 30, met=(0, 1)))
    assert [(f.level, f.message, f.params) for f in short] == [(Level.BLOCKS, "chain.weights", {"total": 90})]
    assert [f.message for f in decision_chain.check([])] == ["chain.empty"]


def test_coverage_and_the_single_thread():
    roles = chain(60, 30, 10, met=(1,))
    assert decision_chain.coverage(roles) == 30
    assert [f.message for f in decision_chain.check(roles)] == ["chain.single_thread"]


def test_missing_fields_block_finishing():
    assert {f.field for f in missing(Customer(name="华源"))} == {"industry", "need"}
    assert {f.level for f in missing(Customer())} == {Level.BLOCKS}


def test_checklists_follow_the_toolkit():
    customer = Customer(name="华源", industry="it", need="平台")
    empty = Facts(customer=Customer())
    assert not any(item.done for item in checklist(Stage.PROSPECTING, empty))
    assert not any(item.done for item in checklist(Stage.DISCOVERY, empty))
    done = Facts(
        customer=customer,
        contacts=[Contact(name="张伟", phone="138")],
        outline=Outline(),
        analysis=NeedsAnalysis(explicit_needs="a", implicit_needs="b", budget="20", cooperation_period="1"),
        roles=chain(60, 30, 10),
        letter=ConfirmationLetter(sent_at=datetime.now(UTC), confirmed_on=TODAY),
    )
    assert [i.name for i in checklist(Stage.PROSPECTING, done) if i.done] == [
        "prospecting.sheet",
        "prospecting.contact",
    ]
    assert len(checklist(Stage.DISCOVERY, done)) == 6
    assert all(item.done for item in checklist(Stage.DISCOVERY, done))


def test_six_stages_in_order():
    order = [Stage.PROSPECTING]
    while following := next_stage(order[-1]):
        order.append(following)
    assert order == list(Stage)
