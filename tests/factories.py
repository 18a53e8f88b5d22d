"""Workspaces and rows for tests: the toolkit's own where it has them."""

from pathlib import Path

from salesdesk.store.workspace import Identity, Workspace

KEY = b"k" * 32
IDENTITY = Identity(person_id="person-1", name="李伟", role="rep", device="device-1")


def make_workspace(folder: Path, identity: Identity = IDENTITY) -> Workspace:
    """A new, empty, encrypted workspace in `folder`."""
    return Workspace.create(folder, KEY, identity)
