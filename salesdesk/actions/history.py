"""What a person did here, taking it back, and bringing back what was deleted. Each of these is an action itself."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import Any, Protocol

from sqlalchemy import Row, func, select

from salesdesk.errors import UserError
from salesdesk.records.kinds import Wire
from salesdesk.records.registry import Record, fields_of, form_named, known
from salesdesk.records.work import Attachment
from salesdesk.store import journal, links
from salesdesk.store.attachments import FROZEN
from salesdesk.store.tables import journal as entries
from salesdesk.store.workspace import Session, Workspace

# An action of more records is offered without looking at each of them: taking it back looks.
_LOOKED_AT = 100


@dataclass(frozen=True)
class Done:
    """One user action. `territory` and `batch_first` are its first part's and name it to `undo`.

    `by` is a person's id, `title` what the record is called that the action was about, `count` how
    many records it touched.
    """

    territory: str
    batch_first: int
    at: datetime
    action: str
    by: str
    entity: str
    title: str
    count: int
    undoable: bool


class _Line(Protocol):
    """An entry of the journal, as `journal.Line` or as a row."""

    @property
    def entity(self) -> str: ...  # the form's name

    @property
    def record_id(self) -> str: ...  # of the record it is about

    @property
    def kind(self) -> str: ...  # create | update | delete | restore

    @property
    def fields(self) -> dict[str, tuple[Wire, Wire]]: ...  # name → (old, new)


def last_action(workspace: Workspace) -> tuple[str, int] | None:
    """Territory and first sequence number of this person's last action; `None` on an empty journal."""
    with workspace.reading() as session:
        last = next(_batches(session), None)
    return (last.territory, last.batch_first) if last else None


def actions(workspace: Workspace, limit: int = 100) -> list[Done]:
    """The newest actions of this laptop, newest first; the cost does not grow with the journal."""
    with workspace.reading() as session:
        found = list(islice(_whole_actions(session), limit))
        small = [batch for parts in found if _count(parts) <= _LOOKED_AT for batch in parts]
        lines = {(b.territory, b.batch_first): _lines(session, b) for b in small}
        kept = _loaded(session, [line for group in lines.values() for line in group])
        done = []
        for parts in found:
            all_lines = [line for b in parts for line in lines.get((b.territory, b.batch_first), [])]
            first, about = parts[0], _about(session, parts[0], all_lines)
            record = session.get(form_named(about.entity), about.record_id) if known(about.entity) else None
            done.append(
                Done(
                    territory=first.territory,
                    batch_first=first.batch_first,
                    at=datetime.fromtimestamp(first.wall_ms / 1000, UTC),
                    action=first.action,
                    by=first.by,
                    entity=about.entity,
                    title=links.name_of(session, record) if record is not None else "",
                    count=_count(parts),
                    undoable=not _obstacle(session, all_lines),
                )
            )
        del kept
    return done


def undo(workspace: Workspace, territory: str, batch_first: int) -> None:
    """Set every field of an action back to its value before, and its records out of or into the bin.

    Taking back an undo does the action again. Raises `UserError` `history.changed_since` (`history.this_changed_since`
    names the record), `history.used_since`, `history.owner_in_bin` or `history.unknown_form` when the records are no
    longer as the action left them, `file.issued` when it handed out or signed a paper; then nothing is changed.
    """
    with workspace.changing("undo") as changes:
        parts = _parts(changes.session, territory, batch_first)
        lines = [line for part in parts for line in journal.batch(changes.session, *part)]
        kept = _loaded(changes.session, lines)
        if obstacle := _obstacle(changes.session, lines):
            raise obstacle
        for line in reversed(lines):
            record = changes.get(form_named(line.entity), line.record_id)
            if line.kind in {"create", "restore"}:
                changes.delete(record)  # with the values it has: taking this back finds them again
                continue
            if line.kind == "delete":
                changes.restore(record)
            for name, (old, _new) in line.fields.items():
                setattr(record, name, fields_of(type(record))[name].kind.from_wire(old))
        del kept


def restore(workspace: Workspace, entity: str, record_id: str) -> None:
    """Take a record out of the bin, with what was deleted together with it. One that is not there stays as it is.

    Raises `UserError` `history.owner_in_bin` when it hangs on a record that was deleted another time.
    """
    with workspace.changing(f"restore.{entity}") as changes:
        record = changes.get(form_named(entity), record_id)
        if record.deleted_at is None:
            return
        together = _deleted_together(changes.session, record)
        if any(_in_bin(changes.session, one, set(together)) for one in together.values()):
            raise UserError("history.owner_in_bin")
        for one in together.values():
            changes.restore(one)


def _deleted_together(session: Session, record: Record) -> dict[str, Record]:
    """The record and all that is linked with it and went into the bin in the same moment, by id."""
    found: dict[str, Record] = {}
    waiting = [record]
    while waiting:
        one = waiting.pop()
        if one.id not in found:
            found[one.id] = one
            waiting += links.dependents(session, type(one), [one.id], record.deleted_at)
            waiting += [owner for owner in links.owners(session, one) if owner.deleted_at == record.deleted_at]
    return found


def _in_bin(session: Session, record: Record, coming: set[str]) -> bool:
    """Whether the record hangs on one in the bin that is not coming back with it."""
    return any(owner.deleted_at is not None and owner.id not in coming for owner in links.owners(session, record))


def _obstacle(session: Session, lines: Sequence[_Line]) -> UserError | None:
    """Why these changes cannot be taken back; nothing when they can."""
    touched = {line.record_id for line in lines}
    for line in lines:
        if not known(line.entity) or line.fields.keys() - fields_of(form_named(line.entity)).keys():
            return UserError("history.unknown_form")
        record = session.get(form_named(line.entity), line.record_id)
        if record is None or not _is_as_left(record, line):
            name = links.name_of(session, record) if record else ""
            return UserError("history.this_changed_since", name=name) if name else UserError("history.changed_since")
        if line.kind == "create" and isinstance(record, Attachment) and record.purpose in FROZEN:
            return UserError("file.issued")
        if line.kind == "delete" and _in_bin(session, record, touched):
            return UserError("history.owner_in_bin")
    return UserError("history.used_since") if _is_used_since(session, lines, touched) else None


def _is_used_since(session: Session, lines: Sequence[_Line], touched: set[str]) -> bool:
    """Whether others name a record that would go, or a paper of it was issued or signed: that would go with it."""
    going = [line for line in lines if line.kind in {"create", "restore"}]
    for entity in {line.entity for line in going}:
        ids = [line.record_id for line in going if line.entity == entity]
        if {r.id for r in links.dependents(session, form_named(entity), ids)} - touched:
            return True
    for chunk in links.batched([line.record_id for line in going]):
        papers = select(Attachment.id).where(
            Attachment.record_id.in_(chunk), Attachment.purpose.in_(FROZEN), Attachment.deleted_at.is_(None)
        )
        if set(session.scalars(papers)) - touched:
            return True
    return False


def _is_as_left(record: Record, line: _Line) -> bool:
    """Whether the record still is as this change left it."""
    if (record.deleted_at is not None) != (line.kind == "delete"):
        return False
    values, fields = record.wire(), fields_of(type(record))
    if line.kind == "create" and any(
        name not in line.fields and not (value is None or value is False or value == "")  # an entry leaves these out
        for name, value in values.items()
        if fields[name].writers  # what nobody writes, the office has filled in
    ):
        return False
    return all(values[name] == new for name, (_old, new) in line.fields.items())


def _batches(session: Session) -> Iterator[Row[Any]]:
    """The last entry of each batch of all territories, newest first, read one by one as they are asked for."""
    streams = [_batches_of(session, territory) for territory in _territories(session)]
    return heapq.merge(*streams, key=_stamp, reverse=True)


def _batches_of(session: Session, territory: str) -> Iterator[Row[Any]]:
    """From batch to batch down the primary key: an import of 20,000 rows is one step."""
    columns = [c for c in entries.c if c.name not in {"fields", "answer", "hash"}]
    last = select(*columns).where(entries.c.territory == territory).order_by(entries.c.seq.desc()).limit(1)
    row = session.execute(last).first()
    while row is not None:
        yield row
        row = session.execute(last.where(entries.c.seq < row.batch_first)).first()


def _territories(session: Session) -> list[str]:
    """All territories of the journal, by steps in the primary key."""
    found: list[str] = []
    following = session.scalar(select(func.min(entries.c.territory)))
    while following is not None:
        found.append(following)
        following = session.scalar(select(func.min(entries.c.territory)).where(entries.c.territory > following))
    return found


def _whole_actions(session: Session) -> Iterator[list[Row[Any]]]:
    """Batches of several territories that were written together are one action."""
    parts: list[Row[Any]] = []
    for batch in _batches(session):
        same = parts and _stamp(batch) == _stamp(parts[0]) and batch.action == parts[0].action
        if same and batch.territory not in {part.territory for part in parts}:
            parts.append(batch)
            continue
        if parts:
            yield parts
        parts = [batch]
    if parts:
        yield parts


def _parts(session: Session, territory: str, batch_first: int) -> list[tuple[str, int]]:
    """All batches of the action that this batch is one of; nearly always this one alone."""
    here = entries.c.territory == territory, entries.c.seq == batch_first
    first = session.execute(select(entries).where(*here)).first()
    if first is None:  # a sync has numbered the entries anew
        raise UserError("history.changed_since")
    written = (getattr(first, name) for name in ("wall_ms", "boot_id", "mono_ms", "action"))
    columns = (entries.c.wall_ms, entries.c.boot_id, entries.c.mono_ms, entries.c.action)
    together = [column == value for column, value in zip(columns, written, strict=True)]
    found = [(territory, batch_first)]
    for other in _territories(session):
        if other != territory:
            newest = select(entries.c.batch_first).where(entries.c.territory == other, *together)
            batch = session.scalar(newest.order_by(entries.c.seq.desc()).limit(1))
            found += [] if batch is None else [(other, batch)]
    return found


def _lines(session: Session, batch: Row[Any]) -> list[Row[Any]]:
    columns = entries.c.entity, entries.c.record_id, entries.c.kind, entries.c.fields
    within = entries.c.seq.between(batch.batch_first, batch.seq)
    return list(session.execute(select(*columns).where(entries.c.territory == batch.territory, within)))


def _about(session: Session, first: Row[Any], lines: Sequence[Any]) -> Any:
    """The entry that the action is named after (`delete.customer`: the customer, not its rows), else the first."""
    entity = first.action.partition(".")[2]
    named = next((line for line in lines if line.entity == entity), lines[0] if lines else None)
    if named is not None:
        return named
    here = entries.c.territory == first.territory, entries.c.seq == first.batch_first
    return session.execute(select(entries.c.entity, entries.c.record_id).where(*here)).first() or first


def _loaded(session: Session, lines: Sequence[Any]) -> list[Record]:
    """The records of these entries, read together: held, they cost no read of their own in this session."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        if known(line.entity):
            wanted[line.entity].add(line.record_id)
    found: list[Record] = []
    for entity, ids in wanted.items():
        form = form_named(entity)
        for chunk in links.batched(sorted(ids)):
            found += session.scalars(select(form).where(form.id.in_(chunk)))
    return found


def _count(parts: Sequence[Row[Any]]) -> int:
    return sum(part.seq - part.batch_first + 1 for part in parts)


def _stamp(batch: Row[Any]) -> tuple[int, str, int]:
    return batch.wall_ms, batch.boot_id, batch.mono_ms
