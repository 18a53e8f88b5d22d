"""Every form that stands alone has its list, and a way to begin and to open a record."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from salesdesk.actions import forms, history
from salesdesk.records.registry import listed_forms
from salesdesk.records.roles import OFFICE
from tests.ui.sample_desk import customer_named, sample_desk
from ui.records.records_dialog import RecordsPage
from ui.shell.main_window import MainWindow


@pytest.fixture
def window(qapp, qtbot, tmp_path):
    with sample_desk(tmp_path) as desk:
        made = MainWindow(desk)
        qtbot.addWidget(made)
        made.show()
        yield made


def test_the_first_stages_forms_are_offered():
    names = [form.__tablename__ for form in listed_forms()]
    assert names[:2] == ["customer", "ideal_customer"]
    assert {"needs_analysis", "outline", "confirmation_letter", "task", "opportunity"} <= set(names)
    assert not {"contact", "decision_role", "attachment", "conflict"} & set(names)


@pytest.mark.parametrize("form", listed_forms(), ids=lambda f: f.__tablename__)
def test_a_record_begins_from_its_list(window, qtbot, form):
    identity = window.desk.workspace.identity
    if form.__form__.writers == OFFICE:
        window.open_records(form.__tablename__)
        assert not window.dialog.new_button.isVisible()
        assert not window.dialog.change_button.isVisible()
        window.dialog.close()
        window.desk.workspace.identity = replace(identity, role="office")
    window.open_records(form.__tablename__)
    page = window.dialog
    assert isinstance(page, RecordsPage)
    page.new_button.click()
    qtbot.waitUntil(lambda: page.dialog is not None and page.dialog.isVisible())
    assert page.dialog.panel.sheet.entity == form.__tablename__
    page.dialog.close()
    page.close()


def test_a_profile_is_typed_kept_and_listed(window, qtbot):
    window.open_records("ideal_customer")
    page = window.dialog
    qtbot.waitUntil(lambda: page.table.model().rowCount() == 1)
    page.new_button.click()
    qtbot.waitUntil(lambda: page.dialog is not None and page.dialog.isVisible())
    page.dialog.panel.editor("name").set_text("珠三角服务业")
    page.dialog.panel.save()
    qtbot.waitUntil(lambda: page.table.model().rowCount() == 2)
    page.close()


def test_customers_say_how_they_fit_and_the_best_come_first_on_demand(window, qtbot):
    window.open_records("customer")
    page = window.dialog
    records = page.table.records
    qtbot.waitUntil(lambda: records.rowCount() == 10)
    column = records.columnCount() - 1
    assert records.headerData(column, Qt.Orientation.Horizontal) == "Match"
    page.order.setFocus()
    QTest.keyClick(page.order, Qt.Key.Key_Down)
    shares = ["100%", "100%", "100%", "100%", "80%", "60%", "60%", "60%", "40%", "20%"]
    texts = lambda: [records.index(row, column).data() for row in range(records.rowCount())]  # noqa: E731  # looked at twice
    qtbot.waitUntil(lambda: [text.partition(";")[0] for text in texts()] == shares)
    assert texts()[-1] == "20%; not met: 所属行业, 员工人数, 年营收, region"
    assert "not met" in records.index(9, column).data(Qt.ItemDataRole.ToolTipRole)
    assert page.table.chosen() == []
    page.close()
    window.open_records("visit")
    assert window.dialog.order.isHidden()


def test_opening_a_customer_leads_to_its_tab(window, qtbot):
    customer = customer_named(window.desk, "启航")
    window.open_records("customer")
    window.dialog.opened.emit("customer", customer.id)
    qtbot.waitUntil(lambda: getattr(window.open_page(), "customer_id", "") == customer.id)


def test_a_row_that_somebody_deleted_and_nobody_edited_here_stays_deleted(tmp_path, qapp):
    with sample_desk(tmp_path) as desk:
        customer = customer_named(desk, "启航")
        sheet = forms.load(desk.workspace, "customer", customer.id)
        with desk.workspace.changing("delete.contact") as changes:
            changes.delete(changes.get(type(sheet.rows["contact"][0]), sheet.rows["contact"][0].id))
        rows = {"contact": [forms.RowValues(sheet.rows["contact"][0].id, {"name": "马晓燕"})]}
        forms.save(desk.workspace, sheet, {"city": "天津"}, rows)
        assert forms.load(desk.workspace, "customer", customer.id).rows["contact"] == []


def opened(window, qtbot, entity="customer"):
    window.open_records(entity)
    page = window.dialog
    qtbot.waitUntil(lambda: page.table.model().rowCount() > 0)
    return page


def narrow(page, qtbot, field, text, rows):
    bar = page.filters
    bar.field_choice.setCurrentIndex(bar.field_choice.findData(field))
    bar.line.setText(text)
    bar.add_button.click()
    qtbot.waitUntil(lambda: page.table.model().rowCount() == rows)


def test_a_list_is_narrowed_down_and_the_view_kept(window, qtbot):
    page = opened(window, qtbot)
    every = page.table.model().rowCount()
    narrow(page, qtbot, "grade", "A类", 3)
    narrow(page, qtbot, "employees", "..300", 1)
    narrow(page, qtbot, "employees", "301..", 2)
    narrow(page, qtbot, "employees", ">300", 2)
    narrow(page, qtbot, "name", "%", 0)  # a sign that is no wildcard
    page.filters.keep_view("大客户")
    page.close()
    again = opened(window, qtbot)
    assert again.table.model().rowCount() == every
    qtbot.waitUntil(lambda: again.filters.views.count() == 2)
    again.filters.views.setCurrentIndex(1)
    again.filters.views.activated.emit(1)
    qtbot.waitUntil(lambda: again.table.model().rowCount() == 0)
    again.close()


@pytest.mark.parametrize("typed", ["soon", ">", ".."])
def test_a_filter_that_cannot_be_read_is_told_and_changes_nothing(window, qtbot, typed):
    page = opened(window, qtbot)
    every = page.table.model().rowCount()
    bar = page.filters
    bar.field_choice.setCurrentIndex(bar.field_choice.findData("follow_up_on"))
    bar.line.setText(typed)
    bar.add_button.click()
    assert bar.problem.isVisible()
    assert bar.line.text() == typed
    assert (bar.filters, page.table.model().rowCount()) == ([], every)
    page.close()


def test_many_are_changed_at_once_and_taken_back(window, qtbot):
    desk = window.desk
    page = opened(window, qtbot)
    assert not page.change_button.isEnabled()
    page.table.selectAll()
    page.change_button.click()
    page.bulk.field_choice.setCurrentIndex(page.bulk.field_choice.findData("status"))
    page.bulk.editor.set_text("暂缓")
    page.bulk.accept()
    qtbot.waitUntil(lambda: customer_named(desk, "启航").status == "paused")
    qtbot.waitUntil(page.notice.isVisible)
    assert customer_named(desk, "华源").status == "paused"
    history.undo(desk.workspace, *history.last_action(desk.workspace))
    assert customer_named(desk, "启航").status != "paused"
    page.close()
