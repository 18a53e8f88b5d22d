from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from salesdesk.actions import discovery, forms
from salesdesk.records.calendar import WorkingYear
from salesdesk.records.care import Delivery
from salesdesk.records.work import Task
from salesdesk.store import drafts, queries
from tests.ui.sample_desk import customer_named, read, sample_desk
from ui.pages.today_page import TodayPage


@pytest.fixture
def desk(qapp, tmp_path):
    with sample_desk(tmp_path) as made:
        yield made


@pytest.fixture
def page(desk, qtbot):
    return shown(desk, qtbot)


def shown(desk, qtbot):
    made = TodayPage(desk)
    qtbot.addWidget(made)
    made.resize(1280, 700)
    made.show()
    qtbot.waitUntil(lambda: made.heading.text() != "")
    return made


def titles(page, card):
    return [row.title.text() for row in card.rows]


def tasks(desk):
    return {task.subject: task for task in read(desk, lambda s: queries.listed(s, Task))}


def test_what_hurts_first_stands_first(page):
    assert titles(page, page.letters) == ["东方物流集团", "华源科技有限公司"]
    overdue, running = page.letters.rows
    assert overdue.badge.property("look") == "chip-danger"
    assert running.badge.text().startswith("Letter:")
    assert titles(page, page.interviews) == ["立新制造有限公司"]
    grades = [row.grade.text() for row in page.follow_ups.rows]
    assert grades == sorted(grades)


def test_the_clock_runs_and_a_sent_letter_leaves(desk, page, qtbot):
    desk.clock.now += timedelta(hours=2)
    before = page.letters.rows[1].badge.text()
    page.reload()
    qtbot.waitUntil(lambda: page.letters.rows[1].badge.text() != before)
    customer = customer_named(desk, "华源")
    analysis = read(desk, lambda s: queries.card(s, customer.id)).analysis
    letter = forms.new(desk.workspace, "confirmation_letter", customer_id=customer.id, analysis_id=analysis.id)
    kept = forms.save(desk.workspace, letter, {"reference": "XQ-1"})
    desk.change(page, lambda workspace: discovery.mark_sent(workspace, kept.record.id, "mail"))
    qtbot.waitUntil(lambda: titles(page, page.letters) == ["东方物流集团"])


def test_a_click_opens_the_customer(page, qtbot, desk):
    row = next(r for r in page.follow_ups.rows if r.title.text() == "金盾安防")
    with qtbot.waitSignal(page.customer_asked) as heard:
        QTest.mouseClick(row, Qt.MouseButton.LeftButton, pos=QPoint(40, 15))
    assert heard.args == [customer_named(desk, "金盾").id]
    with qtbot.waitSignal(page.record_asked) as heard:
        page.interviews.rows[0].setFocus()
        QTest.keyClick(page.interviews.rows[0], Qt.Key.Key_Return)
    assert heard.args[0] == "outline"


def test_a_task_is_typed_kept_and_ticked_off(desk, page, qtbot):
    QTest.keyClicks(page.task_edit, "call back")
    QTest.keyClick(page.task_edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "call back" in titles(page, page.tasks))
    kept = tasks(desk)["call back"]
    assert (kept.due_on, kept.assignee, kept.done) == (date(2026, 11, 23), "李伟", False)
    assert page.task_edit.text() == ""
    row = next(r for r in page.tasks.rows if r.title.text() == "call back")
    QTest.mouseClick(row.box, Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
    qtbot.waitUntil(lambda: "call back" not in titles(page, page.tasks))
    assert tasks(desk)["call back"].done


def test_a_click_that_has_begun_ends_on_its_row_whatever_is_read_anew_meanwhile(desk, page, qtbot):
    """A sync or the minute's clock fills the cards anew between pressing and letting go: the click is not lost."""
    row = next(r for r in page.follow_ups.rows if r.title.text() == "金盾安防")
    QTest.mousePress(row, Qt.MouseButton.LeftButton, pos=QPoint(40, 15))
    page.task_edit.setText("call back")
    page.add_task()
    qtbot.waitUntil(lambda: "call back" in titles(page, page.tasks))
    assert row in page.follow_ups.rows
    with qtbot.waitSignal(page.customer_asked):
        QTest.mouseRelease(row, Qt.MouseButton.LeftButton, pos=QPoint(40, 15))
    task = next(r for r in page.tasks.rows if r.title.text() == "call back")
    qtbot.waitUntil(lambda: task.box.visibleRegion().contains(QPoint(8, 8)))
    QTest.mousePress(task.box, Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
    customer = customer_named(desk, "金盾")
    desk.change(page, lambda w: forms.save(w, forms.load(w, "customer", customer.id), {"need": "新的需求"}))
    qtbot.waitUntil(lambda: row.detail.text() == "新的需求")
    QTest.mouseRelease(task.box, Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
    qtbot.waitUntil(lambda: "call back" not in titles(page, page.tasks))


def test_rows_that_stay_keep_the_focus_and_new_ones_find_their_place(page, qtbot):
    row = page.follow_ups.rows[-1]
    row.setFocus()
    lines = [r.line for r in page.follow_ups.rows]
    first = replace(lines[0], record_id="new", title="甲")
    page.follow_ups.show_lines([first, *reversed(lines)])
    assert [r.line for r in page.follow_ups.rows] == [first, *reversed(lines)]
    assert row.hasFocus()
    tops = [r.y() for r in page.follow_ups.rows if page.follow_ups._list.activate() or True]
    assert tops == sorted(tops)
    page.follow_ups.show_lines([replace(lines[-1], title="乙")])
    assert [r.title.text() for r in page.follow_ups.rows] == ["乙"]
    assert page.follow_ups.rows[0] is row


def test_a_long_list_comes_whole_while_the_window_answers(page, qtbot):
    line = page.follow_ups.rows[0].line
    many = [replace(line, record_id=str(n), title=f"客户{n}") for n in range(50)]
    page.follow_ups.show_lines(many)
    assert page.follow_ups.remark.text() == "50"
    assert len(page.follow_ups.rows) < 50
    qtbot.waitUntil(lambda: len(page.follow_ups.rows) == 50)
    assert [r.line for r in page.follow_ups.rows] == many
    page.follow_ups.show_lines(many[:3])
    assert [r.line for r in page.follow_ups.rows] == many[:3]


def test_a_task_for_tomorrow_says_where_it_went(desk, page, qtbot):
    QApplication.sendEvent(page.task_edit, QInputMethodEvent("", []))
    commit = QInputMethodEvent()
    commit.setCommitString("寄资料<b>&")
    QApplication.sendEvent(page.task_edit, commit)
    page.task_day.setCurrentIndex(1)
    QTest.mouseClick(page.task_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page.task_note.isVisible)
    assert "2026-11-24" in page.task_note.text()
    assert tasks(desk)["寄资料<b>&"].due_on == date(2026, 11, 24)


def test_a_task_that_cannot_be_kept_stays_in_its_line(desk, page, qtbot):
    page.task_edit.setText("长" * 300)
    with qtbot.assertNotEmitted(desk.changed, wait=100):
        QTest.mouseClick(page.task_button, Qt.MouseButton.LeftButton)
    assert page.task_note.isVisible()
    assert len(page.task_edit.text()) == 300
    assert page.task_button.isEnabled()
    assert page.task_note.text()


def test_blanks_are_no_task(desk, page, qtbot):
    page.task_edit.setText("   ")
    with qtbot.assertNotEmitted(desk.changed, wait=100):
        QTest.keyClick(page.task_edit, Qt.Key.Key_Return)


def test_an_unfinished_form_is_offered(desk, page, qtbot):
    customer = customer_named(desk, "海川")
    sheet = forms.new(desk.workspace, "needs_analysis", customer_id=customer.id)
    forms.keep_draft(desk.workspace, sheet, {"pains": "渠道费用不清"})
    page.reload()
    qtbot.waitUntil(lambda: len(page.drafts.rows) == 1)
    row = page.drafts.rows[0]
    assert "海川食品" in row.title.text()
    assert "客户需求分析记录表" in row.title.text()
    with qtbot.waitSignal(page.record_asked) as heard:
        QTest.mouseClick(row, Qt.MouseButton.LeftButton, pos=QPoint(40, 15))
    assert heard.args == ["needs_analysis", sheet.record.id, customer.id]
    desk.change(page, lambda workspace: forms.discard_draft(workspace, "needs_analysis", sheet.record.id))
    qtbot.waitUntil(page.drafts.isHidden)
    assert read(desk, drafts.unfinished) == []


def test_an_empty_day_is_friendly(qapp, tmp_path, qtbot):
    with sample_desk(tmp_path, ()) as desk:
        page = shown(desk, qtbot)
        assert page.nothing.isVisible()
        assert not page.letters.isVisible()
        assert page.tasks.isVisible()
        assert page.task_edit.isVisible()


def test_markup_and_length_do_no_harm(desk, page, qtbot):
    customer = customer_named(desk, "金盾")
    sheet = forms.load(desk.workspace, "customer", customer.id)
    name = "<b>金盾</b>" + "长" * 180
    desk.change(page, lambda workspace: forms.save(workspace, sheet, {"name": name}))
    qtbot.waitUntil(lambda: name in titles(page, page.follow_ups))
    row = next(r for r in page.follow_ups.rows if r.title.text() == name)
    QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
    QApplication.processEvents()
    assert row.title.shown_text().startswith("<b>金盾</b>")
    assert row.title.shown_text().endswith("…")
    assert row.width() <= page.follow_ups.width()


def test_what_is_due_goes_out_as_a_calendar(page, qtbot, tmp_path):
    page.export_calendar(tmp_path / "a.ics")
    qtbot.waitUntil((tmp_path / "a.ics").exists)
    assert b"BEGIN:VEVENT" in (tmp_path / "a.ics").read_bytes()
    page.export_calendar(tmp_path / "nowhere" / "a.ics")
    qtbot.waitUntil(lambda: "could not" in page.notice.label.text())


def test_a_day_counted_in_a_year_that_nobody_knows_is_provisional(desk, qtbot):
    customer = customer_named(desk, "华源")
    with desk.workspace.changing("test") as changes:
        changes.add(Delivery(customer_id=customer.id, subject="系统", delivered_on=date(2026, 12, 30)))
    desk.clock.now = desk.clock.now.replace(year=2026, month=12, day=31)
    page = shown(desk, qtbot)
    (row,) = (row for row in page.contacts.rows if row.title.text() == customer.name)
    assert row.badge.text() == "Due 2027-01-05, provisional"
    assert "2027" in row.toolTip()
    with desk.workspace.writing() as session:  # what comes from the office
        now = {"created_at": desk.clock.now, "updated_at": desk.clock.now}
        session.add(WorkingYear(id="y", territory="company", year=2027, days_off="1月1日\n5月1日\n10月1日", **now))
    page.reload()
    qtbot.waitUntil(lambda: all("provisional" not in row.badge.text() for row in page.contacts.rows))
