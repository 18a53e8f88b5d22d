"""How the files of `cases/made` came about; they are committed, so that no test needs these programs.

python make_books.py FOLDER     with odfpy 1.4.1, xlwt 1.3.0, XlsxWriter 3.2 and openpyxl 3.1,
                                LibreOffice 7.4 (soffice) and Gnumeric 1.12 (ssconvert)
"""

import csv
import datetime as dt
import shutil
import subprocess
import sys
from pathlib import Path
from xml.sax.saxutils import escape

import openpyxl
import xlsxwriter
import xlwt
from odf.number import DateStyle, Day, Month, Text, Year
from odf.opendocument import OpenDocumentSpreadsheet
from odf.style import Style
from odf.table import CoveredTableCell, Table, TableCell, TableRow
from odf.text import P

HEAD = [
    *("客户名称", "所属行业", "员工人数", "年营收（元）", "合作额", "联系人", "联系方式", "电子邮箱"),
    *("统一社会信用代码", "省份", "下次跟进时间", "初步需求描述"),
]
DAY = dt.date(2026, 12, 25)
ROWS = [
    [
        "华源科技有限公司",
        "制造业",
        200,
        1234567,
        12,
        "张伟",
        13800135678,
        "a@example.com",
        "91350100M000100Y43",
        "江苏",
        DAY,
        "一",
    ],
    ["", "", "", "", "", "李娜", "0512-62881234", "b@example.com", "", "", "", ""],
    [
        "立新制造有限公司",
        "批发零售",
        "1,200人",
        "5百万",
        "-",
        "王芳",
        "13900135678\n0512-62881235",
        "-",
        "暂无",
        "-",
        "无",
        "NULL",
    ],
    [
        "北京银行股份有限公司",
        "金融业",
        "50-99人",
        "1234,50",
        "N/A",
        "赵磊",
        "'13700135678",
        "c@例子.中国",
        '="91320500MA1X2Y3A4X"',
        "北京",
        46381,
        "甲&amp;乙",
    ],
    [
        "上海银行股份有限公司",
        "-",
        "两百人",
        "人民币500万元整",
        "/",
        "钱进、孙立",
        "13600135678/13500135678",
        "d@example.com; e@example.com",
        "—",
        "上海",
        "2026年12月25日",
        "第一行\n第二行",
    ],
    [
        "海岳物流有限公司",
        "区块链",
        0.5,
        "1000万美元",
        "",
        "周涛",
        "+86 512 62881236转8001",
        "",
        913205001234567890,
        "𬭎省",
        "明天",
        "朱镕基 𠮷田",
    ],
    ["𬭎锐化工有限公司", "教育", "约300", "伍佰万元整", "", "", "", "", "", "", "", "26:30"],
]
FORMATS = {(0, 2): '0"人"', (0, 3): '0!.0,"万"'}  # how a number is shown: 1234567 as 123.5万


def cells():
    """Rows of the sheet; the first customer is merged over two."""
    return [HEAD, *ROWS]


def by_xlsxwriter(path):
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        notes = book.add_worksheet("填写说明")
        notes.write_column(0, 0, ["填写说明", "1. 客户名称必填", "2. 金额以元为单位"])
        sheet = book.add_worksheet("客户")
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for number, row in enumerate(cells()):
            for place, value in enumerate(row):
                shown = FORMATS.get((number - 1, place))
                if isinstance(value, dt.date):
                    sheet.write_datetime(number, place, value, day)
                elif shown:
                    sheet.write_number(number, place, value, book.add_format({"num_format": shown}))
                else:
                    sheet.write(number, place, value)
        sheet.merge_range("A2:A3", ROWS[0][0])


def by_openpyxl(path):
    book = openpyxl.Workbook()
    sheet = book.active
    for number, row in enumerate(cells(), start=1):
        for place, value in enumerate(row, start=1):
            cell = sheet.cell(number, place)
            cell.value = value
            if isinstance(value, str) and value.startswith("="):
                cell.data_type = "s"
            cell.number_format = FORMATS.get((number - 2, place - 1), cell.number_format)
    sheet.merge_cells("A2:A3")
    book.save(path)


def by_xlwt(path):
    book = xlwt.Workbook()
    sheet = book.add_sheet("客户")
    for number, row in enumerate(cells()):
        for place, value in enumerate(row):
            shown = FORMATS.get((number - 1, place)) or ("yyyy-mm-dd" if isinstance(value, dt.date) else "")
            style = xlwt.easyxf(num_format_str=shown) if shown else xlwt.Style.default_style
            if (number, place) not in {(1, 0), (2, 0)}:
                sheet.write(number, place, value, style)
    sheet.write_merge(1, 2, 0, 0, ROWS[0][0])
    book.save(str(path))


def by_odfpy(path):
    book = OpenDocumentSpreadsheet()
    form = DateStyle(name="day")
    for part in (Year(style="long"), Text(text="-"), Month(style="long"), Text(text="-"), Day(style="long")):
        form.addElement(part)
    book.automaticstyles.addElement(form)
    shown = Style(name="ce", family="table-cell", datastylename="day")
    book.automaticstyles.addElement(shown)
    table = Table(name="客户")
    for number, row in enumerate(cells()):
        line = TableRow()
        for place, value in enumerate(row):
            if (number, place) == (2, 0):
                line.addElement(CoveredTableCell())
                continue
            traits = {"numberrowsspanned": 2, "numbercolumnsspanned": 1} if (number, place) == (1, 0) else {}
            if isinstance(value, dt.date):
                cell = TableCell(valuetype="date", datevalue=value.isoformat(), stylename=shown)
            elif isinstance(value, (int, float)):
                cell = TableCell(valuetype="float", value=value)
            else:
                cell = TableCell(valuetype="string", **traits)
            for one in str(value).split("\n"):
                cell.addElement(P(text=one))
            line.addElement(cell)
        table.addElement(line)
    book.spreadsheet.addElement(table)
    book.save(str(path))


def by_hand(folder):
    """What a web page, an ERP and a text export write."""
    rows = [["" if one is None else str(one) for one in row] for row in cells()]
    rows[4][10] = str(DAY)  # a text file has no days by number
    for name, encoding, separator in (
        ("erp_gbk.csv", "gb18030", ","),
        ("utf16_tab.xls", "utf-16", "\t"),
        ("semicolon.csv", "utf-8-sig", ";"),
    ):
        with (folder / name).open("w", encoding=encoding, newline="") as file:
            csv.writer(file, delimiter=separator).writerows(rows)
    body = "".join(
        "<tr>"
        + "".join(
            f"<td{' rowspan=2' if (number, place) == (1, 0) else ''}>{text.replace('&', '&amp;')}</td>".replace(
                "\n", "<br>"
            )
            for place, text in enumerate(row)
            if (number, place) != (2, 0)
        )
        + "</tr>"
        for number, row in enumerate(rows)
    )
    space = "urn:schemas-microsoft-com:office:excel"
    page = f'<html xmlns:x="{space}"><head><meta charset="gb2312"></head><table>{body}</table></html>'
    (folder / "web_page.xls").write_bytes(page.encode("gb18030"))


def spreadsheet_ml(path):
    """What ERP programs write since Excel 2003."""
    lines = []
    for number, row in enumerate(cells()):
        line = ""
        for place, value in enumerate(row):
            if value == "":
                continue
            kind = (
                "Number" if isinstance(value, (int, float)) else "DateTime" if isinstance(value, dt.date) else "String"
            )
            said = (
                f"{value.isoformat()}T00:00:00.000" if kind == "DateTime" else escape(str(value)).replace("\n", "&#10;")
            )
            merged = ' ss:MergeDown="1"' if (number, place) == (1, 0) else ""
            line += f'<Cell ss:Index="{place + 1}"{merged}><Data ss:Type="{kind}">{said}</Data></Cell>'
        lines.append(f"<Row>{line}</Row>")
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    path.write_text(
        f'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="{space}" xmlns:ss="{space}">'
        f'<Worksheet ss:Name="客户"><Table>{"".join(lines)}</Table></Worksheet></Workbook>',
        encoding="utf-8",
    )


def converted(source, folder, name, *how):
    """What LibreOffice makes of a file."""
    subprocess.run(["soffice", "--headless", "--convert-to", *how, "--outdir", folder / "tmp", source], check=True)
    (made,) = (folder / "tmp").iterdir()
    shutil.move(made, folder / name)


def main():
    folder = Path(sys.argv[1])
    (folder / "tmp").mkdir(parents=True, exist_ok=True)
    by_xlsxwriter(folder / "xlsxwriter.xlsx")
    by_openpyxl(folder / "openpyxl.xlsx")
    by_xlwt(folder / "xlwt.xls")
    by_odfpy(folder / "odfpy.ods")
    by_hand(folder)
    spreadsheet_ml(folder / "erp_2003.xls")
    source = folder / "openpyxl.xlsx"
    converted(source, folder, "libreoffice.xlsx", "xlsx")
    converted(source, folder, "libreoffice.xls", "xls:MS Excel 97")
    converted(source, folder, "libreoffice.ods", "ods")
    converted(source, folder, "libreoffice.fods", "fods")
    converted(source, folder, "libreoffice_page.xls", "html")
    for name, how in (
        ("gnumeric.xls", "Gnumeric_Excel:excel_biff8"),
        ("gnumeric.ods", "Gnumeric_OpenCalc:odf"),
        ("gnumeric.xlsx", "Gnumeric_Excel:xlsx2"),
        ("gnumeric_page.xls", "Gnumeric_html:html40"),
    ):
        subprocess.run(["ssconvert", "-T", how, source, folder / name], check=True)
    shutil.rmtree(folder / "tmp")


if __name__ == "__main__":
    main()
