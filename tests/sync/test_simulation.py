"""Several laptops live through seeded weeks of bad luck; then the faults stop, and the books must balance.

Each history: people write, delete, restore and settle; networks lose requests and answers and deliver twice;
clocks lie; a laptop is put back from an old copy. Every value typed is a unique token, so that nothing can
hide. Checked at the end: liveness, convergence, no lost write, exactly once, revisions without a fault.
"""

import json
import os
import random
import shutil

import pytest
from sqlalchemy import select, update

from salesdesk.actions import conflicts, deletion
from salesdesk.actions.conflicts import Take
from salesdesk.errors import OfficeRefused, OfficeUnreachable, UserError
from salesdesk.records.prospecting import Contact, Customer
from salesdesk.records.work import Task
from salesdesk.server.tables import account, change_log, membership, record, territory
from salesdesk.store import clock
from salesdesk.store import journal as entries
from salesdesk.store.tables import journal
from salesdesk.store.workspace import Workspace
from salesdesk.sync import driver
from salesdesk.sync.client import Client
from tests.factories import KEY
from tests.server.conftest import new_office
from tests.server.office import PEOPLE
from tests.sync.crew import Laptop, until_quiet

HISTORIES = int(os.environ.get("SALESDESK_HISTORIES", "2"))
STEPS = 200
YEAR_MS = 365 * 24 * 3600 * 1000
# what people write on, and how: with one policy of each sort
FIELDS = {
    Customer: ("name", "city", "credit_code", "need", "owner"),
    Contact: ("name", "phone"),
    Task: ("subject", "remark"),
}


class BadNetwork(Client):
    """Loses requests and answers, and delivers twice, by the dice of the history."""

    dice = random.Random(0)
    badness = 0.0
    meanwhile = staticmethod(lambda: None)

    def _send(self, method, path, **options):
        if self.badness and self.dice.random() < 0.4:
            self.meanwhile()
        luck = self.dice.random()
        if luck < self.badness:
            raise OfficeUnreachable("sync.cut")
        answer = super()._send(method, path, **options)
        if luck < 2 * self.badness:
            raise OfficeUnreachable("sync.cut")
        if luck < 3 * self.badness and path == "/v1/push":
            return super()._send(method, path, **options)
        return answer


class History:
    """One seeded history on a fresh office."""

    ends = frozenset({"accepted", "conflict"})  # how an entry may have ended when all is quiet

    def __init__(self, seed, office, folder):
        self.dice = random.Random(seed)
        self.office = office
        self.folder = folder
        with office.engine.begin() as connection:  # all of them may hand a customer to anybody
            for table in (account, membership):
                connection.execute(update(table).values(role="manager"))
        self.laptops = [Laptop(folder / f"laptop-{login}", office.url, login) for login in PEOPLE]
        self.skew = dict.fromkeys(self.laptops, 0)
        self.writer = self.laptops[0]
        self.tokens = 0
        self.copies = {}
        self.counts = dict.fromkeys(("writes", "syncs", "cuts", "restored", "conflicts", "settled"), 0)

    def stamp(self):
        """The clock of the laptop that acts: right within a boot, wrong by any amount on the wall."""
        now = clock.stamp()
        return clock.Stamp(now.wall_ms + self.skew[self.writer], now.boot_id, now.mono_ms)

    def step(self):
        self.writer = self.dice.choice(self.laptops)
        weights = {self.create: 6, self.edit: 50, self.delete: 4, self.bring_back: 4, self.sync: 20, self.settle: 8}
        weights |= {self.lie: 4, self.copy: 2, self.put_back: 2}
        self.dice.choices(list(weights), weights.values())[0]()

    def token(self):
        self.tokens += 1
        self.counts["writes"] += 1
        return f"T{self.tokens:05d};"

    def records(self, form, *, deleted=False):
        with self.writer.workspace.reading() as session:
            found = session.scalars(select(form).order_by(form.id)).all()
        return [one for one in found if (one.deleted_at is not None) == deleted]

    def some(self, **options):
        """Any record of this laptop, rather an old one that others have too."""
        found = [one for form in FIELDS for one in self.records(form, **options)]
        return self.dice.choice(found[:4]) if found else None

    def create(self):
        customers = self.records(Customer)
        if not customers or self.dice.random() < 0.4:
            self.writer.add(Customer(name=self.token()))
        elif self.dice.random() < 0.5:
            self.writer.add(Contact(customer_id=self.dice.choice(customers).id, name=self.token()))
        else:
            self.writer.add(Task(customer_id=self.dice.choice(customers).id, subject=self.token()))

    def edit(self):
        chosen = self.some()
        if chosen is None:
            return
        names = self.dice.sample(FIELDS[type(chosen)], self.dice.randrange(1, 3))
        values = {name: self.token() for name in names}
        if "need" in values and self.dice.random() < 0.5:
            values["need"] = chosen.need + values["need"]
        self.writer.change(type(chosen), chosen.id, **values)

    def delete(self):
        chosen = self.some()
        if chosen is not None and self.dice.random() < 0.4:
            deletion.delete(self.writer.workspace, chosen.__tablename__, [chosen.id])

    def bring_back(self):
        chosen = self.some(deleted=True)
        if chosen is not None:
            with self.writer.workspace.changing("restore") as changes:
                changes.restore(changes.get(type(chosen), chosen.id))

    def settle(self):
        found = self.writer.conflicts()
        if found:
            try:
                conflicts.settle(self.writer.workspace, self.dice.choice(found).id, self.dice.choice(list(Take)))
            except UserError as error:
                assert error.message == "conflict.record_gone"
            self.counts["settled"] += 1

    def lie(self):
        self.skew[self.writer] = self.dice.choice([0, -YEAR_MS, YEAR_MS, self.dice.randrange(-(10**8), 10**8)])

    def copy(self):
        """Keep a copy of the laptop's folder, as a backup program would."""
        target = self.folder / f"copy-{self.laptops.index(self.writer)}"
        shutil.rmtree(target, ignore_errors=True)
        self.writer.workspace.close()
        shutil.copytree(self.writer.folder, target)
        self.writer.workspace = Workspace.open(self.writer.folder, KEY)
        self.copies[self.writer] = target

    def put_back(self):
        """The laptop's folder is replaced by its old copy; what was not sent since is gone with it, and only that."""
        target = self.copies.pop(self.writer, None)
        if target is None:
            return
        self.writer.workspace.close()
        shutil.rmtree(self.writer.folder)
        shutil.copytree(target, self.writer.folder)
        self.writer.workspace = Workspace.open(self.writer.folder, KEY)
        self.counts["restored"] += 1

    def sync(self, badness=0.12):
        BadNetwork.badness = badness
        self.counts["syncs"] += 1
        try:
            self.writer.sync()
        except OfficeUnreachable:
            self.counts["cuts"] += 1
        except OfficeRefused as error:
            if error.message not in {"sync.copied_laptop", "sync.not_signed_in"}:
                raise
            BadNetwork.badness = 0
            self.writer.enrol(self.office.url, list(PEOPLE)[self.laptops.index(self.writer)])

    def end(self):
        """The faults stop. Twice round, because a copied laptop has to sign in anew first."""
        for laptop in self.laptops * 2:
            self.writer = laptop
            self.sync(badness=0)
        until_quiet(*self.laptops)
        self.check_books()
        for one in self.laptops:
            one.close()

    def check_books(self):
        with self.office.engine.connect() as connection:
            rows = connection.execute(select(record).where(record.c.territory_id == "east")).mappings().all()
            log = list(connection.scalars(select(change_log.c.entry).where(change_log.c.territory_id == "east")))
            head = connection.scalar(select(territory.c.head_rev).where(territory.c.id == "east"))
        here = self.laptops[0].everything()
        assert {(row["entity"], row["id"]) for row in rows} == here.keys()
        for row in rows:
            rev, deleted, values = here[row["entity"], row["id"]]
            assert (row["rev"], row["deleted"]) == (rev, deleted)
            assert {name: values[name] for name in row["data"]} == row["data"]
        self.counts["conflicts"] = sum(row["entity"] == "conflict" for row in rows)
        revs = [row["rev"] for row in rows]
        assert len(set(revs)) == len(revs)
        assert not revs or max(revs) <= head
        deleted = {row["id"] for row in rows if row["deleted"]}
        orphans = [row["id"] for row in rows if row["entity"] == "contact" and not row["deleted"]]
        parents = {row["id"]: row["data"]["customer_id"] for row in rows if row["entity"] == "contact"}
        assert [one for one in orphans if parents[one] in deleted] == []
        self.check_tokens(rows, log)

    def check_tokens(self, rows, log):
        """Each token is current, in a conflict, or was overwritten by somebody who had it before his eyes."""
        written = {token for entry in log for token in tokens_in(new for _, new in entry["fields"].values())}
        for laptop in self.laptops:
            with laptop.workspace.reading() as session:
                for line in session.execute(select(journal)).mappings():
                    assert line["state"] in self.ends, (line["state"], line["answer"])
                    if line["entity"] != "conflict":
                        written |= tokens_in(new for _, new in line["fields"].values())
        current = tokens_in(json.dumps(row["data"], ensure_ascii=False) for row in rows)
        replaced = {token for entry in log for token in tokens_in(old for old, _ in entry["fields"].values())}
        assert written - current - replaced == set()
        assert written or self.tokens == 0


def tokens_in(values):
    return {
        part[-6:] + ";" for value in values if isinstance(value, str) for part in value.split(";")[:-1] if "T" in part
    }


def play(kind, office, folder, monkeypatch, *, steps, seed=None):
    """A whole history of a kind, from its seed to balanced books; returns what happened in it."""
    seed = int(os.environ.get("SALESDESK_SEED", random.randrange(2**32))) if seed is None else seed
    print("seed", seed)  # noqa: T201  # told when it fails
    monkeypatch.setattr(driver, "Client", BadNetwork)
    BadNetwork.badness = 0
    history = kind(seed, office, folder)
    BadNetwork.dice = history.dice
    BadNetwork.meanwhile = history.edit  # people go on working during a sync
    monkeypatch.setattr(entries, "stamp", history.stamp)
    monkeypatch.setattr(driver, "stamp", history.stamp)
    for _ in range(steps):
        history.step()
    history.end()
    return history.counts


@pytest.mark.parametrize("number", range(HISTORIES))
def test_the_books_balance_after_bad_luck(number, tmp_path, monkeypatch, request, counted):
    with new_office("sqlite", tmp_path, request) as office:
        counts = play(History, office, tmp_path, monkeypatch, steps=STEPS)
    counted("histories", counts)
    assert counts["syncs"] > 0


def test_the_oracle_can_fail():
    """A token that is nowhere is missed; one that somebody saw and replaced is not."""
    assert tokens_in(["T00001;T00002;", None, "x"]) == {"T00001;", "T00002;"}
    history = object.__new__(History)
    history.laptops, history.tokens = [], 2
    log = [{"fields": {"name": [None, "T00001;"]}}, {"fields": {"name": [None, "T00002;"]}}]
    with pytest.raises(AssertionError):
        history.check_tokens([{"data": {"name": "T00002;"}}], log)
    log[1]["fields"]["name"][0] = "T00001;"
    history.check_tokens([{"data": {"name": "T00002;"}}], log)
