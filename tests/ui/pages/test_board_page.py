"""The board of the pipeline: what it shows, and how a card asks to be moved."""

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from salesdesk.actions import deletion, forms, rounds
from salesdesk.records.base import Stage
from salesdesk.records.language import Language
from salesdesk.records.work import Opportunity
from salesdesk.store import queries
from salesdesk.store.board import _CARDS, board
from tests.ui.hands import activate
from tests.ui.sample_desk import customer_named, read, sample_desk
from ui.pages.board_column import CARD_TYPE
from ui.pages.board_page import BoardPage

WAN = 10_000 * 100  # 分


@pytest.fixture
def desk(qapp, tmp_path):
    with sample_desk(tmp_path, language=Language.EN) as made:
        yield made


@pytest.fixture
def page(desk, qtbot):
    made = BoardPage(desk)
    qtbot.addWidget(made)
    activate(qtbot, made, (1280, 700))
    qtbot.waitUntil(lambda: made.columns[Stage.PROSPECTING].list.count() > 0)
    made.asked = []
    made.move_asked.connect(lambda *asked: made.asked.append(asked))
    return made


def card_of(page, desk, name):
    customer_id = customer_named(desk, name).id
    for column in page.columns.values():
        for row, card in enumerate(column.list.cards()):
            if card.customer_id == customer_id:
                column.list.setCurrentRow(row)
                return column, card
    raise AssertionError(name)


def carried(cards):
    """What a drag of the chosen card carries."""
    return cards.mimeData([cards.currentItem()])


def drop(cards, data):
    """Carry data onto a list and let it go; whether the list took it."""
    button, no_key = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    events = [
        kind(QPoint(20, 20), Qt.DropAction.CopyAction, data, button, no_key)
        for kind in (QDragEnterEvent, QDragMoveEvent)
    ]
    events.append(QDropEvent(QPointF(20, 20), Qt.DropAction.CopyAction, data, button, no_key, QEvent.Type.Drop))
    for event in events:
        QApplication.sendEvent(cards.viewport(), event)
    return events[-1].isAccepted()


def set_amounts(desk, amounts):
    for name, amount in amounts.items():
        opportunity_id = read(desk, lambda s, n=name: queries.card(s, customer_named(desk, n).id).opportunity.id)
        sheet = forms.load(desk.workspace, "opportunity", opportunity_id)
        forms.save(desk.workspace, sheet, {"amount": amount})


def test_every_stage_has_its_count_its_sum_and_its_newest_cards(desk):
    set_amounts(desk, {"启航": 30 * WAN, "海川": 12 * WAN})
    found = read(desk, board)
    assert {stage: column.count for stage, column in found.items()} == read(desk, queries.stage_counts)
    first = found[Stage.PROSPECTING]
    assert first.amount_total == sum(card.amount or 0 for card in first.cards) > 0
    assert sum(column.amount_total for column in found.values()) >= 42 * WAN
    for column in found.values():
        assert [c.touched_at for c in column.cards] == sorted((c.touched_at for c in column.cards), reverse=True)
    cut = read(desk, lambda s: board(s, 1))[Stage.PROSPECTING]
    assert (cut.count, cut.amount_total, cut.cards) == (first.count, first.amount_total, first.cards[:1])


def test_lost_and_deleted_ones_are_not_on_the_board(desk):
    before = sum(column.count for column in read(desk, board).values())
    with desk.workspace.changing("change") as changes:
        card = queries.card(changes.session, customer_named(desk, "启航").id)
        changes.get(Opportunity, card.opportunity.id).outcome = "lost"
    deletion.delete(desk.workspace, "customer", [customer_named(desk, "海川").id])
    columns = read(desk, board).values()
    cards = [card for column in columns for card in column.cards]
    assert sum(column.count for column in columns) == len(cards) == before - 2
    assert not [card for card in cards if card.name.startswith(("启航", "海川"))]


def test_the_pages_of_the_board_are_read_along_the_index(desk):
    with desk.workspace.reading() as session:
        values = ("open", "prospecting", 50)
        steps = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {_CARDS}", values).all()
    details = [step[3] for step in steps]
    assert any("ix_opportunity_stage (outcome=? AND stage=?)" in one for one in details), details
    assert not [one for one in details if one.startswith("SCAN opportunity")]


def test_the_headings_say_count_and_sum(page, desk, qtbot):
    set_amounts(desk, {"启航": 30 * WAN})
    page.reload()
    column, _ = card_of(page, desk, "启航")
    expected = read(desk, board)[column.stage]
    qtbot.waitUntil(lambda: column.heading.text() == f"Prospecting  {expected.count}" and column.total.text() != "—")
    assert column.total.text() == f"{expected.amount_total // 100:,}"
    assert not column.more.isVisible()


def test_a_card_dropped_on_the_next_stage_asks_for_the_move_and_stays(page, desk, qtbot):
    column, card = card_of(page, desk, "启航")
    assert column.stage is Stage.PROSPECTING
    assert drop(page.columns[Stage.DISCOVERY].list, carried(column.list))
    qtbot.waitUntil(lambda: page.asked == [(card.customer_id, Stage.DISCOVERY)])
    assert card in column.list.cards()
    assert not page.notice.isVisible()


@pytest.mark.parametrize("target", [Stage.PROPOSAL, Stage.CARE])
def test_a_card_goes_one_stage_at_a_time(page, desk, qtbot, target):
    column, _ = card_of(page, desk, "启航")
    drop(page.columns[target].list, carried(column.list))
    qtbot.waitUntil(page.notice.isVisible)
    assert page.notice.label.text() == "One stage at a time"
    assert page.asked == []
    page.leave()
    assert not page.notice.isVisible()


def test_a_card_does_not_go_back(page, desk, qtbot):
    column, _ = card_of(page, desk, "华源")
    assert column.stage is Stage.DISCOVERY
    drop(page.columns[Stage.PROSPECTING].list, carried(column.list))
    qtbot.waitUntil(page.notice.isVisible)
    assert page.asked == []


def test_a_card_let_go_where_it_was_asks_nothing(page, desk, qtbot):
    column, _ = card_of(page, desk, "启航")
    drop(column.list, carried(column.list))
    QApplication.processEvents()
    assert page.asked == []
    assert not page.notice.isVisible()


def test_foreign_things_are_not_taken(page):
    text, stranger = QMimeData(), QMimeData()
    text.setText("启航")
    stranger.setData(CARD_TYPE, b"\xff of another program")
    assert not drop(page.columns[Stage.DISCOVERY].list, text)
    assert drop(page.columns[Stage.DISCOVERY].list, stranger)
    QApplication.processEvents()
    assert page.asked == []
    assert not page.notice.isVisible()


def test_the_keyboard_asks_for_the_next_stage_and_opens_the_customer(page, desk, qtbot):
    column, card = card_of(page, desk, "启航")
    opened = []
    page.customer_asked.connect(opened.append)
    column.list.setFocus()
    QTest.keyClick(column.list, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert page.asked == [(card.customer_id, Stage.DISCOVERY)]
    QTest.keyClick(column.list, Qt.Key.Key_Return)
    assert opened == [card.customer_id]
    place = column.list.visualItemRect(column.list.currentItem()).center()
    QTest.mouseClick(column.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert opened == [card.customer_id]
    QTest.mouseDClick(column.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert opened == [card.customer_id] * 2


def test_the_arrows_go_from_column_to_column(page, desk):
    first, _ = card_of(page, desk, "启航")
    first.list.setFocus()
    QTest.keyClick(first.list, Qt.Key.Key_Right)
    following = page.columns[Stage.DISCOVERY].list
    assert following.hasFocus()
    assert following.chosen() is not None
    QTest.keyClick(following, Qt.Key.Key_Left)
    assert first.list.hasFocus()
    QTest.keyClick(first.list, Qt.Key.Key_Left)
    assert first.list.hasFocus()


def test_a_move_elsewhere_shows_on_the_board_and_the_choice_stays(page, desk, qtbot):
    card_of(page, desk, "海川")
    column, card = card_of(page, desk, "启航")
    before = column.list.count()
    customer_id = card.customer_id
    round_id = read(desk, lambda s: queries.card(s, customer_id)).opportunity.id
    desk.change(page, lambda workspace: rounds.move_on(workspace, round_id, Stage.PROSPECTING, "客户着急"))
    qtbot.waitUntil(lambda: column.list.count() == before - 1)
    moved = page.columns[Stage.DISCOVERY].list
    qtbot.waitUntil(lambda: customer_id in [one.customer_id for one in moved.cards()])
    moved.setCurrentRow([one.customer_id for one in moved.cards()].index(customer_id))
    page.reload()
    desk.query(page, lambda _: None, lambda _: page.asked.append("read"))
    qtbot.waitUntil(lambda: page.asked == ["read"])
    assert moved.chosen().customer_id == customer_id
