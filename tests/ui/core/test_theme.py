"""Colours one can read, a style sheet without gaps, fonts that hold Chinese, and a switch that everybody hears."""

import re
from dataclasses import asdict, fields

import pytest
from PySide6.QtGui import QColor, QFontDatabase, QFontMetrics, QPalette
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout

from salesdesk.settings import resources
from ui.core import theme
from ui.widgets.labels import Chip

THEMES = {"light": theme.LIGHT, "dark": theme.DARK}
READABLE = 4.5  # WCAG 2.1 AA for text
PAIRS = [
    ("text", "ground"),
    ("text", "card"),
    ("text", "hover"),
    ("text", "accent_soft"),
    ("text", "danger_soft"),
    ("muted", "card"),
    ("on_accent", "accent"),
    *((name, f"{name}_soft") for name in ("accent", "ok", "warn", "danger")),
    *((name, "card") for name in ("accent", "ok", "warn", "danger")),
]


def luminance(colour):
    parts = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in QColor(colour).getRgbF()]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one, other):
    dark, bright = sorted((luminance(one), luminance(other)))
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize(("front", "ground"), PAIRS)
def test_text_can_be_read_on_its_ground(name, front, ground):
    colours = asdict(THEMES[name])
    assert contrast(colours[front], colours[ground]) >= READABLE


@pytest.mark.parametrize("name", THEMES)
def test_every_token_is_a_colour(name):
    for field in fields(theme.Tokens):
        assert QColor(getattr(THEMES[name], field.name)).isValid(), field.name


@pytest.mark.parametrize("name", THEMES)
def test_a_theme_is_in_force_everywhere_and_everybody_hears_of_it(qapp, qtbot, name):
    with qtbot.waitSignal(theme.changed):
        theme.apply(qapp, name)
    wanted = THEMES[name]
    assert theme.tokens() is wanted
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(wanted.ground)
    sheet = qapp.styleSheet()
    assert "$" not in sheet
    assert wanted.card in sheet
    for path in re.findall(r"url\((.*?)\)", sheet):
        assert (resources() / "icons" / path.rpartition("/")[2]).is_file()


def ground(widget):
    """The colour left of the text, inside the padding."""
    return widget.grab().toImage().pixelColor(6, widget.height() // 2).name()


def test_looks_are_drawn_in_the_colours_of_the_theme_and_follow_a_switch(qapp, qtbot):
    theme.apply(qapp, "light")
    card = QFrame()
    qtbot.addWidget(card)
    card.setProperty("look", "card")
    primary = QPushButton("OK")
    primary.setProperty("look", "primary")
    chip = Chip()
    column = QVBoxLayout(card)
    column.addWidget(primary)
    column.addWidget(chip)
    chip.show_state("A", "ok")
    card.resize(200, 120)
    card.show()
    for name, colours in THEMES.items():
        theme.apply(qapp, name)
        assert ground(card) == colours.card
        assert ground(primary) == colours.accent
        assert ground(chip) == colours.ok_soft


def test_the_fonts_hold_chinese_and_rare_names_in_both_weights(qapp):
    families = theme.load_fonts()
    assert "Noto Sans SC" in families
    assert {"Regular", "Bold"} <= set(QFontDatabase.styles("Noto Sans SC"))
    measured = QFontMetrics(theme.font())
    assert all(measured.inFontUcs4(ord(character)) for character in "客户需求分析①⑥￥·—𬭎")


def test_text_of_the_window_is_ours_first(qapp):
    theme.apply(qapp, "light")
    assert qapp.font().families()[0] == "Noto Sans SC"
    assert QLabel().font().families()[0] == "Noto Sans SC"
