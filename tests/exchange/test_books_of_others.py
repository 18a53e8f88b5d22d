"""The same table written by other programs (`make_books.py`) comes in with no cell silently another value.

Counted for each file: cells right, asked, told (refused, left out by name, kept in words) and wrong.
"""

from pathlib import Path

import pytest

from salesdesk.actions.read_file import read_file
from salesdesk.exchange import sheets_in
from salesdesk.records.language import Language

MADE = sorted((Path(__file__).parent / "cases" / "made").iterdir())
_HEAD = (
    "客户名称|所属行业|员工人数|年营收（元）|联系人|联系方式|电子邮箱|统一社会信用代码|省份|下次跟进时间|初步需求描述"
)
# what is right, by row; `-`: nothing; `?`: words or a refusal, never a value
_RIGHT = """
2|华源科技有限公司|制造业|200人|1,234,567元|张伟|13800135678|a@example.com|91350100M000100Y43|江苏|2026-12-25|一
3|华源科技有限公司|-|-|-|李娜|0512-62881234|b@example.com|-|-|-|-
4|立新制造有限公司|批发零售|1200人|500万|王芳|13900135678 / 0512-62881235|-|-|-|-|-
5|北京银行股份有限公司|金融业|?|?|赵磊|13700135678|c@例子.中国|91320500MA1X2Y3A4X|北京|2026-12-25|甲&乙
6|上海银行股份有限公司|-|200人|500万|钱进、孙立|13600135678 / 13500135678|d@example.com|-|上海|2026-12-25|第一行\\n第二行
7|海岳物流有限公司|其他|?|?|周涛|+86 512 62881236转8001|-|?|𬭎省|?|朱镕基 𠮷田
8|𬭎锐化工有限公司|教育|?|500万|-|-|-|-|-|-|26:30
"""  # noqa: E501  # a table
RIGHT = {
    int(row): dict(zip(_HEAD.split("|"), said.replace("\\n", "\n").split("|"), strict=True))
    for row, _, said in (line.partition("|") for line in _RIGHT.strip().splitlines())
}
LEAST_RIGHT = 40  # of the cells that say something


def judged(cell, right):
    """What became of a cell, against what is right."""
    if cell["fate"] == "take":
        return "right" if cell["value"] == right else "wrong"
    if cell["fate"] == "empty":
        return "right" if right == "-" else "wrong"
    if cell["fate"] == "words" and not any(cell["text"].strip("'=\"") in said for said in cell["words"]):
        return "wrong"
    return "asked" if cell["fate"] == "ask" else "told"


@pytest.mark.parametrize("path", MADE, ids=lambda path: path.name)
def test_no_cell_is_silently_another(path, record_property):
    told = read_file(path, "customer", Language.ZH)
    counted = dict.fromkeys(("right", "asked", "told", "wrong"), 0)
    wrong = []
    for row in told["rows"]:
        for cell in row["cells"]:
            if cell["heading"] == "合作额":  # no field of ours: named as left out
                verdict = "told" if told["left_out"] == ["合作额"] and cell["fate"] == "left out" else "wrong"
            else:
                verdict = judged(cell, RIGHT[row["row"]][cell["heading"]])
            counted[verdict] += 1
            wrong += [cell] if verdict == "wrong" else []
    print(path.name, counted)  # noqa: T201  # the figure that the release notes name
    record_property("cells", counted)
    assert wrong == []
    assert counted["right"] >= LEAST_RIGHT
    fates = [row["fate"] for row in told["rows"]]
    # a page of Gnumeric shows 1234!.6万 and holds no more: told, and the next row then is the customer's first
    assert fates[:2] == (["refuse", "take"] if path.name == "gnumeric_page.xls" else ["take", "join"])
    assert fates[2:] == ["take", "refuse", "take", "refuse", "take"]


def test_a_sheet_of_explanations_is_passed_over_and_named():
    told = read_file(next(path for path in MADE if path.name == "xlsxwriter.xlsx"), "customer", Language.ZH)
    assert (told["sheet"], told["other_sheets_with_rows"]) == ("客户", ["填写说明"])


def test_the_first_sheet_that_looks_like_a_table_stays_the_one_without_a_form():
    path = next(path for path in MADE if path.name == "xlsxwriter.xlsx")
    assert sheets_in.read(path).sheet == "填写说明"
