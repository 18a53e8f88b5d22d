"""What the tour has seen: steps with their checks, as words and as data."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path


@dataclass
class Step:
    """One step of the day: what was done, and what reading it back gave."""

    name: str
    checks: dict[str, bool] = field(default_factory=dict)
    seconds: float = 0.0

    @property
    def ok(self) -> bool:
        """Whether every check held, and there was one."""
        return bool(self.checks) and all(self.checks.values())


def write_summary(folder: Path, steps: list[Step]) -> None:
    """`summary.json` and `summary.md`, with the papers and pictures that lie beside them."""
    papers = sorted(path.name for path in (folder / "papers").iterdir())
    pictures = sorted(path.name for path in (folder / "pictures").iterdir())
    summary = {
        "ok": all(step.ok for step in steps),
        "steps": [asdict(step) | {"ok": step.ok} for step in steps],
        "papers": papers,
        "pictures": pictures,
    }
    (folder / "summary.json").write_text(json.dumps(summary, ensure_ascii=False, indent=2), encoding="utf-8")
    lines = ["# A day with SalesDesk", ""]
    for step in steps:
        lines += [f"## {_mark(step.ok)} {step.name}", ""]
        lines += [f"- {_mark(held)} {what}" for what, held in step.checks.items()]
        lines.append("")
    lines += [f"Papers: {', '.join(papers)}", "", f"{len(pictures)} pictures in `pictures/`."]
    (folder / "summary.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _mark(held: bool) -> str:  # noqa: FBT001  # the value is what it is about
    return "✓" if held else "✗"
