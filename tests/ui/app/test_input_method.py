"""fcitx is spoken to by ibus's protocol, unless Qt has a plugin of its own for it."""

import pytest

from ui.app.input_method import chosen


@pytest.mark.parametrize(
    ("environment", "changed"),
    [
        ({"QT_IM_MODULE": "fcitx"}, {"QT_IM_MODULE": "ibus"}),
        ({"QT_IM_MODULE": "fcitx5"}, {"QT_IM_MODULE": "ibus"}),
        ({"QT_IM_MODULES": "wayland;fcitx5;fcitx"}, {"QT_IM_MODULES": "wayland;ibus;ibus"}),
        ({"QT_IM_MODULE": "fcitx", "QT_IM_MODULES": ""}, {"QT_IM_MODULE": "ibus"}),
        ({"XMODIFIERS": "@im=fcitx"}, {"QT_IM_MODULE": "ibus"}),
        ({"XMODIFIERS": "@im=fcitx", "WAYLAND_DISPLAY": "wayland-0"}, {}),
        ({"XMODIFIERS": "@im=fcitx", "QT_IM_MODULE": "xim"}, {}),
        ({"XMODIFIERS": "@im=ibus"}, {}),
        ({"QT_IM_MODULE": "ibus"}, {}),
        ({}, {}),
    ],
)
def test_what_qt_has_to_find_otherwise(tmp_path, environment, changed):
    assert chosen(environment, tmp_path) == changed
    (tmp_path / "libfcitx5platforminputcontextplugin.so").touch()
    assert chosen(environment, tmp_path) == {}
