"""Every way in which a laptop's entry can meet the office's record."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesdesk.records.field import Merge
from salesdesk.records.registry import fields_of, form_named
from salesdesk.sync.merge import DELETED, Change, Edit, Record, merge

CREATED = Edit(100, "李伟", "laptop-a", 1)
THEIRS = Edit(500, "王芳", "laptop-b", 7)


def mine(at_ms=600, device="laptop-a"):
    return Edit(at_ms, "李伟", device, 2**62)


def record(data, edits=None, *, deleted=False):
    return Record(dict(data), CREATED, deleted, edits or {})


def changed(fields, base=5, edit=None, kind="update"):
    return Change(kind, fields, base, edit or mine())


def met(field, standing, old, new, *, base=5, edit=None, entity="customer"):
    """One field that another laptop changed at revision 7 to `standing`."""
    merged, losses = merge(entity, record({field: standing}, {field: THEIRS}), changed({field: [old, new]}, base, edit))
    return merged.data[field], losses


@pytest.mark.parametrize("base", [7, 8])
def test_what_its_editor_saw_he_may_replace(base):
    assert met("name", "海川", "旧", "新", base=base) == ("新", [])


def test_the_same_change_twice_is_one():
    merged, losses = merge("customer", record({"name": "新"}, {"name": THEIRS}), changed({"name": ["旧", "新"]}))
    assert (merged.data, losses, merged.edits) == ({"name": "新"}, [], {"name": THEIRS})


def test_a_value_that_came_back_is_no_conflict():
    assert met("name", "旧", "旧", "新") == ("新", [])


@pytest.mark.parametrize(("old", "standing"), list(itertools.product([None, "", False], repeat=2)))
def test_nothing_is_nothing_however_it_is_written(old, standing):
    assert met("name", standing, old, "新") == ("新", [])


def test_zero_is_something():
    value, losses = met("employees", 0, None, 5)
    assert (value, len(losses)) == (5, 1)


@pytest.mark.parametrize(("at_ms", "stands"), [(499, "theirs"), (500, "mine"), (501, "mine")])
def test_the_newer_edit_stands_and_the_other_is_kept(at_ms, stands):
    value, (loss,) = met("name", "王芳的", "旧", "李伟的", edit=mine(at_ms))
    assert value == {"mine": "李伟的", "theirs": "王芳的"}[stands]
    assert (loss.unit, loss.standing, loss.theirs_edit) == ("name", stands, THEIRS)
    assert (loss.base, loss.mine, loss.theirs) == ({"name": "旧"}, {"name": "李伟的"}, {"name": "王芳的"})


def test_what_the_office_decides_stands_at_the_office():
    value, (loss,) = met("owner", "赵磊", "李伟", "王芳", edit=mine(10**15))
    assert (value, loss.standing, loss.mine) == ("赵磊", "theirs", {"owner": "王芳"})


def test_facts_taken_on_site_win(monkeypatch):
    fields = fields_of(form_named("customer"))
    monkeypatch.setitem(fields, "verified_with", _with_policy(fields["verified_with"], Merge.FIELD_WINS))
    value, (loss,) = met("verified_with", "电话", "", "上门", edit=mine(0))
    assert (value, loss.standing, loss.theirs) == ("上门", "mine", {"verified_with": "电话"})


def _with_policy(field, policy):
    return type(field)(**{name: getattr(field, name) for name in field.__dataclass_fields__} | {"merge": policy})


@pytest.mark.parametrize(
    ("standing", "new", "both"),
    [
        ("王芳的话", "李伟的话", "王芳的话\n\n【李伟】\n李伟的话"),
        ("一\n二", "二", "一\n二"),
        ("一", "一\n二", "一\n二"),
        ("一", "", "一"),
        ("", "二", "二"),
        (None, "二", "二"),
    ],
)
def test_of_long_notes_both_stay(standing, new, both):
    value, (loss,) = met("need", standing, "旧", new)
    assert (value, loss.standing) == (both, "both")
    assert (loss.mine, loss.theirs) == ({"need": new}, {"need": standing})


def test_a_unit_is_taken_or_left_whole():
    edits = {"province": THEIRS, "city": THEIRS}
    office = record({"province": "浙江", "city": "宁波"}, edits)
    fields = {"province": ["江苏", "江苏"], "city": ["南京", "苏州"]}
    late, (loss,) = merge("customer", office, changed(fields, edit=mine(499)))
    assert (late.data, loss.unit, loss.standing) == ({"province": "浙江", "city": "宁波"}, "region", "theirs")
    early, (loss,) = merge("customer", office, changed(fields, edit=mine(501)))
    assert (early.data, loss.theirs) == ({"province": "江苏", "city": "苏州"}, {"province": "浙江", "city": "宁波"})


def test_different_fields_never_meet():
    office = record({"name": "海川", "employees": 5}, {"employees": THEIRS})
    merged, losses = merge("customer", office, changed({"name": ["海川", "华源"]}))
    assert (merged.data, losses) == ({"name": "华源", "employees": 5}, [])


@pytest.mark.parametrize("entity", ["customer", "form_of_tomorrow"])
def test_what_only_a_newer_laptop_knows_goes_by_time(entity):
    assert met("tomorrow", "theirs", "old", "mine", edit=mine(501), entity=entity)[0] == "mine"
    assert met("tomorrow", "theirs", "old", "mine", edit=mine(499), entity=entity)[0] == "theirs"


def test_a_record_that_is_not_there_begins():
    merged, losses = merge("customer", None, changed({"name": [None, "甲"]}, base=0, kind="create"))
    assert (merged.data, merged.created, merged.deleted, losses) == ({"name": "甲"}, mine(), False, [])


def test_one_id_from_two_laptops_is_merged():
    merged, (loss,) = merge("customer", record({"name": "甲", "city": "宁波"}),
                            changed({"name": [None, "乙"], "employees": [None, 5]}, base=0, kind="create"))  # fmt: skip
    assert merged.data == {"name": "乙", "city": "宁波", "employees": 5}
    assert (loss.unit, loss.theirs) == ("name", {"name": "甲"})


def test_a_delete_stands_when_nobody_wrote_meanwhile():
    merged, losses = merge("customer", record({"name": "甲"}, {"name": THEIRS}), changed({}, base=7, kind="delete"))
    assert (merged.deleted, losses) == (True, [])


def test_a_delete_gives_way_to_an_edit_its_author_had_not_seen():
    merged, (loss,) = merge("customer", record({"name": "甲"}, {"name": THEIRS}), changed({}, kind="delete"))
    assert (merged.deleted, loss.unit, loss.standing, loss.theirs_edit) == (False, DELETED, "theirs", THEIRS)


def test_one_may_delete_what_only_oneself_wrote():
    office = record({"name": "甲"}, {"name": Edit(500, "李伟", "laptop-a", 7)})
    merged, losses = merge("customer", office, changed({}, base=0, kind="delete"))
    assert (merged.deleted, losses) == (True, [])


def test_an_edit_brings_a_deleted_record_back_and_the_deleter_is_told():
    office = record({"name": "甲"}, {DELETED: THEIRS}, deleted=True)
    merged, (loss,) = merge("customer", office, changed({"name": ["甲", "乙"]}))
    assert (merged.deleted, merged.data, loss.unit, loss.standing) == (False, {"name": "乙"}, DELETED, "mine")


def test_a_restore_is_meant():
    office = record({"name": "甲"}, {DELETED: THEIRS}, deleted=True)
    merged, losses = merge("customer", office, changed({}, kind="restore"))
    assert (merged.deleted, losses) == (False, [])


def test_typing_on_continues_the_conflict():
    office = record({"need": "王芳的"}, {"need": THEIRS})
    once, (first,) = merge("customer", office, changed({"need": ["旧", "李"]}))
    twice, (second,) = merge("customer", once, changed({"need": ["李", "李伟"]}), {"need": first})
    assert twice.data == {"need": "王芳的\n\n【李伟】\n李伟"}
    assert (second.base, second.mine, second.theirs) == ({"need": "旧"}, {"need": "李伟"}, {"need": "王芳的"})


values = st.sampled_from([None, "", "甲", "乙", "甲乙", "丙"])
names = st.sampled_from(["name", "need", "owner", "tomorrow"])
pairs = st.dictionaries(names, st.lists(values, min_size=2, max_size=2), min_size=1)
edits = st.builds(
    Edit, st.integers(0, 1000), st.just("王芳"), st.sampled_from(["laptop-a", "laptop-b"]), st.integers(1, 9)
)


@given(st.dictionaries(names, values), st.dictionaries(names, edits), st.booleans(), pairs, st.integers(0, 9),
       st.integers(0, 1000), st.sampled_from(["create", "update", "restore", "delete"]))  # fmt: skip
def test_no_value_disappears_in_silence(data, before, deleted, fields, base, at_ms, kind):
    office = Record(dict(data), CREATED, deleted, dict(before))
    change = changed(fields, base, mine(at_ms), kind)
    merged, losses = merge("customer", office, change)
    assert (office.data, office.edits, office.deleted) == (data, before, deleted)
    told = {loss.unit: loss for loss in losses}
    if kind == "delete":
        assert merged.data == data
        assert merged.deleted or DELETED in told
        return
    assert not merged.deleted
    for name, (old, new) in fields.items():
        stands = merged.data.get(name)
        if name in told:
            assert (told[name].mine[name], told[name].theirs[name]) == (new, data.get(name))
        else:
            assert (stands or None) == (new or None)
            unseen = before.get(name, CREATED).rev > base
            assert not unseen or (data.get(name) or None) in {old or None, new or None}
    assert {name: merged.data.get(name) for name in data.keys() - fields} == {n: data[n] for n in data.keys() - fields}


@given(st.dictionaries(names, values), st.dictionaries(names, edits), pairs, st.integers(0, 9), st.integers(0, 1000))
def test_merging_again_changes_nothing(data, before, fields, base, at_ms):
    change = changed(fields, base, mine(at_ms))
    once, _ = merge("customer", Record(dict(data), CREATED, False, dict(before)), change)
    again, _ = merge("customer", once, change)
    assert again.data == once.data
