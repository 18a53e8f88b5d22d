"""What a device still held when it was shut out: kept with its author's name, applied only when somebody says so.

It does not move the device's mark. A device that is let in again delivers the same entries itself, and they count once:
what was released before is then found by its mark, what was not is no longer needed here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import msgspec
from sqlalchemy import Connection, Engine, RowMapping, delete, func, insert, select

from salesdesk.errors import OfficeRefused, UserError
from salesdesk.records.entry import Entry
from salesdesk.server import intake, push_reader
from salesdesk.server.accounts import Caller, memberships_of, note, now_ms
from salesdesk.server.database import reading
from salesdesk.server.tables import account, mark, quarantine
from salesdesk.sync.protocol import LARGEST_PUSH, Mark, Mismatch, Order, Push, Pushed, Quarantined, pack

_MOST_PUSHES = 500  # of one device; a stolen laptop may not fill the office's disk
# What was delivered in the ordinary way since is no longer of interest.
_WAITING = (
    select(quarantine, account.c.login, account.c.name)
    .join(account, account.c.person_id == quarantine.c.person_id)
    .outerjoin(mark, (mark.c.territory_id == quarantine.c.territory_id) & (mark.c.device_id == quarantine.c.device_id))
    .where(func.coalesce(mark.c.acked_seq, 0) < quarantine.c.last_seq)
    .order_by(quarantine.c.territory_id, quarantine.c.device_id, quarantine.c.first_seq)
)


@dataclass(frozen=True)
class Kept:
    """What one device handed over in one territory."""

    territory: str
    device: str
    login: str
    name: str
    received_ms: int  # the first of it
    entries: int


def order(engine: Engine, caller: Caller) -> Order:
    """What a device is to do, and from where on its journals are wanted."""
    if not caller.order:
        return Order(order="")
    with reading(engine) as connection:
        mine = memberships_of(connection, caller.person)
        marks = {one.territory: _position(connection, one.territory, caller.device) for one in mine}
    return Order(order=caller.order, marks=marks)


def keep(engine: Engine, caller: Caller, sent: Push) -> Quarantined | Mismatch:
    """Put a push aside. Raises `OfficeRefused` for a device that is not shut out, and for what is no push."""
    if not caller.order:
        raise OfficeRefused("sync.not_shut_out")
    with engine.begin() as connection:
        if sent.territory not in {one.territory for one in memberships_of(connection, caller.person)}:
            raise OfficeRefused("sync.not_a_member", territory=sent.territory)
        if not 0 < len(sent.entries) <= LARGEST_PUSH:
            raise OfficeRefused("sync.not_a_message")
        here = _position(connection, sent.territory, caller.device)
        if (sent.first_seq, sent.prev_hash) != (here.seq + 1, here.hash):
            return Mismatch(epoch=sent.epoch, acked_seq=here.seq, acked_hash=here.hash, answers=[])
        mine = quarantine.c.device_id == caller.device
        if (connection.scalar(select(func.count()).select_from(quarantine).where(mine)) or 0) >= _MOST_PUSHES:
            raise OfficeRefused("sync.quarantine_full")
        *_, (last, after) = push_reader.chain(sent)
        row = {"territory_id": sent.territory, "device_id": caller.device, "first_seq": sent.first_seq}
        row |= {"last_seq": last.seq, "last_hash": after, "person_id": caller.person, "received_ms": now_ms()}
        connection.execute(insert(quarantine).values(body=pack(sent), **row))
        return Quarantined(mark=Mark(seq=last.seq, hash=after))


def kept(engine: Engine) -> list[Kept]:
    """What waits for a decision, by territory and device."""
    with reading(engine) as connection:
        found: dict[tuple[str, str], Kept] = {}
        for row in connection.execute(_WAITING).mappings():
            key = row["territory_id"], row["device_id"]
            one = found.get(key, Kept(*key, row["login"], row["name"], row["received_ms"], 0))
            found[key] = replace(one, entries=one.entries + row["last_seq"] - row["first_seq"] + 1)
    return list(found.values())


def entries(engine: Engine, device_id: str) -> Iterator[Entry]:
    """Every entry that a device handed over, in order."""
    for row in _waiting(engine, device_id):
        for entry, _ in push_reader.chain(_push(row)):
            yield entry


def release(engine: Engine, device_id: str, by: str) -> int:
    """Take in what a device handed over, as its author's and of the time at which it came; returns the entries.

    It is answered like every push: what breaks a rule is rejected, what crossed another edit becomes a conflict.
    """
    count = 0
    for row in _waiting(engine, device_id):
        caller = Caller(device_id, row["person_id"], row["name"])
        answer = intake.push(engine, caller, _push(row), received_ms=row["received_ms"])
        if isinstance(answer, Mismatch) and answer.acked_seq < row["last_seq"]:
            raise UserError("office.quarantine_gap", device=device_id)
        count += row["last_seq"] - row["first_seq"] + 1 if isinstance(answer, Pushed) else 0
        _forget(engine, row)
    with engine.begin() as connection:
        note(connection, by, "quarantine.release", device_id, f"{count} entries")
    return count


def drop(engine: Engine, device_id: str, by: str) -> int:
    """Throw away what a device handed over; returns the pushes."""
    rows = _waiting(engine, device_id)
    for row in rows:
        _forget(engine, row)
    with engine.begin() as connection:
        note(connection, by, "quarantine.drop", device_id, f"{len(rows)} pushes")
    return len(rows)


def _waiting(engine: Engine, device_id: str) -> Sequence[RowMapping]:
    with reading(engine) as connection:
        found = connection.execute(_WAITING.where(quarantine.c.device_id == device_id)).mappings().all()
    if not found:
        raise UserError("office.nothing_in_quarantine", device=device_id)
    return found


def _forget(engine: Engine, row: RowMapping) -> None:
    names = ("territory_id", "device_id", "first_seq")
    with engine.begin() as connection:
        connection.execute(delete(quarantine).filter_by(**{name: row[name] for name in names}))


def _push(row: RowMapping) -> Push:
    return msgspec.structs.replace(
        push_reader.read_push(row["body"]), epoch=""
    )  # whichever life of the office it came in


def _position(connection: Connection, territory_id: str, device_id: str) -> Mark:
    """Up to where a device's journal is here: taken in, or put aside."""
    here = {"territory_id": territory_id, "device_id": device_id}
    taken = connection.execute(select(mark.c.acked_seq, mark.c.acked_hash).filter_by(**here)).first() or (0, b"")
    last = select(quarantine.c.last_seq, quarantine.c.last_hash).filter_by(**here)
    aside = connection.execute(last.order_by(quarantine.c.first_seq.desc()).limit(1)).first() or (0, b"")
    seq, after = max(taken, aside, key=lambda one: int(one[0]))
    return Mark(seq=seq, hash=after)
