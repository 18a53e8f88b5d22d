"""What is called .xls and is none: web pages, SpreadsheetML, text; and what spreadsheets hold that is hard to tell."""

import pytest
import xlsxwriter

from salesdesk.errors import UserError
from salesdesk.exchange import sheets_in
from tests.exchange.books import ods

SPACE = "urn:schemas-microsoft-com:office:spreadsheet"


def written(path, text, encoding="utf-8"):
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('<td x:num="13800135678">1.38E+10</td>', "13800135678"),
        ('<td sdval="1234567">123.5万</td>', "1234567"),
        ('<td x:num="46381">2026-12-25</td>', "2026-12-25"),
        ('<td x:num="0.5">50%</td>', "50%"),
        ("<td>甲&amp;乙<br>第二行</td>", "甲&乙\n第二行"),
        ("<td><p>一</p><p>二</p></td>", "一\n二"),
        ("<td>甲<script>x()</script>&nbsp;</td>", "甲"),
        ("<td>外<table><tr><td>里</td></tr></table></td>", "外"),
    ],
)
def test_a_cell_of_a_web_page_is_what_stands_in_it(tmp_path, cell, text):
    page = f"<html><body><table><tr><th>客户名称<th>值</tr><tr><td>华源{cell}</table></body></html>"
    for encoding in ("utf-8-sig", "gb18030", "utf-16"):
        assert sheets_in.read(written(tmp_path / "a.xls", page, encoding)).rows[1] == ["华源", text]


def test_a_page_that_says_one_encoding_and_is_another_is_read(tmp_path):
    page = '<meta charset="gb2312"><table><tr><td>客户名称<td>𬭎</table>'
    for encoding in ("utf-8", "gb18030"):
        assert sheets_in.read(written(tmp_path / "a.xls", page, encoding)).rows == [["客户名称", "𬭎"]]


def test_a_web_page_in_one_file_is_read(tmp_path):
    page = (
        'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="x"\n\n--x\n'
        'Content-Type: text/html; charset="utf-8"\n'
        "Content-Transfer-Encoding: 8bit\n\n<table><tr><td>客户名称</td></tr><tr><td>华源</td></tr></table>\n--x--\n"
    )
    assert sheets_in.read(written(tmp_path / "a.xls", page)).rows == [["客户名称"], ["华源"]]


def test_spreadsheet_ml_says_where_its_cells_stand(tmp_path):
    text = (
        f'<?xml version="1.0" encoding="gb2312"?><ss:Workbook xmlns:ss="{SPACE}"'
        ' xmlns:x="urn:schemas-microsoft-com:office:excel">'
        '<ss:Worksheet ss:Name="隐"><ss:Table><ss:Row><ss:Cell><ss:Data ss:Type="String">x</ss:Data></ss:Cell></ss:Row>'
        "</ss:Table><x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions></ss:Worksheet>"
        '<ss:Worksheet ss:Name="客户"><ss:Table><ss:Row ss:Index="2">'
        '<ss:Cell ss:MergeDown="1"><ss:Data ss:Type="String">华源</ss:Data>'
        '</ss:Cell><ss:Cell ss:Index="3"><ss:Data ss:Type="Number">13800135678</ss:Data>'
        "<ss:Comment><ss:Data>不是</ss:Data></ss:Comment>"
        '</ss:Cell></ss:Row><ss:Row><ss:Cell ss:Index="2">'
        '<ss:Data ss:Type="DateTime">2026-12-25T00:00:00.000</ss:Data></ss:Cell>'
        '<ss:Cell><ss:Data ss:Type="Error">#N/A</ss:Data></ss:Cell></ss:Row></ss:Table></ss:Worksheet></ss:Workbook>'
    )
    found = sheets_in.read(written(tmp_path / "a.xls", text, "gb18030"))
    assert (found.sheet, found.others) == ("客户", ("隐",))
    assert found.rows == [[], ["华源", "", "13800135678"], ["华源", "2026-12-25", "#N/A"]]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<html><frameset><frame src='x.htm'></frameset></html>", "import.no_table_inside"),
        (f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><Workbook xmlns="{SPACE}"/>', "import.broken"),
        (f'<?xml version="1.0"?><Workbook xmlns="{SPACE}"><Worksheet>', "import.broken"),
        ("<html><table>" + "<tr><td colspan=1000>x" * 3001 + "</table></html>", "import.too_large"),
        ("只是一句话", "import.not_a_table"),
        ('<?xml version="1.0"?><note>x</note>', "import.not_a_table"),
    ],
    ids=["frames", "entity", "cut", "wide", "a sentence", "other xml"],
)
def test_what_is_no_table_is_refused_with_a_reason(tmp_path, text, message):
    with pytest.raises(UserError) as refused:
        sheets_in.read(written(tmp_path / "a.xls", text))
    assert refused.value.message == message


def test_hours_beyond_a_day_stay_hours(tmp_path):
    with xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as book:
        sheet = book.add_worksheet()
        for column, shown in enumerate(("[h]:mm", "h:mm")):
            for row, days in enumerate((0.5, 1 + 2 / 24, 3.25)):
                sheet.write_number(row, column, days, book.add_format({"num_format": shown}))
    assert sheets_in.read(tmp_path / "a.xlsx").rows == [["12:00", "12:00"], ["26:00", "26:00"], ["78:00", "78:00"]]
    cell = '<table:table-cell office:value-type="time" office:time-value="PT26H30M00S"/>'
    assert sheets_in.read(ods(tmp_path / "a.ods", f"<table:table-row>{cell}</table:table-row>")).rows == [["26:30"]]


def test_a_percentage_of_an_ods_is_what_is_shown(tmp_path):
    cell = '<table:table-cell office:value-type="percentage" office:value="0.5"/>'
    assert sheets_in.read(ods(tmp_path / "a.ods", f"<table:table-row>{cell}</table:table-row>")).rows == [["50%"]]
