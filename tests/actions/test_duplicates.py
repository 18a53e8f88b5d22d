"""Finding a customer who is there already, and making one out of two."""

import pytest

from salesdesk.actions import deletion, discovery, duplicates, forms, history, rounds
from salesdesk.actions.forms import RowValues
from salesdesk.errors import UserError
from salesdesk.process.duplicates import Known
from salesdesk.records import registry
from salesdesk.records.base import Stage
from salesdesk.records.discovery import Outline
from salesdesk.records.language import Language
from salesdesk.records.prospecting import Customer
from salesdesk.records.work import Opportunity
from salesdesk.store import drafts, queries
from salesdesk.store import duplicates as store


def customer(workspace, name, *people, **values):
    sheet = forms.new(workspace, "customer")
    rows = {"contact": [RowValues("", {"name": n, "phone": phone}) for n, phone in people]}
    return forms.save(workspace, sheet, {"name": name, **values}, rows).record.id


@pytest.fixture
def pair(workspace):
    keep = customer(workspace, "华源科技有限公司", ("张伟", "138 0013 5678"), need="平台")
    drop = customer(workspace, "华源（苏州）科技", ("张伟", "138 0013 5678"), ("王芳", ""), need="数据", city="苏州")
    discovery.prepare_outline(workspace, drop, None, Language.ZH)
    return keep, drop


def found(workspace, known, own_id=""):
    with workspace.reading() as session:
        return [(one.name, one.reason) for one in store.find(session, known, own_id)]


def test_a_name_typed_again_is_found_in_any_form_of_it(workspace, pair):
    for typed in ("苏州华源科技股份有限公司", "華源科技", "华源科技"):
        assert ("华源科技有限公司", "same_name") in found(workspace, Known(typed))
    assert found(workspace, Known("华元科技有限公司"))[0][1] == "same_sound"
    assert ("华源科技有限公司", "phone") in found(workspace, Known("别的名字", phones=("13800135678",)))
    assert found(workspace, Known("立新制造")) == []


def test_a_customer_is_no_duplicate_of_itself(workspace, pair):
    keep, _drop = pair
    assert [name for name, _ in found(workspace, Known("华源科技有限公司"), keep)] == ["华源（苏州）科技"]


def test_everything_goes_to_the_kept_one_and_comes_back(workspace, pair):
    keep, drop = pair
    before = everything(workspace)
    duplicates.merge(workspace, keep, drop)
    with workspace.reading() as session:
        card = queries.card(session, keep)
        assert (card.customer.city, card.customer.need) == ("苏州", "平台\n数据")
        assert sorted(contact.name for contact in card.contacts) == ["张伟", "王芳"]
        assert session.get(Customer, drop).deleted_at is not None
        assert [outline.customer_id for outline in queries.listed(session, Outline)] == [keep]
    history.undo(workspace, *history.last_action(workspace))
    assert everything(workspace) == before


def test_a_customer_is_not_merged_with_itself(workspace, pair):
    with pytest.raises(UserError, match="duplicate.itself"):
        duplicates.merge(workspace, pair[0], pair[0])


@pytest.mark.parametrize("deleted", [0, 1])
def test_a_customer_in_the_bin_is_not_merged(workspace, pair, deleted):
    deletion.delete(workspace, "customer", [pair[deleted]])
    before = everything(workspace)
    with pytest.raises(UserError, match="duplicate.in_bin"):
        duplicates.merge(workspace, *pair)
    assert everything(workspace) == before


def test_a_city_never_comes_into_another_province(workspace):
    keep = customer(workspace, "甲一二", province="上海")
    duplicates.merge(workspace, keep, customer(workspace, "甲一二", province="江苏", city="苏州"))
    kept = stored(workspace, keep)
    assert (kept.province, kept.city) == ("上海", "")


def test_nothing_earned_is_a_value(workspace):
    keep = customer(workspace, "甲一二", revenue=0)
    duplicates.merge(workspace, keep, customer(workspace, "甲一二", revenue=500))
    assert stored(workspace, keep).revenue == 0


def contacts_after(workspace, mine, its):
    """The people of the customer who stays, after a merge of two who know these."""
    ids = []
    for values in (mine, its):
        sheet = forms.new(workspace, "customer")
        rows = {"contact": [RowValues("", {"name": "王芳", **values})]}
        ids.append(forms.save(workspace, sheet, {"name": "甲一二"}, rows).record.id)
    duplicates.merge(workspace, *ids)
    with workspace.reading() as session:
        return sorted((c.phone, c.email) for c in queries.card(session, ids[0]).contacts)


def test_a_contact_is_one_however_the_number_is_written_and_keeps_the_address(workspace):
    mine, its = {"phone": "13800135678"}, {"phone": "+86 138-0013-5678", "email": "w@x.cn"}
    assert contacts_after(workspace, mine, its) == [("13800135678", "w@x.cn")]


def test_contacts_with_different_addresses_are_two(workspace):
    assert contacts_after(workspace, {"email": "a@x.cn"}, {"email": "b@x.cn"}) == [("", "a@x.cn"), ("", "b@x.cn")]


def test_what_was_typed_about_the_dropped_one_is_no_draft_any_more(workspace, pair):
    keep, drop = pair
    for one in pair:
        forms.keep_draft(workspace, forms.load(workspace, "customer", one), {"name": "x"})
    duplicates.merge(workspace, keep, drop)
    with workspace.reading() as session:
        assert drafts.find(session, "customer", drop) is None
        assert drafts.find(session, "customer", keep) is not None


@pytest.mark.parametrize(
    ("kept", "typed"), [("13800135678", "+86 138-0013-5678"), ("+86 138-0013-5678", "13800135678")]
)
def test_a_number_is_found_with_and_without_the_country(workspace, kept, typed):
    customer(workspace, "甲一二", ("张伟", kept))
    assert found(workspace, Known("别的名字", phones=(typed,))) == [("甲一二", "phone")]


def test_a_short_name_in_traditional_characters_is_found(workspace):
    customer(workspace, "華源有限公司")
    assert found(workspace, Known("华源公司")) == [("華源有限公司", "same_name")]


def test_the_same_short_name_is_found_among_many_newer_longer_ones(workspace):
    customer(workspace, "华源有限公司")
    for number in range(70):
        customer(workspace, f"华源{chr(0x4E00 + number * 7)}{chr(0x5200 + number * 5)}贸易有限公司")
    assert found(workspace, Known("华源股份有限公司"))[0] == ("华源有限公司", "same_name")


def stored(workspace, customer_id):
    with workspace.reading() as session:
        return session.get(Customer, customer_id)


def everything(workspace):
    with workspace.reading() as session:
        return {
            record.id: (record.wire(), record.deleted_at is None)
            for form in registry.forms()
            for record in queries.listed(session, form, limit=1000)
        }


def test_two_open_rounds_become_one_in_the_further_stage_with_the_papers_of_both(workspace, pair):
    keep, drop = pair
    with workspace.reading() as session:
        mine, its = (queries.card(session, one).opportunity for one in pair)
    rounds.move_on(workspace, its.id, Stage.PROSPECTING, "客户着急")
    discovery.prepare_outline(workspace, keep, None, Language.ZH)
    before = everything(workspace)
    duplicates.merge(workspace, keep, drop)
    with workspace.reading() as session:
        card = queries.card(session, keep)
        assert [one.id for one in queries.listed(session, Opportunity)] == [mine.id]
    assert (card.opportunity.id, card.opportunity.stage) == (mine.id, "discovery")
    assert card.opportunity.stage_reason == "prospecting: 客户着急"
    assert len(card.of(Outline)) == 2
    history.undo(workspace, *history.last_action(workspace))
    assert everything(workspace) == before
