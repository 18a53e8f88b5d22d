"""Backups by hand: made, listed with what is in them, and put back, also when the file no longer opens."""

import time

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from salesdesk.actions import access, forms
from salesdesk.records.language import Language
from salesdesk.records.prospecting import Customer
from salesdesk.records.registry import form_named
from salesdesk.settings import folders
from salesdesk.store import backups, queries, vault
from salesdesk.store.engine import connected
from tests.ui.sample_desk import customer_named, read
from ui.app.access_dialogs import KeyringDialog, UnlockDialog
from ui.app.application import Program, Translators
from ui.app.backup_clock import BackupClock
from ui.app.restore_dialog import RestoreDialog
from ui.core import notify
from ui.messages import lookup
from ui.pages.backups_dialog import BackupsPage

PASSPHRASE = "a long passphrase"


def add(workspace, name):
    forms.save(workspace, forms.new(workspace, "customer"), {"name": name})


def names(workspace):
    with workspace.reading() as session:
        return sorted(c.name for c in queries.listed(session, Customer))


def break_file(folder):
    (folder / "workspace.db").write_bytes(b"\0" * 8192)


def when_open(kind, act):
    """Act on a modal dialog once it is open; the caller's `exec` is what opens it."""

    def look():
        found = [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]
        if not found or not act(found[0]):
            QTimer.singleShot(20, look)

    QTimer.singleShot(0, look)


def press_when_ready(dialog):
    if not dialog.button.isEnabled():
        return False
    QTest.mouseClick(dialog.button, Qt.MouseButton.LeftButton)
    return True


@pytest.fixture
def program(qapp):
    made = Program()
    made._apply_settings()
    yield made
    made.leave()
    made._give_up_place()
    made.translators.use(made.language.EN)
    made.idle.stop()


@pytest.fixture
def own(keyring_in_memory):
    """A workspace of one's own with a backup, and one customer after it."""
    workspace = access.set_up(folders().workspace, "李伟")
    add(workspace, "华源")
    backups.make(workspace)
    add(workspace, "立新")
    workspace.close()
    return folders().workspace


def test_a_backup_is_made_by_a_click_and_stands_in_the_list(desk, qtbot):
    page = BackupsPage(desk)
    qtbot.addWidget(page)
    page.show()
    QTest.mouseClick(page.make_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.list.count() == 1, timeout=20_000)
    assert "10 customers" in page.list.item(0).text()
    assert page.restore_button.isEnabled()


def test_the_daily_one_is_made_without_being_asked_for_and_only_once(desk, qtbot):
    bar = notify.Bar()
    qtbot.addWidget(bar)
    clock = BackupClock(desk, bar)
    clock.look()
    qtbot.waitUntil(lambda: len(backups.listed(desk.workspace.folder)) == 1, timeout=20_000)
    clock.look()
    done = []
    desk.beside(bar, lambda *_: None, done.append)
    qtbot.waitUntil(lambda: bool(done))
    assert len(backups.listed(desk.workspace.folder)) == 1


def test_a_backup_that_cannot_be_made_is_told_once(desk, qtbot, monkeypatch):
    class Nearly:
        free = 0

    monkeypatch.setattr("shutil.disk_usage", lambda _: Nearly)
    bar = notify.Bar()
    qtbot.addWidget(bar)
    clock = BackupClock(desk, bar)
    clock.look()
    qtbot.waitUntil(bar.isVisible)
    assert bar.label.text() == lookup.sentence("store.no_room_for_backup")
    bar.hide()
    clock.look()
    done = []
    desk.beside(bar, lambda *_: None, done.append)
    qtbot.waitUntil(lambda: bool(done))
    assert not bar.isVisible()


def test_a_file_that_does_not_open_leads_to_its_backups(program, own):
    break_file(own)
    when_open(KeyringDialog, lambda d: d.restore_button.isVisible() and (d.restore_button.click() or True))
    when_open(RestoreDialog, press_when_ready)
    assert program._enter()
    assert names(program.desk.workspace) == ["华源"]
    assert (next((own / "damaged").iterdir()) / "workspace.db").read_bytes() == b"\0" * 8192


def test_a_slow_keyring_is_waited_for_on_the_way_to_the_backups(program, own, monkeypatch):
    """The dialog before it was left by then, which must not count as nobody waiting."""
    break_file(own)
    get = vault._current

    def slowly():
        time.sleep(0.5)
        return get()

    monkeypatch.setattr(vault, "_current", slowly)
    when_open(KeyringDialog, lambda d: d.restore_button.isVisible() and (d.restore_button.click() or True))
    when_open(RestoreDialog, press_when_ready)
    assert program._enter()
    assert names(program.desk.workspace) == ["华源"]


def test_behind_a_passphrase_too(program, qtbot):
    folder = folders().workspace
    workspace = access.set_up(folder, "李伟", passphrase=PASSPHRASE)
    add(workspace, "华源")
    backups.make(workspace)
    workspace.close()
    break_file(folder)

    def unlock(dialog):
        if dialog.restore_button.isVisible():
            QTest.mouseClick(dialog.restore_button, Qt.MouseButton.LeftButton)
            return True
        if dialog.button.isEnabled() and not dialog.passphrase.text():
            dialog.passphrase.setText(PASSPHRASE)
            dialog.submit()
        return False

    when_open(UnlockDialog, unlock)
    when_open(RestoreDialog, press_when_ready)
    assert program._enter()
    assert names(program.desk.workspace) == ["华源"]


def test_one_is_put_back_out_of_the_running_program(program, own):
    assert program._enter()
    assert names(program.desk.workspace) == ["华源", "立新"]
    when_open(RestoreDialog, press_when_ready)
    program.restore()
    assert program.window.isVisible()
    assert names(program.desk.workspace) == ["华源"]


def test_who_thinks_better_of_it_goes_on_with_what_was_there(program, own):
    assert program._enter()
    when_open(RestoreDialog, lambda dialog: dialog.reject() or True)
    program.restore()
    assert names(program.desk.workspace) == ["华源", "立新"]


def test_no_backup_at_all_is_said(qtbot, tmp_path):
    dialog = RestoreDialog(tmp_path, lambda _stopped: b"k" * 32)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(dialog.problem.isVisible)
    assert "no backup" in dialog.problem.text()
    assert not dialog.button.isEnabled()


def test_damage_is_told_by_the_names_of_the_forms_and_nothing_else_stops(desk, qtbot, qapp):
    customer = customer_named(desk, "华源")
    read(desk, lambda s: queries.count(s, Customer))
    folder = desk.workspace.folder
    desk.workspace._readers.dispose()
    desk.workspace._writer.dispose()
    connection = connected(folder / "workspace.db", desk.workspace.key, writes=True)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    page = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'customer'").fetchone()[0]
    connection.close()
    data = bytearray((folder / "workspace.db").read_bytes())
    data[(page - 1) * 4096 + 700] ^= 1
    (folder / "workspace.db").write_bytes(data)
    bar = notify.Bar()
    bar.notice = bar
    qtbot.addWidget(bar)
    told, total = [], []
    desk.query(bar, lambda s: s.get(Customer, customer.id).need, told.append, told.append)
    desk.change(bar, lambda w: forms.save(w, forms.new(w, "task"), {"subject": "回访"}), total.append)
    qtbot.waitUntil(lambda: bool(told and total))
    assert f"damaged: {form_named('customer').__form__.label(Language.EN)}." in notify.sentence(told[0])
    translators = Translators(qapp)
    translators.use(Language.ZH)
    try:
        assert "已损坏：客户信息收集表。" in notify.sentence(told[0])
    finally:
        translators.use(Language.EN)
