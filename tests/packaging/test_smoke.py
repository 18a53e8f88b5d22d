"""The smoke test believes a tour only when everything is there and everything held."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGING = Path(__file__).resolve().parents[2] / "packaging"
READ = """
import pathlib, sys
sys.path.insert(0, sys.argv[1])
import smoke
print(smoke.read_tour(pathlib.Path(sys.argv[2])))
"""


@pytest.fixture
def tour(tmp_path):
    for name in ("papers/letter.pdf", "pictures/today.png", "workspaces/first/workspace.db", "summary.md"):
        made = tmp_path / name
        made.parent.mkdir(parents=True, exist_ok=True)
        made.write_bytes(b"something")
    write_summary(
        tmp_path, [{"step": "save", "checks": [{"held": True}, {"held": True}]}, {"step": "sync", "held": True}]
    )
    return tmp_path


def write_summary(tour, summary):
    (tour / "summary.json").write_text(json.dumps(summary))


def read(tour):
    command = [sys.executable, "-c", READ, str(PACKAGING), str(tour)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a_whole_tour_is_counted(tour):
    assert read(tour).stdout == "3\n"


def test_one_false_deep_inside_is_named(tour):
    write_summary(tour, {"steps": [{"checks": [{"held": True}, {"held": False}]}]})
    done = read(tour)
    assert done.returncode == 1
    assert "/steps/0/checks/1/held" in done.stderr


def test_a_tour_that_checked_nothing_does_not_count(tour):
    write_summary(tour, {"steps": []})
    assert "no check at all" in read(tour).stderr


@pytest.mark.parametrize("name", ["papers/letter.pdf", "pictures/today.png", "summary.md"])
@pytest.mark.parametrize("harm", [Path.unlink, lambda path: path.write_bytes(b"")], ids=["gone", "empty"])
def test_a_missing_or_empty_file_is_named(tour, name, harm):
    harm(tour / name)
    done = read(tour)
    assert done.returncode == 1
    assert name.split("/")[0] in done.stderr
