import csv
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton

from salesdesk.records.base import Stage
from salesdesk.records.language import Language
from salesdesk.records.work import Opportunity
from tests.ui.sample_desk import customer_named, sample_desk
from ui.core import theme
from ui.pages.dashboard_page import DashboardPage
from ui.widgets.bar_chart import BarChart
from ui.widgets.labels import PlainLabel


@pytest.fixture
def desk(qapp, tmp_path):
    with sample_desk(tmp_path) as made:
        yield made


@pytest.fixture
def page(desk, qtbot):
    return shown(desk, qtbot)


def shown(desk, qtbot):
    made = DashboardPage(desk)
    qtbot.addWidget(made)
    made.resize(1280, 800)
    made.show()
    qtbot.waitUntil(lambda: bool(made.cards))
    QApplication.processEvents()
    return made


def words(card):
    """What a screen reader finds on a card."""
    return [label.text() for label in card.findChildren(PlainLabel)]


def heights(card):
    return list(card.findChild(BarChart).values)


def rows_of(path):
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")  # else Excel garbles the Chinese
    return list(csv.reader(path.read_text("utf-8-sig").splitlines()))


def test_every_figure_has_its_card_and_its_numbers_in_words(page):
    assert list(page.cards) == list(page.figures)
    assert heights(page.cards["funnel"]) == [3, 6, 1, 0, 0, 0]
    labels = [stage.label(Language.ZH) for stage in Stage]
    told = " · ".join(f"{label} {count}" for label, count in zip(labels, (3, 6, 1, 0, 0, 0), strict=True))
    assert told in words(page.cards["funnel"])
    assert page.cards["funnel"].findChild(BarChart).accessibleName()


def test_nothing_is_said_in_words(qapp, tmp_path, qtbot):
    with sample_desk(tmp_path, ()) as desk:
        page = shown(desk, qtbot)
        for card in page.cards.values():
            assert card.findChild(BarChart) is None
            assert "Nothing to count yet." in words(card)


def test_a_change_elsewhere_is_counted(desk, page, qtbot):
    customer = customer_named(desk, "华源")

    def add(workspace):
        with workspace.changing("test") as changes:
            changes.add(
                Opportunity(
                    customer_id=customer.id,
                    subject="二期",
                    stage="contract",
                    outcome="open",
                    amount=30_000_000,
                    close_on=date(2026, 12, 5),
                )
            )

    desk.change(page, add)
    qtbot.waitUntil(lambda: page.figures["funnel"].values == (3, 6, 1, 0, 1, 0))
    assert heights(page.cards["forecast"]) == [0, 24, 0, 0, 0, 0]  # 80 % of 30, in 10,000 yuan


def test_another_theme_is_another_colour(page, qtbot):
    before = page.cards["funnel"]
    theme.apply(QApplication.instance(), "dark")
    assert page.cards["funnel"] is not before
    chart = page.cards["funnel"].findChild(BarChart)
    picture = chart.grab().toImage()
    colours = {
        picture.pixelColor(x, y).name() for x in range(0, picture.width(), 3) for y in range(0, picture.height(), 3)
    }
    assert theme.DARK.accent.lower() in colours


def test_no_cell_is_a_formula(page, tmp_path, monkeypatch):
    monkeypatch.setattr(page, "_labels", lambda _: ["=1+1", "＝1+1", "+", "-", "@", "plain"])
    monkeypatch.setattr(page, "_shown", lambda _: ["-1", "2", "3", "4", "5", "6"])
    page.export_rows("funnel", tmp_path / "funnel.csv")
    rows = rows_of(tmp_path / "funnel.csv")[1:]
    assert [row[0][0] for row in rows] == ["'", "'", "'", "'", "'", "p"]
    assert rows[0][1] == "'-1"


def test_a_picture_is_a_png_of_the_card(page, tmp_path):
    page.save_picture("funnel", tmp_path / "funnel.png")
    picture = QImage(str(tmp_path / "funnel.png"))
    bar = theme.tokens().accent
    colours = {picture.pixelColor(x, y).name() for x in range(picture.width()) for y in range(0, picture.height(), 8)}
    assert bar in colours


def test_a_picture_that_cannot_be_saved_is_told(page, tmp_path):
    page.save_picture("funnel", tmp_path / "nowhere" / "funnel.png")
    assert page.notice.isVisible()


def test_rows_are_exported_for_excel(page, tmp_path):
    page.export_rows("funnel", tmp_path / "funnel.csv")
    head, *rows = rows_of(tmp_path / "funnel.csv")
    assert len(head) == 2
    labels = [stage.label(Language.ZH) for stage in Stage]
    assert rows == [list(row) for row in zip(labels, "361000", strict=True)]


def test_rows_that_cannot_be_written_are_told(page, tmp_path):
    page.export_rows("funnel", tmp_path / "nowhere" / "funnel.csv")
    assert page.notice.isVisible()


def test_the_rows_of_before_stay_when_new_ones_cannot_be_written(page, tmp_path, monkeypatch):
    (tmp_path / "funnel.csv").write_text("before")
    monkeypatch.setattr(page, "_shown", lambda _: ["1", "\ud800", "3", "4", "5", "6"])  # no text file holds half a pair
    with pytest.raises(UnicodeEncodeError):
        page.export_rows("funnel", tmp_path / "funnel.csv")
    assert [(one.name, one.read_text()) for one in tmp_path.glob("*.csv*")] == [("funnel.csv", "before")]


def test_the_buttons_ask_for_a_place(page, tmp_path, monkeypatch):
    places = iter([str(tmp_path / "a.png"), str(tmp_path / "a.csv"), ""])
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (next(places), ""))
    picture, rows = page.cards["overdue"].findChildren(QPushButton)
    for button in (picture, rows, rows):  # the last time the dialog is cancelled
        assert not button.autoDefault()
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert sorted(made.name for made in tmp_path.glob("a.*")) == ["a.csv", "a.png"]
    assert next(places, None) is None


@pytest.mark.parametrize(("language", "look"), [(Language.ZH, "light"), (Language.EN, "dark")])
def test_no_word_is_cut_at_1280(qapp, tmp_path, qtbot, language, look):
    with sample_desk(tmp_path, language=language) as desk:
        theme.apply(QApplication.instance(), look)
        page = shown(desk, qtbot)
        assert page.grab().width() == 1280
        for card in page.cards.values():
            assert card.geometry().right() < page.width()
            assert card.heading.shown_text() == card.heading.text()
            for label in card.findChildren(PlainLabel):
                if label.isVisible():
                    assert label.height() >= label.heightForWidth(label.width())
            for button in card.findChildren(QPushButton):
                assert button.width() >= button.sizeHint().width()
