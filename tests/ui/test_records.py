"""Every form that stands alone has its list, and a way to begin and to open a record."""

import pytest

from salesdesk.actions import forms
from tests.ui.sample_desk import customer_named, sample_desk
from ui.main_window import MainWindow
from ui.pages.records import RecordsPage, listed_forms


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
