"""Two customers side by side until they are one; and the line that says that somebody may be there already."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from salesdesk.actions import deletion, duplicates, forms, history
from salesdesk.actions.forms import RowValues
from salesdesk.errors import StorageFull
from salesdesk.process.duplicates import Known
from salesdesk.records.prospecting import Customer
from salesdesk.store import queries
from tests.ui.hands import activate
from tests.ui.sample_desk import read
from ui.forms.duplicate_hint import DuplicateHint
from ui.forms.merge_dialog import MergeDialog
from ui.widgets.labels import PlainLabel


def customer(desk, name, *people, **values):
    sheet = forms.new(desk.workspace, "customer")
    rows = {"contact": [RowValues("", {"name": n, "phone": phone}) for n, phone in people]}
    return forms.save(desk.workspace, sheet, {"name": name, **values}, rows).record.id


@pytest.fixture
def pair(desk):
    first = customer(desk, "恒通<b>&精密", ("张伟", "138 0013 5678"), industry="it", city="苏州")
    second = customer(desk, "恒通精密有限公司", ("王芳", "139 0013 5678"), industry="it", city="无锡", need="平台")
    return first, second


@pytest.fixture
def opened(desk, qtbot):
    def open_dialog(first, second):
        dialog = MergeDialog(desk, first, second)
        qtbot.addWidget(dialog)
        assert not dialog.merge_button.isEnabled()  # nothing was read yet
        activate(qtbot, dialog, (760, 600))
        qtbot.waitUntil(lambda: "name" in dialog.lines)
        return dialog

    return open_dialog


def texts(dialog, name):
    return tuple(label.text() for label in dialog.lines[name])


def looks(dialog, name):
    return {label.property("look") for label in dialog.lines[name]}


def gone(desk, *ids):
    return read(desk, lambda s: [s.get(Customer, one).deleted_at is not None for one in ids])


def click(button):
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_only_what_differs_stands_out_and_what_neither_has_is_left_out(opened, pair):
    dialog = opened(*pair)
    assert texts(dialog, "name") == ("恒通<b>&精密", "恒通精密有限公司")
    assert texts(dialog, "city") == ("苏州", "无锡")
    assert texts(dialog, "need") == ("—", "平台")
    assert texts(dialog, "contact") == ("张伟 138 0013 5678", "王芳 139 0013 5678")
    assert [looks(dialog, name) for name in ("name", "city", "need", "contact")] == [{"heading"}] * 4
    assert texts(dialog, "industry") == ("信息技术", "信息技术")
    assert looks(dialog, "industry") == {"muted"}
    assert "revenue" not in dialog.lines
    assert dialog.keep[0].text() == "恒通<b>&&精密"


@pytest.mark.parametrize("chosen", [0, 1])
def test_the_chosen_one_stays_and_the_history_takes_it_back(desk, opened, pair, qtbot, chosen):
    dialog = opened(*pair)
    dialog.keep[chosen].click()
    with qtbot.waitSignal(dialog.merged) as told:
        click(dialog.merge_button)
    assert told.args == [pair[chosen]]
    assert not dialog.isVisible()
    assert gone(desk, pair[chosen], pair[1 - chosen]) == [False, True]
    people = read(desk, lambda s: {contact.name for contact in queries.card(s, pair[chosen]).contacts})
    assert people == {"张伟", "王芳"}
    history.undo(desk.workspace, *history.last_action(desk.workspace))
    assert gone(desk, *pair) == [False, False]


def test_cancelled_nothing_is_merged(desk, opened, pair, qtbot):
    dialog = opened(*pair)
    with qtbot.assertNotEmitted(dialog.merged):
        click(next(button for button in dialog.findChildren(QPushButton) if button.text() == "Cancel"))
    assert not dialog.isVisible()
    assert gone(desk, *pair) == [False, False]


def test_enter_merges_nothing_by_chance(desk, opened, pair):
    dialog = opened(*pair)
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert dialog.merge_button.isEnabled()  # it is not while a merge is under way
    assert gone(desk, *pair) == [False, False]


@pytest.mark.parametrize("deleted", [0, 1])
def test_a_customer_in_the_bin_is_named_and_not_merged(desk, opened, pair, deleted):
    name = read(desk, lambda s: s.get(Customer, pair[deleted]).name)
    deletion.delete(desk.workspace, "customer", [pair[deleted]])
    dialog = opened(*pair)
    assert not dialog.merge_button.isEnabled()
    assert dialog.notice.isVisible()
    assert name in dialog.notice.label.text()


def test_one_customer_twice_cannot_be_merged(opened, pair):
    assert not opened(pair[0], pair[0]).merge_button.isEnabled()


def test_what_went_wrong_is_told_and_can_be_tried_again(opened, pair, qtbot, monkeypatch):
    def full(*_):
        raise StorageFull("store.full")

    dialog = opened(*pair)
    with monkeypatch.context() as patched:
        patched.setattr(duplicates, "merge", full)
        click(dialog.merge_button)
        qtbot.waitUntil(dialog.notice.isVisible)
    with qtbot.waitSignal(dialog.merged):
        click(dialog.merge_button)


@pytest.fixture
def hint(desk, qtbot):
    made = DuplicateHint(desk)
    qtbot.addWidget(made)
    return made


def lines(hint):
    return [label.text() for label in hint.findChildren(PlainLabel) if label.isVisible()]


def buttons(hint, text):
    return [button for button in hint.findChildren(QPushButton) if button.isVisible() and button.text() == text]


def test_at_most_two_are_named_with_the_reason_and_open(desk, hint, pair, qtbot):
    third = customer(desk, "上海恒通精密")
    hint.look_up(Known("恒通精密股份有限公司"), "", saved=False)
    assert not hint.isVisible()
    qtbot.waitUntil(lambda: len(lines(hint)) == 2)
    assert all("(same name)" in line for line in lines(hint))
    assert {one.customer_id for one in hint.found} == {*pair, third} - {pair[0]}  # <b> is a part of that name
    assert not buttons(hint, "Merge…")  # what is not saved yet cannot be merged
    with qtbot.waitSignal(hint.open_asked) as asked:
        click(buttons(hint, "Look")[0])
    assert asked.args == [hint.found[0].customer_id]


def test_it_goes_when_the_name_is_another(hint, pair, qtbot):
    hint.look_up(Known("恒通精密"), "", saved=False)
    qtbot.waitUntil(hint.isVisible)
    hint.look_up(Known("别的名字"), "", saved=False)
    qtbot.waitUntil(lambda: not hint.isVisible())


def test_while_typing_only_the_last_name_is_looked_for(desk, hint, pair, qtbot, monkeypatch):
    asked = []
    query = desk.query
    monkeypatch.setattr(desk, "query", lambda *args: asked.append(args) or query(*args))
    for typed in ("恒", "恒通", "恒通精"):
        hint.look_up(Known(typed), "", saved=False)
    hint.look_up(Known("恒通精密有限公司"), "", saved=False)
    qtbot.waitUntil(hint.isVisible)
    assert len(asked) == 1
    assert [one.customer_id for one in hint.found] == [pair[1]]


def test_a_customer_is_not_named_beside_itself(desk, hint, pair, qtbot):
    other = customer(desk, "上海恒通精密")
    hint.look_up(Known("恒通精密有限公司"), pair[1], saved=True)
    qtbot.waitUntil(hint.isVisible)
    assert [one.customer_id for one in hint.found] == [other]
