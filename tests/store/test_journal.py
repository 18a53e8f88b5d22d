"""The journal says exactly what happened, in a chain that cannot be rewritten unnoticed."""

from sqlalchemy import select

from salesdesk.records.entry import Entry, chained
from salesdesk.records.prospecting import Contact, Customer
from salesdesk.store import journal
from salesdesk.store.tables import journal as table


def entries(workspace):
    with workspace.reading() as session:
        return [dict(row) for row in session.execute(select(table).order_by(table.c.seq)).mappings()]


def test_create_update_delete_restore(workspace):
    with workspace.changing("save.customer") as changes:
        customer = changes.add(Customer(name="华源", employees=0))
    with workspace.changing("save.customer") as changes:
        found = changes.get(Customer, customer.id)
        found.employees, found.need, found.name = 200, "需要", "华源"
    with workspace.changing("delete.customer") as changes:
        changes.delete(changes.get(Customer, customer.id))
    with workspace.changing("restore.customer") as changes:
        changes.restore(changes.get(Customer, customer.id))
    kinds = [(e["kind"], e["fields"]) for e in entries(workspace)]
    assert kinds == [
        ("create", {"name": [None, "华源"], "employees": [None, 0]}),
        ("update", {"employees": [0, 200], "need": ["", "需要"]}),
        ("delete", {}),
        ("restore", {}),
    ]


def test_a_change_that_changes_nothing_writes_nothing(workspace):
    with workspace.changing("save.customer") as changes:
        customer = changes.add(Customer(name="华源"))
    with workspace.changing("save.customer") as changes:
        changes.get(Customer, customer.id).name = "华源"
    assert len(entries(workspace)) == 1


def test_one_action_is_one_batch_and_numbers_have_no_gaps(workspace):
    with workspace.changing("save.customer") as changes:
        customer = changes.add(Customer(name="华源"))
        changes.add(Contact(customer_id=customer.id, name="张伟"))
    with workspace.changing("save.customer") as changes:
        changes.add(Customer(name="立新"))
    found = entries(workspace)
    assert [(e["seq"], e["batch_first"]) for e in found] == [(1, 1), (2, 1), (3, 3)]


def test_each_entry_is_chained_to_the_one_before(workspace):
    for name in "甲乙丙":
        with workspace.changing("save.customer") as changes:
            changes.add(Customer(name=name))
    before = b""
    for row in entries(workspace):
        entry = Entry(**{name: row[name] for name in Entry.__struct_fields__})
        before = chained(before, entry)
        assert row["hash"] == before


def test_territories_are_numbered_apart(workspace):
    for territory in ("east", "west", "east"):
        with workspace.changing("save.customer") as changes:
            changes.add(Customer(name=territory, territory=territory))
    assert sorted((e["territory"], e["seq"]) for e in entries(workspace)) == [("east", 1), ("east", 2), ("west", 1)]


def test_an_editor_that_looked_at_an_older_state_says_so(workspace):
    with workspace.changing("save.customer") as changes:
        customer = changes.add(Customer(name="华源", need="旧"))
    with workspace.changing("save.customer") as changes:
        found = changes.get(Customer, customer.id)
        found.rev = 9
        changes.edited_from(found, 3, {"need": "更旧"})
        found.need = "新"
    assert entries(workspace)[-1]["base_rev"] == 3
    assert entries(workspace)[-1]["fields"] == {"need": ["更旧", "新"]}


def test_history_is_newest_first_and_waiting_oldest_first(workspace):
    with workspace.changing("save.customer") as changes:
        customer = changes.add(Customer(name="华源"))
    with workspace.changing("save.customer") as changes:
        changes.get(Customer, customer.id).name = "华源科技"
    with workspace.reading() as session:
        assert [line.kind for line in journal.history(session, [customer.id])] == ["update", "create"]
        assert [line.kind for line in journal.waiting(session)] == ["create", "update"]
        assert journal.waiting_count(session) == 2
