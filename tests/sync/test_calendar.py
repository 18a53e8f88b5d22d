"""The office enters a year's days off, and every laptop counts by them."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from salesdesk.actions import exports
from salesdesk.errors import UserError
from salesdesk.process import clocks
from salesdesk.records.calendar import WorkingYear
from salesdesk.records.care import Delivery
from salesdesk.records.language import Language
from salesdesk.records.prospecting import Customer
from salesdesk.server.administration import Administration
from salesdesk.server.database import open_database
from salesdesk.store import figures, queries
from salesdesk.sync import driver
from tests.sync.laptops import PASSWORD, laptop

DELIVERED = date(2026, 12, 31)
NOW = datetime(2027, 1, 7, 4, tzinfo=UTC)


@pytest.fixture
def people(tmp_path, office, opened):
    engine = open_database(f"sqlite:///{office.folder / 'office.db'}")
    administration = Administration(engine, "test")
    administration.add_territory("company", "公司")
    administration.add_territory("west", "西部")
    administration.add_person("ma", "马*", "rep", "west", PASSWORD)
    engine.dispose()
    found = {}
    for login, name in (("li", "李伟"), ("ma", "马*"), ("zhou", "行政周*")):
        found[login] = opened(laptop(tmp_path / login, name))
        driver.enrol(found[login], office.url, login, PASSWORD, login)
        driver.synchronise(found[login])
    return found


def enter(workspace, **values):
    with workspace.changing("save.working_year") as changes:
        return changes.add(WorkingYear(year=2027, **values))


def due(workspace):
    with workspace.reading() as session:
        working = queries.working_calendar(session)
    day = clocks.contact_due(DELIVERED, working)
    return day, working.guessed(DELIVERED, day)


def overdue(workspace):
    with workspace.reading() as session:
        found = {figure.name: figure for figure in figures.figures(session, NOW, UTC)}["overdue"]
    return dict(zip(found.labels, found.values, strict=True))["contacts"]


def test_what_the_office_enters_is_counted_by_on_every_laptop(people, tmp_path):
    rep, other, office = people["li"], people["ma"], people["zhou"]
    with rep.changing("test") as changes:
        customer = changes.add(Customer(name="××科技有限公司"))
        changes.add(Delivery(customer_id=customer.id, subject="系统", delivered_on=DELIVERED))
    guessed = due(rep)
    assert guessed == (date(2027, 1, 6), (2027,))
    assert overdue(rep) == 1
    exports.export_calendar(rep, tmp_path / "before.ics", NOW, UTC, Language.ZH)
    assert "暂定" in (tmp_path / "before.ics").read_text("utf-8")

    record = enter(office, days_off="1月1日至4日放假\n5月1日\n10月1日")
    assert record.territory == "company"
    for workspace in (office, rep, other):
        driver.synchronise(workspace)
        assert due(workspace) == (date(2027, 1, 7), ())
    assert overdue(rep) == 0
    exports.export_calendar(rep, tmp_path / "after.ics", NOW, UTC, Language.ZH)
    assert "暂定" not in (tmp_path / "after.ics").read_text("utf-8")
    assert "20270107" in (tmp_path / "after.ics").read_text("utf-8")


def test_only_the_office_enters_it(people):
    rep, other = people["li"], people["ma"]
    with pytest.raises(UserError, match="sync.office_only"):
        enter(rep, days_off="1月1日至30日")
    # a laptop that was tampered with: the office refuses it all the same
    rep.identity = replace(rep.identity, role="office")
    enter(rep, days_off="1月1日至14日\n5月1日\n10月1日")
    driver.synchronise(rep)
    driver.synchronise(other)
    assert due(rep) == due(other) == (date(2027, 1, 6), (2027,))
