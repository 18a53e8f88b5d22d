"""Pull: what a laptop may see and has not seen, in one snapshot (docs/sync.md)."""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import Connection, Engine, RowMapping, select

from salesdesk.server.accounts import Caller, memberships_of, now_ms
from salesdesk.server.database import reading
from salesdesk.server.rights import visible
from salesdesk.server.tables import history, mark, parked, record, territory
from salesdesk.sync import merge
from salesdesk.sync.protocol import Cursor, FeedPage, Mark, Pull, Pulled, RecordState

_CHUNK = 400
_SAFE_BEFORE_MS = 90 * 24 * 3600 * 1000
_encode = msgspec.msgpack.Encoder().encode


def pull(engine: Engine, caller: Caller, asked: Pull) -> Pulled:
    """What this person may see and has not seen, by territory, in one snapshot."""
    with reading(engine) as connection:
        memberships = memberships_of(connection, caller.person)
        budget = max(64 * 1024, min(asked.limit_bytes, 8 * 1024 * 1024))
        his = select(mark).where(mark.c.device_id == caller.device)
        marks = {
            row["territory_id"]: Mark(seq=row["acked_seq"], hash=row["acked_hash"])
            for row in connection.execute(
                his.where(mark.c.territory_id.in_([one.territory for one in memberships]))
            ).mappings()
        }
        waiting: dict[str, list[int]] = {one.territory: [] for one in memberships}
        still = select(parked.c.territory_id, parked.c.seq).where(parked.c.device_id == caller.device)
        for territory_id, seq in connection.execute(still.where(parked.c.territory_id.in_(list(waiting)))):
            waiting[territory_id].append(seq)
        feeds = []
        for one in memberships:
            page, used = _page(connection, one.territory, one.role, asked, budget)
            budget = max(0, budget - used)
            feeds.append(page)
    now = now_ms()
    return Pulled(
        memberships=memberships,
        feeds=feeds,
        marks=marks,
        parked=waiting,
        safe_before_ms=now - _SAFE_BEFORE_MS,
        server_ms=now,
    )


def _page(connection: Connection, territory_id: str, role: str, asked: Pull, budget: int) -> tuple[FeedPage, int]:
    row = connection.execute(select(territory).where(territory.c.id == territory_id)).mappings().one()
    cursor = asked.cursors.get(territory_id)
    start = begin = cursor.rev if cursor is not None and _is_of_this_life(connection, row, cursor) else 0
    states: list[RecordState] = []
    used, complete = 0, start >= row["head_rev"]
    while not complete and used < budget:
        found = connection.execute(
            select(record)
            .where(record.c.territory_id == territory_id, record.c.rev > start)
            .order_by(record.c.rev)
            .limit(_CHUNK)
        ).mappings()
        complete = True
        for fetched, one in enumerate(found, start=1):
            state = _state(dict(one), role)
            states.append(state)
            start = state.rev
            used += len(_encode(state))
            complete = fetched < _CHUNK
            if used >= budget:  # a page may not outgrow what a laptop is willing to unpack
                complete = state.rev == row["head_rev"]
                break
    page = FeedPage(
        territory=territory_id,
        epoch=row["epoch"],
        head=row["head_rev"],
        begin=begin,
        cursor=row["head_rev"] if complete else start,
        complete=complete,
        records=states,
        count=row["count"] if complete else 0,
        digest=int.from_bytes(row["digest"], "big") if complete else 0,
    )
    return page, used


def _is_of_this_life(connection: Connection, row: RowMapping, cursor: Cursor) -> bool:
    """Whether what a laptop has seen of a territory is what this database holds."""
    if cursor.epoch != row["epoch"] or cursor.rev > row["head_rev"]:
        return False
    if cursor.head in {0, row["head_rev"]}:
        return True
    seen = select(history.c.rev).filter_by(territory_id=row["id"], rev=cursor.head)
    return connection.scalar(seen) is not None


def _state(row: dict[str, Any], role: str) -> RecordState:
    created = merge.Edit(*row["created"])
    return RecordState(
        row["entity"],
        row["id"],
        row["rev"],
        row["deleted"],
        visible(role, row["entity"], row["data"]),
        created.at_ms,
        row["created_by"],
        row["updated_ms"],
        row["updated_by"],
    )
