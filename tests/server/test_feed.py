"""What a push does to a territory and what a pull shows of it, on both databases."""

import uuid

from salesdesk.server import ledger
from tests.server.office import sent


def new_id():
    return str(uuid.uuid4())


def test_a_record_arrives_letter_for_letter(device):
    anna, ben = device(), device("wangfang")
    record_id = new_id()
    before = anna.pull(0)
    data = {"name": "宁波“海川”<b>&\t精密 🛠\\u0000 \u2028", "employees": 200, "contact_verified": True}
    data |= {"need": "一\n二", "future": "kept", "verified_on": None}
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
