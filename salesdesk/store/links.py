"""What hangs on what: the records that a record names, and those that name it, by the declared links."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from salesdesk.records.kinds import ChoiceKind, LinkKind
from salesdesk.records.prospecting import Customer
from salesdesk.records.registry import Record, fields_of, form_named, forms

_NAME_CHARACTERS = 80
_CHUNK = 500


def links_of(form: type[Record]) -> list[tuple[str, type[Record]]]:
    """The form's link fields that lead to a form, each with that form."""
    found = [(name, field.kind) for name, field in fields_of(form).items()]
    return [(name, form_named(kind.to)) for name, kind in found if isinstance(kind, LinkKind) and kind.to]


def owners(session: Session, record: Record) -> list[Record]:
    """The records that this one names, those in the bin included."""
    wanted = [(form, getattr(record, name)) for name, form in links_of(type(record))]
    found = [session.get(form, record_id) for form, record_id in wanted if record_id]
    return [owner for owner in found if owner is not None]


def dependents(
    session: Session, form: type[Record], record_ids: Sequence[str], deleted_at: datetime | None = None
) -> list[Record]:
    """The records that name one of these of a form: the living, or those that went into the bin at `deleted_at`."""
    found: dict[str, Record] = {}
    for other in forms():
        for name, target in links_of(other):
            for chunk in batched(record_ids) if target is form else ():
                hanging = select(other).where(other.__table__.columns[name].in_(chunk), other.deleted_at == deleted_at)
                found |= {row.id: row for row in session.scalars(hanging)}
    return list(found.values())


def batched(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    """The ids in portions that one statement takes."""
    return (ids[start : start + _CHUNK] for start in range(0, len(ids), _CHUNK))


def name_of(session: Session, record: Record) -> str:
    """What people call the record, on one line: its customer, then its title; a row without one by its form."""
    parent = fields_of(type(record)).get(record.__form__.parent or "")
    customer_id = getattr(record, "customer_id", "")
    customer = session.get(Customer, customer_id) if customer_id else None
    title = fields_of(type(record))[record.__form__.title]
    said = "" if isinstance(title.kind, ChoiceKind) else str(getattr(record, title.name) or "")  # no word of ours
    said = " ".join(said.split())[:_NAME_CHARACTERS]
    if not said and parent is not None and isinstance(parent.kind, LinkKind):
        owner = session.get(form_named(parent.kind.to), getattr(record, parent.name))
        return name_of(session, owner) if owner is not None else ""
    names = [customer.name if customer else "", said]
    return " · ".join(dict.fromkeys(filter(None, names)))  # a round is often called like its customer
