"""Passwords under attack: who guesses is counted before anything is hashed, and nobody else has to suffer for it."""

import itertools
import sys
import threading
import uuid
from concurrent.futures import ThreadPoolExecutor, as_completed

import httpx
import pytest

from salesdesk.errors import OfficeRefused
from salesdesk.server import accounts
from salesdesk.server.app import MOST_PASSWORDS
from salesdesk.server.sign_in import FREE_TRIES, Tries
from salesdesk.sync.protocol import Enrol, Pull, Pulled, Refusal, pack, unpack
from tests.server.office import PASSWORD

LONG_S = 60  # only so that a failure ends
elsewhere = pytest.mark.skipif(sys.platform == "darwin", reason="it has one address of its own unless told otherwise")
counted = itertools.count(2)


@pytest.fixture
def person(office):
    """A new person of `east`; gives his login."""
    login = f"p{uuid.uuid4().hex[:8]}"
    office.administration.add_person(login, "新人", "rep", "east", PASSWORD)
    return login


@pytest.fixture
def address():
    """An address of this machine from where nobody has knocked yet."""
    return f"127.0.1.{next(counted)}"


def knock(office, login, secret, device="", address=""):
    """An enrolment by hand; gives the status and the refusal's message."""
    asked = Enrol(account=login, password=secret, device=device or str(uuid.uuid4()), device_name="x",
                  public_key=bytes(32))  # fmt: skip
    way = httpx.HTTPTransport(local_address=address or None)
    with httpx.Client(base_url=office.url, transport=way, trust_env=False, timeout=LONG_S) as http:
        answer = http.post("/v1/enrol", content=pack(asked))
    said = unpack(answer.content, Refusal).message if answer.status_code not in {200, 503} else ""
    return answer.status_code, said


WRONG, TOO_MANY, IN = (401, "sync.wrong_password"), (429, "sync.too_many_tries"), (200, "")


@elsewhere
def test_of_many_tries_at_once_only_the_free_ones_are_looked_at(office, person, address, monkeypatch):
    looked_at = []
    whole = accounts.fits
    monkeypatch.setattr(accounts, "fits", lambda *given: looked_at.append(given) or whole(*given))
    with ThreadPoolExecutor(40) as pool:
        said = list(pool.map(lambda n: knock(office, person, f"guess {n}", address=address), range(40)))
    assert sorted(said) == [WRONG] * FREE_TRIES + [TOO_MANY] * 35
    assert len(looked_at) == FREE_TRIES


@elsewhere
def test_a_name_that_is_no_account_is_answered_like_any_other(office, person, address, monkeypatch):
    work = []
    whole = accounts.fits

    def look(hashed, typed):
        work.append(hashed.rsplit("$", 2)[0])
        return whole(hashed, typed)

    monkeypatch.setattr(accounts, "fits", look)
    known = [knock(office, person, "wrong", address=address) for _ in range(8)]
    unknown = [knock(office, f"no{person}", "wrong", address=address) for _ in range(8)]
    assert known == unknown == [WRONG] * FREE_TRIES + [TOO_MANY] * 3
    assert work[:FREE_TRIES] == work[FREE_TRIES:]  # the same kind of hash, as costly


@elsewhere
def test_who_guesses_locks_nobody_out_elsewhere(office, person, address):
    while knock(office, person, "wrong", address=address) != TOO_MANY:
        pass
    assert knock(office, person, PASSWORD, address=address) == TOO_MANY
    assert knock(office, person, PASSWORD, "laptop-" + person) == IN
    # a laptop that is enrolled has tries of its own, also where somebody guesses; and a code is no guess
    assert knock(office, person, PASSWORD, "laptop-" + person, address) == IN
    assert knock(office, person, office.administration.code(person), address=address) == IN


@elsewhere
def test_a_password_that_fits_is_no_try(office, person, address):
    assert [knock(office, person, PASSWORD, "first" + person, address) for _ in range(2 * FREE_TRIES)] == [
        IN
    ] * 2 * FREE_TRIES


class Clock:
    now = 1_000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def tries(clock):
    return Tries(clock)


def refused(tries, *who):
    """The seconds that one is told to wait, 0 when he may try."""
    try:
        tries.take(*who)
    except OfficeRefused as error:
        assert error.message == "sync.too_many_tries"
        return error.params["seconds"]
    return 0


def test_one_wrong_try_a_minute_for_a_day_locks_out_its_own_address_only(tries, clock):
    for minute in range(24 * 60):
        clock.now += 60
        refused(tries, "liwei", "203.0.113.1")
        assert minute % 60 or refused(tries, "liwei", "198.51.100.7") == 0


def test_tries_come_back_one_by_one(tries, clock):
    assert [refused(tries, "liwei", "a") for _ in range(7)] == [0] * 5 + [60, 60]
    clock.now += 59
    assert refused(tries, "liwei", "a") == 1
    clock.now += 1
    assert [refused(tries, "liwei", "a") for _ in range(2)] == [0, 60]
    clock.now += 24 * 3600
    assert [refused(tries, "liwei", "a") for _ in range(6)] == [0] * 5 + [60]
    tries.give_back("liwei", "a")
    assert [refused(tries, "liwei", "a") for _ in range(2)] == [0, 60]


def test_an_address_that_tries_every_name_is_slowed(tries):
    said = [refused(tries, f"name {n}", "a") for n in range(100)]
    assert 0 < said.count(0) < 40
    assert refused(tries, "liwei", "b") == 0


def test_many_addresses_are_slowed_for_one_account_but_not_where_ours_sign_in(tries):
    tries.remember("192.0.2.1")
    said = [refused(tries, "liwei", f"10.0.{n}.1") for n in range(200)]
    assert 0 < said.count(0) < 100
    assert refused(tries, "wangfang", "10.1.0.1") == 0
    assert refused(tries, "liwei", "10.1.0.1") > 0
    assert refused(tries, "liwei", "192.0.2.1") == 0
    assert refused(tries, "liwei", "10.1.0.1", "a laptop of his") == 0


def test_a_network_of_ipv6_is_one_address_and_a_mapped_one_is_the_old_one(tries):
    said = [refused(tries, "liwei", f"2001:db8:1:2::{n:x}") for n in range(8)]
    assert said.count(0) == FREE_TRIES
    assert refused(tries, "liwei", "2001:db8:1:3::1") == 0
    said = [refused(tries, "wangfang", one) for one in ("192.0.2.9", "::ffff:192.0.2.9") * 4]
    assert said.count(0) == FREE_TRIES


def test_what_is_counted_takes_no_more_memory_than_there_are_limits(tries, clock, monkeypatch):
    monkeypatch.setattr("salesdesk.server.sign_in._MOST_KEPT", 50)
    for n in range(500):
        refused(tries, f"name {n}", f"10.0.{n}.1")
        tries.remember(f"10.2.{n}.1")
        assert max(len(tries._here._full), len(tries._address._full), len(tries._ours)) <= 50
    clock.now += 24 * 3600
    refused(tries, "liwei", "a")
    assert len(tries._here._full) == 1


@elsewhere
def test_a_flood_of_passwords_keeps_nobody_from_syncing(office, device, person, monkeypatch):
    """Somebody's wrong passwords, from many addresses, wait to be looked at, and nothing moves: all else does."""
    bare = device()
    go_on, begun = threading.Event(), threading.Event()

    def never_done(*_):
        begun.set()
        assert go_on.wait(LONG_S)
        return False

    monkeypatch.setattr(accounts, "fits", never_done)
    with ThreadPoolExecutor(60) as pool:
        flood = [pool.submit(knock, office, f"name {n}", "wrong", address=f"127.0.2.{n + 1}") for n in range(60)]
        try:
            assert begun.wait(LONG_S)
            turned_away = itertools.islice(as_completed(flood, LONG_S), 60 - MOST_PASSWORDS)
            assert {one.result() for one in turned_away} == {(503, "")}
            assert isinstance(bare.call("/v1/pull", Pull(cursors={}), Pulled), Pulled)
            bare.sign_in()
            assert knock(office, person, office.administration.code(person)) == IN
        finally:
            go_on.set()
        said = [one.result() for one in flood]
    assert said.count(WRONG) == MOST_PASSWORDS
