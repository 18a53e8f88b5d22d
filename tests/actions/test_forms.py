"""Saving a form: what was typed is kept, what others changed meanwhile is not overwritten."""

from datetime import UTC, date, datetime, time

import pytest
from sqlalchemy import select, text

from salesdesk.actions import deletion, forms, history, sample
from salesdesk.actions.forms import RowValues
from salesdesk.errors import UserError
from salesdesk.records.base import Stage
from salesdesk.records.discovery import ConfirmationLetter, DecisionRole, NeedsAnalysis
from salesdesk.records.prospecting import Contact, Customer
from salesdesk.records.work import Opportunity
from salesdesk.store import drafts, queries, search, stage_list
from salesdesk.store.tables import journal


def saved_customer(workspace, **values):
    sheet = forms.new(workspace, "customer")
    rows = {"contact": [RowValues("", {"name": "张伟", "phone": "138"})]}
    return forms.save(workspace, sheet, {"name": "华源", "need": "平台", **values}, rows)


def last_entries(workspace, count=1):
    with workspace.reading() as session:
        found = session.execute(select(journal).order_by(journal.c.seq.desc()).limit(count)).mappings()
        return [dict(row) for row in found]


def as_if_synced(workspace, table, record_id, **values):
    sets = ", ".join(f"{name} = :{name}" for name in values)
    with workspace.writing() as session:
        session.execute(text(f"UPDATE {table} SET {sets} WHERE id = :id"), {"id": record_id, **values})


def test_a_new_customer_has_its_rows_and_its_first_round(workspace):
    sheet = saved_customer(workspace)
    assert [row.name for row in sheet.rows["contact"]] == ["张伟"]
    with workspace.reading() as session:
        (line,) = stage_list.in_stage(session, Stage.PROSPECTING)
    assert (line.name, line.contact_name) == ("华源", "张伟")


def test_saving_a_new_sheet_twice_keeps_one_record(workspace):
    sheet = forms.new(workspace, "customer")
    for _ in range(2):
        forms.save(workspace, sheet, {"name": "华源"})
    with workspace.reading() as session:
        assert queries.count(session, Customer) == 1
        assert queries.count(session, Opportunity) == 1


def test_a_field_that_a_sync_moved_meanwhile_stays(workspace):
    sheet = saved_customer(workspace)
    as_if_synced(workspace, "customer", sheet.record.id, need="来自办公室", rev=7)
    forms.save(workspace, sheet, {"name": "华源科技", "need": "平台"})
    with workspace.reading() as session:
        found = session.get(Customer, sheet.record.id)
    assert (found.name, found.need) == ("华源科技", "来自办公室")
    (entry,) = last_entries(workspace)
    assert (entry["base_rev"], entry["fields"]) == (0, {"name": ["华源", "华源科技"]})


def test_a_row_that_a_sync_moved_meanwhile_is_merged_not_overwritten(workspace):
    sheet = saved_customer(workspace)
    (row,) = sheet.rows["contact"]
    as_if_synced(workspace, "contact", row.id, phone="来自办公室", rev=7)
    forms.save(
        workspace, sheet, {}, {"contact": [RowValues(row.id, {"name": "张伟", "phone": "138", "position": "总经理"})]}
    )
    with workspace.reading() as session:
        assert session.get(Contact, row.id).phone == "来自办公室"
    (entry,) = last_entries(workspace)
    assert (entry["base_rev"], entry["fields"]) == (0, {"position": ["", "总经理"]})


def test_a_draft_remembers_what_its_editor_saw(workspace):
    sheet = saved_customer(workspace)
    forms.keep_draft(workspace, sheet, {"need": "我打的字"})
    as_if_synced(workspace, "customer", sheet.record.id, need="来自办公室", rev=7)
    again = forms.load(workspace, "customer", sheet.record.id)
    assert again.draft.content == {"need": "我打的字"}
    forms.save(workspace, again, {"need": "我打的字"})
    (entry,) = last_entries(workspace)
    assert (entry["base_rev"], entry["fields"]) == (0, {"need": ["平台", "我打的字"]})
    assert forms.load(workspace, "customer", sheet.record.id).draft is None


def test_a_draft_of_a_new_record_is_resumed_with_its_links(workspace):
    customer = saved_customer(workspace).record
    sheet = forms.new(workspace, "needs_analysis", customer_id=customer.id)
    forms.keep_draft(workspace, sheet, {"pains": "打到一半"})
    with workspace.reading() as session:
        (draft,) = drafts.unfinished(session)
    again = forms.resume(workspace, draft)
    assert again.is_new
    assert (again.record.id, again.record.customer_id) == (sheet.record.id, customer.id)
    assert again.record.opportunity_id == sheet.record.opportunity_id != ""
    assert again.draft.content == {"pains": "打到一半"}


def test_fields_of_one_unit_travel_together(workspace):
    customer = saved_customer(workspace).record
    sheet = forms.new(workspace, "needs_analysis", customer_id=customer.id)
    sheet = forms.save(workspace, sheet, {"interviewed_on": datetime(2024, 3, 5, tzinfo=UTC).date()})
    forms.save(workspace, sheet, {"interviewed_until": time(10, 30)})
    (entry,) = last_entries(workspace)
    assert entry["fields"] == {"interviewed_until": [None, "10:30"], "interviewed_on": ["2024-03-05", "2024-03-05"]}


def test_a_moment_read_back_to_the_minute_is_no_change(workspace):
    letter = forms.save(workspace, forms.new(workspace, "confirmation_letter"), {"sent_at": workspace.now()})
    field = ConfirmationLetter.__fields__["sent_at"].kind
    shown = field.parse(letter.record.sent_at.astimezone().strftime("%Y-%m-%d %H:%M"))
    forms.save(workspace, letter, {"sent_at": shown})
    assert len(last_entries(workspace, 5)) == 1


def test_rows_keep_their_order_and_adding_one_leaves_the_others_alone(workspace):
    sheet = forms.new(workspace, "needs_analysis")
    rows = [RowValues("", {"role": role}) for role in "甲乙丙"]
    sheet = forms.save(workspace, sheet, {}, {"decision_role": rows})
    kept = [RowValues(row.id, {"role": row.role}) for row in sheet.rows["decision_role"]]
    sheet = forms.save(workspace, sheet, {}, {"decision_role": [*kept[1:], RowValues("", {"role": "丁"})]})
    assert [row.role for row in sheet.rows["decision_role"]] == ["乙", "丙", "丁"]
    kinds = sorted((e["kind"], set(e["fields"])) for e in last_entries(workspace, 2))
    assert kinds == [("create", {"analysis_id", "role", "row_no"}), ("delete", set())]
    kept = [RowValues(row.id, {}) for row in reversed(sheet.rows["decision_role"])]
    sheet = forms.save(workspace, sheet, {}, {"decision_role": kept})
    assert [row.role for row in sheet.rows["decision_role"]] == ["丁", "丙", "乙"]


def test_deleting_a_customer_takes_all_of_it_and_undo_brings_it_back(workspace):
    sample.fill(workspace, "toolkit")
    with workspace.reading() as session:
        (line,) = stage_list.in_stage(session, Stage.DISCOVERY)
        before = queries.card(session, line.customer_id)
    deletion.delete(workspace, "customer", [line.customer_id])
    with workspace.reading() as session:
        assert stage_list.in_stage(session, Stage.DISCOVERY) == []
        assert queries.stage_counts(session)[Stage.DISCOVERY] == 0
        assert queries.count(session, NeedsAnalysis) == queries.count(session, DecisionRole) == 0
        assert search.find(session, "张") == []
    history.undo(workspace, *history.last_action(workspace))
    with workspace.reading() as session:
        after = queries.card(session, line.customer_id)
        assert queries.record_ids_of(after) == queries.record_ids_of(before)
        assert [role.role for role in after.roles] == ["总经理", "采购总监", "销售主管"]
        assert search.find(session, "××科技")


def test_undo_refuses_what_was_changed_since(workspace):
    sheet = saved_customer(workspace)
    forms.save(workspace, sheet, {"name": "华源科技"})
    action = history.last_action(workspace)
    forms.save(workspace, forms.load(workspace, "customer", sheet.record.id), {"name": "华源集团"})
    with pytest.raises(UserError, match="changed_since"):
        history.undo(workspace, *action)
    history.undo(workspace, *history.last_action(workspace))
    assert forms.load(workspace, "customer", sheet.record.id).record.name == "华源科技"


def test_findings_speak_of_record_and_rows():
    analysis = NeedsAnalysis(participants="销售李*")
    roles = [DecisionRole(role="总经理", weight=60), DecisionRole(role="", weight=30)]
    sheet = forms.Sheet(analysis, {"decision_role": roles}, is_new=False)
    found = {(f.entity, f.field, f.message) for f in forms.findings(sheet, date(2026, 11, 23), UTC)}
    assert ("needs_analysis", "pains", "field.required") in found
    assert ("decision_role", "role", "field.required") in found
    assert ("decision_role", "weight", "chain.weights") in found
    assert not any(field == "analysis_id" for _, field, _ in found)
