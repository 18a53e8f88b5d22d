"""今日, board, figures, team, duplicates while typing: on a large workspace, beside the bare SQL of the largest part.

`python -m tests.benchmarks.pages DIR [customers …]` (DIR keeps the built workspaces; several sizes show the growth)
"""

import sys
import tempfile
from datetime import UTC, timedelta
from pathlib import Path

from salesdesk.process.duplicates import Known
from salesdesk.store import agenda, board, duplicates, figures, team
from salesdesk.store.workspace import DATABASE, Workspace
from tests.benchmarks.desk import HEAD, raw_connection, row, timed
from tests.benchmarks.generator import CUSTOMERS, shared
from tests.factories import KEY

ROUNDS = 15
COUNT_STAGES = (
    "SELECT outcome, stage, count(*), sum(amount) FROM opportunity WHERE deleted_at IS NULL GROUP BY outcome, stage"
)
FOLLOW_UPS = "SELECT * FROM customer WHERE follow_up_on <= ? AND deleted_at IS NULL ORDER BY follow_up_on LIMIT 50"
OWNERS = "SELECT owner, count(*) FROM customer WHERE deleted_at IS NULL GROUP BY owner"
FIND = "SELECT rowid FROM search_text WHERE search_text MATCH ? ORDER BY rowid DESC LIMIT 60"


def bench(folder: Path, customers: int) -> None:
    """One table for one size."""
    built = shared(folder, customers)
    workspace = Workspace.open(built, KEY)
    bare = raw_connection(built / DATABASE)
    now = workspace.now()
    today = now.date()
    known = Known("苏州华源科技股份有限公司", phones=("138 0013 5678",))
    work = {
        "今日": (
            lambda s: agenda.agenda(s, today, now - timedelta(days=30)),
            lambda: bare.execute(FOLLOW_UPS, (today.isoformat(),)).fetchall(),
        ),
        "board": (board.board, lambda: bare.execute(COUNT_STAGES).fetchall()),
        "figures": (lambda s: figures.figures(s, now, UTC), lambda: bare.execute(COUNT_STAGES).fetchall()),
        "team": (lambda s: team.workloads(s, today), lambda: bare.execute(OWNERS).fetchall()),
        "duplicates while typing": (
            lambda s: duplicates.find(s, known),
            lambda: bare.execute(FIND, ('chars:"华 源"*',)).fetchall(),
        ),
    }
    print(f"\n{customers} customers\n\n{HEAD}")
    for name, (ours, reference) in work.items():

        def read(ours=ours) -> None:
            with workspace.reading() as session:
                ours(session)

        row(name, timed(read, ROUNDS), timed(reference, ROUNDS), "one frame: 16 ms")
    bare.close()
    workspace.close()


def main() -> None:
    """Every size that was asked for."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(tempfile.mkdtemp())
    for customers in map(int, sys.argv[2:] or [str(CUSTOMERS)]):
        bench(folder, customers)


if __name__ == "__main__":
    main()
