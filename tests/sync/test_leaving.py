"""A laptop that is shut out: what it holds reaches the office, then it locks or wipes itself; and the way back."""

import pytest

from salesdesk.errors import OfficeRefused, OfficeUnreachable
from salesdesk.records.prospecting import Customer
from salesdesk.store import attachments, journal, keys
from salesdesk.sync import driver, shut_out
from tests.sync.laptops import Cable, enrolled, everything


def add(workspace, name, photo=b""):
    with workspace.changing("save.customer") as changes:
        record = changes.add(Customer(name=name))
        if photo:
            attachments.attach(workspace, changes, record, "现场.jpg", "image/jpeg", photo)
    return record.id


def waiting(workspace):
    with workspace.reading() as session:
        return journal.waiting_count(session)


def names(workspace):
    return sorted(data["name"] for _, data in everything(workspace).values() if "need" in data)


@pytest.fixture
def pair(tmp_path, office, opened):
    first = opened(enrolled(tmp_path / "first", office))
    second = opened(enrolled(tmp_path / "second", office, "wang"))
    add(first, "早先")
    driver.synchronise(first)
    return first, second


def test_a_revoked_laptop_hands_over_and_locks(pair, office):
    first, second = pair
    add(first, "未送达", b"photo" * 1000)
    office.run("devices", "revoke", first.identity.device)
    for _ in range(2):  # once more changes nothing
        with pytest.raises(OfficeRefused, match="device_locked"):
            driver.synchronise(first)
        assert shut_out.is_locked(first)
    assert waiting(first) == 2
    driver.synchronise(second)
    assert names(second) == ["早先"]
    assert office.run("quarantine", "list").splitlines()[1].split("\t")[-1] == "2"
    assert "未送达" in office.run("quarantine", "show", first.identity.device)
    office.run("quarantine", "release", first.identity.device)
    assert driver.synchronise(second).files == 1
    assert names(second) == ["早先", "未送达"]


@pytest.mark.parametrize("released", [False, True])
def test_revoked_by_mistake_and_let_in_again(pair, office, released):
    first, second = pair
    add(first, "未送达")
    office.run("devices", "revoke", first.identity.device)
    with pytest.raises(OfficeRefused, match="device_locked"):
        driver.synchronise(first)
    add(first, "停用之后")
    if released:
        office.run("quarantine", "release", first.identity.device)
    office.run("devices", "unrevoke", first.identity.device)
    driver.synchronise(first)
    assert not shut_out.is_locked(first)
    driver.synchronise(second)
    driver.synchronise(first)
    assert waiting(first) == 0
    assert names(first) == names(second) == ["停用之后", "早先", "未送达"]
    assert everything(first) == everything(second)


def test_a_dismissed_persons_laptop_hands_over_and_is_wiped(pair, office):
    first, second = pair
    keys.keep_under_passphrase(first.folder, first.key, "a long passphrase")
    add(first, "离职前", b"photo")
    folder, device = first.folder, first.identity.device
    office.run("people", "disable", "li", "--wipe")
    with pytest.raises(OfficeRefused, match="device_wiped"):
        driver.synchronise(first)
    assert not folder.exists()
    office.run("quarantine", "release", device)
    assert driver.synchronise(second).files == 1
    assert names(second) == ["早先", "离职前"]


def test_nothing_is_wiped_before_it_has_arrived(pair, office, opened):
    """Cut after any byte on the way out: then the next sync goes on, and nothing is handed over twice."""
    first, _ = pair
    cable = Cable(office.port)
    try:
        kept = first.recall("office")
        first.remember("office", kept | {"url": cable.url})
        for number in range(20):
            add(first, f"第{number}个" + "长" * 2000)
        office.run("devices", "revoke", first.identity.device, "--wipe")
        for count in (300, 700, 1100):
            cable.cut_after("up", count)
            with pytest.raises(OfficeUnreachable):
                driver.synchronise(first)
            assert waiting(first) == 20
        for count in (100, 250, 400):
            cable.cut_after("down", count)
            with pytest.raises(OfficeUnreachable):
                driver.synchronise(first)
            assert waiting(first) == 20
        cable.cut_after("up", None)
        with pytest.raises(OfficeRefused, match="device_wiped"):
            driver.synchronise(first)
    finally:
        cable.close()
    lines = office.run("quarantine", "list").splitlines()
    assert [line.split("\t")[-1] for line in lines[1:]] == ["20"]


def test_a_copy_that_cannot_hand_over_is_locked_and_not_wiped(pair, office):
    """Its journal is not the one that the office knows: what only it holds stays on it."""
    first, _ = pair
    add(first, "只在这里")
    with first.writing() as session:
        session.connection().exec_driver_sql("UPDATE feed SET acked_hash = x'00'")
        session.connection().exec_driver_sql("UPDATE journal SET hash = x'00'")
    office.run("devices", "revoke", first.identity.device, "--wipe")
    with pytest.raises(OfficeRefused, match="device_locked"):
        driver.synchronise(first)
    assert waiting(first) == 1


def test_another_role_sees_what_it_did_not_see_before(pair, office):
    first, _ = pair
    assert first.identity.role == "rep"
    office.run("people", "role", "li", "legal")
    report = driver.synchronise(first)
    assert report.received_count["customer"] == 1  # everything anew, as this role sees it
    assert first.identity.role == "legal"
