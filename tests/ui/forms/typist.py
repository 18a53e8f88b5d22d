"""A program of its own for test_form_drafts.py: types into a real form without a pause, until it is killed.

    python typist.py WORKSPACE ANALYSIS_ID

Prints `count milliseconds` after each key, with the clock that the test reads too.
"""

import sys
import time
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEventLoop, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from salesdesk.actions import forms
from salesdesk.records.language import Language
from salesdesk.settings import Settings
from salesdesk.store.workspace import Workspace
from tests.factories import KEY
from ui.core.background import Desk
from ui.forms.form_panel import FormPanel

PAUSE_MS = 25


def main(folder, analysis_id):
    app = QApplication([])
    workspace = Workspace.open(Path(folder), KEY)
    panel = FormPanel(Desk(workspace, Settings(), Language.ZH), forms.load(workspace, "needs_analysis", analysis_id))
    panel.show()
    note = panel.editor("implicit_needs").note
    note.clear()
    count = 0

    def press():
        nonlocal count
        count += 1
        QTest.keyClicks(note, str(count % 10))
        print(count, time.time_ns() // 10**6, flush=True)  # noqa: T201  # the test reads it

    timer = QTimer()
    timer.timeout.connect(press)
    timer.start(PAUSE_MS)
    QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)
    app.exec()


if __name__ == "__main__":
    main(*sys.argv[1:])
