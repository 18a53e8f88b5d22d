"""The button Stop, and closing, while an office says nothing."""

import base64
import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from salesdesk.actions import forms
from salesdesk.records.work import Task
from salesdesk.store import queries
from salesdesk.store.workspace import Workspace
from tests.factories import KEY
from tests.sync.companies import Silent
from ui.pages.sync_dialog import SyncPage

# The office would be silent for thirty seconds before the client gives up by itself.
LONGEST_S = 15


@pytest.fixture
def page(desk, qtbot):
    """A sync page of a laptop whose office never answers, with a sync under way."""
    with Silent() as silent:
        office = {"url": silent.url, "account": "li", "home": "east", "key": base64.b64encode(b"k" * 32).decode()}
        desk.workspace.remember("office", office)
        made = SyncPage(desk)
        qtbot.addWidget(made)
        made.show()
        qtbot.waitUntil(made.sync_button.isVisible)
        qtbot.waitUntil(made.sync_button.isEnabled)
        made.synchronise()
        assert silent.met.wait(LONGEST_S)
        yield made


def test_stop_ends_the_waiting_and_the_page_can_sync_again(page, qtbot):
    QTest.mouseClick(page.cancel_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page.sync_button.isEnabled, timeout=LONGEST_S * 1000)
    assert page.notice.label.text().startswith("Stopped. Nothing is lost")
    assert page.cancel_button.isHidden()


def test_closing_waits_for_what_is_being_written_and_for_nothing_else(page, desk, measured):
    folder = desk.workspace.folder

    def save(workspace):
        return forms.save(workspace, forms.new(workspace, "task"), {"subject": "last word"})

    desk.change(page, save)
    began = time.monotonic()
    desk.close()
    seconds = time.monotonic() - began
    measured(f"closing while an office is silent: {seconds:.2f} s")
    assert seconds < LONGEST_S
    again = Workspace.open(folder, KEY)
    with again.reading() as session:
        assert "last word" in [task.subject for task in queries.listed(session, Task, limit=10**6)]
    again.close()


def test_signing_in_ends_with_the_window_too(desk, qtbot):
    page = SyncPage(desk)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(page.sign_in_button.isVisible)
    with Silent() as silent:
        for line, text in ((page.url, silent.url), (page.account, "li"), (page.password, "secret")):
            line.setText(text)
        QTest.mouseClick(page.sign_in_button, Qt.MouseButton.LeftButton)
        assert silent.met.wait(LONGEST_S)
        began = time.monotonic()
        desk.close()
        assert time.monotonic() - began < LONGEST_S


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("https：//liwei:x@office.example.com", "before the @"),
        ("https://office..example", "This is no address"),
        ("http://office.example.com", "must begin with https://"),
    ],
)
def test_a_wrong_address_is_told_and_marked(desk, qtbot, typed, said):
    page = SyncPage(desk)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(page.sign_in_button.isVisible)
    page.url.setText(typed)
    page.account.setText("li")
    QTest.mouseClick(page.sign_in_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page.notice.isVisible)
    assert said in page.notice.label.text()
    assert page.url.selectedText() == typed
