"""The virtual display really shows a window, and nothing of it is left afterwards."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).resolve().parents[2] / "packaging"
SHOW = """
from PySide6.QtWidgets import QApplication, QLabel
app = QApplication([])
label = QLabel("a window")
label.show()
app.processEvents()
print(app.platformName(), label.isVisible())
"""
ON_VIRTUAL_DISPLAY = """
import subprocess, sys
sys.path.insert(0, sys.argv[1])
import display
with display.virtual() as environment:
    status = subprocess.run([sys.executable, "-c", sys.argv[2]], env=environment).returncode
    print(environment.get("DISPLAY", "none"))
sys.exit(status)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a display")
def test_a_window_opens_on_the_virtual_display():
    command = [sys.executable, "-c", ON_VIRTUAL_DISPLAY, str(SCRIPTS), SHOW]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    shown, number = done.stdout.splitlines()
    if shutil.which("Xvfb"):
        assert shown == "xcb True"
        assert not Path(f"/tmp/.X11-unix/X{number.removeprefix(':')}").exists()
    else:
        assert (shown, number) == ("offscreen True", "none")
