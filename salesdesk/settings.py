"""Folders and the few settings that are needed before a workspace is open.

Nothing here is confidential: the file lies in plain text beside the user's other settings.
`SALESDESK_HOME` puts everything below one folder (tests, the tour, a portable installation).
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path

import platformdirs

_APP = "SalesDesk"


@dataclass(frozen=True)
class Folders:
    """Where this user's files lie."""

    data: Path
    config: Path

    @property
    def workspace(self) -> Path:
        """The encrypted workspace."""
        return self.data / "workspace"

    @property
    def settings_file(self) -> Path:
        """The plain settings."""
        return self.config / "settings.json"


def folders() -> Folders:
    """The folders of this user on this machine; they need not exist yet."""
    if home := os.environ.get("SALESDESK_HOME"):
        root = Path(home)
        return Folders(root / "data", root / "config")
    return Folders(
        Path(platformdirs.user_data_dir(_APP, appauthor=False)),
        Path(platformdirs.user_config_dir(_APP, appauthor=False)),
    )


def resources() -> Path:
    """The folder of fonts, translations, outlines and the sample workspace (also when frozen)."""
    bundle = getattr(sys, "_MEIPASS", None)
    root = Path(bundle) if bundle else Path(__file__).resolve().parent.parent
    return root / "resources"


@dataclass(frozen=True)
class Settings:
    """`language` is `zh`, `en` or empty (follow the system); `theme` is `light`, `dark` or empty.

    `company`, `phone`, `email` and `address` are the sender on papers; `logo` (PNG in base 64), `colour` (`#rrggbb`)
    and `footer` are what the company has in place of the program's own look there; `master` is the file whose layouts
    its slides have.
    """

    language: str = ""
    theme: str = ""
    company: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    logo: str = ""
    colour: str = ""
    footer: str = ""
    master: str = ""
    office_url: str = ""
    lock_after_minutes: int = 15

    @classmethod
    def load(cls, path: Path) -> Settings:
        """The settings of a file; what is missing or unreadable has its default."""
        try:
            found = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return cls()
        if not isinstance(found, dict):
            return cls()
        kept = {f.name: found[f.name] for f in fields(cls) if isinstance(found.get(f.name), type(f.default))}
        return replace(cls(), **kept)

    def save(self, path: Path) -> None:
        """Write the whole file beside the old one, then put it in its place; `OSError` leaves the old one."""
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_suffix(".new")
        try:
            beside.write_text(json.dumps(asdict(self), indent=2, ensure_ascii=False), encoding="utf-8")
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
