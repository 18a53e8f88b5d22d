"""What an office refuses, and how a person deals with it."""

from sqlalchemy import select

from salesdesk.actions import attention as deal
from salesdesk.actions import forms
from salesdesk.actions.forms import RowValues
from salesdesk.records.prospecting import Customer
from salesdesk.server.tables import record
from salesdesk.store import attention


def items(one):
    with one.workspace.reading() as session:
        return attention.items(session)


def detail(one, item):
    with one.workspace.reading() as session:
        return deal.detail(session, one.workspace, item)


def at_office(served, record_id):
    """The record's values at the office; nothing for one that it never had or that is in the bin."""
    with served.engine.connect() as connection:
        row = connection.execute(select(record).where(record.c.id == record_id)).mappings().first()
    return row["data"] if row is not None and not row["deleted"] else None


def new_customer(one, employees=-1):
    """A customer as the form makes it, with contact and first round; no office takes a number below nought."""
    sheet = forms.new(one.workspace, "customer")
    contact = {"contact": [RowValues("", {"name": "张伟", "phone": "13800135678"})]}
    kept = forms.save(one.workspace, sheet, {"name": "华源科技", "need": "平台", "employees": employees}, contact)
    return kept.record.id, kept.rows["contact"][0].id


def refused_edit(one, served):
    """An edit of a record that the office has, refused there; returns the record's id."""
    record_id = one.add(Customer(name="启航", need="平台", employees=20))
    one.sync()
    one.change(Customer, record_id, employees=-7, city="苏州")
    one.sync()
    assert at_office(served, record_id)["employees"] == 20
    return record_id


def correct(one, item, **values):
    """What the window does: open the form, save it, and say so."""
    opened = deal.open_to_correct(one.workspace, item)
    rows = {name: [RowValues(row.id, {}) for row in group] for name, group in opened.sheet.rows.items()}
    forms.save(one.workspace, opened.sheet, values, rows)
    deal.corrected(one.workspace, item)
