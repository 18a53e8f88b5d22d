"""The oracles of the histories see: with a fault planted into laptop or office, the books do not balance.

Each fault is one that this protocol was built against. `make prove` tries all of them and prints how many histories it
took; an ordinary run tries one.
"""

import shutil
from contextlib import contextmanager

import pytest

from salesdesk.server import intake, ledger
from salesdesk.store import feed
from tests.server.conftest import new_office
from tests.sync.test_simulation import STEPS, History, play

MOST_HISTORIES = 15
QUICK = "the last record of a page is dropped"


def without_losses(plain):
    return lambda *arguments: (plain(*arguments)[0], [])


def but_the_last_row(plain):
    return lambda session, form, rows, pending: plain(session, form, rows[:-1], pending)


def always(value):
    return lambda _plain: lambda *_arguments, **_options: value


FAULTS = {
    "the office believes whatever was said to be seen": (intake._Intake, "_seen", always(ledger.UNTAKEN)),
    "a conflict is not kept": (intake.merge, "merge", without_losses),
    "the last record of a page is dropped": (feed, "_apply_form", but_the_last_row),
}


@contextmanager
def planted(monkeypatch, place, name, fault):
    with monkeypatch.context() as patch:
        patch.setattr(place, name, fault(getattr(place, name)))
        yield


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[] if name == QUICK else [pytest.mark.prove]) for name in FAULTS]
)
def test_a_planted_fault_is_caught(name, tmp_path, monkeypatch, request, measured):
    place, attribute, fault = FAULTS[name]
    for seed in range(MOST_HISTORIES):
        folder = tmp_path / str(seed)
        (folder / "office").mkdir(parents=True)
        try:
            with (
                planted(monkeypatch, place, attribute, fault),
                new_office("sqlite", folder / "office", request) as office,
            ):
                play(History, office, folder, monkeypatch, steps=STEPS, seed=seed)
        except Exception as caught:  # noqa: BLE001  # also a refusal or a crash is not passing unseen
            measured(f"planted: {name}: caught in history {seed + 1} ({type(caught).__name__})")
            return
        shutil.rmtree(folder)
    pytest.fail(f"{MOST_HISTORIES} histories did not see it")
