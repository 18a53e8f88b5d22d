"""Reading the search entries of an older workspace anew, some at a time, while they go on being found as they are.

Migration 0005 notes the last entry that was written with older readings; entries keep their row, which is their place
in the order of what was written last. The newest come first. A laptop that is switched off goes on where it stopped.
"""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import delete, select, update

from salesdesk.records.registry import form_named, known
from salesdesk.store import search
from salesdesk.store.tables import local, search_item
from salesdesk.store.workspace import Workspace

STALE = "search.stale"
CHUNK = 100
"""Entries of one transaction: few enough that whoever saves meanwhile does not notice."""


def read_anew(workspace: Workspace, limit: int = CHUNK) -> bool:
    """Bring at most `limit` entries up to date; whether more are left."""
    stale = workspace.recall(STALE)
    if stale is None:
        return False
    with workspace.writing() as session:
        older = (
            select(search_item).where(search_item.c.rowid <= stale).order_by(search_item.c.rowid.desc()).limit(limit)
        )
        entries = session.execute(older).mappings().all()
        by_form: dict[str, dict[str, int]] = defaultdict(dict)
        for entry in entries:
            by_form[entry["entity"]][entry["record_id"]] = entry["rowid"]
        for entity, rows in by_form.items():
            if known(entity):
                table = form_named(entity).__table__
                found = session.execute(select(table).where(table.c.id.in_(rows))).mappings().all()
                search.read_again(session, form_named(entity), [(rows[one["id"]], dict(one)) for one in found])
        if len(entries) < limit:
            session.execute(delete(local).where(local.c.name == STALE))
            return False
        session.execute(update(local).where(local.c.name == STALE).values(value=entries[-1]["rowid"] - 1))
    return True
