"""A laptop that the office has locked or wiped. Apart from the driver: every start asks it, and few starts sync."""

from __future__ import annotations

from salesdesk.store.workspace import Workspace

LOCKED, WIPED = "sync.device_locked", "sync.device_wiped"  # what the person is told
_LOCKED = "locked"


def is_locked(workspace: Workspace) -> bool:
    """Whether the office has shut this laptop out. It shows nothing until a sync finds that it was let in again."""
    return workspace.recall(_LOCKED) is not None


def lock(workspace: Workspace, entries: int) -> None:
    """Remember the order; `entries` were handed over before."""
    workspace.remember(_LOCKED, {"entries": entries})


def let_in(workspace: Workspace) -> None:
    """The order was taken back."""
    if is_locked(workspace):
        workspace.remember(_LOCKED, None)
