"""Setting up and unlocking by hand; refusals stand in words, nothing freezes, nothing is made by half."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from salesdesk.actions import access
from salesdesk.store import keys
from ui.app.access_dialogs import UnlockDialog, WelcomeDialog
from ui.core import notify

PASSPHRASE = "a long passphrase"


@pytest.fixture
def welcome(qtbot, tmp_path):
    dialog = WelcomeDialog(tmp_path / "workspace")
    qtbot.addWidget(dialog)
    dialog.show()
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
