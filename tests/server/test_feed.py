"""What a push does to a territory and what a pull shows of it, on both databases."""

import hashlib
import json
import time
import uuid
from dataclasses import replace
from datetime import datetime
from itertools import pairwise

import msgspec
import pytest
from sqlalchemy import func, select, update

from salesdesk.records.field import Audience
from salesdesk.records.registry import fields_of, form_named
from salesdesk.server import ledger
from salesdesk.server.tables import answer, change_log, held, membership
from salesdesk.sync import merge
from salesdesk.sync.protocol import LARGEST_UNPACKED, Cursor, Mismatch, Pull, Pulled, Pushed
from tests.server.office import PASSWORD, sent


def new_id():
    return str(uuid.uuid4())


def test_a_record_arrives_letter_for_letter(device):
    anna, ben = device(), device("wangfang")
    record_id = new_id()
    before = anna.pull(0)
    data = {"name": "宁波“海川”<b>&\t精密 🛠\\u0000 \u2028", "employees": 200, "contact_verified": True}
    data |= {"need": "一\n二", "verified_on": None}
    pushed = anna.push(sent("customer", record_id, **data))
    rev = before.head + 1
    assert (pushed.head_before, pushed.head_after, pushed.plain) == (before.head, rev, True)
    assert pushed.revs == {record_id: rev}
    page = ben.pull(before.head)
    (got,) = page.records
    assert (got.entity, got.id, got.rev, got.deleted, got.data) == ("customer", record_id, rev, False, data)
    assert got.created_by == got.updated_by == anna.enrolled.person
    assert (page.complete, page.cursor, page.head, page.count) == (True, rev, rev, before.count + 1)
    assert page.digest == before.digest ^ ledger.digest_of(record_id, rev)


def state(bare, record_id, territory="east"):
    """The record as the office has it, from any page."""
    return bare.records(territory)[record_id]


def conflicts(bare, record_id):
    return [r for r in bare.records().values() if r.entity == "conflict" and r.data["record_id"] == record_id]


def test_a_push_that_comes_twice_counts_once(device, office, log_records):
    anna = device()
    record_id = new_id()
    message = anna.message([sent("customer", record_id, name="甲"), sent("customer", record_id, "dance")])
    before = anna.pull(0).head
    first = anna.call("/v1/push", message, Pushed)
    again = anna.call("/v1/push", message, Pushed)
    assert isinstance(again, Mismatch)
    assert (again.acked_seq, again.acked_hash, again.answers) == (2, first.acked_hash, first.answers)
    assert [(said.seq, said.kind) for said in again.answers] == [(2, "held")]
    assert len(log_records) == 1
    log_records.clear()
    anna.took(message)
    assert again.acked_hash == anna.hash
    assert anna.pull(0).head == before + 1
    with office.engine.connect() as connection:
        logged = select(func.count()).select_from(change_log).where(change_log.c.device_id == anna.device)
        assert connection.scalar(logged) == 1
    assert anna.push(sent("customer", record_id, "update", name=("甲", "乙"))).plain


@pytest.mark.parametrize("wrong", [{"first_seq": 3}, {"first_seq": 1}, {"first_seq": 0}, {"prev_hash": b"x" * 32},
                                   {"prev_hash": b""}, {"epoch": "another"}])  # fmt: skip
def test_what_does_not_continue_the_chain_changes_nothing(device, wrong):
    anna = device()
    anna.push(sent("customer", new_id(), name="甲"))
    head, mark = anna.pull(0).head, (anna.seq, anna.hash)
    message = msgspec.structs.replace(anna.message([sent("customer", new_id(), name="乙")]), **wrong)
    refused = anna.call("/v1/push", message, Pushed)
    assert isinstance(refused, Mismatch)
    assert (refused.acked_seq, refused.acked_hash, refused.epoch) == (*mark, anna.epoch)
    assert anna.pull(0).head == head


def test_a_tampered_entry_breaks_the_chain(device):
    """The hash that the office computes is over what it received."""
    anna = device()
    message = anna.message([sent("customer", new_id(), name="甲")])
    received = anna.call("/v1/push", message, Pushed)
    anna.took(msgspec.structs.replace(message, entries=[sent("customer", new_id(), name="乙", batch=1)]))
    assert received.acked_hash != anna.hash


def test_two_devices_edit_different_fields(device):
    anna, ben = device(), device("wangfang")
    record_id = new_id()
    rev = anna.push(sent("customer", record_id, name="甲", employees=5)).head_after
    assert anna.push(sent("customer", record_id, "update", base=rev, name=("甲", "乙"))).plain
    assert ben.push(sent("customer", record_id, "update", base=rev, employees=(5, 6))).plain
    now = state(anna, record_id)
    assert now.data == {"name": "乙", "employees": 6}
    assert (now.created_by, now.updated_by) == (anna.enrolled.person, ben.enrolled.person)
    assert conflicts(anna, record_id) == []


def test_two_devices_edit_the_same_field(device):
    anna, ben = device(), device("wangfang")
    record_id = new_id()
    rev = anna.push(sent("customer", record_id, name="甲")).head_after
    anna.push(sent("customer", record_id, "update", base=rev, name=("甲", "李伟的"), mono=9_999_000))
    pushed = ben.push(sent("customer", record_id, "update", base=rev, name=("甲", "王芳的"), mono=9_999_999))
    (said,) = pushed.answers
    assert (said.seq, said.kind, said.fields, pushed.plain) == (1, "conflict", ["name"], False)
    assert state(anna, record_id).data == {"name": "王芳的"}
    (kept,) = conflicts(anna, record_id)
    assert kept.id == said.conflict_id
    wanted = {"entity": "customer", "unit": "name", "standing": "mine", "mine_by": "王芳", "theirs_by": "李伟"}
    assert wanted.items() <= kept.data.items()
    assert [json.loads(kept.data[side])["name"] for side in ("base", "mine", "theirs")] == ["甲", "王芳的", "李伟的"]
    assert abs(datetime.fromisoformat(kept.data["mine_at"]).timestamp() - time.time()) < 20
    form = form_named("conflict")
    assert all(fields_of(form)[name].kind.from_wire(value) is not None for name, value in kept.data.items())
    assert ben.push(sent("conflict", kept.id, "update", base=kept.rev, settled=(False, True))).plain
    assert state(anna, kept.id).data["settled"] is True


def test_typing_on_after_a_conflict_makes_no_second_one(device):
    anna, ben = device(), device("wangfang")
    record_id = new_id()
    rev = anna.push(sent("customer", record_id, need="旧")).head_after
    anna.push(sent("customer", record_id, "update", base=rev, need=("旧", "李伟的话")))
    steps = ["旧", "王", "王芳", "王芳的话"]
    pushed = ben.push(*(sent("customer", record_id, "update", base=rev, need=pair) for pair in pairwise(steps)))
    assert len({said.conflict_id for said in pushed.answers}) == 1
    assert state(anna, record_id).data["need"] == "李伟的话\n\n【王芳】\n王芳的话"
    (kept,) = conflicts(anna, record_id)
    assert json.loads(kept.data["mine"]) == {"need": "王芳的话"}


def test_delete_against_edit_in_both_orders(device):
    anna, ben = device(), device("wangfang")
    first, second = new_id(), new_id()
    rev = anna.push(sent("customer", first, name="甲"), sent("customer", second, name="乙")).head_after
    anna.push(
        sent("customer", first, "update", base=rev, name=("甲", "甲甲")), sent("customer", second, "delete", base=rev)
    )
    pushed = ben.push(
        sent("customer", first, "delete", base=rev), sent("customer", second, "update", base=rev, name=("乙", "乙乙"))
    )
    assert [said.fields for said in pushed.answers] == [["deleted"], ["deleted"]]
    for record_id, name, standing in ((first, "甲甲", "theirs"), (second, "乙乙", "mine")):
        now = state(anna, record_id)
        assert (now.deleted, now.data["name"]) == (False, name)
        assert [kept.data["standing"] for kept in conflicts(anna, record_id)] == [standing]


def test_a_row_brings_its_deleted_parent_back(device):
    anna, ben = device(), device("wangfang")
    parent, row = new_id(), new_id()
    rev = anna.push(sent("customer", parent, name="甲")).head_after
    anna.push(sent("customer", parent, "delete", base=rev))
    assert state(ben, parent).deleted
    pushed = ben.push(sent("contact", row, customer_id=parent, name="陈"))
    assert (pushed.plain, set(pushed.revs)) == (False, {parent, row})
    assert not state(anna, parent).deleted


def test_what_breaks_a_rule_is_rejected_whole_and_the_rest_goes_on(device):
    anna = device()
    good, bad, beside, after = (new_id() for _ in range(4))
    entries = [
        sent("customer", good, name="甲", batch=1),
        sent("customer", beside, name="乙", batch=2),
        sent("customer", bad, name="丙", employees="five", batch=2),
        sent("customer", new_id(), "update", name=("a", "b"), batch=4),
        sent("customer", new_id(), employees=2**63, batch=5),
        sent("contact", good, name="陈", batch=6),
        sent("customer", after, name="丁", batch=7),
    ]
    pushed = anna.push(*entries)
    assert [(said.seq, said.kind, said.reason) for said in pushed.answers] == [
        (2, "rejected", "value.not_a_number"),
        (3, "rejected", "value.not_a_number"),
        (4, "rejected", "sync.unknown_record"),
        (5, "rejected", "value.not_a_number"),
        (6, "rejected", "sync.other_form"),
    ]
    assert set(pushed.revs) == {good, after}
    assert not {bad, beside} & set(anna.records())


RIDDLES = {
    "a float": {"fields": {"name": [None, 1.5]}},
    "a list": {"fields": {"name": [None, ["甲"]]}},
    "three values": {"fields": {"name": [None, "甲", "乙"]}},
    "no pair": {"fields": {"name": "甲"}},
    "a number for an entity": {"entity": 7},
    "no text of a database": {"fields": {"name": [None, "a\0b"]}},
    "a name with a zero byte": {"fields": {"a\0b": [None, "a"]}},
    "an action with a zero byte": {"action": "\0"},
    "a long id": {"record_id": "x" * 300},
    "a long form": {"entity": "x" * 300},
    "a kind of tomorrow": {"kind": "request"},
    "a base that is no number": {"base_rev": "7"},
}


@pytest.mark.parametrize("riddle", RIDDLES)
def test_what_cannot_be_digested_is_held_and_the_rest_goes_on(office, device, log_records, riddle):
    anna = device()
    before, after = new_id(), new_id()
    strange = msgspec.structs.replace(sent("customer", new_id(), name="甲"), **RIDDLES[riddle])
    pushed = anna.push(sent("customer", before, name="甲"), strange, sent("customer", after, name="乙"))
    assert [(said.seq, said.kind, said.reason) for said in pushed.answers] == [(2, "held", "sync.held")]
    assert set(pushed.revs) == {before, after}
    with office.engine.connect() as connection:
        kept = connection.execute(select(held.c.seq, held.c.raw).where(held.c.device_id == anna.device)).all()
    assert [row.seq for row in kept] == [2]
    assert msgspec.msgpack.decode(kept[0].raw)["record_id"] == strange.record_id
    assert [record.levelname for record in log_records] == ["WARNING"]
    log_records.clear()


def test_a_newer_laptop_waits_for_a_newer_office(device):
    """Its program says so by the number of its schema; what nobody has declared is not kept under any other."""
    ben = device("wangfang")
    message = ben.message([sent("tender", new_id(), title="投标"), sent("customer", new_id(), future="x")])
    refused = ben.call("/v1/push", msgspec.structs.replace(message, schema=99), Pushed)
    assert refused.message == "sync.office_too_old"
    pushed = ben.push(*message.entries)
    assert [(said.kind, said.reason) for said in pushed.answers] == [("rejected", "sync.undeclared")] * 2


def test_a_batch_too_large_for_one_push_comes_in_pieces(device):
    anna = device()
    first, second = new_id(), new_id()
    anna.push(sent("customer", first, name="甲", batch=1))
    assert anna.push(sent("customer", second, name="乙", batch=1)).revs.keys() == {second}


def test_a_wrong_clock_wins_only_within_its_own_absence(device):
    """王芳's laptop believes it is 1970, or a far year; both edits count as made since its last contact."""
    anna, ben = device(), device("wangfang")
    for wall, stands in ((2_000 + 10**12, "mine"), (-(10**12), "theirs")):
        record_id = new_id()
        rev = anna.push(sent("customer", record_id, name="甲")).head_after
        ben.push(sent("customer", new_id(), name="contact"))
        anna.push(sent("customer", record_id, "update", base=rev, name=("甲", "李伟的"), mono=10_000_000))
        strange = msgspec.structs.replace(
            sent("customer", record_id, "update", base=rev, name=("甲", "王芳的"), wall=wall), boot_id="an earlier boot"
        )
        ben.push(strange)
        (kept,) = conflicts(anna, record_id)
        assert kept.data["standing"] == stands
        assert abs(datetime.fromisoformat(kept.data["mine_at"]).timestamp() - time.time()) < 20


def test_pages_are_cut_and_put_together_again(device):
    anna, ben = device(), device("wangfang")
    texts = {new_id(): f"{number}" + "长" * 50_000 for number in range(20)}
    for record_id, text in texts.items():
        anna.push(sent("customer", record_id, need=text))
    pages, cursor, got = 0, 0, {}
    while True:
        page = ben.pull(cursor, limit_bytes=1)
        assert len(msgspec.msgpack.encode(page)) < LARGEST_UNPACKED / 4
        pages, cursor = pages + 1, page.cursor
        got |= {record.id: record for record in page.records}
        if page.complete:
            break
    assert pages > 5
    assert {record_id: got[record_id].data["need"] for record_id in texts} == texts
    digest = 0
    for record in got.values():
        digest ^= int.from_bytes(hashlib.sha256(f"{record.id}:{record.rev}".encode()).digest()[:8], "big")
    assert (page.count, page.digest) == (len(got), digest)


def test_a_cursor_of_another_epoch_or_of_the_future_begins_anew(device):
    anna = device()
    anna.push(sent("customer", new_id(), name="甲"))
    whole = anna.pull(0)
    for epoch, rev in (("another", whole.head), (whole.epoch, whole.head + 5), (whole.epoch, -1)):
        pulled = anna.call("/v1/pull", Pull(cursors={"east": Cursor(epoch=epoch, rev=rev)}), Pulled)
        assert pulled.feeds[0].records == whole.records
    assert anna.pull(whole.head).records == []


def test_what_a_role_may_not_see_stays_at_the_office(office, device, monkeypatch):
    fields = fields_of(form_named("customer"))
    monkeypatch.setitem(fields, "revenue", replace(fields["revenue"], audience=Audience.CONFIDENTIAL))
    anna, ben, legal = device(), device("wangfang"), device("zhaolei")
    with office.engine.begin() as connection:
        connection.execute(
            update(membership).where(membership.c.person_id == legal.enrolled.person).values(role="legal")
        )
    record_id = new_id()
    rev = anna.push(sent("customer", record_id, name="甲", revenue=11)).head_after
    for bare, revenue, name, mono in ((anna, 747474, "乙", 9_999_000), (ben, 858585, "丙", 9_999_999)):
        bare.push(sent("customer", record_id, "update", base=rev, revenue=(11, revenue), name=("甲", name), mono=mono))
    assert {kept.data["unit"] for kept in conflicts(anna, record_id)} == {"name", "revenue"}
    seen = {r.id: r for r in legal.records().values()}
    assert seen[record_id].data == {"name": "丙"}
    masked = {kept.data["unit"]: kept.data for kept in conflicts(legal, record_id)}
    assert not {"base", "mine", "theirs"} & masked["revenue"].keys()
    assert json.loads(masked["name"]["mine"]) == {"name": "丙"}
    assert not any(secret in str(seen) for secret in ("747474", "858585"))
    pushed = legal.push(sent("customer", record_id, "update", base=rev, revenue=(None, 1)))
    assert [(said.kind, said.reason) for said in pushed.answers] == [("rejected", "sync.not_allowed")]


def test_the_companys_territory_is_read_by_all_and_written_by_the_office(office, device):
    if not any(one.territory == "company" for one in device().enrolled.memberships):
        office.administration.add_territory("company", "公司")
        office.administration.add_person("office", "行政", "office", "company", PASSWORD)
    clerk, anna = device("office"), device()
    record_id = new_id()
    assert clerk.push(sent("person", record_id, name="陈"), territory="company").plain
    assert state(anna, record_id, "company").data == {"name": "陈"}
    anna.epoch = ""  # a laptop that has not pulled yet
    pushed = anna.push(sent("person", record_id, "update", name=("陈", "我")), territory="company")
    assert isinstance(pushed, Pushed)
    assert [(said.kind, said.reason) for said in pushed.answers] == [("rejected", "sync.office_only")]
    assert state(anna, record_id, "company").data == {"name": "陈"}


def test_an_empty_or_endless_push_is_no_push(device):
    anna = device()
    for entries in ([], [sent("customer", "x", name="甲")] * 2001):
        assert anna.call("/v1/push", anna.message(entries), Pushed).message == "sync.not_a_message"
    assert anna.seq == 0


def test_answers_are_kept_only_for_what_did_not_pass(office, device):
    anna = device()
    anna.push(*(sent("customer", new_id(), name="甲") for _ in range(5)), sent("customer", "x", "update"))
    with office.engine.connect() as connection:
        kept = connection.scalars(select(answer.c.seq).where(answer.c.device_id == anna.device)).all()
    assert kept == [6]


def test_a_push_of_another_devices_chain_is_refused(device):
    anna, ben = device(), device()
    anna.push(sent("customer", new_id(), name="甲"))
    message = anna.message([sent("customer", new_id(), name="乙")])
    assert isinstance(ben.call("/v1/push", message, Pushed), Mismatch)


def test_a_mistake_of_the_office_holds_the_entry_and_not_the_queue(device, monkeypatch, log_records):
    anna = device()
    good, bad = new_id(), new_id()
    whole = merge.merge

    def stumble(entity, record, change, open_losses):
        if change.fields["name"][1] == "乙":
            raise ZeroDivisionError
        return whole(entity, record, change, open_losses)

    monkeypatch.setattr(merge, "merge", stumble)
    pushed = anna.push(sent("customer", bad, name="乙"), sent("customer", good, name="甲"))
    assert [(said.seq, said.kind) for said in pushed.answers] == [(1, "held")]
    assert set(pushed.revs) == {good}
    assert len(log_records) == 1
    log_records.clear()


def test_a_field_keeps_the_revision_of_its_own_last_change(device):
    anna, ben = device(), device("wangfang")
    record_id = new_id()
    rev = anna.push(sent("customer", record_id, name="甲", employees=5)).head_after
    renamed = anna.push(sent("customer", record_id, "update", base=rev, name=("甲", "乙"))).head_after
    anna.push(sent("customer", record_id, "update", base=renamed, employees=(5, 6)))
    assert ben.push(sent("customer", record_id, "update", base=renamed, name=("as seen elsewhere", "丙"))).plain
    assert state(anna, record_id).data == {"name": "丙", "employees": 6}
