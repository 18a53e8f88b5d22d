"""The Chinese of the window is complete: Qt's own tool, run over the sources, finds nothing to add."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
CHINESE = ROOT / "resources" / "i18n" / "zh_CN.ts"


def test_every_sentence_of_the_window_is_translated(tmp_path):
    copy = tmp_path / CHINESE.name
    shutil.copy(CHINESE, copy)
    tool = Path(sys.executable).with_name("pyside6-lupdate")
    sources = sorted(map(str, (ROOT / "ui").rglob("*.py")))
    command = [str(tool), "-locations", "none", "-no-obsolete", *sources, "-ts", str(copy)]
    said = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "(0 new and" in said.stdout + said.stderr
    assert 'type="unfinished"' not in copy.read_text(encoding="utf-8")


def test_a_translation_names_the_same_values_as_its_sentence():
    text = CHINESE.read_text(encoding="utf-8")
    pairs = re.findall(r"<source>(.*?)</source>\s*<translation>(.*?)</translation>", text, re.DOTALL)
    assert len(pairs) > 250
    for english, chinese in pairs:
        assert chinese
        assert set(re.findall(r"{\w+}", english)) == set(re.findall(r"{\w+}", chinese)), english
