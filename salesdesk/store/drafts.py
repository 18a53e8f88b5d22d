"""What was typed and not yet saved. Written while typing; survives a killed process."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from salesdesk.store.tables import draft
from salesdesk.store.workspace import Workspace


@dataclass(frozen=True)
class Draft:
    """The texts of a form's editors as they stood; `content` is JSON made and read by the form.

    `preset` holds the links of a new record; `seen` what the editor looked at (see actions/forms.py).
    """

    entity: str
    record_id: str
    content: dict[str, Any]
    customer_id: str = ""
    preset: dict[str, Any] = field(default_factory=dict)
    seen: dict[str, Any] = field(default_factory=dict)
    saved_at: datetime = field(default_factory=lambda: datetime.now(UTC))


def save(workspace: Workspace, entry: Draft) -> Draft:
    """Keep the draft in place of an older one of the same record; it is on the disk on return.

    What the editor looked at stays as it was when the typing began.
    """
    values = {
        "entity": entry.entity,
        "record_id": entry.record_id,
        "customer_id": entry.customer_id,
        "preset": entry.preset,
        "seen": entry.seen,
        "content": entry.content,
        "saved_ms": time.time_ns() // 10**6,
    }
    statement = insert(draft).values(values)
    with workspace.writing() as session:
        session.execute(
            statement.on_conflict_do_update(
                index_elements=["entity", "record_id"],
                set_={name: values[name] for name in ("content", "saved_ms")},
            )
        )
    return entry


def find(session: Session, entity: str, record_id: str) -> Draft | None:
    """The draft of a record."""
    row = (
        session.execute(select(draft).where(draft.c.entity == entity, draft.c.record_id == record_id))
        .mappings()
        .first()
    )
    return None if row is None else _draft(dict(row))


def unfinished(session: Session, limit: int = 50) -> list[Draft]:
    """All drafts, newest first: what 今日 offers to go on with."""
    rows = session.execute(select(draft).order_by(draft.c.saved_ms.desc()).limit(limit)).mappings()
    return [_draft(dict(row)) for row in rows]


def drop(session: Session, entity: str, record_id: str) -> None:
    """Forget a draft; called in the transaction that saves its record, or when the person discards it."""
    session.execute(delete(draft).where(draft.c.entity == entity, draft.c.record_id == record_id))


def _draft(row: dict[str, Any]) -> Draft:
    return Draft(
        entity=row["entity"],
        record_id=row["record_id"],
        content=row["content"],
        customer_id=row["customer_id"],
        preset=row["preset"],
        seen=row["seen"],
        saved_at=datetime.fromtimestamp(row["saved_ms"] / 1000, UTC),
    )
