"""The table of rights, each cell tried against a real office by a client that sends what the program never would.

What is expected is docs/rights.md, which is written from the declarations: a new field is tried the day it is declared.
"""

import importlib.util
import json
from pathlib import Path

import pytest
from sqlalchemy import update

from salesdesk.errors import BadValue
from salesdesk.process.rights import differ
from salesdesk.records.field import Audience
from salesdesk.records.kinds import (
    ChoiceKind,
    DateKind,
    FlagKind,
    IntegerKind,
    LinkKind,
    MomentKind,
    MoneyKind,
    TimeKind,
)
from salesdesk.records.registry import fields_of, form_named, forms
from salesdesk.records.roles import NOBODY, READS_CONFIDENTIAL, Role
from salesdesk.server import ledger
from salesdesk.server.tables import membership
from salesdesk.sync import merge
from tests.server.crew import EVERYTHING_SEEN, Crew, asked, new_id, reasons
from tests.server.office import sent

_spec = importlib.util.spec_from_file_location(
    "rights_table", Path(__file__).resolve().parents[2] / "packaging" / "rights_table.py"
)
rights_table = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(rights_table)

FORMS = [form for form in forms() if form.__form__.edited]  # steps of an approval: test_approvals.py
ALL = [form.__tablename__ for form in FORMS]
EMPTY = (None, "", 0)


@pytest.fixture(scope="module")
def crew(office):
    made = Crew(office)
    yield made
    made.close()


def value(field, number):
    """A wire value of the field; another number is another value."""
    kind = field.kind
    if isinstance(kind, ChoiceKind):
        return kind.options[number % len(kind.options)].value
    if isinstance(kind, LinkKind):
        return f"link-{number}-{field.name}"
    for its, said in (
        (MoneyKind, 100 + number), (IntegerKind, getattr(kind, "low", 0) + number), (DateKind, f"2026-11-0{number}"),
        (TimeKind, f"10:0{number}"), (MomentKind, f"2026-11-0{number}T06:30:00.000000Z"), (FlagKind, number % 2 == 1),
    ):  # fmt: skip
        if isinstance(kind, its):
            return said
    return f"{field.name} {number} {new_id()[:8]}"


def is_value(field, wire):
    try:
        field.kind.check(wire)
    except BadValue:
        return False
    return True


def stood(office, form, record_id, **changed):
    """A record as the office has it, whoever may have made it."""
    data = {name: value(field, 1) for name, field in fields_of(form).items()} | changed
    if form.__tablename__ == "conflict":
        data |= {"entity": "negotiation_plan", "unit": "floor_price", "settled": True}
    if "submitted_id" in data:
        data["submitted_id"] = ""
    edit = merge.Edit(1, "office", "office", ledger.UNTAKEN)
    with office.engine.begin() as connection:
        touched = {record_id: ledger.Touched(form.__tablename__, merge.Record(data, edit), edit)}
        ledger.write(connection, "east", "office", {}, touched)
    return data


def test_the_table_in_the_docs_is_what_is_declared():
    assert rights_table.FILE.read_text(encoding="utf-8").splitlines() == list(rights_table.lines())


@pytest.mark.parametrize("entity", ALL)
def test_every_cell_of_a_form_is_tried(office, crew, entity):
    """Each role tries another value and every empty one in each field, on a record that is there."""
    form = form_named(entity)
    for role in Role:
        bare, record_id = crew.of(role), new_id()
        others = {"owner": "somebody else"} if "owner" in fields_of(form) else {}
        data = stood(office, form, record_id, **others)
        entries, expected = [], []
        for name, field in fields_of(form).items():
            mark = rights_table.sign(form, field, role)
            for wire in (value(field, 2), *EMPTY):
                entries.append(asked(entity, record_id, "update", {name: (data.get(name), wire)}))
                same = not differ(wire, data.get(name)) and mark != "–"
                taken = is_value(field, wire) and (same or (mark == "W" and not (field.fixed and data.get(name))))
                expected.append(taken)
                if taken and wire != data.get(name):
                    data[name] = wire
        pushed = bare.push(*entries)
        refused = {said.seq - (bare.seq - len(entries)) - 1: said for said in pushed.answers}
        assert {said.kind for said in refused.values()} <= {"rejected"}
        tried = [(next(iter(one.fields)), one.fields[next(iter(one.fields))][1]) for one in entries]
        wrong = [
            (role, tried[at], said, refused.get(at)) for at, said in enumerate(expected) if said is (at in refused)
        ]
        assert wrong == []
        (now,) = crew.now(record_id)
        assert {k: v for k, v in now.data.items() if differ(v, data.get(k))} == {}


@pytest.mark.parametrize("entity", ALL)
def test_who_may_make_delete_and_restore_and_what_each_may_read(office, crew, entity):
    form = form_named(entity)
    for role in Role:
        bare, made, there = crew.of(role), new_id(), new_id()
        data = stood(office, form, there)
        alone = {name: new_id() for name in fields_of(form)}
        entries = [sent(entity, made), sent(entity, there, "delete", base=EVERYTHING_SEEN)]
        entries.append(sent(entity, there, "restore", base=EVERYTHING_SEEN))
        entries += [
            asked(entity, key, "create", {name: (None, value(fields_of(form)[name], 3))}) for name, key in alone.items()
        ]
        pushed = bare.push(*entries)
        may = role in form.__form__.writers
        first = bare.seq - len(entries) + 1
        refused = {said.seq - first for said in pushed.answers}
        assert ({0, 1, 2} & refused == set()) is may, (role, pushed.answers)
        for at, (name, field) in enumerate(fields_of(form).items(), start=3):
            mark = rights_table.sign(form, field, role)
            nothing = not differ(value(field, 3), None)
            assert (at in refused) is not (may and (mark in {"W", "H"} or nothing)), (role, name, pushed.answers)
        seen = bare.records()[there].data
        wanted = {name for name, field in fields_of(form).items() if role in field.readers and name in data}
        if entity == "conflict" and role not in READS_CONFIDENTIAL:  # the mask of what it is about
            wanted -= {"base", "mine", "theirs"}
        assert seen.keys() == wanted


@pytest.mark.parametrize("field", ["owner"])
@pytest.mark.parametrize("entity", ["customer", "opportunity"])
def test_a_customer_is_given_by_who_has_it_or_by_a_leader_and_never_taken(crew, entity, field):
    rep, other, manager = crew["liwei"], crew["wangfang"], crew["zhao"]
    record_id = new_id()
    other.push(sent(entity, record_id, owner="王芳"))

    def give(bare, before, after, kind="update"):
        entry = sent(entity, record_id, kind, base=EVERYTHING_SEEN, **{field: (before, after)})
        return reasons(bare.push(entry)), crew.now(record_id)[0].data[field]

    refused = [("rejected", "sync.held_by_another")]
    for kind in ("update", "create"):
        for said in ("李伟", "", None, "赵敏"):
            assert give(rep, "王芳", said, kind) == (refused, "王芳")
            assert give(rep, "李伟", said, kind) == (refused, "王芳")
    assert give(other, "王芳", "李伟") == ([], "李伟")
    assert give(other, "李伟", "王芳") == (refused, "李伟")
    assert give(manager, "李伟", "王芳") == ([], "王芳")


@pytest.mark.parametrize("entity", ["membership", "account", "device", "mark", "tender", "", "approval"])
def test_what_is_no_form_is_refused(crew, entity):
    for login in ("liwei", "zhao", "zhou"):
        record_id = new_id()
        assert reasons(crew[login].push(sent(entity, record_id, role="manager"))) == [("rejected", "sync.undeclared")]
        assert crew.now(record_id) == [None]


def test_a_conflict_is_made_by_the_office_alone_and_keeps_its_mask(crew):
    """Nobody forges one by the manager, and rewriting what it is about shows nothing of what it hides."""
    rep, manager, legal = crew["liwei"], crew["zhao"], crew["sun"]
    forged = sent("conflict", new_id(), entity="customer", unit="name", mine_by="赵敏", mine="{}")
    assert reasons(rep.push(forged)) == [("rejected", "sync.not_allowed")]
    plan = new_id()
    rev = rep.push(sent("negotiation_plan", plan, floor_price=11)).head_after
    for bare, price in ((rep, 747474), (manager, 858585)):
        bare.push(sent("negotiation_plan", plan, "update", base=rev, floor_price=(11, price)))
    kept = next(r for r in rep.records().values() if r.entity == "conflict" and r.data["record_id"] == plan)
    for name, said in {
        "entity": "customer",
        "unit": "name",
        "record_id": new_id(),
        "mine_by": "x",
        "mine": "{}",
    }.items():
        for login in ("liwei", "zhao", "sun", "he", "zhou"):
            entry = sent("conflict", kept.id, "update", base=EVERYTHING_SEEN, **{name: (kept.data[name], said)})
            assert [kind for kind, _ in reasons(crew[login].push(entry))] == ["rejected"]
    for login in ("sun", "he", "zhou"):
        seen = crew[login].records()[kept.id].data
        assert not {"base", "mine", "theirs"} & seen.keys()
        assert "747474" not in str(crew[login].records())
    assert json.loads(crew["liwei"].records()[kept.id].data["theirs"]) == {"floor_price": 747474}
    assert reasons(legal.push(sent("conflict", kept.id, "delete", base=EVERYTHING_SEEN))) == [
        ("rejected", "sync.not_allowed")
    ]
    assert legal.push(sent("conflict", kept.id, "update", base=EVERYTHING_SEEN, settled=(False, True))).answers == []
    assert crew.now(kept.id)[0].data == kept.data | {"settled": True}


def test_a_mask_of_what_is_unknown_hides(office, crew):
    """An office may have a conflict about a unit or a form that is no more."""
    ids = {new_id(): about for about in (("negotiation_plan", "gone"), ("gone", "floor_price"), ("customer", "name"))}
    edit = merge.Edit(1, "office", "office", ledger.UNTAKEN)
    for record_id, (entity, unit) in ids.items():
        data = {"entity": entity, "unit": unit, "mine": "{}"}
        with office.engine.begin() as connection:
            ledger.write(
                connection, "east", "x", {}, {record_id: ledger.Touched("conflict", merge.Record(data, edit), edit)}
            )
    seen = crew["sun"].records()
    assert ["mine" in seen[record_id].data for record_id in ids] == [False, False, True]


@pytest.mark.parametrize("login", ["sun", "he", "zhou"])
def test_what_a_role_may_not_see_it_does_not_change_nor_empty_nor_guess(crew, login):
    plan = new_id()
    crew["liwei"].push(sent("negotiation_plan", plan, floor_price=11, alternative="x"))
    for name, says in {"floor_price": (None, 0, "", 12, 11), "alternative": (None, "", 0, "y", "x")}.items():
        for new in says:
            for kind in ("update", "create"):
                pushed = crew[login].push(sent("negotiation_plan", plan, kind, base=EVERYTHING_SEEN, **{name: new}))
                assert [kind for kind, _ in reasons(pushed)] == ["rejected"]
    assert crew.now(plan)[0].data == {"floor_price": 11, "alternative": "x"}


def test_a_role_that_is_none_may_do_nothing(office, crew):
    bare = crew["he"]
    mine = membership.c.person_id == bare.enrolled.person
    with office.engine.begin() as connection:
        connection.execute(update(membership).where(mine).values(role="intern"))
    try:
        assert reasons(bare.push(sent("task", new_id(), subject="x"))) == [("rejected", "sync.not_allowed")]
        assert not any(r.data for r in bare.records().values())
    finally:
        with office.engine.begin() as connection:
            connection.execute(update(membership).where(mine).values(role="care"))


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/v1/push"), ("POST", "/v1/pull"), ("HEAD", "/v1/blobs/east/" + "0" * 64),
        ("GET", "/v1/blobs/east/" + "0" * 64), ("PATCH", "/v1/blobs/east/" + "0" * 64),
    ],
)  # fmt: skip
def test_every_route_wants_to_know_who_is_there(crew, method, path):
    http = crew["liwei"].http
    for bearer in ("", "Bearer", "Bearer x", "Bearer " + "A" * 120):
        assert http.request(method, path, headers={"Authorization": bearer}).status_code == 401


def test_only_whole_records_of_confidential_things_are_shut():
    """Who makes and deletes a form sees all of it; the declarations say so when they are imported."""
    hidden = [form for form in forms() if any(f.audience is Audience.CONFIDENTIAL for f in fields_of(form).values())]
    assert {form.__tablename__ for form in hidden} == {"negotiation_plan", "negotiation_term"}
    assert all(form.__form__.writers <= READS_CONFIDENTIAL for form in hidden)
    assert [form.__tablename__ for form in FORMS if form.__form__.writers == NOBODY] == ["conflict"]
