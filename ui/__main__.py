"""The program: `salesdesk` opens the window; `--describe`, `--check FILE` and `--read FILE` print JSON without one.

`--tour DIR` plays a day.
"""

from __future__ import annotations

import argparse
import gc
import io
import json
import sys
from pathlib import Path


def main(arguments: list[str] | None = None) -> int:
    """Parse the command line and run; returns the exit status."""
    parser = argparse.ArgumentParser(prog="salesdesk", description="The offline sales desktop.")
    parser.add_argument("--sample", action="store_true", help="open a sample workspace beside a local office server")
    parser.add_argument("--tour", metavar="DIR", type=Path, help="play a rep's day and leave its papers in DIR")
    parser.add_argument("--describe", action="store_true", help="print every form and field as JSON")
    parser.add_argument("--check", metavar="FILE", type=Path, help="print what the signatures of a PDF prove, as JSON")
    parser.add_argument("--read", metavar="FILE", type=Path, help="print as JSON what an import of a file would do")
    parser.add_argument("--form", default="customer", help="the form that --read reads for: customer, contract, …")
    parser.add_argument("--sheet", default="", help="the sheet that --read reads")
    parser.add_argument("--password", default="", help="the password of the file that --read reads")
    chosen = parser.parse_args(arguments)
    if chosen.describe:
        from salesdesk.records.describe import describe  # noqa: PLC0415  # needs no window

        _print(describe())
        return 0
    if chosen.check:
        return _check(chosen.check)
    if chosen.read:
        return _read(parser, chosen)
    if chosen.tour:
        from ui.tour.first_day import play  # noqa: PLC0415  # only here

        return play(chosen.tour.resolve())
    gc.disable()  # what is imported stays: looking through it takes a sixth of the time; ui.core.garbage begins later
    from ui.app.application import Program  # noqa: PLC0415  # Qt takes a while, and --describe does without

    return Program(sample=chosen.sample).run()


def _check(path: Path) -> int:
    """Print the verdicts on a file's signatures; exit status 1 for a file that cannot be looked at."""
    from salesdesk.documents.seals import report  # noqa: PLC0415  # needs neither window nor workspace
    from salesdesk.errors import UserError, reason_of  # noqa: PLC0415  # as above

    try:
        said = report(path.read_bytes())
    except UserError as error:
        said = {"error": error.message}
    except OSError as error:
        said = {"error": "attachment.unreadable", "reason": reason_of(error)}
    _print({"file": path.name, **said})
    return 1 if "error" in said else 0


def _read(parser: argparse.ArgumentParser, chosen: argparse.Namespace) -> int:
    """Print what becomes of each cell of a file; a file that is refused is told by a message id, with status 1."""
    from salesdesk.actions.read_file import read_file  # noqa: PLC0415  # needs no window
    from salesdesk.errors import UserError  # noqa: PLC0415  # as above
    from salesdesk.records.language import Language  # noqa: PLC0415  # as above
    from salesdesk.records.registry import known  # noqa: PLC0415  # as above

    if not known(chosen.form):
        parser.error(f"there is no form {chosen.form}; --describe lists them")
    try:
        told = read_file(chosen.read, chosen.form, Language.ZH, chosen.sheet, chosen.password)
    except UserError as error:
        told = {"file": chosen.read.name, "refused": error.message} | error.params
    _print(told)
    return int("refused" in told)


def _print(found: object) -> None:
    """JSON in UTF-8, whatever the terminal takes."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    json.dump(found, sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")


if __name__ == "__main__":
    sys.exit(main())
