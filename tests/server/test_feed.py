import hashlib

from tests.server.office import BOOT


def test_a_record_arrives_letter_for_letter(any_office):
    anna, ben = any_office.enrol("liwei"), any_office.enrol("wangfang")
    name = "宁波“海川”<b>&\t精密 🛠\\u0000 \u2028"
    record = anna.create(
        name=name, employees=200, contact_verified=True, need="一\n二", future="kept", verified_on=None
    )
    pushed = anna.push()
    assert (pushed.head_before, pushed.head_after, pushed.plain, pushed.revs) == (0, 1, True, {record: 1})
    page, records = ben.pull()
    got = records[record]
    assert got.data == {
        "name": name, "employees": 200, "contact_verified": True, "need": "一\n二", "future": "kept",
        "verified_on": None,
    }  # fmt: skip
    assert (got.entity, got.rev, got.deleted, got.created_by) == ("customer", 1, False, anna.enrolled.person)
    assert abs(got.created_ms - anna.wall_ms) < 5000
    digest = int.from_bytes(hashlib.sha256(f"{record}:1".encode()).digest()[:8], "big")
    assert (page.count, page.digest, page.head) == (1, digest, 1)
