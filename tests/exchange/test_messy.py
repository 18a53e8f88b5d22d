"""A messy workbook of 5,000 rows comes in with an error sheet, goes out again, and comes in equal."""

import random
from datetime import date, timedelta

import pytest
import xlsxwriter

from salesdesk.actions import exports, imports
from salesdesk.exchange import mapping, presets, sheets_in
from salesdesk.records.language import Language
from salesdesk.records.prospecting import INDUSTRIES, Contact, Customer
from salesdesk.store import queries
from tests.factories import make_workspace

ROWS = 5000
HEAD = [
    "＊客户名称＊",
    "行业",
    "公司规模",
    "城市 ",
    "联系人",
    "职位",
    "手机号码",
    "电子邮箱",
    "跟进状态",
    "下次跟进",
    "备注",
    "创建人",
]
RARE = "𬭎𠮷䶮㛃"


@pytest.fixture
def workspace(tmp_path):
    made = make_workspace(tmp_path / "w")
    yield made
    made.close()


def wide(text):
    """The full-width form that some keyboards write."""
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def a_day(chance, day):
    """A day as people write it, and as workbooks hold it."""
    forms = (
        day.isoformat(),
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}.{day.month}.{day.day}",
        wide(f"{day.year}/{day.month}/{day.day}"),
        (day - date(1899, 12, 30)).days,
        f"{day.isoformat()} 00:00:00",
    )
    return chance.choice(forms)


def messy(chance):
    """Rows as they stand in the file, what must become of them, and the numbers of those that cannot be kept."""
    rows, truth, wrong = [["××事业部客户台账"], ["制表：销售部", "", "2026年"], HEAD], {}, set()
    while len(rows) < ROWS + 3:
        number = len(rows)
        name = f"{chance.choice('甲乙丙丁')}{chance.choice(RARE)}{number}实业有限公司"
        industry, staff = chance.choice(INDUSTRIES[:-1]), chance.randint(1, 90_000)
        day, phone = date(2026, 12, 1) + timedelta(chance.randint(0, 300)), f"138{number:08d}"
        person, grade = f"张{chance.choice(RARE)}{number % 97}", chance.choice("ABC")
        row = [
            chance.choice((name, f"  {name} ", name)),
            chance.choice((industry.zh, industry.en, f" {industry.zh}")),
            chance.choice((f"{staff}人/{number}万", wide(f"{staff}人/{number}万"), f"{staff} 人；{number}万元")),
            "苏州",
            person,
            "",
            chance.choice((phone, wide(phone), int(phone))),
            "",
            f"{grade}{chance.choice(('类', '', '级'))}",
            a_day(chance, day),
            chance.choice(("=1+1", "库存\n不准", '"引号", 逗号', "<b>粗</b>")),
            "王五",
        ]
        if number % 50 == 7:
            place, bad = chance.choice(((9, "明天"), (0, ""), (9, "2026年13月45日")))
            row[place] = bad
            wrong.add(number + 1)
        else:
            need = f"{row[10]}\n创建人：王五"
            people = {(person, phone)}
            truth[name] = (industry.value, staff, number * 10_000_00, "苏州", grade, day, need, people)
            if number % 11 == 3 and len(rows) < ROWS + 2:  # another person of the same company, in a row of its own
                people.add((f"李{number}", ""))
                rows.append(row)
                row = [name, "", "", "", f"李{number}", *[""] * 7]
        rows.append(row)
    return rows, truth, wrong


def write(path, rows):
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
        sheet.merge_range("A1:L1", rows[0][0])
    return path


def look(workspace, path):
    rows = sheets_in.read(path).rows
    chosen = mapping.guess(Customer, rows, presets.recognised(rows[:5]))
    return imports.preview(workspace, "customer", rows, chosen, Language.ZH)


def stands(workspace):
    with workspace.reading() as session:
        people = {}
        for one in queries.listed(session, Contact, limit=2 * ROWS):
            people.setdefault(one.customer_id, set()).add((one.name, one.phone))
        return {
            c.name: (
                *(c.industry, c.employees, c.revenue, c.city, c.grade, c.follow_up_on, c.need),
                people.get(c.id, set()),
            )
            for c in queries.listed(session, Customer, limit=2 * ROWS)
        }


def test_a_messy_workbook_comes_in_goes_out_and_comes_in_equal(workspace, tmp_path):
    rows, truth, wrong = messy(random.Random(7))
    found = look(workspace, write(tmp_path / "messy.xlsx", rows))
    assert {row.number for row in found.rows if row.problems} == wrong
    imports.write_errors(tmp_path / "errors.xlsx", found, lambda p: f"{p.label}：{p.message}", ("行", "原因"))
    told = sheets_in.read(tmp_path / "errors.xlsx").rows
    assert {int(row[0]) for row in told[1:]} == wrong
    assert all(row[1] for row in told)
    assert imports.carry_out(workspace, found) == len(found.rows) - len(wrong)
    assert stands(workspace) == truth
    for ending in ("xlsx", "csv"):
        path = tmp_path / f"out.{ending}"
        assert exports.export_list(workspace, "customer", (), path, Language.ZH, masked=False) == len(truth)
        again = make_workspace(tmp_path / f"w-{ending}")
        imports.carry_out(again, look(again, path))
        assert stands(again) == truth
        again.close()
