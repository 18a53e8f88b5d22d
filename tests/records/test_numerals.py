"""What stands alone in a field or a cell; `tests/process/test_amounts.py` reads whole sentences by the same grammar."""

from decimal import Decimal

import pytest

from salesdesk.process.amounts import amount_in
from salesdesk.records.numerals import compact, has_odd_comma, number


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("1,234.5", "1234.5"),
        ("17 500", "17500"),
        ("零", "0"),
        ("十二", "12"),
        ("贰拾贰万", "220000"),
        ("二十二萬五千", "225000"),
        ("22万5000", "225000"),
        ("1.5百万", "1500000"),
        ("一万二", "12000"),
        ("一万零二", "10002"),
        ("一百十", "110"),
        ("一亿二", "120000000"),
        ("22W", "220000"),
    ],
)
def test_one_number_is_read(said, meant):
    assert number(compact(said)) == Decimal(meant)


@pytest.mark.parametrize(
    "said", ["", "22万5", "22万500", "12,34", "五百二万", "百", "零五", "一万零", "十零万", "1.5万五"]
)
def test_what_is_none_or_may_be_two_is_not_guessed(said):
    assert number(compact(said)) is None


def test_a_field_and_a_sentence_know_the_same_numbers():
    for said in ("二十二萬五千", "贰拾贰万", "1.5百万", "22w"):
        assert amount_in(f"总价{said}元") == number(compact(said)) * 100
    assert amount_in("总价五百二万元") is None


def test_a_comma_that_divides_no_thousands():
    assert has_odd_comma("1234,50")
    assert not has_odd_comma("1,234")
