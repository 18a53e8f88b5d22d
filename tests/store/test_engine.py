"""The engine under laptop and office: no older one, and what an older one wrote is read on."""

import shutil
from pathlib import Path

from sqlalchemy import text

from salesdesk.server.database import open_database
from salesdesk.store.engine import engine_of
from tests.factories import KEY

# From here on a checkpoint that meets a commit which resets the log no longer loses that commit.
FIRST_SOUND = (3, 51, 3)
OLD_FILE = Path(__file__).parent / "old" / "sqlite-3.51.1.db"  # SQLCipher 4.12, made by sqlcipher3-wheels 0.5.7


def version_of(connection):
    return tuple(int(part) for part in connection.execute(text("SELECT sqlite_version()")).scalar().split("."))


def test_neither_end_runs_on_an_engine_that_can_lose_a_commit(workspace, tmp_path):
    with workspace.reading() as session:
        assert version_of(session) >= FIRST_SOUND
    office = open_database(f"sqlite:///{tmp_path / 'office.db'}")
    with office.connect() as connection:
        assert version_of(connection) >= FIRST_SOUND
    office.dispose()


def test_a_file_of_the_engine_before_opens_reads_and_takes_more(tmp_path):
    path = tmp_path / "workspace.db"
    shutil.copy(OLD_FILE, path)
    engine = engine_of(path, KEY, writes=True)
    with engine.begin() as connection:
        assert connection.execute(text("SELECT words FROM note")).scalar() == "华源科技有限公司"
        assert connection.execute(text("SELECT rowid FROM found WHERE found MATCH '\"华 源\"'")).scalar() == 1
        connection.execute(text("INSERT INTO note VALUES ('2', '立新制造')"))
    engine.dispose()
    again = engine_of(path, KEY, writes=False)
    with again.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM note")).scalar() == 2
        assert connection.execute(text("PRAGMA integrity_check")).scalar() == "ok"
    again.dispose()
