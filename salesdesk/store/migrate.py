"""Bringing the workspace's tables up to date with Alembic, and refusing files of newer programs.

Alembic takes 0.2 s to import, so the common case (nothing to do) asks the version table itself.
Revision ids are numbers with leading zeros and sort by age.
"""

from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError

from salesdesk.errors import DamagedWorkspace, NewerWorkspace

HEAD = "0007"
MIGRATIONS = Path(__file__).resolve().parent / "migrations"


def revision_of(connection: Connection) -> str:
    """The file's revision. Raises `DamagedWorkspace` for a file that is no workspace, an empty one included."""
    try:
        return str(connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one())
    except DatabaseError as error:
        if "no such table" in str(error):
            raise DamagedWorkspace("store.not_a_workspace") from error
        raise


def is_older(revision: str) -> bool:
    """Whether the file needs an upgrade; raises `NewerWorkspace` when the program needs one."""
    if revision > HEAD:
        raise NewerWorkspace("store.newer", found=revision, known=HEAD)
    return revision < HEAD


def upgrade(connection: Connection) -> None:
    """Run all missing steps on this connection, in its transaction."""
    from alembic import command  # noqa: PLC0415  # see the module's docstring
    from alembic.config import Config  # noqa: PLC0415  # as above

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def copy_before(folder: Path, name: str, connection: Connection) -> Path:
    """A copy of the encrypted file and its write-ahead log, for use as a workspace folder of its own.

    `connection` holds the write lock: others may move pages from the log into the file meanwhile, but
    nobody can begin a new log, so that file and log together are whole.
    """
    connection.exec_driver_sql("SELECT 1")  # begins the immediate transaction
    target = folder / "backups" / f"{datetime.now(UTC):%Y%m%dT%H%M%S}-before-{HEAD}"
    unfinished = target.with_suffix(".part")
    shutil.rmtree(unfinished, ignore_errors=True)
    try:
        unfinished.mkdir(parents=True)
        for part in (name, f"{name}-wal", "key.json"):
            if (folder / part).exists():
                shutil.copyfile(folder / part, unfinished / part)
                with (unfinished / part).open("rb+") as copied:
                    os.fsync(copied.fileno())
        unfinished.rename(target)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return target
