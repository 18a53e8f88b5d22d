"""The working calendar: what is law, what is a guess, and what the office enters."""

from datetime import UTC, date, timedelta

import holidays
import pytest

from salesdesk.process import clocks, rules
from salesdesk.process.facts import Facts
from salesdesk.process.working_days import BUILT_IN, calendar_of, check
from salesdesk.records.calendar import WorkingYear
from salesdesk.records.care import Delivery, Visit
from salesdesk.records.prospecting import Customer

NOTICE_OF_2026 = """国务院办公厅关于2026年部分节假日安排的通知
国办发明电〔2025〕7号
经国务院批准，现将2026年元旦、春节、清明节、劳动节、端午节、中秋节和国庆节放假调休日期的具体安排通知如下。
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
鼓励各单位结合带薪年休假等制度落实，安排职工在除夕（2月14日）休息。
节假日期间，各地区、各部门要妥善安排好值班和安全、保卫等工作。
国务院办公厅
2025年11月4日"""
BY_LINES = WorkingYear(
    id="y",
    year=2027,
    days_off="2027-01-01..2027-01-03\n2月5日至11日 春节\n４月３日～５日\n5.1-5.5\n6月9日\n9月15日—17日\n10/1-10/7",
    worked="2月4日\n2月14日、2月20日；10月9日",
)


def every_day(year):
    return [date(year, 1, 1) + timedelta(days=number) for number in range(365)]


def test_the_known_years_are_those_of_the_library_and_the_same_day_by_day():
    china = holidays.country_holidays("CN")
    for year in range(2020, 2027):
        assert BUILT_IN.is_known(year)
        assert all(BUILT_IN.is_working(day) == china.is_working_day(day) for day in every_day(year))


def test_a_year_that_nobody_knows_is_said_not_to_be_known():
    assert not BUILT_IN.is_known(2027)
    assert BUILT_IN.guessed(date(2026, 12, 30), date(2027, 1, 4)) == (2027,)
    assert BUILT_IN.guessed(date(2026, 2, 1), date(2026, 12, 31)) == ()


def test_the_notice_is_read_as_it_was_published():
    record = WorkingYear(id="y", year=2026, days_off=NOTICE_OF_2026)
    assert check(record) == []
    entered = calendar_of([record])
    assert entered.is_known(2026)
    assert all(entered.is_working(day) == BUILT_IN.is_working(day) for day in every_day(2026))


def test_an_arrangement_by_lines_stands_before_the_guess():
    entered = calendar_of([BY_LINES])
    assert {f.message for f in check(BY_LINES)} == {"calendar.not_a_weekend"}  # 2027-02-04 is a Thursday
    assert entered.is_known(2027)
    assert [entered.is_working(date(2027, 2, day)) for day in (4, 5, 11, 12, 13, 14)] == [1, 0, 0, 1, 0, 1]
    assert entered.after(date(2027, 2, 4), 1) == date(2027, 2, 12)
    assert BUILT_IN.after(date(2027, 2, 4), 1) == date(2027, 2, 11)  # the library's guess


def test_of_two_arrangements_of_a_year_the_later_stands():
    other = WorkingYear(id="z", year=2027, days_off="1月1日\n5月1日\n10月1日")
    assert calendar_of([BY_LINES, other]).is_working(date(2027, 2, 5))
    assert not calendar_of([other, BY_LINES]).is_working(date(2027, 2, 5))


@pytest.mark.parametrize(
    ("days_off", "worked", "told"),
    [
        ("1月1日\n5月1日\n10月1日", "", []),
        ("1月1日\n5月1日", "", ["calendar.missing"]),
        ("1月1日\n5月1日\n10月1日\n2月30日", "", ["calendar.unread"]),
        ("1月1日\n5月1日\n10月1日\n2月11日至5日", "", ["calendar.unread"]),
        ("1月1日\n5月1日\n10月1日\n2028年2月5日", "", ["calendar.unread"]),
        ("1月1日\n5月1日\n10月1日\n1月5日至12月6日", "", ["calendar.unread"]),
        ("1月1日\n5月1日\n10月1日\n初五到初八 8天", "", ["calendar.unread"]),
        ("1月1日\n5月1日\n10月1日", "3月31号、3月32号", ["calendar.unread"]),
        ("春节\n1月1日\n5月1日\n10月1日", "", []),
        ("", "", []),
    ],
)
def test_what_is_not_understood_is_told_and_leaves_the_year_provisional(days_off, worked, told):
    record = WorkingYear(id="y", year=2027, days_off=days_off, worked=worked)
    assert [finding.message for finding in check(record)] == told
    assert calendar_of([record]).is_known(2027) is (not told and bool(days_off))


def situation(calendar=BUILT_IN, grade="A"):
    return rules.Situation(Facts(Customer(grade=grade), calendar=calendar), date(2026, 12, 30), UTC)


def notes(record, calendar=BUILT_IN):
    found = rules.findings(record, {}, situation(calendar))
    return {f.message: f.params for f in found if f.message.startswith(("delivery.", "visit."))}


def test_a_first_contact_in_a_year_that_nobody_knows_is_provisional():
    delivery = Delivery(id="d", delivered_on=date(2026, 12, 30))
    found = notes(delivery)
    assert found == {"delivery.contact_provisional": {"day": "2027-01-05", "years": "2027"}}
    entered = calendar_of([WorkingYear(id="y", year=2027, days_off="1月1日至4日\n5月1日\n10月1日")])
    assert notes(delivery, entered) == {"delivery.contact_due": {"day": "2027-01-06", "years": "2027"}}
    assert clocks.contact_overdue(delivery, date(2027, 1, 6))
    assert not clocks.contact_overdue(delivery, date(2027, 1, 6), entered)
    delivery.contacted_on = date(2026, 12, 31)
    assert notes(delivery) == {}


def test_a_first_contact_in_a_known_year_says_by_which_arrangement():
    found = notes(Delivery(id="d", delivered_on=date(2026, 11, 27)))
    assert found["delivery.contact_due"] == {"day": "2026-12-02", "years": "2026"}


@pytest.mark.parametrize(
    ("day", "message"),
    [
        (date(2026, 10, 3), "visit.day_off"),
        (date(2026, 11, 29), "visit.day_off"),
        (date(2026, 10, 10), None),  # a Saturday that is worked
        (date(2027, 2, 7), "visit.likely_day_off"),
        (date(2026, 11, 30), None),
    ],
)
def test_a_visit_on_a_day_off_says_so_and_stands(day, message):
    visit = Visit(id="v", visited_on=day - timedelta(days=30), next_visit_on=day)
    found = [f for f in notes(visit) if "day_off" in f]
    assert found == ([message] if message else [])
    assert visit.next_visit_on == day


@pytest.mark.parametrize(
    ("visited", "message", "params"),
    [
        (date(2026, 9, 3), "proposed.visit_day_off", {"years": "2026"}),
        (date(2027, 1, 7), "proposed.visit_likely_day_off", {"years": "2027"}),
        (date(2026, 10, 30), "proposed.visit", {}),
    ],
)
def test_a_proposed_visit_on_a_day_off_says_so(visited, message, params):
    (found,) = rules.proposed(Visit(id="v", visited_on=visited), situation())
    assert (found.message, found.params) == (message, params)
