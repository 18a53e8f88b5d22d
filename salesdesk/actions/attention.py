"""Dealing with what did not arrive at the office as it was typed (`salesdesk/store/attention.py` lists it)."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select, update

from salesdesk.actions import deletion, forms, history
from salesdesk.actions.forms import Sheet
from salesdesk.errors import UserError
from salesdesk.process import rights
from salesdesk.records.base import COMPANY
from salesdesk.records.prospecting import Customer
from salesdesk.records.registry import Record, form_named, known
from salesdesk.records.roles import Role
from salesdesk.records.work import Attachment
from salesdesk.store import attention, feed, journal, team
from salesdesk.store.attention import Item, Kind, Typed, Way
from salesdesk.store.tables import blob
from salesdesk.store.tables import journal as entries
from salesdesk.store.workspace import Session, Workspace


@dataclass(frozen=True)
class Opened:
    """The form to correct something in: its sheet, and what was refused of the record that it is about.

    `refused` is of a row of the sheet where a row was refused.
    """

    sheet: Sheet
    refused: Typed


@dataclass(frozen=True)
class Dropped:
    """What `put_back` needs: the item, and the action by which records went into the bin, if any did."""

    item: Item
    action: tuple[str, int] | None


def detail(session: Session, workspace: Workspace, item: Item) -> list[Typed]:
    """What was typed, as the person of this workspace may see it; the record that was refused first."""
    identity = workspace.identity
    return attention.typed(session, item, rights.Writer(identity.name, identity.role))


def open_to_correct(workspace: Workspace, item: Item) -> Opened:
    """The form of the record that was refused; that of its parent for a row. Raises `UserError` `attention.gone`."""
    with workspace.reading() as session:
        for one in detail(session, workspace, item):
            place = _form_of(session.get(form_named(one.entity), one.record_id))
            if place is not None:
                break
        else:
            raise UserError("attention.gone")
    return Opened(forms.open_or_resume(workspace, *place), one)


def _form_of(record: Record | None) -> tuple[str, str] | None:
    """Name and id of the form that a record is edited in; nothing for one that is gone or nobody edits."""
    if record is None or record.deleted_at is not None or not record.__form__.edited:
        return None
    parent = record.__form__.parent
    if parent is None:
        return (str(record.__tablename__), record.id) if record.__form__.has_list else None
    kind = record.__fields__[parent].known_kind
    return str(getattr(kind, "to", "")), str(getattr(record, parent))


def corrected(workspace: Workspace, item: Item) -> None:
    """The form was saved. What the office never had goes again as new, also where nothing was changed in it."""
    with workspace.changing("attention.correct") as changes:
        for record in attention.not_taken_of(changes.session, item):
            changes.send_again(record)
        _deal(changes.session, item, journal.Dealt.CORRECTED)


def handed(workspace: Workspace, item: Item) -> None:
    """A leader has it now, in a task of the same territory."""
    with workspace.writing() as session:
        _deal(session, item, journal.Dealt.HANDED)


def task_for_leader(workspace: Workspace, item: Item, subject: str, remark: str) -> Sheet:
    """A new task that tells a leader of the territory what was not taken; it is not saved yet.

    Where the territory was taken away it belongs to another one of this person.
    """
    with workspace.reading() as session:
        leaders = team.colleagues(session, workspace.identity.person_id, Role.MANAGER)
        leaders += team.colleagues(session, workspace.identity.person_id, Role.GENERAL_MANAGER)
        mine = feed.roles(session).keys() - {COMPANY}
        place = next((one for one in (item.territory, workspace.identity.territory, *sorted(mine)) if one in mine), "")
        customer = session.get(Customer, item.customer_id) if place == item.territory else None
        arrived = customer is not None and not journal.never_arrived(session, [customer.id])
    return forms.new(
        workspace,
        "task",
        subject=subject,
        remark=remark,
        assignee=leaders[0].name if leaders else "",
        territory=place,
        customer_id=item.customer_id if arrived else "",
    )


def drop(workspace: Workspace, item: Item) -> Dropped:
    """Leave it at what the office has.

    A new record that never arrived goes into the bin with what hangs on it, and so does the attachment of a file. The
    record of any other change is as the office has it already. Raises `UserError` for what cannot be dropped.
    """
    if Way.DROP not in item.ways:
        raise UserError("attention.not_to_drop")
    with workspace.changing("attention.drop") as changes:
        records = _of_file(changes.session, item) if item.kind is Kind.FILE else []
        if item.kind in {Kind.REJECTED, Kind.HELD}:
            records = attention.not_taken_of(changes.session, item)
        deletion.delete_with_all(changes, records)
        if item.kind is not Kind.FILE:  # a file without an attachment is on no list
            _deal(changes.session, item, journal.Dealt.DROPPED)
    return Dropped(item, history.last_action(workspace) if records else None)


def put_back(workspace: Workspace, dropped: Dropped) -> None:
    """Take a dropping back. A new record that never arrived comes out of the bin and goes again as new.

    Raises `UserError` where the records are no longer as they were left.
    """
    if dropped.action is not None:
        history.undo(workspace, *dropped.action)
    if dropped.item.kind is not Kind.FILE:
        with workspace.writing() as session:
            of_action = attention.of_action(dropped.item, journal.Dealt.DROPPED)
            rows = session.execute(select(entries.c.entity, entries.c.record_id).where(*of_action)).all()
            again = [row.record_id for row in rows if not _goes_again(session, row.entity, row.record_id)]
            session.execute(update(entries).where(*of_action, entries.c.record_id.in_(again)).values(dealt=""))


def _goes_again(session: Session, entity: str, record_id: str) -> bool:
    """Whether a new record is on its way to the office once more."""
    record = session.get(form_named(entity), record_id) if known(entity) else None
    return record is not None and record.rev == 0 and not journal.never_arrived(session, [record_id])


def _of_file(session: Session, item: Item) -> list[Record]:
    here = Attachment.sha256 == item.key, Attachment.territory == item.territory, Attachment.deleted_at.is_(None)
    return list(session.scalars(select(Attachment).where(*here)))


def _deal(session: Session, item: Item, how: journal.Dealt) -> None:
    if item.kind is Kind.FILE:
        here = blob.c.sha256 == item.key, blob.c.territory == item.territory
        session.execute(update(blob).where(*here).values(dealt=how))
        return
    of_action = attention.of_action(item)
    ids = list(session.scalars(select(entries.c.record_id).where(*of_action)))
    session.execute(update(entries).where(*of_action).values(dealt=how))
    if item.new:  # later changes of a new record were refused with it
        journal.deal(session, ids, how)
