"""Starting, changing language and theme while it runs, locking, and the sample workspace beside its office."""

import errno
import os
import shutil
from dataclasses import replace
from types import SimpleNamespace

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QMessageBox

from salesdesk.actions import access
from salesdesk.errors import Bug, OfficeRefused
from salesdesk.settings import Settings, folders
from salesdesk.sync import driver, shut_out
from tests.ui.pages.test_backups_dialog import when_open
from ui.app.access_dialogs import KeyringDialog
from ui.app.application import Program
from ui.app.locked_dialog import LockedDialog
from ui.core import notify, theme


@pytest.fixture
def program(qapp, keyring_in_memory):
    access.set_up(folders().workspace, "李伟").close()
    made = Program()
    made._apply_settings()
    assert made._enter()
    yield made
    made.leave()
    made._give_up_place()
    made.translators.use(made.language.EN)
    made.idle.stop()


def test_another_language_opens_the_window_anew(program, qtbot):
    program.use_settings(replace(program.settings, language="zh"))
    assert program.window.tabs.buttons["today"].text() == "今日"
    assert program.window.isVisible()
    program.use_settings(replace(program.settings, language="en"))
    assert program.window.tabs.buttons["today"].text() == "Today"
    assert Settings.load(program.folders.settings_file).language == "en"


def test_another_theme_is_in_force_at_once(program):
    program.use_settings(replace(program.settings, theme="dark"))
    assert theme.tokens() is theme.DARK
    program.use_settings(replace(program.settings, theme="light"))
    assert theme.tokens() is theme.LIGHT


def nothing_can_be_written(program, monkeypatch, kind):
    program.folders.config.parent.mkdir(parents=True, exist_ok=True)
    if kind == "a file in the folder's place":
        shutil.rmtree(program.folders.config, ignore_errors=True)
        program.folders.config.write_text("not a folder")
    elif kind == "a folder in the file's place":
        program.folders.settings_file.mkdir(parents=True)
    else:

        def refuse(*_arguments, **_more):
            raise OSError(kind, os.strerror(kind))

        monkeypatch.setattr("salesdesk.settings.Path.write_text", refuse)


@pytest.mark.parametrize(
    "kind",
    [errno.ENOSPC, errno.EROFS, errno.EACCES, "a file in the folder's place", "a folder in the file's place"],
)
def test_settings_that_cannot_be_written_are_told_and_hold_for_the_day(program, monkeypatch, kind):
    reports = []
    monkeypatch.setattr(notify, "_reporter", SimpleNamespace(report=lambda *told: reports.append(told)))
    with monkeypatch.context() as patched:
        nothing_can_be_written(program, patched, kind)
        program.use_settings(replace(program.settings, theme="dark", language="zh"))
        assert (theme.tokens() is theme.DARK, program.settings.language) == (True, "zh")
        assert program.window.notice.isVisible()
        assert "无法保存" in program.window.notice.label.text()
        program.use_settings(replace(program.settings, theme="light", language="en"))
        assert "cannot be kept" in program.window.notice.label.text()
    assert reports == []
    assert list(program.folders.config.parent.rglob("*.new")) == []


def test_locking_with_the_key_in_the_keyring_hides_everything_until_a_click(program, qtbot):
    window, workspace = program.window, program.desk.workspace
    program.lock()
    assert not window.isVisible()
    program.desk.wait_until_put_away()
    with pytest.raises(Bug, match="closed"), workspace.reading():
        pass
    QTest.mouseClick(program._locked.page.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(window.isVisible)
    assert workspace.identity.name == "李伟"


def test_a_computer_that_the_office_locked_shows_nothing_until_it_is_let_in(program, qtbot, monkeypatch):
    shown, said = [], []

    def look(dialog):
        shown.append(dialog)
        return QDialog.DialogCode.Rejected

    monkeypatch.setattr(LockedDialog, "exec", look)
    monkeypatch.setattr(QMessageBox, "critical", lambda *arguments: said.append(arguments[2]))
    program.desk.workspace.remember("locked", {"entries": 3})
    program.desk.shut_out.emit(OfficeRefused(shut_out.LOCKED, entries=3))
    qtbot.waitUntil(lambda: bool(shown))
    assert "3 changes" in said[0]
    assert program.window is None
    assert program.desk is None

    def let_in(dialog):
        monkeypatch.setattr(driver, "synchronise", lambda workspace: workspace.remember("locked", None))
        dialog.ask()
        qtbot.waitUntil(lambda: dialog.result() == QDialog.DialogCode.Accepted)
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(LockedDialog, "exec", let_in)
    assert program._enter()
    assert program.window.isVisible()


def test_a_lost_key_is_told_and_nothing_is_opened(program, keyring_in_memory):
    program.leave()
    keyring_in_memory.kept.clear()
    told = []

    def read_and_leave(dialog):
        told.append(dialog.problem.text())
        dialog.reject()
        return True

    when_open(KeyringDialog, read_and_leave)
    assert not program._enter()
    assert "keyring" in told[0]


def test_idle_and_sleep_lock_only_what_asks_again(program):
    assert not program.lock_if_it_asks()  # whoever is signed in to the computer could start it anew
    assert program.window.isVisible()


def test_an_office_that_locks_while_it_is_locked_is_told_in_front_of_nothing(program, monkeypatch):
    said = []
    monkeypatch.setattr(LockedDialog, "exec", lambda _: QDialog.DialogCode.Rejected)
    monkeypatch.setattr(program.app, "quit", lambda: said.append("ended"))
    monkeypatch.setattr(QMessageBox, "critical", lambda *arguments: said.append((arguments[0], program.window)))
    program.desk.workspace.remember("locked", {"entries": 3})
    program.lock()
    page = program._locked.page
    program._leave_shut_out(OfficeRefused(shut_out.LOCKED, entries=3))
    assert said == [(None, None), "ended"]
    assert not shiboken6.isValid(page)


def test_the_sample_workspace_has_its_rows_and_an_office(qapp, qtbot):
    program = Program(sample=True)
    program._apply_settings()
    try:
        assert program._enter()
        assert program.settings.office_url.startswith("http://127.0.0.1:")
        qtbot.waitUntil(lambda: "10" in program.window.status.text())
        program.lock()
        QTest.mouseClick(program._locked.page.button, Qt.MouseButton.LeftButton)  # its passphrase is no secret
        qtbot.waitUntil(program.window.isVisible)
    finally:
        program.leave()
        program._give_up_place()
        if program._office is not None:
            program._office.stop()
        program.idle.stop()


def test_settings_that_cannot_be_read_are_the_defaults(tmp_path):
    (tmp_path / "settings.json").write_text('{"language": 5, "theme": "dark", "unknown": 1')
    assert Settings.load(tmp_path / "settings.json") == Settings()
    (tmp_path / "settings.json").write_text('{"language": 5, "theme": "dark", "unknown": 1}')
    assert Settings.load(tmp_path / "settings.json") == Settings(theme="dark")
