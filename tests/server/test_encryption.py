"""The office's database shows nothing without its keys, which lie apart; both can be changed, killed at any moment."""

import os
import shutil
import signal
import subprocess
import sys
import uuid
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
from itsdangerous import TimestampSigner
from sqlalchemy import select

from salesdesk.errors import UserError
from salesdesk.server import backup, encryption, key_file
from salesdesk.server.cli import main
from salesdesk.server.database import open_database
from salesdesk.server.tables import record, territory
from salesdesk.sync.client import Client
from salesdesk.sync.protocol import Pull, Pulled
from tests.server.conftest import new_office
from tests.server.office import Bare, sent

NAME = "华源科技有限公司"
posix = pytest.mark.skipif(sys.platform == "win32", reason="it has no kill -9 and no second name for an open file")


@pytest.fixture(scope="module")
def first(tmp_path_factory, request):
    """The folder of an office that has one customer and is not served, and beside it that of its keys."""
    folder = tmp_path_factory.mktemp("first") / "office"
    folder.mkdir()
    with new_office("sqlite", folder, request) as office, closing(Bare(office.url)) as bare:
        bare.push(sent("customer", str(uuid.uuid4()), name=NAME))
    return folder


@pytest.fixture
def data(first, tmp_path):
    """A copy of its own for each test."""
    shutil.copytree(first, tmp_path / "office")
    shutil.copytree(key_file.place_for(first), tmp_path / "office.keys")
    return tmp_path / "office"


@pytest.fixture
def keys(data):
    return key_file.place_for(data)


@pytest.fixture
def in_clear(data, keys):
    """The folder as an earlier version left it; another name of its database shows what becomes of the bytes."""
    path = data / "office.db"
    with closing(encryption.connect(path, key_file.read(keys).database)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("ATTACH DATABASE ? AS clear KEY ''", [str(data / "clear.db")])
        connection.execute("SELECT sqlcipher_export('clear')")
        connection.execute("CREATE TABLE clear.secret (id INTEGER, value BLOB)")
    (data / "clear.db").replace(path)
    shutil.rmtree(keys)
    with closing(encryption.connect(path, None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
    assert NAME.encode() in path.read_bytes()
    return data


def names(data):
    """The customers that the office knows."""
    engine = open_database(f"sqlite:///{data / 'office.db'}")
    with engine.connect() as connection:
        found = connection.scalars(select(record.c.data).where(record.c.entity == "customer")).all()
    engine.dispose()
    return [one["name"] for one in found]


def assert_shows_nothing(data):
    """No file holds the customer's name or begins as one in clear, and none was left over."""
    for path in data.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert NAME.encode() not in content, path
            assert not content.startswith(b"SQLite format 3"), path
    assert {path.name for path in data.glob("office.db*")} <= {"office.db", "office.db-wal", "office.db-shm"}


def test_a_copy_of_the_folder_shows_nothing_and_opens_nothing(data, keys, tmp_path):
    assert_shows_nothing(data)
    shutil.copytree(data, tmp_path / "stolen")
    with pytest.raises(UserError, match="office.keys_missing"):
        names(tmp_path / "stolen")
    assert key_file.read(key_file.place_for(tmp_path / "stolen")) is None  # no new key for what it would not open
    key_file.read_or_make(key_file.place_for(tmp_path / "stolen"))
    with pytest.raises(UserError, match="office.keys_do_not_fit"):
        names(tmp_path / "stolen")
    found = key_file.read(keys)
    for path in data.rglob("*"):
        assert path.is_dir() or found.tokens not in path.read_bytes()
    assert names(data) == [NAME]


def test_a_key_file_that_is_damaged_is_said_and_never_written_over(data, keys):
    for content in (b"", b"{}", b"noise", b'{"database": "AA==", "tokens": "AA=="}'):
        (keys / "keys.json").write_bytes(content)
        with pytest.raises(UserError, match="office.cannot_read_keys"):
            names(data)
        assert (keys / "keys.json").read_bytes() == content


@posix
def test_a_database_in_clear_is_encrypted_and_destroyed(in_clear, tmp_path):
    os.link(in_clear / "office.db", tmp_path / "the same bytes")
    assert names(in_clear) == [NAME]
    assert_shows_nothing(in_clear)
    left = (tmp_path / "the same bytes").read_bytes()
    assert left == bytes(len(left))
    assert names(in_clear) == [NAME]


KILLED = """
import os, signal, sys
from salesdesk.server import encryption, key_file
from salesdesk.server.cli import main
name, when, *arguments = sys.argv[1:]
room = next(room for room in (encryption, key_file, os) if hasattr(room, name))
whole = getattr(room, name)

def killed(*given):
    done = whole(*given) if when == "after" else None
    os.kill(os.getpid(), signal.SIGKILL)

setattr(room, name, killed)
sys.exit(main(arguments))
"""


def kill(name, when, *arguments):
    done = subprocess.run([sys.executable, "-c", KILLED, name, when, *arguments], check=False)
    assert done.returncode == -signal.SIGKILL


MOMENTS = [(name, when) for name in ("_copy", "link", "_replace", "_destroy") for when in ("before", "after")]


@posix
@pytest.mark.parametrize(("name", "when"), MOMENTS)
def test_killed_while_it_encrypts_one_good_database_is_left(in_clear, keys, name, when):
    kill(name, when, "people", "list", "--data", str(in_clear))
    kept = key_file.read(keys)
    assert names(in_clear) == [NAME]
    assert key_file.read(keys) == kept
    assert_shows_nothing(in_clear)


@posix
@pytest.mark.parametrize(("name", "when"), [("make", "before"), ("make", "after"), *MOMENTS])
def test_killed_while_the_keys_change_it_goes_on_with_the_new_ones(data, keys, name, when):
    before = key_file.read(keys)
    kill(name, when, "keys", "change", "--data", str(data))
    assert names(data) == [NAME]
    after = key_file.read(keys)
    assert (after == before) is ((name, when) == ("make", "before"))
    assert encryption.key_of(data / "office.db", after) == after.database
    assert_shows_nothing(data)


@posix
def test_killed_while_the_keys_change_the_old_ones_may_be_put_back(data, keys, tmp_path):
    shutil.copy(keys / "keys.json", tmp_path)
    kill("link", "after", "keys", "change", "--data", str(data))
    shutil.copy(tmp_path / "keys.json", keys)
    for _ in range(2):
        assert names(data) == [NAME]
    assert main(["keys", "change", "--data", str(data)]) == 0
    assert names(data) == [NAME]
    assert_shows_nothing(data)


def test_many_that_start_at_once_encrypt_it_once(in_clear, keys):
    command = [sys.executable, "-m", "salesdesk.server", "people", "list", "--data", str(in_clear)]
    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(lambda _: subprocess.run(command, capture_output=True, check=False), range(4)))
    assert [one.stderr for one in done] == [b""] * 4
    assert [one.returncode for one in done] == [0] * 4
    assert key_file.read(keys).former == []
    assert names(in_clear) == [NAME]
    assert_shows_nothing(in_clear)


def test_what_somebody_has_open_is_not_encrypted(in_clear):
    with closing(encryption.connect(in_clear / "office.db", None)) as other:
        other.execute("SELECT count(*) FROM record").fetchone()
        with pytest.raises(UserError, match="office.is_served"):
            names(in_clear)
    assert names(in_clear) == [NAME]


# other keys


@pytest.fixture
def office(tmp_path, request):
    (tmp_path / "office").mkdir()
    with new_office("sqlite", tmp_path / "office", request) as opened:
        yield opened


def change_keys(office):
    done = []
    place = ["--data", str(office.folder.parent)]
    office.replaced(lambda: done.append(main(["keys", "change", *place])))
    assert done == [0]


def test_other_keys_close_out_who_has_the_old_ones_and_no_laptop_notices(office, tmp_path, capsys):
    data = office.folder.parent
    keys = key_file.place_for(data)
    stolen = key_file.read(keys)
    bare = Bare(office.url)
    with Client(office.url, bare.device, bare.key) as laptop:
        assert isinstance(laptop.call("/v1/pull", Pull(cursors={}), Pulled), Pulled)
        old_token = laptop._token
        change_keys(office)
        assert isinstance(laptop.call("/v1/pull", Pull(cursors={}), Pulled), Pulled)  # by itself, with a new token
        assert laptop._token != old_token
    said = capsys.readouterr()
    assert str(keys) in said.out
    assert said.err == ""
    now = key_file.read(keys)
    assert {now.database, now.tokens}.isdisjoint({stolen.database, stolen.tokens})
    bare.token = TimestampSigner(stolen.tokens, salt="token", key_derivation="hmac", digest_method="sha256").sign("x")
    for forged in (old_token, bare.token.decode()):
        bare.token = forged
        assert bare.call("/v1/pull", Pull(cursors={}), Pulled).message == "sync.token_expired"
    with pytest.raises(UserError, match="office.keys_do_not_fit"):
        encryption.key_of(data / "office.db", stolen)
    assert main(["log", "--data", str(data)]) == 0
    assert "keys.change" in capsys.readouterr().out
    bare.close()


def test_the_keys_of_an_office_that_is_served_stay(office, capsys):
    keys = key_file.place_for(office.folder.parent)
    before = key_file.read(keys)
    assert main(["keys", "change", "--data", str(office.folder.parent)]) == 1
    assert "office.is_served" in capsys.readouterr().err
    assert key_file.read(keys) == before


def test_a_backup_takes_the_keys_of_its_time_which_are_kept(office, tmp_path, capsys):
    data = office.folder.parent
    bare = Bare(office.url)
    bare.push(sent("customer", "c1", name=NAME))
    backup.backup(data, tmp_path / "backup")
    assert NAME.encode() not in (tmp_path / "backup").read_bytes()
    change_keys(office)
    office.replaced(lambda: main(["restore", str(tmp_path / "backup"), "--data", str(data)]))
    bare.sign_in()
    assert bare.records()["c1"].data["name"] == NAME
    kept = key_file.read(key_file.place_for(data))
    assert encryption.key_of(data / "office.db", kept) == kept.database  # not the key of the backup any more
    bare.close()
    capsys.readouterr()
    elsewhere = ["--data", str(tmp_path / "new machine"), "--keys", str(tmp_path / "carried")]
    assert main(["restore", str(tmp_path / "backup"), *elsewhere]) == 1
    assert "office.keys_missing" in capsys.readouterr().err
    shutil.copytree(key_file.place_for(data), tmp_path / "carried")
    assert main(["restore", str(tmp_path / "backup"), *elsewhere]) == 0


def test_a_backup_of_an_earlier_version_is_encrypted_when_it_is_restored(in_clear, keys, tmp_path):
    backup.backup(in_clear, tmp_path / "backup")
    assert NAME.encode() in (tmp_path / "backup").read_bytes()
    (tmp_path / "new").mkdir()
    backup.restore(tmp_path / "new", tmp_path / "backup", "test")
    assert names(tmp_path / "new") == [NAME]
    assert_shows_nothing(tmp_path / "new")


@pytest.mark.parametrize("way", ["option", "environment"])
def test_keys_may_be_elsewhere(tmp_path, monkeypatch, way):
    place = ["--data", str(tmp_path / "office")]
    if way == "option":
        place += ["--keys", str(tmp_path / "safe")]
    else:
        monkeypatch.setenv(key_file.PLACE, str(tmp_path / "safe"))
    assert main(["territories", "add", "east", "华东", *place]) == 0
    assert {path.name for path in tmp_path.iterdir()} == {"office", "safe"}
    assert main(["keys", "change", *place]) == 0
    engine = open_database(f"sqlite:///{tmp_path / 'office' / 'office.db'}", keys=tmp_path / "safe")
    with engine.connect() as connection:
        assert connection.scalars(select(territory.c.id)).all() == ["east"]
    engine.dispose()
