"""Into the bin with what hangs on it, as one action, and back again."""

from salesdesk.actions import deletion, forms, history
from salesdesk.records.prospecting import Contact, Customer
from salesdesk.store import queries


def customer(workspace, name, contacts=()):
    rows = {"contact": [forms.RowValues("", {"name": person}) for person in contacts]}
    return forms.save(workspace, forms.new(workspace, "customer"), {"name": name}, rows).record.id


def living(workspace, form):
    with workspace.reading() as session:
        return queries.count(session, form)


def test_what_hangs_on_it_is_said_before_and_goes_with_it(workspace):
    first, second = customer(workspace, "华源科技", ["张伟", "王芳"]), customer(workspace, "立新制造")
    task = forms.save(workspace, forms.new(workspace, "task"), {"subject": "call", "customer_id": first})
    with workspace.reading() as session:
        found = deletion.preview(session, "customer", [first, second])
    assert found.names == ["华源科技", "立新制造"]
    assert found.hanging["contact"] == 2
    assert found.hanging["task"] == 1
    before = living(workspace, Customer)
    assert deletion.delete(workspace, "customer", [first, second]) == 2
    assert living(workspace, Customer) == before - 2
    assert living(workspace, Contact) == 0
    assert forms.load(workspace, "task", task.record.id).record.deleted_at is not None
    history.undo(workspace, *history.last_action(workspace))
    assert living(workspace, Customer) == before
    assert living(workspace, Contact) == 2


def test_what_is_gone_already_is_not_deleted_twice(workspace):
    record_id = customer(workspace, "华源科技")
    assert deletion.delete(workspace, "customer", [record_id, "no such record"]) == 1
    last = history.last_action(workspace)
    assert deletion.delete(workspace, "customer", [record_id]) == 0
    assert history.last_action(workspace) == last
