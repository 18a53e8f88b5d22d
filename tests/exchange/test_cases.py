"""Small inputs that people really have, each with what is right (`cases/`)."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from salesdesk.actions import history, imports
from salesdesk.actions.read_file import read_file
from salesdesk.errors import UserError
from salesdesk.exchange import mapping, presets, sheets_in
from salesdesk.records.contract import Contract
from salesdesk.records.language import Language
from salesdesk.records.prospecting import Contact, Customer
from salesdesk.records.registry import form_named
from salesdesk.store import queries
from tests.factories import make_workspace

CASES = Path(__file__).parent / "cases"


@pytest.fixture
def workspace(tmp_path):
    made = make_workspace(tmp_path / "w")
    yield made
    made.close()


def look(workspace, name, entity="customer", units=()):
    form = form_named(entity)
    path = name if isinstance(name, Path) else CASES / name
    rows = sheets_in.read(path, form=form).rows
    chosen = mapping.guess(form, rows, presets.recognised(rows[:10]) if form is Customer else None)
    for column, yuan in units:
        chosen = chosen.in_unit(column, yuan)
    return imports.preview(workspace, entity, rows, chosen, Language.ZH)


def told(row):
    return [(one.label, one.message) for one in row.problems]


def listed(workspace, form):
    with workspace.reading() as session:
        return queries.listed(session, form, limit=1000)


def test_a_bare_amount_is_asked_about_and_the_answer_is_kept(workspace):
    with workspace.changing("test") as changes:
        changes.add(Customer(name="立新制造有限公司"))
    found = look(workspace, "contracts_yuan.csv", "contract")
    asked = {question.heading: question.samples for question in found.questions}
    assert asked == {
        "合同金额": [("220000.00", ["22万", "22亿"])],
        "标准报价": [("250000", ["25万", "25亿"])],
    }
    assert [row.values.get("amount") for row in found.fit()] == [22_000_000]  # only the one that says 万元
    answered = look(workspace, "contracts_yuan.csv", "contract", [(2, 1), (3, 1)])
    assert answered.questions == []
    assert imports.carry_out(workspace, answered) == 2
    assert {one.amount for one in listed(workspace, Contract)} == {22_000_000}
    history.undo(workspace, *history.last_action(workspace))


def test_a_unit_above_the_table_or_in_the_second_heading_is_no_question(workspace, tmp_path):
    for number, rows in enumerate(
        (
            "客户一览,,单位：万元\n客户名称,年营收,城市\n甲,3000,苏州\n",
            "客户名称,年营收,城市\nCustomer,Annual revenue (10k RMB),City\n甲,3000,苏州\n",
        )
    ):
        (tmp_path / f"{number}.csv").write_text(rows, encoding="utf-8")
        found = look(workspace, tmp_path / f"{number}.csv")
        assert (found.questions, found.rows[0].values["revenue"]) == ([], 3 * 10**9)


@pytest.mark.parametrize("cell", ["¥220000", "￥220,000.00"])
def test_a_heading_and_a_cell_that_contradict_each_other_are_told(workspace, tmp_path, cell):
    (tmp_path / "a.csv").write_text(f'客户名称,年营收（万元）\n甲,"{cell}"\n乙,3\n', encoding="utf-8")
    first, second = look(workspace, tmp_path / "a.csv").rows
    assert (told(first), second.values["revenue"]) == ([("年营收", "import.two_units")], 3_000_000)


AMOUNTS = {  # revenue in 分, employees; a text is kept in the description, a list is a refusal
    "甲一": (["import.no_unit"], 1200),
    "甲二": (["import.no_unit"], 1200),
    "甲三": (["value.comma"], 200),
    "甲四": (["value.comma"], 200),
    "甲五": (["value.comma"], "约200"),  # beside 1234,50 its comma may be one of decimals
    "甲六": (3 * 10**9, "50-99人"),
    "甲七": (12 * 10**9, "1000人以上"),
    "甲八": (5 * 10**8, 200),
    "甲九": (5 * 10**8, 120),
    "乙一": (5 * 10**8, 200),
    "乙二": (5 * 10**8, "200 人左右"),
    "乙三": ("1000万美元", "少于50人"),
    "乙四": (None, None),
    "乙五": (None, None),
    "乙六": (5 * 10**8, 5000),
    "乙七": (["value.not_an_amount"], ["value.not_a_number"]),
    "乙八": ("500万-1000万", 0),
    "乙九": (0, 0),
    "丙一": (["value.not_an_amount"], ["value.out_of_range"]),
    "丙二": (5 * 10**8, 200),
    "丙三": (5 * 10**8, 300),
    "丙四": (["import.no_unit"], 1200),
    "丙五": (12 * 10**8, 200),
    "丙六": ("1200万元/年", "200人（含外包）"),
    "丙七": ("USD 1,000,000", 200),
}


def test_amounts_are_read_kept_in_words_or_refused(workspace):
    for row in look(workspace, "amounts.csv").rows:
        problems = dict(told(row))
        for name, label, right in zip(
            ("revenue", "employees"), ("年营收", "员工人数"), AMOUNTS[row.cells[0]], strict=True
        ):
            if isinstance(right, list):
                assert problems[label] == right[0]
            elif isinstance(right, str):
                assert f"{label}：{right}" in row.values["need"].splitlines()
                assert name not in row.values
            else:
                assert (row.values.get(name), label in problems) == (right, False)


def test_words_for_nothing_are_nothing(workspace):
    found = look(workspace, "placeholders.csv")
    assert [told(row) for row in found.rows] == [[]] * 8
    for row in found.rows[:-1]:
        assert row.values == {"name": row.cells[0]}
    assert found.rows[-1].values == {"name": "辛方有限公司", "province": "江苏", "city": "苏州"}
    imports.carry_out(workspace, found)
    assert listed(workspace, Contact) == []


def test_what_a_word_for_nothing_may_say_on_another_form_stays(workspace, tmp_path):
    (tmp_path / "a.csv").write_text("待办事项,备注\n打电话,无\n写信,-\n", encoding="utf-8")
    first, second = look(workspace, tmp_path / "a.csv", "task").rows
    assert (first.values["remark"], second.values.get("remark")) == ("无", None)


def test_guards_of_other_programs_are_no_part_of_a_value(workspace):
    rows = look(workspace, "apostrophe.csv", units=[(4, 10_000)]).rows
    assert [row.problems for row in rows] == [[]] * 5
    assert [row.values.get("contact.phone") for row in rows] == [
        *("13800135678", "13900135678", "13700135678", "+86 13600135678", "13500135678")
    ]
    assert [row.values.get("credit_code") for row in rows[:3]] == [
        *("91320500MA1X2Y3A4X", "91320500MA1X2Y3A51", "91320500MA1X2Y3A5A")
    ]
    assert [row.values.get("revenue") for row in rows[1:4]] == [5 * 10**8] * 3
    assert rows[4].values["follow_up_on"].isoformat() == "2026-12-25"


def test_a_register_of_companies_comes_in(workspace):
    rows = look(workspace, "qcc.csv").rows
    assert [told(row) for row in rows] == [[], [], []]
    first, second, third = (row.values for row in rows)
    assert first["contact.phone"] == "13800135678 / 13900135678"
    assert (first["province"], first["city"], first["industry"]) == ("江苏省", "苏州市", "manufacturing")
    assert "员工人数：100-499人" in first["need"].splitlines()
    assert "更多电话：0512-62881234; 0512-62881235" in first["need"].splitlines()
    assert not {"contact.phone", "contact.email", "credit_code"} & second.keys()
    assert "员工人数：少于50人" in second["need"].splitlines()
    assert "contact.phone" not in third
    assert "网址" not in first["need"]


def test_institutions_that_share_a_generic_word_are_not_there_already(workspace):
    found = look(workspace, "institutions.csv")
    assert [row.same_as for row in found.rows] == [""] * 6
    imports.carry_out(workspace, found)
    assert [bool(row.same_as) for row in look(workspace, "institutions.csv").rows] == [True] * 6


def test_one_number_is_one_however_it_is_written(workspace):
    found = look(workspace, "phones.csv")
    assert [row.same_by for row in found.rows] == ["", *["phone"] * 7]
    landline = {row.same_as for row in found.rows if "6288" in row.cells[2] and row.number > 3}
    assert landline == {"乙方实业有限公司"}


def test_a_row_without_customer_below_one_is_another_person_there(workspace):
    found = look(workspace, "odoo_child.csv")
    assert [(row.choice, row.same_by, row.same_row) for row in found.rows] == [("new", "", 0), ("fill", "above", 2)]
    imports.carry_out(workspace, found)
    (one,) = listed(workspace, Customer)
    assert (one.name, one.need) == ("立新制造有限公司", "Phone：+86 512 6288 1234")
    assert {(person.name, person.phone) for person in listed(workspace, Contact)} == {
        ("张伟", "+86 138 0013 5678"),
        ("李娜", "+86 139 0013 5678"),
    }
    again = look(workspace, "odoo_child.csv")
    assert again.fit() == []  # who is there is asked about, and his people go with him
    for row in again.doubles():
        row.choice = imports.Choice.FILL
    assert imports.carry_out(workspace, again) == 2
    assert len(listed(workspace, Contact)) == 2


def test_people_without_a_company_belong_to_nobody_above(workspace, tmp_path):
    text = "First Name,Last Name,Organization Name,Phone 1 - Value\n伟,张,立新制造,13800135678\n娜,李,,13900135678\n"
    (tmp_path / "google.csv").write_text(text, encoding="utf-8")
    first, second = look(workspace, tmp_path / "google.csv").rows
    assert (first.values["name"], first.values["contact.name"]) == ("立新制造", "张伟")
    assert told(second) == [("客户名称", "import.missing")]


def test_a_further_person_of_a_customer_that_is_refused_is_told(workspace, tmp_path):
    (tmp_path / "a.csv").write_text("客户名称,员工人数,联系人\n甲,很多,张伟\n,,李娜\n", encoding="utf-8")
    found = look(workspace, tmp_path / "a.csv")
    assert told(found.rows[1]) == [("", "import.above_refused")]


def test_several_people_of_a_cell_come_in_with_their_numbers(workspace, tmp_path):
    (tmp_path / "a.csv").write_text(
        "客户名称,联系人,联系方式\n甲,张伟、李娜,13800135678/13900135678\n", encoding="utf-8"
    )
    imports.carry_out(workspace, look(workspace, tmp_path / "a.csv"))
    assert {(one.name, one.phone) for one in listed(workspace, Contact)} == {
        ("张伟", "13800135678"),
        ("李娜", "13900135678"),
    }


def test_a_contract_number_that_is_taken_is_told(workspace, tmp_path):
    with workspace.changing("test") as changes:
        changes.add(Customer(name="立新制造有限公司"))
    numbers = {"HT-1": 22, "ht-1": 23, "HT-2": 24}
    rows = "".join(f"{number},立新制造有限公司,{amount}万\n" for number, amount in numbers.items())
    rows = f"合同编号,客户名称,合同金额\n{rows}"
    (tmp_path / "a.csv").write_text(rows, encoding="utf-8")
    found = look(workspace, tmp_path / "a.csv", "contract")
    told = [[(problem.label, problem.message) for problem in row.problems] for row in found.rows]
    assert told == [[], [("合同编号", "value.taken")], []]
    imports.carry_out(workspace, found)
    (tmp_path / "b.csv").write_text("合同编号,客户名称,合同金额\nＨＴ-2,立新制造有限公司,99万\n", encoding="utf-8")
    (again,) = look(workspace, tmp_path / "b.csv", "contract").rows
    assert [problem.message for problem in again.problems] == ["value.taken"]


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("erp_html.xls", [["立新制造有限公司", "张伟", "13800135678"]]),
        ("erp_xml.xls", [["立新制造有限公司", "张伟"]]),
        ("own_formats.xls", [["南方电子", "1234567", "200", "2027-01-13"]]),
        ("merged.ods", [["华源科技有限公司", "张伟", "13800138000"], ["华源科技有限公司", "李娜", "13800138001"]]),
    ],
)
def test_files_are_read_as_spreadsheet_programs_do(name, rows):
    assert sheets_in.read(CASES / name).rows[1:] == rows


def test_the_password_of_an_ods_is_asked_for():
    path = CASES / "password_geheim.ods"
    for password in ("", "falsch"):
        with pytest.raises(UserError, match="import.password"):
            sheets_in.read(path, password=password)
    assert sheets_in.read(path, password="geheim").rows[1][:2] == ["华源科技", "13800138000"]


def test_a_file_is_read_from_the_command_line(tmp_path):
    def run(*arguments):
        done = subprocess.run(
            [sys.executable, "-m", "ui", "--read", *arguments], capture_output=True, check=False, encoding="utf-8"
        )
        return done.returncode, json.loads(done.stdout)

    status, said = run(str(CASES / "contracts_yuan.csv"), "--form", "contract")
    assert (status, [row["fate"] for row in said["rows"]]) == (0, ["ask", "take"])
    (cell,) = (cell for cell in said["rows"][0]["cells"] if cell["cell"] == "C2")
    assert (cell["fate"], cell["reason"], cell["to"]) == ("ask", "import.no_unit", "amount")
    assert said["questions"][0]["samples"] == [{"text": "220000.00", "readings": {"1": "22万", "10000": "22亿"}}]
    status, said = run(str(CASES / "password_geheim.ods"))
    assert (status, said["refused"]) == (1, "import.password")


@pytest.mark.parametrize("path", sorted(CASES.glob("*.*")), ids=lambda path: path.name)
def test_every_case_is_read_or_refused_with_a_reason(path):
    if path.suffix == ".vcf":
        pytest.skip("a card, no table")
    form = "contract" if path.name == "contracts_yuan.csv" else "customer"
    password = "geheim" if "geheim" in path.name else ""
    assert read_file(path, form, Language.ZH, password=password)["rows"]
