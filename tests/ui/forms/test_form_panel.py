import dataclasses
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QWidget

from salesdesk.actions import forms
from salesdesk.errors import StorageFull
from salesdesk.records.contract import ContractTemplate
from salesdesk.records.registry import fields_of
from salesdesk.store import drafts
from tests.ui.hands import activate, column, compose, draft_of, replace, save, stored
from tests.ui.sample_desk import customer_named, read
from ui.core import theme
from ui.forms.form_dialog import FormDialog
from ui.forms.form_panel import FormPanel

CONTROL = Qt.KeyboardModifier.ControlModifier
ROOT = Path(__file__).parents[3]


def press(key, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(QApplication.focusWidget(), key, modifier)


def test_saving_makes_it_the_record_says_so_and_ends_the_draft(desk, panel, qtbot):
    replace(panel.editor("budget"), "30 – 40 万元")
    panel.editor("interviewed_on").line.setFocus()
    replace(panel.editor("interviewed_on"), "2026年11月22日")
    with qtbot.waitSignal(desk.changed) as heard:
        save(panel, qtbot)
    assert heard.args == ["save.needs_analysis"]
    assert panel.status_text().startswith("Saved ")
    assert stored(desk, panel).record.budget == "30 – 40 万元"
    assert stored(desk, panel).record.interviewed_on == date(2026, 11, 22)
    assert not panel.has_unsaved()
    qtbot.wait(1000)
    assert draft_of(desk, panel) is None
    compose(panel.editor("budget").line, "，面议")
    assert panel.status_text() == "Not saved"


def test_a_wrong_value_is_said_beside_its_field_and_everything_typed_stays_in_the_draft(desk, panel, qtbot):
    replace(panel.editor("budget"), "30 – 40 万元")
    replace(panel.editor("interviewed_on"), "2026-02-30")
    replace(panel.rows("decision_role").cell(0, "weight"), "sixty")
    panel.save()
    assert panel.editor("interviewed_on").problem.isVisible()
    assert panel.rows("decision_role").cell(0, "weight").problem.isVisible()
    assert not panel.editor("budget").problem.isVisible()
    assert "marked fields" in panel.status_text() or panel.status_text().startswith("Draft kept")
    qtbot.waitUntil(lambda: draft_of(desk, panel) is not None)
    content = draft_of(desk, panel).content
    assert content["fields"]["budget"] == "30 – 40 万元"
    assert content["fields"]["interviewed_on"] == "2026-02-30"
    assert content["rows"]["decision_role"][0][1]["weight"] == "sixty"
    assert stored(desk, panel).record.budget == "20 – 25 万元"


def test_weights_that_do_not_add_up_are_warned_of_and_saved(desk, panel, qtbot):
    rows = panel.rows("decision_role")
    assert (rows.remark.text(), rows.remark.property("look")) == ("权重 in total: 100%", "ok")
    replace(rows.cell(0, "weight"), "５０")
    assert (rows.remark.text(), rows.remark.property("look")) == ("权重 in total: 90%", "warn")
    save(panel, qtbot)
    assert [row.weight for row in stored(desk, panel).rows["decision_role"]] == [50, 30, 10]
    assert "90" in panel.advice.text()
    assert panel.advice.isVisible()


def test_what_is_required_is_asked_for_and_never_forced(desk, opened, qtbot):
    panel = opened(forms.new(desk.workspace, "customer"))
    assert not panel.advice.isVisible()
    replace(panel.editor("city"), "苏州")
    save(panel, qtbot)
    assert "客户名称" in panel.advice.text()
    assert stored(desk, panel).record.city == "苏州"


def test_a_long_note_and_markup_go_through_letter_for_letter(desk, panel, qtbot):
    text = "<b>&amp;</b> & <i>\u00a0" + "长" * 50_000
    replace(panel.editor("pains"), text)
    replace(panel.editor("participants"), "<b>&amp; 张伟</b>")
    save(panel, qtbot)
    assert stored(desk, panel).record.pains == text
    assert stored(desk, panel).record.participants == "<b>&amp; 张伟</b>"


def test_enter_goes_through_a_row_and_adds_one_and_the_new_row_is_saved_once(desk, panel, qtbot):
    rows = panel.rows("decision_role")
    rows.cell(2, "role").line.setFocus()
    for _ in rows.columns[1:]:
        press(Qt.Key.Key_Return)
    assert rows.row_count() == 3
    press(Qt.Key.Key_Return)
    assert rows.row_count() == 4
    assert rows.cell(3, "role").line.hasFocus()
    compose(rows.cell(3, "role").line, "财务")
    press(Qt.Key.Key_Return)
    compose(rows.cell(3, "person").line, "钱七")
    save(panel, qtbot)
    compose(rows.cell(3, "person").line, "总")
    save(panel, qtbot)
    kept = stored(desk, panel).rows["decision_role"]
    assert [(row.role, row.person) for row in kept][3:] == [("财务", "钱七总")]


def test_enter_in_a_blank_last_row_adds_no_other(panel):
    rows = panel.rows("decision_role")
    QTest.mouseClick(rows.add_button, Qt.MouseButton.LeftButton)
    assert rows.row_count() == 4
    for _ in range(12):
        press(Qt.Key.Key_Return)
    assert rows.row_count() == 4


def test_blank_rows_are_not_kept(desk, panel, qtbot):
    panel.rows("decision_role").add_row()
    replace(panel.editor("budget"), "1")
    save(panel, qtbot)
    assert len(stored(desk, panel).rows["decision_role"]) == 3


def test_rows_are_moved_and_removed(desk, panel, qtbot):
    rows = panel.rows("decision_role")
    before = column(panel, "decision_role", "role")
    up, remove = "Move the row up", "Remove the row"

    def click(place, name):
        buttons = rows._rows[place].buttons.findChildren(QWidget)
        QTest.mouseClick(next(b for b in buttons if b.accessibleName() == name), Qt.MouseButton.LeftButton)

    click(2, up)
    assert column(panel, "decision_role", "role") == [before[0], before[2], before[1]]
    click(0, remove)
    save(panel, qtbot)
    assert [row.role for row in stored(desk, panel).rows["decision_role"]] == [before[2], before[1]]
    for _ in range(2):
        click(0, remove)
    assert rows.remark.text() == ""
    assert rows.add_button.hasFocus()


def test_tab_goes_as_one_reads(desk, opened):
    customer = customer_named(desk, "华源")
    panel = opened(forms.load(desk.workspace, "customer", customer.id))
    panel.rows("contact").add_row()
    panel.editor("name").line.setFocus()
    places = []
    for _ in range(60):
        inner = QApplication.focusWidget()
        corner = inner.mapTo(panel.area.widget(), inner.rect().topLeft())
        if (corner.y(), corner.x()) in places:
            break
        places.append((corner.y(), corner.x()))
        press(Qt.Key.Key_Tab)
    lines = [(round(y / 20), x) for y, x in places]
    assert len(places) >= 25
    assert (corner.y(), corner.x()) == places[0]
    assert lines == sorted(lines)


def test_a_save_that_fails_keeps_everything_and_says_why(desk, panel, qtbot, monkeypatch):
    replace(panel.editor("budget"), "30")

    def full(*_args):
        raise StorageFull("store.full")

    with monkeypatch.context() as patch:
        patch.setattr(forms, "save", full)
        panel.save()
        qtbot.waitUntil(panel.notice.isVisible)
    assert panel.notice.label.text()
    assert panel.editor("budget").text() == "30"
    qtbot.waitUntil(lambda: draft_of(desk, panel) is not None)
    save(panel, qtbot)
    assert stored(desk, panel).record.budget == "30"


def test_closing_a_dialog_keeps_what_was_typed(desk, qtbot):
    sheet = forms.new(desk.workspace, "customer", owner="李伟")
    dialog = FormDialog(desk, sheet)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    replace(dialog.panel.editor("name"), "星辰科技")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    kept = {}
    qtbot.waitUntil(
        lambda: bool(kept.update({d.record_id: d for d in read(desk, drafts.unfinished)}) or sheet.record.id in kept)
    )
    again = forms.resume(desk.workspace, kept[sheet.record.id])
    assert again.is_new
    assert again.draft.content["fields"]["name"] == "星辰科技"
    assert again.preset["owner"] == "李伟"


def test_what_a_person_may_not_change_can_be_read_and_not_typed_in(desk, qtbot):
    """The owner of a colleague's customer, for a rep; handing over is the manager's, or the colleague's own."""
    customer = customer_named(desk, "华源")
    for role, name, may in (("rep", "王芳", False), ("rep", "李伟", True), ("manager", "赵敏", True)):
        desk.workspace.identity = dataclasses.replace(desk.workspace.identity, role=role, name=name)
        panel = FormPanel(desk, forms.load(desk.workspace, "customer", customer.id))
        qtbot.addWidget(panel)
        assert panel.editor("owner").isEnabled() is may
        assert panel.editor("city").isEnabled()


def click_save(dialog):
    QTest.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)


def press_ctrl_s(_dialog):
    press(Qt.Key.Key_S, CONTROL)


@pytest.mark.parametrize("save_by", [click_save, press_ctrl_s])
def test_a_dialog_that_saves_closes_and_brings_the_new_record(desk, qtbot, save_by):
    dialog = FormDialog(desk, forms.new(desk.workspace, "customer"))
    qtbot.addWidget(dialog)
    activate(qtbot, dialog)
    replace(dialog.panel.editor("name"), "星辰科技")
    with qtbot.waitSignal(dialog.saved) as heard:
        save_by(dialog)
    assert not dialog.isVisible()
    assert customer_named(desk, "星辰").id == heard.args[0].record.id


def test_enter_in_a_dialog_moves_on_and_presses_no_button(desk, qtbot):
    dialog = FormDialog(desk, forms.new(desk.workspace, "customer"))
    qtbot.addWidget(dialog)
    activate(qtbot, dialog)
    line = dialog.panel.editor("name").line
    line.setFocus()
    compose(line, "星辰")
    press(Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert isinstance(QApplication.focusWidget(), QComboBox)


def test_the_two_halves_of_a_form_are_equally_wide(desk, opened):
    panel = opened(forms.new(desk.workspace, "customer"))
    halves = ("industry", "employees", "revenue", "province", "city", "source", "owner", "status", "grade")
    assert len({panel.editor(name).width() for name in halves}) <= 2
    assert abs(panel.editor("industry").width() - panel.editor("employees").width()) <= 1


@pytest.mark.parametrize("entity", ["customer", "needs_analysis", "outline", "task", "confirmation_letter"])
def test_every_form_follows_the_theme(desk, opened, qapp, entity):
    panel = opened(forms.new(desk.workspace, entity))
    light = panel.grab().toImage()
    theme.apply(qapp, "dark")
    dark = panel.grab().toImage()
    name = next(iter(panel._editors))
    corner = panel.editor(name).mapTo(panel, panel.editor(name).rect().center())
    assert light.pixelColor(corner).lightness() > 200
    assert dark.pixelColor(corner).lightness() < 80


def test_fields_that_the_program_fills_in_are_not_offered(desk, opened):
    panel = opened(forms.new(desk.workspace, "needs_analysis", customer_id=customer_named(desk, "华源").id))
    assert "opportunity_id" not in panel._editors
    assert "customer_id" not in panel._editors
    assert "row_no" not in [column.name for column in panel.rows("decision_role").columns]
    save_draft = panel.content()
    assert save_draft["rows"] == {"decision_role": []}


def test_a_refused_save_goes_on_saying_what_to_do(desk, qtbot):
    panel = FormPanel(desk, forms.new(desk.workspace, "customer"))
    qtbot.addWidget(panel)
    panel.editor("employees").set_text("many")
    panel.save()
    qtbot.wait(400)  # long enough for the draft's own answer
    assert "marked fields" in panel.status_text()
    panel.editor("employees").set_text("200")
    qtbot.waitUntil(lambda: "Draft" in panel.status_text())


def test_a_template_that_cannot_be_filled_is_kept_and_says_so_before_it_closes(desk, qtbot):
    desk.workspace.identity = dataclasses.replace(desk.workspace.identity, role="office")
    dialog = FormDialog(desk, forms.new(desk.workspace, "contract_template"))
    qtbot.addWidget(dialog)
    activate(qtbot, dialog)
    articles = "# 一\n{payment}{delivery}{acceptance}{liability}争议\n{amuont}"
    texts = {"name": "软件服务合同", "language": "中文", "title": "合同", "articles": articles}
    for name, text in texts.items():
        dialog.panel.editor(name).set_text(text)
    with qtbot.waitSignal(dialog.saved) as kept:
        QTest.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
    assert dialog.isVisible()
    said = dialog.panel.notice.label.text()
    assert "{amuont}" in said
    label = fields_of(ContractTemplate)["articles"].label(desk.language)
    assert label not in said
    assert label not in dialog.panel.advice.text()
    assert "条款：" in dialog.panel.advice.text()
    assert forms.load(desk.workspace, "contract_template", kept.args[0].record.id).record.articles == articles
    dialog.panel.editor("articles").set_text(articles.replace("amuont", "amount"))
    QTest.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not dialog.isVisible())
