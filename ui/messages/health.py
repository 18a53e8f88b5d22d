"""What the health page says of each thing that it looked at."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

HEALTH: dict[str, object] = {
    "health.name.versions": QT_TRANSLATE_NOOP("messages", "Program"),
    "health.name.disk": QT_TRANSLATE_NOOP("messages", "Disk"),
    "health.name.key": QT_TRANSLATE_NOOP("messages", "Key"),
    "health.name.sync": QT_TRANSLATE_NOOP("messages", "Office"),
    "health.name.clock": QT_TRANSLATE_NOOP("messages", "Clock"),
    "health.name.backup": QT_TRANSLATE_NOOP("messages", "Backup"),
    "health.name.database": QT_TRANSLATE_NOOP("messages", "Data"),
    "health.versions": QT_TRANSLATE_NOOP("messages", "SalesDesk {salesdesk} with SQLite {sqlite} on {system}."),
    "health.disk": QT_TRANSLATE_NOOP("messages", "{free} MB are free."),
    "health.disk_short": QT_TRANSLATE_NOOP(
        "messages", "Only {free} MB are free. Please make room: saving, backups and papers need some."
    ),
    "health.key_passphrase": QT_TRANSLATE_NOOP(
        "messages", "Your data opens with your passphrase. Nobody can give it back when it is forgotten."
    ),
    "health.key_keyring": QT_TRANSLATE_NOOP("messages", "This computer's keyring holds the key and gives it out."),
    "health.key_lost": QT_TRANSLATE_NOOP(
        "messages",
        "This computer's keyring holds another key: SalesDesk will not open again. Please sync now, before you close "
        "it, and then ask your administrator.",
    ),
    "health.never_synced": QT_TRANSLATE_NOOP(
        "messages", "Never synced. {waiting} changes are on this computer alone; F5 brings them to the office."
    ),
    "health.synced": QT_TRANSLATE_NOOP("messages", "Synced {when}; {waiting} changes wait."),
    "health.clock_unknown": QT_TRANSLATE_NOOP("messages", "Compared with the office's at the next sync."),
    "health.clock": QT_TRANSLATE_NOOP("messages", "Agreed with the office's at the last sync."),
    "health.clock_slow": QT_TRANSLATE_NOOP(
        "messages", "It was {minutes} minutes behind the office's at the last sync. Please set this computer's time."
    ),
    "health.clock_fast": QT_TRANSLATE_NOOP(
        "messages", "It was {minutes} minutes ahead of the office's at the last sync. Please set this computer's time."
    ),
    "health.no_backup": QT_TRANSLATE_NOOP(
        "messages", "There is none yet. One is made every day; Backups, in the menu, makes one now."
    ),
    "health.backup": QT_TRANSLATE_NOOP(
        "messages", "The newest of {count}, of {when}, opens; {customers} customers are in it."
    ),
    "health.database": QT_TRANSLATE_NOOP("messages", "All {size} MB were read; every page is whole."),
}
