"""What an import of a file would take, ask and refuse, cell by cell and without a workspace (`salesdesk --read`)."""

from __future__ import annotations

from collections.abc import Mapping as AnyMapping
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from salesdesk.actions.import_cells import Problem, Said
from salesdesk.actions.import_preview import UNITS, Preview, Standing, UnitQuestion, joins, look
from salesdesk.actions.import_rows import Row
from salesdesk.actions.known_customers import KnownCustomer, KnownCustomers
from salesdesk.exchange import mapping, presets, sheets_in
from salesdesk.exchange.mapping import Mapping, Target
from salesdesk.exchange.packed import column_letters
from salesdesk.records.base import Record
from salesdesk.records.kinds import LinkKind, MoneyKind
from salesdesk.records.language import Language
from salesdesk.records.prospecting import Contact, Customer
from salesdesk.records.registry import fields_of, form_named

_HEAD = 10  # rows that tell the program which wrote them
_PARTS = {"contact.name", presets.EITHER}


class _AnyCustomers(KnownCustomers):
    """Without a workspace nobody knows who is there: a customer that is named is looked up when it comes in."""

    def named(self, name: str) -> KnownCustomer:
        return KnownCustomer(name, name)


def read_file(path: Path, entity: str, language: Language, sheet: str = "", password: str = "") -> dict[str, Any]:
    """The file as plain data for JSON: its columns, questions and rows, each with its cells and what becomes of them.

    What becomes of a cell: `take`, `words` (into the description), `empty` (a word for nothing), `ask`, `refuse`,
    `left out`; of a row: `take`, `join` (a further person of a customer above), `ask`, `refuse`, `left out`. Raises
    `UserError` as `sheets_in.read` does.
    """
    form = form_named(entity)
    grid = sheets_in.read(path, sheet, password, form)
    preset = presets.recognised(grid.rows[:_HEAD]) if form is Customer else None
    chosen = mapping.guess(form, grid.rows, preset)
    found = look(entity, grid.rows, chosen, language, Standing(_AnyCustomers()))
    targets = {target.key: target for target in mapping.targets(form, language)}
    rows = [_row(row, found, chosen, targets) for row in found.rows]
    return {
        "file": path.name,
        "form": entity,
        "program": preset.name if preset else "",
        "sheet": grid.sheet,
        "other_sheets_with_rows": list(grid.others),
        "heading_row": chosen.header + 1,
        "columns": [
            {"column": column_letters(place), "heading": found.header[place], "to": key, "label": targets[key].label}
            for place, key in chosen.columns.items()
        ],
        "left_out": list(found.left_out),
        "questions": [_question(question) for question in found.questions],
        "rows": rows,
        "counts": {
            "rows": _counted(rows),
            "cells": _counted([cell for row in rows for cell in row["cells"]]),
        },
    }


def _counted(told: Sequence[AnyMapping[str, Any]]) -> dict[str, int]:
    fates = [one["fate"] for one in told]
    return {fate: fates.count(fate) for fate in sorted(set(fates))}


def _question(question: UnitQuestion) -> dict[str, Any]:
    return {
        "column": column_letters(question.column),
        "heading": question.heading,
        "ask": "unit",
        "samples": [
            {"text": text, "readings": dict(zip(map(str, UNITS), readings, strict=True))}
            for text, readings in question.samples
        ],
    }


def _row(row: Row, found: Preview, chosen: Mapping, targets: AnyMapping[str, Target]) -> dict[str, Any]:
    return {
        "row": row.number,
        **_fate(row),
        "people": [row.values["contact.name"], *(one["name"] for one in row.further)] if row.further else [],
        "cells": [
            {"cell": f"{column_letters(place)}{row.number}", "heading": found.header[place], "text": text}
            | _cell(
                row.said.get(place),
                targets.get(chosen.columns.get(place, "")),
                form_named(found.entity),
                found.language,
            )
            for place, text in enumerate(row.cells)
            if text
        ],
    }


def _fate(row: Row) -> dict[str, Any]:
    if row.aside:
        return {"fate": "left out", "reasons": [{"reason": row.aside}]}
    if row.problems:
        asked = all(one.message == "import.no_unit" for one in row.problems)
        return {"fate": "ask" if asked else "refuse", "reasons": [_reason(one) for one in row.problems]}
    if joins(row):
        return {"fate": "join", "row_above": row.same_row, "name": row.same_as}
    if row.same_as:
        return {"fate": "ask", "reasons": [{"reason": row.same_by, "there": row.same_as, "row_above": row.same_row}]}
    return {"fate": "take", "look_at": [_reason(one) for one in row.remarks]}


def _reason(problem: Problem) -> dict[str, Any]:
    return {"label": problem.label, "reason": problem.message} | {
        name: str(value) for name, value in problem.params.items()
    }


def _cell(said: Said | None, target: Target | None, form: type[Record], language: Language) -> dict[str, Any]:
    if said is None or target is None:
        return {"fate": "left out"}
    if said.problem:
        return {"to": target.key, "fate": "ask" if said.problem.message == "import.no_unit" else "refuse"} | _reason(
            said.problem
        )
    if target.key in _PARTS and said.part:
        return {"to": target.key, "fate": "take", "value": said.part}
    told: dict[str, Any] = {"to": target.key, "fate": "take" if said.values else "words" if said.words else "empty"}
    if said.values:
        shown = {key: _shown(key, value, form, language) for key, value in said.values.items()}
        told["value"] = shown if len(shown) > 1 else next(iter(shown.values()))
    if said.words:
        told["words"] = list(said.words)
    return told


def _shown(key: str, value: Any, form: type[Record], language: Language) -> str:
    """A value as people read it; of a link the name, because there is no workspace to look it up in."""
    holder, _, name = key.rpartition(".")
    declared = fields_of(Contact if holder else form)[name]
    if isinstance(declared.kind, LinkKind):
        return str(value)
    # an amount with its unit, which elsewhere its label names
    return (
        MoneyKind().format(value, language) if isinstance(declared.kind, MoneyKind) else declared.show(value, language)
    )
