"""The code of a company tells it from others only when it is one."""

import pytest

from salesdesk.actions import imports
from salesdesk.exchange import mapping, sheets_in
from salesdesk.process.credit_codes import credit_code
from salesdesk.records.language import Language
from salesdesk.records.prospecting import Customer
from salesdesk.store import queries
from tests.exchange.books import book

CODE = "91320500MA1X2Y3A4X"


def look(workspace, path, form=Customer):
    rows = sheets_in.read(path).rows
    return imports.preview(workspace, form.__tablename__, rows, mapping.guess(form, rows), Language.ZH)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("91350100M000100Y43", "91350100M000100Y43"),  # the example of the standard
        (" ９１３５０１００m000100y43", "91350100M000100Y43"),
        ("91350100M000100Y44", ""),
        ("91350100M0001O0Y43", ""),
        ("320594000123456", "320594000123456"),
        ("9132****MA1X2Y3A4X", ""),
        *((text, "") for text in ("", "无", "暂无", "-", "0", "000000000000000000", "111111111111111", "9.13205E+17")),
    ],
)
def test_a_code_is_one_that_the_standard_gives(text, code):
    assert credit_code(text) == code


@pytest.mark.parametrize("code", ["暂无", "无", "-", "9.13205E+17", "9132050***********", 913205001234567890])
def test_a_placeholder_makes_no_two_companies_one(workspace, tmp_path, code):
    path = book(tmp_path / "a.xlsx", [["客户名称", "统一社会信用代码"], ["甲机械厂", code], ["乙物流公司", code]])
    for _ in range(2):
        found = look(workspace, path)
        assert [row.same_as for row in found.rows] == ["", ""]
        for row in found.rows:
            row.values["name"] += "二"  # another two beside those who have it in the workspace
        imports.carry_out(workspace, found)
    with workspace.reading() as session:
        assert len(queries.listed(session, Customer)) == 4


def test_one_code_and_two_names_are_asked_about(workspace, tmp_path):
    rows = [["苏州华源科技有限公司", CODE], ["华源科技", CODE], ["宏远物流有限公司", CODE]]
    found = look(workspace, book(tmp_path / "a.xlsx", [["客户名称", "统一社会信用代码"], *rows]))
    assert [(row.same_by, row.choice) for row in found.rows] == [
        ("", "new"),
        ("credit_code", "fill"),
        ("other_name", "out"),
    ]
    assert [row.number for row in found.doubles()] == [4]


def test_digits_that_were_made_a_number_are_told_and_kept(workspace, tmp_path):
    rows = [["甲", 913205001234567890, "1.38E+10"], ["乙", CODE, 13800135678], ["丙", "9.13205E+17", "138"]]
    found = look(workspace, book(tmp_path / "a.xlsx", [["客户名称", "统一社会信用代码", "联系方式"], *rows]))
    first, second, third = (row.values for row in found.rows)
    code, phone = first["need"].splitlines()
    assert code.startswith("统一社会信用代码：9132050012345")
    assert code.endswith("（可能被表格软件改成了数字，请核对）")
    assert phone.startswith("联系方式：1.38E+10（可能")
    assert not {"credit_code", "contact.phone"} & first.keys()
    assert [[one.label for one in row.remarks] for row in found.rows] == [
        ["统一社会信用代码", "联系方式"],
        [],
        ["统一社会信用代码"],
    ]
    assert (second["credit_code"], second["contact.phone"]) == (CODE, "13800135678")
    assert (third["need"][:20], third["contact.phone"]) == ("统一社会信用代码：9.13205E+17", "138")
