"""Setting up and unlocking by hand; refusals stand in words, nothing freezes, nothing is made by half."""

import threading

import keyring
import pytest
from keyring.backends.null import Keyring as NoKeyring
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from salesdesk.actions import access
from salesdesk.errors import DamagedWorkspace
from salesdesk.store import keys, vault
from tests.store.test_vault import Waits
from ui.app.access_dialogs import KeyringDialog, UnlockDialog, WelcomeDialog
from ui.core import notify

PASSPHRASE = "a long passphrase"


@pytest.fixture
def welcome(qtbot, tmp_path):
    dialog = WelcomeDialog(tmp_path / "workspace")
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(dialog.button.isEnabled)
    yield dialog
    if dialog.workspace is not None:
        dialog.workspace.close()


def fill(dialog, name="李伟", passphrase=PASSPHRASE, again=PASSPHRASE):
    for line, text in ((dialog.name, name), (dialog.passphrase, passphrase), (dialog.again, again)):
        line.setText(text)


def refusal(dialog, qtbot):
    qtbot.waitUntil(dialog.problem.isVisible)
    return dialog.problem.text()


def test_without_a_keyring_a_passphrase_is_asked_for(welcome, qtbot):
    assert welcome.wants_passphrase.isChecked()
    assert not welcome.wants_passphrase.isEnabled()
    fill(welcome)
    QTest.mouseClick(welcome.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: welcome.workspace is not None)
    assert welcome.workspace.identity.name == "李伟"
    assert keys.needs_passphrase(welcome.folder)


def test_with_a_keyring_a_name_is_enough(keyring_in_memory, qtbot, tmp_path):
    dialog = WelcomeDialog(tmp_path / "workspace")
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(dialog.button.isEnabled)
    assert not dialog.passphrase.isVisible()
    QTest.keyClicks(dialog.name, "Li Wei")
    QTest.keyClick(dialog.name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.workspace is not None)
    dialog.workspace.close()
    access.unlock(tmp_path / "workspace").close()


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"name": "  "}, "access.name_needed"),
        ({"passphrase": "", "again": ""}, "access.passphrase_needed"),
        ({"again": "another"}, "access.passphrases_differ"),
        ({"passphrase": "short", "again": "short"}, "keys.passphrase_too_short"),
    ],
)
def test_what_is_missing_is_told_and_nothing_is_made(welcome, qtbot, typed, message):
    fill(welcome, **typed)
    welcome.submit()
    from ui.messages import lookup  # noqa: PLC0415

    start = lookup.sentence(message).split("{")[0]
    assert refusal(welcome, qtbot).startswith(start)
    qtbot.waitUntil(welcome.button.isEnabled)
    assert not access.exists(welcome.folder)


def test_secrets_are_not_shown_and_go_past_the_input_method(welcome):
    for line in (welcome.passphrase, welcome.again):
        assert line.echoMode() == line.EchoMode.Password
        assert not line.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)


def test_a_wrong_passphrase_is_told_and_the_right_one_opens(welcome, qtbot):
    fill(welcome)
    welcome.submit()
    qtbot.waitUntil(lambda: welcome.workspace is not None)
    welcome.workspace.close()
    unlock = UnlockDialog(welcome.folder)
    qtbot.addWidget(unlock)
    unlock.show()
    QTest.keyClicks(unlock.passphrase, "wrong passphrase")
    QTest.keyClick(unlock.passphrase, Qt.Key.Key_Return)
    assert refusal(unlock, qtbot) == notify.lookup.sentence("keys.wrong_passphrase")
    unlock.passphrase.setText(PASSPHRASE)
    unlock.submit()
    qtbot.waitUntil(lambda: unlock.workspace is not None)
    unlock.workspace.close()


@pytest.fixture
def silent_keyring(monkeypatch):
    """A keyring that never returns, and limits that a test can wait for."""
    monkeypatch.setattr(vault, "_LOOK_S", 0.3)
    monkeypatch.setattr(vault, "_PROMPT_S", 0.3)
    backend = Waits()
    keyring.set_keyring(backend)
    yield backend
    backend.go_on.set()
    keyring.set_keyring(NoKeyring())


def open_dialog(qtbot, dialog):
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_the_first_start_with_a_keyring_that_hangs_shows_its_window_and_asks_for_a_passphrase(
    silent_keyring, qtbot, tmp_path, monkeypatch
):
    looked = threading.Event()
    monkeypatch.setattr(vault, "_safe", lambda: looked.set() or silent_keyring.go_on.wait(60))
    dialog = open_dialog(qtbot, WelcomeDialog(tmp_path / "workspace"))
    assert dialog.isVisible()
    QTest.keyClicks(dialog.name, "Li Wei")
    assert dialog.name.text() == "Li Wei"
    qtbot.waitUntil(dialog.button.isEnabled)
    assert "does not answer" in dialog.hint.text()
    fill(dialog)
    dialog.submit()
    qtbot.waitUntil(lambda: dialog.workspace is not None)
    assert looked.is_set()
    dialog.workspace.close()


def test_a_keyring_that_hangs_only_when_it_is_to_keep_the_key(silent_keyring, qtbot, tmp_path):
    dialog = open_dialog(qtbot, WelcomeDialog(tmp_path / "workspace"))
    qtbot.waitUntil(dialog.button.isEnabled)
    assert not dialog.passphrase.isVisible()
    dialog.name.setText("李伟")
    dialog.submit()
    assert "keyring does not answer" in refusal(dialog, qtbot)
    assert dialog.passphrase.isVisible()
    fill(dialog)
    dialog.submit()
    qtbot.waitUntil(lambda: dialog.workspace is not None)
    dialog.workspace.close()


def test_a_key_in_a_keyring_that_hangs_is_waited_for_in_words_and_tried_again(
    silent_keyring, qtbot, tmp_path, keyring_in_memory
):
    access.set_up(tmp_path / "workspace", "李伟").close()
    silent_keyring.kept = keyring_in_memory.kept
    keyring.set_keyring(silent_keyring)
    dialog = open_dialog(qtbot, KeyringDialog(tmp_path / "workspace"))
    dialog.submit()
    assert not dialog.button.isEnabled()
    assert "does not answer" in refusal(dialog, qtbot)
    silent_keyring.go_on.set()  # unlocked by now
    QTest.mouseClick(dialog.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.workspace is not None)
    dialog.workspace.close()


def test_closing_ends_the_waiting_for_a_keyring(silent_keyring, qtbot, tmp_path, keyring_in_memory, monkeypatch):
    access.set_up(tmp_path / "workspace", "李伟").close()
    keyring.set_keyring(silent_keyring)
    monkeypatch.setattr(vault, "_PROMPT_S", 3600)
    dialog = open_dialog(qtbot, KeyringDialog(tmp_path / "workspace"))
    dialog.submit()
    assert silent_keyring.called.wait(10)
    with qtbot.waitSignal(dialog.answered, timeout=20_000):
        dialog.reject()


def test_where_the_keyring_answers_at_once_nothing_is_seen(qtbot, tmp_path, keyring_in_memory):
    access.set_up(tmp_path / "workspace", "李伟").close()
    dialog = KeyringDialog(tmp_path / "workspace")
    qtbot.addWidget(dialog)
    assert dialog.entered()
    assert not dialog.isVisible()
    dialog.workspace.close()


def test_damage_behind_a_keyring_offers_the_backups(qtbot, tmp_path, keyring_in_memory):
    access.set_up(tmp_path / "workspace", "李伟").close()
    (tmp_path / "workspace" / "workspace.db").write_bytes(b"")
    dialog = open_dialog(qtbot, KeyringDialog(tmp_path / "workspace"))
    dialog.submit()
    refusal(dialog, qtbot)
    assert dialog.restore_button.isVisible()
    assert isinstance(dialog.damage, DamagedWorkspace)
