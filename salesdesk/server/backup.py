"""Backup and restore of an embedded office: one file with the database and all files.

The copy of the database is taken first: whatever file its records speak of is there when the files are copied.
"""

from __future__ import annotations

import os
import re
import shutil
import tarfile
import uuid
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine
from sqlcipher3 import dbapi2

from salesdesk.errors import UserError
from salesdesk.server import ledger
from salesdesk.server.accounts import note
from salesdesk.server.database import open_database

DATABASE = "office.db"
BLOBS = "blobs"
_MEMBER = re.compile(rf"{re.escape(DATABASE)}|{BLOBS}/[0-9a-f]{{16}}/[0-9a-f]{{64}}")
_SIDE_FILES = ("", "-wal", "-shm")


def backup(data: Path, target: Path) -> int:
    """Write the office in `data` into one file while it is served; returns its size in bytes.

    The file appears whole or not at all. Raises `UserError` when it is there already or cannot be written.
    """
    if target.exists():
        raise UserError("office.backup_exists", file=str(target))
    unfinished, copy = (target.with_name(f"{target.name}.{ending}") for ending in ("part", "db.part"))
    try:
        try:
            _copy_database(data / DATABASE, copy)
            with unfinished.open("wb") as file:
                with tarfile.open(fileobj=file, mode="w") as archive:
                    archive.add(copy, DATABASE)
                    for path in sorted((data / BLOBS).glob("*/*")):
                        name = path.relative_to(data).as_posix()
                        if _MEMBER.fullmatch(name):  # no upload that is under way
                            archive.add(path, name)
                file.flush()
                os.fsync(file.fileno())
            unfinished.rename(target)
        finally:
            for path in (unfinished, copy):
                path.unlink(missing_ok=True)
    except (OSError, dbapi2.Error) as error:
        raise UserError("office.cannot_back_up", file=str(target), detail=str(error)) from error
    return target.stat().st_size


def restore(data: Path, source: Path, by: str) -> Path | None:
    """Put an office back as it was; what is in `data` now is set aside, into the folder that is returned.

    The office must not be served meanwhile. Raises `UserError`, and changes nothing, when it is, or when the file
    is no whole backup.
    """
    fresh = data / f"restoring-{uuid.uuid4().hex}"
    try:
        _unpack(source, fresh)
        _check_not_served(data / DATABASE)
        aside = _set_aside(data)
        for name in (DATABASE, BLOBS):
            (fresh / name).rename(data / name)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    engine = open_database(f"sqlite:///{(data / DATABASE).resolve()}")
    begin_anew(engine, by, source.name)
    engine.dispose()
    return aside


def begin_anew(engine: Engine, by: str, source: str) -> None:
    """Say that this database is an older copy: laptops bring what it lacks."""
    ledger.begin_life(engine, str(uuid.uuid4()))
    with engine.begin() as connection:
        note(connection, by, "office.restore", source)


def _copy_database(path: Path, target: Path) -> None:
    if not path.exists():
        raise UserError("office.no_database", file=str(path))
    target.unlink(missing_ok=True)
    here, there = dbapi2.connect(str(path), timeout=60), dbapi2.connect(str(target))
    try:
        here.backup(there)  # one moment, without the log beside it
    finally:
        there.close()
        here.close()


def _unpack(source: Path, target: Path) -> None:
    """Only what a backup holds is taken out, under the names that it may have."""
    (target / BLOBS).mkdir(parents=True)
    try:
        with tarfile.open(source) as archive:
            for member in archive:
                if not member.isfile() or not _MEMBER.fullmatch(member.name):
                    raise UserError("office.no_backup", file=str(source))
                path = target / member.name
                path.parent.mkdir(exist_ok=True)
                content = archive.extractfile(member)
                assert content is not None  # it is a file
                with path.open("wb") as file:
                    shutil.copyfileobj(content, file)
                    file.flush()
                    os.fsync(file.fileno())
        connection = dbapi2.connect(f"file:{target / DATABASE}?mode=rw", uri=True)
        try:
            sound = connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            sound = sound and connection.execute("SELECT count(*) FROM territory").fetchone() is not None
        finally:
            connection.close()
    except (OSError, tarfile.TarError, dbapi2.Error) as error:
        raise UserError("office.no_backup", file=str(source)) from error
    if not sound:
        raise UserError("office.no_backup", file=str(source))


def _check_not_served(path: Path) -> None:
    """Raises `UserError` when any other program has the database open."""
    if not path.exists():
        return
    connection = dbapi2.connect(str(path), timeout=0, isolation_level=None)
    try:
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("ROLLBACK")
    except dbapi2.OperationalError as error:
        raise UserError("office.is_served", file=str(path)) from error
    except dbapi2.DatabaseError:
        return  # it is damaged: the reason why somebody restores
    finally:
        connection.close()


def _set_aside(data: Path) -> Path | None:
    found = [path for tail in _SIDE_FILES if (path := data / f"{DATABASE}{tail}").exists()]
    found += [data / BLOBS] if (data / BLOBS).exists() else []
    if not found:
        return None
    aside = data / f"before-restore-{datetime.now().astimezone():%Y%m%d-%H%M%S}-{uuid.uuid4().hex[:4]}"
    aside.mkdir()
    for path in found:
        path.rename(aside / path.name)
    return aside
