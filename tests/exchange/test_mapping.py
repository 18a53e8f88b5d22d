"""Which column is what, by the headings of the programs that people come from."""

import json

import pytest

from salesdesk.errors import BadValue
from salesdesk.exchange import mapping, presets, values
from salesdesk.exchange.mapping import Mapping, targets
from salesdesk.exchange.presets import KEPT, PRESETS, SIZE
from salesdesk.records.contract import Contract
from salesdesk.records.field import field
from salesdesk.records.kinds import ChoiceKind, MomentKind, TimeKind
from salesdesk.records.language import Language
from salesdesk.records.prospecting import Customer
from salesdesk.records.registry import fields_of

EXPORTS = {
    "WuKong customers": (
        "客户名称,客户来源,手机,电话,网址,客户行业,客户级别,下次联系时间,备注,详细地址,负责人,创建人,创建时间,更新时间",
        [
            *("name", "source", "contact.phone", KEPT, KEPT, "industry", "grade", "follow_up_on"),
            *("need", KEPT, "owner", KEPT, KEPT, "-"),
        ],
    ),
    "WuKong leads": (
        "线索名称,线索来源,手机,邮箱,地址,备注,负责人",
        ["name", "source", "contact.phone", "contact.email", KEPT, "need", "owner"],
    ),
    "Cordys": (
        "客户名称,负责人,客户规模,联系人,联系电话,省市区,创建人",
        ["name", "owner", SIZE, "contact.name", "contact.phone", KEPT, KEPT],
    ),
    "SuiteCRM by column": (
        "name,id,website,phone_office,phone_alternate,billing_address_city,billing_address_state,date_entered",
        ["name", "-", KEPT, "contact.phone", KEPT, "city", "province", KEPT],
    ),
    "SuiteCRM leads": (
        "First Name,Last Name,Account Name,Title,Office Phone,Email Address,Billing City,Lead Source",
        [
            "contact.name",
            "contact.name",
            "name",
            "contact.position",
            "contact.phone",
            "contact.email",
            "city",
            "source",
        ],
    ),
    "EspoCRM": (
        "Name,Website,Email,Phone,Type,Industry,Billing Address City,Assigned User,Created By,Description",
        ["name", KEPT, "contact.email", "contact.phone", "-", "industry", "city", "owner", KEPT, "need"],
    ),
    "Odoo": (
        "Name,Phone,Mobile,Email,City,State,Salesperson,Tax ID,Created on",
        ["name", "contact.phone", KEPT, "contact.email", "city", "province", "owner", "credit_code", KEPT],
    ),
    "Odoo people": ("Complete Name,Company Name,Email", ["contact.name", "name", "contact.email"]),
}


@pytest.mark.parametrize(("header", "expected"), EXPORTS.values(), ids=EXPORTS.keys())
def test_exports_of_other_programs(header, expected):
    names = header.split(",")
    found = mapping.guess(Customer, [names, ["x"] * len(names)])
    assert [found.columns.get(place, "-") for place in range(len(names))] == expected


def test_full_width_brackets_and_units_do_not_hide_a_heading():
    found = mapping.guess(Customer, [["＊客户名称＊", "员工人数(人)", "年营收（万元）", " E-MAIL "]])
    assert list(found.columns.values()) == ["name", "employees", "revenue", "contact.email"]


def test_headings_in_two_languages_are_both_headings():
    rows = [
        ["客户一览", "", ""],
        ["客户名称", "城市", "跟进人"],
        ["Customer", "City", "Followed up by"],
        ["华源", "苏州", "李"],
    ]
    found = mapping.guess(Customer, rows)
    assert (found.header, found.below, found.first) == (1, 1, 3)


def test_a_row_of_data_that_looks_like_one_heading_stays_data():
    found = mapping.guess(Customer, [["客户名称", "城市", "跟进人"], ["公司", "苏州", "李"]])
    assert found.first == 1


def test_a_row_of_data_with_two_words_of_headings_stays_data():
    head = ["客户名称", "备注", "地址", "城市", "跟进人"]
    assert mapping.guess(Customer, [head, ["华源", "备注", "地址", "苏州", "李"]]).first == 1


WIDE = ["客户名称", *(f"列{n}" for n in range(9)), "备忘", "负责人"]


@pytest.mark.parametrize(
    ("rows", "header"),
    [
        ([["客户名称", "城市", ""], ["华源", "", ""], ["立新", "苏州", ""]], 0),
        ([["客户名称", "城市", "", ""], ["华源", "苏州", "", "电话打不通"], ["立新", "", "", ""]], 0),
        ([["", "", "客户名称", "城市"], ["", "", "华源", ""], ["", "", "立新", "苏州"]], 0),
        ([["客户名称"], ["华源", "", "", ""], ["立新", "", ""]], 0),
        ([WIDE, ["华源", *[""] * 11], ["立新", *[""] * 9, "急", ""], ["销售", *[""] * 9, "备注", "李"]], 0),
        ([["甲方", "大小", "岗位", "说明", "谁"], ["华源", "3", "销售", "备注", "李"]], 0),
        ([["客户名称", "大小", "岗位"], ["华源", "销售", "备注"]], 0),
        ([["客户名称", "备注", "地址"], ["华源", "备注", "地址"]], 0),
        ([["制表：", "销售部", "负责人", "李", ""], ["", ""], ["客户名称", "城市", "大小", "电话"], ["华源"]], 2),
        ([["公司：", "甲", "部门：", "销售", "日期：", "年"], ["公司", "大小", "城市", "电话", "编号", "岗位"]], 1),
        ([["客户：", "集团"], ["公司", "大小", "城市"], ["华源", "3", "苏州"]], 1),
        ([["客户一览", "", ""], ["客户名称", "", ""], ["华源", "", ""]], 1),
    ],
)
def test_a_blank_heading_is_none_and_data_is_no_heading(rows, header):
    found = mapping.guess(Customer, rows)
    assert (found.header, found.first) == (header, header + 1)
    assert not [place for place in found.columns if not rows[header][place]]


def test_a_mapping_is_said_by_hand_and_kept_as_json():
    said = Mapping(2, {0: "name", 1: "city", 2: KEPT}, below=1).choose(3, "city").choose(4, KEPT).choose(0, "")
    assert said == Mapping(2, {2: KEPT, 3: "city", 4: KEPT}, below=1)
    assert Mapping(2, below=1).with_kept(json.loads(json.dumps(said.to_json()))) == said


@pytest.mark.parametrize(
    ("text", "grade"),
    [("B类", "B"), ("a", "A"), ("A（重点客户）", "A"), ("Ｃ级", "C"), ("Active", ""), ("Converted", ""), ("", "")],
)
def test_only_a_grade_is_a_grade(text, grade):
    assert values.grade(text) == grade


def test_names_in_two_columns_are_put_together():
    assert values.full_name([("First Name", "John"), ("Last Name", "Smith")]) == "John Smith"
    assert values.full_name([("first_name", "𬭎"), ("last_name", "张")]) == "张𬭎"
    assert values.full_name([("姓", "张"), ("名", "伟")]) == "张伟"


def test_times_come_with_their_seconds():
    def declared(kind):
        return field("时", "Time", kind).column.info["salesdesk.field"]

    assert values.value(declared(TimeKind()), "09:30:15").isoformat() == "09:30:00"
    moment = values.value(declared(MomentKind()), "2024-03-15T09:30:15")
    assert moment.astimezone().isoformat()[:16] == "2024-03-15T09:30"


@pytest.mark.parametrize(
    ("header", "yuan"),
    [
        ("合同金额（元）", 3),
        ("合同金额（万元）", 30_000),
        ("年营收（亿元）", 300_000_000),
        ("年營收（億元）", 300_000_000),
        ("年营收(万)", 30_000),
        ("金额/百万元", 3_000_000),
        ("金额（千元）", 3_000),
        ("万科合同额（元）", 3),
        ("Amount (10,000 yuan)", 30_000),
        ("Amount (10k RMB)", 30_000),
        ("Revenue (million RMB)", 3_000_000),
        ("Price CNY", 3),
        ("Price", None),
        ("万科合同额", None),
    ],
)
def test_a_heading_says_what_a_bare_amount_means(header, yuan):
    unit = values.unit_of(header)
    assert unit == (yuan or 0) // 3
    for form, name in ((Customer, "revenue"), (Contract, "amount")):
        declared = fields_of(form)[name]
        assert values.value(declared, "3万元", unit) == 30_000_00
        if yuan:
            assert values.value(declared, "3", unit) == yuan * 100
        else:
            with pytest.raises(BadValue, match="import.no_unit"):
                values.value(declared, "3", unit)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1,000人/1亿", {"employees": 1000, "revenue": 10**10}),
        ("１，０００人，2亿", {"employees": 1000, "revenue": 2 * 10**10}),
        ("1,000", {"employees": 1000}),
        ("1,234,567/3,000万", {"employees": 1_234_567, "revenue": 3 * 10**9}),
        ("200人,500万", {"employees": 200, "revenue": 5 * 10**8}),
        ("200/3000", {"employees": 200, "revenue": 3 * 10**9}),
    ],
)
def test_the_comma_of_a_thousand_divides_no_size(text, expected):
    assert values.size(text, values.unit_of("规模（人数/营收万元）")) == expected


@pytest.mark.parametrize("text", ["200,1亿", "12,34万", "1234,50", "200人/300人", "1亿/2亿"])
def test_a_size_that_can_be_read_in_two_ways_is_none(text):
    with pytest.raises(BadValue):
        values.size(text, 10_000)


RECOGNISED = {
    "WuKong customers": "WuKong CRM",
    "WuKong leads": "WuKong CRM",
    "Cordys": "Cordys CRM",
    "SuiteCRM by column": "SuiteCRM",
    "SuiteCRM leads": "SuiteCRM",
    "EspoCRM": "EspoCRM",
    "Odoo": "Odoo",
    "Odoo people": None,  # one heading alone tells no program
}


@pytest.mark.parametrize("name", EXPORTS)
def test_the_program_is_told_by_its_headings(name):
    found = presets.recognised([EXPORTS[name][0].split(",")])
    assert (found.name if found else None) == RECOGNISED[name]


def test_our_own_table_is_no_other_program():
    for language in Language:
        assert presets.recognised([[target.label for target in targets(Customer, language)]]) is None


def test_presets_name_places_and_choices_that_there_are():
    places = {target.key for target in targets(Customer, Language.ZH)}
    assert {key for preset in PRESETS for key in preset.columns.values()} <= places
    for name, words in presets.WORDS.items():
        kind = fields_of(Customer)[name].kind
        assert isinstance(kind, ChoiceKind)
        assert set(words.values()) <= {option.value for option in kind.options}


def test_a_preset_says_what_the_programs_own_headings_are():
    header = ["Name", "Office Phone", "Mobile", "Billing State"]
    found = mapping.guess(Customer, [header], presets.named("SuiteCRM")).columns
    assert [found[place] for place in range(4)] == ["name", KEPT, "contact.phone", "province"]


LISTS = [
    (
        "天眼查",
        "公司名称,经营状态,法定代表人,所属省份,所属城市,公司类型,统一社会信用代码,所属行业,电话,更多电话,邮箱",
        [
            "name",
            KEPT,
            KEPT,
            "province",
            "city",
            KEPT,
            "credit_code",
            "industry",
            "contact.phone",
            KEPT,
            "contact.email",
        ],
    ),
    (
        "Google Contacts",
        "First Name,Last Name,Organization Name,Organization Title,E-mail 1 - Value,Phone 1 - Value,Phone 2 - Value",
        ["contact.name", "contact.name", "name", "contact.position", "contact.email", "contact.phone", KEPT],
    ),
    (
        "Google Contacts",
        "Name,Given Name,Family Name,Group Membership,E-mail 1 - Value,Phone 1 - Value,Organization 1 - Name",
        ["-", "contact.name", "contact.name", "-", "contact.email", "contact.phone", "name"],
    ),
    (
        "Outlook",
        "First Name,Last Name,Title,Company,Job Title,Business Phone,Mobile Phone,E-mail Address",
        ["contact.name", "contact.name", KEPT, "name", "contact.position", KEPT, "contact.phone", "contact.email"],
    ),
    (
        "Outlook",
        "名,姓,称谓,单位,职务,商务电话,移动电话,电子邮件地址",
        ["contact.name", "contact.name", KEPT, "name", "contact.position", KEPT, "contact.phone", "contact.email"],
    ),
    (
        "Frappe / ERPNext",
        "ID,First Name,Last Name,Company Name,Designation,Email Address,Mobile No,Phone",
        ["-", "contact.name", "contact.name", "name", "contact.position", "contact.email", "contact.phone", KEPT],
    ),
    (
        "用友",
        "客户编码,客户名称,所属分类码,税号,专管业务员名称,电话,联系人,手机",
        [KEPT, "name", KEPT, "credit_code", "owner", "contact.phone", "contact.name", KEPT],
    ),
    (
        "金蝶",
        "编码,名称,创建组织,客户类别,销售员,纳税登记号,联系人,移动电话,固定电话,电子邮箱",
        [KEPT, "name", KEPT, KEPT, "owner", "credit_code", "contact.name", "contact.phone", KEPT, "contact.email"],
    ),
]


@pytest.mark.parametrize(("program", "header", "expected"), LISTS)
def test_registers_address_books_and_ledgers_are_known_by_name(program, header, expected):
    names = header.split(",")
    found = presets.recognised([names])
    assert found is not None
    assert found.name == program
    columns = mapping.guess(Customer, [names, ["x"] * len(names)], found).columns
    assert [columns.get(place, "-") for place in range(len(names))] == expected
