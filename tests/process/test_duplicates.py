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
        ("北京银行股份有限公司", "上海银行股份有限公司", None),
        ("北京银行", "北京银行股份有限公司", "same_name"),
        ("中国银行", "杭州银行", None),
        ("苏州大学", "杭州大学", None),
        ("苏州大学", "宿州大学", None),
        ("苏州大学", "苏州大学附属第一医院", None),
        ("江苏省人民医院", "浙江省人民医院", None),
        ("南京市第一人民医院", "南京第一人民医院", "same_name"),
        ("南京第一人民医院", "南京第二人民医院", None),
        ("江苏省电力有限公司", "浙江省电力有限公司", None),
        ("苏州交通投资集团有限公司", "杭州市交通投资集团有限公司", None),
        ("上海市公安局", "北京市公安局", None),
        ("深圳地铁集团", "广州地铁集团", None),
        ("工商银行（苏州）", "工商银行（杭州）", None),
        ("上海机床厂有限公司", "北京机床厂有限公司", None),
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
        ("+86 512 62881234", "0512-62881234", True),
        ("+86 0512 62881234", "0512 6288 1234", True),
        ("0086-10-62881234", "010-62881234", True),
        ("0512-62881234转8001", "051262881234", True),
        ("0512-62881234-8001", "+86 512 62881234 ext. 8002", True),
        ("13800135678/0512-62881234", "0512-62881234", True),
        ("13800135678、13900135678", "139 0013 5678", True),
        ("13800135678 13900135678", "+86 13900135678", True),
        ("400-820-8820", "+86 400 820 8820", True),
        ("0512-62881234/35", "0512-62881235", False),
        ("0512-62881234", "010-62881234", False),
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
