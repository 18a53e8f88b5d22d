"""The Chinese of the window is complete: Qt's own tool, run over the sources, finds nothing to add."""

import importlib.util
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QTranslator

ROOT = Path(__file__).parents[2]
CHINESE = ROOT / "resources" / "i18n" / "zh_CN.ts"


@pytest.fixture(scope="module")
def translations():
    """The script, which is no module of a package."""
    spec = importlib.util.spec_from_file_location("translations", ROOT / "packaging" / "translations.py")
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    return script


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


def test_updating_a_complete_translation_changes_nothing(translations, tmp_path):
    copy = Path(shutil.copy(CHINESE, tmp_path))
    translations.update(copy)
    assert copy.read_bytes() == CHINESE.read_bytes()


def test_a_new_sentence_is_named_and_the_others_keep_their_translation(translations, tmp_path):
    copy = Path(shutil.copy(CHINESE, tmp_path))
    missing = re.compile(r"    <message>\s*<source>Discard</source>.*?</message>\n", re.DOTALL)
    complete = copy.read_text(encoding="utf-8")
    copy.write_text(missing.sub("", complete), encoding="utf-8")
    translations.update(copy)
    assert translations.unfinished(copy) == ["FormPanel: Discard"]
    said = copy.read_text(encoding="utf-8")
    assert said.count("<translation>") == complete.count("<translation>") - 1


def test_what_is_compiled_speaks_chinese(translations, tmp_path, qapp):
    compiled = translations.compile_for_qt(Path(shutil.copy(CHINESE, tmp_path)))
    translator = QTranslator()
    assert translator.load(str(compiled))
    assert translator.translate("FormDialog", "Save") == "保存"


def test_a_tool_that_fails_is_told(translations, tmp_path):
    broken = tmp_path / "zh_CN.ts"
    broken.write_text("<TS", encoding="utf-8")
    with pytest.raises(SystemExit, match="pyside6-lrelease failed"):
        translations.compile_for_qt(broken)
