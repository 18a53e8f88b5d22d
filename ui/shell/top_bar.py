"""The bar over every page: brand, search, how old the office's data is, sync, and who works here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, tzinfo

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton, QWidget

from salesdesk.records.language import Language
from salesdesk.records.work import ROLES
from salesdesk.settings import Settings
from salesdesk.store.workspace import Identity
from ui.messages.time_words import moment_words
from ui.shell.commands import Menu
from ui.widgets.labels import Chip, ElidedLabel, PlainLabel, plain_tooltip, set_look

HEIGHT = 52
_USER_WIDTH = 220
_LANGUAGES = (("", ""), ("zh", "简体中文"), ("en", "English"))


class TopBar(QFrame):
    """`search` and the commands of the menu are given; the rest tells by signals what a person wants."""

    language_chosen = Signal(str)
    theme_chosen = Signal(str)
    records_asked = Signal(str)

    def __init__(
        self,
        search: QWidget,
        user: str,
        settings: Settings,
        sync: QAction,
        attention: QAction,
        menu: dict[Menu, list[QAction]],
        parent: QWidget | None = None,
    ) -> None:
        """`user` is name and role; `settings` has the language and theme in force (empty: the system's)."""
        super().__init__(parent)
        self.setProperty("look", "bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(HEIGHT)
        brand = PlainLabel("SalesDesk", "brand")
        search.setMinimumWidth(300)
        search.setMaximumWidth(520)
        self.chip = Chip()
        self.attention_button = QPushButton()
        self.attention_button.setAutoDefault(False)
        set_look(self.attention_button, "badge")
        self.attention_button.setToolTip(plain_tooltip(attention.text()))
        self.attention_button.clicked.connect(attention.trigger)
        self.attention_button.hide()
        self.sync_button = QPushButton(sync.text())
        self.sync_button.setAutoDefault(False)
        self.sync_button.clicked.connect(sync.trigger)
        self.user_button = QPushButton()
        self.user_button.setAutoDefault(False)
        set_look(self.user_button, "plain")
        self.user_button.setMaximumWidth(_USER_WIDTH)
        self.user_button.setMenu(self._menu(settings, menu))
        inside = QHBoxLayout(self.user_button)
        inside.setContentsMargins(8, 0, 8, 0)
        self._user = ElidedLabel("", "muted")
        self._user.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        inside.addWidget(self._user)
        self.show_user(user)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 0, 12, 0)
        layout.setSpacing(12)
        layout.addWidget(brand)
        layout.addStretch(1)
        layout.addWidget(search, 3)
        layout.addStretch(1)
        layout.addWidget(self.chip)
        layout.addWidget(self.attention_button)
        layout.addWidget(self.sync_button)
        layout.addWidget(self.user_button)

    def offer_records(self, forms: list[tuple[str, str]]) -> None:
        """The forms, as name and label, whose records can be listed."""
        for name, label in forms:
            action = self._records.addAction(label)
            action.triggered.connect(lambda _checked=False, n=name: self.records_asked.emit(n))

    def offer_sample_end(self, end: Callable[[], None]) -> None:
        """One more line in the menu, while the workspace is a sample."""
        menu = self.user_button.menu()
        menu.addSeparator()
        menu.addAction(self.tr("Remove the sample data and begin")).triggered.connect(end)

    def show_user(self, user: str) -> None:
        """Who works here: name and role."""
        self.user_button.setAccessibleName(user)
        self._user.setText(user)
        self.user_button.setMinimumWidth(min(_USER_WIDTH, self._user.sizeHint().width() + 16))

    def show_sync(self, waiting: int, last: datetime | None, now: datetime, zone: tzinfo) -> None:
        """What waits for the office, or when both were last equal."""
        if waiting:
            self.chip.show_state(self.tr("● Offline · {count} to sync").format(count=waiting), "warn")
        elif last is None:
            self.chip.show_state(self.tr("● Offline · never synced"), "warn")
        else:
            self.chip.show_state(self.tr("Synced {when}").format(when=moment_words(last, now, zone)), "ok")

    def show_attention(self, count: int) -> None:
        """How much did not arrive as it was typed; nothing for none."""
        self.attention_button.setText(self.tr("Needs attention · {count}").format(count=count))
        self.attention_button.setVisible(count > 0)

    def _menu(self, settings: Settings, commands: dict[Menu, list[QAction]]) -> QMenu:
        menu = QMenu(self)
        self._records = menu.addMenu(self.tr("All records"))
        menu.addActions(commands[Menu.WORK])
        system = self.tr("As the system")
        languages = [(value, name or system) for value, name in _LANGUAGES]
        menu.addMenu(self._choice(self.tr("Language"), languages, settings.language, self.language_chosen))
        themes = [("", system), ("light", self.tr("Light")), ("dark", self.tr("Dark"))]
        menu.addMenu(self._choice(self.tr("Theme"), themes, settings.theme, self.theme_chosen))
        menu.addSeparator()
        menu.addActions(commands[Menu.PROGRAM])
        return menu

    def _choice(self, title: str, options: list[tuple[str, str]], current: str, chosen: SignalInstance) -> QMenu:
        menu = QMenu(title, self)
        group = QActionGroup(menu)
        for value, name in options:
            action = QAction(name, menu)
            action.setCheckable(True)
            action.setChecked(value == current)
            action.triggered.connect(lambda _checked=False, v=value: chosen.emit(v))
            group.addAction(action)
            menu.addAction(action)
        return menu


def user_words(identity: Identity, language: Language) -> str:
    """Name and role of who works here; the office may have given another role at the last sync."""
    role = next((o.label(language) for o in ROLES if o.value == identity.role), identity.role)
    return " · ".join(filter(None, [identity.name, role]))
