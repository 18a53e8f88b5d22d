"""Pages of a paper, of which only those in sight exist."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel

from ui.documents.page_view import PageView

PAGE = QSize(600, 850)


@pytest.fixture
def asked():
    return []


@pytest.fixture
def view(qtbot, asked):
    made = PageView(asked.extend)
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    return made


def picture():
    image = QImage(PAGE, QImage.Format.Format_RGB32)
    image.fill(0xFF8800)
    return image


def sheets(view):
    return {label.accessibleName(): label for label in view.findChildren(QLabel) if label.isVisible()}


def test_a_paper_of_thousands_of_pages_has_a_few_sheets(view, asked, qtbot):
    view.show_pages([PAGE] * 3_000, [picture()] * 3)
    assert view.count() == 3_000
    assert len(sheets(view)) <= 10
    bar = view.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 2_999 * 850)
    with qtbot.waitSignal(view.looked_at) as heard:
        bar.setValue(bar.maximum())
    assert heard.args == [3_000]
    assert {2_998, 2_999} <= set(asked)
    assert len(sheets(view)) <= 20
    last = sheets(view)["Page 3000"]
    assert last.geometry().center().x() == pytest.approx(view.viewport().width() / 2, abs=2)
    view.put([2_999, 5], [picture(), picture()])  # one of them is out of sight by now
    assert last.pixmap().toImage().pixelColor(9, 9).red() == 0xFF


def test_each_page_in_sight_is_asked_for_once_until_it_is_far_away(view, asked, qtbot):
    view.show_pages([PAGE] * 40, [picture()] * 3)
    bar = view.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 30_000)
    for value in [*range(0, 4_000, 300), 3_000]:
        bar.setValue(value)
    assert len(asked) == len(set(asked))
    assert 0 not in asked
    bar.setValue(bar.maximum())
    bar.setValue(0)
    assert 0 in asked
    view.resize(1200, 700)
    assert sheets(view)["Page 1"].geometry().center().x() == pytest.approx(view.viewport().width() / 2, abs=2)


def test_another_paper_leaves_nothing_of_the_one_before(view, asked, qtbot):
    view.show_pages([PAGE] * 5, [picture()] * 3)
    view.show_pages([QSize(300, 200)], [picture()])
    assert list(sheets(view)) == ["Page 1"]
    assert view.count() == 1
