"""Every record can be deleted where it is shown and in lists: asked about, undone from the bar, back from the bin."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from salesdesk.actions import forms
from salesdesk.records.base import Stage
from salesdesk.records.prospecting import Customer
from salesdesk.records.work import Task
from salesdesk.store import drafts
from tests.ui.sample_desk import customer_named, read, sample_desk
from ui.forms.delete_dialog import DeleteDialog
from ui.forms.form_dialog import FormDialog
from ui.shell.main_window import MainWindow


@pytest.fixture
def desk(qapp, tmp_path):
    with sample_desk(tmp_path) as made:
        yield made


@pytest.fixture
def window(desk, qtbot):
    made = MainWindow(desk)
    qtbot.addWidget(made)
    made.show()
    return made


def asked(qtbot):
    """The dialog that asks, once it is there."""

    def found():
        return next((w for w in QApplication.topLevelWidgets() if isinstance(w, DeleteDialog) and w.isVisible()), None)

    qtbot.waitUntil(lambda: found() is not None)
    return found()


def is_gone(desk, form, record_id):
    return read(desk, lambda session: session.get(form, record_id)).deleted_at is not None


def test_a_customer_is_deleted_on_its_tab_and_taken_back_from_the_bar(desk, window, qtbot):
    customer = customer_named(desk, "金盾")
    window.select_customer(customer.id)
    page = window.show_stage(Stage.PROSPECTING)
    qtbot.waitUntil(lambda: page.view is not None and page.panel is not None)
    page.select_customer(customer.id, "customer")
    qtbot.waitUntil(lambda: page.panel is not None and page.panel.sheet.record.id == customer.id)
    page.panel.editor("need").set_text("typed and then given up")
    page._allow_delete()
    page.delete_action.trigger()
    dialog = asked(qtbot)
    assert dialog.focusWidget() is dialog.cancel_button
    QTest.mouseClick(dialog.confirm_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(window.notice.isVisible)
    assert is_gone(desk, Customer, customer.id)
    qtbot.waitUntil(lambda: page.customer_id != customer.id)
    assert [d for d in read(desk, drafts.unfinished) if d.record_id == customer.id] == []
    QTest.mouseClick(window.notice.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not is_gone(desk, Customer, customer.id))


def test_keeping_keeps(desk, window, qtbot):
    window.open_records("task")
    page = window.dialog
    qtbot.waitUntil(lambda: page.table.model().rowCount() > 0)
    page.table.selectRow(0)
    [chosen] = page.table.chosen()
    QTest.keyClick(page.table, Qt.Key.Key_Delete)
    QTest.mouseClick(asked(qtbot).cancel_button, Qt.MouseButton.LeftButton)
    assert not is_gone(desk, Task, chosen)
    QTest.mouseClick(page.delete_button, Qt.MouseButton.LeftButton)
    QTest.mouseClick(asked(qtbot).confirm_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page.notice.isVisible)
    assert is_gone(desk, Task, chosen)


def test_a_record_in_a_dialog_has_the_button_and_a_new_one_has_not(desk, window, qtbot):
    new = FormDialog(desk, forms.new(desk.workspace, "task"), window)
    qtbot.addWidget(new)
    assert new.delete_button.isHidden()
    kept = forms.save(desk.workspace, forms.new(desk.workspace, "task"), {"subject": "call back"})
    dialog = FormDialog(desk, forms.load(desk.workspace, "task", kept.record.id), window)
    dialog.open()
    QTest.mouseClick(dialog.delete_button, Qt.MouseButton.LeftButton)
    QTest.mouseClick(asked(qtbot).confirm_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not dialog.isVisible())
    assert is_gone(desk, Task, kept.record.id)
