"""The toolkit's own rows, end to end: the tour in a process of its own, and what it leaves."""

import json
import subprocess
import sys
from pathlib import Path

from salesdesk.records.describe import describe

ROOT = Path(__file__).parents[2]


def test_the_whole_day_holds(tmp_path):
    command = [sys.executable, "-m", "ui", "--tour", str(tmp_path / "out")]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    summary = json.loads((tmp_path / "out" / "summary.json").read_text(encoding="utf-8"))
    assert summary["ok"]
    assert all(held for step in summary["steps"] for held in step["checks"].values())
    assert sum(len(step["checks"]) for step in summary["steps"]) > 70
    papers = {path.stem for path in (tmp_path / "out" / "papers").glob("*.pdf")}
    assert {"proposal", "proposal_without_prices", "result", "contract", "approval_sheet"} < papers
    assert len(papers) == 9
    assert len(list((tmp_path / "out" / "pictures").glob("*.png"))) > 35
    assert {p.name for p in (tmp_path / "out" / "workspaces").iterdir()} == {
        f"laptop-{number}" for number in range(1, 6)
    }


def test_describe_prints_every_form_as_json():
    run = subprocess.run(
        [sys.executable, "-m", "ui", "--describe"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert json.loads(run.stdout) == json.loads(json.dumps(describe()))
