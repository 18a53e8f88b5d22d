"""Colours, fonts and the one style sheet, light and dark. Widgets choose a look by the property `look`."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from string import Template

from PySide6.QtCore import QLocale, QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from salesdesk.records.language import Language
from salesdesk.settings import resources


@dataclass(frozen=True)
class Tokens:
    """The colours of a theme; a `_soft` colour is the ground under its namesake."""

    ground: str
    card: str
    line: str
    field: str
    hover: str
    text: str
    muted: str
    accent: str
    accent_soft: str
    on_accent: str
    ok: str
    ok_soft: str
    warn: str
    warn_soft: str
    danger: str
    danger_soft: str


LIGHT = Tokens(
    ground="#f6f7f9",
    card="#ffffff",
    line="#e4e7ec",
    field="#ffffff",
    hover="#f2f4f7",
    text="#1d2433",
    muted="#667085",
    accent="#1b68df",
    accent_soft="#e8f1ff",
    on_accent="#ffffff",
    ok="#117b58",
    ok_soft="#e3f5ee",
    warn="#b54708",
    warn_soft="#fff1dd",
    danger="#b42318",
    danger_soft="#fee9e7",
)
DARK = Tokens(
    ground="#14171d",
    card="#1c2027",
    line="#2c323c",
    field="#1c2027",
    hover="#252a33",
    text="#e6e9ef",
    muted="#8f98a9",
    accent="#5b9bff",
    accent_soft="#1d2f4d",
    on_accent="#0b1220",
    ok="#4cc38a",
    ok_soft="#163329",
    warn="#f5a524",
    warn_soft="#3a2a10",
    danger="#ff8a80",
    danger_soft="#42201e",
)

# Our own font first, so that the screen shows what the paper prints; then each system's own.
_FAMILIES = ["Noto Sans SC", "Microsoft YaHei UI", "PingFang SC", "Noto Sans CJK SC", "Segoe UI", "sans-serif"]
_POINT_SIZE = 10

_SHEET = Template("""
* { font-size: 13px; }
QWidget { color: $text; }
QMainWindow { background: $ground; }
QScrollArea > QWidget > QWidget { background: transparent; }
QDialog { background: $card; }
QScrollArea { border: none; background: transparent; }
QToolTip { background: $card; color: $text; border: 1px solid $line; padding: 4px; }
QFrame[look="card"], QFrame[look="sheet"] { background: $card; border: 1px solid $line; border-radius: 8px; }
QWidget[look="inside"] { background: transparent; }
QWidget[look="ground"] { background: $ground; }
QFrame[look="row"] { background: transparent; border: none; border-bottom: 1px solid $line; }
QFrame[look="row"]:hover { background: $hover; }
QLabel[look="sheet"] { background: white; border: 1px solid $line; border-radius: 0; }
QFrame[look="bar"] { background: $card; border: none; border-bottom: 1px solid $line; }
QFrame[look="notice"] { background: $accent_soft; border: 1px solid $line; border-radius: 6px; }
QFrame[look="problem"] { background: $danger_soft; border: 1px solid $line; border-radius: 6px; }
QLabel[look="brand"] { color: $accent; font-size: 17px; font-weight: bold; }
QLabel[look="title"] { font-size: 19px; font-weight: bold; }
QLabel[look="display"] { font-size: 28px; font-weight: bold; }
QLabel[look="large"] { font-size: 18px; }
QLabel[look="heading"] { font-size: 14px; font-weight: bold; }
QLabel[look="muted"] { color: $muted; }
QLabel[look="ok"] { color: $ok; }
QLabel[look="warn"] { color: $warn; }
QLabel[look="danger"] { color: $danger; }
QLabel[look^="chip"] { border-radius: 9px; padding: 2px 10px; font-weight: bold; font-size: 12px; }
QLabel[look="chip-ok"] { background: $ok_soft; color: $ok; }
QLabel[look="chip-warn"] { background: $warn_soft; color: $warn; }
QLabel[look="chip-danger"] { background: $danger_soft; color: $danger; }
QLabel[look="chip-accent"] { background: $accent_soft; color: $accent; }
QLabel[look="chip-plain"] { background: transparent; color: $muted; padding: 2px 0; font-weight: normal; }
QPushButton { background: $card; border: 1px solid $line; border-radius: 6px; padding: 6px 14px;
    min-height: 18px; }
QPushButton:hover { background: $hover; }
QPushButton:focus { border-color: $accent; }
QPushButton:disabled { color: $muted; }
QPushButton::menu-indicator { width: 0; }
QPushButton[look="primary"] { background: $accent; color: $on_accent; border-color: $accent; font-weight: bold; }
QPushButton[look="primary"]:focus { border: 2px solid $text; padding: 5px 13px; }
QPushButton[look="primary"]:disabled { background: $line; border-color: $line; color: $muted; }
QPushButton[look="flat"], QPushButton[look="plain"] { border: 1px solid transparent; background: transparent; }
QPushButton[look="flat"] { padding: 2px 8px; color: $muted; }
QPushButton[look="flat"]:hover, QPushButton[look="plain"]:hover { background: $hover; color: $text; }
QPushButton[look="flat"]:focus, QPushButton[look="plain"]:focus { border-color: $accent; }
QPushButton[look="badge"] { background: $danger_soft; color: $danger; border: 1px solid transparent; border-radius: 9px;
    padding: 1px 9px; font-weight: bold; font-size: 12px; min-height: 16px; }
QPushButton[look="badge"]:hover, QPushButton[look="badge"]:focus { border-color: $danger; }
QPushButton[look="icon"] { border: 1px solid transparent; background: transparent; padding: 3px 5px;
    color: $muted; }
QPushButton[look="icon"]:hover { color: $text; background: $hover; }
QPushButton[look="icon"]:focus { border-color: $accent; }
QPushButton[look="tab"] { border: none; border-bottom: 2px solid transparent; border-radius: 0; padding: 10px 13px;
    color: $muted; background: transparent; }
QPushButton[look="tab"]:hover { color: $text; }
QPushButton[look="tab"]:focus { background: $hover; }
QPushButton[look="tab"]:checked { color: $accent; border-bottom: 2px solid $accent; font-weight: bold;
    padding: 10px 10px; }
QFrame[look="row"] { border: 1px solid transparent; border-radius: 6px; }
QFrame[look="row"]:hover { background: $hover; }
QFrame[look="row"]:focus { border-color: $accent; }
QPushButton[look="segment"] { border: none; border-radius: 6px; padding: 5px 12px; color: $muted;
    background: transparent; }
QPushButton[look="segment"]:hover { color: $text; background: $hover; }
QPushButton[look="segment"]:focus { background: $hover; }
QPushButton[look="segment"]:checked { background: $accent_soft; color: $accent; }
QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QSpinBox { background: $field; border: 1px solid $line;
    border-radius: 6px;
    padding: 5px 9px; selection-background-color: $accent; selection-color: $on_accent; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus { border-color: $accent; }
QLineEdit[problem="true"], QPlainTextEdit[problem="true"], QComboBox[problem="true"] { border-color: $danger; }
QLineEdit:read-only { background: $ground; color: $muted; }
QComboBox::drop-down { border: none; width: 22px; }
QComboBox::down-arrow { image: url($arrow); width: 10px; height: 10px; }
QComboBox QAbstractItemView, QMenu { background: $card; border: 1px solid $line; padding: 4px; }
QComboBox QAbstractItemView { selection-background-color: $accent_soft; selection-color: $text; }
QMenu::item { padding: 6px 22px; border-radius: 4px; }
QMenu::item:selected { background: $accent_soft; color: $text; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }
QListWidget::item { padding: 5px 8px; border-radius: 4px; }
QListView, QTreeView, QTableView { background: $card; border: none; outline: none;
    alternate-background-color: $ground;
    selection-background-color: $accent_soft; selection-color: $text; }
QHeaderView::section { background: $card; color: $muted; border: none; border-bottom: 1px solid $line; padding: 6px; }
QProgressBar { background: $line; border: none; border-radius: 3px; max-height: 6px; text-align: center;
    color: transparent; }
QProgressBar::chunk { background: $ok; border-radius: 3px; }
QStatusBar { background: $card; color: $muted; border-top: 1px solid $line; }
QStatusBar::item { border: none; }
QStatusBar QLabel { color: $muted; }
QCheckBox::indicator { width: 16px; height: 16px; border: 1px solid $muted; border-radius: 4px; background: $field; }
QCheckBox::indicator:checked { background: $accent; border-color: $accent; image: url($check); }
QCheckBox:focus { color: $accent; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 2px; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 2px; }
QScrollBar::handle { background: $line; border-radius: 3px; min-height: 30px; min-width: 30px; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSplitter::handle { background: transparent; }
QCalendarWidget QWidget { background: $card; alternate-background-color: $ground; }
QCalendarWidget QAbstractItemView:enabled { selection-background-color: $accent; selection-color: $on_accent; }
""")


class _Theme(QObject):
    """The theme in force; `changed` tells painters to draw anew."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.tokens = LIGHT


_theme = _Theme()
changed = _theme.changed


def tokens() -> Tokens:
    """The colours in force."""
    return _theme.tokens


def load_fonts() -> list[str]:
    """Make the program's own fonts known to Qt; returns the families, none when they are not built."""
    families: list[str] = []
    for path in sorted((resources() / "fonts").glob("*.ttf")):
        font = QFontDatabase.addApplicationFont(str(path))
        families += QFontDatabase.applicationFontFamilies(font)
    return families


def font() -> QFont:
    """The window's font: ours, then the system's own for the language."""
    chosen = QFont()
    chosen.setFamilies(_FAMILIES)
    chosen.setPointSize(_POINT_SIZE)
    return chosen


def system_is_dark() -> bool:
    """What the desktop asks for."""
    return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark


def apply(app: QApplication, name: str = "") -> None:
    """Put a theme in force: `light`, `dark`, or the system's."""
    dark = name == "dark" or (not name and system_is_dark())
    _theme.tokens = DARK if dark else LIGHT
    app.setStyle("Fusion")
    app.setFont(font())
    app.setPalette(_palette(_theme.tokens))
    arrow = resources() / "icons" / f"arrow-{'dark' if dark else 'light'}.svg"
    check = arrow.with_name("check.svg")
    app.setStyleSheet(_SHEET.substitute(asdict(_theme.tokens), arrow=arrow.as_posix(), check=check.as_posix()))
    _theme.changed.emit()


def system_language() -> Language:
    """Chinese for a Chinese system, English for every other."""
    return Language.ZH if QLocale.system().language() == QLocale.Language.Chinese else Language.EN


def _palette(t: Tokens) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for roles, colour in (
        ((role.Window, role.AlternateBase), t.ground),
        ((role.Base, role.Button, role.ToolTipBase), t.card),
        ((role.Text, role.WindowText, role.ButtonText, role.ToolTipText), t.text),
        ((role.PlaceholderText, role.Mid), t.muted),
        ((role.Highlight, role.Link), t.accent),
        ((role.HighlightedText,), t.on_accent),
    ):
        for one in roles:
            palette.setColor(one, QColor(colour))
    return palette
