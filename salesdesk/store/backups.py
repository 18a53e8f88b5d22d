"""Copies of the workspace: made once a day, tried by opening them, and put back by the program alone.

A backup is a folder of `backups/` with the encrypted file and the key file, named by its moment (UTC); those from
before a migration also hold their log. `restore` makes one the workspace again. A file that is copied by hand, beside
the log of another, is replayed with it and lost: so nobody is to copy.
"""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from sqlcipher3 import dbapi2

from salesdesk.errors import DamagedWorkspace, StorageFull, UserError, WrongKey
from salesdesk.store import keys
from salesdesk.store.engine import connected
from salesdesk.store.faults import told_plainly
from salesdesk.store.vault import never
from salesdesk.store.workspace import DATABASE, Workspace

T = TypeVar("T")

_STAMP = "%Y%m%dT%H%M%S"
_EVERY = timedelta(hours=20)  # a day's first start is not always at the same hour
_KEPT = 7
_LOGS = ("-wal", "-shm")
_KEY_FILE = "key.json"
_PUT_BACK = "restored"  # whole once it has this name: then it is put in place, however often that is cut short
_ASIDE = "damaged"
_STEPS = 1000
_SPARE_BYTES = 100 * 1024 * 1024


@dataclass(frozen=True)
class Backup:
    """One backup: where it is, when it was made, and whether an upgrade made it (then it is never cleared away)."""

    folder: Path
    made_at: datetime
    before_upgrade: bool


@dataclass(frozen=True)
class Contents:
    """What a backup holds: customers, and entries that were waiting for the office."""

    customers: int
    waiting: int


def listed(folder: Path) -> list[Backup]:
    """The backups of a workspace, newest first."""
    found = []
    for path in (folder / "backups").glob("*"):
        stamp, _, remark = path.name.partition("-")
        try:
            made_at = datetime.strptime(stamp, _STAMP).replace(tzinfo=UTC)
        except ValueError:
            continue
        if (path / DATABASE).is_file() and not path.suffix:
            found.append(Backup(path, made_at, remark.startswith("before")))
    return sorted(found, key=lambda backup: backup.made_at, reverse=True)


def is_due(workspace: Workspace) -> bool:
    """Whether the last backup is a day old; one from the future, of a clock that was wrong, does not count."""
    now = workspace.now()
    return not any(now - _EVERY < backup.made_at <= now for backup in listed(workspace.folder))


def make(workspace: Workspace, stopped: Callable[[], bool] = lambda: False) -> Backup:
    """Copy the workspace, read the copy to its end, then clear away all but the newest seven.

    At a gigabyte that takes half a minute; others write on meanwhile. Raises `StorageFull` before the last free space
    is taken, `DamagedWorkspace` for a file that cannot be read to its end, `UserError` once `stopped` says so; nothing
    of the copy is left then, and the older ones stay.
    """
    now = workspace.now().replace(microsecond=0)
    target = workspace.folder / "backups" / f"{now:{_STAMP}}"
    unfinished = target.with_name(f"{target.name}.{secrets.token_hex(4)}.part")
    with told_plainly():
        unfinished.mkdir(parents=True, mode=0o700)
    try:
        with told_plainly():
            _leave_room(workspace.folder)
            workspace.copy_to(unfinished / DATABASE, stopped)
            if (workspace.folder / _KEY_FILE).exists():
                shutil.copyfile(workspace.folder / _KEY_FILE, unfinished / _KEY_FILE)
            _to_disk(unfinished)
        _read_through(unfinished, workspace.key, stopped)
        with told_plainly():
            shutil.rmtree(target, ignore_errors=True)
            unfinished.rename(target)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    made_daily = [backup for backup in listed(workspace.folder) if not backup.before_upgrade]
    for old in made_daily[_KEPT:]:
        shutil.rmtree(old.folder, ignore_errors=True)
    return Backup(target, now, before_upgrade=False)


def look_into(backup: Backup, key: bytes) -> Contents:
    """Open a backup and count what is in it. Raises `DamagedWorkspace` or `WrongKey` for one that does not open."""
    with _read(backup.folder, key) as connection:
        customers = connection.execute("SELECT count(*) FROM customer WHERE deleted_at IS NULL").fetchone()[0]
        waiting = connection.execute("SELECT count(*) FROM journal WHERE state = 'waiting'").fetchone()[0]
    return Contents(customers, waiting)


def needs_passphrase(folder: Path) -> bool:
    """Whether opening takes a passphrase; by the newest backup when the workspace's own key file is broken or gone."""
    return _by_a_key_file(folder, keys.needs_passphrase)


def key_of(folder: Path, passphrase: str = "", stopped: Callable[[], bool] = never) -> bytes:
    """The key of a workspace; by the newest backup when the workspace's own key file is broken or gone."""

    def key_by(place: Path) -> bytes:
        if keys.needs_passphrase(place):
            return keys.key_from_passphrase(place, passphrase)
        return keys.key_from_keyring(place, stopped)

    return _by_a_key_file(folder, key_by)


def _by_a_key_file(folder: Path, ask: Callable[[Path], T]) -> T:
    for place in (folder, *(backup.folder for backup in listed(folder))):
        try:
            return ask(place)
        except DamagedWorkspace:
            continue
    raise DamagedWorkspace("keys.key_file_damaged")


def restore(folder: Path, backup: Backup, key: bytes) -> None:
    """Make a backup the workspace again; nobody may have the workspace open.

    The backup is read to its end first and stays. What stood in its place is kept in `damaged/`, file and log
    together. Cut short anywhere, it is either not begun or brought to its end by `finish`. Raises `DamagedWorkspace`,
    `WrongKey` or `StorageFull`; the workspace is as it was then.
    """
    unfinished = folder / f"{_PUT_BACK}.part"
    shutil.rmtree(unfinished, ignore_errors=True)
    try:
        with told_plainly():
            shutil.copytree(backup.folder, unfinished)
        _read_through(unfinished, key, lambda: False)
        with told_plainly():
            with closing(connected(unfinished / DATABASE, key, writes=True)) as connection:
                connection.execute("PRAGMA journal_mode = DELETE")  # its log becomes a part of it
            if keys.belongs_to(folder, key):
                (unfinished / _KEY_FILE).unlink(missing_ok=True)
            _to_disk(unfinished)
            unfinished.rename(folder / _PUT_BACK)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    finish(folder)


def finish(folder: Path) -> None:
    """Bring a restoring that was cut short to its end; does nothing otherwise. Called before a workspace is opened."""
    ready = folder / _PUT_BACK
    if not ready.is_dir():
        return
    with told_plainly():
        if (ready / DATABASE).exists():
            aside = _aside(folder)
            for tail in ("", *_LOGS):
                _move(folder / (DATABASE + tail), aside / (DATABASE + tail))
            _move(ready / DATABASE, folder / DATABASE)
        if (ready / _KEY_FILE).exists():
            _move(folder / _KEY_FILE, _aside(folder) / _KEY_FILE)
            _move(ready / _KEY_FILE, folder / _KEY_FILE)
        shutil.rmtree(ready)


def _aside(folder: Path) -> Path:
    """A folder for what is replaced; one a second, so that a second try adds to it and overwrites nothing."""
    aside = folder / _ASIDE / f"{datetime.now(UTC):{_STAMP}}"
    aside.mkdir(parents=True, exist_ok=True, mode=0o700)
    return aside


def _move(source: Path, target: Path) -> None:
    if source.exists():
        source.rename(target)


@contextmanager
def _read(folder: Path, key: bytes) -> Iterator[Any]:
    """A reading connection to the file of a folder; `DamagedWorkspace` for whatever cannot be read."""
    if not (folder / DATABASE).is_file() or (folder / DATABASE).stat().st_size == 0:
        raise DamagedWorkspace("store.missing")
    try:
        with told_plainly(), closing(connected(folder / DATABASE, key, writes=False)) as connection:
            yield connection
    except WrongKey as error:
        if keys.belongs_to(folder, key):
            raise DamagedWorkspace("store.backup_damaged") from error
        raise
    except DamagedWorkspace as error:
        raise DamagedWorkspace("store.backup_damaged") from error


def _read_through(folder: Path, key: bytes, stopped: Callable[[], bool]) -> None:
    """Read a copy to its end: every page, every row and every index in order."""
    try:
        with _read(folder, key) as connection:
            connection.set_progress_handler(stopped, _STEPS)
            found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
            connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except dbapi2.OperationalError as error:
        if stopped():
            raise UserError("store.stopped") from error
        raise
    if found != "ok":
        raise DamagedWorkspace("store.backup_damaged")


def _leave_room(folder: Path) -> None:
    """Refuse a copy that would take the space which saving needs."""
    size = sum(path.stat().st_size for path in folder.glob(f"{DATABASE}*"))
    if shutil.disk_usage(folder).free < size + _SPARE_BYTES:
        raise StorageFull("store.no_room_for_backup")


def _to_disk(folder: Path) -> None:
    for path in folder.iterdir():
        with path.open("rb+") as file:
            os.fsync(file.fileno())
