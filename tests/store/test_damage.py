"""One damaged page: told once, with what cannot be read; every other table goes on, for reading and for writing."""

import subprocess
import sys
import textwrap

import pytest
from sqlalchemy import text

from salesdesk.errors import DamagedWorkspace, SalesDeskError
from salesdesk.records.prospecting import Contact, Customer
from salesdesk.records.registry import forms
from salesdesk.records.work import Task
from salesdesk.store import drafts, keys, queries
from salesdesk.store.engine import connected
from salesdesk.store.workspace import Workspace
from tests.factories import KEY, make_workspace

PAGE = 4096
ROWS = 60


@pytest.fixture
def folder(tmp_path):
    keys.keep_under_passphrase(tmp_path, KEY, "eight characters")
    workspace = make_workspace(tmp_path)
    with workspace.changing("import") as changes:
        for number in range(ROWS):
            customer = changes.add(Customer(name=f"customer {number}", need="需要" * 300))
            changes.add(Contact(customer_id=customer.id, name="张伟"))
            changes.add(Task(subject=f"task {number}"))
    workspace.close()
    return tmp_path


def flip(folder, at):
    path = folder / "workspace.db"
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.write_bytes(data)


def root_page(folder, table):
    connection = connected(folder / "workspace.db", KEY, writes=False)
    found = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", [table]).fetchone()[0]
    connection.close()
    return found


@pytest.fixture
def broken(folder):
    """The workspace with the root of a table damaged."""
    opened = []

    def damage(table):
        flip(folder, (root_page(folder, table) - 1) * PAGE + 700)
        opened.append(Workspace.open(folder, KEY))
        return opened[-1]

    yield damage
    for workspace in opened:
        workspace.close()


def read(workspace, form):
    with workspace.reading() as session:
        return len(queries.listed(session, form, limit=10**6))


def test_reading_names_what_is_damaged_and_the_rest_is_read_on(broken):
    workspace = broken("customer")
    for _ in range(3):
        with pytest.raises(DamagedWorkspace) as told:
            read(workspace, Customer)
        assert (told.value.message, told.value.params["parts"]) == ("store.damaged_part", ("customer",))
        assert (read(workspace, Contact), read(workspace, Task)) == (ROWS, ROWS)


def test_of_several_tables_in_a_statement_only_the_damaged_one_is_named(broken):
    workspace = broken("customer")
    statement = "SELECT c.need, k.name FROM contact k JOIN customer c ON c.id = k.customer_id"
    with pytest.raises(DamagedWorkspace) as told, workspace.reading() as session:
        session.execute(text(statement)).all()
    assert told.value.params["parts"] == ("customer",)


def test_what_is_sound_is_written_on_and_typing_is_kept(broken):
    workspace = broken("customer")
    for number in range(3):
        with pytest.raises(DamagedWorkspace), workspace.changing("save.customer") as changes:
            changes.add(Customer(name="to a damaged table"))
        with workspace.changing("save.task") as changes:
            changes.add(Task(subject="to a sound one"))
        drafts.save(workspace, drafts.Draft("customer", f"new-{number}", {"name": "typed"}))
    assert read(workspace, Task) == ROWS + 3
    with workspace.reading() as session:
        assert drafts.find(session, "customer", "new-2").content == {"name": "typed"}


def test_damage_met_while_rows_are_fetched_is_named_too(folder):
    path = folder / "workspace.db"
    sound = path.read_bytes()
    named = set()
    for page in range(root_page(folder, "customer") + 1, len(sound) // PAGE, 7):
        path.write_bytes(sound)
        flip(folder, page * PAGE + 700)
        try:
            workspace = Workspace.open(folder, KEY)
        except DamagedWorkspace:
            continue  # a page of what every connection reads first
        try:
            read(workspace, Customer)
        except DamagedWorkspace as told:
            named.add(told.params["parts"])
        workspace.close()
    assert named == {("customer",)}


def test_wherever_a_byte_is_wrong_nothing_but_words_comes_of_it(folder, measured):
    """A flipped byte on every fifth page: opened, all forms read, one saved. Sound, or told; never an error of ours."""
    path = folder / "workspace.db"
    sound = path.read_bytes()
    told, unharmed = 0, 0
    for page in range(0, len(sound) // PAGE, 5):
        path.write_bytes(sound)
        for tail in ("-wal", "-shm"):
            (folder / f"workspace.db{tail}").unlink(missing_ok=True)
        flip(folder, page * PAGE + page * 37 % PAGE)
        said = []
        try:
            workspace = Workspace.open(folder, KEY)
        except SalesDeskError as error:
            assert isinstance(error, DamagedWorkspace)
            told += 1
            continue
        for form in forms():
            try:
                read(workspace, form)
            except DamagedWorkspace as error:
                said.append(error)
        assert len(said) <= 1  # one page belongs to one table; what is beside it is read
        try:
            with workspace.changing("save.task") as changes:
                changes.add(Task(subject="new"))
        except DamagedWorkspace as error:
            said.append(error)
        workspace.close()
        told += bool(said)
        unharmed += not said
    measured(f"a flipped byte on each of {told + unharmed} pages: {told} told, {unharmed} not touched by that work")
    assert told > unharmed / 10


def test_a_page_that_breaks_while_it_is_open_is_told_as_damaged_and_not_as_a_wrong_key(folder):
    workspace = Workspace.open(folder, KEY)
    assert read(workspace, Task) == ROWS
    workspace._readers.dispose()
    flip(folder, 20)
    with pytest.raises(DamagedWorkspace):
        read(workspace, Task)
    workspace.close()


OUT_OF_MEMORY = textwrap.dedent(
    """
    import sys
    from pathlib import Path
    from salesdesk.records.prospecting import Customer
    from salesdesk.store import queries
    from salesdesk.store.engine import connected
    from salesdesk.store.workspace import Workspace
    workspace = Workspace.open(Path(sys.argv[1]), b"k" * 32)
    connection = connected(Path(sys.argv[1]) / "workspace.db", b"k" * 32, writes=False)
    connection.execute("PRAGMA hard_heap_limit = 1000000")  # of the whole process, and never lifted again
    try:
        with workspace.reading() as session:
            queries.listed(session, Customer, limit=10**6)
    except Exception as error:
        print(type(error).__name__)
    """
)


def test_memory_that_ran_out_is_no_damage(folder):
    command = [sys.executable, "-c", OUT_OF_MEMORY, str(folder)]
    said = subprocess.run(command, capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "MemoryError"
