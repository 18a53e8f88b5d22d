"""An office's database of an earlier program is brought up to date when it is opened, and costs what a new one does."""

import uuid
from contextlib import closing

import pytest
from sqlalchemy import event, inspect, select

from salesdesk.server import key_file
from salesdesk.server.administration import Administration
from salesdesk.server.app import make_app
from salesdesk.server.database import open_database
from salesdesk.server.encryption import connect
from salesdesk.server.tables import device, record
from tests.server.conftest import new_office
from tests.server.office import PASSWORD, Bare, sent


def test_a_database_of_an_earlier_program_is_brought_up_to_date(tmp_path, request):
    with new_office("sqlite", tmp_path, request) as office:
        bare = Bare(office.url)
        customer = str(uuid.uuid4())
        bare.push(sent("customer", customer, name="甲"), sent("contact", str(uuid.uuid4()), customer_id=customer))
        bare.push(sent("contact", str(uuid.uuid4()), customer_id="", name="陈"))
        bare.close()
    with closing(connect(tmp_path / "office.db", key_file.read(key_file.place_for(tmp_path)).database)) as old:
        for statement in ("DROP INDEX ix_record_parent", "ALTER TABLE record DROP COLUMN parent_id",
                          "ALTER TABLE device DROP COLUMN wipe", "ALTER TABLE device DROP COLUMN enrolled_ms",
                          "ALTER TABLE account DROP COLUMN disabled_ms", "DROP TABLE history", "DROP TABLE code",
                          "DROP TABLE act", "DROP TABLE parked", "DROP TABLE quarantine",
                          "CREATE TABLE secret (id INTEGER, value BLOB)"):  # fmt: skip
            old.execute(statement)
    for _ in range(2):  # opening it again changes nothing
        engine = open_database(f"sqlite:///{tmp_path / 'office.db'}")
        make_app(engine, tmp_path)
        with engine.connect() as connection:
            assert not inspect(connection).has_table("secret")  # tokens are signed with a key that no backup holds
            parents = connection.execute(select(record.c.entity, record.c.parent_id)).all()
            assert sorted(parents, key=str) == sorted(
                [("person", None)] * 3 + [("customer", None), ("contact", customer), ("contact", None)], key=str
            )
            assert connection.scalars(select(device.c.wipe)).all() == [False]
        Administration(engine, "test").add_person("neu", "新人", "rep", "east", PASSWORD)
        Administration(engine, "test").disable("neu")
        with engine.begin() as connection:
            connection.exec_driver_sql("DELETE FROM account WHERE login = 'neu'")
            connection.exec_driver_sql("DELETE FROM record WHERE data LIKE '%新人%'")
        engine.dispose()


@pytest.mark.parametrize("entity", ["customer", "opportunity"])
def test_deleting_looks_at_the_rows_of_what_is_deleted_and_at_nothing_else(office, device, entity):
    """Whatever else the territory holds and however many are deleted, by an index, in one look."""
    bare = device()
    ids = [str(uuid.uuid4()) for _ in range(50)]
    rev = bare.push(*(sent(entity, one, name="甲") for one in ids)).head_before
    seen = []

    def note(_connection, _cursor, statement, parameters, *_):
        if "parent_id IN" in statement:
            seen.append((statement, parameters))

    event.listen(office.engine, "before_cursor_execute", note)
    try:
        bare.push(*(sent(entity, one, "delete", base=rev) for one in ids))
    finally:
        event.remove(office.engine, "before_cursor_execute", note)
    ((statement, parameters),) = seen
    if office.engine.dialect.name == "sqlite":
        with office.engine.connect() as connection:
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all()
        assert [step[-1] for step in plan] == [
            "SEARCH record USING INDEX ix_record_parent (territory_id=? AND parent_id=?)"
        ]
