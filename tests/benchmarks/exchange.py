"""50,000 rows in and out, and 5,000 messy ones to the preview, beside the bare libraries on the same file.

`python -m tests.benchmarks.exchange [rows]`
"""

import random
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path

import xlsxwriter
from python_calamine import CalamineWorkbook

from salesdesk.actions import imports
from salesdesk.exchange import mapping, presets, sheets_in, sheets_out
from salesdesk.exchange.mapping import targets
from salesdesk.exchange.sheets_out import Line
from salesdesk.records.language import Language
from salesdesk.records.prospecting import Contact, Customer
from tests.benchmarks.desk import HEAD, row, timed
from tests.factories import make_workspace

ROWS = 50_000
MESSY = 5_000


def _messy(path: Path) -> Path:
    """5,000 rows of 20 columns, three of four cells different from all others."""
    chance = random.Random(7)
    head = [
        *(
            "客户名称",
            "行业",
            "公司规模",
            "省份",
            "城市",
            "联系人",
            "职位",
            "手机",
            "邮箱",
            "微信",
            "跟进状态",
            "下次跟进",
        ),
        *("备注", "创建人", "统一社会信用代码", "年营收", "信息来源", "网址", "地址", "客户等级"),
    ]
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, head)
        for n in range(1, MESSY + 1):
            day = date(2026, 12, 1) + timedelta(chance.randint(0, 300))
            row = [
                f"{chance.choice('甲乙丙丁')}𬭎{n}实业有限公司",
                chance.choice(("制造业", "区块链", "-", " 金融业")),
                chance.choice((f"{n}人/{n}万", f"{n} 人；{n}万元", "100-200人")),
                *("江苏省", chance.choice(("苏州", "无", "南京"))),
                *(f"张{n % 97}", "", chance.choice((f"138{n:08d}", 13800000000 + n, f"'138{n:08d}"))),
                *(f"a{n}@example.com", f"wx{n}", chance.choice(("跟进中", "B类"))),
                chance.choice((day.isoformat(), f"{day.year}年{day.month}月{day.day}日")),
                *(f"要求{n}", "王五", "暂无", chance.choice((f"{n}万元", "1,200万", "约200万"))),
                *(chance.choice(("展会", "网站")), "-", f"某路{n}号", chance.choice("ABC")),
            ]
            sheet.write_row(n, 0, row)
    return path


def _said(line: Line, key: str) -> str:
    holder, _, name = key.rpartition(".")
    return str(getattr(line.contact if holder else line.record, name) or "")


def main() -> None:
    """Print the table."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    folder = Path(tempfile.mkdtemp())
    columns = [target for target in targets(Customer, Language.ZH) if target.field]
    lines = [
        Line(
            Customer(name=f"客户{n}有限公司", industry="it", employees=n + 1, need="需要客户管理系统", owner="李*"),
            Contact(name=f"张{n}", phone=f"138{n:08d}"),
        )
        for n in range(count)
    ]
    cells = [[_said(line, target.key) for target in columns] for line in lines]
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}

    def bare_out() -> None:
        with xlsxwriter.Workbook(str(folder / "bare.xlsx"), options) as book:
            sheet = book.add_worksheet()
            for number, texts in enumerate(cells):
                for place, text in enumerate(texts):
                    if text:
                        sheet.write_string(number, place, text)

    def read() -> None:
        grid = sheets_in.read(folder / "ours.xlsx")
        mapping.guess(Customer, grid.rows)

    print(HEAD)
    out = timed(lambda: sheets_out.write(folder / "ours.xlsx", columns, lines, Language.ZH, masked=False), 3)
    row(f"{count} customers as a workbook", out, timed(bare_out, 3), "≤ 2 ×")
    bare = timed(lambda: CalamineWorkbook.from_path(folder / "ours.xlsx").get_sheet_by_index(0).to_python(), 3)
    row(f"a workbook of {count} rows read", timed(read, 3), bare, "≤ 2 ×")
    messy = _messy(folder / "messy.xlsx")
    workspace = make_workspace(folder / "w")

    def preview() -> None:
        grid = sheets_in.read(messy, form=Customer)
        chosen = mapping.guess(Customer, grid.rows, presets.recognised(grid.rows[:10]))
        imports.preview(workspace, "customer", grid.rows, chosen, Language.ZH)

    bare = timed(lambda: CalamineWorkbook.from_path(messy).get_sheet_by_index(0).to_python(), 3)
    row(f"{MESSY} messy rows to the preview", timed(preview, 3), bare, "≤ 3 ×")
    workspace.close()


if __name__ == "__main__":
    main()
