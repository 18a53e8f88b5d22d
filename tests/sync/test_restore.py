"""An office that is put back to an older state, by the command or by somebody who copied a file: nothing is lost."""

import itertools
import os
import shutil
import tarfile
import time
from contextlib import closing

import pytest
from sqlalchemy import select

from salesdesk.records.prospecting import Customer
from salesdesk.records.work import Attachment
from salesdesk.server import backup, ledger
from salesdesk.server.cli import main
from salesdesk.server.tables import parked, territory
from salesdesk.store import attachments
from tests.server.office import Bare, sent
from tests.sync.crew import Laptop, until_quiet
from tests.sync.test_simulation import History, play

HISTORIES = int(os.environ.get("SALESDESK_HISTORIES", "2"))
STEPS = 60


@pytest.fixture
def office(served):
    """Its folder is put back to what it was."""
    return served


@pytest.fixture
def crew(office, tmp_path):
    """Three laptops that know the same customer."""
    laptops = [Laptop(tmp_path / login, office.url, login) for login in ("liwei", "wangfang", "zhaolei")]
    laptops[0].add(Customer(name="华源", need="平台"))
    until_quiet(*laptops)
    yield laptops
    for one in laptops:
        one.close()


def data(office):
    return office.folder.parent


def copy_of(office, target):
    """The folder as any program would copy it, with the office stopped."""
    office.replaced(lambda: shutil.copytree(data(office), target))


def put_copy_back(office, source):
    """What an administrator does who knows no command."""

    def work():
        shutil.rmtree(data(office))
        shutil.copytree(source, data(office))

    office.replaced(work)


def restore(office, file):
    office.replaced(lambda: backup.restore(data(office), file, "test"))


@pytest.fixture(params=["command", "copy"])
def back_in_time(request, office, tmp_path):
    """Remembers this moment of the office; gives what brings it back."""
    if request.param == "command":
        backup.backup(data(office), tmp_path / "last night")
        yield lambda: restore(office, tmp_path / "last night")
    else:
        copy_of(office, tmp_path / "copy")
        yield lambda: put_copy_back(office, tmp_path / "copy")


def customers(laptop):
    return {values["name"]: values for (form, _), (_, deleted, values) in laptop.everything().items()
            if form == "customer" and not deleted}  # fmt: skip


def the_customer(laptop):
    return next(key for (form, key) in laptop.everything() if form == "customer")


@pytest.fixture
def moment(crew, back_in_time):
    """The crew, and what brings back the office as it is now."""
    return crew, back_in_time


@pytest.fixture(params=["least luck", "clock behind"])
def bad_start(request, monkeypatch):
    """The worst that chance and the clock can do to the number at which a later life begins."""
    luck = itertools.count()
    monkeypatch.setattr(ledger.secrets, "randbelow", lambda below: max(0, below - 1 - 100 * next(luck)))
    if request.param == "clock behind":
        before = itertools.count(int(time.time() * 1000), -3_600_000)
        monkeypatch.setattr(ledger, "now_ms", lambda: next(before))


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2)])
def test_everything_comes_again_though_nothing_waits(moment, order):
    """New records, edits of old ones and of a colleague's new ones, files."""
    crew, go_back = moment
    first, second, third = crew
    record_id = the_customer(first)
    new_id = first.add(Customer(name="备份之后"))
    first.change(Customer, record_id, city="苏州")
    photo = b"a photo that was taken after the backup" * 100
    with first.workspace.changing("attach") as changes:
        attachments.attach(first.workspace, changes, changes.get(Customer, record_id), "照片.jpg", "image/jpeg", photo)
    until_quiet(*crew)
    second.change(Customer, new_id, city="无锡")
    third.delete(Customer, third.add(Customer(name="又删了")))
    second.change(Customer, record_id, city="宁波")
    until_quiet(*crew)
    before = {name: values["city"] for name, values in customers(first).items()}
    go_back()
    for number in order * 2:
        crew[number].sync()
    until_quiet(*crew)
    assert {name: values["city"] for name, values in customers(first).items()} == before
    (third.workspace.blobs).rename(third.folder / "gone")
    with third.workspace.writing() as session:
        session.connection().exec_driver_sql("DELETE FROM blob")
    assert third.sync().files == 1  # the office has it again
    with third.workspace.reading() as session:
        (kept,) = session.scalars(select(Attachment)).all()
    assert attachments.read_blob(third.workspace, kept.sha256) == photo


def test_a_laptop_that_only_read_is_not_left_with_what_was_lost(moment):
    """It sent nothing after the backup, so its mark is right; what it has seen is not what the office holds."""
    crew, go_back = moment
    first, second, _ = crew
    record_id = the_customer(first)
    first.change(Customer, record_id, city="没有人再送来")
    first.sync()
    second.sync()
    go_back()
    shown = second.sync().received_count
    assert shown["customer"] == 1
    assert second.get(Customer, record_id).city == ""
    until_quiet(*crew)
    assert second.get(Customer, record_id).city == "没有人再送来"


@pytest.mark.parametrize("bad_start", ["least luck"], indirect=True)
@pytest.mark.usefixtures("bad_start")
def test_a_later_life_never_gives_out_a_number_again(office, tmp_path):
    bare = Bare(office.url)
    copy_of(office, tmp_path / "copy")
    lost = bare.push(sent("customer", "c1", name="甲")).revs
    put_copy_back(office, tmp_path / "copy")
    other = Bare(office.url, "wangfang")
    again = other.push(sent("customer", "c2", name="乙")).revs
    assert again["c2"] > lost["c1"]
    bare.close()
    other.close()


@pytest.mark.usefixtures("bad_start")
def test_an_edit_made_on_what_was_lost_does_not_win_silently(moment):
    """A revision of the earlier life is never taken for a later one's: who typed over what he had not seen, is told."""
    crew, go_back = moment
    first, second, third = crew
    record_id = the_customer(first)
    for city in ("甲", "乙", "丙"):
        first.change(Customer, record_id, city=city)
        until_quiet(first, second)
    go_back()
    third.change(Customer, record_id, city="新一世")  # written before anybody noticed
    third.sync()
    second.change(Customer, record_id, city="丁")
    for laptop in (second, first, third) * 2:
        laptop.sync()
    until_quiet(*crew)
    kept = str(third.everything())
    assert "新一世" in kept
    assert "丁" in kept


@pytest.mark.usefixtures("bad_start")
def test_an_edit_of_a_record_that_is_not_there_yet_waits_for_it(moment, office):
    crew, go_back = moment
    first, second, _ = crew
    new_id = first.add(Customer(name="备份之后", need="一"))
    until_quiet(*crew)
    second.change(Customer, new_id, city="无锡")
    second.sync()
    second.delete(Customer, new_id)
    second.sync()
    until_quiet(*crew)
    go_back()
    for _ in range(2):
        second.sync()
    with office.engine.connect() as connection:
        assert len(connection.execute(select(parked)).all()) == 2
    first.sync()
    with office.engine.connect() as connection:
        assert connection.execute(select(parked)).all() == []
    until_quiet(*crew)
    assert first.get(Customer, new_id).city == "无锡"
    # whether the deleter had seen it cannot be told any more: it stays, and both are asked
    assert [one.unit for one in first.conflicts()] == ["deleted"]


class Restored(History):
    """A history in which the office goes back in time, too: to any of its moments, in either way."""

    ends = History.ends | {"held"}

    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.moments = []
        self.counts |= {"moments": 0, "back": 0, "files": 0}
        self.files = []
        self.remember()

    def step(self):
        luck = self.dice.random()
        self.writer = self.dice.choice(self.laptops)
        if luck < 0.06:
            self.remember()
        elif luck < 0.12:
            self.go_back()
        elif luck < 0.2:
            self.attach()
        else:
            moves = {self.create: 8, self.edit: 50, self.delete: 4, self.bring_back: 4, self.sync: 30, self.settle: 8}
            self.dice.choices(list(moves), moves.values())[0]()

    def remember(self):
        name = self.folder / f"moment-{len(self.moments)}"
        if self.dice.random() < 0.5:
            backup.backup(data(self.office), name)
        else:
            copy_of(self.office, name)
        self.moments.append(name)
        self.counts["moments"] += 1

    def go_back(self):
        name = self.dice.choice(self.moments)
        restore(self.office, name) if name.is_file() else put_copy_back(self.office, name)
        self.counts["back"] += 1

    def attach(self):
        found = self.records(Customer)
        if found:
            content = self.token().encode() * 50
            workspace = self.writer.workspace
            with workspace.changing("attach") as changes:
                customer = changes.get(Customer, self.dice.choice(found).id)
                self.files.append(attachments.attach(workspace, changes, customer, "a.bin", "", content).sha256)
            self.counts["files"] += 1

    def end(self):
        for laptop in self.laptops * 3:  # whoever has to sign in anew, and whoever waits for another's record
            self.one(laptop)
        super().end()

    def check_books(self):
        super().check_books()
        for laptop in self.laptops:
            for sha256 in self.files:
                attachments.read_blob(laptop.workspace, sha256)

    def one(self, laptop):
        self.writer = laptop
        self.sync(badness=0)


@pytest.mark.parametrize("number", range(HISTORIES))
def test_from_any_moment_nothing_is_lost_or_doubled(number, office, tmp_path, monkeypatch, counted):
    counts = play(Restored, office, tmp_path, monkeypatch, steps=STEPS)
    counted("histories of an office that goes back", counts)
    assert counts["moments"] > 0


# the commands


def test_restoring_wants_a_whole_backup_and_an_office_that_is_not_served(office, tmp_path, capsys):
    place = ["--data", str(data(office))]
    file = tmp_path / "backup"
    assert main(["backup", str(file), *place]) == 0
    assert main(["backup", str(file), *place]) == 1
    assert main(["restore", str(file), *place]) == 1
    said = capsys.readouterr().err
    assert "office.backup_exists" in said
    assert "office.is_served" in said
    for name, content in {"cut": file.read_bytes()[:3000], "noise": b"x" * 9000, "empty": b""}.items():
        (tmp_path / name).write_bytes(content)
        assert main(["restore", str(tmp_path / name), *place]) == 1
        assert "office.no_backup" in capsys.readouterr().err
    with tarfile.open(tmp_path / "strange", "w") as archive:
        archive.add(file, "../../elsewhere")
    assert main(["restore", str(tmp_path / "strange"), *place]) == 1
    assert main(["restore", str(tmp_path / "nowhere"), *place]) == 1
    assert capsys.readouterr().err.count("office.no_backup") == 2
    assert not (data(office).parent / "elsewhere").exists()
    assert [path.name for path in data(office).iterdir() if "restor" in path.name] == []
    with closing(Bare(office.url)) as bare:
        assert bare.pull().complete  # nothing happened to it


def test_a_restored_office_says_so_and_keeps_what_was_there(office, tmp_path, capsys):
    place = ["--data", str(data(office))]
    bare = Bare(office.url)
    bare.push(sent("customer", "c1", name="甲"))
    assert main(["backup", str(tmp_path / "backup"), *place]) == 0
    with office.engine.connect() as connection:
        before = connection.execute(select(territory.c.epoch, territory.c.head_rev)).all()
    bare.push(sent("customer", "c2", name="乙"))
    office.replaced(lambda: main(["restore", str(tmp_path / "backup"), *place]))
    with office.engine.connect() as connection:
        after = connection.execute(select(territory.c.epoch, territory.c.head_rev)).all()
    assert all(old[0] != new[0] and new[1] > old[1] for old, new in zip(before, after, strict=True))
    assert bare.records().keys() >= {"c1"}
    assert "c2" not in bare.records()
    assert len(list(data(office).glob("before-restore-*/office.db"))) == 1
    assert main(["log", *place]) == 0
    assert "office.restore" in capsys.readouterr().out
    bare.close()
