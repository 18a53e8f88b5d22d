"""How a laptop stands to the office, before it knows one."""

from salesdesk.actions import forms, sync_state
from salesdesk.records.work import Conflict


def test_what_waits_and_what_is_open(workspace):
    kept = forms.save(workspace, forms.new(workspace, "customer"), {"name": "华源", "need": "平台"})
    forms.save(workspace, forms.new(workspace, "task"), {"subject": "call back"})
    now = {"created_at": workspace.now(), "updated_at": workspace.now()}
    with workspace.writing() as session:  # the office makes conflicts
        for number, (entity, record_id, unit, settled) in enumerate(
            (
                ("customer", kept.record.id, "need", False),
                ("form_of_a_later_program", "x", "need", False),
                ("customer", kept.record.id, "name", True),
            )
        ):
            said = {"entity": entity, "record_id": record_id, "unit": unit, "settled": settled}
            session.add(Conflict(id=f"c{number}", territory="east", **said, **now))
    with workspace.reading() as session:
        state = sync_state.sync_state(session, workspace, limit=1)
    assert (state.office, state.last_sync) == (None, None)
    assert len(state.waiting) == 1
    assert state.waiting_count > 1
    assert len(state.conflicts) == 2
    assert state.titles == {kept.record.id: "华源", "x": ""}
