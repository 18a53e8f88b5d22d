"""The whole life of an account, a device and a territory, and what each lets a device do."""

import hashlib
import io
import sys
import uuid
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import update

from salesdesk.errors import UserError
from salesdesk.server import accounts, quarantine
from salesdesk.server.cli import main
from salesdesk.server.tables import code
from salesdesk.sync.protocol import (
    Enrol,
    Leaving,
    Mismatch,
    Order,
    Pull,
    Pulled,
    Pushed,
    Quarantined,
    Refusal,
    pack,
    unpack,
)
from tests.server.office import PASSWORD, sent


@pytest.fixture
def person(office):
    """A new person of `east`; gives his login."""
    login = f"p{uuid.uuid4().hex[:8]}"
    office.administration.add_person(login, "新人", "rep", "east", PASSWORD)
    return login


def knock(office, login, secret, device=""):
    """An enrolment by hand; returns the answer's kind or the refusal's message."""
    key = Ed25519PrivateKey.generate().public_key().public_bytes_raw()
    asked = Enrol(account=login, password=secret, device=device or str(uuid.uuid4()), device_name="x", public_key=key)
    with httpx.Client(base_url=office.url, trust_env=False) as http:
        answer = http.post("/v1/enrol", content=pack(asked))
    return "in" if answer.status_code == 200 else unpack(answer.content, Refusal).message


def pull(bare):
    return bare.call("/v1/pull", Pull(cursors={}), Pulled)


def customer(**values):
    return sent("customer", str(uuid.uuid4()), **{"name": "甲", **values})


# enrolment


def test_a_password_brings_in_the_first_laptop_and_no_other(office, person):
    assert knock(office, person, PASSWORD, "first" + person) == "in"
    assert knock(office, person, PASSWORD, "first" + person) == "in"  # the answer was lost
    assert knock(office, person, PASSWORD) == "sync.code_needed"
    office.administration.revoke("first" + person)
    assert knock(office, person, PASSWORD) == "sync.code_needed"  # what a revoked person does next
    made = office.administration.code(person)
    assert knock(office, person, made.lower().replace("-", " ")) == "in"
    assert knock(office, person, made) == "sync.wrong_password"


def test_a_code_is_one_persons_for_one_week(office, person):
    made = office.administration.code(person)
    assert knock(office, "liwei", made) == "sync.wrong_password"
    with office.engine.begin() as connection:
        connection.execute(update(code).values(until_ms=accounts.now_ms() - 1))
    assert knock(office, person, made) == "sync.wrong_password"
    with pytest.raises(UserError, match="office.no_such_account"):
        office.administration.code("nobody")


def test_a_code_that_is_used_by_many_at_once_brings_in_one(office, person):
    made = office.administration.code(person)
    with ThreadPoolExecutor(4) as pool:  # fewer than the wrong tries that slow an account down
        said = list(pool.map(lambda _: knock(office, person, made), range(4)))
    assert sorted(said) == ["in"] + ["sync.wrong_password"] * 3


def test_another_password_signs_nobody_out(office, device, person):
    bare = device(person)
    office.administration.set_password(person, "quite another one")
    assert isinstance(pull(bare), Pulled)
    bare.sign_in()
    assert isinstance(bare.push(customer()), Pushed)
    assert knock(office, person, PASSWORD, bare.device) == "sync.wrong_password"
    assert knock(office, person, "quite another one", bare.device) == "in"
    with pytest.raises(UserError, match="office.password_too_short"):
        office.administration.set_password(person, "short")


# shutting out


def leave(bare, territory="east"):
    order = bare.call("/v1/leaving", Leaving(), Order)
    return order if isinstance(order, Refusal) else (order.order, order.marks.get(territory))


def test_a_disabled_person_is_out_everywhere_and_comes_back_as_he_was(office, device, person):
    lost, first, second = device(person), device(person), device(person)
    office.administration.revoke(lost.device, wipe=True)
    office.administration.disable(person)
    for bare in (first, second):
        assert pull(bare).message == "sync.device_revoked"
        assert bare.push(customer()).message == "sync.device_revoked"
        bare.sign_in()  # only to hand over what it holds
        assert pull(bare).message == "sync.device_revoked"
        assert leave(bare)[0] == "lock"
    assert knock(office, person, PASSWORD) == "sync.account_disabled"
    with pytest.raises(UserError, match="office.account_disabled"):
        office.administration.code(person)
    office.administration.enable(person)
    for bare in (first, second):
        assert isinstance(pull(bare), Pulled)
    assert pull(lost).message == "sync.device_revoked"  # it was shut out for itself


def test_a_code_made_before_does_not_open_a_disabled_account(office, person):
    made = office.administration.code(person)
    office.administration.disable(person)
    assert knock(office, person, made) == "sync.account_disabled"
    office.administration.enable(person)
    assert knock(office, person, made) == "in"


def test_what_a_shut_out_device_holds_is_kept_aside_with_its_authors_name(office, device, person):
    bare, colleague = device(person), device()
    bare.push(customer())
    entries = [customer(name="离职前写的"), customer(name="又一个")]
    office.administration.disable(person, wipe=True)
    order, mark = leave(bare)
    assert (order, mark.seq, mark.hash) == ("wipe", bare.seq, bare.hash)
    message = bare.message(entries)
    for _ in range(2):  # the answer is lost, and it comes again
        answer = bare.call("/v1/quarantine", message, Quarantined)
    assert isinstance(answer, Mismatch)
    bare.took(message)
    assert (answer.acked_seq, answer.acked_hash) == (bare.seq, bare.hash)
    held = next(one for one in quarantine.kept(office.engine) if one.device == bare.device)
    assert (held.territory, held.login, held.name, held.entries) == ("east", person, "新人", 2)
    assert [e.fields["name"][1] for e in quarantine.entries(office.engine, bare.device)] == ["离职前写的", "又一个"]
    ids = {entry.record_id for entry in entries}
    assert not ids & colleague.records().keys()
    assert quarantine.release(office.engine, bare.device, "manager") == 2
    now = colleague.records()
    assert {now[record_id].created_by for record_id in ids} == {bare.enrolled.person}
    assert bare.device not in {one.device for one in quarantine.kept(office.engine)}
    with pytest.raises(UserError, match="office.nothing_in_quarantine"):
        quarantine.release(office.engine, bare.device, "manager")


def test_what_was_put_aside_does_not_win_by_coming_late(office, device, person):
    """It is of the time at which it was handed over, not of that at which somebody released it."""
    bare, colleague = device(person), device()
    record_id = str(uuid.uuid4())
    rev = colleague.push(sent("customer", record_id, name="甲")).head_after
    office.administration.disable(person)
    edit = sent("customer", record_id, "update", base=rev, name=("甲", "离职者的"), mono=9_999_999)
    assert isinstance(bare.call("/v1/quarantine", bare.message([edit]), Quarantined), Quarantined)
    colleague.push(sent("customer", record_id, "update", base=rev, name=("甲", "同事后来的"), mono=10_000_000))
    quarantine.release(office.engine, bare.device, "manager")
    assert colleague.records()[record_id].data["name"] == "同事后来的"


def test_dropping_throws_away_what_was_put_aside(office, device, person):
    bare = device(person)
    office.administration.revoke(bare.device)
    bare.call("/v1/quarantine", bare.message([customer()]), Quarantined)
    assert quarantine.drop(office.engine, bare.device, "manager") == 1
    assert bare.device not in {one.device for one in quarantine.kept(office.engine)}


@pytest.mark.parametrize("released", [False, True])
def test_a_device_that_is_let_in_again_delivers_what_it_holds_once(office, device, person, released):
    bare = device(person)
    office.administration.revoke(bare.device)
    message = bare.message([customer(name="误停")])
    bare.call("/v1/quarantine", message, Quarantined)
    if released:
        quarantine.release(office.engine, bare.device, "manager")
    office.administration.unrevoke(bare.device)
    assert leave(bare) == ("", None)
    answer = bare.call("/v1/push", message, Pushed)
    bare.took(message)
    assert (answer.acked_seq, answer.acked_hash) == (bare.seq, bare.hash)
    assert isinstance(answer, Mismatch if released else Pushed)
    assert bare.device not in {one.device for one in quarantine.kept(office.engine)}
    record = bare.records()[message.entries[0].record_id]
    assert record.data["name"] == "误停"
    assert isinstance(bare.push(sent("customer", record.id, "update", base=record.rev, name=("误停", "好"))), Pushed)


def test_a_shut_out_device_hands_over_and_is_told_nothing(office, device, person):
    bare, colleague = device(person), device()
    secret = b"a colleague's paper"
    there = f"/v1/blobs/east/{hashlib.sha256(secret).hexdigest()}"

    def send(who, data, method="PATCH"):
        path = f"/v1/blobs/east/{hashlib.sha256(data).hexdigest()}"
        headers = {"Authorization": f"Bearer {who.token}", "Upload-Offset": "0", "Upload-Length": str(len(data))}
        return who.http.request(method, path, content=data if method == "PATCH" else b"", headers=headers)

    assert send(colleague, secret).status_code == 204
    office.administration.revoke(bare.device)
    assert send(bare, b"his photo").status_code == 204
    assert bare.http.get(there, headers={"Authorization": f"Bearer {bare.token}"}).status_code == 403
    assert pull(bare).message == "sync.device_revoked"
    west = bare.call("/v1/quarantine", bare.message([customer()], territory="west"), Quarantined)
    assert west.message == "sync.not_a_member"
    assert colleague.call("/v1/quarantine", colleague.message([customer()]), Quarantined).message == "sync.not_shut_out"


def test_a_stolen_laptop_cannot_fill_the_office(office, device, person, monkeypatch):
    monkeypatch.setattr(quarantine, "_MOST_PUSHES", 3)
    bare = device(person)
    office.administration.revoke(bare.device)
    said = []
    for _ in range(4):
        message = bare.message([customer()])
        said.append(bare.call("/v1/quarantine", message, Quarantined))
        bare.took(message)
    assert [type(one) for one in said] == [Quarantined] * 3 + [Refusal]
    assert said[-1].message == "sync.quarantine_full"


# territories and roles


def test_territories_are_given_and_taken(office, device, person):
    bare = device(person)
    assert [feed.territory for feed in pull(bare).feeds] == ["east"]
    office.administration.join(person, "west", "manager")
    assert {one.territory: one.role for one in pull(bare).memberships} == {"east": "rep", "west": "manager"}
    known = [one.data for one in bare.records("west").values() if one.id == bare.enrolled.person]
    assert known == [{"name": "新人", "role": "manager"}]
    office.administration.set_role(person, "legal")
    assert {one.role for one in pull(bare).memberships} == {"legal"}
    office.administration.leave(person, "east")
    assert [feed.territory for feed in pull(bare).feeds] == ["west"]
    for wrong in ((person, "nowhere"), ("nobody", "east")):
        with pytest.raises(UserError, match="office.no_such"):
            office.administration.join(*wrong)
    with pytest.raises(UserError, match="office.not_in_territory"):
        office.administration.leave(person, "east")


# by command


def test_everything_goes_by_command_and_is_written_down(tmp_path, capsys, monkeypatch):
    def run(*arguments, typed=""):
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed + "\n"))
        assert main([*arguments, "--data", str(tmp_path)]) == 0, capsys.readouterr().err
        return [line.split("\t") for line in capsys.readouterr().out.splitlines()]

    run("territories", "add", "east", "华东")
    run("territories", "add", "west", "西部")
    run("people", "add", "li", "李伟", "--territory", "east", "--password-stdin", typed=PASSWORD)
    run("people", "password", "li", "--password-stdin", typed="another password")
    run("people", "role", "li", "manager")
    run("territories", "join", "li", "west")
    run("territories", "leave", "li", "west")
    run("people", "disable", "li")
    assert run("people", "list")[1][:5] == ["li", "李伟", "manager", "east", "0"]
    run("people", "enable", "li")
    ((made,),) = run("devices", "code", "li")
    assert len(made) == 19
    assert run("devices", "list") == [["account", "device", "laptop", "enrolled", "last brought work", "shut out"]]
    assert run("quarantine", "list") == [["territory", "device", "account", "name", "came", "entries"]]
    assert run("territories", "list")[1:] == [["east", "华东", "1", "1"], ["west", "西部", "1", "0"]]
    told = [line[2] for line in run("log")[1:]]
    assert sorted(told) == sorted(
        ["territory.add"] * 2 + ["people.add", "people.password", "people.role", "territory.join", "territory.leave"]
        + ["people.disable", "people.enable", "devices.code"]
    )  # fmt: skip
    assert made not in str(run("log"))
    for wrong in (("devices", "revoke", "x"), ("devices", "unrevoke", "x"), ("people", "disable", "x"),
                  ("quarantine", "release", "x")):  # fmt: skip
        assert main([*wrong, "--data", str(tmp_path)]) == 1
        assert capsys.readouterr().err.startswith("office.no")
