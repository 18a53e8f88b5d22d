"""The list of what did not arrive as it was typed, against a real office: open and correct, hand on, drop."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from salesdesk.actions import attention as deal
from salesdesk.actions import forms
from salesdesk.records.negotiation import NegotiationPlan
from salesdesk.records.prospecting import Customer
from salesdesk.records.work import Task
from salesdesk.store import attachments, attention, queries
from salesdesk.sync import driver
from tests.sync.laptops import PASSWORD, Office, enrolled
from tests.ui.hands import activate, replace
from tests.ui.sample_desk import customer_named, read, sample_desk
from ui.forms.form_dialog import FormDialog
from ui.pages.attention_dialog import AttentionPage
from ui.pages.sync_dialog import SyncPage
from ui.shell.commands import BY_NAME
from ui.shell.main_window import MainWindow


@pytest.fixture
def office(tmp_path):
    made = Office(tmp_path / "office")
    yield made
    made.stop()


@pytest.fixture
def desk(qapp, tmp_path, office):
    """A desk that is enrolled and has brought its sample rows to the office."""
    with sample_desk(tmp_path / "desk") as made:
        driver.enrol(made.workspace, office.url, "li", PASSWORD, "desk")
        driver.synchronise(made.workspace)
        yield made


@pytest.fixture
def page(desk, qtbot):
    """Opens the list in the active window, once what is on it has been written."""

    def open_page(count):
        made = AttentionPage(desk)
        qtbot.addWidget(made)
        activate(qtbot, made, (900, 600))
        qtbot.waitUntil(lambda: made.table.rowCount() == count)
        return made

    return open_page


def refused_edit(desk, employees=-7):
    """An edit that the office refuses; returns the customer."""
    customer = customer_named(desk, "华源")
    with desk.workspace.changing("save.customer") as changes:
        changes.get(Customer, customer.id).employees = employees
    driver.synchronise(desk.workspace)
    return customer


def refused_customer(desk):
    sheet = forms.new(desk.workspace, "customer")
    kept = forms.save(desk.workspace, sheet, {"name": "新客户", "need": "平台", "employees": -1})
    driver.synchronise(desk.workspace)
    return kept.record.id


def click(button):
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def form_over(page, qtbot):
    """The form that was opened above the list."""
    qtbot.waitUntil(lambda: any(one.isVisible() for one in page.findChildren(FormDialog)))
    return next(one for one in page.findChildren(FormDialog) if one.isVisible())


def texts(page, row=0):
    return [page.table.item(row, column).text() for column in range(page.table.columnCount())]


def test_nothing_to_do_says_so(page):
    made = page(0)
    assert made.empty.isVisible()
    assert not made.table.isVisible()


def test_a_line_names_record_action_and_reason_and_shows_what_was_typed(desk, page, qtbot):
    refused_edit(desk)
    made = page(1)
    _, record, what, why = texts(made)
    assert "华源科技" in record
    assert what == "Saved 客户信息收集表"
    assert why == "员工人数: Between 0 and 2000000000, please."
    qtbot.waitUntil(lambda: "-7" in made.detail.text())
    assert "李伟" in made.detail.text()
    assert made.correct_button.isVisible()
    assert made.hand_button.isVisible()
    assert made.drop_button.isVisible()
    assert not made.settle_button.isVisible()


def test_open_and_correct_begins_at_the_refused_field_and_sends_what_is_saved(desk, office, page, qtbot, tmp_path):
    customer = refused_edit(desk)
    made = page(1)
    QTest.keyClick(made.table, Qt.Key.Key_Return)  # as the button does
    form = form_over(made, qtbot)
    editor = form.panel.editor("employees")
    assert editor.text().startswith("-7")
    qtbot.waitUntil(editor.inner.hasFocus)
    assert "Between 0" in form.panel.notice.label.text()
    replace(editor, "70")
    click(form.save_button)
    qtbot.waitUntil(made.empty.isVisible)
    driver.synchronise(desk.workspace)
    assert read(desk, attention.items) == []
    colleague = enrolled(tmp_path / "colleague", office, "wang")
    driver.synchronise(colleague)
    with colleague.reading() as session:
        assert session.get(Customer, customer.id).employees == 70
    colleague.close()


def test_closing_the_form_leaves_the_line_and_the_correction_as_a_draft(desk, page, qtbot):
    refused_edit(desk)
    made = page(1)
    click(made.correct_button)
    form = form_over(made, qtbot)
    replace(form.panel.editor("employees"), "71")
    form.close()
    qtbot.waitUntil(lambda: not made.findChildren(FormDialog))
    click(made.correct_button)
    again = form_over(made, qtbot)
    assert again.panel.editor("employees").text().startswith("71")
    assert len(read(desk, attention.items)) == 1


def test_a_refused_new_record_arrives_after_a_save_that_changes_nothing_else(desk, page, qtbot):
    record_id = refused_customer(desk)
    made = page(1)
    click(made.correct_button)
    form = form_over(made, qtbot)
    replace(form.panel.editor("employees"), "5")
    click(form.save_button)
    qtbot.waitUntil(made.empty.isVisible)
    driver.synchronise(desk.workspace)
    assert read(desk, lambda session: session.get(Customer, record_id)).rev > 0
    assert read(desk, attention.items) == []


def test_drop_and_take_back(desk, page, qtbot):
    record_id = refused_customer(desk)
    made = page(1)
    click(made.drop_button)
    qtbot.waitUntil(made.empty.isVisible)
    assert "新客户" in made.notice.label.text()
    assert read(desk, lambda session: session.get(Customer, record_id)).deleted_at is not None
    click(made.notice.button)
    qtbot.waitUntil(lambda: read(desk, lambda session: session.get(Customer, record_id)).deleted_at is None)


def test_handing_on_is_a_task_that_says_what_was_refused(desk, page, qtbot):
    refused_edit(desk)
    made = page(1)
    qtbot.waitUntil(lambda: "-7" in made.detail.text())
    click(made.hand_button)
    form = form_over(made, qtbot)
    assert "-7" in form.panel.editor("remark").text()
    assert form.panel.editor("assignee").text() in {"赵*", "钱*"}
    assert len(read(desk, attention.items)) == 1
    click(form.save_button)
    qtbot.waitUntil(made.empty.isVisible)
    (task,) = [one for one in read(desk, lambda s: queries.listed(s, Task)) if "-7" in one.remark]
    assert task.territory == "east"


def test_what_is_confidential_does_not_stand_in_the_task(desk, page, qtbot):
    """A task is read by the whole team, also by those who may not see limits."""
    customer = customer_named(desk, "华源")
    with desk.workspace.changing("save.negotiation_plan") as changes:
        changes.add(NegotiationPlan(customer_id=customer.id, floor_discount=4321, fixed_terms="甲方不得知"))
    driver.synchronise(desk.workspace)
    made = page(1)
    qtbot.waitUntil(lambda: "4321" in made.detail.text() and "甲方不得知" in made.detail.text())
    _, remark = made._words_of_task(made.item())
    assert "华源" in remark
    assert "4321" not in remark
    assert "甲方不得知" not in remark


@pytest.fixture
def window(desk, qtbot):
    made = MainWindow(desk)
    qtbot.addWidget(made)
    activate(qtbot, made, (1200, 760))
    return made


def test_the_badge_counts_opens_the_list_and_goes(desk, window, qtbot):
    badge = window.bar.attention_button
    assert badge.isHidden()
    refused_edit(desk)
    window.reload()
    qtbot.waitUntil(badge.isVisible)
    assert badge.text() == "Needs attention · 1"
    assert badge.focusPolicy() & Qt.FocusPolicy.TabFocus
    badge.setFocus()
    QTest.keyClick(badge, Qt.Key.Key_Space)
    assert isinstance(window.dialog, AttentionPage)
    qtbot.waitUntil(lambda: window.dialog.table.rowCount() == 1)
    click(window.dialog.drop_button)
    qtbot.waitUntil(badge.isHidden)
    window.dialog.close()


def test_its_command_has_a_key_and_stands_in_the_menu(window, qtbot):
    command = BY_NAME["attention"]
    assert (command.keys, bool(command.menu)) == ("Shift+F5", True)
    QTest.keyClick(window, Qt.Key.Key_F5, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: isinstance(window.dialog, AttentionPage))
    window.dialog.close()


def test_a_sync_that_did_not_bring_every_file_does_not_say_done(desk, qtbot):
    customer = customer_named(desk, "华源")
    with desk.workspace.changing("file.add") as changes:
        record = changes.get(Customer, customer.id)
        file = attachments.attach(desk.workspace, changes, record, "现场.jpg", "image/jpeg", b"photo")
    attachments._path(desk.workspace, file.sha256).unlink()
    page = SyncPage(desk)
    qtbot.addWidget(page)
    activate(qtbot, page, (760, 640))
    qtbot.waitUntil(page.sync_button.isVisible)
    with qtbot.waitSignal(page.synchronised):
        click(page.sync_button)
    assert not page.notice.label.text().startswith("Done")
    assert "1 files" in page.notice.label.text()
    qtbot.waitUntil(page.attention_button.isVisible)
    click(page.notice.button)
    dialog = page.findChild(AttentionPage)
    qtbot.waitUntil(lambda: dialog.table.rowCount() == 1)
    assert "现场.jpg" in texts(dialog)[1]
    assert texts(dialog)[3].endswith("Tried 1 times.")
    assert not dialog.correct_button.isVisible()
    dialog.close()


def test_a_conflict_leads_to_where_it_is_settled(desk, office, page, qtbot, tmp_path):
    colleague = enrolled(tmp_path / "colleague", office, "wang")
    driver.synchronise(colleague)
    customer = customer_named(desk, "华源")
    for workspace, city in ((colleague, "天津"), (desk.workspace, "上海")):
        with workspace.changing("save.customer") as changes:
            changes.get(Customer, customer.id).city = city
        driver.synchronise(workspace)
    colleague.close()
    made = page(1)
    assert not made.drop_button.isVisible()
    click(made.settle_button)
    sync = made.findChild(SyncPage)
    qtbot.waitUntil(sync._both.isVisible)
    assert any("天津" in label.text() for label in sync.findChildren(QLabel))
    sync.close()


def test_a_record_that_is_gone_is_told(desk, page, qtbot):
    customer = refused_edit(desk)
    made = page(1)
    item = made.item()
    with desk.workspace.changing("delete.customer") as changes:
        changes.delete(changes.get(Customer, customer.id))
    click(made.correct_button)
    qtbot.waitUntil(lambda: "not on this computer" in made.notice.label.text())
    assert deal.drop(desk.workspace, item).action is None
