"""Contract numbers: one row a month, unique in the database, and nobody's strange number holds back another."""

import re
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import delete, event, func, select

from salesdesk.server import keys, ledger
from salesdesk.server.tables import business_key, number_series
from salesdesk.sync import merge
from salesdesk.sync.protocol import Pushed
from tests.server.crew import EVERYTHING_SEEN, new_id, reasons
from tests.server.office import PASSWORD, sent

TAKEN = [("rejected", "value.taken")]


@pytest.fixture(scope="module")
def west(office):
    """A person of another territory."""
    office.administration.add_person("heyue", "何悦", "rep", "west", PASSWORD)
    return "heyue"


def draft(bare, month="202407", **options):
    """Push a contract with a provisional number; returns the number that the office gave."""
    record_id = new_id()
    pushed = bare.push(sent("contract", record_id, number=f"HT-{month}临-1A2B"), **options)
    assert (pushed.answers, pushed.plain) == ([], False)
    return bare.records(options.get("territory", "east"))[record_id].data["number"]


def test_drafts_of_a_month_are_numbered_in_turn_over_all_territories(device, west):
    anna, ben = device(), device(west)
    given = [
        draft(anna, "202401"),
        draft(ben, "202401", territory="west"),
        draft(anna, "202401"),
        draft(anna, "202402"),
    ]
    assert given == ["HT-202401001", "HT-202401002", "HT-202401003", "HT-202402001"]


STRANGE = ("①", "²", "9" * 21, "٣", "-x", "", "0", "+5", "99999")


@pytest.mark.parametrize("place", range(len(STRANGE)))
def test_a_strange_number_of_one_person_harms_nobody_else(device, west, place):
    anna, ben = device(), device(west)
    month = f"2025{place + 1:02d}"
    strange = f"HT-{month}{STRANGE[place]}"
    before = draft(ben, month, territory="west")
    record_id = new_id()
    assert anna.push(sent("contract", record_id, number=strange)).answers == []
    assert anna.records()[record_id].data["number"] == strange
    after = draft(ben, month, territory="west")
    assert int(after[-3:]) == int(before[-3:]) + 1
    assert re.fullmatch(r"HT-[0-9]{6}[0-9]{3}", after)


@pytest.mark.parametrize("month", ["٢٠٢٤٠٧", "202400", "202413", "²02407"])
def test_a_month_that_is_none_is_not_numbered(device, month):
    anna = device()
    record_id = new_id()
    said = f"HT-{month}临-{new_id()[:4].upper()}"
    assert anna.push(sent("contract", record_id, number=said)).answers == []
    assert anna.records()[record_id].data["number"] == said


def test_two_contracts_do_not_share_a_number(device, west):
    """In no territory, however it is written, by no way of coming to it; the first keeps it."""
    anna, ben = device(), device(west)
    first, second = new_id(), new_id()
    assert anna.push(sent("contract", first, number="NB-7 a")).answers == []
    for same in ("NB-7 a", " nb-7 A ", "ＮＢ-７ a"):
        assert reasons(ben.push(sent("contract", new_id(), number=same), territory="west")) == TAKEN
    ben.push(sent("contract", second, number="NB-8"), territory="west")
    change = sent("contract", second, "update", base=EVERYTHING_SEEN, number=("NB-8", "NB-7 a"))
    assert reasons(ben.push(change, territory="west")) == TAKEN
    assert ben.records("west")[second].data["number"] == "NB-8"
    twice = [sent("contract", new_id(), number="NB-9") for _ in range(2)]
    assert [said.seq - anna.seq for said in anna.push(*twice).answers] == [0]
    anna.push(sent("contract", first, "delete", base=EVERYTHING_SEEN))
    assert reasons(anna.push(sent("contract", new_id(), number="NB-7 a"))) == TAKEN  # it may come back from the bin
    anna.push(sent("contract", first, "update", base=EVERYTHING_SEEN, number=("NB-7 a", "NB-70")))
    assert ben.push(sent("contract", new_id(), number="NB-7 a"), territory="west").answers == []
    assert reasons(anna.push(sent("contract", new_id(), number="x" * 41))) == [("rejected", "value.too_long")]


def test_a_refused_action_takes_no_number(device):
    anna = device()
    entries = [sent("contract", new_id(), number=n, batch=anna.seq + 1) for n in ("HT-202303临-1A2B", "NB-10")]
    assert len(anna.push(*entries, sent("contract", new_id(), amount="x", batch=anna.seq + 1)).answers) == 3
    assert draft(anna, "202303") == "HT-202303001"
    assert anna.push(sent("contract", new_id(), number="NB-10")).answers == []


def test_the_next_number_goes_past_those_that_were_typed(device):
    anna = device()
    for typed in ("HT-202304002", "HT-202304003"):
        anna.push(sent("contract", new_id(), number=typed))
    assert [draft(anna, "202304") for _ in range(2)] == ["HT-202304001", "HT-202304004"]


def test_simultaneous_drafts_of_two_territories_never_draw_one_number(device, west):
    """Real connections that wait for one another; on PostgreSQL they run at the same time."""
    people = [(device(), "east"), (device(west), "west"), (device(), "east"), (device(west), "west")]
    ready, rounds = threading.Barrier(len(people)), 8

    def write(who):
        bare, territory = who
        ids = []
        for _ in range(rounds):
            ids.append(new_id())
            ready.wait()
            assert isinstance(
                bare.push(sent("contract", ids[-1], number="HT-202211临-1A2B"), territory=territory), Pushed
            )
        return ids

    with ThreadPoolExecutor(len(people)) as pool:
        made = list(pool.map(write, people))
    here = people[0][0].records("east") | people[1][0].records("west")
    given = sorted(here[one].data["number"] for ids in made for one in ids)
    assert given == [f"HT-202211{number:03d}" for number in range(1, rounds * len(people) + 1)]


def test_one_number_typed_in_two_territories_at_once_is_one_persons(device, west):
    anna, ben = device(), device(west)
    ready = threading.Barrier(2)

    def write(who, territory, number):
        ready.wait()
        return who.push(sent("contract", new_id(), number=number), territory=territory)

    with ThreadPoolExecutor(2) as pool:
        for turn in range(8):
            both = [pool.submit(write, *who, f"SAME-{turn}") for who in ((anna, "east"), (ben, "west"))]
            said = [reasons(one.result()) for one in both]
            assert sorted(said) == [[], TAKEN]


def test_a_draft_reads_no_other_contract(office, device):
    """What a number costs does not grow with the contracts that are there."""
    anna = device()
    draft(anna, "202212")
    statements = []

    def note(_connection, _cursor, statement, *_):
        statements.append(statement)

    event.listen(office.engine, "before_cursor_execute", note)
    try:
        anna.push(sent("contract", new_id(), number="HT-202212临-1A2B"))
    finally:
        event.remove(office.engine, "before_cursor_execute", note)
    assert not [one for one in statements if "record.data" in one.partition("WHERE")[2]]


def test_an_office_from_before_takes_its_contracts_numbers_in(office, device):
    anna = device()
    edit = merge.Edit(1, "office", "office", ledger.UNTAKEN)
    old = {new_id(): number for number in ("HT-202101007", "HT-202101007", "HT-202101①", "HT-202101" + "9" * 21)}
    with office.engine.begin() as connection:
        for record_id, number in old.items():
            touched = {record_id: ledger.Touched("contract", merge.Record({"number": number}, edit), edit)}
            ledger.write(connection, "east", "x", {}, touched)
        connection.execute(delete(business_key))
    keys.take_in(office.engine)
    keys.take_in(office.engine)
    assert draft(anna, "202101") == "HT-202101008"
    for number in set(old.values()):
        assert reasons(anna.push(sent("contract", new_id(), number=number))) == TAKEN
    with office.engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(number_series)) > 0


@pytest.mark.parametrize(("who", "kinds"), [("liwei", []), ("wangfang", ["conflict"])])
def test_a_number_typed_over_a_provisional_one_before_the_first_sync(device, who, kinds):
    """The office draws one in between: that is no contradiction of whoever typed, only of somebody else."""
    anna, paper = device(), new_id()
    other = anna if who == "liwei" else device(who)
    own = f"NB-of-{who}"
    assert anna.push(sent("contract", paper, number="HT-202611临-6CBB")).answers == []
    typed = other.push(sent("contract", paper, "update", number=("HT-202611临-6CBB", own)))
    assert [one.kind for one in typed.answers] == kinds
    assert anna.records()[paper].data["number"] == own
