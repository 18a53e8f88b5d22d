"""Start the program from this checkout: `start.py` for a person, `start.py tour` for a machine.

For a person it opens the sample workspace beside a local office server. Without a display, or when told so, it plays
the tour instead: a rep's day through the real widgets on a virtual display, with its papers and pictures in `out/`.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import display

ROOT = Path(__file__).resolve().parent.parent
OUT = "out"


def main() -> int:
    """Run the program to its end and return its exit status."""
    window = [sys.executable, "-m", "ui"]
    if display.present() and sys.argv[1:] != ["tour"]:
        return subprocess.run([*window, "--sample"], cwd=ROOT, check=False).returncode
    if not display.present():
        print("There is no display here.", end=" ")
    print(f"Playing the tour on a virtual one; its papers, pictures and summary will be in {OUT}/.", flush=True)
    with display.virtual() as environment:
        return subprocess.run([*window, "--tour", OUT], cwd=ROOT, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
