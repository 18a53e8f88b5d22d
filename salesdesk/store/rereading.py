"""Reading the search entries of an older workspace anew, some at a time, while they go on being found as they are.

Migration 0005 notes the last entry that was written with older readings; entries keep their row, which is their place
in the order of what was written last. The newest come first. A laptop that is switched off goes on where it stopped.
"""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import delete, select, text, update
from sqlalchemy.orm import Session

from salesdesk.records.registry import form_named, known
from salesdesk.store import search
from salesdesk.store.tables import local, search_item
from salesdesk.store.workspace import Workspace

STALE = "search.stale"
"""The last entry that is still to be read; 0 and below: all are, and what they leave behind is being tidied up."""
CHUNK = 100
"""Entries of one transaction: few enough that whoever saves meanwhile does not notice."""


_TIDYING = -1
_PAGES = 64  # of the index, at a time
_MERGE = text("INSERT INTO search_text(search_text, rank) VALUES ('merge', :pages)")
_WRITTEN = text("SELECT total_changes()")


def read_anew(workspace: Workspace, limit: int = CHUNK) -> bool:
    """Bring at most `limit` entries up to date, or tidy up a little after them; whether more is left to do."""
    stale = workspace.recall(STALE)
    if stale is None:
        return False
    with workspace.writing() as session:
        if stale <= 0:
            return _tidied(session, begins=stale == 0)
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
        following = entries[-1]["rowid"] - 1 if len(entries) == limit else 0
        session.execute(update(local).where(local.c.name == STALE).values(value=following))
    return True


def _tidied(session: Session, *, begins: bool) -> bool:
    """Merge the pieces that so much writing left of the index: a search would have to look into each of them."""
    before = session.scalar(_WRITTEN) or 0
    session.execute(
        _MERGE, {"pages": -_PAGES if begins else _PAGES}
    )  # below nothing: all pieces into one, to begin with
    if not begins and (session.scalar(_WRITTEN) or 0) - before < 2:  # noqa: PLR2004  # SQLite's own sign of the end
        session.execute(delete(local).where(local.c.name == STALE))
        return False
    session.execute(update(local).where(local.c.name == STALE).values(value=_TIDYING))
    return True
