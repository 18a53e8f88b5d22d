"""The three forms of a value agree with each other, and typed text is read generously."""

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesdesk.errors import BadValue
from salesdesk.records.kinds import (
    ChoiceKind,
    DateKind,
    FlagKind,
    IntegerKind,
    LinkKind,
    MomentKind,
    MoneyKind,
    Option,
    PhoneKind,
    TextKind,
    TimeKind,
)
from salesdesk.records.language import Language

OPTIONS = (Option("a", "甲", "First"), Option("b", "乙", "Second"))
TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=60)

VALUES = {
    TextKind(): TEXT.map(str.strip),
    TextKind(max_length=100_000, lines=3): TEXT.map(str.rstrip),
    IntegerKind(unit="人"): st.integers(0, 2_000_000_000),
    IntegerKind(0, 100, "%"): st.integers(0, 100),
    MoneyKind(): st.integers(0, 10**17),
    DateKind(): st.dates(date(1900, 1, 1), date(2199, 12, 31)),
    TimeKind(): st.times().map(lambda t: time(t.hour, t.minute)),
    MomentKind(): st.datetimes(datetime(1980, 1, 1), datetime(2100, 1, 1)).map(  # noqa: DTZ001  # made aware next
        lambda m: m.replace(second=0, microsecond=0, tzinfo=UTC)
    ),
    ChoiceKind(OPTIONS): st.sampled_from(["a", "b"]),
    FlagKind(): st.booleans(),
    LinkKind("customer"): st.uuids().map(str),
}


@pytest.mark.parametrize("kind", VALUES, ids=lambda k: type(k).__name__)
@given(data=st.data())
def test_text_and_wire_come_back(kind, data):
    value = data.draw(VALUES[kind])
    assert kind.from_wire(kind.to_wire(value)) == value
    for language in Language:
        assert kind.parse(kind.format(value, language)) == value


@pytest.mark.parametrize("kind", VALUES, ids=lambda k: type(k).__name__)
@given(text=st.text(max_size=40))
def test_any_text_is_a_value_or_a_bad_value(kind, text):
    try:
        kind.parse(text)
    except BadValue as told:
        assert told.message.startswith("value.")


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        (IntegerKind(unit="人"), "２００人", 200),
        (IntegerKind(unit="人"), "1.2万人", 12_000),
        (IntegerKind(unit="人"), "1,200", 1200),
        (MoneyKind(), "1亿", 10_000_000_000),
        (MoneyKind(), "２５万元", 25_000_000),
        (MoneyKind(), "¥1,234.56", 123_456),
        (IntegerKind(unit="人"), "两百人", 200),
        (IntegerKind(unit="人"), "一百二十名", 120),
        (IntegerKind(unit="人"), "5k", 5000),
        (MoneyKind(), "17 500", 1_750_000),
        (MoneyKind(), "22万5000元", 22_500_000),
        (MoneyKind(), "22万5千", 22_500_000),
        (MoneyKind(), "1亿2000万元", 12_000_000_000),
        (MoneyKind(), "一亿二", 12_000_000_000),
        (MoneyKind(), "一万零二", 1_000_200),
        (MoneyKind(), "贰拾贰万元整", 22_000_000),
        (MoneyKind(), "壹仟贰佰叁拾肆元伍角整", 123_450),
        (MoneyKind(), "人民币500万元整", 500_000_000),
        (MoneyKind(), "500万人民币", 500_000_000),
        (MoneyKind(), "500w", 500_000_000),
        (MoneyKind(bare=10_000), "22", 22_000_000),
        (MoneyKind(bare=10_000), "22万5000", 22_500_000),
        (MoneyKind(bare=10_000), "RMB 220,000", 22_000_000),
        (DateKind(), "2024年3月15日", date(2024, 3, 15)),
        (DateKind(), "２０２４／３／５", date(2024, 3, 5)),
        (DateKind(), "20240315", date(2024, 3, 15)),
        (TimeKind(), "14点30分", time(14, 30)),
        (TimeKind(), "９：０５", time(9, 5)),
        (PhoneKind(), "１３８００１３５６７８", "13800135678"),
        (PhoneKind(), "138××××5678", "138××××5678"),
        (ChoiceKind(OPTIONS), "乙", "b"),
        (ChoiceKind(OPTIONS), "first", "a"),
        (FlagKind(), "是", True),
    ],
)
def test_typed_text(kind, typed, value):
    assert kind.parse(typed) == value


@pytest.mark.parametrize(
    ("kind", "typed", "message"),
    [
        (IntegerKind(), "很多", "value.not_a_number"),
        (IntegerKind(), "1.5", "value.not_whole"),
        (IntegerKind(0, 100, "%"), "101", "value.out_of_range"),
        (IntegerKind(), "-1", "value.out_of_range"),
        (IntegerKind(), "9" * 400, "value.not_a_number"),
        (MoneyKind(), "约20万", "value.not_an_amount"),
        (MoneyKind(), "0.001", "value.below_a_fen"),
        (MoneyKind(), "1234,50", "value.comma"),
        (MoneyKind(), "12,34", "value.comma"),
        (MoneyKind(), "1,5万", "value.comma"),
        (MoneyKind(), "1.234,50", "value.comma"),
        (MoneyKind(), "22万5", "value.not_an_amount"),
        (MoneyKind(), "12 34", "value.not_an_amount"),
        (MoneyKind(), "1000万美元", "value.not_an_amount"),
        (MoneyKind(), "亿" * 300, "value.not_an_amount"),
        (IntegerKind(), "二〇二六", "value.not_a_number"),
        (MoneyKind(), "-5", "value.out_of_range"),
        (DateKind(), "2024-02-30", "value.no_such_day"),
        (DateKind(), "下周三", "value.not_a_date"),
        (DateKind(), "9999-12-31", "value.no_such_day"),
        (MomentKind(), "9999-12-31 23:59", "value.no_such_day"),
        (TimeKind(), "25:00", "value.not_a_time"),
        (TextKind(), "长" * 201, "value.too_long"),
        (TextKind(), "\ud800", "value.broken_character"),
        (ChoiceKind(OPTIONS), "丙", "value.not_an_option"),
        (FlagKind(), "也许", "value.not_yes_or_no"),
    ],
)
def test_what_cannot_be_read_is_told(kind, typed, message):
    with pytest.raises(BadValue) as told:
        kind.parse(typed)
    assert told.value.message == message


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [(TextKind(), "a\0b\x07", "ab"), (TextKind(), "two\nlines", "two lines"), (TextKind(lines=3), "a\r\nb\n", "a\nb")],
)
def test_control_characters_do_not_stay(kind, typed, kept):
    assert kind.parse(typed) == kept


@pytest.mark.parametrize("kind", VALUES, ids=lambda k: type(k).__name__)
@given(wire=st.none() | st.booleans() | st.integers() | st.text(st.characters(), max_size=20))
def test_any_wire_value_is_a_value_or_a_bad_value(kind, wire):
    try:
        kind.from_wire(wire)
    except BadValue as told:
        assert told.message.startswith("value.")


def test_what_the_office_accepted_is_not_cut_by_a_limit_of_typing():
    assert TextKind(max_length=5).from_wire("123456") == "123456"
    assert IntegerKind(0, 100).from_wire(101) == 101
    assert len(ChoiceKind(OPTIONS).from_wire("z" * 60)) == 60


def test_an_unknown_option_of_a_newer_program_is_kept():
    kind = ChoiceKind(OPTIONS)
    assert kind.format(kind.from_wire("z"), Language.ZH) == "z"


def test_money_is_shown_as_people_write_it():
    kind = MoneyKind()
    assert [kind.format(v, Language.ZH) for v in (10**10, 25_000_000, 123_456)] == ["1亿", "25万", "1,234.56元"]
    assert kind.format(25_000_000, Language.EN) == "250,000"
