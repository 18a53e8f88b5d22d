"""The health of this laptop's program: one check after the other, each in words of its own, and a bundle for support.

A check never writes and never keeps the window waiting: it runs beside, on a connection of its own, and can be stopped.
Neither its values nor the bundle hold anything that a person typed, a name or a path.
"""

from __future__ import annotations

import json
import platform
import shutil
import ssl
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from sqlcipher3 import dbapi2

import salesdesk
from salesdesk.errors import Bug, NoKeyring, SalesDeskError, UserError
from salesdesk.exchange.whole_file import replacing
from salesdesk.records.registry import forms
from salesdesk.store import backups, feed, journal, keys, queries
from salesdesk.store.engine import connected
from salesdesk.store.faults import told_plainly
from salesdesk.store.vault import Stopped, never
from salesdesk.store.workspace import DATABASE, Workspace

_STEPS = 5_000  # of the database's machine between two looks at whether to stop
_LITTLE_ROOM_MB = 2_000
_NO_ROOM_MB = 200
_OLD_BACKUP = timedelta(days=3)
_OLD_SYNC = timedelta(days=7)
_CLOCK_OFF_S = 120
_PACKAGES = ("PySide6", "SQLAlchemy", "cryptography", "reportlab", "pyHanko", "keyring", "httpx")


class Standing(StrEnum):
    """`GOOD`; `LOOK`: something to do soon; `BAD`: something that can cost work."""

    GOOD = "good"
    LOOK = "look"
    BAD = "bad"


@dataclass(frozen=True)
class Check:
    """One answer: `name` is what was looked at, `message` an id with its `params` (numbers, days, versions)."""

    name: str
    standing: Standing
    message: str
    params: dict[str, object] = field(default_factory=dict)


def checked(workspace: Workspace, stopped: Stopped = never) -> Iterator[Check]:
    """Every check in turn, the quick ones first.

    Raises `UserError` ("store.stopped") when `stopped` says so: half of the checks are no answer.
    """
    for name, look in _CHECKS.items():
        try:
            standing, message, params = look(workspace, stopped)
        except SalesDeskError as error:
            if isinstance(error, Bug) and not stopped():
                raise
            standing, message, params = Standing.BAD, error.message, {}
        if stopped():
            raise UserError("store.stopped")
        yield Check(name, standing, message, params)


Answer = tuple[Standing, str, dict[str, object]]


def _versions(_workspace: Workspace, _stopped: Stopped) -> Answer:
    return Standing.GOOD, "health.versions", {key: versions()[key] for key in ("salesdesk", "sqlite", "system")}


def _disk(workspace: Workspace, _stopped: Stopped) -> Answer:
    with told_plainly():
        free = shutil.disk_usage(workspace.folder).free // 1_000_000
    standing = Standing.BAD if free < _NO_ROOM_MB else Standing.LOOK if free < _LITTLE_ROOM_MB else Standing.GOOD
    return standing, "health.disk" if standing is Standing.GOOD else "health.disk_short", {"free": f"{free:,}"}


def _key(workspace: Workspace, stopped: Stopped) -> Answer:
    if keys.needs_passphrase(workspace.folder):
        return Standing.GOOD, "health.key_passphrase", {}
    try:
        same = keys.key_from_keyring(workspace.folder, stopped) == workspace.key
    except NoKeyring as error:
        return Standing.BAD, error.message, {}
    return (Standing.GOOD, "health.key_keyring", {}) if same else (Standing.BAD, "health.key_lost", {})


def _backup(workspace: Workspace, _stopped: Stopped) -> Answer:
    found = backups.listed(workspace.folder)
    if not found:
        return Standing.LOOK, "health.no_backup", {}
    newest = found[0]
    contents = backups.look_into(newest, workspace.key)
    said = {"when": newest.made_at, "customers": contents.customers, "count": len(found)}
    old = workspace.now() - newest.made_at > _OLD_BACKUP
    return Standing.LOOK if old else Standing.GOOD, "health.backup", said


def _sync(workspace: Workspace, _stopped: Stopped) -> Answer:
    with workspace.reading() as session:
        last, waiting = queries.last_sync(session), journal.waiting_count(session)
    if last is None:
        return Standing.LOOK, "health.never_synced", {"waiting": waiting}
    late = waiting and workspace.now() - last > _OLD_SYNC
    return Standing.LOOK if late else Standing.GOOD, "health.synced", {"when": last, "waiting": waiting}


def _clock(workspace: Workspace, _stopped: Stopped) -> Answer:
    ahead_ms = workspace.recall(feed.OFFICE_AHEAD)
    if ahead_ms is None:
        return Standing.GOOD, "health.clock_unknown", {}
    minutes = f"{abs(ahead_ms) / 60_000:.0f}"
    if abs(ahead_ms) <= _CLOCK_OFF_S * 1000:
        return Standing.GOOD, "health.clock", {}
    return Standing.LOOK, "health.clock_slow" if ahead_ms > 0 else "health.clock_fast", {"minutes": minutes}


def _database(workspace: Workspace, stopped: Stopped) -> Answer:
    """Reads every page on a connection of its own: whoever saves meanwhile does not wait."""
    try:
        with told_plainly(), closing(connected(workspace.folder / DATABASE, workspace.key, writes=False)) as line:
            line.set_progress_handler(stopped, _STEPS)
            damaged = line.execute("PRAGMA cipher_integrity_check").fetchall()
            whole = not damaged and line.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
    except dbapi2.OperationalError as error:
        if stopped():
            raise UserError("store.stopped") from error
        raise
    size = (workspace.folder / DATABASE).stat().st_size / 1_000_000
    return (
        (Standing.GOOD, "health.database", {"size": f"{size:,.1f}"}) if whole else (Standing.BAD, "store.damaged", {})
    )


_CHECKS: dict[str, Callable[[Workspace, Stopped], Answer]] = {
    "versions": _versions,
    "disk": _disk,
    "key": _key,
    "sync": _sync,
    "clock": _clock,
    "backup": _backup,
    "database": _database,
}


def versions() -> dict[str, str]:
    """What runs here, by name."""
    with closing(dbapi2.connect(":memory:")) as line:
        cipher = str(line.execute("PRAGMA cipher_version").fetchone()[0])
    return {
        "salesdesk": salesdesk.__version__,
        "python": sys.version.split()[0],
        "sqlite": dbapi2.sqlite_version,
        "sqlcipher": cipher,
        "openssl": ssl.OPENSSL_VERSION,
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "frozen": str(bool(getattr(sys, "frozen", False))),
    } | {name: _version(name) for name in _PACKAGES}


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:  # a frozen program does not carry the papers of every package
        return ""


def write_bundle(workspace: Workspace, path: Path, stopped: Stopped = never) -> None:
    """Write what support needs as a zip: checks, versions, and how many rows each table has. No word of a customer."""
    told = [asdict(one) for one in checked(workspace, stopped)]
    with workspace.reading() as session:
        rows = {form.__tablename__: queries.count(session, form) for form in forms()}
        states = journal.count_by_state(session)
    parts = {"health.json": told, "versions.json": versions(), "counts.json": {"rows": rows, "journal": states}}
    with (
        told_plainly(),
        replacing(path) as unfinished,
        zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as bundle,
    ):
        for name, content in parts.items():
            bundle.writestr(name, json.dumps(content, ensure_ascii=False, indent=1, default=str))
