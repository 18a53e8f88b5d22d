"""PySide6 6.12.0 loses a reference to None with every call on Python 3.10 and 3.11, until the process aborts."""

import sys

from PySide6.QtWidgets import QLabel

CALLS = 1000
NOISE = 50


def test_calls_of_qt_leave_none_alone(qtbot):
    label = QLabel()
    qtbot.addWidget(label)
    before = sys.getrefcount(None)
    for count in range(CALLS):
        label.setText(str(count))
    assert abs(sys.getrefcount(None) - before) < NOISE
