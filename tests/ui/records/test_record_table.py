import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest

from salesdesk.actions import forms
from salesdesk.records.language import Language
from salesdesk.records.prospecting import Customer
from salesdesk.records.registry import fields_of
from salesdesk.records.registry import forms as all_forms
from salesdesk.store import queries
from tests.ui.hands import activate
from tests.ui.sample_desk import customer_named
from ui.records.record_table import RecordTable


def add_customers(desk, count):
    with desk.workspace.changing("test") as changes:
        for number in range(count):
            changes.add(Customer(name=f"公司 {number:03}", need="第一行\n第二行" + "长" * 5000))


def shown(desk, qtbot, form=Customer):
    table = RecordTable(desk, form)
    qtbot.addWidget(table)
    activate(qtbot, table, (700, 300))
    qtbot.waitUntil(lambda: table.records.rowCount() > 0)
    return table


def names(table):
    return [table.records.index(row, 0).data() for row in range(table.records.rowCount())]


def test_pages_come_while_one_scrolls_each_record_once(desk, qtbot):
    add_customers(desk, 2 * queries.PAGE + 30)
    table = shown(desk, qtbot)
    QAbstractItemModelTester(table.records, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert table.records.rowCount() == queries.PAGE
    with desk.workspace.reading() as session:
        total = queries.count(session, Customer)
    while table.records.rowCount() < total:
        before = table.records.rowCount()
        table.scrollToBottom()
        qtbot.waitUntil(lambda before=before: table.records.rowCount() > before)
    ids = [table.records.record_id(row) for row in range(total)]
    assert len(set(ids)) == total
    assert not table.records.canFetchMore(QModelIndex())


def test_rows_are_of_one_height_and_columns_are_what_the_form_lists(desk, qtbot):
    add_customers(desk, 3)
    table = shown(desk, qtbot)
    assert len({table.rowHeight(row) for row in range(table.records.rowCount())}) == 1
    heads = [table.records.headerData(n, Qt.Orientation.Horizontal) for n in range(table.records.columnCount())]
    assert heads[:3] == ["客户名称", "所属行业", "员工人数"]


@pytest.mark.parametrize("form", [form for form in all_forms() if any(f.listed for f in fields_of(form).values())])
def test_every_form_has_its_table(desk, qtbot, form):
    table = RecordTable(desk, form)
    qtbot.addWidget(table)
    with desk.workspace.reading() as session:
        count = queries.count(session, form)
    qtbot.waitUntil(lambda: table.records.rowCount() == count)
    texts = [table.records.index(row, n).data() for row in range(count) for n in range(table.records.columnCount())]
    assert all(isinstance(text, str) and "\n" not in text and len(text) <= 200 for text in texts)
    assert table.accessibleName() == form.__form__.label(Language.ZH)


def test_enter_opens_the_record(desk, qtbot):
    table = shown(desk, qtbot)
    place = names(table).index("华源科技有限公司")
    table.setFocus()
    table.setCurrentIndex(table.records.index(place, 0))
    with qtbot.waitSignal(table.opened) as heard:
        QTest.keyClick(table, Qt.Key.Key_Return)
    assert heard.args == ["customer", customer_named(desk, "华源").id]


def test_a_change_brings_the_record_to_the_top(desk, qtbot):
    table = shown(desk, qtbot)
    customer = customer_named(desk, "华源")
    desk.clock.now = desk.clock.now.replace(hour=9)
    sheet = forms.load(desk.workspace, "customer", customer.id)
    desk.change(table, lambda workspace: forms.save(workspace, sheet, {"name": "<b>华源</b>"}))
    qtbot.waitUntil(lambda: names(table)[:1] == ["<b>华源</b>"])
    assert len(names(table)) == len(set(names(table)))


def test_all_means_also_what_is_not_read_yet(desk, qtbot):
    add_customers(desk, 2 * queries.PAGE + 30)
    with desk.workspace.reading() as session:
        total = queries.count(session, Customer)
    table = shown(desk, qtbot)
    QTest.keyClick(table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert table.chosen_count() == queries.PAGE
    qtbot.waitUntil(lambda: table.chosen_count() == total)
    assert len(set(table.chosen())) == total
    table.records.reload()
    qtbot.waitUntil(lambda: table.records.rowCount() == queries.PAGE)
    assert table.chosen_count() == 0


def test_a_click_while_all_is_being_selected_is_what_counts(desk, qtbot):
    add_customers(desk, 2 * queries.PAGE + 30)
    table = shown(desk, qtbot)
    table.selectAll()
    table.clearSelection()
    table.selectRow(3)
    qtbot.waitUntil(lambda: table.records.rowCount() == 2 * queries.PAGE)
    qtbot.wait(50)
    assert table.chosen_count() == 1
