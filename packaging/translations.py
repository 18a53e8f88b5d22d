"""Bring the translation up to date with the window's sentences, and compile it.

    python packaging/translations.py

Reads every sentence of `ui/` into `resources/i18n/zh_CN.ts`: new ones come without a translation, those that the
window no longer says leave, all others keep theirs. Then compiles `zh_CN.qm` beside it and names what is still to be
translated. Exit status 1 while anything is.
"""

from __future__ import annotations

import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CHINESE = ROOT / "resources" / "i18n" / "zh_CN.ts"
# Without places in the files: they would change with every line of code.
_OPTIONS = ("-locations", "none", "-no-obsolete")


def update(translation: Path) -> None:
    """Take the window's sentences into a translation; what it has stays."""
    sources = sorted(str(path) for path in (ROOT / "ui").rglob("*.py"))
    _run("pyside6-lupdate", *_OPTIONS, *sources, "-ts", str(translation))


def unfinished(translation: Path) -> list[str]:
    """The sentences without a translation, each with the part of the window that says it."""
    contexts = ET.parse(translation).getroot().iter("context")  # noqa: S314  # a file of this repository
    return [
        f"{context.findtext('name')}: {message.findtext('source')}"
        for context in contexts
        for message in context.iter("message")
        if (found := message.find("translation")) is None or found.get("type") == "unfinished" or not found.text
    ]


def compile_for_qt(translation: Path) -> Path:
    """Write the `.qm` that the window loads, beside its source; returns its path."""
    compiled = translation.with_suffix(".qm")
    _run("pyside6-lrelease", "-silent", str(translation), "-qm", str(compiled))
    return compiled


def _run(tool: str, *arguments: str) -> None:
    """Run one of Qt's tools, which stand beside the interpreter; its words are shown when it fails."""
    suffix = ".exe" if sys.platform == "win32" else ""
    command = [str(Path(sys.executable).with_name(tool + suffix)), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{tool} failed:\n{done.stdout}{done.stderr}")


def main() -> int:
    """Update, compile, and say what is left to do."""
    update(CHINESE)
    compile_for_qt(CHINESE)
    left = unfinished(CHINESE)
    for sentence in left:
        print("to be translated:", sentence)
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
