"""Colleagues as records: whoever has an account is known by name to the laptops of his territory."""

from __future__ import annotations

from sqlalchemy import Connection

from salesdesk.records.kinds import Wire
from salesdesk.server import ledger
from salesdesk.server.accounts import now_ms
from salesdesk.sync import merge


def announce(connection: Connection, territory_id: str, person_id: str, name: str, role: str) -> None:
    """Write the record of a colleague, or its new name and role, into a territory's feed."""
    edit = merge.Edit(now_ms(), name, "office", ledger.UNTAKEN)
    data: dict[str, Wire] = {"name": name, "role": role}
    before = ledger.locked(connection, territory_id, [person_id])
    touched = {person_id: ledger.Touched("person", merge.Record(data, edit), edit)}
    ledger.write(connection, territory_id, person_id, before, touched)
