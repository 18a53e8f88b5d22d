"""Taking a list out as a workbook or a text file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from sqlalchemy import select

from salesdesk.documents.audience import may_see
from salesdesk.exchange import sheets_out
from salesdesk.exchange.mapping import targets
from salesdesk.exchange.sheets_out import Line
from salesdesk.records.field import Audience
from salesdesk.records.kinds import Language
from salesdesk.records.prospecting import Contact, Customer
from salesdesk.records.registry import form_named
from salesdesk.store import queries
from salesdesk.store.filters import Filter
from salesdesk.store.workspace import Session, Workspace

_PAGE = 1000


def export_list(
    workspace: Workspace,
    entity: str,
    filters: Sequence[Filter],
    path: Path,
    language: Language,
    *,
    masked: bool,
    audience: Audience = Audience.CONFIDENTIAL,
) -> int:
    """Write every record of a form that passes the filters, the last touched first; returns how many.

    A customer's line has his first contact. `masked` hides names and numbers of people; columns that `audience` may
    not see are left out. Raises `UserError` `export.not_written` or `export.too_many_rows`.
    """
    form = form_named(entity)
    columns = [target for target in targets(form, language) if target.field and may_see(audience, target.field)]
    with workspace.reading() as session:
        return sheets_out.write(path, columns, _lines(session, entity, filters), language, masked=masked)


def _lines(session: Session, entity: str, filters: Sequence[Filter]) -> Iterator[Line]:
    form, last = form_named(entity), None
    while page := queries.listed(session, form, last, _PAGE, filters):
        last = page[-1]
        wanted = [record.id if form is Customer else getattr(record, "customer_id", "") for record in page]
        people: dict[str, Contact] = {}
        names: dict[str, str] = {}
        if form is Customer:
            found = select(Contact).where(Contact.customer_id.in_(wanted), Contact.deleted_at.is_(None))
            for contact in session.scalars(found.order_by(Contact.id.desc())):
                people[contact.customer_id] = contact
        else:
            pairs = session.execute(select(Customer.id, Customer.name).where(Customer.id.in_(filter(None, wanted))))
            names = {customer_id: name for customer_id, name in pairs}  # noqa: C416  # rows are no pairs for mypy
        for record in page:
            yield Line(record, people.get(record.id), names)
        session.expunge_all()
