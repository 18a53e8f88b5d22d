"""The preview as a window: its size, its keys, the page in sight, and what it says of the paper before."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from salesdesk.actions import discovery
from salesdesk.actions.paper_declarations import Offer
from salesdesk.records.language import Language
from salesdesk.records.prospecting import Customer
from tests.ui.hands import activate
from tests.ui.sample_desk import customer_named
from ui.documents.document_sources import OfferPage

LONG = "华东智能制造装备产业技术研究院" * 10
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def preview(desk, qtbot):
    customer = customer_named(desk, "华源")
    with desk.workspace.changing("test") as changes:
        changes.get(Customer, customer.id).name = LONG
    outline = discovery.prepare_outline(desk.workspace, customer.id, None, Language.ZH)
    page = OfferPage(desk, Offer("outline", "outline", outline.id))
    qtbot.addWidget(page)
    activate(qtbot, page, (page.width(), page.height()))
    qtbot.waitUntil(lambda: page.pages_shown() > 0)
    return page


def test_a_long_name_makes_it_no_larger_than_the_screen(preview):
    assert preview.minimumSizeHint().width() <= 800
    screen = QGuiApplication.primaryScreen().availableGeometry().size()
    assert preview.width() <= screen.width()
    assert preview.height() <= screen.height()
    assert preview.title.text() == preview.file_name
    assert preview.title.shown_text().endswith("…")
    assert preview.file_name in preview.title.toolTip()
    assert preview.keep_button.geometry().right() < preview.width()


def test_pages_are_counted_and_drawn_larger(preview, qtbot):
    count = preview.pages_shown()
    assert preview.number.text() == f"1 / {count}"
    before = preview.pages.widget().minimumWidth()
    QTest.keyClick(preview, Qt.Key.Key_Plus, CONTROL)
    qtbot.waitUntil(lambda: preview.pages.widget().minimumWidth() > before)
    larger = preview.pages.widget().minimumWidth()
    at, pixels = QPointF(99, 99), QPoint(0, -120)
    buttons, phase = Qt.MouseButton.NoButton, Qt.ScrollPhase.NoScrollPhase
    wheel = QWheelEvent(at, at, pixels, pixels, buttons, CONTROL, phase, False)
    QApplication.sendEvent(preview.pages.viewport(), wheel)
    qtbot.waitUntil(lambda: preview.pages.widget().minimumWidth() == before)
    for _ in range(9):
        preview.zoom(1)
        qtbot.wait(50)
    assert preview.pages.widget().minimumWidth() > larger
    assert preview.pages_shown() == count


def test_keys_print_and_save(preview, monkeypatch):
    asked = []
    preview.print_button.clicked.disconnect()
    preview.save_button.clicked.disconnect()
    preview.print_button.clicked.connect(lambda: asked.append("print"))
    preview.save_button.clicked.connect(lambda: asked.append("save"))
    QTest.keyClick(preview, Qt.Key.Key_P, CONTROL)
    QTest.keyClick(preview, Qt.Key.Key_S, CONTROL)
    assert asked == ["print", "save"]


def test_what_was_said_of_one_paper_is_not_said_of_the_next(preview, qtbot):
    preview.keep()
    qtbot.waitUntil(lambda: "Kept" in preview.notice.label.text())
    before = preview.pdf
    preview.language.setCurrentIndex(preview.language.findData(Language.TRADITIONAL))
    qtbot.waitUntil(lambda: preview.pdf != before)
    assert not preview.notice.isVisible()
