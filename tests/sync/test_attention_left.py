"""On the list of what did not arrive: what a lost territory left, files, what waits for another laptop, conflicts."""

import shutil

import pytest

from salesdesk.actions import attention as deal
from salesdesk.errors import OfficeRefused, UserError
from salesdesk.records.prospecting import Customer
from salesdesk.records.work import Attachment
from salesdesk.store import attachments, journal
from salesdesk.store.attention import Kind, Way
from tests.sync.crew import until_quiet
from tests.sync.refusals import at_office, correct, detail, items, refused_edit


@pytest.fixture
def left(served, li):
    """Two changes of a territory that is taken away before they go; the laptop, and their records."""
    first = li.add(Customer(name="启航", need="平台"))
    li.sync()
    served.administration.join("liwei", "west")
    li.change(Customer, first, city="苏州")
    second = li.add(Customer(name="新的", need="平台"))
    served.administration.leave("liwei", "east")
    assert li.sync().lost_territories == ["east"]
    return li, first, second


def test_what_a_lost_territory_left_over_is_named_and_is_not_waiting(laptop, left):
    _, first, second = left
    li = laptop()
    newer, older = items(li)
    assert [(one.kind, one.record_id, one.title) for one in (older, newer)] == [
        (Kind.LEFT, first, "启航"),
        (Kind.LEFT, second, "新的"),
    ]
    assert (older.place, older.ways) == ("华东一区", {Way.HAND, Way.DROP})
    assert detail(li, older)[0].fields["city"] == ("", "苏州")
    assert li.waiting() == 0
    assert deal.task_for_leader(li.workspace, older, "一", "二").record.territory != "east"


def test_what_was_dropped_does_not_go_when_the_territory_comes_back_and_the_rest_does(served, left):
    li, first, second = left
    dropped = deal.drop(li.workspace, items(li)[1])
    assert [one.record_id for one in items(li)] == [second]
    deal.put_back(li.workspace, dropped)
    assert len(items(li)) == 2
    deal.drop(li.workspace, items(li)[1])
    served.administration.join("liwei", "east")
    for _ in range(2):
        li.sync()
    assert (items(li), li.waiting()) == ([], 0)
    assert at_office(served, second)["name"] == "新的"
    assert not at_office(served, first).get("city")


@pytest.fixture
def broken_file(li):
    """A file that this disk does not give back whole; the laptop, and the record it hangs on."""
    with li.workspace.changing("file.add") as changes:
        customer = changes.add(Customer(name="启航", need="平台"))
        file = attachments.attach(li.workspace, changes, customer, "现场.jpg", "image/jpeg", b"photo" * 1000)
    path = attachments._path(li.workspace, file.sha256)
    whole = path.read_bytes()
    path.write_bytes(whole[:-1])
    return li, file, lambda: path.write_bytes(whole)


def test_a_file_that_does_not_go_is_named_until_it_went(laptop, broken_file):
    li, file, mend = broken_file
    for tries in (1, 2):
        assert li.sync().files_failed == 1
        li = laptop()
        (item,) = items(li)
        assert (item.kind, item.tries, item.reason) == (Kind.FILE, tries, "attention.file_damaged")
        assert item.title == "启航 · 现场.jpg"
    assert (item.record_id, item.ways) == (file.record_id, {Way.HAND, Way.DROP})
    mend()
    assert li.sync().files == 1
    assert items(li) == []


def test_a_dropped_file_is_not_tried_again_and_comes_back_by_undo(broken_file):
    li, file, _ = broken_file
    li.sync()
    (item,) = items(li)
    dropped = deal.drop(li.workspace, item)
    assert li.sync().files_failed == 0
    assert items(li) == []
    deal.put_back(li.workspace, dropped)
    assert li.get(Attachment, file.id).deleted_at is None
    assert li.sync().files_failed == 1
    assert [one.tries for one in items(li)] == [2]


def test_a_file_that_was_handed_on_is_told_no_more_and_is_still_tried(broken_file):
    li, _, mend = broken_file
    li.sync()
    deal.handed(li.workspace, items(li)[0])
    assert li.sync().files_failed == 1
    assert items(li) == []
    mend()
    assert li.sync().files == 1


def test_an_issued_paper_cannot_be_dropped(li):
    with li.workspace.changing("paper.keep") as changes:
        customer = changes.add(Customer(name="启航", need="平台"))
        file = attachments.attach(li.workspace, changes, customer, "函.pdf", "application/pdf", b"%PDF", "issued")
    attachments._path(li.workspace, file.sha256).unlink()
    li.sync()
    (item,) = items(li)
    assert item.ways == {Way.HAND}
    with pytest.raises(UserError, match=r"attention\.not_to_drop"):
        deal.drop(li.workspace, item)


def test_a_sign_in_that_ends_before_the_files_is_no_end_of_the_sync(li, monkeypatch):
    """An expired token is renewed; where the office lets nobody in any more, the sync has not been done."""
    with li.workspace.changing("file.add") as changes:
        customer = changes.add(Customer(name="启航", need="平台"))
        for number in range(3):
            attachments.attach(li.workspace, changes, customer, f"{number}.jpg", "image/jpeg", b"%d" % number)
    from salesdesk.server import accounts  # noqa: PLC0415

    clock, seconds = accounts.time.time, accounts.TOKEN_SECONDS

    def expire(step):
        if step.step == "files":
            monkeypatch.setattr(accounts.time, "time", lambda: clock() + 601)
            monkeypatch.setattr(accounts, "TOKEN_SECONDS", -1)

    with pytest.raises(OfficeRefused, match=r"sync\.token_expired"):
        li.sync(progress=expire)
    assert items(li) == []  # it was no fault of the files
    monkeypatch.setattr(accounts, "TOKEN_SECONDS", seconds)
    assert li.sync().files == 3


def test_a_token_that_runs_out_before_the_files_is_renewed(li, monkeypatch):
    from salesdesk.server import accounts  # noqa: PLC0415

    with li.workspace.changing("file.add") as changes:
        customer = changes.add(Customer(name="启航", need="平台"))
        attachments.attach(li.workspace, changes, customer, "1.jpg", "image/jpeg", b"1")
    clock = accounts.time.time

    def expire(step):
        if step.step == "files":
            monkeypatch.setattr(accounts.time, "time", lambda: clock() + 601)

    assert li.sync(progress=expire).files == 1


def test_what_waits_for_another_laptop_says_so_until_it_was_taken_in(served, laptop, li, tmp_path):
    other = laptop("wangfang")
    copy = tmp_path / "copy"
    served.replaced(lambda: shutil.copytree(served.folder.parent, copy))
    record_id = li.add(Customer(name="备份之后", need="平台"))
    until_quiet(li, other)
    other.change(Customer, record_id, city="无锡")
    other.sync()

    def put_back():
        shutil.rmtree(served.folder.parent)
        shutil.copytree(copy, served.folder.parent)

    served.replaced(put_back)
    other.sync()
    other = laptop("wangfang")
    (item,) = items(other)
    assert (item.kind, item.title, item.ways) == (Kind.PARKED, "备份之后", {Way.HAND})
    li.sync()
    other.sync()
    assert items(other) == []
    assert other.get(Customer, record_id).city == "无锡"


def test_a_conflict_is_on_the_list_until_it_is_settled(served, laptop, li):
    other = laptop("wangfang")
    record_id = li.add(Customer(name="启航", need="平台"))
    until_quiet(li, other)
    li.change(Customer, record_id, city="苏州")
    other.change(Customer, record_id, city="无锡")
    for one in (li, other, li):
        one.sync()
    (item,) = items(li)
    assert (item.kind, item.record_id, item.title, item.ways) == (Kind.CONFLICT, record_id, "启航", {Way.SETTLE})


def test_what_the_office_could_not_digest_is_corrected_as_new(served, li, log_records):
    """It is kept raw there; here it is told, and the record can go again."""
    record_id = li.add(Customer(name="启航", need="a\0b"))
    li.sync()
    (item,) = items(li)
    assert (item.kind, item.reason, item.new) == (Kind.HELD, "sync.held", True)
    log_records.clear()
    correct(li, item, need="ab")
    li.sync()
    assert (at_office(served, record_id)["need"], items(li)) == ("ab", [])


def test_a_copied_laptop_keeps_its_list(li, served):
    refused_edit(li, served)
    (before,) = items(li)
    with li.workspace.writing() as session:
        from salesdesk.store import outbox  # noqa: PLC0415

        outbox.fork(session)
    (item,) = items(li)
    assert (item.title, item.reason) == (before.title, before.reason)
    assert detail(li, item)[0].wrong == ("employees",)
    deal.drop(li.workspace, item)
    assert items(li) == []
    assert journal.Dealt.DROPPED == "dropped"
