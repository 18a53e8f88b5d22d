"""An older workspace: its search entries are read anew, some at a time, and found meanwhile as they were."""

from sqlalchemy import insert, select, text

from salesdesk.records.prospecting import Contact, Customer
from salesdesk.store import search
from salesdesk.store.rereading import STALE, read_anew
from salesdesk.store.tables import local, search_item
from salesdesk.store.workspace import Workspace
from tests.factories import KEY, make_workspace

# As the program before 0005 had them: read as words are.
OLD_SOUNDS = "cgq cengguoqiang gq guoqiang q qiang"


def age(workspace):
    """Make every entry of a workspace what an older program wrote, and note that as the migration does."""
    with workspace.writing() as session:
        numbers = list(session.scalars(select(search_item.c.rowid)))
        for number in numbers:
            session.execute(text("DELETE FROM search_text WHERE rowid = :row"), {"row": number})
            session.execute(
                text("INSERT INTO search_text(rowid, chars, sounds) VALUES (:row, '华 源', :sounds)"),
                {"row": number, "sounds": OLD_SOUNDS},
            )
        session.execute(insert(local).values(name=STALE, value=max(numbers)))


def found(workspace, query):
    with workspace.reading() as session:
        return [hit.title for hit in search.find(session, query)]


def finish(workspace, **how):
    for _ in range(100):
        if not read_anew(workspace, **how):
            return
    raise AssertionError("it does not end")


def fill(workspace):
    with workspace.changing("save") as changes:
        customer = changes.add(Customer(name="华源"))
        for name in ("曾国强", "曾国柱", "曾国强二"):
            changes.add(Contact(customer_id=customer.id, name=name))


def test_entries_are_read_anew_in_pieces_and_keep_their_order(workspace):
    fill(workspace)
    order = found(workspace, "zengguo")
    age(workspace)
    assert found(workspace, "zengguo") == []
    assert len(found(workspace, "cgq")) == 4  # found as they were
    assert read_anew(workspace, limit=2)
    assert found(workspace, "zengguo") == order[:2]  # the last written first
    assert read_anew(workspace, limit=2)
    finish(workspace)
    assert found(workspace, "zengguo") == order
    assert workspace.recall(STALE) is None
    assert not read_anew(workspace)


def test_what_is_saved_meanwhile_is_left_alone(workspace):
    fill(workspace)
    age(workspace)
    with workspace.changing("save") as changes:
        changes.get(Customer, changes.session.scalar(select(Customer.id))).name = "单县重工"
    finish(workspace, limit=1)
    assert found(workspace, "shanxian") == ["单县重工"]
    assert found(workspace, "华源") == []


def test_an_entry_whose_record_is_of_a_newer_program_stays(workspace):
    fill(workspace)
    with workspace.writing() as session:
        entry = {"rowid": 99, "entity": "hologram", "record_id": "h", "customer_id": "", "title": "未来"}
        session.execute(insert(search_item), entry)
    age(workspace)
    finish(workspace)
    assert "未来" in found(workspace, "cgq")


def test_a_workspace_of_the_version_before_is_brought_up_to_date(tmp_path):
    older = make_workspace(tmp_path / "now")
    fill(older)
    with older.writing() as session:  # what the migrations since 0005 added, taken away again
        for statement in (
            "ALTER TABLE approval_step DROP COLUMN submission",
            "ALTER TABLE result_review DROP COLUMN submission",
            "ALTER TABLE customer DROP COLUMN aliases",
            "DROP TABLE working_year",
            "ALTER TABLE journal DROP COLUMN dealt",
            "ALTER TABLE blob DROP COLUMN dealt",
            "ALTER TABLE blob DROP COLUMN tries",
            "ALTER TABLE blob DROP COLUMN reason",
            "UPDATE alembic_version SET version_num = '0004'",
        ):
            session.execute(text(statement))
        last = session.scalar(select(search_item.c.rowid).order_by(search_item.c.rowid.desc()))
    older.close()
    opened = Workspace.open(tmp_path / "now", KEY)
    try:
        assert opened.recall(STALE) == last
        finish(opened)
        assert len(found(opened, "zengguo")) == 3
        with opened.reading() as session:
            assert session.scalar(select(Customer)).aliases == ""
    finally:
        opened.close()


def test_a_new_workspace_has_nothing_to_read_anew(workspace):
    assert workspace.recall(STALE) is None
