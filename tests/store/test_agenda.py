"""What 今日 shows, from one read."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from salesdesk.records.base import Stage
from salesdesk.records.discovery import NeedsAnalysis
from salesdesk.records.prospecting import Contact, Customer
from salesdesk.records.work import Opportunity, Task
from salesdesk.store import agenda, drafts, queries

TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
SINCE = NOW - timedelta(days=30)


@pytest.fixture
def customer(workspace):
    with workspace.changing("test") as changes:
        return changes.add(Customer(name="华东机械"))


def read_day(workspace):
    with workspace.reading() as session:
        return agenda.day(session, TODAY, SINCE)


def test_names_come_with_tasks_and_unfinished_forms(workspace, customer):
    with workspace.changing("test") as changes:
        changes.add(Task(subject="打电话", customer_id=customer.id, due_on=TODAY))
        changes.add(Task(subject="买墨盒", due_on=TODAY))
    drafts.save(workspace, drafts.Draft("needs_analysis", "a", {}, customer_id=customer.id))
    drafts.save(workspace, drafts.Draft("customer", customer.id, {"name": "另一个名字"}))
    drafts.save(workspace, drafts.Draft("customer", "never-saved", {"name": "宁波新材"}))
    drafts.save(workspace, drafts.Draft("form_of_a_later_program", "x", {}))
    day = read_day(workspace)
    assert {task.subject for task in day.agenda.tasks} == {"打电话", "买墨盒"}
    assert day.customers[customer.id] == "华东机械"
    named = {(draft.entity, draft.record_id): name for draft, name in day.unfinished}
    # a saved customer goes by the name that is kept, a new one by what was typed, a paper by its customer
    assert named == {
        ("needs_analysis", "a"): "",
        ("customer", customer.id): "华东机械",
        ("customer", "never-saved"): "宁波新材",
    }


def test_a_letter_runs_out_in_its_last_six_hours(workspace, customer):
    with workspace.changing("test") as changes:
        for until in (time(7), time(10), time(16)):  # due at 07, 10 and 16 o'clock today: over, soon, not yet
            changes.add(
                NeedsAnalysis(customer_id=customer.id, interviewed_on=date(2026, 11, 23), interviewed_until=until)
            )
    with workspace.reading() as session:
        running = agenda.letters_running_out(session, NOW, UTC)
    assert [(letter.customer, letter.left) for letter in running] == [("华东机械", timedelta(hours=2))]


def test_a_customer_stands_where_its_open_round_does(workspace, customer):
    def stage():
        with workspace.reading() as session:
            return queries.stage_of(session, customer.id)

    assert stage() is Stage.PROSPECTING
    with workspace.changing("test") as changes:
        changes.add(Opportunity(customer_id=customer.id, stage="contract", outcome="open"))
    with workspace.changing("test") as changes:
        changes.add(Opportunity(customer_id=customer.id, stage="care", outcome="won"))
    assert stage() is Stage.CONTRACT
    with workspace.reading() as session:
        assert queries.stage_of(session, "nobody") is None


def test_whose_record_it_is(workspace, customer):
    with workspace.changing("test") as changes:
        contact = changes.add(Contact(name="张伟", customer_id=customer.id))
        alone = changes.add(Task(subject="买墨盒"))
    with workspace.reading() as session:
        assert queries.customer_of(session, "contact", contact.id) == customer.id
        assert queries.customer_of(session, "customer", customer.id) == customer.id
        assert queries.customer_of(session, "task", alone.id) == ""
        assert queries.customer_of(session, "contact", "nobody") == ""
        assert queries.exists(session, Customer, customer.id)
        assert not queries.exists(session, Customer, "nobody")
