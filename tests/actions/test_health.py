"""Each check tells the state that it is there for, and nothing of a customer leaves with the bundle."""

import shutil
import zipfile
from datetime import UTC, datetime, timedelta

import pytest

from salesdesk.actions import access, forms, health
from salesdesk.actions.health import Standing
from salesdesk.errors import UserError
from salesdesk.store import backups, feed
from salesdesk.store.workspace import DATABASE

CANARIES = ("金丝雀精密", "13912345678", "canary@example.com", "预算三百万")


@pytest.fixture
def person(tmp_path):
    """A workspace of a person with a passphrase, with one customer in it."""
    opened = access.set_up(tmp_path / "李伟的电脑", "李伟", passphrase="a long passphrase")
    forms.save(
        opened,
        forms.new(opened, "customer"),
        {"name": CANARIES[0], "verified_with": CANARIES[1], "aliases": CANARIES[2], "need": CANARIES[3]},
    )
    yield opened
    opened.close()


def told(workspace):
    return {one.name: one for one in health.checked(workspace)}


def test_a_sound_laptop(person):
    backups.make(person)
    found = told(person)
    assert list(found) == ["versions", "disk", "key", "sync", "clock", "backup", "database"]
    assert {name for name, one in found.items() if one.standing is not Standing.GOOD} <= {"sync", "disk"}
    assert found["sync"].params == {"waiting": 2}  # the customer and its opportunity
    assert found["backup"].params["customers"] == 1
    assert found["key"].message == "health.key_passphrase"


def test_a_flipped_byte_in_the_file_is_seen_by_a_reader_beside(person):
    person.close()
    file = person.folder / DATABASE
    content = bytearray(file.read_bytes())
    content[-2048] ^= 0xFF
    file.write_bytes(content)
    again = access.unlock(person.folder, "a long passphrase")
    database = told(again)["database"]
    again.close()
    assert (database.standing, database.message) == (Standing.BAD, "store.damaged")


def test_a_backup_that_does_not_open_and_one_that_is_old(person):
    made = backups.make(person)
    person.now = lambda: datetime.now(UTC) + timedelta(days=4)
    assert told(person)["backup"].standing is Standing.LOOK
    (made.folder / DATABASE).write_bytes(b"\0" * 8192)
    assert told(person)["backup"].standing is Standing.BAD
    shutil.rmtree(made.folder)
    assert told(person)["backup"].message == "health.no_backup"


@pytest.mark.parametrize(
    ("ahead_ms", "message"),
    [
        (None, "health.clock_unknown"),
        (60_000, "health.clock"),
        (600_000, "health.clock_slow"),
        (-600_000, "health.clock_fast"),
    ],
)
def test_the_clock_against_the_office(person, ahead_ms, message):
    if ahead_ms is not None:
        with person.writing() as session:
            feed.note_clock(session, ahead_ms)
    assert told(person)["clock"].message == message


def test_a_full_disk(person, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: shutil._ntuple_diskusage(10**12, 10**12, 5 * 10**7))
    disk = told(person)["disk"]
    assert (disk.standing, disk.message, disk.params) == (Standing.BAD, "health.disk_short", {"free": "50"})


def test_a_keyring_that_lost_the_key_is_told_while_the_workspace_is_open(tmp_path, keyring_in_memory):
    opened = access.set_up(tmp_path / "workspace", "李伟")
    assert told(opened)["key"].message == "health.key_keyring"
    keyring_in_memory.kept.clear()
    assert told(opened)["key"].standing is Standing.BAD
    opened.close()


def test_a_look_that_was_stopped_is_no_answer(person, tmp_path):
    with pytest.raises(UserError, match="stopped"):
        list(health.checked(person, lambda: True))
    with pytest.raises(UserError, match="stopped"):
        health.write_bundle(person, tmp_path / "support.zip", lambda: True)
    assert not (tmp_path / "support.zip").exists()


def test_the_bundle_holds_no_word_of_a_customer(person, tmp_path):
    backups.make(person)
    health.write_bundle(person, tmp_path / "support.zip")
    with zipfile.ZipFile(tmp_path / "support.zip") as bundle:
        content = {name: bundle.read(name).decode() for name in bundle.namelist()}
    assert content.keys() == {"health.json", "versions.json", "counts.json"}
    whole = "".join(content.values())
    assert '"customer": 1' in whole
    assert not [word for word in (*CANARIES, "李伟", str(tmp_path), str(person.folder)) if word in whole]
