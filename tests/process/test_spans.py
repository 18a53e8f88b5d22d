"""The spans and days in a sentence: a span is no day, a working day no day of the calendar, and a guess is nothing."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesdesk.process.spans import Span, Unit, said_of_time
from salesdesk.process.working_days import BUILT_IN

SAID_ON = date(2026, 11, 29)
_UNITS = {"d": Unit.DAYS, "w": Unit.WORKING_DAYS, "m": Unit.MONTHS}

# The sentence, and what it names alone: 15w are working days, 6m months, a date a day; None: no single span or day.
SENTENCES = [
    ("15个工作日", "15w"),
    ("两周", "14d"),
    ("三十天", "30d"),
    ("半年", "6m"),
    ("1.5个月", "45d"),
    ("12月底前交付", date(2026, 12, 31)),
    ("2026年12月31日前", date(2026, 12, 31)),
    ("90天（自2026年12月1日起）", "90d"),
    ("自2026年12月1日起90天内", "90d"),
    ("30天内", "30d"),
    ("2周", "14d"),
    ("3个月", "3m"),
    ("1年", "12m"),
    ("先10天后20日", None),
    ("分期", None),
    ("", None),
    ("验收后45天付清", "45d"),
    ("签约后90天", "90d"),
    ("分2期，验收后45天付清", None),
    ("签订后10个工作日内付30%，质保期满一年后30天内付清", None),
    ("同意3期分期", None),
    ("一个季度", "3m"),
    ("两个季度", "6m"),
    ("一个半月", "45d"),
    ("半个月", "15d"),
    ("半月", "15d"),
    ("一年半", "18m"),
    ("1年半", "18m"),
    ("两个半月", "75d"),
    ("0.5年", "6m"),
    ("1.5年", "18m"),
    ("三个月", "3m"),
    ("六个月", "6m"),
    ("十五个工作日", "15w"),
    ("１５个工作日", "15w"),
    ("10个交易日", "10w"),
    ("15工作日", "15w"),
    ("60个自然日", "60d"),
    ("不超过60天", "60d"),
    ("最多60天", "60d"),
    ("60天以内", "60d"),
    ("至少60天", None),
    ("约60天", None),
    ("60天左右", None),
    ("30-45天", None),
    ("30至45天", None),
    ("一到两个月", None),
    ("两三个月", None),
    ("几天", None),
    ("十几天", None),
    ("10多天", None),
    ("3月内", None),
    ("3月后", None),
    ("15日前", None),
    ("次月15日", None),
    ("每月15号", None),
    ("15日内", "15d"),
    ("30日", "30d"),
    ("24小时内", "1d"),
    ("48小时", "2d"),
    ("4小时", None),
    ("半天", None),
    ("12月交付", date(2026, 12, 31)),
    ("12月前", date(2026, 11, 30)),
    ("1月15日前", date(2027, 1, 15)),
    ("11月底", date(2026, 11, 30)),
    ("十二月底", date(2026, 12, 31)),
    ("12月中旬", date(2026, 12, 20)),
    ("2027年3月", date(2027, 3, 31)),
    ("2027-03-15", date(2027, 3, 15)),
    ("2027.3.15前", date(2027, 3, 15)),
    ("2027/3/15", date(2027, 3, 15)),
    ("明年3月底", date(2027, 3, 31)),
    ("下月底", date(2026, 12, 31)),
    ("下个月底前", date(2026, 12, 31)),
    ("年底前", date(2026, 12, 31)),
    ("今年底", date(2026, 12, 31)),
    ("2027年底", date(2027, 12, 31)),
    ("二〇二七年三月一日", date(2027, 3, 1)),
    ("2月30日", None),
    ("2026年", None),
    ("第三季度", None),
    ("三季度末", None),
    ("月结30天", None),
    ("90天内交付，质保一年", None),
    ("90天内交付，逾期15天可解约", None),
    ("每3个月回访，30天交付", None),
    ("30 days", "30d"),
    ("15 working days", "15w"),
    ("3 months", "3m"),
    ("half a year", "6m"),
    ("货到付款", None),
    ("收到发票后30天", "30d"),
    ("签约后第30天", "30d"),
    ("T+30", None),
    ("12月31日前交付，15天内验收", None),
    ("一周", "7d"),
    ("4个星期", "28d"),
    ("一个月", "1m"),
    ("1个月内", "1m"),
    ("2个月内", "2m"),
    ("100天", "100d"),
    ("一百二十天", "120d"),
    ("一年", "12m"),
    ("两年", "24m"),
    ("三年", "36m"),
    ("1 个月", "1m"),
    ("30 天", "30d"),
    ("廿天", None),
    ("30天（含节假日）", "30d"),
    ("合同签订后 2 个月内", "2m"),
    ("半个季度", "45d"),
    ("1年内", "12m"),
    ("一年内付清", "12m"),
    ("年内", date(2026, 12, 31)),
    ("半年内", "6m"),
    ("5月1日起30天", "30d"),
    ("春节前", None),
    ("交付周期：45天", "45d"),
    ("45天（约1.5个月）", None),
    ("电话2小时响应，30天交付", None),
]


@pytest.mark.parametrize(("sentence", "right"), SENTENCES)
def test_the_span_or_day_of_a_sentence(sentence, right):
    said = said_of_time(sentence, SAID_ON)
    span = Span(int(right[:-1]), _UNITS[right[-1]]) if isinstance(right, str) else None
    assert (said.single, said.day) == (span, right if isinstance(right, date) else None)


def test_the_table_is_long_enough():
    assert len({sentence for sentence, _ in SENTENCES}) == len(SENTENCES) >= 100


def test_a_span_may_run_from_a_day():
    said = said_of_time("90天（自2026年12月1日起）", SAID_ON)
    assert (said.single, said.since) == (Span(90, Unit.DAYS), date(2026, 12, 1))


@pytest.mark.parametrize(
    ("sentence", "lengths"),
    [
        ("15个工作日", [19]),  # from a Sunday, over two weekends
        ("12月底前交付", [32]),
        ("分2期，验收后120天付清", [120]),
        ("先10天后20日", [10, 20]),
        ("约30天", []),
        ("2026年1月1日前", []),
        ("半年", [180]),
        ("月结30天", [30, 31]),  # a month may go by before the 30 days begin
    ],
)
def test_the_days_that_a_sentence_takes(sentence, lengths):
    assert said_of_time(sentence, SAID_ON).lengths(SAID_ON, BUILT_IN) == lengths


def test_working_days_follow_the_days_off():
    said = said_of_time("3个工作日", date(2026, 2, 13))
    assert said.lengths(date(2026, 2, 13), BUILT_IN) == [12]  # Spring Festival, and a Saturday that is worked


def test_a_day_without_its_year_needs_the_day_on_which_it_was_said():
    assert said_of_time("12月底前").unread
    assert said_of_time("2026年12月底前").day == date(2026, 12, 31)


@given(
    st.text(
        alphabet="0123456789.-/零一二两三十百半个几约年月日号天周旬季度底初中末前后起自至内工作小时每质保期%，。（） ",
        max_size=40,
    )
)
def test_nothing_typed_breaks_it(sentence):
    said = said_of_time(sentence, SAID_ON)
    assert said.single is None or said.single.count > 0
    said.lengths(SAID_ON, BUILT_IN)


def test_a_text_of_any_length_is_answered():
    assert said_of_time("三十天" * 50_000, SAID_ON).unread
