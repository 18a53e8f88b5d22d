"""The ugly cases of a round: every kind of value, huge texts, one huge action, files, addresses, cancelling."""

import random
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import insert, update

from salesdesk.errors import OfficeRefused, OfficeUnreachable, UserError
from salesdesk.records.discovery import DecisionRole, NeedsAnalysis
from salesdesk.records.prospecting import Contact, Customer
from salesdesk.records.registry import fields_of, forms
from salesdesk.records.roles import OFFICE
from salesdesk.records.work import Attachment, Task
from salesdesk.server.tables import membership
from salesdesk.store import attachments, attention, feed, journal, search
from salesdesk.sync import driver
from tests.server.conftest import new_office
from tests.server.office import PASSWORD
from tests.sync.crew import Laptop, until_quiet

UGLY = "𬭎𠮷 <b>&\"'\\ ﹪％ \u200d👩‍👧 末行\n第二行\t制表 é e\u0301"


@pytest.fixture(scope="module")
def office(request, tmp_path_factory):
    """One office for all; each test uses records of its own."""
    with new_office("sqlite", tmp_path_factory.mktemp("office"), request) as opened:
        yield opened


@pytest.fixture(scope="module")
def laptop(office, tmp_path_factory):
    """Gives each person's enrolled laptop; all tests use the same ones, with everything sent."""
    made = {}

    def give(login="liwei"):
        if login not in made:
            made[login] = Laptop(tmp_path_factory.mktemp(login), office.url, login)
        until_quiet(made[login], rounds=1)
        return made[login]

    yield give
    for one in made.values():
        one.close()


def filled(form, number):
    """A record with every field filled with something ugly."""
    values = {}
    for name, field in fields_of(form).items():
        if not field.writers:  # the office fills it in
            continue
        kind = type(field.kind).__name__
        values[name] = {
            "TextKind": UGLY if getattr(field.kind, "lines", 1) > 1 else UGLY.replace("\n", " ")[:30],
            "PhoneKind": "+86 138-0013-8000",
            "IntegerKind": min(max(7, getattr(field.kind, "low", 0)), getattr(field.kind, "high", 7)),
            "MoneyKind": 10**17,
            "DateKind": date(2024, 2, 29),
            "TimeKind": datetime(2024, 1, 1, 23, 59, tzinfo=UTC).time(),
            "MomentKind": datetime(2024, 3, 15, 1, 2, 3, 456789, tzinfo=UTC),
            "ChoiceKind": field.kind.options[0].value if kind == "ChoiceKind" else "",
            "FlagKind": True,
            "LinkKind": f"link-{number}",
        }[kind]
    if form is Attachment:
        values["sha256"] = ""  # no file behind it
    if "decision" in values:
        values["decision"] = ""  # only its approver decides: tests/sync/test_approval.py
    return form(**values)


def test_every_field_of_every_form_arrives_letter_for_letter(office, laptop):
    office.administration.add_person("zhoujie", "周洁", "office", "east", PASSWORD)
    first, second, keeper = laptop("liwei"), laptop("wangfang"), laptop("zhoujie")
    # steps of an approval come about by actions: tests/sync/test_approval.py
    typed = [form for form in forms() if form.__form__.writers]
    ids = []
    for writer, kept in ((first, False), (keeper, True)):
        own = [form for form in typed if (form.__form__.writers == OFFICE) is kept]
        with writer.workspace.changing("save") as changes:
            made = [changes.add(filled(form, number)).id for number, form in enumerate(own)]
        assert writer.sync().sent == len(made)
        ids += made
    first.sync()
    second.sync()
    until_quiet(first, second)
    assert {record_id for _, record_id in second.everything()} >= set(ids)


def test_what_was_written_before_signing_in_goes_too(office, tmp_path):
    laptop = Laptop(tmp_path / "early", office.url, "")
    with laptop.workspace.changing("save") as changes:
        customer = changes.add(Customer(name="早于注册"))
        changes.add(Contact(customer_id=customer.id, name="张伟"))
    laptop.enrol(office.url, "liwei")
    laptop.change(Customer, customer.id, city="苏州")
    assert laptop.sync().sent == 3
    kept = laptop.get(Customer, customer.id)
    assert (kept.territory, kept.created_by, kept.rev > 0) == ("east", laptop.workspace.identity.person_id, True)
    until_quiet(laptop)
    laptop.close()


def test_a_colleague_finds_what_came(laptop):
    first, second = laptop("liwei"), laptop("wangfang")
    customer_id = first.add(Customer(name="寻得到科技", credit_code="91320500MA1"))
    first.sync()
    second.sync()

    def found(query):
        with second.workspace.reading() as session:
            return [hit.record_id for hit in search.find(session, query)]

    assert found("寻得到") == found("xddkj") == found("91320500") == [customer_id]
    first.change(Customer, customer_id, name="改名实业")
    first.sync()
    second.sync()
    assert (found("寻得到"), found("gmsy")) == ([], [customer_id])
    first.delete(Customer, customer_id)
    first.sync()
    second.sync()
    assert found("gmsy") == []


def test_nothing_to_do_sends_and_brings_nothing(laptop):
    first = laptop()
    first.add(Task(subject="一"))
    until_quiet(first)
    again = first.sync()
    assert (again.sent, again.received_count) == (0, {})


def test_ones_own_work_is_not_sent_back(laptop):
    first = laptop()
    first.add(Task(subject="自己的"))
    report = first.sync()
    assert (report.sent, report.received_count) == (1, {})


def test_a_file_goes_with_its_record(laptop):
    first, second = laptop("liwei"), laptop("wangfang")
    customer_id = first.add(Customer(name="有附件"))
    data = bytes(range(256)) * 6_000
    with first.workspace.changing("attach") as changes:
        attachment = attachments.attach(
            first.workspace, changes, changes.get(Customer, customer_id), "扫描.pdf", "application/pdf", data
        )
    first.sync()
    second.sync()
    assert attachments.read_blob(second.workspace, attachment.sha256) == data
    assert first.sync().files == second.sync().files == 0


def test_a_hundred_thousand_characters_and_many_of_them(laptop):
    first, second = laptop("liwei"), laptop("wangfang")
    until_quiet(first, second)
    rng = random.Random(7)
    long = "".join(chr(rng.randrange(0x4E00, 0x9FA5)) for _ in range(100_000))
    for _ in range(12):
        first.add(Customer(name="长文", need=long))
    until_quiet(first, second)


def test_one_action_larger_than_a_push(laptop):
    first, second = laptop("liwei"), laptop("wangfang")
    with first.workspace.changing("import") as changes:
        for number in range(2_500):
            changes.add(Task(subject=f"导入 {number}"))
    first.sync()
    second.sync()
    until_quiet(first, second)


def test_deleted_rows_go_and_come_back(laptop):
    first, second = laptop("liwei"), laptop("wangfang")
    analysis = first.add(NeedsAnalysis(pains="x"))
    role = first.add(DecisionRole(analysis_id=analysis, person="王总"))
    until_quiet(first, second)
    second.delete(DecisionRole, role)
    until_quiet(second, first)
    assert first.get(DecisionRole, role).deleted_at is not None
    with first.workspace.changing("restore") as changes:
        changes.restore(changes.get(DecisionRole, role))
    until_quiet(first, second)
    assert second.get(DecisionRole, role).deleted_at is None


def test_the_wrong_password_changes_nothing(office, tmp_path):
    laptop = Laptop(tmp_path / "wrong", office.url, "")
    with pytest.raises(OfficeRefused, match="sync.wrong_password"):
        driver.enrol(laptop.workspace, office.url, "wangfang", PASSWORD + "x", "laptop")
    assert driver.office_of(laptop.workspace) is None
    with pytest.raises(OfficeRefused, match="sync.not_signed_in"):
        laptop.sync()
    laptop.close()


def test_an_office_that_is_not_there(office, laptop):
    first = laptop()
    first.add(Task(subject="等着"))
    first.go_through("http://127.0.0.1:9")
    with pytest.raises(OfficeUnreachable):
        first.sync()
    assert first.waiting() == 1
    first.go_through(office.url)


def test_passwords_do_not_travel_in_the_clear(office, tmp_path):
    laptop = Laptop(tmp_path / "clear", office.url, "")
    for url in ("http://office.example.com", "HTTP：//office.example.com", "http://127.0.0.1.example.com"):
        with pytest.raises(UserError, match="needs_https"):
            driver.enrol(laptop.workspace, url, "liwei", PASSWORD, "laptop")
    laptop.close()


def test_a_record_that_names_no_file_stops_nobody(laptop):
    first, second = laptop("liwei"), laptop("wangfang")
    for name in ("../../etc/passwd", "扫描 件", "0" * 64, "A" * 64, "a" * 63 + "\t"):
        first.add(Attachment(name="坏", sha256=name[:64]))
    until_quiet(first, second)


def test_a_territory_taken_away_with_work_still_unsent(office, laptop):
    with office.engine.begin() as connection:
        connection.execute(insert(membership).values(person_id="nobody", territory_id="west", role="rep"))
    first = laptop("zhaolei")
    mine = membership.c.person_id == first.workspace.identity.person_id
    first.add(Task(subject="已送达"))
    first.sync()
    kept = first.add(Task(subject="未送达"))
    with office.engine.begin() as connection:
        connection.execute(update(membership).where(mine).values(territory_id="west"))
    assert first.sync().lost_territories == ["east"]
    assert first.sync().lost_territories == []
    with first.workspace.reading() as session:
        assert journal.waiting(session) == []  # it has nowhere to go, and somebody has to know
        (left,) = attention.items(session)
        assert (left.kind, left.record_id) == (attention.Kind.LEFT, kept)
    assert not [key for key in first.everything() if key[0] == "task"]
    with office.engine.begin() as connection:
        connection.execute(update(membership).where(mine).values(territory_id="east"))
    assert [first.sync().sent for _ in range(3)] == [0, 1, 0]
    assert first.get(Task, kept).subject == "未送达"


def test_cancelling_stops_and_the_next_sync_goes_on(laptop):
    first, second = laptop("liwei"), laptop("wangfang")
    for number in range(5):
        first.add(Task(subject=f"取消 {number}"))
    for after in range(6):
        steps = iter(range(100))
        assert first.sync(cancelled=lambda steps=steps, after=after: next(steps) >= after).cancelled or after > 2
    until_quiet(first, second)


def test_a_large_territory_is_compared_once_a_day(laptop):
    first = laptop()
    day = 24 * 3600 * 1000
    with first.workspace.writing() as session:
        count, total = feed.digest(session, "east")
        wrong = total ^ 1
        assert feed.differs(session, "east", count, wrong, 5 * day)
        assert feed.differs(session, "east", count, wrong, 5 * day)
        assert feed.differs(session, "east", 10**6, total, 6 * day)
        assert not feed.differs(session, "east", 10**6, wrong, 7 * day - 1)
        assert feed.differs(session, "east", 10**6, wrong, 7 * day)
        assert not feed.differs(session, "east", count, total, 7 * day)


@pytest.mark.parametrize("deleter_first", [True, False])
def test_a_row_added_while_its_parent_is_deleted_is_not_orphaned(laptop, deleter_first):
    first, second = laptop("liwei"), laptop("wangfang")
    customer_id = first.add(Customer(name="两人同时"))
    until_quiet(first, second)
    first.delete(Customer, customer_id)
    contact_id = second.add(Contact(customer_id=customer_id, name="新联系人"))
    order = (first, second) if deleter_first else (second, first)
    until_quiet(*order)
    for one in order:
        assert one.get(Contact, contact_id).deleted_at is None
        assert one.get(Customer, customer_id).deleted_at is None
