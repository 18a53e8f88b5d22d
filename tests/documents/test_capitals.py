"""Amounts in capitals, by the examples of 支付结算办法."""

import pytest

from salesdesk.documents.capitals import capitals, counted


@pytest.mark.parametrize(
    ("fen", "said"),
    [
        (0, "零元整"),
        (5, "伍分"),
        (50, "伍角整"),
        (55, "伍角伍分"),
        (1000, "壹拾元整"),
        (140950, "壹仟肆佰零玖元伍角整"),
        (600714, "陆仟零柒元壹角肆分"),
        (168032, "壹仟陆佰捌拾元叁角贰分"),
        (10700053, "壹拾万柒仟元伍角叁分"),
        (1640902, "壹万陆仟肆佰零玖元零贰分"),
        (32504, "叁佰贰拾伍元零肆分"),
        (22_000_000, "贰拾贰万元整"),
        (100_000_500, "壹佰万零伍元整"),
        (100_000_000_100, "壹拾亿零壹元整"),
        (100_001_000_000, "壹拾亿零壹万元整"),
        (1_002_003_00, "壹佰万贰仟零叁元整"),
        (10**17, "壹仟万亿元整"),
        (-500, "负伍元整"),
    ],
)
def test_amounts_read_as_on_a_contract(fen, said):
    assert capitals(fen) == said


def test_articles_are_counted():
    assert [counted(n) for n in (1, 9, 10, 11, 20, 21, 99)] == ["一", "九", "十", "十一", "二十", "二十一", "九十九"]
