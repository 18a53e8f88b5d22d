"""Imported before Qt on Linux: people who use fcitx can type Chinese.

Qt's wheels, and so the frozen program, carry the plugin for ibus and none for fcitx. fcitx also answers as ibus, so
that is what Qt is told to speak; otherwise it finds no plugin of the name it is given, and the input method is silent.
"""

import os

for _name in ("QT_IM_MODULE", "QT_IM_MODULES"):
    if "fcitx" in os.environ.get(_name, ""):
        os.environ[_name] = os.environ[_name].replace("fcitx5", "fcitx").replace("fcitx", "ibus")
