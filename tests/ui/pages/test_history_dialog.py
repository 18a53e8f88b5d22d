"""The page that takes back what was done and brings back what was deleted."""

import pytest

from salesdesk.actions import deletion, forms
from salesdesk.records.language import Language
from salesdesk.records.prospecting import Customer
from salesdesk.store import queries
from tests.ui.hands import activate
from tests.ui.sample_desk import customer_named, read, sample_desk
from ui.pages.history_dialog import HistoryPage


@pytest.fixture
def desk(qapp, tmp_path):
    with sample_desk(tmp_path, language=Language.EN) as made:
        yield made


def opened(desk, qtbot):
    page = HistoryPage(desk)
    qtbot.addWidget(page)
    activate(qtbot, page, (820, 560))
    qtbot.waitUntil(lambda: page.done_table.rowCount() > 0)
    return page


def renamed(desk, name):
    customer_id = customer_named(desk, "启航").id
    sheet = forms.load(desk.workspace, "customer", customer_id)
    forms.save(desk.workspace, sheet, {"name": name})
    return customer_id


def city_of(desk, customer_id):
    return read(desk, lambda s: s.get(Customer, customer_id).city)


def name_of(desk, customer_id):
    return read(desk, lambda s: s.get(Customer, customer_id).name)


def texts(table, row=0):
    return [table.item(row, column).text() for column in range(table.columnCount())]


def select(table, row):
    table.setCurrentCell(row, 0)


def test_an_action_is_taken_back_and_done_again(desk, qtbot):
    customer_id = renamed(desk, "启航二号")
    page = opened(desk, qtbot)
    assert texts(page.done_table)[1:] == ["Saved Customer information sheet", "启航二号"]
    assert page.undo_button.isEnabled()
    count = page.done_table.rowCount()
    page.undo_button.click()
    assert not page.undo_button.isEnabled()
    qtbot.waitUntil(lambda: page.done_table.rowCount() == count + 1)
    assert name_of(desk, customer_id) != "启航二号"
    assert page.done_table.currentRow() == 1  # what was selected stays selected
    assert not page.undo_button.isEnabled()
    select(page.done_table, 0)
    assert page.undo_button.text() == "Do it again"
    page.undo_button.click()
    qtbot.waitUntil(lambda: page.done_table.rowCount() == count + 2)
    assert name_of(desk, customer_id) == "启航二号"


def test_a_deleted_customer_comes_back_from_the_bin(desk, qtbot):
    customer = customer_named(desk, "华源")
    before = read(desk, lambda s: queries.record_ids_of(queries.card(s, customer.id)))
    deletion.delete(desk.workspace, "customer", [customer.id])
    page = opened(desk, qtbot)
    assert f"{customer.name} and " in texts(page.done_table)[2]
    page.tabs.button(1).click()
    assert page.restore_button.isVisible()
    assert not page.undo_button.isVisible()
    assert page.bin_table.rowCount() == 1
    assert texts(page.bin_table)[1:] == ["Customer information sheet", customer.name]
    page.restore_button.click()
    qtbot.waitUntil(lambda: page.bin_table.rowCount() == 0)
    assert not page.restore_button.isEnabled()
    assert read(desk, lambda s: queries.record_ids_of(queries.card(s, customer.id))) == before


def test_what_was_changed_behind_the_page_is_refused_in_words(desk, qtbot):
    renamed(desk, "启航二号")
    page = opened(desk, qtbot)
    customer_id = customer_named(desk, "启航").id
    sheet = forms.load(desk.workspace, "customer", customer_id)
    forms.save(desk.workspace, sheet, {"name": "启航三号"})
    page.undo_button.click()
    qtbot.waitUntil(page.notice.isVisible)
    assert "changed again" in page.notice.label.text()
    assert name_of(desk, customer_id) == "启航三号"
    qtbot.waitUntil(lambda: texts(page.done_table)[2] == "启航三号")
    assert not page.undo_button.isEnabled()


def test_a_new_change_does_not_move_the_choice_to_another_action(desk, qtbot):
    customer_id = renamed(desk, "启航二号")
    page = opened(desk, qtbot)
    count = page.done_table.rowCount()
    sheet = forms.load(desk.workspace, "customer", customer_id)
    desk.change(page, lambda workspace: forms.save(workspace, sheet, {"city": "大连"}))
    qtbot.waitUntil(lambda: page.done_table.rowCount() == count + 1)
    assert page.done_table.currentRow() == 1
    page.undo_button.click()
    qtbot.waitUntil(lambda: page.done_table.rowCount() == count + 2)
    assert name_of(desk, customer_id) != "启航二号"
    assert city_of(desk, customer_id) == "大连"


def test_nothing_chosen_asks_for_nothing(desk, qtbot):
    page = opened(desk, qtbot)
    assert page.bin_table.rowCount() == 0
    assert not page.restore_button.isEnabled()
    page.restore()
    page.done_table.setCurrentCell(-1, -1)
    assert not page.undo_button.isEnabled()
    page.undo()
    assert not page.notice.isVisible()
