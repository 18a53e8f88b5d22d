"""Strange input: a refusal or an answer to its author, never a fault, never a queue that is stuck."""

import hashlib

import msgspec
import pytest

from salesdesk.sync.protocol import Mismatch, Pushed, SentEntry
from tests.server.crew import EVERYTHING_SEEN, asked, new_id, reasons
from tests.server.office import sent

HUGE = (2**62, 2**63 - 1, 2**63, 2**64 - 1, -1, -(2**63))


@pytest.fixture
def http(device):
    bare = device()
    bare.http.headers["Authorization"] = f"Bearer {bare.token}"
    return bare.http


def goes_on(bare):
    """The queue is not stuck."""
    assert bare.push(sent("task", new_id(), subject="danach")).answers == []


@pytest.mark.parametrize("said", ["²", "٣", "9" * 5000, "9" * 16, "-1", "1-2", "", "x", "0-,1", "1 1", "1e3"])
def test_a_range_that_is_none_is_refused(http, said):
    data = b"some file of a customer" + said.encode()
    path = f"/v1/blobs/east/{hashlib.sha256(data).hexdigest()}"
    http.patch(path, content=data, headers={"Upload-Offset": "0", "Upload-Length": str(len(data))})
    answer = http.get(path, headers={"Range": f"bytes={said}-".encode()})
    assert answer.status_code == 400
    assert http.get(path).content == data
    for name in ("Upload-Offset", "Upload-Length"):
        headers = {"Upload-Offset": b"0", "Upload-Length": b"3", name: said.encode()}
        assert http.patch(path[:-4] + "0000", content=b"abc", headers=headers).status_code == 400


def test_a_range_behind_the_end_is_refused(http):
    data = b"short"
    path = f"/v1/blobs/east/{hashlib.sha256(data).hexdigest()}"
    http.patch(path, content=data, headers={"Upload-Offset": "0", "Upload-Length": "5"})
    assert http.get(path, headers={"Range": "bytes=5-"}).content == b""
    assert http.get(path, headers={"Range": "bytes=6-"}).status_code == 416


def test_an_empty_file_arrives(http):
    path = f"/v1/blobs/east/{hashlib.sha256(b'').hexdigest()}"
    assert http.get(path).status_code == 404
    assert http.patch(path, content=b"", headers={"Upload-Offset": "0", "Upload-Length": "0"}).status_code == 204
    assert http.head(path).headers["Upload-Complete"] == "?1"
    assert (http.get(path).status_code, http.get(path).content) == (200, b"")


@pytest.mark.parametrize("number", HUGE)
@pytest.mark.parametrize("name", ["base_rev", "wall_ms", "mono_ms"])
def test_a_number_that_no_database_holds_is_kept_aside(device, log_records, name, number):
    anna = device()
    customer = new_id()
    anna.push(sent("customer", customer, name="甲"))
    for kind in ("update", "delete"):
        entry = msgspec.structs.replace(sent("customer", customer, kind, name=("甲", "乙")), **{name: number})
        pushed = anna.push(entry)
        assert isinstance(pushed, Pushed)
        assert {kind for kind, _ in reasons(pushed)} <= {"held"}
    goes_on(anna)
    log_records.clear()


@pytest.mark.parametrize("number", HUGE)
@pytest.mark.parametrize("name", ["first_seq", "wall_ms", "mono_ms"])
def test_a_frame_with_such_a_number_is_answered(device, name, number):
    anna = device()
    message = anna.message([sent("task", new_id(), subject="x")])
    answer = anna.call("/v1/push", msgspec.structs.replace(message, **{name: number}), Pushed)
    assert isinstance(answer, Mismatch | Pushed)
    if isinstance(answer, Pushed):
        anna.took(message)
    goes_on(anna)


NO_VALUES = {
    "a choice": ("customer", "industry", "nonsense", "value.not_an_option"),
    "a number above": ("task", "done", 1, "value.not_yes_or_no"),
    "a percentage": ("value_line", "efficiency", 101, "value.out_of_range"),
    "a negative amount": ("customer", "revenue", -1, "value.out_of_range"),
    "more than there is": ("customer", "revenue", 10**17 + 1, "value.out_of_range"),
    "a day before all days": ("customer", "follow_up_on", "0001-01-01", "value.no_such_day"),
    "a day after all days": ("customer", "follow_up_on", "9999-12-31", "value.no_such_day"),
    "a week": ("customer", "follow_up_on", "2026-W01-1", "value.not_a_date"),
    "a moment after all": ("confirmation_letter", "due_at", "9999-12-31T23:59:59.000000Z", "value.no_such_day"),
    "a time in words": ("negotiation", "met_until", "14点30分", "value.not_a_time"),
    "a long text": ("customer", "need", "长" * 200_001, "value.too_long"),
    "a long link": ("contact", "customer_id", "x" * 37, "value.too_long"),
}


@pytest.mark.parametrize("what", NO_VALUES)
def test_what_nobody_could_have_typed_is_refused(device, what):
    entity, name, said, reason = NO_VALUES[what]
    anna = device()
    record_id = new_id()
    assert reasons(anna.push(asked(entity, record_id, "create", {name: (None, said)}))) == [("rejected", reason)]
    anna.push(sent(entity, record_id))
    assert reasons(anna.push(asked(entity, record_id, "update", {name: (None, said)}))) == [("rejected", reason)]
    goes_on(anna)


def test_nothing_comes_after_itself(device):
    """Neither at once, nor by a detour, nor as a row of itself: a laptop that follows links would never arrive."""
    anna = device()
    first, second, third = (new_id() for _ in range(3))
    circular = [("rejected", "sync.circular")]
    assert reasons(anna.push(sent("contact", first, customer_id=first))) == circular
    assert reasons(anna.push(sent("opportunity", first, previous_id=first))) == circular
    anna.push(sent("opportunity", first, previous_id=second), sent("opportunity", second, previous_id=third))
    assert reasons(anna.push(sent("opportunity", third, previous_id=first))) == circular
    anna.push(sent("opportunity", third))
    change = asked("opportunity", third, "update", {"previous_id": ("", first)})
    assert reasons(anna.push(change)) == circular
    assert anna.push(asked("opportunity", first, "update", {"previous_id": (second, "")}), change).answers == []


@pytest.mark.parametrize(
    "changed",
    [
        {"action": "a" * 2**20}, {"by": "b" * 2**18}, {"boot_id": "c" * 2**18},
        {"fields": {f"name{number}": [None, "x"] for number in range(5_000)}}, {"fields": {"n" * 2**18: [None, "x"]}},
    ],
    ids=["action", "by", "boot", "fields", "name"],
)  # fmt: skip
def test_a_word_of_a_megabyte_is_kept_aside(device, log_records, changed):
    anna = device()
    entry = msgspec.structs.replace(sent("task", new_id(), subject="x"), **changed)
    assert isinstance(entry, SentEntry)
    assert reasons(anna.push(entry)) == [("held", "sync.held")]
    goes_on(anna)
    log_records.clear()


def test_who_has_seen_everything_still_meets_the_rules(device):
    anna = device()
    task = new_id()
    anna.push(sent("task", task, subject="x"))
    assert anna.push(sent("task", task, "update", base=EVERYTHING_SEEN, subject=("x", "y"))).answers == []
