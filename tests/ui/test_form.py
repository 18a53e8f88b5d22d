import os
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QWidget

from salesdesk.actions import forms
from salesdesk.errors import StorageFull
from salesdesk.records.kinds import Language
from salesdesk.store import drafts, queries
from salesdesk.store.workspace import Workspace
from tests.factories import KEY
from tests.ui.hands import activate, compose, replace
from tests.ui.sample_desk import customer_named, read, sample_desk
from ui import theme
from ui.form import FormDialog, FormPanel

CONTROL = Qt.KeyboardModifier.ControlModifier
ROOT = Path(__file__).parents[2]


@pytest.fixture
def desk(qapp, tmp_path):
    with sample_desk(tmp_path) as made:
        yield made


@pytest.fixture
def opened(desk, qtbot):
    """Opens a form in the active window, as often as wanted."""
    panels = []

    def open_form(sheet):
        panel = FormPanel(desk, sheet)
        panels.append(panel)
        qtbot.addWidget(panel)
        activate(qtbot, panel)
        return panel

    return open_form


@pytest.fixture
def analysis_id(desk):
    return read(desk, lambda s: queries.card(s, customer_named(desk, "华源").id)).analysis.id


@pytest.fixture
def panel(desk, opened, analysis_id):
    return opened(forms.load(desk.workspace, "needs_analysis", analysis_id))


def draft_of(desk, panel):
    return read(desk, lambda s: drafts.find(s, panel.sheet.entity, panel.sheet.record.id))


def stored(desk, panel):
    return forms.load(desk.workspace, panel.sheet.entity, panel.sheet.record.id)


def save(panel, qtbot):
    with qtbot.waitSignal(panel.saved):
        panel.save()


def press(key, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(QApplication.focusWidget(), key, modifier)


def column(panel, entity, name):
    rows = panel.rows(entity)
    return [rows.cell(n, name).text() for n in range(rows.row_count())]


def test_typing_is_a_draft_within_a_second_and_the_record_is_left_alone(desk, panel, qtbot):
    replace(panel.editor("budget"), "30 – 40 万元")
    assert panel.status_text() == "Not saved"
    qtbot.waitUntil(lambda: draft_of(desk, panel) is not None, timeout=1500)
    qtbot.waitUntil(lambda: panel.status_text().startswith("Draft kept"))
    assert draft_of(desk, panel).content["fields"]["budget"] == "30 – 40 万元"
    assert stored(desk, panel).record.budget == "20 – 25 万元"


def test_who_types_without_a_pause_is_kept_as_well(desk, panel, qtbot):
    note = panel.editor("pains").note
    note.setFocus()
    until = time.monotonic() + 1.6
    while time.monotonic() < until:
        QTest.keyClicks(note, "x")
        qtbot.wait(40)
    assert "xxx" in draft_of(desk, panel).content["fields"]["pains"]


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


def test_the_input_method_is_asked_to_commit_before_a_form_is_read(panel, monkeypatch):
    asked = []
    monkeypatch.setattr("ui.form.commit_input", lambda: asked.append("commit"))
    panel.flush()
    panel.save()
    assert asked == ["commit", "commit"]


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
    assert (rows.remark.text(), rows.remark.property("look")) == ("Weights: 100 %", "ok")
    replace(rows.cell(0, "weight"), "５０")
    assert (rows.remark.text(), rows.remark.property("look")) == ("Weights: 90 %", "warn")
    save(panel, qtbot)
    assert [row.weight for row in stored(desk, panel).rows["decision_role"]] == [50, 30, 10]
    assert "90" in panel._advice.text()
    assert panel._advice.isVisible()


def test_what_is_required_is_asked_for_and_never_forced(desk, opened, qtbot):
    panel = opened(forms.new(desk.workspace, "customer"))
    assert not panel._advice.isVisible()
    replace(panel.editor("city"), "苏州")
    save(panel, qtbot)
    assert "客户名称" in panel._advice.text()
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


def test_a_draft_comes_back_with_a_bar_that_offers_to_discard_it(desk, panel, opened, qtbot, analysis_id):
    replace(panel.editor("pains"), "半句话")
    replace(panel.rows("decision_role").cell(0, "weight"), "sixty")
    panel.rows("decision_role").add_row(texts={"role": "财务"})
    panel.flush()
    qtbot.waitUntil(lambda: draft_of(desk, panel) is not None)
    again = opened(forms.load(desk.workspace, "needs_analysis", analysis_id))
    assert again.notice.isVisible()
    assert again.editor("pains").text() == "半句话"
    assert column(again, "decision_role", "weight") == ["sixty", "30%", "10%", ""]
    assert again.has_unsaved()
    QTest.mouseClick(again.notice.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not again.notice.isVisible())
    assert again.editor("pains").text() == "客户信息分散，跟进效率低"
    assert column(again, "decision_role", "weight") == ["60%", "30%", "10%"]
    assert not again.has_unsaved()
    qtbot.wait(1000)
    assert draft_of(desk, again) is None


def test_what_is_taken_back_by_hand_leaves_no_draft(desk, panel, qtbot):
    before = panel.editor("budget").text()
    replace(panel.editor("budget"), "30")
    qtbot.waitUntil(lambda: panel.status_text().startswith("Draft kept"))
    replace(panel.editor("budget"), before)
    qtbot.waitUntil(lambda: draft_of(desk, panel) is None)
    qtbot.waitUntil(lambda: panel.status_text() == "")


def test_a_draft_in_chinese_is_read_by_the_english_window(desk, opened, qtbot):
    customer = customer_named(desk, "华源")
    panel = opened(forms.load(desk.workspace, "customer", customer.id))
    replace(panel.editor("revenue"), "2亿")
    panel.flush()
    qtbot.waitUntil(lambda: draft_of(desk, panel) is not None)
    desk.language = Language.EN
    again = opened(forms.load(desk.workspace, "customer", customer.id))
    assert again.editor("industry").value() == customer.industry
    assert again.editor("industry").text() == "Information technology"
    assert again.editor("contact_verified").value() is customer.contact_verified
    save(again, qtbot)
    kept = stored(desk, again).record
    assert (kept.industry, kept.employees, kept.revenue) == (customer.industry, 200, 2 * 10**10)


def test_what_others_changed_meanwhile_stands_and_is_shown_after_a_save(desk, panel, qtbot, analysis_id):
    replace(panel.editor("budget"), "30")
    other = forms.load(desk.workspace, "needs_analysis", analysis_id)
    values = {"cooperation_period": "两年"}
    rows = [forms.RowValues(row.id, {}) for row in other.rows["decision_role"]]
    rows[0] = forms.RowValues(rows[0].record_id, {"person": "张总"})
    rows.append(forms.RowValues("", {"role": "财务", "person": "钱七"}))
    forms.save(desk.workspace, other, values, {"decision_role": rows})
    save(panel, qtbot)
    assert panel.editor("cooperation_period").text() == "两年"
    assert column(panel, "decision_role", "person") == ["张总", "王芳", "赵敏", "钱七"]
    assert not panel.has_unsaved()
    replace(panel.editor("budget"), "40")
    save(panel, qtbot)
    kept = stored(desk, panel)
    assert (kept.record.budget, kept.record.cooperation_period) == ("40", "两年")
    assert [row.person for row in kept.rows["decision_role"]] == ["张总", "王芳", "赵敏", "钱七"]


def test_a_row_that_came_while_a_draft_lay_there_is_not_removed(desk, panel, opened, qtbot, analysis_id):
    replace(panel.editor("budget"), "30")
    panel.flush()
    qtbot.waitUntil(lambda: draft_of(desk, panel) is not None)
    other = forms.load(desk.workspace, "needs_analysis", analysis_id)
    rows = [forms.RowValues(row.id, {}) for row in other.rows["decision_role"]]
    rows.append(forms.RowValues("", {"role": "财务", "person": "钱七"}))
    with desk.workspace.reading() as session:
        draft = drafts.find(session, "needs_analysis", analysis_id)
    forms.save(desk.workspace, other, {}, {"decision_role": rows})
    drafts.save(desk.workspace, draft)
    again = opened(forms.load(desk.workspace, "needs_analysis", analysis_id))
    assert column(again, "decision_role", "person") == ["张伟", "王芳", "赵敏", "钱七"]
    save(again, qtbot)
    assert [row.person for row in stored(desk, again).rows["decision_role"]] == ["张伟", "王芳", "赵敏", "钱七"]


def test_contacts_keep_their_own_ids_through_saves(desk, opened, qtbot):
    customer = customer_named(desk, "华源")
    panel = opened(forms.load(desk.workspace, "customer", customer.id))
    rows = panel.rows("contact")
    for name in ("孙一", "孙二"):
        place = rows.add_row()
        replace(rows.cell(place, "name"), name)
    save(panel, qtbot)
    ids = {row.name: row.id for row in stored(desk, panel).rows["contact"]}
    replace(rows.cell(1, "phone"), "139")
    save(panel, qtbot)
    kept = {row.name: row for row in stored(desk, panel).rows["contact"]}
    assert {name: row.id for name, row in kept.items()} == ids
    assert kept["孙一"].phone == "139"
    assert kept["孙二"].phone == ""


def test_typing_goes_on_while_a_save_runs(desk, panel, qtbot):
    rows = panel.rows("decision_role")
    replace(panel.editor("budget"), "30")
    with qtbot.waitSignal(panel.saved):
        panel.save()
        replace(rows.cell(0, "person"), "张三")
        compose(panel.editor("budget").line, "万")
        place = rows.add_row(texts={"role": "财务"})
        assert place == 3
    assert stored(desk, panel).record.budget == "30"
    assert panel.has_unsaved()
    qtbot.waitUntil(lambda: draft_of(desk, panel) is not None)
    save(panel, qtbot)
    kept = stored(desk, panel)
    assert kept.record.budget.endswith("万")
    assert [row.person for row in kept.rows["decision_role"]] == ["张三", "王芳", "赵敏", ""]
    assert not panel.has_unsaved()


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


def test_a_killed_program_loses_less_than_two_seconds_of_typing(desk, analysis_id):
    folder = desk.workspace.folder
    desk.close()
    command = [sys.executable, str(Path(__file__).with_name("typist.py")), str(folder), analysis_id]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment, cwd=ROOT) as typist:
        typed = []
        for line in typist.stdout:
            typed.append(tuple(map(int, line.split())))
            if typed[-1][1] - typed[0][1] > 3300:  # between two moments of keeping
                typist.kill()
                break
        killed = time.time_ns() // 10**6
    safe = max(count for count, moment in typed if moment < killed - 2000)
    workspace = Workspace.open(folder, KEY)
    try:
        sheet = forms.load(workspace, "needs_analysis", analysis_id)
        kept = sheet.draft.content["fields"]["implicit_needs"]
        assert len(kept) >= safe > 20
        assert kept == "".join(str(n % 10) for n in range(1, len(kept) + 1))
        assert sheet.record.implicit_needs == "希望实现客户数据与销售业绩联动"
    finally:
        workspace.close()


@pytest.fixture(autouse=True)
def deleted_widgets_are_gone():
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
