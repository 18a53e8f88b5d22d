"""Every figure of the dashboard against numbers counted by hand from the rows below."""

from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from salesdesk.actions import history
from salesdesk.errors import UserError
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


def test_ages_are_the_mean_days_in_the_present_stage(workspace, customer_id, add):
    for days in (0, 7, 8):
        add("discovery", days_ago=days)  # no day of the stage is known: that of its creation counts
    moved = add("prospecting", days_ago=100)
    with writing(workspace) as changes:
        round_ = changes.session.get(Opportunity, moved)
        round_.stage, round_.stage_since = "proposal", date(2026, 11, 13)
    add("discovery", "lost", days_ago=50)
    found = counted(workspace)["ages"]
    assert found.values == (0, 5, 10, 0, 0, 0)
    assert found.of == (0, 3, 1, 0, 0, 0)
    assert found.unit == "days"


def test_the_forecast_sums_by_month_over_the_turn_of_the_year(workspace, add):
    add("discovery", amount=100_00, close_on=date(2026, 11, 1))
    add("contract", amount=23, close_on=date(2026, 11, 30))
    add("proposal", amount=500_00, close_on=date(2027, 1, 31))
    add("proposal", close_on=date(2027, 2, 1))  # no amount yet
    add("proposal", amount=1, close_on=date(2026, 10, 31))  # before the first month
    add("proposal", amount=1, close_on=date(2027, 5, 1))  # after the last
    add("proposal", "won", amount=1, close_on=date(2026, 12, 1))
    found = counted(workspace)["forecast"]
    assert found.of == (100_23, 0, 500_00, 0, 0, 0)
    assert bars(found) == {
        "2026-11": 20_00 + 18,  # 20 % of the discovery, 80 % of the contract
        "2026-12": 0,
        "2027-01": 200_00,
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


def recounted(workspace):
    """The tallies as one would count them from the rows."""
    with workspace.reading() as session:
        run = session.connection().exec_driver_sql
        rounds = run(
            "SELECT outcome, stage, owner, coalesce(substr(close_on, 1, 7), ''), count(*), sum(coalesce(amount, 0)) "
            "FROM opportunity WHERE deleted_at IS NULL GROUP BY 1, 2, 3, 4"
        )
        ages = run(
            "SELECT stage, coalesce(stage_since, substr(created_at, 1, 10)), count(*) FROM opportunity "
            "WHERE deleted_at IS NULL AND outcome = 'open' GROUP BY 1, 2"
        )
        customers = run(
            "SELECT owner, count(*) FROM customer WHERE deleted_at IS NULL AND status <> 'closed' GROUP BY 1"
        )
        return [sorted(map(tuple, rows)) for rows in (rounds, ages, customers)]


def tallied(workspace):
    with workspace.reading() as session:
        run = session.connection().exec_driver_sql
        tallies = (("round_tally", "rounds"), ("age_tally", "rounds"), ("customer_tally", "customers"))
        return [sorted(map(tuple, run(f"SELECT * FROM {name} WHERE {n} <> 0"))) for name, n in tallies]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["add", "change", "delete", "restore", "undo"]),
            st.integers(0, 5),
            st.sampled_from(["open", "won", "lost"]),
            st.sampled_from(["prospecting", "care"]),
            st.sampled_from([None, date(2026, 11, 1), date(2027, 1, 31)]),
            st.sampled_from([None, 0, 5_00]),
        ),
        max_size=12,
    )
)
def test_the_running_totals_are_what_one_would_count(workspace, steps):
    workspace.identity = replace(workspace.identity, role="manager")  # who may give a customer to another
    for act, which, outcome, stage, close_on, amount in steps:
        values = {"outcome": outcome, "stage": stage, "close_on": close_on, "amount": amount, "owner": f"o{which % 2}"}
        with workspace.reading() as session:
            ids = [one.id for one in session.scalars(select(Opportunity).order_by(Opportunity.id))]
        if act == "undo" and (last := history.last_action(workspace)):
            with suppress(UserError):  # changed since
                history.undo(workspace, *last)
            continue
        with workspace.changing("test") as changes:
            if act == "add":
                owner = changes.add(Customer(name="x", owner=f"o{which % 2}", status="active"))
                changes.add(Opportunity(customer_id=owner.id, subject="x", **values))
            elif ids:
                record = changes.get(Opportunity, ids[which % len(ids)])
                if act == "delete":
                    changes.delete(record)
                elif act == "restore" and record.deleted_at is not None:
                    changes.restore(record)
                elif act == "change":
                    for name, value in values.items():
                        setattr(record, name, value)
    assert tallied(workspace) == recounted(workspace)
