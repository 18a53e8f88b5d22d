import html
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt
from PySide6.QtGui import QHelpEvent, QImage, QTextDocument
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QToolTip

from salesdesk.records.base import Stage
from salesdesk.records.discovery import ConfirmationLetter, NeedsAnalysis, Outline
from salesdesk.records.language import Language
from salesdesk.store.stage_list import Line
from ui.core import theme
from ui.messages.time_words import day_word, moment_words, span_words
from ui.pages import agenda_row
from ui.pages.agenda_row import AgendaRow
from ui.stage.checklist import Check, Checklist, Meter
from ui.stage.customer_header import CustomerFacts, CustomerHeader
from ui.stage.customer_list import CustomerList
from ui.stage.decision_map import DecisionMap, RoleBar
from ui.stage.move_on_dialog import MoveOnDialog
from ui.stage.timeline import Event, Timeline
from ui.widgets.badges import Badge, CustomerRow, badge_of, row_of
from ui.widgets.card import EmptyState
from ui.widgets.labels import Chip, ElidedLabel, plain_tooltip

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)  # 12:00 in Shanghai
LONG = "长" * 200
MARKUP = "<b>华源</b> & <i>Co</i>"


@pytest.fixture(autouse=True)
def light(qapp):
    theme.apply(qapp, "light")


def row(number=1, **values):
    fields = {
        "customer_id": f"c{number}",
        "name": f"客户 {number}",
        "grade": "A",
        "facts": "制造业 · 王芳",
        "opportunity_id": f"o{number}",
        "touched_at": NOON,
    }
    return CustomerRow(**(fields | values))


def line(analysis=None, letter=None, outline=None, **customer):
    values = {"name": "华源", "industry": "it", "grade": "A", "status": "active", "follow_up_on": None}
    fits = letter is not None and analysis is not None and letter.analysis_id == analysis.id
    return Line(
        opportunity_id="o1",
        touched_at=NOON,
        customer_id="c1",
        contact_name="张伟",
        contact_position="总经理",
        interviewed_on=analysis.interviewed_on if analysis else None,
        interviewed_until=analysis.interviewed_until if analysis else None,
        letter_state=letter.state if fits else None,
        letter_sent_at=letter.sent_at if fits else None,
        planned_on=outline.planned_on if outline else None,
        **(values | customer),
    )


def badge(of, stage=Stage.DISCOVERY, now=NOON):
    return badge_of(row_of(of, stage, SHANGHAI, Language.ZH), now, SHANGHAI, Language.ZH)


def picture(widget):
    image = QImage(widget.size(), QImage.Format.Format_RGB32)
    widget.render(image)
    return image


def colours(image, step=2):
    return {
        image.pixelColor(x, y).name() for x in range(0, image.width(), step) for y in range(0, image.height(), step)
    }


class TestMoments:
    def test_the_day_begins_in_the_desks_zone(self):
        half_past_midnight = datetime(2026, 11, 22, 16, 30, tzinfo=UTC)  # already the 23rd in Shanghai
        assert day_word(half_past_midnight, NOON, SHANGHAI) == "00:30"
        assert day_word(half_past_midnight, NOON, ZoneInfo("UTC")) == "Yesterday"

    def test_older_days_are_dates_and_older_years_say_so(self):
        assert day_word(datetime(2026, 11, 18, 4, tzinfo=UTC), NOON, SHANGHAI) == "11-18"
        assert day_word(datetime(2025, 12, 31, 4, tzinfo=UTC), NOON, SHANGHAI) == "2025-12-31"
        assert moment_words(datetime(2026, 11, 22, 10, 21, tzinfo=UTC), NOON, SHANGHAI) == "Yesterday 18:21"

    @pytest.mark.parametrize(
        ("span", "short", "exact"),
        [
            (timedelta(hours=5, minutes=12), "5 h", "5 h 12 min"),
            (timedelta(hours=5), "5 h", "5 h"),
            (timedelta(minutes=12, seconds=59), "12 min", "12 min"),
            (timedelta(seconds=3), "1 min", "1 min"),
            (timedelta(hours=47, minutes=59), "47 h", "47 h 59 min"),
            (timedelta(days=3, hours=5), "3 days", "3 days"),
            (-timedelta(hours=2), "2 h", "2 h"),
        ],
    )
    def test_spans(self, span, short, exact):
        assert (span_words(span), span_words(span, exact=True)) == (short, exact)


class TestBadges:
    def interview(self, **values):
        return NeedsAnalysis(id="a1", interviewed_on=date(2026, 11, 22), **values)

    def test_a_running_letter_comes_before_everything(self):
        analysis = self.interview()  # ended with its day: the letter is due at the next midnight
        found = badge(line(analysis, follow_up_on=date(2026, 1, 1)))
        assert (found.text, found.tone) == ("Letter: 12 h left", "accent")
        assert badge(line(analysis), now=NOON + timedelta(hours=7)).tone == "warn"
        assert badge(line(analysis), now=NOON + timedelta(hours=13)).text == "Letter overdue"

    def test_a_letter_of_an_older_interview_does_not_stop_the_clock(self):
        older = ConfirmationLetter(analysis_id="another", sent_at=NOON, state="sent")
        assert badge(line(self.interview(), older)).text.startswith("Letter:")

    @pytest.mark.parametrize(
        ("state", "words", "tone"),
        [("sent", "待客户确认", "plain"), ("confirmed", "客户已确认", "ok"), ("changes", "客户要求修改", "warn")],
    )
    def test_a_sent_letter_says_where_it_stands(self, state, words, tone):
        found = badge(line(self.interview(), ConfirmationLetter(analysis_id="a1", sent_at=NOON, state=state)))
        assert (found.text, found.tone) == (words, tone)

    def test_an_interview_is_announced_on_its_day_only(self):
        assert badge(line(outline=Outline(planned_on=date(2026, 11, 23)))).text == "Interview today"
        assert badge(line(outline=Outline(planned_on=date(2026, 11, 24)))) is None

    def test_follow_ups_speak_when_due_and_never_for_a_closed_customer(self):
        due = {"follow_up_on": date(2026, 11, 20)}
        assert badge(line(**due), Stage.PROSPECTING).text == "Follow-up 3 d late"
        assert badge(line(follow_up_on=date(2026, 11, 23)), Stage.PROSPECTING).text == "Follow up today"
        assert badge(line(follow_up_on=date(2026, 11, 24)), Stage.PROSPECTING) is None
        assert badge(line(status="closed", **due), Stage.PROSPECTING) is None

    def test_the_first_stage_knows_no_letter(self):
        assert badge(line(self.interview()), Stage.PROSPECTING) is None


class TestLabels:
    def test_a_long_name_is_cut_and_told_whole(self, qtbot):
        label = ElidedLabel(LONG)
        qtbot.addWidget(label)
        label.resize(200, 20)
        label.show()
        assert label.shown_text().endswith("…")
        assert len(label.shown_text()) < 40
        assert label.text() == LONG
        assert LONG in label.toolTip()
        label.setText("短")
        assert label.toolTip() == ""
        assert label.minimumSizeHint().width() < 100

    def test_markup_is_text(self, qtbot):
        label = ElidedLabel(MARKUP)
        qtbot.addWidget(label)
        assert label.textFormat() is Qt.TextFormat.PlainText
        document = QTextDocument()
        document.setHtml(plain_tooltip(MARKUP))
        assert document.toPlainText() == MARKUP

    def test_a_chip_without_words_is_not_there(self, qtbot):
        chip = Chip()
        qtbot.addWidget(chip)
        chip.show_state("A", "ok")
        narrow = chip.sizeHint().width()
        assert chip.isVisibleTo(chip.parentWidget()) or chip.isVisible()
        assert narrow > chip.fontMetrics().horizontalAdvance("A") + 10  # the padding of its look holds at once
        chip.show_state("", "plain")
        assert chip.isHidden()


class TestCustomerList:
    @pytest.fixture
    def customers(self, qtbot):
        made = CustomerList(lambda: NOON, SHANGHAI, Language.ZH)
        qtbot.addWidget(made)
        made.resize(300, 600)
        made.show()
        QAbstractItemModelTester(made.rows, QAbstractItemModelTester.FailureReportingMode.Fatal, made)
        return made

    def test_pages_are_asked_for_once_and_added_at_the_end(self, customers):
        asked = []
        customers.rows.wanted.connect(asked.append)
        customers.rows.replace([row(n) for n in range(100)], more=True)
        root = QModelIndex()
        customers.rows.fetchMore(root)
        customers.rows.fetchMore(root)
        assert [r.opportunity_id for r in asked] == ["o99"]
        customers.rows.append([row(n) for n in range(95, 200)], more=False)  # five moved meanwhile
        assert customers.rows.rowCount() == 200
        assert not customers.rows.canFetchMore(root)

    def test_scrolling_to_the_end_fetches_thousands(self, customers, qtbot):
        def answer(last):
            start = int(last.opportunity_id[1:]) + 1
            customers.rows.append([row(n) for n in range(start, start + 100)], more=start + 100 < 5000)

        customers.rows.wanted.connect(answer, Qt.ConnectionType.QueuedConnection)
        customers.rows.replace([row(n) for n in range(100)], more=True)

        for _ in range(1000):
            customers.scrollToBottom()
            QApplication.processEvents()
            if customers.rows.rowCount() >= 5000:
                break
        assert customers.rows.rowCount() == 5000
        assert customers.verticalScrollBar().maximum() > 4900 * 60

    def test_a_click_chooses_and_the_program_marks_in_silence(self, customers, qtbot):
        customers.rows.replace([row(n) for n in range(5)], more=False)
        with qtbot.waitSignal(customers.chosen) as heard:
            spot = customers.visualRect(customers.rows.index(2)).center()
            QTest.mouseClick(customers.viewport(), Qt.MouseButton.LeftButton, pos=spot)
        assert heard.args == ["c2"]
        with qtbot.waitSignal(customers.chosen) as heard:
            QTest.keyClick(customers, Qt.Key.Key_Down)
        assert heard.args == ["c3"]
        with qtbot.assertNotEmitted(customers.chosen):
            assert customers.select("c1")
            assert not customers.select("nobody")
            customers.rows.replace([row(n) for n in (4, 3)], more=False)

    def test_a_refresh_of_the_same_lines_keeps_place_and_selection(self, customers):
        customers.rows.replace([row(n) for n in range(300)], more=True)
        customers.select("c250")
        customers.scrollTo(customers.currentIndex())
        place = customers.verticalScrollBar().value()
        customers.rows.replace([row(n, grade="B") for n in range(100)], more=True)
        assert customers.rows.rowCount() == 300
        assert customers.verticalScrollBar().value() == place > 0
        assert customers.rows.row_at(5).grade == "B"

    def test_a_wild_name_is_drawn_in_its_line_and_told_literally(self, customers, qtbot):
        customers.rows.replace([row(1, name=MARKUP + LONG, facts=LONG, letter_due=NOON)], more=False)
        index = customers.rows.index(0)
        assert customers.visualRect(index).width() <= customers.viewport().width()
        assert customers.horizontalScrollBar().maximum() == 0
        assert not picture(customers).isNull()
        spot = customers.visualRect(index).center()
        event = QHelpEvent(QEvent.Type.ToolTip, spot, customers.viewport().mapToGlobal(spot))
        QApplication.sendEvent(customers.viewport(), event)
        assert html.escape(MARKUP) in QToolTip.text()
        QToolTip.hideText()

    def test_a_screen_reader_hears_the_line(self, customers):
        customers.rows.replace([row(1)], more=False)
        said = customers.rows.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
        assert said == "客户 1, A, 制造业 · 王芳"


class TestSideCards:
    def test_the_checklist_counts_and_names(self, qtbot):
        card = Checklist()
        qtbot.addWidget(card)
        card.show_checks([Check("完成需求访谈提纲", True), Check("客户签字确认", False)])
        assert card.heading.text().endswith("1 / 2")
        assert card.meter.share == 0.5
        card.show_checks([])
        assert card.heading.text().endswith("0 / 0")

    @pytest.mark.parametrize("name", ["light", "dark"])
    def test_a_meter_is_as_long_as_its_share(self, qapp, qtbot, name):
        theme.apply(qapp, name)
        meter = Meter(10)
        qtbot.addWidget(meter)
        meter.resize(200, 10)
        meter.share = 0.5
        image = picture(meter)
        filled = theme.tokens().ok.lower()
        assert image.pixelColor(50, 5).name() == filled
        assert image.pixelColor(150, 5).name() == theme.tokens().line.lower()
        meter.share = 0
        assert filled not in colours(picture(meter), 1)

    def test_the_chain_sums_up_whom_we_met(self, qtbot):
        card = DecisionMap()
        qtbot.addWidget(card)
        roles = [RoleBar("张伟 总经理", "decides", "决策", 60, True), RoleBar("赵敏", "uses", "使用", 30, False)]
        card.show_roles(roles)
        assert "60%" in card.coverage.text()
        assert "90%" in card.coverage.text()
        card.show_roles([*roles, RoleBar("", "", "", 10, False)])
        assert "100" not in card.coverage.text()
        card.show_roles([])
        assert "Nobody" in card.coverage.text()

    def test_the_timeline_names_others_only(self, qtbot):
        card = Timeline()
        qtbot.addWidget(card)
        card.show_events([Event("10:42", "Today 10:42", MARKUP), Event("11-18", "11-18 09:00", "改了等级", "王经理")])
        words = [label.text() for label in card.findChildren(type(card.remark)) if label.text()]
        assert MARKUP in words
        assert "改了等级 (王经理)" in words

    def test_the_head_runs_its_clock(self, qtbot):
        head = CustomerHeader()
        qtbot.addWidget(head)
        head.resize(900, 90)
        head.show_customer(CustomerFacts(LONG, "A", "A 类", ("制造业", "500人"), NOON + timedelta(hours=5)), NOON)
        assert head.state_chip.text() == "Letter: 5 h left"
        head.tick(NOON + timedelta(minutes=48))
        assert head.state_chip.text() == "Letter: 4 h 12 min left"
        assert head.state_chip.property("look") == "chip-warn"
        head.tick(NOON + timedelta(hours=6))
        assert head.state_chip.property("look") == "chip-danger"
        button = head.add_button("打印")
        head.show()
        assert button.geometry().right() < head.width()
        assert head.name.shown_text().endswith("…")


class TestSmallParts:
    def test_a_row_opens_by_click_and_by_key(self, qtbot):
        line_ = AgendaRow(agenda_row.Line("1", "2", "", MARKUP, detail="制造业"))
        qtbot.addWidget(line_)
        line_.show()
        with qtbot.waitSignals([line_.activated] * 3):
            QTest.mouseClick(line_, Qt.MouseButton.LeftButton)
            QTest.keyClick(line_, Qt.Key.Key_Return)
            QTest.keyClick(line_, Qt.Key.Key_Space)
        with qtbot.assertNotEmitted(line_.activated):
            QTest.mousePress(line_, Qt.MouseButton.LeftButton)
            QTest.mouseRelease(line_, Qt.MouseButton.LeftButton, pos=QPoint(-50, -50))
        line_.show_line(replace(line_.line, badge=Badge("晚 3 天", "warn")))
        assert line_.accessibleName() == f"{MARKUP}, 制造业, 晚 3 天"

    def test_a_reason_of_blanks_is_none(self, qtbot):
        dialog = MoveOnDialog([Check("客户签字确认", False)], "方案制定")
        qtbot.addWidget(dialog)
        dialog.show()
        assert not dialog.confirm_button.isEnabled()
        QTest.keyClicks(dialog.reason_edit, "   ")
        assert not dialog.confirm_button.isEnabled()
        QTest.keyClicks(dialog.reason_edit, "x")
        assert dialog.confirm_button.isEnabled()
        assert dialog.reason() == "x"

    def test_an_empty_state_offers_its_button_only_with_an_action(self, qtbot):
        state = EmptyState("空", "做什么")
        qtbot.addWidget(state)
        assert state.button.isHidden()
        state.say("空", "做什么", "新建")
        assert not state.button.isHidden()
