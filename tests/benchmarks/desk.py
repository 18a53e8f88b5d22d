"""What a rep waits for, beside a bare reference in the same run; printed as ratios, never held against a clock.

`python -m tests.benchmarks.desk DIR [customers …]` (DIR keeps the built workspaces; several sizes show the growth)
"""

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from sqlcipher3 import dbapi2

from salesdesk.actions import forms
from salesdesk.actions.forms import RowValues
from salesdesk.records.base import Stage
from salesdesk.records.prospecting import Customer
from salesdesk.store import queries, search, stage_list
from salesdesk.store.workspace import Workspace
from tests.benchmarks.generator import CUSTOMERS, shared
from tests.factories import KEY, make_workspace

KEYSTROKES = ["h", "hy", "hyk", "hykj", "华", "华源", "138", "13800", "kj", "suzhou", "科技有限"]
ROUNDS = 60
HEAD = "| work | ms | reference ms | ratio | p99 ms | budget |\n|---|---|---|---|---|---|"
LIST = "SELECT * FROM customer WHERE deleted_at IS NULL ORDER BY updated_at DESC, id DESC LIMIT 100"


def timed(work: Callable[[], object], rounds: int = ROUNDS) -> list[float]:
    """Milliseconds of each round, sorted, after three rounds of warming up."""
    for _ in range(3):
        work()
    found = []
    for _ in range(rounds):
        began = time.perf_counter()
        work()
        found.append((time.perf_counter() - began) * 1000)
    return sorted(found)


def row(what: str, ours: list[float], reference: list[float], budget: str) -> None:
    """One line: both medians, the ratio, our slowest of a hundred, the budget."""
    mine, bare = statistics.median(ours), statistics.median(reference)
    slow = ours[int(len(ours) * 0.99)]
    print(f"| {what} | {mine:.2f} | {bare:.2f} | **{mine / bare:.2f} ×** | {slow:.2f} | {budget} |", flush=True)


def raw_connection(path: Path) -> dbapi2.Connection:
    """A bare SQLCipher connection with the same durability."""
    connection = dbapi2.connect(str(path), isolation_level=None)
    connection.execute(f"PRAGMA key = \"x'{KEY.hex()}'\"")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA cache_size = -16000")
    return connection


def bench_search(workspace: Workspace, bare: dbapi2.Connection) -> None:
    ours, reference = [], []
    for typed in KEYSTROKES:
        match = search.match_expression(typed)

        def find(typed: str = typed) -> None:
            with workspace.reading() as session:
                search.find(session, typed)

        def fts(match: str = match) -> None:
            bare.execute(
                "SELECT item.* FROM search_text JOIN search_item AS item ON item.rowid = search_text.rowid "
                "WHERE search_text MATCH ? ORDER BY search_text.rowid DESC LIMIT 20",
                (match,),
            ).fetchall()

        ours += timed(find, 20)
        reference += timed(fts, 20)
    row("a keystroke in the search", sorted(ours), sorted(reference), "≤ 3 ×, p99 ≤ 16 ms")


def bench_page(workspace: Workspace, bare: dbapi2.Connection) -> None:
    def page() -> None:
        with workspace.reading() as session:
            stage_list.in_stage(session, Stage.DISCOVERY)

    def sql() -> None:
        bare.execute(
            "SELECT o.*, c.* FROM opportunity AS o JOIN customer AS c ON c.id = o.customer_id WHERE o.outcome = 'open' "
            "AND o.stage = 'discovery' AND o.deleted_at IS NULL ORDER BY o.updated_at DESC, o.id DESC LIMIT 100"
        ).fetchall()

    row("a page of a stage's list (with contact, interview, letter, outline)", timed(page), timed(sql), "≤ 3 ×")

    def listed() -> None:
        with workspace.reading() as session:
            queries.listed(session, Customer)

    def bare_list() -> None:
        bare.execute(LIST).fetchall()

    row("a page of all customers", timed(listed), timed(bare_list), "≤ 3 ×")


def bench_save(folder: Path) -> None:
    workspace = make_workspace(folder / "saves")
    bare = raw_connection(folder / "bare.db")
    columns = list(Customer.__table__.columns.keys())
    bare.execute(f"CREATE TABLE customer ({', '.join(columns)}, PRIMARY KEY (id))")
    numbers = iter(range(10**6))
    values = {
        "name": "华源科技有限公司",
        "industry": "it",
        "employees": 200,
        "need": "需要客户管理系统",
        "owner": "李伟",
    }

    def save_new() -> None:
        with workspace.changing("save.customer") as changes:
            changes.add(Customer(**values))

    def commit_row() -> None:
        bare.execute("BEGIN IMMEDIATE")
        marks = ", ".join("?" for _ in columns)
        filled = [f"id-{next(numbers)}" if c == "id" else values.get(c, "") for c in columns]
        bare.execute(f"INSERT INTO customer VALUES ({marks})", filled)  # our own names
        bare.execute("COMMIT")

    sheet = forms.save(
        workspace, forms.new(workspace, "customer"), values, {"contact": [RowValues("", {"name": "张伟"})]}
    )
    texts = iter(range(10**6))

    def save_form() -> None:
        nonlocal sheet
        sheet = forms.save(workspace, sheet, {"need": f"需要客户管理系统 {next(texts)}"})

    reference = timed(commit_row, 300)
    row("a new record with journal and search", timed(save_new, 300), reference, "≤ 3 ×")
    row("Ctrl+S in an edited form, read back for the window", timed(save_form, 300), reference, "≤ 3 ×")
    workspace.close()
    bare.close()


BARE_WINDOW = """
import resource, sys, time
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([]); window = QMainWindow(); window.show(); app.processEvents()
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""
OUR_WINDOW = """
import gc, resource, sys
gc.disable()
from pathlib import Path
from PySide6.QtCore import QEventLoop
from salesdesk.records.language import Language
from salesdesk.settings import Settings
from salesdesk.store.workspace import Workspace
from ui.core import theme
from ui.shell.main_window import MainWindow
from ui.app.application import make_application
from ui.core.background import Desk
app = make_application(); theme.apply(app, "light")
desk = Desk(Workspace.open(Path(sys.argv[1]), b"k" * 32), Settings(), Language.ZH)
window = MainWindow(desk); window.show()
loop = QEventLoop()  # waits as the program does: polling would compete with the worker for Python's lock
desk.query(window, lambda session: None, lambda _: loop.quit())
loop.exec()
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
window.close(); desk.close()
"""


def bench_start(folder: Path) -> None:
    def run(code: str, *arguments: str) -> tuple[float, int]:
        began = time.perf_counter()
        done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True)
        return (time.perf_counter() - began) * 1000, int(done.stdout)

    pairs = [(run(OUR_WINDOW, str(folder)), run(BARE_WINDOW)) for _ in range(7)]
    ours, bare = sorted(p[0][0] for p in pairs), sorted(p[1][0] for p in pairs)
    row("start to a usable window, as a process", ours, bare, "≤ 4 ×")
    memory = [statistics.median(pair[side][1] for pair in pairs) / 1024 for side in (0, 1)]
    figures = f"{memory[0]:.0f} | {memory[1]:.0f} | **{memory[0] / memory[1]:.2f} ×** | | ≤ 2.5 ×"
    print(f"| memory with that workspace open, MB | {figures} |")


def main() -> None:
    """Print the table."""
    kept = Path(sys.argv[1])
    for customers in [int(size) for size in sys.argv[2:]] or [CUSTOMERS]:
        folder = shared(kept, customers)
        print(f"\n{customers} customers\n\n{HEAD}")
        workspace, bare = Workspace.open(folder, KEY), raw_connection(folder / "workspace.db")
        bench_search(workspace, bare)
        bench_page(workspace, bare)
        workspace.close()
        bare.close()
        bench_start(folder)
    with tempfile.TemporaryDirectory() as scratch:
        bench_save(Path(scratch))


if __name__ == "__main__":
    main()
