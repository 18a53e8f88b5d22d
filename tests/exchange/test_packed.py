"""What would fill the memory is refused before the parser sees it; what only looks large comes in."""

import subprocess
import sys
import zipfile

import pytest
import xlsxwriter

from salesdesk.errors import UserError
from salesdesk.exchange import packed, sheets_in
from tests.exchange.books import book, cells, lying, ods, with_sheet

WIDE_ROW = '<row r="1">' + "<c><v>1</v></c>" * 16_000 + "</row>"


def refused(path):
    with pytest.raises(UserError) as found:
        sheets_in.read(path)
    return found.value.message


def row(content, repeated="", times=1):
    return (
        f"<table:table-row {repeated}>"
        f'<table:table-cell office:value-type="string" table:number-columns-repeated="{times}">'
        f"{content}</table:table-cell></table:table-row>"
    )


@pytest.mark.parametrize(
    "inner",
    [
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        '<row r="1"><c s="0" r="A1"><v>1</v></c></row><row r="9"><c s="0"\nr = \'XFD1048576\'><v>1</v></c></row>',
        WIDE_ROW + "<row><c><v>1</v></c></row>" * 5000,
    ],
    ids=["a stray cell", "written oddly", "without addresses"],
)
def test_a_sheet_that_reaches_too_far_is_refused(tmp_path, inner):
    assert refused(with_sheet(tmp_path / "a.xlsx", cells(inner))) == "import.too_large"


def test_prefixed_tags_are_seen(tmp_path):
    space = 'xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    far = (
        '<x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c></x:row><x:row r="9"><x:c r="XFD1048576"><x:v>1</x:v></x:c></x:row>'
    )
    sheet = f"<x:worksheet {space}><x:sheetData>{far}</x:sheetData></x:worksheet>"
    assert refused(with_sheet(tmp_path / "a.xlsx", sheet.encode())) == "import.too_large"


def test_one_stray_cell_in_the_last_row_is_no_reason_to_refuse(tmp_path):
    with xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as made:
        sheet = made.add_worksheet()
        sheet.write_row(0, 0, ["客户名称", "所属行业"])
        sheet.write_row(1, 0, ["华源", "制造业"])
        sheet.write(1_048_575, 0, "x")
    rows = sheets_in.read(tmp_path / "a.xlsx").rows
    assert (rows[:2], rows[-1]) == ([["客户名称", "所属行业"], ["华源", "制造业"]], ["x", ""])


@pytest.mark.parametrize("end", ["/>", ' t="n"></c>', ' s="7" />'])
def test_a_coloured_empty_cell_in_the_last_row_is_no_reason_to_refuse(tmp_path, end):
    row = '<row r="1"><c r="A1"><v>1</v></c><c r="Z1"><v>2</v></c></row>'
    far = f'<row r="1048576"><c r="T1048576" s="1"{end}<c r="XFD1048576"{end}</row>'
    rows = sheets_in.read(with_sheet(tmp_path / "a.xlsx", cells(row + far))).rows
    assert (len(rows), rows[0][0], rows[0][-1]) == (1, "1", "2")
    beside = far.replace("</row>", '<c r="T1048576" s="1"><v>1</v></c></row>')
    assert refused(with_sheet(tmp_path / "b.xlsx", cells(row + beside))) == "import.too_large"


def test_an_archive_that_lies_about_its_sizes_is_unpacked_no_further_than_the_limit(tmp_path, monkeypatch):
    monkeypatch.setattr(packed, "LARGEST_UNPACKED", 20 * 1024**2)
    path = lying(tmp_path / "a.xlsx", 30)
    with zipfile.ZipFile(path) as read:
        assert sum(one.file_size for one in read.infolist()) < 100_000
    assert refused(path) == "import.too_large"


def test_a_packing_that_no_spreadsheet_program_uses_is_refused(tmp_path):
    path = with_sheet(tmp_path / "a.xlsx", cells(WIDE_ROW), compression=zipfile.ZIP_LZMA)
    assert refused(path) == "import.broken"


def test_an_archive_of_something_else_is_no_table(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as made:
        made.writestr("word/document.xml", "<w/>")
    assert refused(tmp_path / "a.xlsx") == "import.not_a_table"


def test_an_opendocument_table_comes_in_with_its_repeated_cells(tmp_path):
    empty = '<table:table-row table:number-rows-repeated="1048570"><table:table-cell/></table:table-row>'
    path = ods(tmp_path / "a.ods", row("<text:p>客户名称</text:p>") + row("<text:p>𠮷源</text:p>", times=2) + empty)
    assert [one[:2] for one in sheets_in.read(path).rows] == [["客户名称", ""], ["𠮷源", "𠮷源"]]


def test_an_opendocument_table_of_repetitions_is_refused(tmp_path):
    rows = 'table:number-rows-repeated="1048576"'
    assert refused(ods(tmp_path / "a.ods", row("<text:p>x</text:p>", rows, 16_384))) == "import.too_large"


def test_the_parser_would_have_ended_the_program(tmp_path):
    """Why the check is there: without it this ends with a signal, not with an error that could be shown."""
    path = book(tmp_path / "a.xlsx", [["x"]])
    far = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    with_sheet(path, cells(far))
    if sys.platform != "linux":
        pytest.skip("the limit on memory is Linux's")
    read = (
        "import resource, sys; from python_calamine import CalamineWorkbook;"
        "resource.setrlimit(resource.RLIMIT_AS, (2**31, 2**31));"
        "resource.setrlimit(resource.RLIMIT_CORE, (0, 0));"
        "CalamineWorkbook.from_path(sys.argv[1]).get_sheet_by_index(0)"
    )
    ended = subprocess.run([sys.executable, "-c", read, str(path)], capture_output=True, check=False)
    assert ended.returncode < 0
