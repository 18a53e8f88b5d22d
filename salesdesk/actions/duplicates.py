"""Making one customer out of two."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from salesdesk.errors import Bug, UserError
from salesdesk.process.duplicates import numbers
from salesdesk.records.base import Stage
from salesdesk.records.kinds import LinkKind
from salesdesk.records.prospecting import Contact, Customer
from salesdesk.records.registry import Record, fields_of, forms
from salesdesk.records.work import Opportunity
from salesdesk.store import drafts, queries
from salesdesk.store.workspace import Changes, Session, Workspace


def merge(workspace: Workspace, keep_id: str, drop_id: str) -> None:
    """Everything of one customer goes to the other, in one action that can be undone.

    Empty fields of the kept customer are filled from the dropped one, notes of the need are joined, and a contact that
    both have is kept once. Two open rounds become one, in the further of their stages. Raises `UserError`
    `duplicate.itself` or `duplicate.in_bin`.
    """
    if keep_id == drop_id:
        raise UserError("duplicate.itself")
    with workspace.changing("customer.merge") as changes:
        keep, drop = changes.get(Customer, keep_id), changes.get(Customer, drop_id)
        if keep.deleted_at is not None or drop.deleted_at is not None:
            raise UserError("duplicate.in_bin")
        fill(keep, drop)
        if drop.need and drop.need not in keep.need:
            keep.need = f"{keep.need}\n{drop.need}"
        _join_rounds(changes, keep_id, drop_id)
        there = queries.linked(changes.session, Contact, "customer_id", keep_id)
        for record, link in _linked(changes, Customer, drop_id):
            same = next((one for one in there if isinstance(record, Contact) and same_person(one, record)), None)
            if same is None:
                setattr(record, link, keep_id)
            else:
                fill(same, record)
                _away(changes, record)
        _away(changes, drop)


@dataclass(frozen=True)
class Side:
    """One of two customers that may be merged, with the people who are not in the bin."""

    customer: Customer
    contacts: list[Contact]


def read_side(session: Session, customer_id: str) -> Side:
    """A customer as it is before a merge, in the bin or not; `Bug` when there is none."""
    customer = session.get(Customer, customer_id)
    if customer is None:
        raise Bug("store.no_such_record", entity="customer", record_id=customer_id)
    return Side(customer, queries.linked(session, Contact, "customer_id", customer_id))


def _join_rounds(changes: Changes, keep_id: str, drop_id: str) -> None:
    """One open round instead of two: two people sold the same thing to the same customer."""
    mine, its = (
        [one for one in queries.linked(changes.session, Opportunity, "customer_id", key) if one.outcome == "open"]
        for key in (keep_id, drop_id)
    )
    for other in its if mine else ():
        kept = mine[0]
        for record, link in _linked(changes, Opportunity, other.id):
            setattr(record, link, kept.id if record is not kept else "")  # nothing comes after itself
        kept.stage = max(Stage(kept.stage), Stage(other.stage), key=lambda stage: stage.number).value
        kept.stage_reason = "\n".join(filter(None, [kept.stage_reason, other.stage_reason]))
        fill(kept, other)
        _away(changes, other)


def _away(changes: Changes, record: Record) -> None:
    changes.delete(record)
    drafts.drop(changes.session, record.__tablename__, record.id)


def fill(keep: Record, drop: Record) -> None:
    """Give a record what it lacks; of fields that belong together (province and city) all or none."""
    units: dict[str, list[str]] = defaultdict(list)
    for name, field in fields_of(type(keep)).items():
        units[field.merge_unit].append(name)
    for names in units.values():
        if all(_empty(getattr(keep, name)) or getattr(keep, name) == getattr(drop, name) for name in names):
            for name in names:
                if _empty(getattr(keep, name)) and not _empty(getattr(drop, name)):
                    setattr(keep, name, getattr(drop, name))


def _empty(value: object) -> bool:
    return value is None or value is False or value == ""  # a revenue of 0 is a value


def same_person(one: Contact, other: Contact) -> bool:
    """Whether two contacts are one person: the same name or number, and no address that differs."""
    shared = {*_numbers(one.phone)} & {*_numbers(other.phone)}
    known = (one.name.strip(), other.name.strip()), (one.email, other.email), (one.wechat, other.wechat)
    agree = all(_empty(mine) or _empty(its) or mine == its for mine, its in known)
    differ = one.phone.strip() and other.phone.strip() and not shared
    return agree and not differ and bool(shared or (known[0][0] and known[0][0] == known[0][1]))


def _numbers(phone: str) -> tuple[str, ...]:
    return numbers(phone) or tuple(filter(None, [phone.strip()]))


def _linked(changes: Changes, to: type[Record], record_id: str) -> list[tuple[Record, str]]:
    """Every record that links to this one, with the name of the link."""
    found: list[tuple[Record, str]] = []
    for form in forms():
        for name, declared in fields_of(form).items():
            if isinstance(declared.kind, LinkKind) and declared.kind.to == to.__tablename__:
                found += [(record, name) for record in queries.linked(changes.session, form, name, record_id)]
    return found
