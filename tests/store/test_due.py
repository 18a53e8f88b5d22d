"""What is overdue is the same on every page that says so."""

from dataclasses import fields
from datetime import UTC, date, datetime, time, timedelta

import pytest

from salesdesk.process import clocks
from salesdesk.records.care import Delivery, Visit
from salesdesk.records.discovery import ConfirmationLetter, NeedsAnalysis
from salesdesk.records.prospecting import Customer
from salesdesk.records.work import Opportunity, Task
from salesdesk.store import agenda, due, figures, team
from salesdesk.store.queries import working_calendar

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
TODAY = NOW.date()
YESTERDAY = TODAY - timedelta(days=1)
LONG_AGO = TODAY - timedelta(days=20)


@pytest.fixture
def customer(workspace):
    with workspace.changing("test") as changes:
        return changes.add(Customer(name="华东机械", owner="李伟"))


@pytest.fixture
def counts(workspace):
    """What the figures count as overdue, and how many rows 今日 shows of each kind."""

    def look():
        with workspace.reading() as session:
            overdue = next(f for f in figures.figures(session, NOW, UTC) if f.name == "overdue")
            shown = agenda.agenda(session, TODAY, NOW - due.LETTERS_SINCE)
        lists = {
            one.name: len(getattr(shown, one.name))
            for one in fields(shown)
            if one.name not in {"interviews", "calendar"}
        }
        return dict(zip(overdue.labels, overdue.values, strict=True)), lists

    return look


@pytest.mark.parametrize("outcome", ["open", "won", "lost"])
def test_a_lost_round_asks_for_no_letter_on_any_page(workspace, customer, counts, outcome):
    with workspace.changing("test") as changes:
        opportunity = changes.add(Opportunity(customer_id=customer.id, outcome=outcome))
        changes.add(NeedsAnalysis(customer_id=customer.id, opportunity_id=opportunity.id, interviewed_on=LONG_AGO))
    overdue, shown = counts()
    assert overdue["letters"] == shown["letters"] == (0 if outcome == "lost" else 1)


def test_what_is_long_overdue_stands_on_every_page(workspace, customer, counts):
    with workspace.changing("test") as changes:
        changes.get(Customer, customer.id).follow_up_on = YESTERDAY
        changes.add(NeedsAnalysis(customer_id=customer.id, interviewed_on=LONG_AGO))
        changes.add(Delivery(customer_id=customer.id, delivered_on=LONG_AGO))
        changes.add(Visit(customer_id=customer.id, visited_on=LONG_AGO, next_visit_on=YESTERDAY))
        changes.add(Task(subject="打电话", due_on=YESTERDAY))
    overdue, shown = counts()
    assert overdue == shown == dict.fromkeys(overdue, 1)
    with workspace.reading() as session:
        (load,) = team.workloads(session, TODAY)
    assert (load.owner, load.overdue) == ("李伟", 1)


def test_what_is_settled_stands_on_none(workspace, customer, counts):
    with workspace.changing("test") as changes:
        changes.get(Customer, customer.id).follow_up_on = YESTERDAY
        changes.get(Customer, customer.id).status = "closed"
        analysis = changes.add(NeedsAnalysis(customer_id=customer.id, interviewed_on=LONG_AGO))
        changes.add(ConfirmationLetter(customer_id=customer.id, analysis_id=analysis.id, sent_at=NOW))
        changes.add(Delivery(customer_id=customer.id, delivered_on=LONG_AGO, contacted_on=YESTERDAY))
        changes.add(Visit(customer_id=customer.id, visited_on=LONG_AGO, next_visit_on=YESTERDAY))
        changes.add(Visit(customer_id=customer.id, visited_on=YESTERDAY))
        changes.add(Task(subject="打电话", due_on=YESTERDAY, done=True))
    overdue, shown = counts()
    assert not any([*overdue.values(), *shown.values()])


def test_what_is_due_today_is_shown_and_not_overdue(workspace, customer, counts):
    with workspace.changing("test") as changes:
        changes.get(Customer, customer.id).follow_up_on = TODAY
        analysis = changes.add(
            NeedsAnalysis(customer_id=customer.id, interviewed_on=YESTERDAY, interviewed_until=time(20))
        )
        changes.add(Delivery(customer_id=customer.id, delivered_on=TODAY))
        changes.add(Visit(customer_id=customer.id, visited_on=LONG_AGO, next_visit_on=TODAY))
        changes.add(Task(subject="打电话", due_on=TODAY))
        changes.add(Task(subject="哪天都行"))
    overdue, shown = counts()
    assert not any(overdue.values())
    assert shown == {"letters": 1, "follow_ups": 1, "tasks": 2, "contacts": 1, "visits": 1}
    assert not clocks.letter_countdown(analysis, None, NOW, UTC).overdue


@pytest.mark.parametrize("today", [date(2026, 10, 9), date(2026, 11, 20), date(2027, 2, 18), date(2026, 5, 6)])
def test_a_first_contact_is_overdue_as_its_clock_says(workspace, customer, today):
    with workspace.changing("test") as changes:
        made = [
            changes.add(Delivery(customer_id=customer.id, delivered_on=today - timedelta(days=days)))
            for days in range(25)
        ]
    late = {one.id for one in made if clocks.contact_overdue(one, today)}
    with workspace.reading() as session:
        found = {
            one.id for one in session.query(Delivery).where(due.contacts_overdue(today, working_calendar(session)))
        }
    assert found == late
    assert late
