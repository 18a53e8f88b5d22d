"""What the frame of the window shows."""

from dataclasses import replace

from salesdesk.actions import approvals, forms, overview
from salesdesk.actions.forms import RowValues
from salesdesk.records.base import Stage
from salesdesk.records.contract import Contract
from salesdesk.store import drafts
from tests.actions.conftest import DAY, TERMS


def figures(workspace, **identity):
    with workspace.reading() as session:
        return overview.window_figures(session, replace(workspace.identity, **identity))


def test_counts_follow_the_rounds(workspace):
    sheet = forms.new(workspace, "customer")
    forms.save(workspace, sheet, {"name": "华源", "need": "平台"}, {"contact": [RowValues("", {"name": "张伟"})]})
    found = figures(workspace)
    assert (found.customers, found.counts[Stage.PROSPECTING], found.last_sync) == (1, 1, None)
    assert sum(found.counts.values()) == 1
    assert found.waiting > 0  # nothing has gone to the office


def test_only_who_may_decide_sees_that_somebody_waits(workspace, draft_contract):
    with workspace.changing("test") as changes:
        contract = changes.get(Contract, draft_contract.id)
        for name, value in TERMS.items():
            setattr(contract, name, value)
    approvals.submit(workspace, "contract", draft_contract.id, DAY)
    assert figures(workspace, person_id="boss", role="manager").to_decide == 1
    assert figures(workspace).to_decide == 0  # the rep has submitted it


def test_a_form_opens_from_its_record_or_from_its_draft(workspace):
    kept = forms.save(workspace, forms.new(workspace, "customer"), {"name": "华源", "need": "平台"})
    assert forms.open_or_resume(workspace, "customer", kept.record.id).record.name == "华源"
    drafts.save(workspace, drafts.Draft("customer", "not-saved-yet", {"name": "宁波"}, preset={"owner": "李伟"}))
    resumed = forms.open_or_resume(workspace, "customer", "not-saved-yet")
    assert (resumed.is_new, resumed.record.id, resumed.record.owner) == (True, "not-saved-yet", "李伟")
    assert resumed.draft.content == {"name": "宁波"}
