"""What the office would refuse is refused on the laptop, before it is kept, with words."""

from dataclasses import replace

import pytest

from salesdesk.actions import deletion, forms, history, imports, team
from salesdesk.errors import UserError
from salesdesk.exchange import mapping
from salesdesk.records.contract import Contract
from salesdesk.records.language import Language
from salesdesk.records.negotiation import NegotiationPlan
from salesdesk.records.prospecting import Customer
from salesdesk.records.work import Conflict, Opportunity
from salesdesk.store import queries


def keep(workspace, record):
    with workspace.changing("test") as changes:
        return changes.add(record)


def save(workspace, record, **values):
    return forms.save(workspace, forms.load(workspace, record.__tablename__, record.id), values)


def become(workspace, role, name="李伟"):
    workspace.identity = replace(workspace.identity, role=role, name=name)


def test_a_rep_does_not_take_a_colleagues_customer(workspace):
    become(workspace, "rep")
    theirs = keep(workspace, Customer(name="华源", owner="王芳"))
    with pytest.raises(UserError, match="sync.held_by_another"):
        save(workspace, theirs, owner="李伟")
    with pytest.raises(UserError, match="sync.held_by_another"):
        forms.change_many(workspace, "customer", [theirs.id], "owner", "李伟")
    save(workspace, theirs, city="苏州")
    own, free = keep(workspace, Customer(name="甲", owner="李伟")), keep(workspace, Customer(name="乙"))
    save(workspace, own, owner="王芳")
    save(workspace, free, owner="李伟")
    become(workspace, "manager", "赵敏")
    assert team.hand_over(workspace, "王芳", "李伟") == 2


def test_what_a_role_may_not_see_it_neither_makes_nor_deletes(workspace):
    become(workspace, "rep")
    plan = keep(workspace, NegotiationPlan(floor_price=1))
    for role in ("legal", "care", "office"):
        become(workspace, role)
        with pytest.raises(UserError, match="sync.not_allowed"):
            keep(workspace, NegotiationPlan(floor_price=2))
        with pytest.raises(UserError, match="sync.not_allowed"):
            deletion.delete(workspace, "negotiation_plan", [plan.id])
        with pytest.raises(UserError, match="sync.not_allowed"):
            save(workspace, plan, floor_price=None)


def test_a_conflict_is_made_by_nobody_here(workspace):
    with pytest.raises(UserError, match="sync.not_allowed"):
        keep(workspace, Conflict(entity="customer", unit="name"))


def test_two_contracts_with_one_number_are_refused_by_the_form(workspace):
    first, second = keep(workspace, Contract(number="NB-7 a")), keep(workspace, Contract(number="NB-8"))
    for same in ("NB-7 a", "nb-7 A ", "ＮＢ-７ a"):
        with pytest.raises(UserError, match="value.taken") as refused:
            save(workspace, second, number=same)
        assert refused.value.field == "number"
    with pytest.raises(UserError, match="value.taken"), workspace.changing("test") as changes:
        changes.add(Contract(number="NB-9"))
        changes.add(Contract(number="NB-9"))
    for _ in range(2):  # the office gives these their numbers
        keep(workspace, Contract(number="HT-202403临-1A2B"))
    save(workspace, first, number="NB-70")
    save(workspace, second, number="NB-7 a")


def test_two_contracts_with_one_number_are_refused_by_the_import(workspace):
    customer = keep(workspace, Customer(name="华源"))
    keep(workspace, Contract(number="NB-7", customer_id=customer.id))
    grid = [["合同编号", "客户名称", "合同类型"]]
    grid += [[number, "华源", "服务"] for number in ("NB-7", "NB-8", "nb-8", "NB-9")]
    found = imports.preview(workspace, "contract", grid, mapping.guess(Contract, grid), Language.ZH)
    told = [[problem.message for problem in row.problems] for row in found.rows]
    assert told == [["value.taken"], [], ["value.taken"], []]
    assert imports.carry_out(workspace, found) == 2
    with workspace.reading() as session:
        assert sorted(one.number for one in queries.listed(session, Contract)) == ["NB-7", "NB-8", "NB-9"]


def test_a_circle_of_rounds_can_be_deleted(workspace):
    """One that came before the office refused them: deleting ends, and takes all of it."""
    customer = keep(workspace, Customer(name="华源"))
    first = keep(workspace, Opportunity(customer_id=customer.id, subject="一"))
    second = keep(workspace, Opportunity(customer_id=customer.id, subject="二", previous_id=first.id))
    with workspace.changing("test") as changes:
        changes.get(Opportunity, first.id).previous_id = second.id
    deletion.delete(workspace, "opportunity", [first.id])
    with workspace.reading() as session:
        assert queries.listed(session, Opportunity) == []
    history.restore(workspace, "opportunity", first.id)
