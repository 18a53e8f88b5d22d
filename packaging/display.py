"""A screen for programs with a window: the real one, a virtual one (Xvfb), or Qt's offscreen platform."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager


def present() -> bool:
    """Whether somebody sits before this machine's screen."""
    if sys.platform in {"win32", "darwin"}:
        return "CI" not in os.environ
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


@contextmanager
def virtual() -> Iterator[dict[str, str]]:
    """The environment of a program that shall draw where nobody looks: on Xvfb if it is there, else offscreen."""
    outside = {name: value for name, value in os.environ.items() if name not in {"DISPLAY", "WAYLAND_DISPLAY"}}
    if sys.platform in {"win32", "darwin"} or not (xvfb := shutil.which("Xvfb")):
        yield {**outside, "QT_QPA_PLATFORM": "offscreen"}
        return
    read, write = os.pipe()
    # Xvfb itself looks for a free display number and writes it to this pipe once it can be used
    command = [xvfb, "-displayfd", str(write), "-screen", "0", "1600x1000x24", "-nolisten", "tcp", "-noreset"]
    server = subprocess.Popen(command, pass_fds=[write], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(write)
    with os.fdopen(read) as answer:
        number = answer.readline().strip()
    try:
        if number:
            yield {**outside, "DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb"}
        else:  # it ended without a display: no place for its socket, say
            yield {**outside, "QT_QPA_PLATFORM": "offscreen"}
    finally:
        server.terminate()
        server.wait()
