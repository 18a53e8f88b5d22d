"""The records of a territory as rows: locking, reading, and writing them under the territory's next revisions.

`head_rev`, `count` and `digest` of the territory change in the same transaction, so that a pull knows them
without looking at every record.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, bindparam, insert, select, update

from salesdesk.records.registry import Record, children_of, form_named, known
from salesdesk.server.accounts import now_ms
from salesdesk.server.tables import history, record, territory
from salesdesk.sync import merge

UNTAKEN = 2**62  # stands for the revision that this transaction will take, later than every other
_CHUNK = 400
_LONGEST_STEP = 2**30
_REVS_PER_MS = 2**10  # more than any office writes; revisions stay below 2^53 until 2248
_LONGEST_ID = 36
_CHANGING = ("rev", "deleted", "data", "created", "edits", "updated_ms", "updated_by", "parent_id")
_UPDATE = (
    update(record)
    .where(record.c.territory_id == bindparam("its_territory"), record.c.id == bindparam("its_id"))
    .values({name: bindparam(f"new_{name}") for name in _CHANGING})
)


@dataclass(frozen=True)
class Touched:
    """A record to be written, and the edit that counts as its last change."""

    entity: str
    record: merge.Record
    edit: merge.Edit


def locked(connection: Connection, territory_id: str, ids: Collection[str]) -> dict[str, dict[str, Any]]:
    """The rows of these records, locked until the end of the transaction."""
    found: dict[str, dict[str, Any]] = {}
    ordered = sorted(ids)  # always in the same order, so that two pushes wait for each other and do not deadlock
    for start in range(0, len(ordered), _CHUNK):
        rows = connection.execute(
            select(record)
            .where(record.c.territory_id == territory_id, record.c.id.in_(ordered[start : start + _CHUNK]))
            .order_by(record.c.id)
            .with_for_update()
        ).mappings()
        found |= {row["id"]: dict(row) for row in rows}
    return found


def rows_under(
    connection: Connection, territory_id: str, entity: str, record_id: str, rev: int
) -> dict[str, dict[str, Any]]:
    """The undeleted rows of a record that were written after a revision."""
    forms = {form.__tablename__ for form in children_of(entity)} if known(entity) else set()
    rows = rows_under_all(connection, territory_id, [record_id]).get(record_id, [])
    return {row["id"]: row for row in rows if row["entity"] in forms and row["rev"] > rev}


def rows_under_all(
    connection: Connection, territory_id: str, record_ids: Collection[str]
) -> dict[str, list[dict[str, Any]]]:
    """The undeleted rows of many records in one look, by record."""
    found: dict[str, list[dict[str, Any]]] = {}
    ordered = sorted(record_ids)
    for start in range(0, len(ordered), _CHUNK):
        wanted = select(record).where(
            record.c.territory_id == territory_id,
            record.c.parent_id.in_(ordered[start : start + _CHUNK]),
            record.c.deleted.is_(False),
        )
        for row in connection.execute(wanted).mappings():
            found.setdefault(row["parent_id"], []).append(dict(row))
    return found


def parent_of(entity: str, data: Mapping[str, Any]) -> str | None:
    """The record that a row is under; no record has a longer id than the database keeps."""
    name = form_named(entity).__form__.parent if known(entity) else None
    found = data.get(name) if name else None
    return found if isinstance(found, str) and 0 < len(found) <= _LONGEST_ID else None


def rows_with(
    connection: Connection, territory_id: str, form: type[Record], parent_id: str
) -> dict[str, dict[str, Any]]:
    """All rows of one form that a record ever had, those in the bin too."""
    parent = record.c.data[form.__form__.parent].as_string()
    wanted = select(record).where(
        record.c.territory_id == territory_id, record.c.entity == form.__tablename__, parent == parent_id
    )
    return {row["id"]: dict(row) for row in connection.execute(wanted).mappings()}


def loaded(row: Mapping[str, Any]) -> merge.Record:
    """A row as the merge takes it."""
    edits = {name: merge.Edit(*edit) for name, edit in row["edits"].items()}
    return merge.Record(dict(row["data"]), merge.Edit(*row["created"]), row["deleted"], edits)


def write(
    connection: Connection,
    territory_id: str,
    person: str,
    before: Mapping[str, Mapping[str, Any]],
    touched: Mapping[str, Touched],
) -> tuple[int, dict[str, int]]:
    """Take one revision a record and write them; returns the head before and record → revision.

    `before` are the locked rows of the records that exist. The territory's row stays locked from here to the
    commit: a reader that sees a revision sees every earlier one.
    """
    head, count, digest = connection.execute(
        update(territory)
        .where(territory.c.id == territory_id)
        .values(head_rev=territory.c.head_rev + len(touched))
        .returning(territory.c.head_rev, territory.c.count, territory.c.digest)
    ).one()
    head_before = head - len(touched)
    revs = {record_id: rev for rev, record_id in enumerate(touched, start=head_before + 1)}
    new, changed = [], []
    mixed = int.from_bytes(digest, "big")
    for record_id, one in touched.items():
        values = _values(one, revs[record_id]) | {"updated_by": person}
        mixed ^= digest_of(record_id, revs[record_id])
        if record_id in before:
            mixed ^= digest_of(record_id, before[record_id]["rev"])
            changed.append(
                {f"new_{name}": value for name, value in values.items()}
                | {"its_territory": territory_id, "its_id": record_id}
            )
        else:
            key = {"territory_id": territory_id, "id": record_id, "entity": one.entity}
            new.append(values | key | {"created_by": person})
    if new:
        connection.execute(insert(record), new)
    if changed:
        connection.execute(_UPDATE, changed)
    if touched:
        connection.execute(insert(history), {"territory_id": territory_id, "rev": head})
    counted = {"count": count + len(new), "digest": mixed.to_bytes(8, "big")}
    connection.execute(update(territory).where(territory.c.id == territory_id).values(counted))
    return head_before, revs


def begin_life(engine: Engine, epoch: str = "") -> None:
    """Lift every territory's head to a number that no life of this database can have reached before.

    An older copy may have been put back since the last time: what was written between the copy and its end is gone,
    but laptops have seen its revisions, and none of them may ever mean something else. Revisions are therefore begun
    at the present time whenever the office starts, in a unit so small that no life outruns it; where the clock was
    moved back as well, a step of any length is taken, so that two lives are not taken for each other.
    `epoch` is a new name for this life, when somebody says that it is one.
    """
    with engine.begin() as connection:
        for row in connection.execute(select(territory).with_for_update()).mappings().all():
            by_clock = now_ms() * _REVS_PER_MS + secrets.randbelow(_REVS_PER_MS)
            by_chance = row["head_rev"] + 1 + secrets.randbelow(_LONGEST_STEP)
            lifted = by_clock if by_clock > row["head_rev"] else by_chance
            here = connection.scalar(select(history.c.rev).filter_by(territory_id=row["id"], rev=row["head_rev"]))
            heads = [lifted] if here is not None or not row["head_rev"] else [row["head_rev"], lifted]
            connection.execute(insert(history), [{"territory_id": row["id"], "rev": rev} for rev in heads])
            values = {"head_rev": lifted, "epoch": epoch or row["epoch"]}
            connection.execute(update(territory).where(territory.c.id == row["id"]).values(values))


def digest_of(record_id: str, rev: int) -> int:
    """What a record at a revision adds to its territory's digest (by XOR)."""
    return int.from_bytes(hashlib.sha256(f"{record_id}:{rev}".encode()).digest()[:8], "big")


def _values(one: Touched, rev: int) -> dict[str, Any]:
    def taken(edit: merge.Edit) -> list[Any]:
        return [edit.at_ms, edit.by, edit.device, rev if edit.rev == UNTAKEN else edit.rev]

    return {
        "rev": rev,
        "deleted": one.record.deleted,
        "data": one.record.data,
        "created": taken(one.record.created),
        "edits": {name: taken(edit) for name, edit in one.record.edits.items()},
        "updated_ms": one.edit.at_ms,
        "parent_id": parent_of(one.entity, one.record.data),
    }
