"""How errors are shown: in the nearest bar, in a dialog where there is none, as one report for our own mistakes."""

import sys

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton, QVBoxLayout, QWidget

from salesdesk.errors import Bug, StorageFull, UserError
from ui.core import notify

MARKUP = "<b>&amp;</b>"


@pytest.fixture
def page(qtbot):
    made = QWidget()
    QVBoxLayout(made)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def with_bar(page):
    page.notice = notify.Bar(page)
    page.layout().addWidget(page.notice)
    return page


@pytest.fixture
def hook(monkeypatch):
    """Installs the hook, which is taken away at the end, and keeps the terminal quiet."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(sys, "__excepthook__", lambda *_: None)

    def install(parent):
        notify.install_excepthook(parent)
        return lambda error: sys.excepthook(type(error), error, error.__traceback__)

    return install


def reports():
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, notify.ReportDialog) and w.isVisible()]


def raised(name):
    """A mistake of a kind of its own: what an exception says is in no report."""
    kind = type(name, (ValueError,), {})
    with pytest.raises(kind) as caught:
        raise kind("what somebody typed")
    return caught.value


def close(dialog, qtbot):
    dialog.accept()
    qtbot.waitUntil(lambda: not shiboken6.isValid(dialog))


def test_the_nearest_bar_outwards_says_it_and_can_be_closed(with_bar):
    inner = QWidget(QWidget(with_bar))
    bar = with_bar.notice
    assert not bar.isVisible()
    notify.show(inner, StorageFull("store.full"))
    assert bar.isVisible()
    assert bar.property("look") == "problem"
    assert bar.label.text() == notify.sentence(StorageFull("store.full"))
    assert not bar.button.isVisible()
    closing = next(b for b in bar.findChildren(QPushButton) if b.accessibleName() == "Close this message")
    QTest.mouseClick(closing, Qt.MouseButton.LeftButton)
    assert not bar.isVisible()
    bar.show_text(MARKUP, "Discard")
    assert (bar.property("look"), bar.button.text()) == ("notice", "Discard")
    assert bar.button.isVisible()


def test_markup_in_a_value_is_shown_literally(with_bar):
    notify.show(with_bar, UserError("attachment.too_large", name=MARKUP, limit_mb=50))
    label = with_bar.notice.label
    assert MARKUP in label.text()
    assert label.textFormat() is Qt.TextFormat.PlainText


def test_without_a_bar_a_dialog_says_it_and_enter_presses_nothing(page, qtbot):
    notify.show(page, UserError("attachment.too_large", name=MARKUP, limit_mb=50))
    (dialog,) = [d for d in page.findChildren(QDialog) if d.isVisible()]
    label = dialog.findChild(QLabel)
    assert MARKUP in label.text()
    assert label.textFormat() is Qt.TextFormat.PlainText
    button = dialog.findChild(QPushButton)
    assert not button.autoDefault()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not shiboken6.isValid(dialog))


def test_our_own_mistake_is_a_report_to_copy_even_beside_a_bar(with_bar, qtbot):
    notify.show(with_bar, Bug("program.unexpected", detail="Traceback …\nKeyError"))
    (report,) = reports()
    assert not with_bar.notice.isVisible()
    assert report.report.isReadOnly()
    copy = next(b for b in report.findChildren(QPushButton) if b.text() == "Copy report")
    QTest.mouseClick(copy, Qt.MouseButton.LeftButton)
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith("SalesDesk ")
    assert copied.count("KeyError") == 1
    assert not any(b.autoDefault() for b in report.findChildren(QPushButton))
    close(report, qtbot)


def test_what_nobody_caught_is_shown_once_however_often_it_happens(page, hook, qtbot):
    fail = hook(page)
    for _ in range(50):
        fail(raised("EveryRepaint"))
    fail(raised("SomethingElse"))
    (report,) = reports()
    text = report.report.toPlainText()
    assert text.count("EveryRepaint") == 1
    assert text.count("SomethingElse") == 1
    for number in range(100):
        fail(raised(f"Mistake{number}"))
    (report,) = reports()
    assert report.report.toPlainText().count("\nMistake") < 20
    close(report, qtbot)
    fail(raised("Later"))
    (report,) = reports()
    assert "EveryRepaint" not in report.report.toPlainText()
    close(report, qtbot)


def test_a_window_that_is_gone_does_not_keep_a_mistake_from_being_shown(hook, qtbot):
    window = QWidget()
    fail = hook(window)
    shiboken6.delete(window)
    fail(raised("Late"))
    (report,) = reports()
    assert "Late" in report.report.toPlainText()
    close(report, qtbot)


def test_stopping_the_program_by_hand_is_no_mistake(page, hook):
    hook(page)(KeyboardInterrupt())
    assert reports() == []
