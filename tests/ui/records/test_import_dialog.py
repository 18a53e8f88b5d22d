"""A foreign workbook comes in by the window, and the list goes out again."""

import pytest
import xlsxwriter
from msoffcrypto.format.ooxml import OOXMLFile
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from salesdesk.actions import history
from salesdesk.exchange import sheets_in
from salesdesk.records.prospecting import Customer
from salesdesk.store import queries
from tests.ui.sample_desk import read, sample_desk
from ui.records.records_dialog import RecordsPage


@pytest.fixture
def desk(qapp, tmp_path):
    with sample_desk(tmp_path) as made:
        yield made


@pytest.fixture
def page(desk, qtbot):
    made = RecordsPage(desk, "customer")
    qtbot.addWidget(made)
    made.show()
    return made


def workbook(path, rows):
    with xlsxwriter.Workbook(str(path)) as made:
        sheet = made.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return path


def click(button):
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def names(desk):
    return {one.name for one in read(desk, lambda s: queries.listed(s, Customer, limit=1000))}


ROWS = [
    ["客户名称", "大小", "下次跟进时间"],
    ["新朋科技有限公司", "300", "2026-12-01"],
    ["坏日期公司", "1", "明天"],
    ["苏州华源科技", "5", ""],
]


def test_a_workbook_comes_in_with_a_column_said_by_hand_and_is_taken_back(page, desk, qtbot, tmp_path):
    before = names(desk)
    path = workbook(tmp_path / "客户.xlsx", ROWS)
    page.begin_import(path)
    asked = page.importing
    qtbot.waitUntil(lambda: asked.found is not None)
    assert asked.table.item(1, 0).text().endswith("This is not a date. Example: 2026-03-15")
    box = asked.table.cellWidget(0, 2)
    assert box.currentData() == ""
    box.setCurrentIndex(box.findData("employees"))
    box.activated.emit(box.currentIndex())
    qtbot.waitUntil(lambda: asked.found is not None)
    assert asked.found.rows[0].values["employees"] == 300
    fit = len(asked.found.fit())
    assert str(fit) in asked.import_button.text()
    asked.save_errors(tmp_path / "errors.xlsx")
    qtbot.waitUntil((tmp_path / "errors.xlsx").exists)
    assert sheets_in.read(tmp_path / "errors.xlsx").rows[1][2] == "坏日期公司"
    click(asked.import_button)
    qtbot.waitUntil(lambda: "新朋科技有限公司" in names(desk))
    assert "坏日期公司" not in names(desk)
    qtbot.waitUntil(page.notice.isVisible)
    page.begin_import(path)  # the file is known now: nothing has to be said again
    qtbot.waitUntil(lambda: page.importing is not asked and page.importing.found is not None)
    assert page.importing.mapping.columns[1] == "employees"
    assert all(row.same_as or row.problems for row in page.importing.found.rows)
    page.importing.close()
    history.undo(desk.workspace, *history.last_action(desk.workspace))
    assert names(desk) == before


def test_what_is_there_already_is_chosen_for_all_and_for_one(page, desk, qtbot, tmp_path):
    before = names(desk)
    there = sorted(before)[:2]
    rows = [["客户名称", "统一社会信用代码"], *([name, f"91320500MA1X2Y3Z{n}Q"] for n, name in enumerate(there))]
    page.begin_import(workbook(tmp_path / "again.xlsx", rows))
    asked = page.importing
    qtbot.waitUntil(lambda: asked.found is not None)
    assert not asked.import_button.isEnabled()
    asked.doubles.setCurrentIndex(asked.doubles.findData("fill"))
    asked.doubles.activated.emit(asked.doubles.currentIndex())
    one = asked.table.cellWidget(2, 0)
    one.setCurrentIndex(one.findData("out"))
    one.activated.emit(one.currentIndex())
    assert asked.doubles.currentIndex() == -1
    assert asked.import_button.text().endswith("1")
    click(asked.import_button)
    qtbot.waitUntil(page.notice.isVisible)
    assert names(desk) == before
    codes = {one.name: one.credit_code for one in read(desk, lambda s: queries.listed(s, Customer, limit=1000))}
    filled = asked.found.rows[0].same_as
    assert codes[filled] == "91320500MA1X2Y3Z0Q"
    assert codes[asked.found.rows[1].same_as] != "91320500MA1X2Y3Z1Q"


def test_a_bare_amount_is_asked_about_and_known_the_next_time(page, desk, qtbot, tmp_path):
    path = workbook(tmp_path / "a.xlsx", [["客户名称", "年营收"], ["新客户公司", 220000], ["再一家公司", "22万"]])
    page.begin_import(path)
    asked = page.importing
    qtbot.waitUntil(lambda: asked.found is not None)
    assert asked.units.isVisible()
    assert [button.text() for button in asked.units.buttons] == ["yuan\n220000 → 22万", "10,000 yuan\n220000 → 22亿"]
    assert asked.import_button.text().endswith("1")  # the row that says its unit
    click(asked.units.buttons[0])
    qtbot.waitUntil(lambda: asked.found is not None and not asked.found.questions)
    assert not asked.units.isVisible()
    assert asked.import_button.text().endswith("2")
    click(asked.import_button)
    qtbot.waitUntil(lambda: "新客户公司" in names(desk))
    revenue = {one.name: one.revenue for one in read(desk, lambda s: queries.listed(s, Customer, limit=1000))}
    assert revenue["新客户公司"] == revenue["再一家公司"] == 22_000_000
    page.begin_import(path)
    qtbot.waitUntil(lambda: page.importing is not asked and page.importing.found is not None)
    assert (page.importing.mapping.units, page.importing.found.questions) == ({1: 1}, [])
    page.importing.close()


def test_other_sheets_with_rows_are_named(page, qtbot, tmp_path):
    with xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as made:
        made.add_worksheet("填写说明").write_column(0, 0, ["填写说明", "客户名称必填"])
        made.add_worksheet("客户").write_row(0, 0, ["客户名称", "城市"])
        made.get_worksheet_by_name("客户").write_row(1, 0, ["新客户公司", "苏州"])
    page.begin_import(tmp_path / "a.xlsx")
    asked = page.importing
    qtbot.waitUntil(lambda: asked.found is not None)
    assert (asked.sheet.currentText(), len(asked.found.rows)) == ("客户", 1)
    assert asked.left_out.text() == "Sheets that have rows as well: 填写说明."
    asked.close()


def test_a_row_of_totals_is_shown_as_left_out_and_can_be_taken_in(page, desk, qtbot, tmp_path):
    page.begin_import(workbook(tmp_path / "a.xlsx", [["客户名称", "城市"], ["新客户公司", "苏州"], ["合计", "1家"]]))
    asked = page.importing
    qtbot.waitUntil(lambda: asked.found is not None)
    box = asked.table.cellWidget(1, 0)
    assert "a row of totals" in box.currentText()
    assert asked.told.text().endswith(", 1 no data")
    assert asked.import_button.text().endswith("1")
    box.setCurrentIndex(1)
    box.activated.emit(1)
    asked.choose_all("out")  # of those that are there already: it is none
    assert asked.import_button.text().endswith("2")
    click(asked.import_button)
    qtbot.waitUntil(lambda: "合计" in names(desk))


def test_the_page_says_what_it_understood_and_what_it_leaves_out(page, desk, qtbot, tmp_path):
    head = ["客户名称", "企业规模", "年营收（万元）", "下次跟进时间", "所属行业", "内部编号", "空列"]
    rows = [
        ["新客户公司", "1,200人/1亿", "", "2026/12/1（周二）", "新能源", "500万", "", "多出"],
        ["再一家公司", "", "3000", "明天", "制造业", "", ""],
        ["合计", "", "3000"],
    ]
    page.begin_import(workbook(tmp_path / "a.xlsx", [head, *rows]))
    asked = page.importing
    assert asked.told.text() == "a.xlsx: reading…"
    assert asked.errors_button.isHidden()
    qtbot.waitUntil(lambda: asked.found is not None)
    cells = {row: [asked.table.item(row, place).text() for place in range(1, 6)] for row in (1, 3)}
    assert cells[1] == ["再一家公司", "", "3000万", "明天", "制造业"]
    assert cells[3] == ["新客户公司", "1200人 / 1亿", "", "2026-12-01", "其他"]
    assert "In the file: 1,200人/1亿" in asked.table.item(3, 2).toolTip()
    assert asked.table.item(3, 1).toolTip() == ""
    assert asked.left_out.text().startswith("Columns that are not taken in: 2 (内部编号、H).")
    assert asked.shown.isHidden()
    click(asked.import_button)
    qtbot.waitUntil(page.notice.isVisible)
    assert page.notice.label.text().startswith("Imported: 1.")
    assert "Left out: 1." in page.notice.label.text()
    assert "With errors, not imported: 1." in page.notice.label.text()


def test_a_damaged_number_is_told_on_the_page(page, qtbot, tmp_path):
    rows = [["客户名称", "统一社会信用代码"], ["好公司", "无"], ["坏公司", "9.13205E+17"]]
    page.begin_import(workbook(tmp_path / "a.xlsx", rows))
    asked = page.importing
    qtbot.waitUntil(lambda: asked.found is not None)
    told = asked.table.item(1, 0).text()
    assert told.startswith("comes in, into the description: 统一社会信用代码: Perhaps made a number")
    assert (asked.table.item(1, 2).text(), asked.table.item(2, 0).text()) == ("9.13205E+17", "comes in")
    asked.close()


def test_of_many_rows_the_page_says_how_many_it_shows(page, qtbot, tmp_path):
    page.begin_import(workbook(tmp_path / "a.xlsx", [["客户名称"], *([f"第{n}号公司"] for n in range(120))]))
    asked = page.importing
    qtbot.waitUntil(lambda: asked.found is not None)
    assert asked.shown.text() == "Shown are 100 of 120 rows, those with errors first."
    assert asked.left_out.isHidden()
    asked.close()


def test_the_heading_row_is_said_by_hand_and_known_the_next_time(page, desk, qtbot, tmp_path):
    title = ["销售一部", "华东", "台账"]
    rows = [title, ["制表", "销售部", "李"], ["甲方", "大小", "何时"], ["新甲方公司", "300", "2026-12-01"]]
    path = workbook(tmp_path / "a.xlsx", rows)
    page.begin_import(path)
    asked = page.importing
    qtbot.waitUntil(lambda: asked.found is not None)
    assert [asked.heading.itemText(row) for row in (0, 2)] == ["1  销售一部 华东 台账", "3  甲方 大小 何时"]
    assert (asked.heading.currentIndex(), asked.heading.count()) == (0, 4)
    asked.heading.setCurrentIndex(2)
    asked.heading.activated.emit(2)
    assert not asked.import_button.isEnabled()
    qtbot.waitUntil(lambda: asked.found is not None)
    assert list(asked.found.header) == ["甲方", "大小", "何时"]
    assert [row.number for row in asked.found.rows] == [4]
    asked.choose(0, "name")
    qtbot.waitUntil(lambda: asked.found is not None)
    click(asked.import_button)
    qtbot.waitUntil(lambda: "新甲方公司" in names(desk))
    page.begin_import(path)
    qtbot.waitUntil(lambda: page.importing is not asked and page.importing.found is not None)
    assert (page.importing.heading.currentIndex(), page.importing.mapping.columns) == (2, {0: "name"})
    page.importing.close()


def test_nothing_is_kept_while_a_preview_is_on_its_way(page, desk, qtbot, tmp_path):
    before = names(desk)
    page.begin_import(workbook(tmp_path / "a.xlsx", ROWS))
    asked = page.importing
    changes = (
        lambda: asked.choose(1, "employees"),
        lambda: asked.program.activated.emit(0),
        lambda: asked.sheet.activated.emit(0),
    )
    for change in changes:
        qtbot.waitUntil(lambda: asked.found is not None)
        assert asked.import_button.isEnabled()
        assert asked.errors_button.isEnabled()
        change()
        asked.choose_all("new")
        assert not asked.errors_button.isEnabled()
        asked.save_errors(tmp_path / "errors.xlsx")
        click(asked.import_button)
    qtbot.waitUntil(lambda: asked.found is not None)
    assert names(desk) == before
    assert not (tmp_path / "errors.xlsx").exists()
    asked.close()


def test_a_sheet_that_is_refused_leaves_what_was_chosen(page, desk, qtbot, tmp_path):
    with xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as made:
        made.add_worksheet("客户").write_column(0, 0, ["客户名称", min(names(desk)), "新客户公司"])
        made.add_worksheet("空")
    page.begin_import(tmp_path / "a.xlsx")
    asked = page.importing
    qtbot.waitUntil(lambda: asked.found is not None)
    asked.choose_all("new")
    asked.sheet.setCurrentText("空")
    asked.sheet.activated.emit(1)
    assert not asked.import_button.isEnabled()
    qtbot.waitUntil(asked.notice.isVisible)
    assert [row.choice for row in asked.found.rows] == ["new", "new"]
    assert asked.import_button.isEnabled()
    asked.choose(0, "")  # the preview of this is still on its way when the sheet is refused
    asked.sheet.setCurrentText("空")
    asked.sheet.activated.emit(1)
    qtbot.waitUntil(lambda: asked.found is not None)
    assert (asked.sheet.currentText(), asked.mapping.columns) == ("客户", {})
    assert all(row.problems for row in asked.found.rows)
    assert not asked.import_button.isEnabled()
    asked.close()


def test_a_program_is_recognised_and_can_be_said_otherwise(page, qtbot, tmp_path):
    rows = [["Name", "Office Phone", "Mobile", "Date Created", "Industry"], ["Acme", "0512-1", "13800135678", "", "IT"]]
    page.begin_import(workbook(tmp_path / "export.xlsx", rows))
    asked = page.importing
    qtbot.waitUntil(lambda: asked.found is not None)
    assert asked.program.currentText() == "SuiteCRM"
    assert asked.mapping.columns[2] == "contact.phone"
    asked.program.setCurrentIndex(0)
    asked.program.activated.emit(0)
    qtbot.waitUntil(lambda: asked.mapping.columns[1] == "contact.phone")
    asked.close()


def test_another_sheet_of_a_workbook_is_taken(page, qtbot, tmp_path):
    with xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as made:
        for name, customer in (("2025", "老客户公司"), ("空", None), ("2026", "新客户公司")):
            sheet = made.add_worksheet(name)
            if customer:
                sheet.write_column(0, 0, ["客户名称", customer])
    page.begin_import(tmp_path / "a.xlsx")
    asked = page.importing
    qtbot.waitUntil(lambda: asked.found is not None)
    assert [asked.sheet.itemText(place) for place in range(asked.sheet.count())] == ["2025", "空", "2026"]
    asked.sheet.setCurrentText("2026")
    asked.sheet.activated.emit(2)
    qtbot.waitUntil(lambda: asked.found is not None)
    assert asked.found.rows[0].values["name"] == "新客户公司"
    asked.sheet.setCurrentText("空")
    asked.sheet.activated.emit(1)
    qtbot.waitUntil(asked.notice.isVisible)  # nothing in it: told, and the other stays
    assert asked.sheet.currentText() == "2026"
    assert asked.found.rows[0].values["name"] == "新客户公司"
    asked.close()


def test_a_protected_workbook_asks_for_its_password(page, qtbot, tmp_path):
    plain = workbook(tmp_path / "plain.xlsx", ROWS)
    with plain.open("rb") as source, (tmp_path / "a.xlsx").open("wb") as target:
        OOXMLFile(source).encrypt("geheim", target)
    page.begin_import(tmp_path / "a.xlsx")
    asked = page.importing
    qtbot.waitUntil(lambda: asked.password is not None)
    asked.password.setTextValue("other")
    first = asked.password
    first.accept()
    qtbot.waitUntil(lambda: asked.password is not first)
    assert asked.password.labelText() == "This is not its password. Please enter it again."
    asked.password.setTextValue("geheim")
    asked.password.accept()
    qtbot.waitUntil(lambda: asked.found is not None)
    assert len(asked.found.rows) == 3
    asked.close()


def test_what_is_no_table_is_told(page, qtbot, tmp_path):
    (tmp_path / "a.xlsx").write_bytes(b"hello")
    page.begin_import(tmp_path / "a.xlsx")
    qtbot.waitUntil(page.importing.notice.isVisible)
    assert not page.importing.import_button.isEnabled()
    page.importing.close()


def test_what_is_listed_goes_out_and_people_are_masked_on_request(page, desk, qtbot, tmp_path):
    page.export_to(tmp_path / "all.xlsx", masked=False)
    qtbot.waitUntil((tmp_path / "all.xlsx").exists)
    said = sheets_in.read(tmp_path / "all.xlsx").rows
    assert {row[0] for row in said[1:]} == names(desk)
    page.export_to(tmp_path / "masked.csv", masked=True)
    qtbot.waitUntil((tmp_path / "masked.csv").exists)
    text = (tmp_path / "masked.csv").read_text(encoding="utf-8-sig")
    assert "138 0013 5678" not in text
    page.export_to(tmp_path / "nowhere" / "x.csv", masked=False)
    qtbot.waitUntil(lambda: "x.csv" not in page.notice.label.text() and page.notice.isVisible())
