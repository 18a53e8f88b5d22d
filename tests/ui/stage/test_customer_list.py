"""The list at a stage's left: it shows who is there, and only a person chooses."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from salesdesk.records.base import Stage
from tests.ui.sample_desk import customer_named
from ui.stage.stage_page import StagePage


def test_a_list_that_takes_the_keyboard_does_not_change_the_customer(desk, qtbot):
    page = StagePage(desk, Stage.PROPOSAL)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: page.column.list.rows.rowCount() > 0)
    elsewhere = customer_named(desk, "华源")  # in another stage: this list has no line for it
    assert page.column.list.rows.place_of(elsewhere.id) < 0
    page.select_customer(elsewhere.id)
    qtbot.waitUntil(lambda: page.header.name.text() == elsewhere.name)
    page.column.list.clearFocus()
    page.column.list.setFocus()
    with qtbot.assertNotEmitted(page.column.chosen, wait=200):
        pass
    assert page.customer_id == elsewhere.id
    first = page.column.first_customer()
    QTest.keyClick(page.column.list, Qt.Key.Key_Down)  # the first line, by a person's own key
    qtbot.waitUntil(lambda: page.customer_id == first)
