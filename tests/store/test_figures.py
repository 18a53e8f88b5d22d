"""Every figure of the dashboard against numbers counted by hand from the rows below."""

from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from salesdesk.process import clocks
from salesdesk.records.care import Delivery, Visit
from salesdesk.records.discovery import ConfirmationLetter, NeedsAnalysis
from salesdesk.records.prospecting import Customer
from salesdesk.records.work import Opportunity, Task
from salesdesk.store.figures import figures

NOW = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)  # Monday, 12:00 in Shanghai
TODAY = date(2026, 11, 23)
SHANGHAI = ZoneInfo("Asia/Shanghai")


@contextmanager
def writing(workspace, days_ago=0):
    """A change made some days ago: the clock of the workspace stamps what was touched when."""
    workspace.now = lambda: NOW - timedelta(days=days_ago)
    with workspace.changing("test") as changes:
        yield changes


def counted(workspace, now=NOW):
    with workspace.reading() as session:
        return {figure.name: figure for figure in figures(session, now, SHANGHAI)}


def bars(figure):
    return dict(zip(figure.labels, figure.values, strict=True))


@pytest.fixture
def customer_id(workspace):
    with writing(workspace) as changes:
        return changes.add(Customer(name="华源", status="active")).id


@pytest.fixture
def add(workspace, customer_id):
    """Adds rounds (stage, outcome, days since the last touch, 分, expected close)."""

    def add_round(stage, outcome="open", days_ago=0, amount=None, close_on=None):
        with writing(workspace, days_ago) as changes:
            return changes.add(
                Opportunity(
                    customer_id=customer_id,
                    subject="机会",
                    stage=stage,
                    outcome=outcome,
                    amount=amount,
                    close_on=close_on,
                )
            ).id

    return add_round


def test_an_empty_workspace_counts_nothing(workspace):
    found = counted(workspace)
    assert list(found) == ["funnel", "conversion", "win_rate", "ages", "forecast", "overdue", "satisfaction"]
    assert not any(value for figure in found.values() for value in figure.values)


def test_the_funnel_counts_open_rounds_only(workspace, add):
    for stage in ("prospecting", "prospecting", "discovery", "contract"):
        add(stage)
    add("proposal", "lost")
    add("contract", "won")
    gone = add("negotiation")
    with writing(workspace) as changes:
        changes.delete(changes.session.get(Opportunity, gone))
    assert counted(workspace)["funnel"].values == (2, 1, 0, 0, 1, 0)


def test_conversion_is_the_share_that_came_further(workspace, add):
    # stand: 2 prospecting, 1 discovery, 1 lost in proposal, 1 won: reached 5, 3, 2, 1, 1, 1
    add("prospecting")
    add("prospecting")
    add("discovery")
    add("proposal", "lost")
    add("contract", "won")
    found = counted(workspace)["conversion"]
    assert found.of == (5, 3, 2, 1, 1)
    assert found.values == (60, 66, 50, 100, 100)
    assert found.unit == "percent"


def test_won_and_lost(workspace, add):
    add("contract", "won")
    add("proposal", "lost")
    add("discovery", "lost")
    add("care")  # a round that came to 售后跟进 is won, though open
    add("negotiation")
    assert bars(counted(workspace)["win_rate"]) == {"won": 2, "lost": 2}


def test_ages_at_their_bounds(workspace, add):
    for days in (0, 7, 8, 30, 31, 90, 91):
        add("discovery", days_ago=days)
    add("discovery", "lost", days_ago=1)
    assert bars(counted(workspace)["ages"]) == {"week": 2, "month": 2, "quarter": 2, "older": 1}


def test_the_forecast_sums_by_month_over_the_turn_of_the_year(workspace, add):
    add("discovery", amount=100_00, close_on=date(2026, 11, 1))
    add("contract", amount=23, close_on=date(2026, 11, 30))
    add("proposal", amount=500_00, close_on=date(2027, 1, 31))
    add("proposal", close_on=date(2027, 2, 1))  # no amount yet
    add("proposal", amount=1, close_on=date(2026, 10, 31))  # before the first month
    add("proposal", amount=1, close_on=date(2027, 5, 1))  # after the last
    add("proposal", "won", amount=1, close_on=date(2026, 12, 1))
    found = counted(workspace)["forecast"]
    assert bars(found) == {
        "2026-11": 100_23,
        "2026-12": 0,
        "2027-01": 500_00,
        "2027-02": 0,
        "2027-03": 0,
        "2027-04": 0,
    }
    assert found.unit == "fen"


def test_overdue_letters_leave_once_sent(workspace, customer_id):
    with writing(workspace) as changes:
        for days in (3, 5, 40):  # the last is history
            interviewed = date(2026, 11, 23) - timedelta(days=days)
            kept = changes.add(NeedsAnalysis(customer_id=customer_id, interviewed_on=interviewed))
            if days == 3:
                changes.add(ConfirmationLetter(customer_id=customer_id, analysis_id=kept.id))  # not sent
            if days == 5:
                changes.add(ConfirmationLetter(customer_id=customer_id, analysis_id=kept.id, sent_at=NOW))
        changes.add(NeedsAnalysis(customer_id=customer_id, interviewed_on=TODAY))
    assert bars(counted(workspace)["overdue"])["letters"] == 1


def test_a_letter_is_overdue_when_its_clock_says_so(workspace, customer_id):
    rows = [NeedsAnalysis(customer_id=customer_id, interviewed_on=TODAY - timedelta(days=days)) for days in (1, 2)]
    rows += [
        NeedsAnalysis(customer_id=customer_id, interviewed_on=TODAY - timedelta(days=1), interviewed_until=until)
        for until in (time(11, 59), time(12, 1))  # 12:00 a day later is now
    ]
    with writing(workspace) as changes:
        for row in rows:
            changes.add(row)
    late = [clocks.letter_countdown(row, None, NOW, SHANGHAI).overdue for row in rows]
    assert late == [False, True, True, False]
    assert bars(counted(workspace)["overdue"])["letters"] == 2


@pytest.mark.parametrize(
    ("now", "in_time", "late"),
    [
        # on a Friday: Tuesday's third working day is today, Monday's was Thursday
        (datetime(2026, 11, 20, 4, 0, tzinfo=UTC), date(2026, 11, 17), date(2026, 11, 16)),
        # after the National Day week: its days do not count
        (datetime(2026, 10, 9, 4, 0, tzinfo=UTC), date(2026, 9, 30), date(2026, 9, 25)),
    ],
)
def test_a_first_contact_is_overdue_by_working_days(workspace, customer_id, now, in_time, late):
    rows = [Delivery(customer_id=customer_id, delivered_on=day) for day in (in_time, late)]
    assert [clocks.contact_overdue(row, now.date()) for row in rows] == [False, True]
    with writing(workspace) as changes:
        for row in rows:
            changes.add(row)
    assert bars(counted(workspace, now)["overdue"])["contacts"] == 1


def test_a_visit_that_was_followed_by_another_asks_for_nothing(workspace, customer_id):
    with writing(workspace) as changes:
        for visited, following in ((date(2026, 9, 1), date(2026, 10, 1)), (date(2026, 10, 1), date(2026, 12, 1))):
            changes.add(Visit(customer_id=customer_id, visited_on=visited, next_visit_on=following))
    assert bars(counted(workspace)["overdue"])["visits"] == 0


def test_overdue_calls_and_tasks(workspace):
    yesterday = TODAY - timedelta(days=1)
    with writing(workspace) as changes:
        for name, status, on in (
            ("late", "active", yesterday),
            ("today", "active", TODAY),
            ("closed", "closed", yesterday),
            ("never", "active", None),
        ):
            changes.add(Customer(name=name, status=status, follow_up_on=on))
        for done, on in ((False, yesterday), (False, yesterday), (True, yesterday), (False, TODAY), (False, None)):
            changes.add(Task(subject="待办", done=done, due_on=on))
    found = bars(counted(workspace)["overdue"])
    assert (found["follow_ups"], found["tasks"]) == (1, 2)


def test_overdue_first_contacts_and_visits(workspace, customer_id):
    with writing(workspace) as changes:
        for delivered, contacted in ((10, None), (10, TODAY), (0, None)):
            delivered_on = TODAY - timedelta(days=delivered)
            changes.add(Delivery(customer_id=customer_id, delivered_on=delivered_on, contacted_on=contacted))
        changes.add(Visit(customer_id=customer_id, visited_on=date(2026, 10, 1), next_visit_on=date(2026, 11, 1)))
    found = bars(counted(workspace)["overdue"])
    assert (found["contacts"], found["visits"]) == (1, 1)


def test_satisfaction_counts_each_score(workspace, customer_id):
    with writing(workspace) as changes:
        for score in (5, 5, 3, None):
            changes.add(Visit(customer_id=customer_id, satisfaction=score))
    assert counted(workspace)["satisfaction"].values == (0, 0, 1, 0, 2)
