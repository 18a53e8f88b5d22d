"""Set-up finds what is missing, names it, and knows what it has already done."""

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "packaging" / "setup_machine.py"


@pytest.fixture
def setup_machine():
    spec = importlib.util.spec_from_file_location("setup_machine", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux takes libraries from its distribution")
def test_only_libraries_that_do_not_load_are_asked_for(setup_machine):
    asked = setup_machine.missing({"libc.so.6": "libc6", "libsalesdesk-not-there.so.9": "not-there"})
    assert asked == ["not-there"]


def test_a_step_stands_until_one_of_its_inputs_changes(setup_machine, tmp_path, monkeypatch):
    monkeypatch.setattr(setup_machine, "STAMPS", tmp_path / "stamps.json")
    lock = tmp_path / "all.lock"
    lock.write_text("one==1")
    assert not setup_machine.Stamps().stands("packages", [lock, "3.11"])
    setup_machine.Stamps().keep("packages", [lock, "3.11"])
    assert setup_machine.Stamps().stands("packages", [lock, "3.11"])
    assert not setup_machine.Stamps().stands("packages", [lock, "3.12"])
    lock.write_text("one==2")
    assert not setup_machine.Stamps().stands("packages", [lock, "3.11"])


def test_a_torn_stamp_file_means_doing_it_again(setup_machine, tmp_path, monkeypatch):
    monkeypatch.setattr(setup_machine, "STAMPS", tmp_path / "stamps.json")
    (tmp_path / "stamps.json").write_text('{"packages": "12')
    assert not setup_machine.Stamps().stands("packages", ["3.11"])


def test_a_missing_interpreter_has_no_version(setup_machine, tmp_path):
    assert setup_machine.version_of(tmp_path / "python") == ""
    assert setup_machine.version_of(sys.executable) == f"{sys.version_info[0]}.{sys.version_info[1]}"


@pytest.mark.parametrize("arguments", [[], ["fly"], ["run", "test"]])
def test_an_unknown_purpose_is_answered_with_the_usage(arguments):
    done = subprocess.run([sys.executable, str(SCRIPT), *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "run|test|package" in done.stderr


def apt_that_fails(folder, said, times):
    """An apt-get whose first tries fail with these words."""
    script = folder / "apt-get"
    script.write_text(
        f"""#!{sys.executable}
import pathlib, sys
tries = pathlib.Path({str(folder / "tries")!r})
tries.write_text(tries.read_text() + "x" if tries.exists() else "x")
if len(tries.read_text()) <= {times}:
    sys.exit({said!r})
"""
    )
    script.chmod(0o755)
    return [str(script)]


def test_a_package_that_is_unknown_here_takes_no_other_with_it(setup_machine, tmp_path, monkeypatch):
    script = tmp_path / "apt-get"
    script.write_text(
        f"""#!{sys.executable}
import pathlib, sys
if "another-release" in sys.argv:
    sys.exit(100)
with pathlib.Path({str(tmp_path / "done")!r}).open("a") as done:
    done.write(sys.argv[-1] + " ")
"""
    )
    script.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(setup_machine.os, "geteuid", lambda: 0)
    monkeypatch.setattr(setup_machine, "wanted_packages", lambda *_: ([], ["another-release", "fcitx5", "xdotool"]))
    setup_machine.install_system_packages("test", sys.executable)
    assert (tmp_path / "done").read_text() == "update fcitx5 xdotool "


def test_another_apt_is_waited_for(setup_machine, tmp_path, monkeypatch):
    monkeypatch.setattr(setup_machine.time, "sleep", lambda _seconds: None)
    apt = apt_that_fails(tmp_path, "E: Could not get lock /var/lib/apt/lists/lock. It is held by process 1 (apt)", 2)
    setup_machine.update_lists(apt, {})
    assert (tmp_path / "tries").read_text() == "xxx"
    monkeypatch.setattr(setup_machine, "LONGEST_WAIT_S", 0)
    (tmp_path / "tries").unlink()
    with pytest.raises(setup_machine.SetUpError, match="lock"):
        setup_machine.update_lists(apt, {})


def test_what_is_no_lock_is_told_at_once(setup_machine, tmp_path):
    with pytest.raises(setup_machine.SetUpError, match="Temporary failure"):
        setup_machine.update_lists(apt_that_fails(tmp_path, "E: Temporary failure resolving", 9), {})
    assert (tmp_path / "tries").read_text() == "x"
