"""The recycle bin: what was deleted and can be brought back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import Session, aliased

from salesdesk.records.registry import Record, forms
from salesdesk.store.links import links_of, name_of

# Made by the program: files come back with their record, and a conflict is settled, not restored.
_NOT_LISTED = {"attachment", "conflict"}


@dataclass(frozen=True)
class Deleted:
    """A record in the bin."""

    entity: str
    record_id: str
    title: str
    deleted_at: datetime


def deleted(session: Session, limit: int = 200) -> list[Deleted]:
    """What is in the bin, the last deleted first.

    What was deleted together with the record it hangs on is not listed: it comes back with that one.
    """
    found: list[tuple[datetime, Record]] = []
    for form in forms():
        if form.__tablename__ not in _NOT_LISTED:
            for record in session.scalars(_on_its_own(form).limit(limit)):
                assert record.deleted_at is not None
                found.append((record.deleted_at, record))
    found.sort(key=lambda one: one[0], reverse=True)
    return [
        Deleted(record.__tablename__, record.id, name_of(session, record), moment) for moment, record in found[:limit]
    ]


def _on_its_own(form: type[Record]) -> Select[Any]:
    wanted = select(form).where(form.deleted_at.is_not(None)).order_by(form.deleted_at.desc())
    for name, target in links_of(form):
        owner = aliased(target)  # a form may link to itself
        together = exists().where(owner.id == form.__table__.columns[name], owner.deleted_at == form.deleted_at)
        wanted = wanted.where(~together)
    return wanted
