"""When the system says that nobody sits here any more: sleep, its own lock, another person at the computer."""

from __future__ import annotations

import sys
from collections.abc import Callable

from PySide6.QtCore import QObject

from ui.core.on_demand import load


def listen(lock: Callable[[], bool]) -> QObject | None:
    """Call `lock` at each such sign until what is returned is gone; `None` where the system tells nothing of it.

    There the clock remains (`ui/app/idle.py`).
    """
    places = {"linux": "ui.app.linux_signs:LinuxSigns", "win32": "ui.app.windows_signs:WindowsSigns"}
    place = places.get(sys.platform)
    signs: QObject | None = load(place)(lock) if place else None
    return signs
