import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from salesdesk.actions import forms
from salesdesk.store import search
from tests.ui.hands import activate, compose
from tests.ui.sample_desk import read
from ui.shell.command_palette import Palette


@pytest.fixture
def palette(desk, qtbot):
    window = QWidget()
    layout = QVBoxLayout(window)
    made = Palette(desk)
    layout.addWidget(made)
    layout.addWidget(QPushButton("elsewhere"))
    layout.addStretch()
    qtbot.addWidget(window)
    activate(qtbot, window, (500, 600))
    made.begin()
    yield made
    window.close()


def hits_of(desk, typed):
    return read(desk, lambda s: search.find(s, typed, limit=12))


def wait_for_hits(qtbot, desk, palette, typed, customer):
    """The list shows what the search says, and that names the customer."""
    wanted = [hit.title for hit in hits_of(desk, typed)]
    assert any(title.startswith(customer) for title in wanted)
    qtbot.waitUntil(lambda: palette.shown_titles() == wanted)


@pytest.mark.parametrize("typed", ["hykj", "huayuan", "HYKJ", "ｈｙｋｊ"])
def test_pinyin_finds_the_customer_while_it_is_typed(desk, palette, qtbot, typed):
    if typed.isascii():
        QTest.keyClicks(palette.line, typed)
    else:
        compose(palette.line, typed)
    wait_for_hits(qtbot, desk, palette, typed, "华源")
    assert palette.line.hasFocus()


def test_chinese_from_an_input_method_finds_too(desk, palette, qtbot):
    compose(palette.line, "华源")
    wait_for_hits(qtbot, desk, palette, "华源", "华源")


def test_enter_opens_the_chosen_hit_and_clears_the_line(desk, palette, qtbot):
    compose(palette.line, "科技")
    qtbot.waitUntil(lambda: bool(palette.shown_titles()))
    titles = palette.shown_titles()
    QTest.keyClick(palette.line, Qt.Key.Key_Down)
    QTest.keyClick(palette.line, Qt.Key.Key_Up)
    with qtbot.waitSignal(palette.activated) as heard:
        QTest.keyClick(palette.line, Qt.Key.Key_Return)
    assert heard.args[0].title == titles[0]
    assert palette.line.text() == ""
    assert palette.shown_titles() == []


def test_the_arrows_go_round(palette, qtbot):
    compose(palette.line, "有限公司")
    qtbot.waitUntil(lambda: bool(palette.shown_titles()))
    count = palette.hits.count()
    QTest.keyClick(palette.line, Qt.Key.Key_Up)
    assert palette.hits.currentRow() == count - 1
    QTest.keyClick(palette.line, Qt.Key.Key_Down)
    assert palette.hits.currentRow() == 0


def test_enter_before_the_answer_opens_what_was_typed_and_not_what_stood_there(desk, palette, qtbot):
    QTest.keyClicks(palette.line, "lxzz")
    wait_for_hits(qtbot, desk, palette, "lxzz", "立新")
    with qtbot.waitSignal(palette.activated) as heard:
        palette.line.selectAll()
        QTest.keyClicks(palette.line, "hykj")
        QTest.keyClick(palette.line, Qt.Key.Key_Return)
    assert heard.args[0] == hits_of(desk, "hykj")[0]


def test_an_answer_that_was_overtaken_is_dropped(desk, palette, qtbot):
    shown = []
    palette.hits.model().rowsInserted.connect(lambda *_: shown.append(palette._answered))
    palette.line.setText("lxzz")
    palette._ask()
    palette.line.setText("hykj")
    palette._ask()
    wait_for_hits(qtbot, desk, palette, "hykj", "华源")
    qtbot.wait(200)
    assert palette.shown_titles() == [hit.title for hit in hits_of(desk, "hykj")]
    assert set(shown) == {"hykj"}


def test_a_click_opens_a_hit(desk, palette, qtbot):
    QTest.keyClicks(palette.line, "hykj")
    wait_for_hits(qtbot, desk, palette, "hykj", "华源")
    place = palette.hits.visualItemRect(palette.hits.item(0)).center()
    with qtbot.waitSignal(palette.activated) as heard:
        QTest.mouseClick(palette.hits.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert heard.args[0] == hits_of(desk, "hykj")[0]


def test_nothing_found_is_said_and_opens_nothing(palette, qtbot):
    QTest.keyClicks(palette.line, "zzzz")
    qtbot.waitUntil(palette._frame.isVisible)
    assert palette.shown_titles() == []
    assert "zzzz" in palette.hits.item(0).text()
    with qtbot.assertNotEmitted(palette.activated):
        QTest.keyClick(palette.line, Qt.Key.Key_Return)


@pytest.mark.parametrize("typed", ['"', "*", "AND", "( OR", "%", "'; DROP TABLE customer", "NEAR(", "\\", "-"])
def test_signs_of_query_languages_are_words_like_others(palette, qtbot, typed):
    QTest.keyClicks(palette.line, typed)
    qtbot.wait(250)
    assert palette.line.text() == typed


def test_escape_and_leaving_close_the_list(desk, palette, qtbot):
    QTest.keyClicks(palette.line, "hykj")
    qtbot.waitUntil(lambda: bool(palette.shown_titles()))
    QTest.keyClick(palette.line, Qt.Key.Key_Escape)
    assert (palette.shown_titles(), palette.line.text()) == ([], "")
    QTest.keyClicks(palette.line, "hykj")
    qtbot.waitUntil(lambda: bool(palette.shown_titles()))
    palette.window().findChild(QPushButton).setFocus()
    qtbot.waitUntil(lambda: palette.shown_titles() == [])
    palette.begin()
    wait_for_hits(qtbot, desk, palette, "hykj", "华源")


def test_markup_in_a_name_is_shown_as_it_is(desk, palette, qtbot):
    forms.save(desk.workspace, forms.new(desk.workspace, "customer"), {"name": "<b>Qux</b> & Co"})
    QTest.keyClicks(palette.line, "qux")
    wait_for_hits(qtbot, desk, palette, "qux", "<b>Qux</b> & Co")
    assert palette.hits.item(0).text().startswith("<b>Qux</b> & Co")


def test_the_list_lies_under_the_line_and_follows_it(palette, qtbot):
    QTest.keyClicks(palette.line, "hykj")
    qtbot.waitUntil(lambda: bool(palette.shown_titles()))
    assert palette._frame.parent() is palette.window()
    assert palette._frame.width() == palette.width()
    palette.window().resize(800, 600)
    qtbot.waitUntil(lambda: palette._frame.width() == palette.width() > 600)
