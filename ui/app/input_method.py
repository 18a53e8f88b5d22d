"""Lets people who use fcitx type Chinese on Linux; to be asked before Qt starts.

Qt's wheels, and so the frozen program, carry the plugin for ibus and none for fcitx. fcitx also answers as ibus, so
that is what Qt is told to speak; with a plugin's name that it does not find, it would take in letters only.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QLibraryInfo

_ASKED_BY = ("QT_IM_MODULES", "QT_IM_MODULE")


def chosen(environment: Mapping[str, str], plugins: Path) -> dict[str, str]:
    """The variables that Qt has to find otherwise. `plugins` is the folder of its input methods.

    A plugin that is there, as in a distribution's own Qt, is left to do its work.
    """
    if any("fcitx" in plugin.name for plugin in plugins.glob("*")):
        return {}
    asked = {name: environment[name] for name in _ASKED_BY if environment.get(name)}
    if not asked and "WAYLAND_DISPLAY" not in environment and "fcitx" in environment.get("XMODIFIERS", ""):
        return {"QT_IM_MODULE": "ibus"}  # many systems set only this, which Qt does not know
    found = {name: asked[name].replace("fcitx5", "fcitx").replace("fcitx", "ibus") for name in asked}
    return {name: value for name, value in found.items() if value != asked[name]}


def choose() -> None:
    """Tell Qt which input method to speak to."""
    plugins = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)) / "platforminputcontexts"
    os.environ.update(chosen(os.environ, plugins))
