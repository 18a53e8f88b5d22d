"""A colleague's change arrives while somebody is about to type."""

import pytest
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from salesdesk.actions import forms
from salesdesk.records.base import Stage
from tests.ui.hands import activate, column, replace, save
from ui.stage.stage_page import StagePage


@pytest.fixture
def page(desk, qtbot):
    made = StagePage(desk, Stage.DISCOVERY)
    qtbot.addWidget(made)
    activate(qtbot, made, (1280, 700))
    qtbot.waitUntil(lambda: made.panel is not None)
    return made


def change(desk, page, qtbot, **values):
    sheet = forms.load(desk.workspace, "needs_analysis", page.panel.sheet.record.id)
    rows = [forms.RowValues(row.id, {}) for row in reversed(sheet.rows["decision_role"])]
    rows.insert(0, forms.RowValues("", {"role": "财务", "person": "钱七"}))
    with qtbot.waitSignal(desk.changed):
        desk.change(page, lambda workspace: forms.save(workspace, sheet, values, {"decision_role": rows}))
    qtbot.waitUntil(lambda: not desk._asked)  # what that made the page ask is answered


def test_the_form_takes_it_and_the_cursor_stays(desk, page, qtbot):
    panel = page.panel
    cell = panel.rows("decision_role").cell(1, "person").inner
    cell.setFocus()
    cell.setCursorPosition(1)
    change(desk, page, qtbot, pains="同事写的")
    assert page.panel is panel
    assert panel.editor("pains").text() == "同事写的"
    assert column(panel, "decision_role", "person") == ["钱七", "赵敏", "王芳", "张伟"]
    assert (cell.hasFocus(), cell.cursorPosition(), cell.text()) == (True, 1, "王芳")
    assert not panel.has_unsaved()
    replace(panel.editor("budget"), "30")
    save(panel, qtbot)
    kept = forms.load(desk.workspace, "needs_analysis", panel.sheet.record.id)
    assert (kept.record.pains, kept.record.budget) == ("同事写的", "30")
    assert [row.person for row in kept.rows["decision_role"]] == ["钱七", "赵敏", "王芳", "张伟"]


def test_a_form_that_is_composed_in_is_left_alone_also_when_it_says_what_it_said(desk, page, qtbot):
    panel = page.panel
    note = panel.editor("pains")
    text = note.text()
    note.inner.setFocus()
    note.inner.selectAll()
    QApplication.sendEvent(note.inner, QInputMethodEvent(text, []))
    assert not panel.has_unsaved()
    change(desk, page, qtbot, budget="30")
    assert (note.text(), note.inner.toPlainText(), note.inner.hasFocus()) == (text, "", True)
    assert panel.editor("budget").text() == "20 – 25 万元"
