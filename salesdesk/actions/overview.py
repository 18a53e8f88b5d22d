"""What the frame around the pages shows: counts on the tabs, and how the laptop stands to the office."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from salesdesk.actions import approvals
from salesdesk.records.base import Stage
from salesdesk.records.prospecting import Customer
from salesdesk.store import attention, journal, queries
from salesdesk.store.workspace import Identity, Session


@dataclass(frozen=True)
class WindowFigures:
    """`counts` are open rounds by stage, `waiting` changes that the office has not taken, `to_decide` approvals.

    `attention` is how much did not arrive as it was typed.
    """

    counts: dict[Stage, int]
    customers: int
    waiting: int
    last_sync: datetime | None
    to_decide: int
    attention: int


def window_figures(session: Session, identity: Identity) -> WindowFigures:
    """The figures of the window as they concern one person."""
    return WindowFigures(
        counts=queries.stage_counts(session),
        customers=queries.count(session, Customer),
        waiting=journal.waiting_count(session),
        last_sync=queries.last_sync(session),
        to_decide=len(approvals.waiting_for(session, identity.person_id, identity.role)),
        attention=len(attention.items(session)),
    )
