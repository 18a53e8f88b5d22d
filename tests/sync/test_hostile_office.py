"""An office, or a proxy, that answers what no office would: each sync ends in words, and the next one is sound."""

import pytest

from salesdesk.errors import OfficeRefused
from salesdesk.records.prospecting import Customer
from salesdesk.store import queries
from salesdesk.store.clock import stamp
from salesdesk.sync.cycle import Call, Report, cycle
from salesdesk.sync.protocol import FeedPage, Membership, Pulled, RecordState, pack, unpack
from tests.factories import make_workspace

MOST_CALLS = 50


@pytest.fixture
def workspace(tmp_path):
    made = make_workspace(tmp_path)
    yield made
    made.close()


def state(number, **odd):
    values = {
        "entity": "customer", "id": f"c{number}", "rev": number, "deleted": False, "data": {"name": f"客户{number}"},
        "created_ms": 1, "created_by": "p", "updated_ms": 1, "updated_by": "p",
    }  # fmt: skip
    return RecordState(**(values | odd))


def page(records, *, complete=True, cursor=None, head=100, **odd):
    values = {
        "territory": "east", "epoch": "e", "head": head, "begin": 0, "cursor": cursor or head, "complete": complete,
        "records": records, "count": len(records), "digest": 0,
    }  # fmt: skip
    return FeedPage(**(values | odd))


def answered(workspace, answers):
    """A sync with an office whose pulls are answered by a function of their number; returns how many it was asked."""
    report, asked = Report(), 0
    going = cycle(workspace, stamp, report)
    answer = None
    while True:
        try:
            request = going.send(answer)
        except StopIteration:
            return asked
        answer = None
        if isinstance(request, Call) and request.path == "/v1/pull":
            asked += 1
            assert asked < MOST_CALLS, "without end"
            role, feeds = answers(asked)
            member = Membership(territory="east", name="华东", role=role)
            said = Pulled(memberships=[member], feeds=feeds, marks={}, safe_before_ms=0, server_ms=stamp().wall_ms)
            answer = unpack(pack(said), Pulled)


def names(workspace):
    with workspace.reading() as session:
        return sorted(one.name for one in queries.listed(session, Customer))


def test_more_for_ever_and_nothing_with_it(workspace):
    with pytest.raises(OfficeRefused, match="not_a_message"):
        answered(workspace, lambda _n: ("rep", [page([], complete=False, cursor=7)]))
    answered(workspace, lambda _n: ("rep", [page([state(1)])]))
    assert names(workspace) == ["客户1"]


def test_another_role_each_time(workspace):
    with pytest.raises(OfficeRefused, match="not_a_message"):
        answered(workspace, lambda n: ("rep" if n % 2 else "manager", [page([state(1)])]))
    answered(workspace, lambda _n: ("rep", [page([state(1)])]))
    assert names(workspace) == ["客户1"]


def test_a_digest_that_never_agrees_is_fetched_once_more_only(workspace):
    assert answered(workspace, lambda _n: ("rep", [page([state(1)], digest=5)])) <= 3


@pytest.mark.parametrize("ms", [2**62, -(2**62), 10**15, -1])
def test_a_time_that_no_calendar_has(workspace, ms):
    answered(workspace, lambda _n: ("rep", [page([state(1, updated_ms=ms, created_ms=ms, deleted=False), state(2)])]))
    assert names(workspace) == ["客户1", "客户2"]


@pytest.mark.parametrize("value", [-(2**63), 2**63 - 1, True, "\0", "x" * 100_000, "2024-13-45"])
def test_a_value_that_is_none_of_its_field(workspace, value):
    fields = dict.fromkeys(Customer.__fields__, value) | {"name": "客户1"}
    answered(workspace, lambda _n: ("rep", [page([state(1, data=fields), state(2)])]))
    assert names(workspace) == ["客户1", "客户2"]


@pytest.mark.parametrize(
    "odd", [{"data": {"name": {"a": 1}}}, {"data": {"name": 1.5}}, {"data": {"name": b"\xff"}}, {"rev": "7"}, {"id": 7}]
)
def test_what_is_no_message_is_refused_whole(workspace, odd):
    with pytest.raises(OfficeRefused, match="not_a_message"):
        answered(workspace, lambda _n: ("rep", [page([state(1, **odd), state(2)])]))
    assert names(workspace) == []
