"""The workspace: nothing lost, nothing leaked, and plain words for what the machine does wrong."""

import os
import signal
import subprocess
import sys
import textwrap
import threading
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from salesdesk.errors import Bug, DamagedWorkspace, EnvironmentFault, NewerWorkspace, StorageBusy, StorageFull, WrongKey
from salesdesk.records.prospecting import Contact, Customer
from salesdesk.store import journal, keys, migrate, queries, search
from salesdesk.store.workspace import Identity, Workspace
from tests.factories import IDENTITY, KEY, make_workspace

SECRET = "华源科技有限公司"


def test_what_was_saved_is_there_after_opening_again(tmp_path):
    workspace = make_workspace(tmp_path)
    with workspace.changing("save.customer") as changes:
        customer = changes.add(Customer(name=SECRET, employees=200, need="需要客户管理系统"))
    workspace.close()
    again = Workspace.open(tmp_path, KEY)
    with again.reading() as session:
        found = session.get(Customer, customer.id)
    assert (found.name, found.employees, found.created_by) == (SECRET, 200, IDENTITY.person_id)
    assert again.identity == IDENTITY
    again.close()


def test_each_commit_reaches_the_disk(workspace):
    with workspace.writing() as session:
        assert session.execute(text("PRAGMA synchronous")).scalar() == 2
        assert session.execute(text("PRAGMA journal_mode")).scalar() == "wal"
        assert session.execute(text("PRAGMA foreign_keys")).scalar() == 1


def test_no_customer_text_in_any_file(tmp_path):
    workspace = make_workspace(tmp_path)
    with workspace.changing("save.customer") as changes:
        changes.add(Customer(name=SECRET, need="生产线设备数据监控"))
        changes.add(Contact(name="张伟", phone="13800135678"))
    for path in (p for p in tmp_path.rglob("*") if p.is_file()):
        data = path.read_bytes()
        for word in (SECRET, "数据监控", "张伟", "13800135678", "CREATE TABLE"):
            assert word.encode() not in data, path.name
            assert word.encode("utf-16-le") not in data, path.name
    assert (tmp_path / "workspace.db-wal").stat().st_size > 0
    workspace.close()


def test_a_wrong_key_is_told_and_changes_nothing(tmp_path):
    make_workspace(tmp_path).close()
    before = (tmp_path / "workspace.db").read_bytes()
    with pytest.raises(WrongKey):
        Workspace.open(tmp_path, b"x" * 32)
    assert (tmp_path / "workspace.db").read_bytes() == before


@pytest.mark.parametrize("at", [0, 100, 4096])
def test_a_flipped_byte_is_told_as_damaged(tmp_path, at):
    make_workspace(tmp_path).close()
    keys.keep_under_passphrase(tmp_path, KEY, "eight characters")
    path = tmp_path / "workspace.db"
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.write_bytes(data)
    with pytest.raises(DamagedWorkspace), Workspace.open(tmp_path, KEY).reading() as session:
        queries.count(session, Customer)


def test_an_emptied_file_is_told_as_damaged_and_left_alone(tmp_path):
    make_workspace(tmp_path).close()
    (tmp_path / "workspace.db").write_bytes(b"")
    with pytest.raises(DamagedWorkspace):
        Workspace.open(tmp_path, KEY)
    assert (tmp_path / "workspace.db").read_bytes() == b""


def test_who_holds_a_closed_workspace_goes_on_with_it_when_it_is_opened_again(tmp_path):
    workspace = make_workspace(tmp_path)
    with workspace.changing("save.customer") as changes:
        customer = changes.add(Customer(name=SECRET))
    workspace.close()
    with pytest.raises(WrongKey):
        workspace.reopen(b"x" * 32)
    with pytest.raises(Bug, match="store.closed"), workspace.reading():
        pass
    workspace.reopen(KEY)
    with workspace.changing("save.customer") as changes:
        assert changes.get(Customer, customer.id).name == SECRET
    workspace.close()
    workspace.folder.joinpath("workspace.db").unlink()
    with pytest.raises(DamagedWorkspace):
        workspace.reopen(KEY)


def test_a_closed_workspace_gives_nothing(tmp_path):
    workspace = make_workspace(tmp_path)
    workspace.close()
    with pytest.raises(Bug, match="store.closed"), workspace.reading():
        pass
    with pytest.raises(Bug, match="store.closed"), workspace.writing():
        pass


def test_writing_inside_writing_is_refused_at_once(workspace):
    with pytest.raises(Bug, match="nested"), workspace.writing(), workspace.writing():
        pass


def test_a_reading_session_cannot_write(workspace):
    with pytest.raises(EnvironmentFault), workspace.reading() as session:
        session.execute(text("DELETE FROM local"))


def test_what_is_flushed_early_is_refused(workspace):
    with pytest.raises(Bug, match="flush"), workspace.changing("save.customer") as changes:
        changes.add(Customer(name=SECRET))
        changes.session.flush()


def test_an_error_names_no_customer(workspace):
    with pytest.raises(IntegrityError) as told, workspace.changing("save.customer") as changes:
        changes.add(Customer(id="twice", name=SECRET))
        changes.finish()
        changes.session.expunge_all()
        changes.session.add(Customer(id="twice", name=SECRET, created_at=changes.now, updated_at=changes.now))
        changes.session.flush()
    assert SECRET not in str(told.value)


def test_the_copy_before_a_migration_is_a_workspace_with_everything_in_it(tmp_path):
    workspace = make_workspace(tmp_path)
    keys.keep_under_passphrase(tmp_path, KEY, "eight characters")
    for number in range(50):
        with workspace.changing("save.customer") as changes:
            changes.add(Customer(name=f"customer {number}"))
    with workspace._writer.connect() as connection:
        copy = migrate.copy_before(tmp_path, "workspace.db", connection)
    with workspace.changing("save.customer") as changes:
        changes.add(Customer(name="later"))
    workspace.close()
    again = Workspace.open(copy, keys.key_from_passphrase(copy, "eight characters"))
    with again.reading() as session:
        assert queries.count(session, Customer) == 50
        assert session.execute(text("PRAGMA integrity_check")).scalar() == "ok"
    again.close()


def test_the_folder_is_the_owners_only(tmp_path):
    workspace = make_workspace(tmp_path / "new")
    keys.keep_under_passphrase(tmp_path / "new", KEY, "eight characters")
    assert (tmp_path / "new").stat().st_mode & 0o077 == 0
    assert (tmp_path / "new" / "key.json").stat().st_mode & 0o077 == 0
    workspace.close()


def test_a_cut_file_is_told_as_damaged(tmp_path):
    make_workspace(tmp_path).close()
    keys.keep_under_passphrase(tmp_path, KEY, "eight characters")
    path = tmp_path / "workspace.db"
    path.write_bytes(path.read_bytes()[:5000])
    with pytest.raises(DamagedWorkspace):
        Workspace.open(tmp_path, KEY)


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(DamagedWorkspace, match="store.missing"):
        Workspace.open(tmp_path, KEY)


def test_a_newer_file_is_refused_untouched(tmp_path):
    workspace = make_workspace(tmp_path)
    with workspace.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    workspace.close()
    before = (tmp_path / "workspace.db").read_bytes()
    with pytest.raises(NewerWorkspace) as told:
        Workspace.open(tmp_path, KEY)
    assert told.value.params["found"] == "9999"
    assert (tmp_path / "workspace.db").read_bytes() == before


def test_creating_over_an_existing_workspace_is_a_bug(tmp_path):
    make_workspace(tmp_path).close()
    with pytest.raises(Bug):
        Workspace.create(tmp_path, KEY, IDENTITY)


def test_tables_from_migrations_equal_tables_from_classes(workspace):
    from alembic.autogenerate import compare_metadata  # noqa: PLC0415
    from alembic.migration import MigrationContext  # noqa: PLC0415

    from salesdesk.store.tables import metadata  # noqa: PLC0415

    def ours(obj, name, kind, reflected, compared):
        return not (kind == "table" and name.startswith("search_text"))

    with workspace.reading() as session:
        context = MigrationContext.configure(session.connection(), opts={"include_object": ours, "compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_head_is_alembics_newest_revision():
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    assert ScriptDirectory(str(migrate.MIGRATIONS)).get_current_head() == migrate.HEAD


def test_an_error_inside_a_change_leaves_no_trace(workspace):
    with pytest.raises(RuntimeError), workspace.changing("save.customer") as changes:
        changes.add(Customer(name=SECRET))
        raise RuntimeError
    with workspace.reading() as session:
        assert queries.count(session, Customer) == 0
        assert journal.waiting_count(session) == 0
        assert search.find(session, "华源") == []


def test_two_threads_write_one_after_the_other(workspace):
    def add(number):
        for n in range(10):
            with workspace.changing("save.customer") as changes:
                changes.add(Customer(name=f"{number}-{n}"))

    threads = [threading.Thread(target=add, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with workspace.reading() as session:
        assert queries.count(session, Customer) == 40
        assert journal.waiting_count(session) == 40


CHILD = textwrap.dedent(
    """
    import sys
    from pathlib import Path
    from salesdesk.records.prospecting import Customer
    from salesdesk.store.workspace import Workspace
    workspace = Workspace.open(Path(sys.argv[1]), b"k" * 32)
    for number in range(10**6):
        with workspace.changing("save.customer") as changes:
            changes.add(Customer(name=f"customer {number}"))
        print(number, flush=True)
    """
)


@pytest.mark.parametrize("after", [1, 7, 23])
def test_kill_9_loses_nothing_that_was_shown_as_saved(tmp_path, after):
    make_workspace(tmp_path).close()
    child = subprocess.Popen([sys.executable, "-c", CHILD, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    shown = -1
    for line in child.stdout:
        shown = int(line)
        if shown >= after:
            os.kill(child.pid, signal.SIGKILL)
            break
    shown = max([shown, *(int(line) for line in child.stdout.read().split())])
    child.stdout.close()
    child.wait()
    workspace = Workspace.open(tmp_path, KEY)
    with workspace.reading() as session:
        names = {c.name for c in queries.listed(session, Customer, limit=10**6)}
        assert {f"customer {n}" for n in range(shown + 1)} <= names
        assert journal.waiting_count(session) == len(names)
        assert len(search.find(session, "customer", limit=10**6)) == len(names)
        assert session.execute(text("PRAGMA integrity_check")).scalar() == "ok"
    workspace.close()


def test_a_creation_that_was_cut_short_can_be_repeated(tmp_path):
    (tmp_path / "workspace.db.new").write_bytes(b"half")
    workspace = make_workspace(tmp_path)
    assert workspace.identity.name == IDENTITY.name
    assert not Path(tmp_path / "workspace.db.new").exists()
    workspace.close()


def test_a_second_process_waits_its_turn_and_then_says_busy(workspace):
    other = Workspace.open(workspace.folder, KEY)
    with workspace.writing() as session:
        session.execute(text("DELETE FROM local WHERE name = 'nothing'"))
        raw = other._writer.raw_connection()
        raw.execute("PRAGMA busy_timeout = 50")
        raw.close()
        with pytest.raises(StorageBusy), other.writing():
            pass
    other.close()


def test_identity_is_kept(workspace):
    workspace.identity = Identity("p2", "王芳", "manager", "d2", "east")
    assert Workspace.open(workspace.folder, KEY).identity.territory == "east"


def test_a_full_disk_is_told_and_loses_nothing(workspace):
    """SQLite's own limit of pages gives the very answer that a full disk gives."""
    with workspace.changing("save.customer") as changes:
        kept = changes.add(Customer(name=SECRET))
    raw = workspace._writer.raw_connection()
    pages = raw.cursor().execute("PRAGMA page_count").fetchone()[0]
    raw.cursor().execute(f"PRAGMA max_page_count = {pages}")
    raw.close()
    with pytest.raises(StorageFull), workspace.changing("save.customer") as changes:
        changes.add(Customer(name="no room", need="长" * 90_000))
    with workspace.reading() as session:
        assert [c.id for c in queries.listed(session, Customer)] == [kept.id]
        assert journal.waiting_count(session) == 1
    raw = workspace._writer.raw_connection()
    raw.cursor().execute("PRAGMA max_page_count = 1000000")
    raw.close()
    with workspace.changing("save.customer") as changes:
        changes.add(Customer(name="room again"))
    with workspace.reading() as session:
        assert queries.count(session, Customer) == 2
