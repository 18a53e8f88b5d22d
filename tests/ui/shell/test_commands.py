"""One list of commands: palette, keys, F1, menu and tabs follow it."""

from collections import Counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog

from salesdesk.records.language import Language
from tests.ui.sample_desk import sample_desk
from ui.core.on_demand import load
from ui.core.page import Page
from ui.shell.commands import COMMANDS
from ui.shell.main_window import MainWindow
from ui.shell.shortcuts_dialog import shortcuts


@pytest.fixture
def window(qapp, tmp_path, qtbot):
    with sample_desk(tmp_path) as desk:
        made = MainWindow(desk)
        qtbot.addWidget(made)
        made.show()
        made.activateWindow()
        qtbot.waitUntil(made.isActiveWindow)
        yield made


@pytest.mark.parametrize("command", COMMANDS, ids=lambda c: c.name)
def test_every_command_opens_or_does_something_that_is_there(command):
    if command.page:
        assert issubclass(load(command.page), Page)
    elif command.dialog:
        assert issubclass(load(command.dialog), QDialog)
    else:
        assert command.run is not None
    assert command.label(Language.EN)


def test_no_name_and_no_key_is_given_twice():
    assert max(Counter(c.name for c in COMMANDS).values()) == 1
    assert max(Counter(c.keys for c in COMMANDS if c.keys).values()) == 1


def test_keys_menu_palette_and_f1_follow_the_list(window, qtbot):
    actions = {action.text(): action for action in window.actions()}
    told = dict(shortcuts(Language.EN))
    menu = [entry.text() for entry in window.bar.user_button.menu().actions()]
    for command in COMMANDS:
        label = command.label(window.desk.language)
        assert actions[label].shortcut() == QKeySequence(command.keys)
        assert (label in menu) is (command.menu is not None)
        if command.keys:
            assert command.explanation(Language.EN) in told.values()
    for command in (c for c in COMMANDS if c.found):
        window.search.line.setText(command.label(window.desk.language))
        qtbot.waitUntil(lambda c=command: f"→  {c.label(window.desk.language)}" in shown(window))
        QTest.keyClick(window.search.line, Qt.Key.Key_Escape)


def shown(window):
    return [window.search.hits.item(place).text() for place in range(window.search.hits.count())]


def test_a_page_is_imported_when_it_is_first_opened(window, qtbot):
    assert window.pages_shown() == ["today"]
    for command in (c for c in COMMANDS if c.page):
        window.carry_out(command.name)
        assert window.pages_shown()[-1] == command.name
        assert window.tabs.buttons[command.name].isChecked()
