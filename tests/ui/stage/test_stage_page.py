from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from salesdesk.actions import deletion, discovery, forms
from salesdesk.actions.stage_tab import CustomerView
from salesdesk.errors import StorageFull
from salesdesk.process.working_days import BUILT_IN
from salesdesk.records.base import Stage
from salesdesk.records.language import Language
from salesdesk.records.prospecting import Contact, Customer
from salesdesk.records.work import Opportunity
from salesdesk.store import drafts, journal, queries
from tests.ui.hands import activate, compose, replace
from tests.ui.sample_desk import NOON, SHANGHAI, customer_named, read
from ui.core import notify
from ui.stage.customer_presenter import events_of
from ui.stage.stage_page import StagePage


@pytest.fixture
def open_stage(desk, qtbot):
    """Opens a stage's page in the active window and waits for its first customer."""

    def open_page(stage):
        page = StagePage(desk, stage)
        qtbot.addWidget(page)
        activate(qtbot, page, (1280, 700))
        qtbot.waitUntil(lambda: page.view is not None)
        return page

    return open_page


@pytest.fixture
def discovery_page(open_stage):
    return open_stage(Stage.DISCOVERY)


@pytest.fixture
def prospecting_page(open_stage):
    return open_stage(Stage.PROSPECTING)


def click(widget):
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def choose(page, qtbot, desk, name):
    """Click a customer's line and wait until it is on show."""
    customer = customer_named(desk, name)
    line = page.column.list
    index = line.rows.index(line.rows.place_of(customer.id))
    QTest.mouseClick(line.viewport(), Qt.MouseButton.LeftButton, pos=line.visualRect(index).center())
    qtbot.waitUntil(lambda: page.view is not None and page.view.card.customer.id == customer.id)
    return customer


def card_of(desk, customer):
    return read(desk, lambda s: queries.card(s, customer.id))


class TestShowing:
    def test_the_first_customer_is_there_at_once(self, discovery_page):
        page = discovery_page
        assert page.header.name.text() == "华源科技有限公司"
        assert page.work.entity == "needs_analysis"
        assert page.panel.editor("pains").text() == "客户信息分散，跟进效率低"
        assert page.column.list.currentIndex().row() == 0
        page.document_actions.offer()
        made = [kind for kind in page.document_actions.actions if "." not in kind]
        assert made == ["outline", "sheet", "chat"]  # no letter was issued yet

    def test_checks_chain_and_timeline_are_those_of_the_customer(self, discovery_page, qtbot, desk):
        page = discovery_page
        assert [check.done for check in page.checklist.checks] == [True] * 4 + [False] * 2
        assert [(bar.weight, bar.met) for bar in page.decision_map.bars] == [(60, True), (30, True), (10, False)]
        choose(page, qtbot, desk, "海川")
        assert page.decision_map.bars == []
        assert page.timeline.events

    def test_the_head_names_the_facts_and_lets_the_clock_run(self, discovery_page, desk):
        page = discovery_page
        facts = page.header.facts.text()
        for fact in ("信息技术", "200人", "1亿", "张伟（总经理）", "138 0013 5678", "行业展会", "2026-11-25"):
            assert fact.replace("（", " (").replace("）", ")") in facts
        before = page.header.state_chip.text()
        desk.clock.now += timedelta(minutes=7)
        page._tick()
        assert page.header.state_chip.text() != before
        desk.clock.now += timedelta(days=2)
        page._tick()
        assert page.header.state_chip.property("look") == "chip-danger"

    def test_only_the_last_of_many_choices_is_shown(self, discovery_page, qtbot, desk):
        page = discovery_page
        names = ["立新", "东方", "明德", "海川"] * 5 + ["东方"]
        for name in names:
            page.select_customer(customer_named(desk, name).id)
        last = customer_named(desk, "东方")
        qtbot.waitUntil(lambda: page.panel is not None and page.header.name.text() == last.name)
        with qtbot.assertNotEmitted(desk.changed, wait=200):
            pass
        assert page.header.name.text() == last.name
        assert page.panel.sheet.record.customer_id == last.id
        assert page.column.list.currentIndex().data() == last.name

    def test_a_customer_without_records_is_told_what_to_do(self, discovery_page, qtbot, desk):
        page = discovery_page
        choose(page, qtbot, desk, "海川")
        assert page.panel is None
        assert page.work.empty.title.text()
        assert page.work.empty.button.isVisible()

    def test_a_gone_customer_leaves_the_page_whole(self, prospecting_page, qtbot, desk):
        page = prospecting_page
        customer = customer_named(desk, "启航")
        page.select_customer(customer.id)
        qtbot.waitUntil(lambda: page.header.name.text() == customer.name)
        desk.change(page, lambda workspace: deletion.delete(workspace, "customer", [customer.id]))
        qtbot.waitUntil(lambda: page.column.list.rows.place_of(customer.id) < 0)
        assert page.isVisible()


class TestTimeline:
    def words(self, desk, *lines, me="p1"):
        customer = Customer(id="c", name="华源", grade="", status="")
        view = CustomerView(
            queries.Card(customer, None, [], [], {}, {}, BUILT_IN), Stage.PROSPECTING, [], list(lines), {"p2": "王芳"}
        )
        return [(event.when, event.what, event.who) for event in events_of(view, NOON, SHANGHAI, Language.ZH, me)]

    def line(self, action="save.customer", *, at=NOON, by="p1", **fields):
        return journal.Line(at, action, "customer", "c", "update", fields, by, "waiting")

    def test_one_action_is_one_line_and_names_what_was_changed(self, desk):
        lines = [self.line(grade=("B", "A")), self.line(city=("苏州", "无锡"))]
        ((when, what, who),) = self.words(desk, *lines)
        assert (when, who) == ("12:00", "")
        assert "客户等级 B类 → A类" in what
        assert "城市 苏州 → 无锡" in what

    def test_others_are_named_and_older_days_are_dates(self, desk):
        ((when, _, who),) = self.words(desk, self.line(by="p2", at=NOON - timedelta(days=5)))
        assert (when, who) == ("11-18", "王芳")

    def test_long_and_strange_values_do_no_harm(self, desk):
        ((_, what, _),) = self.words(desk, self.line(name=("短", "长" * 200), follow_up_on=("soon", None)))
        assert "长" * 30 not in what
        assert "soon" in what
        ((_, what, _),) = self.words(desk, self.line(action="from.a.newer.program", unheard_of=(1, 2)))
        assert what


class TestTyping:
    def test_typing_survives_the_choice_of_another_customer(self, discovery_page, qtbot, desk):
        page = discovery_page
        huayuan = customer_named(desk, "华源")
        analysis_id = page.panel.sheet.record.id
        page.panel.editor("budget").inner.setFocus()
        compose(page.panel.editor("budget").inner, "<b>约 30 万</b>")
        typed = page.panel.editor("budget").text()
        choose(page, qtbot, desk, "东方")
        kept = read(desk, lambda s: drafts.find(s, "needs_analysis", analysis_id))
        assert kept.content["fields"]["budget"] == typed
        choose(page, qtbot, desk, "华源")
        qtbot.waitUntil(lambda: page.panel is not None and page.panel.editor("budget").text() == typed)
        assert card_of(desk, huayuan).analysis.budget == "20 – 25 万元"

    def test_a_full_disk_is_told_after_the_form_was_left(self, discovery_page, qtbot, desk):
        page = discovery_page
        page.notice = notify.Bar(page)
        with desk.workspace.writing() as session:
            raw = session.connection().connection.dbapi_connection
            (pages,) = raw.cursor().execute("PRAGMA page_count").fetchone()
            raw.cursor().execute(f"PRAGMA max_page_count = {pages}")
        page.panel.editor("pains").set_text("长" * 100_000)
        page.select_customer(customer_named(desk, "海川").id)
        qtbot.waitUntil(page.notice.isVisible)
        assert page.notice.label.text() == notify.sentence(StorageFull("store.full"))

    def test_what_others_do_does_not_disturb_the_typing(self, discovery_page, qtbot, desk):
        page = discovery_page
        panel = page.panel
        replace(panel.editor("budget"), "99")
        task = forms.new(desk.workspace, "task")
        with qtbot.waitSignal(desk.changed):
            desk.change(page, lambda workspace: forms.save(workspace, task, {"subject": "x"}))
        before = page.timeline.events
        other = forms.load(desk.workspace, "customer", customer_named(desk, "华源").id)
        desk.change(page, lambda workspace: forms.save(workspace, other, {"city": "无锡"}))
        qtbot.waitUntil(lambda: len(page.timeline.events) > len(before))
        assert page.panel is panel
        assert panel.editor("budget").text() == "99"

    def test_what_others_save_is_shown_where_nothing_is_typed(self, discovery_page, qtbot, desk):
        page = discovery_page
        sheet = forms.load(desk.workspace, "needs_analysis", page.panel.sheet.record.id)
        desk.change(page, lambda workspace: forms.save(workspace, sheet, {"budget": "50 万元"}))
        qtbot.waitUntil(lambda: page.panel.editor("budget").text() == "50 万元")

    def test_saving_moves_checks_and_timeline_on(self, discovery_page, qtbot, desk):
        page = discovery_page
        choose(page, qtbot, desk, "东方")
        assert not page.checklist.checks[3].done
        replace(page.panel.editor("cooperation_period"), "三年")
        panel = page.panel
        with qtbot.waitSignal(panel.saved):
            panel.save()
        qtbot.waitUntil(lambda: page.checklist.checks[3].done)
        assert page.panel is panel  # the form is not built anew under the cursor
        assert "三年" in page.timeline.events[0].what


class TestNewRecords:
    def test_a_new_customer_is_typed_kept_and_shown(self, prospecting_page, qtbot, desk):
        page = prospecting_page
        click(page.new_button)
        qtbot.waitUntil(lambda: page.dialog is not None and page.dialog.isVisible())
        panel = page.dialog.panel
        replace(panel.editor("name"), "<b>新客</b> & Co")
        with qtbot.waitSignal(panel.saved):
            click(page.dialog.save_button)
        qtbot.waitUntil(lambda: page.header.name.text() == "<b>新客</b> & Co")
        kept = customer_named(desk, "<b>新客")
        assert kept.owner == "李伟"
        qtbot.waitUntil(lambda: page.column.list.rows.place_of(kept.id) == 0)
        assert page.column.list.currentIndex().row() == 0

    def test_an_interview_begins_in_place_and_is_found_again_before_it_is_saved(self, discovery_page, qtbot, desk):
        page = discovery_page
        customer = choose(page, qtbot, desk, "海川")
        click(page.work.empty.button)
        qtbot.waitUntil(lambda: page.panel is not None)
        assert page.panel.editor("interviewed_on").text() == "2026-11-23"
        replace(page.panel.editor("pains"), "channel cost")
        choose(page, qtbot, desk, "东方")
        choose(page, qtbot, desk, "海川")
        qtbot.waitUntil(lambda: page.panel is not None and page.panel.editor("pains").text() == "channel cost")
        with qtbot.waitSignal(page.panel.saved):
            page.panel.save()
        analysis = card_of(desk, customer).analysis
        assert (analysis.pains, analysis.interviewed_on) == ("channel cost", date(2026, 11, 23))
        assert analysis.opportunity_id

    def test_a_second_interview_stands_beside_the_first(self, discovery_page, qtbot, desk):
        page = discovery_page
        first = page.panel.sheet.record.id
        page.new_actions["needs_analysis"].trigger()
        qtbot.waitUntil(lambda: page.panel is not None and page.panel.sheet.record.id != first)
        second = page.panel.sheet.record.id
        replace(page.panel.editor("pains"), "second")
        with qtbot.waitSignal(page.panel.saved):
            page.panel.save()
        qtbot.waitUntil(lambda: page.work.record_choice.count() == 2 and page.work.record_choice.isVisible())
        assert {page.work.record_choice.itemData(n) for n in range(2)} == {first, second}
        assert page.work.record_choice.currentData() == second
        page.work.record_choice.setCurrentIndex(1)
        page.work.record_choice.activated.emit(1)
        qtbot.waitUntil(lambda: page.panel.sheet.record.id == first)

    def test_an_outline_is_prepared_from_the_menu(self, discovery_page, qtbot, desk):
        page = discovery_page
        choose(page, qtbot, desk, "海川")
        page.new_actions["outline"].trigger()
        qtbot.waitUntil(lambda: page.work.entity == "outline" and page.panel is not None)
        assert page.panel.rows("outline_question").row_count() >= 5
        qtbot.waitUntil(lambda: page.checklist.checks[0].done)
        click(page.work.form_buttons["needs_analysis"])
        qtbot.waitUntil(lambda: page.work.entity == "needs_analysis")
        assert page.panel is None


class TestLetter:
    def test_from_what_is_typed_to_the_customers_confirmation(self, discovery_page, qtbot, desk):
        page = discovery_page
        customer = customer_named(desk, "华源")
        replace(page.panel.editor("explicit_needs"), "one platform")
        with qtbot.waitSignal(page.preview_asked) as heard:
            click(page.letter_button)
        letter = card_of(desk, customer).letter
        assert heard.args == [letter.id]
        assert card_of(desk, customer).analysis.explicit_needs == "one platform"  # saved first
        name, pdf = discovery.letter_pdf(desk.workspace, letter.id)
        assert (name.endswith(".pdf"), pdf[:5]) == (True, b"%PDF-")
        qtbot.waitUntil(lambda: page.work.entity == "confirmation_letter" and page.work.head.letter_actions.isVisible())
        assert page.header.state_chip.property("look") != "chip-danger"
        actions = page.work.head.letter_actions
        assert not actions.confirmed_button.isEnabled()
        actions.sending["mail"].trigger()
        qtbot.waitUntil(actions.confirmed_button.isEnabled)
        assert card_of(desk, customer).letter.sent_at == NOON
        assert page.checklist.checks[4].done
        click(actions.confirmed_button)
        qtbot.waitUntil(lambda: page.checklist.checks[5].done)
        assert page.header.state_chip.property("look") == "chip-ok"
        assert card_of(desk, customer).letter.confirmed_on == date(2026, 11, 23)
        page.document_actions.offer()
        with qtbot.waitSignal(page.preview_asked):
            page.document_actions.actions["letter"].trigger()

    def test_a_hasty_hand_issues_one_letter(self, discovery_page, qtbot, desk):
        page = discovery_page
        for _ in range(3):
            click(page.letter_button)
        qtbot.waitUntil(lambda: page.work.entity == "confirmation_letter")
        assert [letter.version for letter in card_of(desk, customer_named(desk, "华源")).letters] == [1]

    def test_a_click_while_the_form_is_being_saved_is_not_lost(self, discovery_page, qtbot, desk):
        page = discovery_page
        replace(page.panel.editor("explicit_needs"), "one platform")
        page.panel.save()
        with qtbot.waitSignal(page.preview_asked):
            click(page.letter_button)
        assert card_of(desk, customer_named(desk, "华源")).analysis.explicit_needs == "one platform"

    def test_without_an_interview_the_button_leads_to_one(self, discovery_page, qtbot, desk):
        page = discovery_page
        choose(page, qtbot, desk, "海川")
        click(page.work.form_buttons["outline"])
        qtbot.waitUntil(lambda: page.work.entity == "outline")
        click(page.letter_button)
        qtbot.waitUntil(lambda: page.work.entity == "needs_analysis")
        assert card_of(desk, customer_named(desk, "海川")).letters == []

    def test_what_cannot_be_read_keeps_the_letter_from_being_made(self, discovery_page, qtbot, desk):
        page = discovery_page
        replace(page.panel.editor("interviewed_on"), "yesterday")
        with qtbot.assertNotEmitted(page.preview_asked, wait=300):
            click(page.letter_button)
        assert card_of(desk, customer_named(desk, "华源")).letters == []
        assert page.panel.editor("interviewed_on").text() == "yesterday"


class TestMovingOn:
    def test_open_items_ask_for_a_reason_that_is_kept(self, discovery_page, qtbot, desk):
        page = discovery_page
        customer = customer_named(desk, "华源")
        click(page.next_button)
        dialog = page.dialog
        qtbot.waitUntil(dialog.isVisible)
        assert not dialog.confirm_button.isEnabled()
        compose(dialog.reason_edit, "客户催促方案")
        with qtbot.waitSignal(page.moved_on) as heard:
            click(dialog.confirm_button)
        assert heard.args == [customer.id, Stage.PROPOSAL]
        opportunity = card_of(desk, customer).opportunity
        assert opportunity.stage == "proposal"
        assert "客户催促方案" in opportunity.stage_reason
        qtbot.waitUntil(lambda: page.column.list.rows.place_of(customer.id) < 0)

    def test_staying_changes_nothing(self, discovery_page, qtbot, desk):
        page = discovery_page
        click(page.next_button)
        QTest.keyClick(page.dialog, Qt.Key.Key_Escape)
        with qtbot.assertNotEmitted(page.moved_on, wait=100):
            pass
        assert card_of(desk, customer_named(desk, "华源")).opportunity.stage == "discovery"

    def test_a_finished_stage_asks_nothing(self, prospecting_page, qtbot, desk):
        page = prospecting_page
        customer = choose(page, qtbot, desk, "启航")
        sheet = forms.load(desk.workspace, "customer", customer.id)
        verified = {"contact_verified": True, "size_verified": True}
        desk.change(page, lambda workspace: forms.save(workspace, sheet, verified))
        qtbot.waitUntil(lambda: all(check.done for check in page.checklist.checks))
        with qtbot.waitSignal(page.moved_on):
            click(page.next_button)
        assert page.dialog is None
        assert card_of(desk, customer).opportunity.stage_reason == ""

    def test_typing_is_kept_when_the_customer_moves(self, discovery_page, qtbot, desk):
        page = discovery_page
        analysis_id = page.panel.sheet.record.id
        replace(page.panel.editor("budget"), "77")
        click(page.next_button)
        qtbot.waitUntil(lambda: read(desk, lambda s: drafts.find(s, "needs_analysis", analysis_id)) is not None)
        page.dialog.reject()


def test_a_list_of_thousands_is_fetched_by_scrolling(desk, open_stage, qtbot):
    with desk.workspace.changing("sample") as changes:
        for number in range(350):
            customer = changes.add(Customer(name=f"客户 {number:03}", industry="it", need="x"))
            changes.add(Contact(customer_id=customer.id, name="某人"))
            changes.add(
                Opportunity(customer_id=customer.id, subject="x", round=1, stage="discovery", outcome="open", owner="")
            )
    page = open_stage(Stage.DISCOVERY)
    rows = page.column.list.rows
    assert rows.rowCount() == queries.PAGE

    def at_the_end():
        page.column.list.scrollToBottom()
        QApplication.processEvents()
        assert rows.rowCount() == 356

    qtbot.waitUntil(at_the_end)
    assert len({rows.row_at(n).customer_id for n in range(356)}) == 356
    spot = page.column.list.visualRect(rows.index(355)).center()
    QTest.mouseClick(page.column.list.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(spot))
    name = rows.row_at(355).name
    qtbot.waitUntil(lambda: page.header.name.text() == name)
    place = page.column.list.verticalScrollBar().value()
    page.reload()
    qtbot.wait(150)
    assert page.column.list.verticalScrollBar().value() == place
