"""Business keys: what no two records may share in any territory, and the numbers that the office gives out.

Both are kept in tables of their own, so that a draft reads one row and not every contract. What a person types is
never read as a number: a strange one holds back nobody.
"""

from __future__ import annotations

import hashlib
import re
from collections import ChainMap
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, Connection, Engine, and_, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from salesdesk.errors import BadValue, UserError
from salesdesk.process.contracting import is_provisional
from salesdesk.records.field import Field
from salesdesk.records.kinds import TextKind, Wire
from salesdesk.records.registry import fields_of, form_named, forms
from salesdesk.records.typed import narrow
from salesdesk.server.tables import business_key, number_series, record
from salesdesk.sync import merge

_GIVEN = re.compile(r"(HT-[0-9]{6})([0-9]{3,9})")
Key = tuple[str, str, str]  # form, field, and the hash of what it says


@dataclass
class Claims:
    """What a push does to keys until it is written: who has each (nobody: given back), and each month's last."""

    holders: MutableMapping[Key, str] = field(default_factory=dict)
    last: MutableMapping[str, int] = field(default_factory=dict)

    def trial(self) -> Claims:
        """A copy for one batch; the original does not see its changes."""
        return Claims(ChainMap({}, self.holders), ChainMap({}, self.last))

    def keep(self, trial: Claims) -> None:
        """Take over what a batch did."""
        for mine, its in ((self.holders, trial.holders), (self.last, trial.last)):
            assert isinstance(its, ChainMap)
            mine.update(its.maps[0])


class Keys:
    """The business keys that one push claims, in its transaction."""

    def __init__(self, connection: Connection, territory_id: str) -> None:
        self._connection = connection
        self._territory_id = territory_id

    def claim(
        self, entity: str, record_id: str, found: merge.Record | None, merged: merge.Record, claims: Claims
    ) -> bool:
        """Take the keys of a record as it will be; returns whether the office gave it a number of its own.

        Raises `UserError` `value.taken` for what another record has, `BadValue` for a key that is too long.
        """
        given = False
        for declared in unique_fields(entity):
            said = str(merged.data.get(declared.name) or "")
            if entity == "contract" and is_provisional(said):
                said = merged.data[declared.name] = self._next(said, declared, claims)
                given = True
            before = str(found.data.get(declared.name) or "") if found else ""
            new, old = _key(entity, declared, said), _key(entity, declared, before)
            if new == old:
                continue
            if new is not None:
                if self._holder(new, claims) not in {"", record_id}:
                    raise UserError("value.taken")
                claims.holders[new] = record_id
            if old is not None and self._holder(old, claims) == record_id:
                claims.holders[old] = ""
        return given

    def write(self, claims: Claims) -> None:
        """Keep what the push claims; `IntegrityError` when another push was first: then this one runs again."""
        for key, holder in claims.holders.items():
            self._connection.execute(delete(business_key).where(_is(key)))
            if holder:
                self._connection.execute(insert(business_key).values(_row(key, self._territory_id, holder)))
        for month, last in claims.last.items():
            self._connection.execute(update(number_series).where(number_series.c.prefix == month).values(last=last))

    def _next(self, provisional: str, declared: Field, claims: Claims) -> str:
        """`HT-YYYYMMNNN`: the next of its month that nobody typed before. The month's row stays locked."""
        month = provisional.partition("临")[0]
        if month not in claims.last:
            locked = select(number_series.c.last).where(number_series.c.prefix == month).with_for_update()
            last = self._connection.scalar(locked)
            if last is None:
                self._connection.execute(insert(number_series).values(prefix=month, last=0))
            claims.last[month] = last or 0
        while True:
            claims.last[month] += 1
            number = f"{month}{claims.last[month]:03d}"
            key = _key("contract", declared, number)
            if key is not None and not self._holder(key, claims):
                return number

    def _holder(self, key: Key, claims: Claims) -> str:
        if key in claims.holders:
            return claims.holders[key]
        return self._connection.scalar(select(business_key.c.record_id).where(_is(key))) or ""


def as_given(
    entity: str, fields: Mapping[str, list[Wire]], found: merge.Record | None, device: str
) -> Mapping[str, list[Wire]]:
    """A change's fields; an old number that the office replaced by one of its own when it came is read as that one.

    Who types over a provisional number before he has seen the office's contradicts nobody but himself.
    """
    if entity != "contract" or found is None or "number" not in fields:
        return fields
    old, new = fields["number"]
    stands, last = found.data.get("number"), found.last_edit(["number"])
    given = isinstance(old, str) and is_provisional(old) and _GIVEN.fullmatch(str(stands)) and last.device == device
    return {**fields, "number": [stands, new]} if given else fields


def unique_fields(entity: str) -> list[Field]:
    """The fields of a form that no two records share."""
    return [declared for declared in fields_of(form_named(entity)).values() if declared.unique]


def take_in(engine: Engine) -> None:
    """Fill the tables from the records of an office that was there before them; the older record keeps a key."""
    with engine.connect() as connection:
        if connection.scalar(select(business_key.c.value).limit(1)) is not None:
            return
    try:
        with engine.begin() as connection:
            _fill(connection)
    except IntegrityError:
        pass  # another worker started at the same moment and did it


def _fill(connection: Connection) -> None:
    rows: dict[Key, dict[str, str]] = {}
    last: dict[str, int] = {}
    for entity in (form.__tablename__ for form in forms()):
        for declared in unique_fields(entity):
            column = record.c.data[declared.name].as_string()
            wanted = select(record.c.territory_id, record.c.id, column).where(record.c.entity == entity)
            for territory_id, record_id, said in connection.execute(wanted.order_by(record.c.id)):
                key = _key(entity, declared, said or "", checked=False)
                if key is not None:
                    rows.setdefault(key, _row(key, territory_id, record_id))
                if given := _GIVEN.fullmatch(said or ""):
                    last[given[1]] = max(last.get(given[1], 0), int(given[2]))
    if rows:
        connection.execute(insert(business_key), list(rows.values()))
    missing = last.keys() - set(connection.scalars(select(number_series.c.prefix)))
    if missing:
        connection.execute(insert(number_series), [{"prefix": month, "last": last[month]} for month in missing])


def _key(entity: str, declared: Field, said: str, *, checked: bool = True) -> Key | None:
    """One and the same for what people read as the same; nothing for an empty one."""
    assert isinstance(declared.kind, TextKind)
    if checked and len(said) > declared.kind.max_length:
        raise BadValue("value.too_long", length=len(said), limit=declared.kind.max_length)
    read = narrow(said).casefold()
    return (entity, declared.name, hashlib.sha256(read.encode()).hexdigest()) if read else None


def _row(key: Key, territory_id: str, record_id: str) -> dict[str, str]:
    entity, name, value = key
    return {"entity": entity, "field": name, "value": value, "territory_id": territory_id, "record_id": record_id}


def _is(key: Key) -> ColumnElement[bool]:
    entity, name, value = key
    columns = business_key.c
    return and_(columns.entity == entity, columns.field == name, columns.value == value)
