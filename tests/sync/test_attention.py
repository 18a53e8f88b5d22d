"""What did not arrive as it was typed stays on one list until somebody has dealt with it, whatever happens."""

import shutil

import pytest
from sqlalchemy import select

from salesdesk.actions import attention as deal
from salesdesk.actions import deletion, forms
from salesdesk.actions.forms import RowValues
from salesdesk.errors import OfficeRefused, SalesDeskError, UserError
from salesdesk.records.prospecting import Contact, Customer
from salesdesk.records.typed import LONGEST_TEXT
from salesdesk.records.work import Attachment, Opportunity, Task
from salesdesk.server.tables import mark, record
from salesdesk.store import attachments, attention, bin, journal  # noqa: A004  # the recycle bin
from salesdesk.store.attention import Kind, Way
from salesdesk.store.workspace import Workspace
from tests.factories import KEY
from tests.server.conftest import new_office
from tests.sync.crew import Laptop, until_quiet
from tests.sync.laptops import Cable


@pytest.fixture
def office(tmp_path, request):
    (tmp_path / "office").mkdir()
    with new_office("sqlite", tmp_path / "office", request) as opened:
        yield opened


@pytest.fixture
def laptop(office, tmp_path):
    """Enrols people's laptops; a second time the same person's is opened again, as after a restart."""
    made = {}

    def make(login="liwei"):
        if login in made:
            made[login].close()
            made[login].workspace = Workspace.open(made[login].folder, KEY)
        else:
            made[login] = Laptop(tmp_path / login, office.url, login)
            made[login].sync()
        return made[login]

    yield make
    for one in made.values():
        one.close()


@pytest.fixture
def li(laptop):
    return laptop()


def items(one):
    with one.workspace.reading() as session:
        return attention.items(session)


def detail(one, item):
    with one.workspace.reading() as session:
        return deal.detail(session, one.workspace, item)


def at_office(office, record_id):
    """The record's values at the office; nothing for one that it never had or that is in the bin."""
    with office.engine.connect() as connection:
        row = connection.execute(select(record).where(record.c.id == record_id)).mappings().first()
    return row["data"] if row is not None and not row["deleted"] else None


def new_customer(one, employees=-1):
    """A customer as the form makes it, with contact and first round; no office takes a number below nought."""
    sheet = forms.new(one.workspace, "customer")
    contact = {"contact": [RowValues("", {"name": "张伟", "phone": "13800135678"})]}
    kept = forms.save(one.workspace, sheet, {"name": "华源科技", "need": "平台", "employees": employees}, contact)
    return kept.record.id, kept.rows["contact"][0].id


def refused_edit(one, office):
    """An edit of a record that the office has, refused there; returns the record's id."""
    record_id = one.add(Customer(name="启航", need="平台", employees=20))
    one.sync()
    one.change(Customer, record_id, employees=-7, city="苏州")
    one.sync()
    assert at_office(office, record_id)["employees"] == 20
    return record_id


def correct(one, item, **values):
    """What the window does: open the form, save it, and say so."""
    opened = deal.open_to_correct(one.workspace, item)
    rows = {name: [RowValues(row.id, {}) for row in group] for name, group in opened.sheet.rows.items()}
    forms.save(one.workspace, opened.sheet, values, rows)
    deal.corrected(one.workspace, item)


def test_a_refused_new_record_is_named_and_stays_through_syncs_and_restarts(laptop, li):
    record_id, _ = new_customer(li)
    assert len(li.sync().attention) > 0
    for _ in range(2):
        assert li.sync().attention == []
        li = laptop()
        (item,) = items(li)
    assert (item.kind, item.entity, item.record_id, item.title) == (Kind.REJECTED, "customer", record_id, "华源科技")
    assert (item.action, item.by, item.new, item.reason) == ("save.customer", "李伟", True, "value.out_of_range")
    assert item.ways == {Way.CORRECT, Way.HAND, Way.DROP}
    typed = detail(li, item)
    assert (typed[0].record_id, typed[0].wrong, typed[0].fields["employees"]) == (record_id, ("employees",), (None, -1))
    assert {one.entity for one in typed} == {"customer", "contact", "opportunity"}


def test_a_corrected_new_record_arrives_with_all_that_hangs_on_it(office, laptop, li):
    record_id, contact_id = new_customer(li)
    li.change(Customer, record_id, city="苏州")  # refused with it: the office does not know what is changed
    li.sync()
    task_id = li.add(Task(subject="回电", customer_id=record_id))
    li.sync()
    (item,) = items(li)
    correct(li, item, employees=50)
    assert items(li) == []
    li.sync()
    assert at_office(office, record_id) | {"employees": 50, "city": "苏州"} == at_office(office, record_id)
    assert at_office(office, contact_id)["phone"] == "13800135678"
    other = laptop("wangfang")
    until_quiet(li, other)
    assert other.get(Customer, record_id).name == "华源科技"
    assert other.get(Task, task_id).customer_id == record_id
    with other.workspace.reading() as session:
        assert session.scalars(select(Opportunity.customer_id)).all() == [record_id]
    assert items(li) == items(other) == []


def test_saving_the_form_of_a_refused_new_record_is_enough(office, li):
    record_id, contact_id = new_customer(li)
    li.sync()
    li.change(Customer, record_id, employees=3)
    li.sync()
    assert at_office(office, record_id)["employees"] == 3
    assert at_office(office, contact_id) is not None
    li.change(Customer, record_id, employees=4)  # and from now on it is a record like any other
    li.sync()
    assert at_office(office, record_id)["employees"] == 4
    assert items(li) == []


def test_a_correction_that_is_refused_again_is_on_the_list_again_and_once(li):
    new_customer(li)
    li.sync()
    (item,) = items(li)
    correct(li, item, employees=-2)
    li.sync()
    (again,) = items(li)
    assert again.key != item.key
    assert again.new


def test_a_refused_edit_is_corrected_on_what_the_office_has(office, laptop, li):
    record_id = refused_edit(li, office)
    li = laptop()
    (item,) = items(li)
    assert (item.kind, item.title, item.new) == (Kind.REJECTED, "启航", False)
    assert li.get(Customer, record_id).employees == 20
    opened = deal.open_to_correct(li.workspace, item)
    assert (opened.sheet.record.id, opened.refused.wrong) == (record_id, ("employees",))
    assert opened.refused.fields == {"employees": (20, -7), "province": ("", ""), "city": ("", "苏州")}
    correct(li, item, employees=7, city="苏州")
    assert items(li) == []
    li.sync()
    assert (at_office(office, record_id)["employees"], at_office(office, record_id)["city"]) == (7, "苏州")


def test_a_refused_row_opens_in_the_form_it_belongs_to(office, li):
    customer_id = li.add(Customer(name="启航", need="平台"))
    li.sync()
    contact_id = li.add(Contact(customer_id=customer_id, name="陈", phone="1" * (LONGEST_TEXT + 1)))
    li.sync()
    (item,) = items(li)
    opened = deal.open_to_correct(li.workspace, item)
    assert (opened.sheet.record.id, opened.refused.record_id) == (customer_id, contact_id)
    assert opened.refused.wrong == ("phone",)
    sheet, rows = opened.sheet, {"contact": [RowValues(contact_id, {"phone": "1"})]}
    forms.save(li.workspace, sheet, {}, rows)
    deal.corrected(li.workspace, item)
    li.sync()
    assert (at_office(office, contact_id)["phone"], items(li)) == ("1", [])


def test_a_dropped_new_record_goes_into_the_bin_and_comes_back_by_undo(office, laptop, li):
    record_id, contact_id = new_customer(li)
    li.sync()
    (item,) = items(li)
    dropped = deal.drop(li.workspace, item)
    assert items(li) == []
    with li.workspace.reading() as session:
        assert [one.record_id for one in bin.deleted(session)] == [record_id]
    li.sync()
    li = laptop()
    assert (items(li), at_office(office, record_id)) == ([], None)
    deal.put_back(li.workspace, dropped)
    assert li.get(Customer, record_id).deleted_at is None
    assert li.get(Contact, contact_id).deleted_at is None
    li.sync()
    (again,) = items(li)
    assert again.record_id == record_id
    correct(li, again, employees=1)
    li.sync()
    assert at_office(office, record_id)["employees"] == 1
    assert at_office(office, contact_id)["name"] == "张伟"


def test_deleting_it_together_with_what_the_office_has_is_no_refusal(office, li):
    record_id, _ = new_customer(li)
    li.sync()
    task_id = li.add(Task(subject="回电", customer_id=record_id))
    li.sync()
    assert at_office(office, task_id) is not None
    deletion.delete(li.workspace, "customer", [record_id])
    report = li.sync()
    assert (report.attention, items(li), at_office(office, task_id)) == ([], [], None)


def test_what_was_deleted_before_the_refusal_came_is_missed_by_nobody(li):
    record_id, _ = new_customer(li)
    deletion.delete(li.workspace, "customer", [record_id])
    li.sync()
    assert items(li) == []


def test_a_dropped_edit_leaves_what_the_office_has_and_can_be_put_back(office, laptop, li):
    record_id = refused_edit(li, office)
    (item,) = items(li)
    dropped = deal.drop(li.workspace, item)
    li.sync()
    li = laptop()
    assert (items(li), li.get(Customer, record_id).employees) == ([], 20)
    deal.put_back(li.workspace, dropped)
    assert items(li) == [item]


def test_handed_on_it_is_a_task_of_a_leader_in_the_same_territory(office, laptop, li):
    office.administration.add_person("zhao", "赵敏", "manager", "east", "correct horse")
    li.sync()
    record_id = refused_edit(li, office)
    (item,) = items(li)
    sheet = deal.task_for_leader(li.workspace, item, "启航：员工 -7", "…")
    assert items(li) == [item]  # nothing is handed on before the task is kept
    kept = forms.save(li.workspace, sheet, {"remark": "请看"})
    deal.handed(li.workspace, item)
    li.sync()
    assert items(laptop()) == []
    assert at_office(office, kept.record.id) | {
        "subject": "启航：员工 -7",
        "remark": "请看",
        "assignee": "赵敏",
        "customer_id": record_id,
    } == at_office(office, kept.record.id)


def test_a_task_does_not_name_a_customer_whom_the_office_does_not_have(li):
    new_customer(li)
    li.sync()
    (item,) = items(li)
    assert deal.task_for_leader(li.workspace, item, "一", "二").record.customer_id == ""


def test_an_answer_that_was_cut_is_learnt_at_the_next_contact(office, laptop, li):
    """The office took the push and its answer never came; whatever came after, the refusal is told."""
    cable = Cable(int(office.url.rsplit(":", 1)[1]))
    try:
        record_id, _ = new_customer(li)
        li.go_through(cable.url)
        for allowed in range(300, 3_000, 40):
            cable.cut_after("down", allowed)
            with pytest.raises(SalesDeskError):
                li.sync()
            with office.engine.connect() as connection:
                if any(connection.scalars(select(mark.c.acked_seq))):
                    break
        assert li.waiting() > 0  # it is not known here yet
        assert items(li) == []
        li = laptop()
        li.go_through(office.url)
        li.add(Task(subject="之后"))
        assert len(li.sync().attention) > 0
    finally:
        cable.close()
    (item,) = items(laptop())
    assert (item.record_id, item.reason) == (record_id, "value.out_of_range")


def test_a_cut_directly_after_the_push_hides_nothing(laptop, li):
    record_id, _ = new_customer(li)

    def cut(step):
        if step.step == "push" and step.done:
            raise ConnectionError

    with pytest.raises(ConnectionError):
        li.sync(progress=cut)
    (item,) = items(laptop())
    assert item.record_id == record_id


@pytest.fixture
def left(office, li):
    """Two changes of a territory that is taken away before they go; the laptop, and their records."""
    first = li.add(Customer(name="启航", need="平台"))
    li.sync()
    office.administration.join("liwei", "west")
    li.change(Customer, first, city="苏州")
    second = li.add(Customer(name="新的", need="平台"))
    office.administration.leave("liwei", "east")
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


def test_what_was_dropped_does_not_go_when_the_territory_comes_back_and_the_rest_does(office, left):
    li, first, second = left
    dropped = deal.drop(li.workspace, items(li)[1])
    assert [one.record_id for one in items(li)] == [second]
    deal.put_back(li.workspace, dropped)
    assert len(items(li)) == 2
    deal.drop(li.workspace, items(li)[1])
    office.administration.join("liwei", "east")
    for _ in range(2):
        li.sync()
    assert (items(li), li.waiting()) == ([], 0)
    assert at_office(office, second)["name"] == "新的"
    assert not at_office(office, first).get("city")


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


def test_what_waits_for_another_laptop_says_so_until_it_was_taken_in(office, laptop, li, tmp_path):
    other = laptop("wangfang")
    copy = tmp_path / "copy"
    office.replaced(lambda: shutil.copytree(office.folder.parent, copy))
    record_id = li.add(Customer(name="备份之后", need="平台"))
    until_quiet(li, other)
    other.change(Customer, record_id, city="无锡")
    other.sync()

    def put_back():
        shutil.rmtree(office.folder.parent)
        shutil.copytree(copy, office.folder.parent)

    office.replaced(put_back)
    other.sync()
    other = laptop("wangfang")
    (item,) = items(other)
    assert (item.kind, item.title, item.ways) == (Kind.PARKED, "备份之后", {Way.HAND})
    li.sync()
    other.sync()
    assert items(other) == []
    assert other.get(Customer, record_id).city == "无锡"


def test_a_conflict_is_on_the_list_until_it_is_settled(office, laptop, li):
    other = laptop("wangfang")
    record_id = li.add(Customer(name="启航", need="平台"))
    until_quiet(li, other)
    li.change(Customer, record_id, city="苏州")
    other.change(Customer, record_id, city="无锡")
    for one in (li, other, li):
        one.sync()
    (item,) = items(li)
    assert (item.kind, item.record_id, item.title, item.ways) == (Kind.CONFLICT, record_id, "启航", {Way.SETTLE})


def test_what_the_office_could_not_digest_is_corrected_as_new(office, li, log_records):
    """It is kept raw there; here it is told, and the record can go again."""
    record_id = li.add(Customer(name="启航", need="a\0b"))
    li.sync()
    (item,) = items(li)
    assert (item.kind, item.reason, item.new) == (Kind.HELD, "sync.held", True)
    log_records.clear()
    correct(li, item, need="ab")
    li.sync()
    assert (at_office(office, record_id)["need"], items(li)) == ("ab", [])


def test_a_copied_laptop_keeps_its_list(li, office):
    refused_edit(li, office)
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
