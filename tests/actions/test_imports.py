"""What an import does to a workspace, and that one undo takes all of it back."""

import csv

import pytest

from salesdesk.actions import forms, history, imports
from salesdesk.errors import UserError
from salesdesk.exchange import mapping, presets, sheets_in
from salesdesk.records.language import Language
from salesdesk.records.prospecting import Contact, Customer
from salesdesk.records.registry import form_named
from salesdesk.records.work import Opportunity, Task
from salesdesk.store import queries, search


def table(path, *rows):
    with path.open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def look(workspace, path, entity="customer"):
    rows = sheets_in.read(path).rows
    chosen = mapping.guess(form_named(entity), rows, presets.recognised(rows[:1]))
    return imports.preview(workspace, entity, rows, chosen, Language.ZH)


def stands(workspace):
    """All that a person sees, and can find."""
    with workspace.reading() as session:
        seen = [
            sorted((one.id, str(one.wire()), one.deleted_at) for one in queries.listed(session, form, limit=10_000))
            for form in (Customer, Contact, Opportunity, Task)
        ]
        return seen, [hit.record_id for hit in search.find(session, "华源")]


@pytest.fixture
def customer(workspace):
    sheet = forms.new(workspace, "customer")
    rows = {"contact": [forms.RowValues("", {"name": "张伟", "phone": "+86 138-0013-5678"})]}
    code = "91320500MA1X2Y3A4X"
    return forms.save(workspace, sheet, {"name": "苏州华源科技有限公司", "credit_code": code}, rows).record


def test_one_undo_brings_the_workspace_back(workspace, customer, tmp_path):
    before = stands(workspace)
    found = look(workspace, table(tmp_path / "a.csv", ["客户名称", "联系人"], ["华源新材料", "王𬭎"], ["𠮷田", ""]))
    assert imports.carry_out(workspace, found) == 2
    assert stands(workspace) != before
    history.undo(workspace, *history.last_action(workspace))
    assert stands(workspace) == before


@pytest.mark.parametrize(
    ("name", "phone", "code", "reason"),
    [
        ("华源科技", "", "", "same_name"),
        ("華源（蘇州）科技股份有限公司", "", "", "same_name"),
        ("改名了的公司", "0086 13800135678", "", "phone"),
        ("华源科技集团", "", "91320500ma1x2y3a4x", "credit_code"),
        ("改名了的公司", "", "91320500ma1x2y3a4x", "other_name"),
        ("立新制造", "13900135678", "91320500MA1X2Y3A51", ""),
    ],
)
def test_a_customer_is_known_by_name_telephone_and_code(workspace, customer, tmp_path, name, phone, code, reason):
    head = ["客户名称", "联系方式", "统一社会信用代码"]
    (row,) = look(workspace, table(tmp_path / "a.csv", head, [name, phone, code])).rows
    assert (row.same_by, row.same_as) == (reason, customer.name if reason else "")


def test_the_same_telephone_twice_in_one_file_is_told(workspace, tmp_path):
    head = ["客户名称", "联系方式"]
    path = table(tmp_path / "a.csv", head, ["甲方实业", "13800135678"], ["乙方实业", "138 0013 5678"])
    assert [(row.same_as, row.same_by) for row in look(workspace, path).rows] == [("", ""), ("甲方实业", "phone")]


def test_two_masked_names_are_not_taken_for_one(workspace, tmp_path):
    path = table(
        tmp_path / "a.csv", ["客户名称", "城市"], ["××科技有限公司", "a"], ["××科技集团", "b"], ["××科技集团", "c"]
    )
    assert [row.same_as for row in look(workspace, path).rows] == ["", "", "××科技集团"]


def test_author_date_and_second_telephone_are_kept_in_the_description(workspace, tmp_path):
    head = ["客户名称", "手机", "电话", "备注", "创建人", "创建时间", "客户来源"]
    path = table(
        tmp_path / "a.csv", head, ["立新", "13800135678", "0512-1234567", "平台", "王五", "2021-05-06", "电梯"]
    )
    values = look(workspace, path).rows[0].values
    assert values["need"] == "平台\n电话：0512-1234567\n创建人：王五\n创建时间：2021-05-06\n信息来源：电梯"
    assert (values["contact.phone"], values["source"]) == ("13800135678", "other")


def test_a_word_of_status_is_no_grade(workspace, tmp_path):
    head = ["Name", "Status", "City"]
    rows = look(workspace, table(tmp_path / "a.csv", head, ["Acme", "Converted", "x"], ["Bolt", "B类", "y"])).rows
    assert [row.values.get("grade") for row in rows] == [None, "B"]
    assert rows[0].values["need"] == "跟进状态：Converted"


def test_a_person_in_two_columns_is_one_contact(workspace, tmp_path):
    head = ["First Name", "Last Name", "Account Name"]
    imports.carry_out(workspace, look(workspace, table(tmp_path / "a.csv", head, ["John", "Smith", "Acme"])))
    with workspace.reading() as session:
        assert [one.name for one in queries.listed(session, Contact)] == ["John Smith"]


def test_the_remark_of_a_task_is_its_own(workspace, tmp_path):
    path = table(tmp_path / "a.csv", ["待办事项", "到期日", "备注"], ["打电话", "2026.12.1", "先问采购"])
    imports.carry_out(workspace, look(workspace, path, "task"))
    with workspace.reading() as session:
        assert [(one.subject, one.remark) for one in queries.listed(session, Task)] == [("打电话", "先问采购")]


def people_of(workspace):
    with workspace.reading() as session:
        named = {one.id: one.name for one in queries.listed(session, Customer)}
        return sorted((named[one.customer_id], one.name, one.phone) for one in queries.listed(session, Contact))


def test_an_import_that_cannot_be_taken_back_names_what_was_changed_since(workspace, tmp_path):
    imports.carry_out(
        workspace, look(workspace, table(tmp_path / "a.csv", ["客户名称", "城市"], ["甲", ""], ["乙", ""]))
    )
    taken = history.last_action(workspace)
    with workspace.changing("test") as changes:
        next(one for one in queries.listed(changes.session, Customer) if one.name == "乙").city = "苏州"
    with pytest.raises(UserError) as refused:
        history.undo(workspace, *taken)
    assert (refused.value.message, refused.value.params["name"]) == ("history.this_changed_since", "乙")


def test_several_people_of_one_customer_come_in_with_it(workspace, tmp_path):
    head = ["客户名称", "联系人", "联系方式", "城市", "需求描述"]
    rows = (
        ["立新制造有限公司", "张伟", "13800135678", "", "库存"],
        ["立新 制造有限公司", "李娜", "13800135679", "苏州", "报表"],
    )
    found = look(workspace, table(tmp_path / "a.csv", head, *rows, rows[1]))
    assert [(row.choice, row.same_row) for row in found.rows] == [("new", 0), ("fill", 2), ("fill", 2)]
    assert found.doubles() == []
    assert imports.carry_out(workspace, found) == 3
    assert people_of(workspace) == [
        ("立新制造有限公司", "张伟", "13800135678"),
        ("立新制造有限公司", "李娜", "13800135679"),
    ]
    with workspace.reading() as session:
        (one,) = queries.listed(session, Customer)
        assert (one.city, one.need) == ("苏州", "库存\n报表")
        assert len(queries.listed(session, Opportunity)) == 1


def test_what_a_row_says_otherwise_than_one_further_up_is_kept(workspace, tmp_path):
    head = [
        "客户名称",
        "省份",
        "城市",
        "员工人数",
        "年营收",
        "客户等级",
        "跟进人",
        "下次跟进时间",
        "联系人",
        "职务",
        "备注",
    ]
    rows = (
        ["立新制造", "", "苏州", "200人", "", "A", "李伟", "2026-12-01", "张伟", "经理", "急"],
        ["立新 制造", "浙江", "杭州", "300人", "1亿", "A", "王五", "2026-12-05", "张伟", "总监", "急"],
        ["立新制造", "", "苏州", "200", "", "", "", "", "张伟", "经理", ""],
    )
    imports.carry_out(workspace, look(workspace, table(tmp_path / "a.csv", head, *rows)))
    with workspace.reading() as session:
        (one,) = queries.listed(session, Customer)
        assert (one.city, one.province, one.employees, one.revenue, one.owner) == ("苏州", "", 200, 10**10, "李伟")
        differing = ["员工人数：300人", "省份：浙江", "城市：杭州", "跟进人：王五", "下次跟进时间：2026-12-05"]
        assert one.need.splitlines() == ["急", *differing, "张伟 职务：总监"]
        assert [person.position for person in queries.listed(session, Contact)] == ["经理"]


def test_a_word_that_is_no_choice_of_another_form_is_told(workspace, tmp_path):
    path = table(tmp_path / "a.csv", ["案例客户", "所属行业"], ["立新", "新能源汽车"], ["海岳", "制造业"])
    first, second = look(workspace, path, "case_study").rows
    assert [(one.label, one.message) for one in first.problems] == [("所属行业", "value.not_an_option")]
    assert (second.problems, second.values["industry"]) == ([], "manufacturing")


def test_who_is_there_is_left_out_filled_or_kept_as_another(workspace, customer, tmp_path):
    head = ["客户名称", "统一社会信用代码", "城市", "联系人", "联系方式", "邮箱"]
    path = table(
        tmp_path / "a.csv", head, ["华源科技", "", "苏州", "张伟", "", "a@b.cn"], ["华源", "X1", "", "王芳", "", ""]
    )
    found = look(workspace, path)
    assert [row.choice for row in found.rows] == ["out", "new"]
    found.rows[0].choice = imports.Choice.FILL
    imports.carry_out(workspace, found)
    with workspace.reading() as session:
        filled = session.get(Customer, customer.id)
        assert (filled.city, filled.credit_code) == ("苏州", "91320500MA1X2Y3A4X")
        assert {(one.name, one.email) for one in queries.listed(session, Contact)} == {("张伟", "a@b.cn"), ("王芳", "")}
    again = look(workspace, path)
    for row in again.rows:
        row.choice = imports.Choice.NEW
    assert imports.carry_out(workspace, again) == 2
    with workspace.reading() as session:
        assert len(queries.listed(session, Customer)) == 4


def test_a_table_of_another_form_taken_in_twice_is_told(workspace, tmp_path):
    path = table(tmp_path / "a.csv", ["待办事项", "到期日"], ["打电话", "2026-12-01"], ["打电话", "2026-12-02"])
    imports.carry_out(workspace, look(workspace, path, "task"))
    assert [(row.same_as, row.choice) for row in look(workspace, path, "task").rows] == [("打电话", "out")] * 2


def test_a_link_goes_only_to_a_customer_who_is_spelt_alike(workspace, customer, tmp_path):
    head = ["客户名称", "客户反馈"]
    rows = ["北京华源科技有限公司", "蘇州 華源科技有限公司", "没有的公司"]
    alike, same, nobody = look(
        workspace, table(tmp_path / "a.csv", head, *([name, "好"] for name in rows)), "visit"
    ).rows
    assert [(one.message, one.params) for one in alike.problems[:1]] == [
        ("import.only_one_alike", {"name": "北京华源科技有限公司", "alike": "苏州华源科技有限公司"})
    ]
    assert same.values["customer_id"] == customer.id
    assert nobody.problems[0].message == "import.no_such_customer"


def test_a_record_without_its_title_that_is_there_already_is_told(workspace, customer, tmp_path):
    row = [customer.name, "100万", "2026-12-01"]
    path = table(tmp_path / "a.csv", ["客户名称", "成交价格", "确认日期"], row, row)
    first, second = look(workspace, path, "negotiation_result").rows
    assert (first.same_as, second.same_as, second.choice) == ("", customer.name, "out")
    imports.carry_out(workspace, look(workspace, path, "negotiation_result"))
    assert [row.choice for row in look(workspace, path, "negotiation_result").rows] == ["out", "out"]


def test_words_of_other_programs_become_choices(workspace, tmp_path):
    head = ["Name", "Industry", "Lead Source", "Status"]
    path = table(
        tmp_path / "a.csv", head, ["A", "Banking", "Trade Show", "In Process"], ["B", "Energy", "Cold Call", "New"]
    )
    first, second = (row.values for row in look(workspace, path).rows)
    assert (first["industry"], first["source"], first["status"]) == ("finance", "fair", "active")
    assert "need" not in first
    assert (second["industry"], second["source"], second["status"]) == ("other", "other", "new")
    assert second["need"] == "所属行业：Energy\n信息来源：Cold Call"


def test_a_company_and_its_people_in_one_column_are_told_apart(workspace, tmp_path):
    head = ["Complete Name", "Related Company", "Phone", "Salesperson", "Tax ID"]
    rows = [
        ["Bolt", "", "021-1234567", "M", ""],
        ["Bolt, Li Lei", "Bolt", "13800135678", "M", ""],
        ["", "Nut", "", "M", ""],
    ]
    found = look(workspace, table(tmp_path / "a.csv", head, *rows))
    assert [row.choice for row in found.rows] == ["new", "fill", "new"]
    imports.carry_out(workspace, found)
    assert people_of(workspace) == [("Bolt", "", "021-1234567"), ("Bolt", "Li Lei", "13800135678")]


def test_a_size_as_a_range_is_kept_as_it_stands(workspace, tmp_path):
    path = table(tmp_path / "a.csv", ["客户名称", "公司规模", "备注"], ["立新", "100-200人", "急"])
    (row,) = look(workspace, path).rows
    assert not row.problems
    assert row.values["need"] == "急\n企业规模（员工人数/年营收）：100-200人"


def test_a_row_like_one_that_is_there_is_asked_about_too(workspace, customer, tmp_path):
    head = ["客户名称", "联系人", "联系方式"]
    rows = [["改名了的公司", "张伟", "13800135678"], ["改名了的公司", "王芳", ""]]
    found = look(workspace, table(tmp_path / "a.csv", head, *rows))
    assert [(row.choice, row.same_as) for row in found.rows] == [("out", customer.name)] * 2
    for row in found.rows:
        row.choice = imports.Choice.FILL
    imports.carry_out(workspace, found)
    assert [name for _, name, _ in people_of(workspace)] == ["张伟", "王芳"]


def test_a_customer_who_went_into_the_bin_since_the_preview_comes_in_anew(workspace, customer, tmp_path):
    found = look(workspace, table(tmp_path / "a.csv", ["客户名称", "城市"], [customer.name, "苏州"]))
    found.rows[0].choice = imports.Choice.FILL
    with workspace.changing("test") as changes:
        changes.delete(changes.get(Customer, customer.id))
    imports.carry_out(workspace, found)
    with workspace.reading() as session:
        assert [one.city for one in queries.listed(session, Customer)] == ["苏州"]


def test_what_goes_into_the_description_is_cleaned_and_has_its_limit(workspace):
    rows = [["客户名称", "网址", "备注"], ["立新", "a\x00b\x0bc", "一"], ["新朋", "x" * 100_001, ""]]
    kept, refused = imports.preview(workspace, "customer", rows, mapping.guess(Customer, rows), Language.EN).rows
    assert kept.values["need"] == "一\n网址：abc"
    assert [(one.label, one.message) for one in refused.problems] == [
        ("First description of the need", "value.too_long")
    ]


def test_a_row_that_failed_is_told_by_its_number_below_a_title_and_two_headings(workspace, tmp_path):
    rows = [
        ["客户一览"],
        ["制表：", "销售部", "2026年"],
        ["客户名称", "下次跟进时间", "城市"],
        ["Customer", "Next follow-up", "City"],
        ["华源", "2026-12-01", "苏州"],
        [],
        ["立新\n制造", "明天", "", "多出"],
        ["", "2026-12-01", "南京"],
    ]
    path = table(tmp_path / "a.csv", *rows)
    found = look(workspace, path)
    assert [row.number for row in found.rows] == [5, 7, 8]
    imports.write_errors(tmp_path / "e.xlsx", found, lambda one: f"{one.label}：{one.message}", ("行", "原因"))
    assert sheets_in.read(tmp_path / "e.xlsx").rows == [
        ["行", "原因", "客户名称", "下次跟进时间", "城市", ""],
        ["7", "下次跟进时间：value.not_a_date", "立新\n制造", "明天", "", "多出"],
        ["8", "客户名称：import.missing", "", "2026-12-01", "南京", ""],
    ]
