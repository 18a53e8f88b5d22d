"""All forms of the program. Import this module where the whole registry is needed."""

from __future__ import annotations

from salesdesk.records import calendar, care, contract, discovery, negotiation, proposal, prospecting, work
from salesdesk.records.base import Base, Record, check_links, children_of, fields_of, form_named, forms, known

__all__ = ["Base", "Record", "children_of", "fields_of", "form_named", "forms", "known"]

STAGE_MODULES = (prospecting, discovery, proposal, negotiation, contract, care, work, calendar)

check_links()
