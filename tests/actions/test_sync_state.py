"""How a laptop stands to the office, before it knows one."""

from salesdesk.actions import forms, sync_state
from salesdesk.records.work import Conflict


def test_what_waits_and_what_is_open(workspace):
    kept = forms.save(workspace, forms.new(workspace, "customer"), {"name": "华源", "need": "平台"})
    with workspace.changing("test") as changes:
        changes.add(Conflict(entity="customer", record_id=kept.record.id, unit="need"))
        changes.add(Conflict(entity="form_of_a_later_program", record_id="x", unit="need"))
        changes.add(Conflict(entity="customer", record_id=kept.record.id, unit="name", settled=True))
    with workspace.reading() as session:
        state = sync_state.sync_state(session, workspace, limit=1)
    assert (state.office, state.last_sync) == (None, None)
    assert len(state.waiting) == 1
    assert state.waiting_count > 1
    assert len(state.conflicts) == 2
    assert state.titles == {kept.record.id: "华源", "x": ""}
