"""Making one customer out of two."""

from __future__ import annotations

from salesdesk.errors import UserError
from salesdesk.records.kinds import LinkKind
from salesdesk.records.prospecting import Contact, Customer
from salesdesk.records.registry import Record, fields_of, forms
from salesdesk.store import queries
from salesdesk.store.workspace import Changes, Workspace


def merge(workspace: Workspace, keep_id: str, drop_id: str) -> None:
    """Everything of one customer goes to the other, in one action that can be undone.

    Empty fields of the kept customer are filled from the dropped one, long notes are joined, and a contact that
    both have is kept once. Raises `UserError` `duplicate.itself`.
    """
    if keep_id == drop_id:
        raise UserError("duplicate.itself")
    with workspace.changing("customer.merge") as changes:
        keep, drop = changes.get(Customer, keep_id), changes.get(Customer, drop_id)
        _fill(keep, drop)
        there = {_who(contact) for contact in queries.linked(changes.session, Contact, "customer_id", keep_id)}
        for record, link in _linked(changes, drop_id):
            if isinstance(record, Contact) and _who(record) in there:
                changes.delete(record)
            else:
                setattr(record, link, keep_id)
        changes.delete(drop)


def _fill(keep: Customer, drop: Customer) -> None:
    for name in fields_of(Customer):
        mine, its = getattr(keep, name), getattr(drop, name)
        if mine in {None, "", False} and its not in {None, "", False}:
            setattr(keep, name, its)
    if drop.need and drop.need not in keep.need:
        keep.need = f"{keep.need}\n{drop.need}"


def _who(contact: Contact) -> tuple[str, str]:
    return contact.name.strip(), contact.phone.strip()


def _linked(changes: Changes, customer_id: str) -> list[tuple[Record, str]]:
    """Every record that links to the customer, with the name of the link."""
    found: list[tuple[Record, str]] = []
    for form in forms():
        for name, declared in fields_of(form).items():
            if isinstance(declared.kind, LinkKind) and declared.kind.to == "customer":
                found += [(record, name) for record in queries.linked(changes.session, form, name, customer_id)]
    return found
