"""Taking a list out as a workbook or a text file, and what is due as a calendar."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta, tzinfo
from pathlib import Path

from sqlalchemy import select

from salesdesk.documents.audience import may_see
from salesdesk.exchange import sheets_out
from salesdesk.exchange.calendar import Entry, calendar
from salesdesk.exchange.mapping import targets
from salesdesk.exchange.sheets_out import Line
from salesdesk.exchange.whole_file import replacing
from salesdesk.process import clocks
from salesdesk.records.care import Delivery, Visit
from salesdesk.records.discovery import ConfirmationLetter
from salesdesk.records.field import Audience
from salesdesk.records.language import Language
from salesdesk.records.prospecting import Contact, Customer
from salesdesk.records.registry import fields_of, form_named
from salesdesk.store import agenda, due, queries
from salesdesk.store.filters import Filter
from salesdesk.store.workspace import Session, Workspace

_PAGE = 1000
_AHEAD = timedelta(days=365)
_MOST_ENTRIES = 10_000
_SHORTEST_NAME = 2  # a single letter stands for nobody in a text
_SHORTEST_ADDRESS = 5


def export_list(
    workspace: Workspace,
    entity: str,
    filters: Sequence[Filter],
    path: Path,
    language: Language,
    *,
    masked: bool,
) -> int:
    """Write every record of a form that passes the filters, the last touched first; returns how many.

    A customer's line has his first contact, and each further one a line of its own below. `masked` is for a list that
    leaves the house: names and numbers of people are hidden, confidential columns left out. Raises `UserError`
    `export.not_written` or `export.too_many_rows`.
    """
    form, audience = form_named(entity), Audience.COMPANY if masked else Audience.CONFIDENTIAL
    columns = [target for target in targets(form, language) if target.field and may_see(audience, target.field)]
    with workspace.reading() as session:
        return sheets_out.write(path, columns, _lines(session, entity, filters, masked=masked), language, masked=masked)


def export_calendar(workspace: Workspace, path: Path, now: datetime, zone: tzinfo, language: Language) -> int:
    """Write tasks, follow-ups, visits, first contacts and letters of the coming year as `.ics`; returns how many.

    What is overdue is in it too. Titles alone go out: calendars end up on telephones and with their makers. Taking
    the file in again moves what has moved. Raises `UserError` `export.not_written`.
    """
    today = now.astimezone(zone).date()
    with workspace.reading() as session:
        planned = agenda.agenda(session, today + _AHEAD, now - due.LETTERS_SINCE, limit=_MOST_ENTRIES)
        entries = _entries(planned, zone, language)
    with replacing(path) as beside:
        beside.write_bytes(calendar(entries, now))
    return len(entries)


def _entries(due: agenda.Agenda, zone: tzinfo, language: Language) -> list[Entry]:
    follow_up, visited, contacted = (
        fields_of(form)[name].label(language)
        for form, name in ((Customer, "follow_up_on"), (Visit, "next_visit_on"), (Delivery, "contacted_on"))
    )
    to_send = ConfirmationLetter.__form__.label(language)
    planned: list[tuple[str, str, date | datetime | None]] = [(f"task-{x.id}", x.subject, x.due_on) for x in due.tasks]
    planned += [(f"customer-{x.id}", f"{follow_up}：{x.name}", x.follow_up_on) for x in due.follow_ups]
    planned += [(f"visit-{x.id}", f"{visited}：{whom.name}", x.next_visit_on) for x, whom in due.visits]
    for delivery, whom in due.contacts:
        if delivery.delivered_on is not None:
            day = clocks.contact_due(delivery.delivered_on, due.calendar)
            guessed = due.calendar.guessed(delivery.delivered_on, day)
            said = contacted + (language.pick("（暂定）", " (provisional)") if guessed else "")
            planned.append((f"delivery-{delivery.id}", f"{said}：{whom.name}", day))
    planned += [
        (f"letter-{x.id}", f"{to_send}：{whom.name}", (letter and letter.due_at) or clocks.letter_due(x, zone))
        for x, whom, letter in due.letters
    ]
    return [Entry(key, title, on) for key, title, on in planned if on]


def _lines(session: Session, entity: str, filters: Sequence[Filter], *, masked: bool) -> Iterator[Line]:
    form, last = form_named(entity), None
    while page := queries.listed(session, form, last, _PAGE, filters):
        last = page[-1]
        wanted = [record.id if form is Customer else getattr(record, "customer_id", "") for record in page]
        people: dict[str, list[Contact]] = defaultdict(list)
        names: dict[str, str] = {}
        if form is Customer:
            found = select(Contact).where(Contact.customer_id.in_(wanted), Contact.deleted_at.is_(None))
            for contact in session.scalars(found.order_by(Contact.id)):
                people[contact.customer_id].append(contact)
        else:
            pairs = session.execute(select(Customer.id, Customer.name).where(Customer.id.in_(filter(None, wanted))))
            names = {customer_id: name for customer_id, name in pairs}  # noqa: C416  # rows are no pairs for mypy
        hidden = _people(session, wanted) if masked else {}
        for record, customer_id in zip(page, wanted, strict=True):
            known = people.get(record.id, [])
            hide = hidden.get(customer_id, ())
            yield Line(record, known[0] if known else None, names, hide)
            yield from (Line(record, other, names, hide, further=True) for other in known[1:])
        session.expunge_all()


def _people(session: Session, customer_ids: Sequence[str]) -> dict[str, list[str]]:
    """Names and addresses of each customer's people, also of those in the bin, whom texts still name; longest first.

    A name may hold another: 张伟 within 张伟明.
    """
    found: dict[str, list[str]] = defaultdict(list)
    columns = Contact.customer_id, Contact.name, Contact.phone, Contact.email, Contact.wechat
    people = select(*columns).where(Contact.customer_id.in_(filter(None, customer_ids)))
    for customer_id, name, *addresses in session.execute(people):
        found[customer_id] += [name] if len(name) >= _SHORTEST_NAME else []
        found[customer_id] += [one for one in addresses if len(one) >= _SHORTEST_ADDRESS]
    return {customer_id: sorted(texts, key=len, reverse=True) for customer_id, texts in found.items()}
