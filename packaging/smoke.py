"""Let the frozen program play the tour far from this checkout, with an empty home, and read what it says.

    .venv/bin/python packaging/smoke.py [FOLDER]      FOLDER is dist/salesdesk unless given

Exit status 0 only when every step of the tour held and nothing unexpected was said.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import display

ROOT = Path(__file__).resolve().parent.parent
PATIENCE_SECONDS = 900
# The offscreen platform says of each window what no screen can do
EXPECTED = re.compile(r"This plugin does not support [\w ]+(\(\))?")
SUFFIX = ".exe" if sys.platform == "win32" else ""


class Failure(Exception):
    """Something that the frozen program should have done otherwise."""


def main() -> int:
    """Play, read, and print what was found."""
    bundle = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "dist" / "salesdesk"
    with tempfile.TemporaryDirectory(prefix="salesdesk-smoke-") as made, display.virtual() as screen:
        away = Path(made)
        try:
            checks = play(bundle, away, screen)
        except (Failure, subprocess.TimeoutExpired) as error:
            print(f"smoke test failed: {error}", file=sys.stderr)
            return 1
    files = [path for path in bundle.rglob("*") if path.is_file() and not path.is_symlink()]
    size = sum(path.stat().st_size for path in files)
    print(f"smoke test: {checks} checks held in the frozen program; {size / 1e6:.0f} MB in {len(files)} files")
    return 0


def play(bundle: Path, away: Path, screen: dict[str, str]) -> int:
    """Run every program of the bundle below the folder `away`; returns how many checks the tour made."""
    program = away / "program"
    shutil.copytree(bundle, program, symlinks=True)
    home = away / "home"
    home.mkdir(mode=0o700)
    # nothing of the checkout, of Python or of this user's settings goes along
    kept = {"PATH", "DISPLAY", "QT_QPA_PLATFORM", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR"}
    environment = {name: value for name, value in screen.items() if name in kept}
    environment |= {"HOME": str(home), "USERPROFILE": str(home), "APPDATA": str(home), "LOCALAPPDATA": str(home)}
    environment |= {"XDG_RUNTIME_DIR": str(home), "LANG": "C.UTF-8"}

    def run(name: str, *arguments: str) -> str:
        started = time.monotonic()
        done = subprocess.run(
            [str(program / f"{name}{SUFFIX}"), *arguments],
            cwd=away,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=PATIENCE_SECONDS,
            check=False,
        )
        told = f"{name} {' '.join(arguments)}"
        unexpected = "\n".join(line for line in done.stderr.splitlines() if line and not EXPECTED.fullmatch(line))
        if done.returncode or unexpected:
            raise Failure(f"{told}: status {done.returncode}\n{done.stdout[-4000:]}\n{unexpected[-8000:]}")
        print(f"smoke test: {told}: {time.monotonic() - started:.1f} s", flush=True)
        return done.stdout

    run("salesdesk-server", "--help")
    described = run("salesdesk", "--describe")
    if sys.platform != "win32" and not json.loads(described):  # a program with a window has no stdout on Windows
        raise Failure("--describe names no form")
    tour = away / "tour"
    print(run("salesdesk", "--tour", str(tour)))
    return read_tour(tour)


def read_tour(tour: Path) -> int:
    """How many checks the tour's summary holds; raises `Failure` when one is false or a thing is missing."""
    for made in ("papers/*.pdf", "pictures/*.png", "workspaces/*", "summary.md", "summary.json"):
        if not any(path.is_dir() or path.stat().st_size for path in tour.glob(made)):
            raise Failure(f"the tour left no {made}")
    checks = list(truths(json.loads((tour / "summary.json").read_text(encoding="utf-8"))))
    failed = [where for where, held in checks if not held]
    if failed or not checks:
        raise Failure(f"the tour's summary says no: {failed or 'it holds no check at all'}")
    return len(checks)


def truths(value: object, where: str = "") -> Iterator[tuple[str, bool]]:
    """Every true or false in a JSON value, each with its place."""
    if isinstance(value, bool):
        yield where, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from truths(inner, f"{where}/{key}")
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from truths(inner, f"{where}/{place}")


if __name__ == "__main__":
    os.umask(0o077)
    sys.exit(main())
