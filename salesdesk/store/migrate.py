"""Bringing the workspace's tables up to date with Alembic, and refusing files of newer programs.

Alembic takes 0.2 s to import, so the common case (nothing to do) asks the version table itself.
Revision ids are numbers with leading zeros and sort by age.
"""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DatabaseError

from salesdesk.errors import DamagedWorkspace, NewerWorkspace

HEAD = "0001"
MIGRATIONS = Path(__file__).resolve().parent / "migrations"


def revision_of(connection: Connection) -> str:
    """The file's revision; "" for a file without tables. Raises `DamagedWorkspace` for a foreign one."""
    tables = connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one()
    if not tables:
        return ""
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


def copy_before(folder: Path, name: str, writer: Engine) -> Path:
    """A copy of the encrypted file, taken under the write lock and before anything is changed."""
    with writer.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        backups = folder / "backups"
        backups.mkdir(exist_ok=True)
        target = backups / f"before-{HEAD}-{datetime.now(UTC):%Y%m%dT%H%M%S}.db"
        unfinished = target.with_suffix(".part")
        shutil.copyfile(folder / name, unfinished)
        unfinished.rename(target)
    return target
