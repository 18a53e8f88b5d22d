"""What stands in a foreign table beside data is told: errors, formulas without a result, totals, lines about it."""

from datetime import date

import pytest
import xlsxwriter

from salesdesk.actions import imports
from salesdesk.exchange import mapping, sheets_in
from salesdesk.records.language import Language
from salesdesk.records.prospecting import Customer
from tests.exchange.books import book, cells, with_sheet


def look(workspace, path, sheet=""):
    rows = sheets_in.read(path, sheet).rows
    return imports.preview(workspace, "customer", rows, mapping.guess(Customer, rows), Language.ZH)


def told(found):
    return {row.number: [(one.label, one.message, *one.params.values()) for one in row.problems] for row in found.rows}


def test_errors_of_the_spreadsheet_program_are_told(workspace, tmp_path):
    with xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as made:
        made.add_worksheet("别的").write(0, 0, "x")
        sheet = made.add_worksheet("客户 & 名单")
        sheet.write_row(0, 1, ["客户名称", "员工人数", "城市", "没有的列"])
        sheet.write_row(1, 1, ["甲", 5, "苏州"])
        sheet.write_formula(1, 4, "=1/0", None, "#DIV/0!")  # of a column that is not taken in
        sheet.write(2, 1, "乙")
        sheet.write_formula(2, 2, "=1/0", None, "#DIV/0!")
        sheet.write_formula(2, 3, "=X", None, "#N/A")
        sheet.write_formula(3, 1, "=X", None, "#REF!")
        sheet.write_formula(4, 1, "=X", None, "丁")
    found = look(workspace, tmp_path / "a.xlsx", "客户 & 名单")
    assert told(found) == {
        2: [],
        3: [("员工人数", "import.error_cell", "#DIV/0!"), ("城市", "import.error_cell", "#N/A")],
        4: [("客户名称", "import.error_cell", "#REF!")],
        5: [],
    }
    assert found.rows[1].cells[1:4] == ["乙", "#DIV/0!", "#N/A"]


@pytest.mark.parametrize("empty", ["<v></v>", "<v/>", "<v />", ""])
def test_a_formula_without_a_result_is_told(workspace, tmp_path, empty):
    text = '<c r="{}" t="inlineStr"><is><t>{}</t></is></c>'
    head = text.format("A1", "客户名称") + text.format("B1", "员工人数") + text.format("C1", "城市")
    rows = (
        f'<row r="1">{head}</row><row r="2">{text.format("A2", "甲")}<c r="B2"><f>100+A1&amp;"x"</f>{empty}</c>'
        f'<c r="C2" s="1"/></row><row r="3">{text.format("A3", "乙")}<c r="C3" t="str"><f>IF(1,"")</f><v></v></c></row>'
    )
    found = look(workspace, with_sheet(tmp_path / "a.xlsx", cells(rows)))
    assert told(found) == {2: [("员工人数", "import.no_result", '=100+A1&"x"')], 3: []}


def test_an_error_in_a_text_file_is_told_and_other_words_with_a_hash_are_not(workspace, tmp_path):
    (tmp_path / "a.csv").write_text("客户名称,城市\n#N/A,苏州\n#1 公司,#苏州\n", encoding="utf-8")
    assert told(look(workspace, tmp_path / "a.csv")) == {2: [("客户名称", "import.error_cell", "#N/A")], 3: []}


def test_a_place_that_only_errors_reach_is_read(workspace, tmp_path):
    path = book(tmp_path / "a.xlsx", [["客户名称", "城市"], ["甲"]])
    text = '<c r="{}" t="inlineStr"><is><t>{}</t></is></c>'
    head = text.format("A1", "客户名称") + text.format("B1", "城市")
    inner = (
        f'<row r="1">{head}</row><row r="2">{text.format("A2", "甲")}</row>'
        '<row r="4"><c r="B4" t="e"><v>#N/A</v></c></row>'
    )
    rows = sheets_in.read(with_sheet(path, cells(inner))).rows
    assert rows[2:] == [[], ["", "#N/A"]]


def test_rows_that_are_no_data_are_left_out_and_shown(workspace, tmp_path):
    head = ["序号", "客户名称", "员工人数", "城市"]
    rows = (
        ["1", "甲", "5人", "苏州"],
        ["华东区小计", "", "5", ""],
        head,
        ["2", "合计科技有限公司", "7", ""],
        ["", "制表有限公司", "", ""],
        ["合计：2家", "", "十二", ""],
        ["制表人：李伟", "审核人：王五", "", "", "12月"],
        ["", "备注：数据截至年底", "", ""],
        ["", "客户名称", "", ""],
        ["", "乙", "", ""],
        ["", "Total", "", "巴黎"],
    )
    found = look(workspace, book(tmp_path / "a.xlsx", [head, *rows]))
    total, again, signed = "import.total", "import.heading_again", "import.signed"
    assert [row.aside for row in found.rows] == ["", total, again, "", "", total, signed, signed, again, "", ""]
    assert [row.number for row in found.rows if row.wrong] == []
    assert found.left_out == ["序号"]
    assert {row.values["name"] for row in found.fit()} == {"甲", "合计科技有限公司", "制表有限公司", "乙", "Total"}
    found.rows[7].choice = imports.Choice.NEW  # a person says that it is one
    imports.write_errors(tmp_path / "e.xlsx", found, str, ("行", "原因"))
    assert len(sheets_in.read(tmp_path / "e.xlsx").rows) == 1
    assert imports.carry_out(workspace, found) == 6


@pytest.mark.parametrize(
    ("head", "text", "field", "value"),
    [
        ("下次跟进时间", "2026年12月1号", "follow_up_on", date(2026, 12, 1)),
        ("下次跟进时间", "2026/12/1（周二）", "follow_up_on", date(2026, 12, 1)),
        ("下次跟进时间", "2026-12-01 星期二", "follow_up_on", date(2026, 12, 1)),
        ("下次跟进时间", 46357.5, "follow_up_on", date(2026, 12, 1)),
        ("年营收", "5千万", "revenue", 5 * 10**9),
        ("年营收（万元）", "1.5 百万元", "revenue", 15 * 10**7),
        ("年营收", "5000万", "revenue", 5 * 10**9),
        ("员工人数", "约200", "need", "员工人数：约200"),
        ("员工人数", "200-300人", "need", "员工人数：200-300人"),
        ("年营收（万元）", "５００～１０００", "need", "年营收：５００～１０００"),
        ("年营收", "1亿以上", "need", "年营收：1亿以上"),
    ],
)
def test_what_people_write_is_understood_or_kept_in_words(workspace, tmp_path, head, text, field, value):
    (row,) = look(workspace, book(tmp_path / "a.xlsx", [["客户名称", head], ["甲", text]])).rows
    assert (row.problems, row.values[field]) == ([], value)
    assert row.values.keys() == {"name", field}


@pytest.mark.parametrize("text", ["200.5", "很多", "-5", "#N/A"])
def test_what_is_no_number_at_all_is_told(workspace, tmp_path, text):
    (row,) = look(workspace, book(tmp_path / "a.xlsx", [["客户名称", "员工人数"], ["甲", text]])).rows
    assert [one.label for one in row.problems] == ["员工人数"]


@pytest.mark.parametrize("column", ["所属行业", "企业规模", "信息来源", "跟进状态", "网址", "联系人"])
def test_an_error_is_no_word_to_be_kept(workspace, tmp_path, column):
    (row,) = look(workspace, book(tmp_path / "a.xlsx", [["客户名称", column], ["甲", "#N/A"]])).rows
    assert [one.message for one in row.problems] == ["import.error_cell"]
