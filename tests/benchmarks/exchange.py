"""50,000 rows in and out, beside the bare libraries that read and write the same file.

`python -m tests.benchmarks.exchange [rows]`
"""

import sys
import tempfile
from pathlib import Path

import xlsxwriter
from python_calamine import CalamineWorkbook

from salesdesk.exchange import mapping, sheets_in, sheets_out
from salesdesk.exchange.mapping import targets
from salesdesk.exchange.sheets_out import Line
from salesdesk.records.language import Language
from salesdesk.records.prospecting import Contact, Customer
from tests.benchmarks.desk import HEAD, row, timed

ROWS = 50_000


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


if __name__ == "__main__":
    main()
