"""The walk through the window, the sample that one looks around in, and the clock that tells."""

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.sample_desk import NOON, sample_desk
from ui.app.access_dialogs import WelcomeDialog
from ui.app.reminders import Alarm
from ui.shell.guide_dialog import GuideDialog, stops
from ui.shell.main_window import MainWindow


def test_every_stop_shows_what_it_tells_of(qapp, qtbot, tmp_path):
    with sample_desk(tmp_path) as desk:
        window = MainWindow(desk)
        qtbot.addWidget(window)
        window.show()
        guide = GuideDialog(window)
        guide.show()
        seen = []
        with qtbot.waitSignal(guide.ended):
            for _ in stops(window):
                seen.append((guide.title.text(), window.pages_shown()[-1]))
                QTest.mouseClick(guide.next_button, Qt.MouseButton.LeftButton)
        assert [page for _, page in seen] == [
            "today", "stage.prospecting", "stage.discovery", "stage.negotiation", "board", "today",
        ]  # fmt: skip
        assert len({title for title, _ in seen}) == len(seen)


def test_looking_around_first_sets_nothing_up(qtbot, tmp_path):
    dialog = WelcomeDialog(tmp_path / "workspace")
    qtbot.addWidget(dialog)
    dialog.show()
    QTest.mouseClick(dialog.sample_button, Qt.MouseButton.LeftButton)
    assert (dialog.wants_sample, dialog.workspace) == (True, None)
    assert not (tmp_path / "workspace").exists()


def test_a_letter_that_is_about_to_run_out_is_told_once(qapp, qtbot, tmp_path):
    with sample_desk(tmp_path) as desk:
        window = MainWindow(desk)
        qtbot.addWidget(window)
        alarm = Alarm(desk, window)
        qtbot.wait(200)
        assert alarm.told == {}  # there is time until the evening of the next day
        desk.workspace.now = lambda: NOON + timedelta(hours=10)
        alarm.look()
        qtbot.waitUntil(lambda: bool(alarm.told))
        assert all("letter" in words for words in alarm.told.values())
        assert not any("华源" in words for words in alarm.told.values())  # the system shows it over its own lock
        told = dict(alarm.told)
        desk.workspace.now = lambda: NOON + timedelta(hours=11)
        alarm.look()
        qtbot.wait(200)
        assert alarm.told.keys() == told.keys()
