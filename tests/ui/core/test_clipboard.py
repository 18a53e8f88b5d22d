"""What is copied by hand is taken off a real clipboard as well, and only as long as it is ours."""

import os
import shutil
import subprocess
import sys

import pytest

from tests.ui.core.input_methods import running

pytestmark = pytest.mark.skipif(not shutil.which("Xvfb"), reason="there is no Xvfb")

COPIES = """
import sys
from PySide6.QtWidgets import QApplication, QLineEdit
from ui.core import clipboard
app = QApplication([])
line = QLineEdit("secret")
line.show()
line.selectAll()
line.copy()
app.clipboard().setText("secret", app.clipboard().Mode.Selection)  # as the mouse does
app.processEvents()
before = app.clipboard().text(), app.clipboard().text(app.clipboard().Mode.Selection)
clipboard.take_back()
app.processEvents()
print(*before, "|", app.clipboard().text(), app.clipboard().text(app.clipboard().Mode.Selection))
"""


def test_what_was_copied_from_a_field_is_taken_back():
    read, write = os.pipe()
    screen = ["Xvfb", "-displayfd", str(write), "-screen", "0", "800x600x24", "-nolisten", "tcp", "-noreset"]
    with running(screen, dict(os.environ), pass_fds=[write]):
        os.close(write)
        with os.fdopen(read) as answer:
            display = ":" + answer.readline().strip()
        env = {**os.environ, "QT_QPA_PLATFORM": "xcb", "DISPLAY": display}
        env["PYTHONPATH"] = os.pathsep.join(filter(None, sys.path))
        done = subprocess.run([sys.executable, "-c", COPIES], env=env, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["secret", "secret", "|"]
