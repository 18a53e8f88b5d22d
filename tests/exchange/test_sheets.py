"""Foreign tables, as messy as they come: read, mapped, kept, written and read again."""

import io
import zipfile
from datetime import date

import pytest
import xlsxwriter
from msoffcrypto.format.ooxml import OOXMLFile

from salesdesk.actions import history, imports
from salesdesk.errors import UserError
from salesdesk.exchange import mapping, sheets_in, sheets_out, whole_file
from salesdesk.exchange.mapping import targets
from salesdesk.records.discovery import NeedsAnalysis
from salesdesk.records.language import Language
from salesdesk.records.prospecting import Contact, Customer
from salesdesk.records.work import Opportunity
from salesdesk.store import queries
from tests.factories import make_workspace

PAPER_1 = [
    "客户名称",
    "所属行业",
    "企业规模（员工人数/年营收）",
    "联系人",
    "职务",
    "联系方式",
    "初步需求描述",
    "信息来源",
    "跟进人",
    "跟进状态",
    "下次跟进时间",
]
SAMPLES = [
    one.split("|")
    for one in (
        "××科技有限公司|信息技术|200人/1亿|张*|总经理|138××××5678|需要客户管理系统|行业展会|李*|B类|2024-03-15",
        "××制造有限公司|制造业|500人/5亿|王*|采购总监|139××××1234|生产线设备数据监控|客户转介绍|李*|A类|2024年3月10日",
    )
]


@pytest.fixture
def workspace(tmp_path):
    made = make_workspace(tmp_path / "w")
    yield made
    made.close()


def book(path, rows, **more):
    with xlsxwriter.Workbook(str(path)) as made:
        sheet = made.add_worksheet()
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                sheet.write(number, place, cell)
        for area, text in more.get("merged", ()):
            sheet.merge_range(area, text)
    return path


def look(workspace, path, entity="customer", **how):
    grid = sheets_in.read(path, **how)
    form = {"customer": Customer, "needs_analysis": NeedsAnalysis}[entity]
    return imports.preview(workspace, entity, grid.rows, mapping.guess(form, grid.rows), Language.ZH)


def listed(workspace, form):
    with workspace.reading() as session:
        return queries.listed(session, form, limit=100_000)


def test_the_sample_rows_of_paper_1_come_in_and_one_undo_takes_them_back(workspace, tmp_path):
    found = look(workspace, book(tmp_path / "a.xlsx", [PAPER_1, *SAMPLES]))
    assert [row.problems for row in found.rows] == [[], []]
    assert imports.carry_out(workspace, found) == 2
    first = next(c for c in listed(workspace, Customer) if "科技" in c.name)
    assert (first.industry, first.employees, first.revenue, first.grade) == ("it", 200, 10**10, "B")
    assert (first.owner, first.follow_up_on, first.source) == ("李*", date(2024, 3, 15), "fair")
    people = {contact.name: contact for contact in listed(workspace, Contact)}
    assert (people["张*"].position, people["张*"].phone) == ("总经理", "138××××5678")
    assert len(listed(workspace, Opportunity)) == 2
    history.undo(workspace, *history.last_action(workspace))
    assert [listed(workspace, form) for form in (Customer, Contact, Opportunity)] == [[], [], []]


@pytest.mark.parametrize(
    ("header", "row", "expected"),
    [
        (
            "公司名称,手机,下次联系时间,负责人",
            "华源,13800135678,2024/3/5 09:30,张三",
            {"owner": "张三", "follow_up_on": date(2024, 3, 5)},
        ),
        (
            "Account Name,Office Phone,Billing Address City,Employees",
            "华源,010-1,苏州,200",
            {"city": "苏州", "employees": 200},
        ),
        ("Company Name,Contact Name,Email,Annual Revenue", "华源,John,j@x.cn,1.2亿", {"revenue": 12 * 10**9}),
        (
            "客户名称,年营收（万元）,下次跟进时间",
            "华源,3000,45366",
            {"revenue": 3 * 10**9, "follow_up_on": date(2024, 3, 15)},
        ),
        ("客户名称,所属行业,员工人数", "华源,区块链,２００人", {"industry": "other", "employees": 200}),  # as typed
    ],
)
def test_the_columns_of_other_programs_are_known(workspace, tmp_path, header, row, expected):
    (tmp_path / "a.csv").write_text(f"{header}\n{row}\n", encoding="gb18030")
    found = look(workspace, tmp_path / "a.csv")
    assert found.rows[0].problems == []
    assert {name: found.rows[0].values.get(name) for name in expected} == expected
    assert found.rows[0].values["name"] == "华源"


def test_a_word_that_is_no_option_is_kept_in_the_description(workspace, tmp_path):
    (tmp_path / "a.csv").write_text("客户名称,所属行业,初步需求描述\n华源,区块链,平台\n", encoding="utf-8")
    assert look(workspace, tmp_path / "a.csv").rows[0].values["need"] == "平台\n所属行业：区块链"


def test_three_header_rows_and_merged_cells(workspace, tmp_path):
    rows = [["客户一览"], ["2024年"], PAPER_1, *SAMPLES, ["", *SAMPLES[0][1:]]]
    path = book(tmp_path / "a.xlsx", rows, merged=[("A1:K1", "客户一览"), ("A5:A6", "××制造有限公司")])
    found = look(workspace, path)
    assert [row.number for row in found.rows] == [4, 5, 6]
    assert found.rows[2].values["name"] == "××制造有限公司"


def test_an_amount_over_several_rows_is_one_and_words_across_columns_stay_in_the_first(tmp_path):
    rows = [["客户名称", "联系人", "电话", "金额", "状态"], ["", "张伟"], ["", "李娜"], []]
    merged = [("A2:A4", "华源"), ("B4:C4", "停止合作"), ("D2:D4", "1,200.5 万元"), ("E2:E4", "2026-12-01")]
    said = sheets_in.read(book(tmp_path / "a.xlsx", rows, merged=merged)).rows
    assert said[1:] == [
        ["华源", "张伟", "", "1,200.5 万元", "2026-12-01"],
        ["华源", "李娜", "", "", "2026-12-01"],
        ["华源", "停止合作", "", "", "2026-12-01"],
    ]


def test_what_cannot_be_kept_is_told_with_its_row_and_reason(workspace, tmp_path):
    rows = [PAPER_1, SAMPLES[0], ["", *SAMPLES[0][1:]], [*SAMPLES[1][:10], "明天"]]
    found = look(workspace, book(tmp_path / "a.xlsx", rows))
    told = {row.number: [(p.label, p.message) for p in row.problems] for row in found.rows}
    assert told == {2: [], 3: [("客户名称", "import.missing")], 4: [("下次跟进时间", "value.not_a_date")]}
    imports.write_errors(tmp_path / "errors.xlsx", found, lambda p: f"{p.label}!", ("行", "原因"))
    again = sheets_in.read(tmp_path / "errors.xlsx").rows
    assert [row[:2] for row in again] == [["行", "原因"], ["3", "客户名称!"], ["4", "下次跟进时间!"]]
    assert again[2][2:] == [*SAMPLES[1][:10], "明天"]
    assert imports.carry_out(workspace, found) == 1


def test_who_is_there_already_is_named_and_left_out(workspace, tmp_path):
    path = book(tmp_path / "a.xlsx", [["客户名称"], ["华源科技有限公司"], ["苏州华源科技"], ["立新制造"]])
    found = look(workspace, path)
    assert [row.same_as for row in found.rows] == ["", "华源科技有限公司", ""]
    assert imports.carry_out(workspace, found) == 2
    again = look(workspace, path)
    assert [bool(row.same_as) for row in again.rows] == [True, True, True]
    with pytest.raises(UserError, match="import.nothing"):
        imports.carry_out(workspace, again)
    for row in again.rows:
        row.choice = imports.Choice.NEW
    assert imports.carry_out(workspace, again) == 3


def test_papers_of_a_customer_find_him_by_name_and_go_to_his_round(workspace, tmp_path):
    imports.carry_out(workspace, look(workspace, book(tmp_path / "a.xlsx", [PAPER_1, SAMPLES[0]])))
    rows = [
        ["客户名称", "需求挖掘时间", "参与人员", "核心痛点描述"],
        ["××科技有限公司", "2024-03-05", "销售李*、客户张*", "客户信息分散"],
        ["没有的公司", "2024-03-05", "x", "y"],
    ]
    found = look(workspace, book(tmp_path / "b.xlsx", rows), "needs_analysis")
    assert [p.message for p in found.rows[1].problems][:1] == ["import.no_such_customer"]
    imports.carry_out(workspace, found)
    (kept,) = listed(workspace, NeedsAnalysis)
    assert kept.opportunity_id == listed(workspace, Opportunity)[0].id


def encrypted(path, password):
    plain = book(path.with_suffix(".plain.xlsx"), [["客户名称"], ["华源"]])
    with plain.open("rb") as source, path.open("wb") as target:
        OOXMLFile(source).encrypt(password, target)


def bomb():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for number in range(6):
            packed.writestr(f"xl/{number}.xml", b"0" * (100 * 1024**2))
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.xlsx", b"", "import.empty"),
        ("a.xlsx", b"hello, I am no workbook", "import.not_a_table"),
        ("a.xlsx", b"PK\x03\x04 and nothing more", "import.broken"),
        ("a.xls", b"\xd0\xcf\x11\xe0" + bytes(600), "import.broken"),
        ("a.csv", b"\x00\x01\x02\x03", "import.not_a_table"),
        ("a.csv", b" \r\n,,,\r\n", "import.empty"),
        ("a.csv", "客户名称,备注\n华源,需要客户管理平台".encode()[:-1], "import.broken"),
        ("a.csv", b"," * 4_000_000, "import.too_large"),
        ("a.csv", b'a,b,"\n"' * 2_000_000, "import.too_large"),
        ("a.csv", b"a,b\n" * 2_000_000, "import.too_large"),
        ("a.csv", '客户名称,备注\n立新,"没有结束\n海岳,x\n东方,y\n'.encode(), "import.unclosed_quote"),
        ("a.csv", '客户名称,备注\n"立新,一\n海岳,"x" 好\n东方,y\n'.encode(), "import.unclosed_quote"),
        ("a.pdf", b"%PDF-1.7", "import.not_a_table"),
        ("a.xlsx", bomb(), "import.too_large"),
    ],
    ids=[
        "empty",
        "text",
        "cut zip",
        "cut ole",
        "binary",
        "blank",
        "cut text",
        "a row",
        "row of lines",
        "rows",
        "unclosed",
        "closed elsewhere",
        "pdf",
        "bomb",
    ],
)
def test_what_is_no_table_is_refused(tmp_path, name, data, message):
    (tmp_path / name).write_bytes(data)
    with pytest.raises(UserError, match=message):
        sheets_in.read(tmp_path / name)


@pytest.mark.parametrize(
    ("name", "lines", "second"),
    [
        ("a.tsv", "客户名称\t备注|华源\t一,二,三,四|立新\t五,六|宏远\t七,八,九", ["华源", "一,二,三,四"]),
        ("a.csv", "客户名称,备注|华源,一；二;三;四|立新,五;六", ["华源", "一；二;三;四"]),
        ("a.csv", "name;revenue;employees|A;1,5;2,5|B;3,5;4,5", ["A", "1,5", "2,5"]),
        ("a.txt", '客户一览|客户名称\t备注|"华\n源"\t一,二', ["客户名称", "备注"]),
    ],
)
def test_the_separator_is_what_divides_the_rows_alike(tmp_path, name, lines, second):
    (tmp_path / name).write_text(lines.replace("|", "\n"), encoding="utf-8")
    assert sheets_in.read(tmp_path / name).rows[1] == second


def test_quotation_marks_that_swallow_nothing_are_read(tmp_path):
    lines = '客户名称,备注\r\n"立新 15"" 屏","一\r\n二, ""三"""\r\n海岳 5" 管,"四"五\r\n'
    (tmp_path / "a.csv").write_bytes(lines.encode())
    assert sheets_in.read(tmp_path / "a.csv").rows[1:] == [['立新 15" 屏', '一\r\n二, "三"'], ['海岳 5" 管', "四五"]]


def test_a_hidden_sheet_is_taken_only_when_it_is_named(tmp_path):
    with xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as made:
        for name in ("字典", "客户"):
            made.add_worksheet(name).write(0, 0, name)
        made.get_worksheet_by_name("字典").hide()
        made.get_worksheet_by_name("客户").activate()
    found = sheets_in.read(tmp_path / "a.xlsx")
    assert (found.sheet, found.rows, found.sheets) == ("客户", [["客户"]], ("字典", "客户"))
    assert sheets_in.read(tmp_path / "a.xlsx", "字典").rows == [["字典"]]


TRADITIONAL = "客戶名稱,聯絡人,聯絡電話,備註\n華源電腦股份有限公司,陳志明,0912345678,需要客戶管理系統，預算三百萬\n"
RARE = "客户名称,备注\n华源,朱镕基、喆、瑄、芃、垚\n立新,一\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "cp950"])
def test_a_text_file_is_read_in_the_encoding_that_it_has(tmp_path, encoding):
    for text in (TRADITIONAL, RARE) if encoding != "cp950" else (TRADITIONAL,):
        (tmp_path / "a.csv").write_text(text, encoding=encoding)
        assert sheets_in.read(tmp_path / "a.csv").rows == [line.split(",") for line in text.splitlines()]


def test_a_computed_number_is_read_as_a_spreadsheet_shows_it(workspace, tmp_path):
    numbers = [3.3000000000000003, 1e15, 12345678901234567, 13800135678, 0.00001, 123456789012345.67]
    rows = sheets_in.read(book(tmp_path / "a.xlsx", [["客户名称"], *([number] for number in numbers)])).rows
    assert [row[0] for row in rows[1:-1]] == ["3.3", "1" + "0" * 15, rows[3][0], "13800135678", "0.00001"]
    assert (rows[3][0].isdecimal(), rows[-1][0]) == (True, "123456789012346")
    (row,) = look(workspace, book(tmp_path / "b.xlsx", [["客户名称", "年营收（元）"], ["华源", 1.1 * 3]])).rows
    assert (row.problems, row.values["revenue"]) == ([], 330)


def test_a_truncated_workbook_is_refused(tmp_path):
    path = book(tmp_path / "a.xlsx", [["客户名称"], ["华源"]])
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(UserError, match="import.broken"):
        sheets_in.read(path)


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(UserError, match="import.no_file"):
        sheets_in.read(tmp_path / "none.xlsx")


def test_a_password_is_asked_for_and_used(tmp_path):
    encrypted(tmp_path / "a.xlsx", "geheim")
    for wrong in ("", "other"):
        with pytest.raises(UserError, match="import.password"):
            sheets_in.read(tmp_path / "a.xlsx", password=wrong)
    assert sheets_in.read(tmp_path / "a.xlsx", password="geheim").rows == [["客户名称"], ["华源"]]


def test_a_formula_is_its_value_and_never_written_as_one(workspace, tmp_path):
    with xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as made:
        sheet = made.add_worksheet()
        sheet.write_row(0, 0, ["客户名称", "员工人数"])
        sheet.write_string(1, 0, "=cmd|' /C calc'!A0")
        sheet.write_formula(1, 1, "=1+1", None, 200)
    found = look(workspace, tmp_path / "a.xlsx")
    assert (found.rows[0].values["name"], found.rows[0].values["employees"]) == ("=cmd|' /C calc'!A0", 200)
    imports.carry_out(workspace, found)
    columns = targets(Customer, Language.ZH)
    lines = [sheets_out.Line(one) for one in listed(workspace, Customer)]
    for name in ("out.csv", "out.xlsx"):
        sheets_out.write(tmp_path / name, columns, lines, Language.ZH, masked=False)
        assert sheets_in.read(tmp_path / name).rows[1][0] == "=cmd|' /C calc'!A0"
    assert "\n'=cmd" in (tmp_path / "out.csv").read_text(encoding="utf-8-sig")
    with zipfile.ZipFile(tmp_path / "out.xlsx") as packed:
        assert b"<f>" not in packed.read("xl/worksheets/sheet1.xml")


def exported(workspace, path, *, masked=False):
    people = {contact.customer_id: contact for contact in listed(workspace, Contact)}
    customers = sorted(listed(workspace, Customer), key=lambda one: one.name)
    lines = [sheets_out.Line(one, people.get(one.id)) for one in customers]
    columns = [target for target in targets(Customer, Language.ZH) if target.field]
    return sheets_out.write(path, columns, lines, Language.ZH, masked=masked)


def test_masked_names_and_numbers(workspace, tmp_path):
    rows = [["客户名称", "联系人", "联系方式", "电子邮箱"], ["华源科技", "张伟明", "13800135678", "zhang@x.cn"]]
    imports.carry_out(workspace, look(workspace, book(tmp_path / "a.xlsx", rows)))
    exported(workspace, tmp_path / "out.xlsx", masked=True)
    said = " ".join(sheets_in.read(tmp_path / "out.xlsx").rows[1])
    assert "张**" in said
    assert "138****5678" in said
    assert "张伟明" not in said
    assert "zhang" not in said


def test_a_full_disk_leaves_the_old_file(workspace, tmp_path, monkeypatch):
    path = tmp_path / "out.csv"
    path.write_text("before")
    monkeypatch.setattr(whole_file.os, "fsync", lambda _: (_ for _ in ()).throw(OSError(28, "No space left")))
    with pytest.raises(UserError, match="export.not_written"):
        exported(workspace, path)
    assert path.read_text() == "before"
    assert sorted(p.name for p in tmp_path.glob("*out*")) == ["out.csv"]
