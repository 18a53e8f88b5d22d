"""Filling a workspace with sample rows: the toolkit's own, and a believable week of practice.

The rows lie in resources/sample as people would type them; dates such as `+2` count days from
today, and `-3h` is a time of day three hours ago.
"""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta
from typing import Any, TypeVar

from salesdesk.actions.discovery import questions_for
from salesdesk.records.base import Record, Stage
from salesdesk.records.discovery import ConfirmationLetter, DecisionRole, NeedsAnalysis, Outline, OutlineQuestion
from salesdesk.records.language import Language
from salesdesk.records.prospecting import Contact, Customer, IdealCustomer
from salesdesk.records.registry import fields_of
from salesdesk.records.work import Opportunity, Task
from salesdesk.settings import resources
from salesdesk.store.workspace import Changes, Workspace

R = TypeVar("R", bound=Record)


def rows_of(name: str) -> dict[str, Any]:
    """The rows of one sample file (`toolkit` or `practice`) as typed."""
    found: dict[str, Any] = json.loads((resources() / "sample" / f"{name}.json").read_text(encoding="utf-8"))
    return found


def typed(form: type[R], texts: dict[str, str], local_now: datetime, **links: Any) -> R:
    """A record out of texts as a person types them."""
    fields = fields_of(form)
    values = {name: fields[name].kind.parse(_dated(text, local_now)) for name, text in texts.items()}
    return form(**values, **links)


def fill(workspace: Workspace, name: str) -> None:
    """Add all rows of a sample file, one journal batch per customer."""
    rows = rows_of(name)
    for entry in reversed(rows["customers"]):
        _add_customer(workspace, entry)
    with workspace.changing("sample") as changes:
        now = changes.now.astimezone()
        for texts in rows.get("tasks", []):
            changes.add(typed(Task, texts, now))
        for texts in rows.get("profiles", []):
            changes.add(typed(IdealCustomer, texts, now))


def _add_customer(workspace: Workspace, entry: dict[str, Any]) -> None:
    with workspace.changing("sample") as changes:
        now = changes.now.astimezone()
        customer = changes.add(typed(Customer, entry["customer"], now))
        for texts in entry["contacts"]:
            changes.add(typed(Contact, texts, now, customer_id=customer.id))
        opportunity = changes.add(
            Opportunity(
                customer_id=customer.id,
                subject=customer.name,
                round=1,
                stage=Stage(entry["stage"]).value,
                outcome="open",
                owner=customer.owner,
            )
        )
        if entry.get("outline"):
            _add_outline(changes, customer, opportunity.id, entry, now)
        if "analysis" in entry:
            _add_analysis(changes, customer, opportunity.id, entry, now)


def _add_outline(
    changes: Changes, customer: Customer, opportunity_id: str, entry: dict[str, Any], now: datetime
) -> None:
    texts = {"subject": f"需求访谈：{customer.name}", "planned_on": entry.get("planned_on", "-5")}
    outline = changes.add(typed(Outline, texts, now, customer_id=customer.id, opportunity_id=opportunity_id))
    for number, question in enumerate(questions_for(customer, Language.ZH), start=1):
        changes.add(OutlineQuestion(outline_id=outline.id, row_no=number, question=question))


def _add_analysis(
    changes: Changes, customer: Customer, opportunity_id: str, entry: dict[str, Any], now: datetime
) -> None:
    analysis = changes.add(
        typed(NeedsAnalysis, entry["analysis"], now, customer_id=customer.id, opportunity_id=opportunity_id)
    )
    for number, texts in enumerate(entry.get("roles", []), start=1):
        changes.add(typed(DecisionRole, texts, now, analysis_id=analysis.id, row_no=number))
    if "letter" in entry:
        changes.add(
            ConfirmationLetter(
                customer_id=customer.id,
                opportunity_id=opportunity_id,
                analysis_id=analysis.id,
                reference=f"XQ-{analysis.id[-4:].upper()}",
                version=1,
                state=entry["letter"],
                sent_at=changes.now - timedelta(days=2),
                sent_by="mail",
            )
        )


def _dated(text: str, now: datetime) -> str:
    if re.fullmatch(r"[+-]\d+", text):
        return (now.date() + timedelta(days=int(text))).isoformat()
    if hours := re.fullmatch(r"-(\d+)h", text):
        earlier = now - timedelta(hours=int(hours.group(1)))
        return f"{earlier:%H:%M}" if earlier.date() == now.date() else "00:00"
    return text
