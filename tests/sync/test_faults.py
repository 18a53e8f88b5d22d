"""Cut anywhere, killed anywhere, answers lost: nothing is lost, nothing is doubled, and the queue empties."""

import os
import random
import signal
import subprocess
import sys
import textwrap
import time

import pytest

from salesdesk.errors import OfficeUnreachable
from salesdesk.records.prospecting import Customer
from salesdesk.store import journal, queries
from salesdesk.store.workspace import Workspace
from salesdesk.sync import driver
from tests.sync.laptops import KEY, PASSWORD, Cable, enrolled, everything, laptop


def add(workspace, name):
    with workspace.changing("save.customer") as changes:
        changes.add(Customer(name=name))


def names(workspace):
    with workspace.reading() as session:
        return sorted(c.name for c in queries.listed(session, Customer, limit=10**6))


def waiting(workspace):
    with workspace.reading() as session:
        return journal.waiting_count(session)


def test_cut_after_any_byte_in_either_direction(tmp_path, office, opened):
    cable = Cable(office.port)
    first = opened(laptop(tmp_path / "first"))
    second = opened(enrolled(tmp_path / "second", office, "wang"))
    driver.enrol(first, cable.url, "li", PASSWORD, "first")
    driver.synchronise(first)  # the very first one says more than those after it
    expected = ["measure", "other measure"]
    for workspace, name in ((second, "other measure"), (first, "measure")):
        add(workspace, name)
        cable.cut_after("up", None)
        driver.synchronise(workspace)
    length = dict(cable.passed)
    cuts = 0
    try:
        for direction in ("up", "down"):
            for count in range(1, length[direction], max(1, length[direction] // 12)):
                name = f"{direction} {count}"
                add(first, name)
                expected.append(name)
                add(second, f"other {name}")
                expected.append(f"other {name}")
                driver.synchronise(second)
                cable.cut_after(direction, count)
                with pytest.raises(OfficeUnreachable):
                    driver.synchronise(first)
                cuts += 1
                cable.cut_after(direction, None)
                driver.synchronise(first)
                assert waiting(first) == 0
        driver.synchronise(second)
        assert names(first) == names(second) == sorted(expected)
        assert everything(first) == everything(second)
    finally:
        cable.close()
    print(f"{cuts} cuts over {length}")  # noqa: T201


SYNC_FOREVER = textwrap.dedent(
    """
    import sys
    from pathlib import Path
    from salesdesk.records.prospecting import Customer
    from salesdesk.store.workspace import Workspace
    from salesdesk.sync import driver
    workspace = Workspace.open(Path(sys.argv[1]), b"k" * 32)
    number = 0
    print("ready", flush=True)
    while True:
        with workspace.changing("save.customer") as changes:
            changes.add(Customer(name=f"{sys.argv[2]}-{number}"))
        print(number, flush=True)
        number += 1
        driver.synchronise(workspace)
    """
)


def test_kill_9_while_syncing_then_exactly_once(tmp_path, office, opened):
    enrolled(tmp_path / "first", office).close()
    chance = random.Random(5)
    shown = []
    for life in range(6):
        command = [sys.executable, "-c", SYNC_FOREVER, str(tmp_path / "first"), str(life)]
        child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert child.stdout.readline() == "ready\n"
        time.sleep(chance.uniform(0.3, 1.2))
        os.kill(child.pid, signal.SIGKILL)
        shown += [f"{life}-{line.strip()}" for line in child.stdout if line.endswith("\n")]
        child.stdout.close()
        child.wait()
    first = opened(Workspace.open(tmp_path / "first", KEY))
    second = opened(enrolled(tmp_path / "second", office, "wang"))
    driver.synchronise(first)
    driver.synchronise(second)
    found = names(second)
    assert set(shown) <= set(found)
    assert len(found) == len(set(found))
    assert everything(first) == everything(second)
    assert waiting(first) == 0
    print(f"{len(shown)} saves over 6 kills")  # noqa: T201


@pytest.mark.parametrize("seed", [1, 2])
def test_three_laptops_many_edits_random_cuts_converge_without_loss(tmp_path, office, opened, seed):
    """Every value that was saved is standing, or kept in a conflict, or was replaced by its own laptop."""
    chance = random.Random(seed)
    cable = Cable(office.port)
    laptops = []
    for number in range(3):
        workspace = opened(laptop(tmp_path / f"laptop-{number}"))
        account = "li" if number else "wang"
        driver.enrol(workspace, cable.url, account, office.secret_for(account), str(number))
        laptops.append(workspace)
    add(laptops[0], "shared")
    for workspace in laptops:
        driver.synchronise(workspace)
    with laptops[0].reading() as session:
        shared = queries.listed(session, Customer)[0].id
    written: dict[tuple[int, str], list[str]] = {}
    faults = 0
    try:
        for step in range(60):
            number = chance.randrange(3)
            workspace = laptops[number]
            if chance.random() < 0.6:
                field = chance.choice(["city", "province", "credit_code", "verified_with"])
                token = f"{number}.{step}"
                with workspace.changing("save.customer") as changes:
                    setattr(changes.get(Customer, shared), field, token)
                written.setdefault((number, field), []).append(token)
            else:
                cable.cut_after(chance.choice(["up", "down"]), chance.choice([None, chance.randrange(10, 1500)]))
                try:
                    driver.synchronise(workspace)
                except OfficeUnreachable:
                    faults += 1
                cable.cut_after("up", None)
        for _ in range(3):
            for workspace in laptops:
                driver.synchronise(workspace)
    finally:
        cable.close()
    assert [waiting(w) for w in laptops] == [0, 0, 0]
    assert everything(laptops[0]) == everything(laptops[1]) == everything(laptops[2])
    kept = str(everything(laptops[0]))
    lost = [tokens[-1] for tokens in written.values() if f"{tokens[-1]}'" not in kept and f'{tokens[-1]}"' not in kept]
    assert lost == [], f"seed {seed}"
    print(f"seed {seed}: {sum(map(len, written.values()))} edits, {faults} cut syncs")  # noqa: T201
