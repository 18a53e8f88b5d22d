"""The field to sign in: pen, palm and mouse, and what is painted for each point."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QPointingDevice, QTabletEvent
from PySide6.QtTest import QTest

from ui.documents.signature_pad import SignaturePad

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def pad(qtbot, monkeypatch):
    """Remembers what it was asked to paint."""
    made = SignaturePad()
    made.painted = []

    def noting(event):
        made.painted.append(event.rect())
        SignaturePad.paintEvent(made, event)

    monkeypatch.setattr(made, "paintEvent", noting)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: bool(made.painted))
    return made


def tablet(pad, kind, x, y, pressure=0.5):
    at = QPointF(x, y)
    device = QPointingDevice.primaryPointingDevice()
    down = NONE, LEFT, Qt.MouseButton.NoButton if kind == QEvent.Type.TabletRelease else LEFT
    event = QTabletEvent(kind, device, at, at, pressure, 0, 0, 0, 0, 0, *down)
    QCoreApplication.sendEvent(pad, event)


def test_a_palm_draws_nothing_while_the_pen_is_down(pad):
    tablet(pad, QEvent.Type.TabletPress, 50, 50)
    tablet(pad, QEvent.Type.TabletMove, 80, 50)
    QTest.mousePress(pad, LEFT, NONE, QPoint(450, 190))
    QTest.mouseMove(pad, QPoint(460, 195))
    tablet(pad, QEvent.Type.TabletMove, 120, 50)
    QTest.mouseRelease(pad, LEFT, NONE, QPoint(460, 195))
    tablet(pad, QEvent.Type.TabletMove, 160, 50)
    tablet(pad, QEvent.Type.TabletRelease, 160, 50, 0)
    assert [[(p.x, p.y) for p in stroke] for stroke in pad.strokes] == [[(50, 50), (80, 50), (120, 50), (160, 50)]]
    QTest.mousePress(pad, LEFT, NONE, QPoint(450, 190))  # the pen is away: a finger may draw again
    QTest.mouseRelease(pad, LEFT, NONE, QPoint(450, 190))
    assert len(pad.strokes) == 2


def test_only_what_is_new_is_painted_however_much_is_drawn(pad, qtbot):
    QTest.mousePress(pad, LEFT, NONE, QPoint(50, 50))
    for number in range(4_800):
        pad._go_on(QPointF(50 + number % 400, 50 + number * 7 % 100), 0.5)
    qtbot.wait(50)
    pad.painted.clear()
    pad._go_on(QPointF(60, 60), 0.5)
    pad._go_on(QPointF(66, 64), 0.5)
    qtbot.waitUntil(lambda: bool(pad.painted))
    pad.painted.clear()
    pad._go_on(QPointF(70, 66), 0.5)
    qtbot.waitUntil(lambda: bool(pad.painted))
    assert pad.painted[-1].width() * pad.painted[-1].height() < 400
    drawn = pad.grab().toImage()
    pad.undo()
    assert pad.grab().toImage() != drawn
    assert pad.strokes == []


def test_what_is_drawn_piece_by_piece_is_what_is_drawn_anew(pad):
    tablet(pad, QEvent.Type.TabletPress, 50, 50, 0.2)
    for number in range(40):
        tablet(pad, QEvent.Type.TabletMove, 50 + number * 5, 50 + number % 7 * 9, 0.2 + number / 60)
    tablet(pad, QEvent.Type.TabletRelease, 260, 60, 0)
    before = pad.grab().toImage()
    pad._draw_anew()
    assert pad.grab().toImage() == before
    pad.resize(pad.width() + 40, pad.height() + 10)
    assert pad.grab().toImage().pixelColor(50, 50).lightness() < 150
