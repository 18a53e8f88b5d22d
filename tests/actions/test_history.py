"""What was done is listed, can be taken back, and what was taken back can be done again."""

import json

import pytest
from sqlalchemy import event, insert, select

from salesdesk.actions import conflicts, deletion, forms, history, rounds, sample
from salesdesk.actions.forms import RowValues
from salesdesk.errors import UserError
from salesdesk.records.base import Stage
from salesdesk.records.contract import ApprovalStep, Contract
from salesdesk.records.prospecting import Customer
from salesdesk.records.registry import form_named
from salesdesk.records.registry import forms as all_forms
from salesdesk.records.work import Conflict, Opportunity
from salesdesk.store import links, queries, stage_list
from salesdesk.store.bin import deleted
from salesdesk.store.tables import journal
from salesdesk.store.workspace import Workspace, new_id
from tests.factories import KEY


def everything(workspace):
    """Every record with its values and whether it is in the bin."""
    found = {}
    with workspace.reading() as session:
        for form in all_forms():
            for record in session.scalars(select(form)):
                found[record.id] = (record.wire(), record.deleted_at is not None)
    return found


def saved_customer(workspace, **values):
    sheet = forms.new(workspace, "customer")
    rows = {"contact": [RowValues("", {"name": "张伟", "phone": "138"})]}
    return forms.save(workspace, sheet, {"name": "华源", "need": "平台", **values}, rows).record.id


def renamed(workspace, customer_id, name):
    forms.save(workspace, forms.load(workspace, "customer", customer_id), {"name": name})


def newest(workspace):
    return history.actions(workspace, 1)[0]


def undo_newest(workspace):
    done = newest(workspace)
    assert done.undoable
    history.undo(workspace, done.territory, done.batch_first)


def toolkit_customer(workspace):
    sample.fill(workspace, "toolkit")
    with workspace.reading() as session:
        return stage_list.in_stage(session, Stage.DISCOVERY)[0].customer_id


def conflict_on(workspace, customer_id):
    """As it comes from the office: nobody else makes one."""
    sides = {"base": "华源", "mine": "华源科技", "theirs": "华源集团"}
    values = {side: json.dumps({"name": name}) for side, name in sides.items()}
    values |= {"id": new_id(), "rev": 1, "created_at": workspace.now(), "updated_at": workspace.now()}
    with workspace.writing() as session:
        session.add(Conflict(entity="customer", record_id=customer_id, unit="name", **values))
        session.flush()
    return values["id"]


def deletes(workspace):
    deletion.delete(workspace, "customer", [toolkit_customer(workspace)])


def move_on(workspace, customer_id):
    with workspace.reading() as session:
        opportunity = queries.card(session, customer_id).opportunity
    rounds.move_on(workspace, opportunity.id, Stage(opportunity.stage), "客户着急")


def moves(workspace):
    move_on(workspace, saved_customer(workspace))


def settles(workspace):
    conflict_id = conflict_on(workspace, saved_customer(workspace))
    conflicts.settle(workspace, conflict_id, conflicts.Take.MINE)


def creates(workspace):
    saved_customer(workspace)


def edits_rows(workspace):
    sheet = forms.load(workspace, "customer", saved_customer(workspace))
    rows = {"contact": [RowValues("", {"name": "王芳"})]}
    forms.save(workspace, sheet, {"city": "苏州", "province": "江苏"}, rows)


@pytest.mark.parametrize("act", [deletes, moves, settles, creates, edits_rows], ids=lambda f: f.__name__)
def test_an_action_is_taken_back_and_done_again_and_taken_back(workspace, act):
    before_states = []
    changing = workspace.changing

    def remembered(action):
        before_states.append(everything(workspace))
        return changing(action)

    workspace.changing = remembered
    act(workspace)
    workspace.changing = changing
    before, after = before_states[-1], everything(workspace)
    assert before != after
    gone = {key: (values, True) for key, (values, _) in after.items() if key not in before}
    undo_newest(workspace)
    assert everything(workspace) == before | gone
    undo_newest(workspace)
    assert everything(workspace) == after
    undo_newest(workspace)
    assert everything(workspace) == before | gone


def test_taking_back_works_after_a_restart(tmp_path, workspace):
    customer_id = saved_customer(workspace)
    renamed(workspace, customer_id, "华源科技")
    workspace.close()
    again = Workspace.open(tmp_path, KEY)
    undo_newest(again)
    assert everything(again)[customer_id][0]["name"] == "华源"
    again.close()


def test_actions_are_listed_newest_first_with_what_they_were_about(workspace):
    customer_id = saved_customer(workspace)
    move_on(workspace, customer_id)
    deletion.delete(workspace, "customer", [customer_id])
    found = history.actions(workspace)
    assert [one.action for one in found] == ["delete.customer", "stage.move", "save.customer"]
    assert [one.title for one in found] == ["华源", "华源", "华源"]
    assert [one.count for one in found] == [3, 1, 3]
    assert [one.undoable for one in found] == [True, False, False]
    assert {one.by for one in found} == {"person-1"}
    assert [one.action for one in history.actions(workspace, 2)] == ["delete.customer", "stage.move"]
    assert history.last_action(workspace) == (found[0].territory, found[0].batch_first)


def test_nothing_was_done_yet(workspace):
    assert history.actions(workspace) == []
    assert history.last_action(workspace) is None


def test_what_is_in_use_by_now_is_not_taken_back(workspace):
    customer_id = saved_customer(workspace)
    forms.save(workspace, forms.new(workspace, "task", customer_id=customer_id), {"subject": "回电"})
    created = history.actions(workspace)[1]
    assert not created.undoable
    before = everything(workspace)
    with pytest.raises(UserError, match="used_since"):
        history.undo(workspace, created.territory, created.batch_first)
    assert everything(workspace) == before


def test_a_new_record_that_was_filled_in_later_is_not_taken_back(workspace):
    customer_id = saved_customer(workspace)
    forms.save(workspace, forms.load(workspace, "customer", customer_id), {"city": "苏州"})
    created = history.actions(workspace)[1]
    with pytest.raises(UserError, match="changed_since"):
        history.undo(workspace, created.territory, created.batch_first)


def test_a_row_does_not_come_back_without_its_customer(workspace):
    customer_id = saved_customer(workspace)
    sheet = forms.load(workspace, "customer", customer_id)
    forms.save(workspace, sheet, {}, {"contact": []})
    contact_id = sheet.rows["contact"][0].id
    row_deleted = newest(workspace)
    deletion.delete(workspace, "customer", [customer_id])
    with pytest.raises(UserError, match="owner_in_bin"):
        history.undo(workspace, row_deleted.territory, row_deleted.batch_first)
    with pytest.raises(UserError, match="owner_in_bin"):
        history.restore(workspace, "contact", contact_id)
    history.restore(workspace, "customer", customer_id)
    assert everything(workspace)[contact_id][1]
    history.restore(workspace, "contact", contact_id)
    assert not any(in_bin for _, in_bin in everything(workspace).values())


def test_an_action_that_is_not_in_the_journal_any_more_is_refused(workspace):
    saved_customer(workspace)
    with pytest.raises(UserError, match="changed_since"):
        history.undo(workspace, newest(workspace).territory, 77)


def test_an_action_in_two_territories_is_one(workspace):
    for territory in ("north", "south"):
        with workspace.changing("save.customer") as changes:
            changes.add(Customer(id=territory, name=territory, territory=territory))
    with workspace.changing("save.customer") as changes:
        for territory in ("north", "south"):
            changes.get(Customer, territory).city = "苏州"
    done = newest(workspace)
    assert (len(history.actions(workspace)), done.count, done.undoable) == (3, 2, True)
    history.undo(workspace, "south", 2)
    cities = [values["city"] for values, _ in everything(workspace).values()]
    assert cities == ["", ""]


def test_what_a_newer_program_wrote_is_listed_and_left_alone(workspace):
    saved_customer(workspace)
    with workspace.writing() as session:
        row = dict(session.execute(select(journal).limit(1)).mappings().one())
        session.execute(insert(journal).values(row | {"seq": 9, "batch_first": 9, "entity": "hologram"}))
    done = newest(workspace)
    assert (done.entity, done.title, done.undoable) == ("hologram", "", False)
    with pytest.raises(UserError, match="unknown_form"):
        history.undo(workspace, done.territory, done.batch_first)


def test_the_bin_lists_what_was_deleted_and_restoring_brings_all_of_it(workspace):
    customer_id = toolkit_customer(workspace)
    other = saved_customer(workspace, name="启航")
    before = everything(workspace)
    deletion.delete(workspace, "customer", [customer_id])
    deletion.delete(workspace, "customer", [other])
    with workspace.reading() as session:
        found = deleted(session)
        assert [(one.entity, one.record_id) for one in found] == [("customer", other), ("customer", customer_id)]
        assert found[0].title == "启航"
        assert [one.record_id for one in deleted(session, 1)] == [other]
    history.restore(workspace, "customer", customer_id)
    history.restore(workspace, "customer", customer_id)
    assert everything(workspace)[other][1]
    history.restore(workspace, "customer", other)
    assert everything(workspace) == before
    with workspace.reading() as session:
        assert deleted(session) == []
        assert queries.count(session, Opportunity) > 1
    names = [one.action for one in history.actions(workspace, 3)]
    assert names == ["restore.customer", "restore.customer", "delete.customer"]


def test_restoring_a_row_brings_the_customer_it_was_deleted_with(workspace):
    customer_id = saved_customer(workspace)
    before = everything(workspace)
    contact_id = forms.load(workspace, "customer", customer_id).rows["contact"][0].id
    deletion.delete(workspace, "customer", [customer_id])
    history.restore(workspace, "contact", contact_id)
    assert everything(workspace) == before


def test_a_record_deleted_on_its_own_is_listed_with_its_customer(workspace):
    customer_id = saved_customer(workspace)
    task = forms.save(workspace, forms.new(workspace, "task", customer_id=customer_id), {"subject": "回电"})
    deletion.delete(workspace, "task", [task.record.id])
    with workspace.reading() as session:
        (one,) = deleted(session)
        in_bin = session.get(form_named(one.entity), one.record_id)
    assert (one.entity, one.title) == ("task", "华源 · 回电")
    assert one.deleted_at == in_bin.deleted_at == in_bin.updated_at


def test_the_list_costs_the_same_on_a_long_journal(workspace):
    customer_id = saved_customer(workspace)
    renamed(workspace, customer_id, "华源科技")
    statements = counted(workspace, lambda: history.actions(workspace))
    with workspace.writing() as session:
        row = dict(session.execute(select(journal).limit(1)).mappings().one())
        session.execute(
            insert(journal),
            [row | {"seq": -n, "batch_first": -n, "wall_ms": row["wall_ms"] - n} for n in range(5_000)],
        )
    plans = counted(workspace, lambda: history.actions(workspace, 2))
    assert len(plans) <= len(statements)
    with workspace.reading() as session:
        for statement, values in plans:
            if "FROM journal" in statement:
                steps = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()
                assert all("SCAN" not in step[3] and "TEMP B-TREE" not in step[3] for step in steps), steps


def counted(workspace, work):
    """The statements that some work runs, with their values."""
    seen = []

    def note(_connection, _cursor, statement, values, _context, _many):
        seen.append((statement, values))

    event.listen(workspace._readers, "before_cursor_execute", note)
    work()
    event.remove(workspace._readers, "before_cursor_execute", note)
    return seen


def test_the_steps_of_an_approval_are_called_by_their_contract(workspace, draft_contract):
    with workspace.reading() as session:
        step = ApprovalStep(id="s", contract_id=draft_contract.id, step="manager")
        assert links.name_of(session, step) == links.name_of(session, session.get(Contract, draft_contract.id))
        assert draft_contract.number in links.name_of(session, step)
