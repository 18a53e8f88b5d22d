"""Backups: whole, tried, few, and put back without the log of another file, wherever that is cut short."""

import shutil
import threading
from datetime import UTC, datetime, timedelta

import pytest

from salesdesk.actions import access
from salesdesk.errors import DamagedWorkspace, StorageFull, UserError, WrongKey
from salesdesk.records.prospecting import Customer
from salesdesk.store import backups, keys, queries
from salesdesk.store.workspace import Workspace
from tests.factories import IDENTITY, KEY

PASSPHRASE = "eight characters"
MORNING = datetime(2026, 11, 30, 0, 30, tzinfo=UTC)


class Clock:
    def __init__(self):
        self.now = MORNING

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def workspace(tmp_path, clock):
    keys.keep_under_passphrase(tmp_path, KEY, PASSPHRASE)
    opened = Workspace.create(tmp_path, KEY, IDENTITY, now=clock)
    add(opened, "first")
    yield opened
    opened.close()


def add(workspace, name, need=""):
    with workspace.changing("save.customer") as changes:
        changes.add(Customer(name=name, need=need))


def names(workspace):
    with workspace.reading() as session:
        return sorted(c.name for c in queries.listed(session, Customer, limit=10**6))


def flip(path, at):
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.write_bytes(data)


def test_a_backup_holds_what_was_there_and_opens_as_a_workspace(workspace):
    backup = backups.make(workspace)
    add(workspace, "later")
    assert backups.look_into(backup, KEY) == backups.Contents(customers=1, waiting=1)
    again = Workspace.open(backup.folder, keys.key_from_passphrase(backup.folder, PASSPHRASE))
    assert names(again) == ["first"]
    again.close()


def test_one_a_day_and_the_newest_seven(workspace, clock):
    assert backups.is_due(workspace)
    for day in range(10):
        clock.now = MORNING + timedelta(days=day)
        assert backups.is_due(workspace)
        backups.make(workspace)
        clock.now += timedelta(hours=9)
        assert not backups.is_due(workspace)
    kept = [backup.made_at.day for backup in backups.listed(workspace.folder)]
    assert kept == [9, 8, 7, 6, 5, 4, 3]


def test_a_clock_that_was_wrong_for_a_day_stops_no_backup(workspace, clock):
    clock.now = MORNING + timedelta(days=400)
    backups.make(workspace)
    clock.now = MORNING
    assert backups.is_due(workspace)


def test_a_copy_from_before_an_upgrade_is_not_cleared_away(workspace, clock):
    old = workspace.folder / "backups" / "20200101T000000-before-0004"
    shutil.copytree(backups.make(workspace).folder, old)
    for day in range(1, 12):
        clock.now = MORNING + timedelta(days=day)
        backups.make(workspace)
    assert backups.listed(workspace.folder)[-1].before_upgrade


def test_others_write_while_it_is_made(workspace):
    for number in range(200):
        add(workspace, f"customer {number}", "需求" * 500)
    done = threading.Event()

    def write():
        number = 0
        while not done.is_set():
            add(workspace, f"meanwhile {number}")
            number += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        backup = backups.make(workspace)
    finally:
        done.set()
        writer.join()
    assert backups.look_into(backup, KEY).customers >= 201


@pytest.mark.parametrize("looks", [0, 3])
def test_it_stops_when_asked_and_leaves_nothing(workspace, looks):
    for number in range(60):
        add(workspace, f"customer {number}", "需求" * 500)
    asked = iter(range(10**6))
    with pytest.raises(UserError, match="stopped"):
        backups.make(workspace, lambda: next(asked) >= looks)
    assert list((workspace.folder / "backups").iterdir()) == []
    add(workspace, "goes on")


def test_no_backup_is_made_of_a_damaged_file_and_the_older_one_stays(workspace, clock):
    for number in range(200):
        add(workspace, f"customer {number}", "需求" * 500)
    good = backups.make(workspace)
    workspace.close()
    flip(workspace.folder / "workspace.db", (workspace.folder / "workspace.db").stat().st_size // 2 // 4096 * 4096 + 99)
    again = Workspace.open(workspace.folder, KEY, now=clock)
    clock.now += timedelta(days=1)
    with pytest.raises(DamagedWorkspace):
        backups.make(again)
    again.close()
    assert backups.listed(workspace.folder) == [good]


def test_a_disk_that_is_nearly_full_keeps_its_space(workspace, monkeypatch):
    class Nearly:
        free = 50 * 1024 * 1024

    monkeypatch.setattr(shutil, "disk_usage", lambda _: Nearly)
    with pytest.raises(StorageFull):
        backups.make(workspace)
    assert backups.listed(workspace.folder) == []


def test_restoring_puts_it_back_and_keeps_the_damaged_one_with_its_log(workspace, clock):
    backup = backups.make(workspace)
    add(workspace, "after the backup")
    log = (workspace.folder / "workspace.db-wal").read_bytes()
    assert log
    damaged = workspace.folder / "elsewhere"
    shutil.copytree(workspace.folder, damaged)  # as a killed program leaves it: the log not yet in the file
    flip(damaged / "workspace.db", 5000)
    backup = backups.Backup(damaged / "backups" / backup.folder.name, backup.made_at, before_upgrade=False)
    again = access.restore(damaged, backup, KEY)
    assert names(again) == ["first"]
    add(again, "typed anew")
    again.close()
    aside = next((damaged / "damaged").iterdir())
    assert (aside / "workspace.db-wal").read_bytes() == log
    assert (aside / "workspace.db").exists()
    reopened = access.unlock(damaged, PASSPHRASE)
    assert names(reopened) == ["first", "typed anew"]
    reopened.close()


def test_a_copy_with_a_log_of_its_own_comes_back_with_what_is_in_the_log(workspace):
    copy = workspace.folder / "backups" / "20260101T000000-before-0009"
    copy.mkdir(parents=True)
    for name in ("workspace.db", "workspace.db-wal", "key.json"):
        shutil.copy(workspace.folder / name, copy)
    add(workspace, "later")
    workspace.close()
    (found,) = backups.listed(workspace.folder)
    again = access.restore(workspace.folder, found, KEY)
    assert names(again) == ["first"]
    again.close()


@pytest.mark.parametrize("after", range(6))
def test_restoring_that_is_cut_short_is_brought_to_its_end_at_the_next_start(workspace, monkeypatch, after):
    backup = backups.make(workspace)
    add(workspace, "later")
    workspace.close()
    for tail in ("-wal", "-shm"):
        (workspace.folder / f"workspace.db{tail}").write_bytes(b"an older life")
    (workspace.folder / "key.json").write_text("{")
    moves, real = iter(range(100)), backups._move

    def move(source, target):
        if next(moves) == after:
            raise KeyboardInterrupt
        real(source, target)

    monkeypatch.setattr(backups, "_move", move)
    with pytest.raises(KeyboardInterrupt):
        backups.restore(workspace.folder, backup, KEY)
    monkeypatch.undo()
    assert access.exists(workspace.folder)
    again = access.unlock(workspace.folder, PASSPHRASE)
    assert names(again) == ["first"]
    again.close()
    kept = list((workspace.folder / "damaged").rglob("*-wal"))
    assert [path.read_bytes() for path in kept] == [b"an older life"]


def test_a_damaged_backup_or_a_wrong_key_replaces_nothing(workspace):
    for number in range(200):
        add(workspace, f"customer {number}", "需求" * 500)
    backup = backups.make(workspace)
    before = names(workspace)
    with pytest.raises(WrongKey):
        backups.restore(workspace.folder, backup, b"x" * 32)
    flip(backup.folder / "workspace.db", (backup.folder / "workspace.db").stat().st_size // 2 // 4096 * 4096 + 99)
    with pytest.raises(DamagedWorkspace, match="backup_damaged"):
        backups.restore(workspace.folder, backup, KEY)
    assert names(workspace) == before
    assert not (workspace.folder / "damaged").exists()


def test_without_a_key_file_that_of_a_backup_opens(workspace):
    backups.make(workspace)
    workspace.close()
    (workspace.folder / "key.json").write_text("{")
    with pytest.raises(WrongKey):
        backups.key_of(workspace.folder, "another passphrase")
    assert access.asks_for_passphrase(workspace.folder)
    key = backups.key_of(workspace.folder, PASSPHRASE)
    ((backup, contents),) = access.survey(workspace.folder, key)
    assert contents == backups.Contents(1, 1)
    again = access.restore(workspace.folder, backup, key)
    again.close()
    access.unlock(workspace.folder, PASSPHRASE).close()


def test_a_lost_file_is_no_first_start_while_there_are_backups(workspace):
    backups.make(workspace)
    workspace.close()
    (workspace.folder / "workspace.db").unlink()
    assert access.exists(workspace.folder)
    with pytest.raises(DamagedWorkspace, match="missing"):
        access.unlock(workspace.folder, PASSPHRASE)


def test_a_backup_that_does_not_open_is_named_with_its_reason(workspace, clock):
    bad = backups.make(workspace)
    clock.now += timedelta(days=1)
    backups.make(workspace)
    (bad.folder / "workspace.db").write_bytes(b"nothing of the kind" * 500)
    (_, good), (found, reason) = access.survey(workspace.folder, KEY)
    assert (good.customers, found, type(reason)) == (1, bad, DamagedWorkspace)
