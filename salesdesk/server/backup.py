"""Backup and restore of an embedded office: one file with the database, encrypted as it is, and all files.

The copy of the database is taken first: whatever file its records speak of is there when the files are copied.
"""

from __future__ import annotations

import os
import re
import shutil
import tarfile
import uuid
from contextlib import closing
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine
from sqlcipher3 import dbapi2

from salesdesk.errors import UserError
from salesdesk.server import encryption, key_file, ledger, private
from salesdesk.server.accounts import note
from salesdesk.server.database import open_database
from salesdesk.server.encryption import DATABASE, SIDE_FILES

BLOBS = "blobs"
_MEMBER = re.compile(rf"{re.escape(DATABASE)}|{BLOBS}/[0-9a-f]{{16}}/[0-9a-f]{{64}}")


def backup(data: Path, target: Path, keys: Path | None = None) -> int:
    """Write the office in `data` into one file while it is served; returns its size in bytes.

    The file appears whole or not at all; without the keys (a folder) it cannot be restored. Raises `UserError` when
    it is there already or cannot be written.
    """
    if target.exists():
        raise UserError("office.backup_exists", file=str(target))
    unfinished, copy = (target.with_name(f"{target.name}.{ending}") for ending in ("part", "db.part"))
    try:
        try:
            _copy_database(data / DATABASE, copy, keys or key_file.place_for(data))
            with private.new_file(unfinished) as file:
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


def restore(data: Path, source: Path, by: str, keys: Path | None = None) -> Path | None:
    """Put an office back as it was; what is in `data` now is set aside, into the folder that is returned.

    The office must not be served meanwhile. Raises `UserError`, and changes nothing, when it is, or when the file
    is no whole backup, or when the keys (a folder) are not those of its time.
    """
    keys = keys or key_file.place_for(data)
    fresh = data / f"restoring-{uuid.uuid4().hex}"
    try:
        _unpack(source, fresh, key_file.read(keys))
        encryption.check_not_served(data / DATABASE, _key_or_none(data / DATABASE, keys))
        aside = _set_aside(data)
        for name in (DATABASE, BLOBS):
            (fresh / name).rename(data / name)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    engine = open_database(f"sqlite:///{(data / DATABASE).resolve()}", keys=keys)
    begin_anew(engine, by, source.name)
    engine.dispose()
    return aside


def begin_anew(engine: Engine, by: str, source: str) -> None:
    """Say that this database is an older copy: laptops bring what it lacks."""
    ledger.begin_life(engine, str(uuid.uuid4()))
    with engine.begin() as connection:
        note(connection, by, "office.restore", source)


def _copy_database(path: Path, target: Path, keys: Path) -> None:
    if not path.exists():
        raise UserError("office.no_database", file=str(path))
    target.unlink(missing_ok=True)
    key = encryption.key_of(path, key_file.read(keys))
    with closing(encryption.connect(path, key)) as here, closing(encryption.connect(target, key)) as there:
        here.backup(there)  # one moment, without the log beside it


def _key_or_none(path: Path, keys: Path) -> bytes | None:
    """What opens the database that is to be set aside; it may be damaged."""
    try:
        return encryption.key_of(path, key_file.read(keys)) if path.exists() else None
    except (UserError, dbapi2.Error):
        return None


def _unpack(source: Path, target: Path, keys: key_file.Keys | None) -> None:
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
                with private.new_file(path) as file:
                    shutil.copyfileobj(content, file)
                    file.flush()
                    os.fsync(file.fileno())
        if not (target / DATABASE).exists():
            raise UserError("office.no_backup", file=str(source))
        with closing(encryption.connect(target / DATABASE, encryption.key_of(target / DATABASE, keys))) as connection:
            sound = connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            sound = sound and connection.execute("SELECT count(*) FROM territory").fetchone() is not None
    except (OSError, tarfile.TarError, dbapi2.Error) as error:
        raise UserError("office.no_backup", file=str(source)) from error
    if not sound:
        raise UserError("office.no_backup", file=str(source))


def _set_aside(data: Path) -> Path | None:
    found = [path for tail in ("", *SIDE_FILES) if (path := data / f"{DATABASE}{tail}").exists()]
    found += [data / BLOBS] if (data / BLOBS).exists() else []
    if not found:
        return None
    aside = data / f"before-restore-{datetime.now().astimezone():%Y%m%d-%H%M%S}-{uuid.uuid4().hex[:4]}"
    aside.mkdir()
    for path in found:
        path.rename(aside / path.name)
    return aside
