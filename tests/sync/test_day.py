"""A day goes to the office and comes down on another laptop; two people meet in one record."""

import shutil

import pytest

from salesdesk.actions import conflicts, deletion, sample
from salesdesk.errors import OfficeRefused, OfficeUnreachable
from salesdesk.records.prospecting import Customer
from salesdesk.records.work import Conflict
from salesdesk.store import attachments, journal, queries, search
from salesdesk.store.workspace import Workspace
from salesdesk.sync import driver
from tests.sync.laptops import KEY, PASSWORD, PEOPLE, enrolled, everything, laptop


@pytest.fixture
def pair(tmp_path, office, opened):
    first = opened(enrolled(tmp_path / "first", office))
    second = opened(enrolled(tmp_path / "second", office, "wang"))
    return first, second


def add_customer(workspace, **values):
    with workspace.changing("save.customer") as changes:
        return changes.add(Customer(**{"name": "华源", "need": "平台", **values}))


def change(workspace, record_id, **values):
    with workspace.changing("save.customer") as changes:
        record = changes.get(Customer, record_id)
        for name, value in values.items():
            setattr(record, name, value)


def customer(workspace, record_id):
    with workspace.reading() as session:
        return session.get(Customer, record_id)


def open_conflicts(workspace):
    with workspace.reading() as session:
        return queries.open_conflicts(session)


def waiting(workspace):
    with workspace.reading() as session:
        return journal.waiting_count(session)


def test_work_before_signing_in_arrives_letter_for_letter(tmp_path, office, opened):
    first = opened(laptop(tmp_path / "first"))
    sample.fill(first, "toolkit")
    sample.fill(first, "practice")
    driver.enrol(first, office.url, "li", PASSWORD, "first")
    report = driver.synchronise(first)
    second = opened(enrolled(tmp_path / "second", office, "wang"))
    came = driver.synchronise(second)
    assert waiting(first) == 0
    assert came.received_count.pop("person") == len(PEOPLE)  # the office announces whoever has an account
    assert report.sent == sum(came.received_count.values()) > 50
    assert everything(first) == everything(second)
    assert {territory for territory, _ in everything(first).values()} == {"east"}
    with second.reading() as session:
        assert {hit.title for hit in search.find(session, "hykj")} >= {"华源科技有限公司"}
    assert driver.synchronise(first).sent == driver.synchronise(second).sent == 0


def test_files_arrive_whole(pair):
    first, second = pair
    data = bytes(range(256)) * 5000
    with first.changing("attach") as changes:
        record = changes.add(Customer(name="华源"))
        attachments.attach(first, changes, record, "现场照片.jpg", "image/jpeg", data)
    assert driver.synchronise(first).files == 1
    assert driver.synchronise(second).files == 1
    with second.reading() as session:
        (kept,) = attachments.attachments_of(session, record.id)
    assert attachments.read_blob(second, kept.sha256) == data
    assert driver.synchronise(second).files == 0


def test_different_fields_of_one_record_both_stand(pair):
    first, second = pair
    record = add_customer(first)
    driver.synchronise(first)
    driver.synchronise(second)
    change(first, record.id, city="苏州")
    change(second, record.id, employees=200)
    for workspace in (first, second, first):
        driver.synchronise(workspace)
    for workspace in pair:
        assert (customer(workspace, record.id).city, customer(workspace, record.id).employees) == ("苏州", 200)
        assert open_conflicts(workspace) == []


def test_one_field_changed_twice_keeps_both_values_on_both_laptops(pair):
    first, second = pair
    record = add_customer(first)
    driver.synchronise(first)
    driver.synchronise(second)
    change(first, record.id, city="苏州")
    change(second, record.id, city="无锡")
    for workspace in (first, second, first):
        driver.synchronise(workspace)
    assert everything(first) == everything(second)
    (conflict,) = open_conflicts(first)
    values = conflicts.sides(conflict)
    assert {values.mine["city"], values.theirs["city"]} == {"苏州", "无锡"}
    other = next(t for t in (conflicts.Take.MINE, conflicts.Take.THEIRS) if t != conflict.standing)
    chosen = (values.mine if other is conflicts.Take.MINE else values.theirs)["city"]
    conflicts.settle(first, conflict.id, other)
    for workspace in (first, second):
        driver.synchronise(workspace)
    assert [customer(w, record.id).city for w in pair] == [chosen] * 2
    assert open_conflicts(second) == []


def test_long_notes_keep_both_texts(pair):
    first, second = pair
    record = add_customer(first)
    driver.synchronise(first)
    driver.synchronise(second)
    change(first, record.id, need="李伟记下的需求")
    change(second, record.id, need="王芳记下的需求")
    for workspace in (first, second, first):
        driver.synchronise(workspace)
    for workspace in pair:
        assert "李伟记下的需求" in customer(workspace, record.id).need
        assert "王芳记下的需求" in customer(workspace, record.id).need


def test_an_edit_survives_a_delete(pair):
    first, second = pair
    record = add_customer(first)
    driver.synchronise(first)
    driver.synchronise(second)
    change(first, record.id, city="苏州")
    driver.synchronise(first)
    deletion.delete(second, "customer", [record.id])
    for workspace in (second, first, second):
        driver.synchronise(workspace)
    assert [customer(w, record.id).deleted_at for w in pair] == [None, None]
    assert customer(second, record.id).city == "苏州"


def test_a_delete_that_nobody_crossed_stands(pair):
    first, second = pair
    record = add_customer(first)
    driver.synchronise(first)
    driver.synchronise(second)
    deletion.delete(second, "customer", [record.id])
    for workspace in (second, first):
        driver.synchronise(workspace)
    assert customer(first, record.id).deleted_at is not None
    with first.reading() as session:
        assert search.find(session, "华源") == []


def test_a_pending_edit_stays_on_top_of_what_comes(pair):
    first, second = pair
    record = add_customer(first)
    driver.synchronise(first)
    driver.synchronise(second)
    change(first, record.id, city="苏州", grade="A")
    driver.synchronise(first)
    change(second, record.id, city="无锡")
    from salesdesk.store import feed  # noqa: PLC0415

    with second.writing() as session:  # as if the pull came before the push
        row = {"territory": "east", "entity": "customer", "id": record.id, "rev": 99, "deleted": False}
        state = type("State", (), row | {"data": customer(first, record.id).wire(), "created_ms": 0, "created_by": "",
                                         "updated_ms": 0, "updated_by": ""})  # fmt: skip
        feed.stage(session, "east", "", 99, 99, [state])
        feed.apply_staged(session, "east", 0)
    assert (customer(second, record.id).city, customer(second, record.id).grade) == ("无锡", "A")


def test_a_copied_laptop_is_told_and_swallows_nothing(pair, office, tmp_path, opened):
    first, _ = pair
    add_customer(first, name="一")
    driver.synchronise(first)
    shutil.copytree(first.folder, tmp_path / "copy")
    add_customer(first, name="二")
    driver.synchronise(first)
    copy = opened(Workspace.open(tmp_path / "copy", KEY))
    add_customer(copy, name="三")
    with pytest.raises(OfficeRefused, match="copied_laptop"):
        driver.synchronise(copy)
    assert driver.office_of(copy) is None
    assert waiting(copy) == 1
    url = driver.office_of(first).url
    driver.enrol(copy, url, "li", office.secret_for("li"), "copy")
    driver.synchronise(copy)
    driver.synchronise(first)
    assert {data["name"] for _, data in everything(first).values()} >= {"一", "二", "三"}
    assert everything(first) == everything(copy)


def test_a_wrong_password_changes_nothing(tmp_path, office, opened):
    workspace = opened(laptop(tmp_path / "first"))
    with pytest.raises(OfficeRefused, match="wrong_password"):
        driver.enrol(workspace, office.url, "li", "wrong", "first")
    assert driver.office_of(workspace) is None


def test_no_office_in_reach_is_told_and_the_queue_stays(pair, office):
    first, _ = pair
    add_customer(first)
    office.stop()
    with pytest.raises(OfficeUnreachable):
        driver.synchronise(first)
    assert waiting(first) == 1
    office.start()
    assert driver.synchronise(first).sent == 1


@pytest.mark.parametrize("address", ["", "http://example.invalid", "ftp://x", "not an address"])
def test_an_address_that_cannot_be_is_told(tmp_path, opened, address):
    workspace = opened(laptop(tmp_path / "first"))
    from salesdesk.errors import SalesDeskError  # noqa: PLC0415

    with pytest.raises(SalesDeskError):
        driver.enrol(workspace, address, "li", PASSWORD, "first")


def test_cancelling_keeps_what_was_answered(pair):
    first, _ = pair
    for number in range(5):
        add_customer(first, name=str(number))
    asked = iter(range(100))
    report = driver.synchronise(first, cancelled=lambda: next(asked) >= 3)
    assert report.cancelled
    driver.synchronise(first)
    assert waiting(first) == 0


def test_a_conflict_is_made_once_however_often_it_is_pushed(pair):
    first, second = pair
    record = add_customer(first)
    driver.synchronise(first)
    driver.synchronise(second)
    for round_ in range(3):
        change(first, record.id, city=f"苏州{round_}")
        change(second, record.id, city=f"无锡{round_}")
        for workspace in (first, second, first):
            driver.synchronise(workspace)
    with first.reading() as session:
        assert queries.count(session, Conflict) == 3
    assert everything(first) == everything(second)
