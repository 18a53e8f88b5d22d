"""Finding a customer who is there already, and making one out of two."""

import pytest

from salesdesk.actions import discovery, duplicates, forms, history
from salesdesk.actions.forms import RowValues
from salesdesk.errors import UserError
from salesdesk.process.duplicates import Known
from salesdesk.records.discovery import Outline
from salesdesk.records.kinds import Language
from salesdesk.records.prospecting import Customer
from salesdesk.store import duplicates as store
from salesdesk.store import queries


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


def everything(workspace):
    with workspace.reading() as session:
        return {
            record.id: (record.wire(), record.deleted_at is None)
            for form in forms.forms()
            for record in queries.listed(session, form, limit=1000)
        }
