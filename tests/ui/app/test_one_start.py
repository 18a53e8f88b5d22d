"""A second start shows the window of the first; what a killed one leaves behind stops nobody."""

import os
import signal
import subprocess
import sys
import textwrap

import pytest
from PySide6.QtWidgets import QMessageBox, QWidget

from salesdesk.actions import access
from salesdesk.settings import folders
from ui.app.application import Program
from ui.app.one_start import AlreadyOpen, Place, come_to_front
from ui.messages import lookup

OTHER = textwrap.dedent(
    """
    import sys, time
    from pathlib import Path
    from PySide6.QtCore import QCoreApplication
    from ui.app.one_start import AlreadyOpen, Place
    app = QCoreApplication([])
    try:
        place = Place(Path(sys.argv[1]))
    except AlreadyOpen as told:
        print("taken", told.shown, flush=True)
    else:
        print("mine", flush=True)
        if sys.argv[2] == "stay":
            app.exec()
        if sys.argv[2] == "hang":
            time.sleep(600)
    """
)


def start(folder, then="go"):
    return subprocess.Popen([sys.executable, "-c", OTHER, str(folder), then], stdout=subprocess.PIPE, text=True)


def said(process):
    line = process.stdout.readline().strip()
    process.stdout.close()
    process.wait()
    return line


@pytest.fixture
def place(qapp, tmp_path):
    made = Place(tmp_path / "workspace")
    yield made
    made.leave()


def test_a_second_start_asks_for_the_window_and_ends(place, qtbot):
    with qtbot.waitSignal(place.wanted, timeout=30_000):
        second = start(place.folder)
    assert said(second) == "taken True"


def test_whoever_comes_after_it_was_left_has_it(place):
    place.leave()
    assert said(start(place.folder)) == "mine"


def test_another_workspace_is_nobody_elses(place, tmp_path):
    assert said(start(tmp_path / "another")) == "mine"


def test_after_a_kill_the_next_start_has_it(qapp, tmp_path):
    first = start(tmp_path, "stay")
    assert first.stdout.readline() == "mine\n"
    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    first.stdout.close()
    place = Place(tmp_path)
    place.leave()


def test_one_that_hangs_is_told_of_and_not_waited_for_for_ever(qapp, tmp_path):
    first = start(tmp_path, "hang")
    try:
        assert first.stdout.readline() == "mine\n"
        with pytest.raises(AlreadyOpen) as told:
            Place(tmp_path)
        assert not told.value.shown
    finally:
        first.kill()
        first.wait()
        first.stdout.close()


def test_a_minimised_window_comes_back(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.showMinimized()
    come_to_front()
    assert not window.isMinimized()
    assert window.isVisible()


@pytest.fixture
def program(qapp, keyring_in_memory):
    access.set_up(folders().workspace, "李伟").close()
    made = Program()
    made._apply_settings()
    yield made
    made.leave()
    made._give_up_place()
    made.idle.stop()


def test_the_program_holds_its_workspace_also_while_it_is_locked(program):
    assert program._enter()
    assert said_while_it_runs(program) == "taken True"
    program.lock()
    assert said_while_it_runs(program) == "taken True"


def said_while_it_runs(program):
    """What a second start says; this one answers it meanwhile."""
    second = start(folders().workspace)
    while second.poll() is None:
        program.app.processEvents()
    return said(second)


def test_a_start_beside_one_that_hangs_says_so_and_opens_nothing(program, monkeypatch):
    told = []
    monkeypatch.setattr(QMessageBox, "information", lambda *arguments: told.append(arguments[2]))
    first = start(folders().workspace, "hang")
    try:
        assert first.stdout.readline() == "mine\n"
        assert not program._enter()
    finally:
        first.kill()
        first.wait()
        first.stdout.close()
    assert told == [lookup.sentence("program.already_open")]
    assert program.desk is None
