"""A letter and a twelve-page proposal beside other writers of PDFs in the same run; printed as ratios to ours.

`python -m tests.benchmarks.papers [FOLDER]` (FOLDER keeps files). The peers are no part of the project: `pip install
fpdf2 typst weasyprint`, and LibreOffice from the system; one that is not there is left out and named. Cold is a whole
process, warm the median within one; the writers take turns, so that a noisy machine is noisy for all.
"""

import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pypdf

from tests.benchmarks.paper_writers import WRITERS

KINDS = ("letter", "proposal")
COLD_RUNS = 5
WARM_ROUNDS = {"letter": 21, "proposal": 7, "libreoffice": 3}
COLUMNS = ("writer", "paper", "cold s", "× ours", "warm ms", "× ours", "pages", "bytes")
HEAD = f"| {' | '.join(COLUMNS)} |\n|{' --- |' * len(COLUMNS)}"


def run(writer: str, kind: str, rounds: int, file: Path) -> tuple[float, list[float]] | None:
    """Seconds of the process and of each round in it; `None` for a writer that is not here."""
    command = [sys.executable, "-m", "tests.benchmarks.paper_writers", writer, kind, str(rounds), str(file)]
    began = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    took = time.perf_counter() - began
    if done.returncode:
        print(f"{writer}, {kind}: {done.stderr.strip().splitlines()[-1]}", file=sys.stderr)
        return None
    return took, json.loads(done.stdout.splitlines()[-1])


def main() -> None:
    """Print the table."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else tempfile.mkdtemp())
    folder.mkdir(parents=True, exist_ok=True)
    print(HEAD)
    for kind in KINDS:
        cold: dict[str, list[float]] = {writer: [] for writer in WRITERS}
        warm: dict[str, float] = {}
        for _ in range(COLD_RUNS):
            for writer in list(cold):
                if found := run(writer, kind, 1, folder / f"{kind}-{writer}.pdf"):
                    cold[writer].append(found[0])
                else:
                    del cold[writer]
        for writer in cold:
            rounds = WARM_ROUNDS.get(writer, WARM_ROUNDS[kind])
            found = run(writer, kind, rounds, folder / f"{kind}-{writer}.pdf")
            warm[writer] = statistics.median(found[1][1:]) if found else float("nan")
        for writer, seconds in cold.items():
            file = folder / f"{kind}-{writer}.pdf"
            once, again = statistics.median(seconds), warm[writer]
            beside = f"{once:.2f} | {once / statistics.median(cold['ours']):.2f}"
            beside += f" | {again * 1000:.1f} | {again / warm['ours']:.2f}"
            print(f"| {writer} | {kind} | {beside} | {len(pypdf.PdfReader(file).pages)} | {file.stat().st_size:,} |")


if __name__ == "__main__":
    main()
