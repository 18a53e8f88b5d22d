"""The price in a sentence: 150 and more that people write, each with the one right answer, or with none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesdesk.process.amounts import amount_in, price_in
from salesdesk.records.numerals import value

# The sentence, and the yuan that it names; None: no single price, so that nothing may be proposed.
SENTENCES = [
    ("1亿2000万元", 120_000_000),
    ("22万5000元", 225_000),
    ("22万5千元", 225_000),
    ("22万，含5000元培训费", 220_000),
    ("总价22万，分两期，每期11万", 220_000),
    ("年费22万，实施费3万", None),
    ("含税22.6万，不含税20万", 226_000),
    ("贰拾贰万元整", 220_000),
    ("二十二万", 220_000),
    ("22萬", 220_000),
    ("22w", 220_000),
    ("暂定22万", 220_000),
    ("价格（年费25万）", 250_000),
    ("希望降至20万", 200_000),
    ("1.5亿", 150_000_000),
    ("220,000元", 220_000),
    ("从25万降到22.5万元", 225_000),
    ("同意3期分期", None),
    ("降到22万，优惠3万", 220_000),
    ("22万（原价25万）", 220_000),
    ("原价25万，现22万", 220_000),
    ("22万，首付5万", 220_000),
    ("优惠了3万", None),
    ("22", None),
    ("", None),
    ("无", None),
    ("252万元（含税）", 2_520_000),
    ("20万/年", 200_000),
    ("22万/年，三年", None),
    ("25万优惠3万", None),
    ("优惠3万后22万", 220_000),
    ("22万，含税2.6万", None),
    ("22万（含税）", 220_000),
    ("22万，含税", 220_000),
    ("22万，不含税", None),
    ("不含税20万", None),
    ("20万，另加13%税", None),
    ("22万（不含税）", None),
    ("22.6万含税20万不含税", None),
    ("22万，税费另计", None),
    ("含13%税22.6万", 226_000),
    ("含税总价22.6万", 226_000),
    ("不含税20万（含税22.6万）", 226_000),
    ("22.6万（不含税20万）", 226_000),
    ("22万（大写：贰拾贰万元整）", 220_000),
    ("22万（大写：贰拾叁万元整）", None),
    ("220,000元（22万元）", 220_000),
    ("20-22万", None),
    ("20万至22万", None),
    ("20~22万元", None),
    ("20万或22万", None),
    ("不超过22万", None),
    ("22万以内", None),
    ("约22万", None),
    ("22万左右", None),
    ("至少20万", None),
    ("20多万", None),
    ("几十万", None),
    ("22万多", None),
    ("二十来万", None),
    ("三五万", None),
    ("千万不要低于22万", None),
    ("合计22万，软件18万，实施4万", 220_000),
    ("软件18万，实施4万，合计22万", 220_000),
    ("软件18万，实施5万，合计22万", None),
    ("软件18万，实施4万", None),
    ("22万，其中软件18万，实施4万", 220_000),
    ("22万（软件18万，实施4万）", 220_000),
    ("单价500元/人", None),
    ("每人500元，共22万", 220_000),
    ("22万，维护费2万/年", None),
    ("每月2万", None),
    ("每年22万（三年共66万）", 660_000),
    ("22000美元", None),
    ("$22万", None),
    ("22万美元", None),
    ("USD 220,000", None),
    ("RMB 220,000", 220_000),
    ("¥220,000.00", 220_000),
    ("人民币22万元整", 220_000),
    ("22万人民币", 220_000),
    ("报价25万，成交22万", 220_000),
    ("客户要20万，我方22万", None),
    ("不同意20万，同意22万", 220_000),
    ("不接受22万", None),
    ("总价25万降到22万", 220_000),
    ("25万→22万", 220_000),
    ("25万打9折", None),
    ("打9折后22.5万", 225_000),
    ("22万，送2万服务", 220_000),
    ("22万，逾期每天罚500元", 220_000),
    ("电话13800135678", None),
    ("13800135678", None),
    ("2026年", None),
    ("2026", None),
    ("5000人", None),
    ("10万人", None),
    ("220000", 220_000),
    ("8000", 8_000),
    ("0512-62881234", None),
    ("合同号2026001", None),
    ("5%", None),
    ("优惠5%", None),
    ("22万，预付30%", 220_000),
    ("22万一年", 220_000),
    ("22万3年", 220_000),
    ("二十二万一年", 220_000),
    ("二十二万一次性付清", 220_000),
    ("22万分两期付", 220_000),
    ("22万年费", 220_000),
    ("２２万元", 220_000),
    ("22 万元", 220_000),
    ("1 亿 2000 万元", 120_000_000),
    ("一亿二", 120_000_000),
    ("一亿二含税", 120_000_000),
    ("22万5", 225_000),
    ("22万5元", None),
    ("22万50", None),
    ("1,5万", None),
    ("1234,50元", None),
    ("22万五千元", None),
    ("三百万零五千元", 3_005_000),
    ("伍佰万元整", 5_000_000),
    ("3角", None),
    ("22万元5角", 220_000.5),
    ("12.345元", None),
    ("一次性付清22万", 220_000),
    ("首付5万，尾款17万", None),
    ("两期各11万", None),
    ("签约后付11万，验收后付11万", None),
    ("最终22万，培训费3万", None),
    ("培训费3万，软件降到22万", None),
    ("价税合计22.6万", 226_000),
    ("税额2.6万，含税22.6万", 226_000),
    ("22万元起", None),
    ("22万封顶", None),
    ("0.22 million", None),
    ("2200 million", None),
    ("220k", 220_000),
    ("客户预算20万，成交22万", 220_000),
    ("22万送货上门", 220_000),
    ("HT-202611-001 22万", 220_000),
    ("22万，30天内付清", 220_000),
    ("22万，质保金1万", 220_000),
    ("22万元（含培训）", 220_000),
]


@pytest.mark.parametrize(("sentence", "yuan"), SENTENCES)
def test_the_price_of_a_sentence(sentence, yuan):
    assert amount_in(sentence) == (None if yuan is None else round(yuan * 100))


def test_the_table_is_long_enough():
    assert len({sentence for sentence, _ in SENTENCES}) == len(SENTENCES) >= 145


@pytest.mark.parametrize(
    ("sentence", "low", "high"),
    [
        ("20-22万", 20, 22),
        ("20万至22万", 20, 22),
        ("不超过22万", None, 22),
        ("22万以内", None, 22),
        ("至少20万", 20, None),
        ("22万以上", 22, None),
        ("约22万", None, None),
        ("年费22万，实施费3万", None, None),
    ],
)
def test_bounds_are_kept_for_the_limits(sentence, low, high):
    wan = 1_000_000
    found = price_in(sentence)
    assert (found.low, found.high) == (low and low * wan, high and high * wan)
    assert found.figures


@pytest.mark.parametrize("sentence", ["同意", "按上次报价", "2026年", "5%", "三期", "13800135678", ""])
def test_a_sentence_without_money_has_no_figures(sentence):
    assert not price_in(sentence).figures


@pytest.mark.parametrize(
    ("sentence", "more"),
    [
        ("22万", False),
        ("从25万降到22万", False),
        ("22万（含税）", True),
        ("22万，含5000元培训费", True),
        ("年费22万", True),
    ],
)
def test_what_a_number_alone_would_lose_is_told(sentence, more):
    assert price_in(sentence).qualified is more


_CHINESE = "零一二三四五六七八九"


def spelt(number: int) -> str:
    """A whole number below 10,000 as it is read aloud."""
    said, gap = "", False
    for place, unit in enumerate(("千", "百", "十", "")):
        digit = number // 10 ** (3 - place) % 10
        if digit:
            said += ("零" if gap and said else "") + _CHINESE[digit] + unit
        gap = not digit
    return said


@given(st.integers(1, 9999), st.integers(1, 9999))
def test_numbers_in_chinese_and_mixed_are_read_as_they_are_said(upper, lower):
    zero = "零" if lower < 1000 else ""
    assert value(f"{spelt(upper)}万{zero}{spelt(lower)}") == upper * 10_000 + lower
    assert value(f"{upper}亿{lower}万") == upper * 10**8 + lower * 10**4
    assert value(f"{upper}万{zero}{lower}") in {upper * 10_000 + lower, None if lower < 100 else -1}


@given(
    st.text(
        alphabet="0123456789.,，万亿千百十一二两元角分含税不约到-（）、；年月日期天个费总价优惠降¥$ wk%", max_size=40
    )
)
def test_nothing_typed_breaks_it(sentence):
    found = price_in(sentence)
    assert found.amount is None or 0 <= found.amount <= 10**17


def test_a_text_of_any_length_is_answered():
    assert price_in("22万，" * 50_000).amount is None
