"""Many laptops at once: no revision twice or missing, no merge lost, no reader ahead of a writer."""

import threading
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import event, select
from sqlalchemy.exc import OperationalError

from salesdesk.server import intake, ledger
from salesdesk.server.tables import change_log, record, territory
from salesdesk.sync.protocol import Pushed, pack
from tests.server.office import sent

DEVICES, ROUNDS = 6, 8
FIELDS = ("kind", "party_a", "party_b", "subject", "acceptance", "liability")  # of a contract, one for each writer


def test_writers_of_one_territory(office, device):
    """Each writes its own field of shared records, makes records of its own, and all make one with the same id."""
    writers = [device() for _ in range(DEVICES)]
    shared = [str(uuid.uuid4()) for _ in range(3)]
    start = writers[0].pull(0).head
    writers[0].push(*(sent("contract", record_id, payment="甲") for record_id in shared))
    common = [str(uuid.uuid4()) for _ in range(ROUNDS)]
    done = threading.Event()
    seen = {}

    def write(number):
        bare, taken = writers[number], []
        for turn in range(ROUNDS):
            old = f"{number}-{turn - 1}" if turn else None
            field = {FIELDS[number]: (old, f"{number}-{turn}")}
            ids = [str(uuid.uuid4()), common[turn], *(shared if number % 2 else reversed(shared))]
            entries = [sent("contract", one, "create", **{FIELDS[number]: f"{turn}"}) for one in ids[:2]]
            pushed = bare.push(*entries, *(sent("contract", one, "update", **field) for one in ids[2:]))
            assert isinstance(pushed, Pushed), pushed
            assert pushed.plain
            assert sorted(pushed.revs.values()) == list(range(pushed.head_before + 1, pushed.head_after + 1))
            taken += pushed.revs.values()
        return taken

    def follow(bare):
        cursor = start
        while True:
            last = done.is_set()
            page = bare.pull(cursor)
            seen.update({state.id: state for state in page.records})
            cursor = page.cursor
            if last and page.complete:
                return page

    reader = device()
    with ThreadPoolExecutor(DEVICES + 1) as pool:
        following = pool.submit(follow, reader)
        try:
            taken = [rev for revs in pool.map(write, range(DEVICES)) for rev in revs]
        finally:
            done.set()
        page = following.result()
    assert sorted(taken) == list(range(start + len(shared) + 1, page.head + 1))
    final = {key: state for key, state in reader.records().items() if state.rev > start}
    assert seen == final
    for record_id in shared:
        expected = {FIELDS[number]: f"{number}-{ROUNDS - 1}" for number in range(DEVICES)}
        assert final[record_id].data == {"payment": "甲", **expected}
    for turn, record_id in enumerate(common):
        assert final[record_id].data == {FIELDS[number]: f"{turn}" for number in range(DEVICES)}
    digest = 0
    for state in reader.records().values():
        digest ^= ledger.digest_of(state.id, state.rev)
    assert (page.digest, page.count) == (digest, len(reader.records()))


@pytest.mark.parametrize("isolation", ["READ COMMITTED", "REPEATABLE READ", "SERIALIZABLE"])
def test_every_isolation_of_the_database_will_do(office, device, isolation):
    if office.engine.dialect.name == "sqlite":
        pytest.skip("SQLite knows one only")
    engine = office.engine.execution_options(isolation_level=isolation)
    callers = []
    with office.engine.connect() as connection:
        epoch = connection.scalars(select(territory.c.epoch).where(territory.c.id == "east")).one()
    for _ in range(4):
        bare = device()
        bare.epoch = epoch
        callers.append((bare, intake.Caller(bare.device, bare.enrolled.person, "李伟")))
    record_id = str(uuid.uuid4())

    def write(number):
        bare, caller = callers[number]
        for turn in range(6):
            field = {FIELDS[number]: (f"{turn - 1}" if turn else None, f"{turn}")}
            message = bare.message([sent("contract", record_id, "create", **field)])
            answer = intake.push(engine, caller, message)
            assert isinstance(answer, Pushed)
            bare.took(message)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(4)))
    with office.engine.connect() as connection:
        row = connection.execute(select(record.c.data).where(record.c.id == record_id)).one()
    assert row.data == {FIELDS[number]: "5" for number in range(4)}


def test_a_push_that_fails_anywhere_leaves_nothing(office, device, log_records):
    """The database goes away at each statement of a push in turn; what was sent goes again and counts once."""
    bare = device()
    parent, row = str(uuid.uuid4()), str(uuid.uuid4())
    bare.push(sent("customer", parent, name="甲"), sent("customer", parent, "delete"))
    update = sent("customer", parent, "update", name=("甲", "乙"))
    entries = [update, sent("contact", row, customer_id=parent, name="陈")]
    before, failures = bare.pull(0), 0
    left = None  # statements until the database goes away

    def count_down(*_):
        nonlocal left
        left = None if left is None else left - 1
        if left == 0:
            raise OperationalError("the database went away", None, Exception())

    event.listen(office.engine, "before_cursor_execute", count_down)
    try:
        message = bare.message(entries)
        for statements in range(1, 40):
            left = statements
            answer = bare.post("/v1/push", pack(message))
            left = None
            if answer.status_code == 200:
                break
            failures += 1
            assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")
            page = bare.pull(0)
            assert (page.head, page.digest) == (before.head, before.digest)
    finally:
        event.remove(office.engine, "before_cursor_execute", count_down)
    assert answer.status_code == 200
    assert failures > 8
    assert {record.name for record in log_records} == {"salesdesk.server.app"}
    log_records.clear()
    with office.engine.connect() as connection:
        logged = connection.scalars(select(change_log.c.seq).where(change_log.c.device_id == bare.device)).all()
    assert sorted(logged) == [1, 2, 3, 4]


def test_copies_of_a_push_in_flight_count_once(device):
    bare = device()
    message = bare.message([sent("customer", str(uuid.uuid4()), name="甲")])
    with ThreadPoolExecutor(6) as pool:
        statuses = list(pool.map(lambda _: bare.post("/v1/push", pack(message)).status_code, range(6)))
    assert sorted(statuses) == [200, 409, 409, 409, 409, 409]


def test_a_pull_sees_one_moment(office, device):
    """Somebody writes between the statements of a pull: the page is of the moment at which it began."""
    reader, writer = device(), device()
    record_id = str(uuid.uuid4())
    writer.push(sent("customer", record_id, name="甲"))
    reader.pull(0)
    writes = iter([sent("customer", record_id, "update", name=("甲", "乙"))])

    def write_meanwhile(_connection, _cursor, statement, *_):
        if "FROM record" in statement and "record.rev >" in statement and (entry := next(writes, None)):
            writer.push(entry)

    event.listen(office.engine, "before_cursor_execute", write_meanwhile)
    try:
        page = reader.pull(0)
    finally:
        event.remove(office.engine, "before_cursor_execute", write_meanwhile)
    assert next(writes, None) is None
    revs = {state.id: state.rev for state in page.records}
    digest = 0
    for key, rev in revs.items():
        digest ^= ledger.digest_of(key, rev)
    assert page.complete
    assert (max(revs.values()), len(revs), digest) == (page.head, page.count, page.digest)
    assert reader.pull(page.cursor).records[-1].data == {"name": "乙"}
