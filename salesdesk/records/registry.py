"""All forms of the program. Import this module where the whole registry is needed."""

from __future__ import annotations

from salesdesk.records import calendar, care, contract, discovery, negotiation, proposal, prospecting, work
from salesdesk.records.base import Base, Record, check_links, children_of, fields_of, form_named, forms, known

__all__ = ["Base", "Record", "children_of", "fields_of", "form_named", "forms", "known", "listed_forms"]

STAGE_MODULES = (prospecting, discovery, proposal, negotiation, contract, care, work, calendar)

check_links()


def listed_forms() -> list[type[Record]]:
    """The forms that have a list of their own, by stage."""
    found = [form for form in forms() if form.__form__.parent is None and form.__form__.has_list]
    return sorted(found, key=lambda f: (f.__form__.stage.number if f.__form__.stage else 9, f.__form__.paper or 9))
