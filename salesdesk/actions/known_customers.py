"""The customers that a table's rows are compared with: those in the workspace, and the rows further up."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from sqlalchemy import select

from salesdesk.errors import BadValue
from salesdesk.process.credit_codes import credit_code
from salesdesk.process.duplicates import Known, compare, core, numbers
from salesdesk.records.language import simplified
from salesdesk.records.prospecting import Contact, Customer
from salesdesk.records.typed import narrow
from salesdesk.store.workspace import Session


@dataclass(frozen=True)
class KnownCustomer:
    """A customer by `id` in the workspace, or by the `row` of the file; neither for none."""

    id: str = ""
    name: str = ""
    row: int = 0


@dataclass
class KnownCustomers:
    """Customers by all that tells one from another."""

    spelt: dict[str, KnownCustomer] = field(default_factory=dict)
    names: dict[str, KnownCustomer] = field(default_factory=dict)
    codes: dict[str, KnownCustomer] = field(default_factory=dict)
    phones: dict[str, KnownCustomer] = field(default_factory=dict)

    def named(self, name: str) -> KnownCustomer:
        """The customer whose name is spelt like this one. Raises `BadValue`, which names the one that is only alike."""
        if found := self.spelt.get(spelling(name)):
            return found
        if alike := self.names.get(_telling(name)):
            raise BadValue("import.only_one_alike", name=name, alike=alike.name)
        raise BadValue("import.no_such_customer", name=name)

    def same(self, name: str, code: str, phone: str) -> tuple[KnownCustomer, str]:
        """The customer who is the same and what tells so, the surest first.

        `credit_code`, `other_name` (the code, but the names are not alike), `name` (spelt alike), `phone`, `same_name`
        (alike but for place and legal form: 苏州华源 and 北京华源有限公司 may be two).
        """
        for reason, kept, keys in (
            ("credit_code", self.codes, (credit_code(code),)),
            ("name", self.spelt, (spelling(name),)),
            ("phone", self.phones, numbers(phone)),
            ("same_name", self.names, (_telling(name),)),
        ):
            if known := next((kept[key] for key in keys if key and key in kept), None):
                is_other = reason == "credit_code" and not compare(Known(name), Known(known.name))
                return known, "other_name" if is_other else reason
        return KnownCustomer(), ""

    def add(self, known: KnownCustomer, name: str, code: str, phone: str) -> None:
        """One more; who was there first stays the one that others are the same as."""
        for kept, keys in (
            (self.codes, (credit_code(code),)),
            (self.spelt, (spelling(name),)),
            (self.phones, numbers(phone)),
            (self.names, (_telling(name),)),
        ):
            for key in filter(None, keys):
                kept.setdefault(key, known)


def known_customers(session: Session, *, with_phones: bool) -> KnownCustomers:
    """Those in the workspace, without the bin."""
    found = KnownCustomers()
    columns = Customer.id, Customer.name, Customer.credit_code
    for customer_id, name, code in session.execute(select(*columns).where(Customer.deleted_at.is_(None))):
        found.add(KnownCustomer(customer_id, name), name, code, "")
    if with_phones:
        people = select(Contact.customer_id, Customer.name, Contact.phone).join(
            Customer, Customer.id == Contact.customer_id
        )
        there = people.where(Contact.deleted_at.is_(None), Customer.deleted_at.is_(None), Contact.phone != "")
        for customer_id, name, phone in session.execute(there):
            for number in numbers(phone):
                found.phones.setdefault(number, KnownCustomer(customer_id, name))
    return found


@lru_cache(maxsize=10_000)
def spelling(name: str) -> str:
    """A name as it is spelt, whatever the width, case and script; without blanks."""
    return "".join(simplified(narrow(name)).casefold().split())


def _telling(name: str) -> str:
    """What of a name two customers may not share; a masked name tells only as a whole."""
    found = core(name)
    return name.strip() if "×" in found or not found else found
