"""The health page tells what it found, and saves a bundle where it was told to."""

import zipfile

import pytest

from salesdesk.records.language import Language
from salesdesk.store import backups
from ui.app.application import Translators
from ui.pages.health_dialog import HealthPage
from ui.widgets.labels import PlainLabel


def lines(page):
    return [label.text() for label in page.findChildren(PlainLabel) if not label.isHidden()]


@pytest.fixture
def page(desk, qtbot):
    backups.make(desk.workspace)
    opened = HealthPage(desk)
    qtbot.addWidget(opened)
    opened.show()
    return opened


def test_every_check_is_a_line_and_looking_again_does_not_double_them(page, qtbot):
    qtbot.waitUntil(page.again_button.isEnabled)
    first = lines(page)
    assert len(first) == 1 + 3 * 7
    assert any("every page is whole" in text for text in first)
    page.again_button.click()
    assert not page.again_button.isEnabled()
    qtbot.waitUntil(page.again_button.isEnabled)
    qtbot.waitUntil(lambda: len(lines(page)) == len(first))


def test_it_speaks_the_language_of_the_window(desk, qtbot, qapp):
    translators = Translators(qapp)
    translators.use(Language.ZH)
    try:
        page = HealthPage(desk)
        qtbot.addWidget(page)
        qtbot.waitUntil(page.again_button.isEnabled)
        said = " ".join(lines(page))
        assert "每一页都完好" in said
        assert not [word for word in ("Backup", "Key", "opens") if word in said]
    finally:
        translators.use(Language.EN)


def test_a_bundle_is_saved_and_a_place_that_cannot_be_written_is_said(page, qtbot, tmp_path):
    qtbot.waitUntil(page.again_button.isEnabled)
    page.save_bundle(tmp_path / "support.zip")
    qtbot.waitUntil(page.bundle_button.isEnabled)
    assert "support.zip" in page.notice.label.text()
    assert zipfile.is_zipfile(tmp_path / "support.zip")
    page.save_bundle(tmp_path / "nowhere" / "support.zip")
    qtbot.waitUntil(lambda: page.bundle_button.isEnabled() and "nowhere" not in page.notice.label.text()
                    and page.notice.property("look") == "problem")  # fmt: skip


def test_closing_ends_a_look_that_is_not_over(page, desk, qtbot):
    page.reload()
    page.reject()
    done = []
    desk.beside(page, lambda _workspace, _stopped: 1, done.append)
    qtbot.waitUntil(lambda: done == [1])
