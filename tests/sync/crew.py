"""Laptops with real encrypted workspaces, and what must hold when all is quiet."""

from salesdesk.records.registry import forms
from salesdesk.store import journal, queries
from salesdesk.store.workspace import Identity, new_id
from salesdesk.sync import driver
from tests.factories import make_workspace
from tests.server.office import secret_for


class Laptop:
    """One person's laptop, enrolled unless `login` is empty."""

    def __init__(self, folder, url, login):
        self.folder = folder
        self.workspace = make_workspace(folder, Identity(new_id(), login or "nobody", "rep", new_id()))
        if login:
            self.enrol(url, login)

    def enrol(self, url, login):
        return driver.enrol(self.workspace, url, login, secret_for(url, login), "laptop")

    def go_through(self, url):
        """Reach the same office at another address."""
        kept = self.workspace.recall("office")
        self.workspace.remember("office", kept | {"url": url})

    def sync(self, **options):
        return driver.synchronise(self.workspace, **options)

    def add(self, record):
        with self.workspace.changing("save") as changes:
            return changes.add(record).id

    def change(self, form, record_id, **values):
        with self.workspace.changing("save") as changes:
            record = changes.get(form, record_id)
            for name, value in values.items():
                setattr(record, name, value)

    def delete(self, form, record_id):
        with self.workspace.changing("delete") as changes:
            changes.delete(changes.get(form, record_id))

    def get(self, form, record_id):
        with self.workspace.reading() as session:
            return session.get(form, record_id)

    def conflicts(self):
        with self.workspace.reading() as session:
            return queries.open_conflicts(session)

    def waiting(self):
        with self.workspace.reading() as session:
            return journal.waiting_count(session)

    def everything(self):
        """Every record by form and id, letter for letter."""
        with self.workspace.reading() as session:
            return {
                (form.__tablename__, record.id): (record.rev, record.deleted_at is not None, record.wire())
                for form in forms()
                for record in session.query(form)
            }

    def close(self):
        self.workspace.close()


def until_quiet(*laptops, rounds=3):
    """Sync all in turn until nobody brings anything new; the queue must empty and all must be equal."""
    for _ in range(rounds):
        for laptop in laptops:
            laptop.sync()
    assert [laptop.waiting() for laptop in laptops] == [0] * len(laptops)
    first, *others = (laptop.everything() for laptop in laptops)
    for other in others:
        differing = [key for key in first.keys() | other.keys() if first.get(key) != other.get(key)]
        assert differing == [], [(first.get(key), other.get(key)) for key in differing[:2]]
