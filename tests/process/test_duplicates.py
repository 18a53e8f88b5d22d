"""Which names of companies are one, and which are not."""

import pytest

from salesdesk.process.duplicates import Known, compare, core


@pytest.mark.parametrize(
    ("name", "rest"),
    [
        ("华源科技有限公司", "华源科技"),
        ("华源（苏州）科技有限公司", "华源科技"),
        ("苏州华源科技股份有限公司", "华源科技"),
        ("江苏省苏州华源科技有限责任公司", "华源科技"),
        ("華源科技有限公司", "华源科技"),
        ("华源科技集团有限公司", "华源科技"),
        ("Ｈｕａｙｕａｎ Co., Ltd.", "huayuan"),
        ("华源【新能源】科技", "华源新能源科技"),
        ("中国华源", "华源"),
        ("上海", "上海"),
        ("有限公司", "有限"),
        ("", ""),
    ],
)
def test_what_is_left_of_a_name(name, rest):
    assert core(name) == rest


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("华源科技有限公司", "华源科技股份有限公司", "same_name"),
        ("华源科技有限公司", "苏州華源科技有限公司", "same_name"),
        ("华源（苏州）科技有限公司", "华源科技", "same_name"),
        ("华源科技", "华源科技新能源", "similar_name"),
        ("华源科技有限公司", "华元科技有限公司", "same_sound"),
        ("华源科技有限公司", "立新制造有限公司", None),
        ("华源科技有限公司", "华兴科技有限公司", None),
        ("××科技有限公司", "××制造有限公司", None),
        ("××科技有限公司", "**科技有限公司", None),
        ("××科技有限公司", "××科技有限公司", "same_name"),
        ("○○科技有限公司", "□□科技有限公司", None),
        ("科技", "华源科技", None),
        ("", "", None),
        ("有限公司", "集团公司", None),
        ("<b>华源</b>", "华源", None),
    ],
)
def test_names(one, other, reason):
    assert compare(Known(one), Known(other)) == reason
    assert compare(Known(other), Known(one)) == reason


@pytest.mark.parametrize(
    ("mine", "its", "alike"),
    [
        ("138 0013 5678", "+86 138-0013-5678", True),
        ("１３８００１３５６７８", "13800135678", True),
        ("021-5588 7712", "02155887712", True),
        ("138××××5678", "138××××5678", False),
        ("110", "110", False),
        ("", "", False),
    ],
)
def test_telephone_numbers(mine, its, alike):
    assert (compare(Known("甲", phones=(mine,)), Known("乙", phones=(its,))) == "phone") is alike


def test_a_credit_code_is_the_surest():
    code = "91320500MA1ABCDE01"
    assert compare(Known("甲", code), Known("乙", code.lower())) == "credit_code"
    for nothing in (" ", "暂无", "91320500MA1XXXXX0X"):  # a masked one tells nothing
        assert compare(Known("甲", nothing), Known("乙", nothing)) is None
