"""How long nobody was there is asked of clocks, before the first touch gets through."""

import time

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from tests.ui.hands import activate, compose
from ui.app.idle import Idle, awake_and_asleep

ALLOWED_S = 15 * 60


class Away:
    """An idle clock whose clocks are set by hand; counts how often it locked."""

    def __init__(self, app, *, locks=True):
        self.steady = self.wall = 1000.0
        self.locked = 0
        self.locks = locks
        self.idle = Idle(app, lambda: ALLOWED_S, self.lock, (lambda: self.steady, lambda: self.wall))

    def lock(self):
        self.locked += 1
        return self.locks

    def passes(self, seconds):
        self.steady += seconds
        self.wall += seconds


@pytest.fixture
def away(qapp):
    made = Away(qapp)
    yield made
    made.idle.stop()
    made.idle.deleteLater()


@pytest.fixture
def line(qtbot):
    made = QLineEdit()
    qtbot.addWidget(made)
    activate(qtbot, made, (300, 40))
    return made


def move_over(widget):
    """The mouse of whoever opened the lid."""
    at, none = QPointF(5, 5), Qt.MouseButton.NoButton
    moved = QMouseEvent(QEvent.Type.MouseMove, at, at, none, none, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(widget, moved)


@pytest.mark.parametrize("clock", ["both", "steady", "wall"])
def test_hours_of_sleep_lock_before_the_first_touch_gets_through(away, line, clock):
    if clock != "wall":
        away.steady += 3 * 3600
    if clock != "steady":
        away.wall += 3 * 3600
    move_over(line)
    assert away.locked == 1
    away.passes(ALLOWED_S)
    QTest.keyClick(line, Qt.Key.Key_A)
    assert (away.locked, line.text()) == (2, "")


def test_touches_in_time_go_through_and_begin_it_anew(away, line):
    for _ in range(3):
        away.passes(ALLOWED_S - 1)
        QTest.keyClick(line, Qt.Key.Key_A)
    away.passes(ALLOWED_S - 1)
    compose(line, "华")  # an input method brings no keys along
    away.passes(ALLOWED_S - 1)
    away.idle.look()
    assert (away.locked, line.text()) == (0, "aaa华")


def test_a_clock_that_was_set_back_hides_nothing(away, line):
    away.steady += ALLOWED_S
    away.wall -= 24 * 3600
    move_over(line)
    assert away.locked == 1


def test_without_any_touch_the_timer_looks(away, qtbot):
    away.idle._timer.setInterval(1)
    away.passes(ALLOWED_S)
    qtbot.waitUntil(lambda: away.locked == 1)


def test_nothing_is_drawn_after_waking(away, qtbot):
    drawn = []

    class Picture(QLabel):
        def paintEvent(self, event):  # noqa: N802  # Qt's name
            drawn.append(away.locked)
            super().paintEvent(event)

    picture = Picture("华源科技有限公司")
    qtbot.addWidget(picture)
    activate(qtbot, picture)
    drawn.clear()
    away.passes(ALLOWED_S)
    picture.update()
    qtbot.waitUntil(lambda: away.locked == 1)
    assert 0 not in drawn


def test_where_nothing_locks_touches_go_through(away, line):
    away.locks = False
    away.passes(ALLOWED_S)
    QTest.keyClick(line, Qt.Key.Key_A)
    assert (away.locked, line.text()) == (1, "a")


def test_the_steady_clock_goes_on():
    before = awake_and_asleep()
    assert awake_and_asleep() >= before
    if hasattr(time, "CLOCK_BOOTTIME"):
        assert abs(awake_and_asleep() - time.clock_gettime(time.CLOCK_BOOTTIME)) < 60
