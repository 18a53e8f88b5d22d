"""The list at a stage's left: it shows who is there, and only a person chooses."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from salesdesk.records.base import Stage
from salesdesk.records.prospecting import IdealCustomer
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


def lines(page):
    model = page.column.list.rows
    return [model.row_at(number) for number in range(model.rowCount())]


def test_the_best_match_comes_first_on_demand_and_says_what_is_missed(desk, qtbot):
    page = StagePage(desk, Stage.PROSPECTING)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: page.column.list.rows.rowCount() > 0)
    before = [row.name for row in lines(page)]
    assert not page.column.order.isHidden()
    page.column.order.setFocus()
    QTest.keyClick(page.column.order, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: [row.share for row in lines(page)] == [100, 60, 20])
    assert sorted(before) == sorted(row.name for row in lines(page))
    poorest = page.column.list.rows.index(2)
    said = poorest.data(Qt.ItemDataRole.AccessibleTextRole)
    assert "Match 20%; not met: 所属行业, 员工人数, 年营收, region" in said
    page.select_customer(lines(page)[2].customer_id)
    qtbot.waitUntil(lambda: page.header.match_chip.text() == "Match 20%")
    assert "员工人数" in page.header.match_chip.toolTip()
    assert "员工人数" in page.header.match_chip.accessibleName()


def test_without_a_profile_nothing_is_said_of_a_match(desk, qtbot):
    with desk.workspace.changing("test") as changes:
        (profile,) = changes.session.query(IdealCustomer)
        changes.delete(profile)
    page = StagePage(desk, Stage.PROSPECTING)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: page.view is not None)
    assert page.column.order.isHidden()
    assert page.header.match_chip.isHidden()
    assert {row.share for row in lines(page)} == {None}
