"""The program: `salesdesk` opens the window, `--tour DIR` plays a day, `--describe` prints the forms."""

from __future__ import annotations

import argparse
import gc
import json
import sys
from pathlib import Path


def main(arguments: list[str] | None = None) -> int:
    """Parse the command line and run; returns the exit status."""
    parser = argparse.ArgumentParser(prog="salesdesk", description="The offline sales desktop.")
    parser.add_argument("--sample", action="store_true", help="open a sample workspace beside a local office server")
    parser.add_argument("--tour", metavar="DIR", type=Path, help="play a rep's day and leave its papers in DIR")
    parser.add_argument("--describe", action="store_true", help="print every form and field as JSON")
    chosen = parser.parse_args(arguments)
    if chosen.describe:
        from salesdesk.records.describe import describe  # noqa: PLC0415  # needs no window

        json.dump(describe(), sys.stdout, ensure_ascii=False, indent=2)
        sys.stdout.write("\n")
        return 0
    if chosen.tour:
        from ui.tour.first_day import play  # noqa: PLC0415  # only here

        return play(chosen.tour.resolve())
    gc.disable()  # what is imported stays: looking through it takes a sixth of the time; ui.core.garbage begins later
    from ui.app.application import Program  # noqa: PLC0415  # Qt takes a while, and --describe does without

    return Program(sample=chosen.sample).run()


if __name__ == "__main__":
    sys.exit(main())
