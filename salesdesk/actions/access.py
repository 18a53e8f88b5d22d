"""Setting up a workspace on this laptop, and unlocking it."""

from __future__ import annotations

from pathlib import Path

from salesdesk.errors import UserError
from salesdesk.store import keys
from salesdesk.store.workspace import DATABASE, Identity, Workspace, new_id


def exists(folder: Path) -> bool:
    """Whether there is a workspace to open; one whose making was cut short counts as none."""
    return (folder / DATABASE).exists()


def set_up(folder: Path, name: str, role: str = "rep", passphrase: str = "") -> Workspace:
    """Make a workspace for a person; its key goes into the keyring, or under the passphrase if one is given.

    The key is kept before the first byte is written with it. Raises `UserError` beside `name` or
    `passphrase`, `NoKeyring` when a passphrase is needed after all.
    """
    if not name.strip():
        raise UserError("access.name_needed", field="name")
    key = keys.new_key()
    if passphrase:
        keys.keep_under_passphrase(folder, key, passphrase)
    else:
        keys.keep_in_keyring(folder, key)
    return Workspace.create(folder, key, Identity(new_id(), name.strip(), role, new_id()))


def unlock(folder: Path, passphrase: str = "") -> Workspace:
    """Open the workspace with the key from where it is kept."""
    if keys.needs_passphrase(folder):
        return Workspace.open(folder, keys.key_from_passphrase(folder, passphrase))
    return Workspace.open(folder, keys.key_from_keyring(folder))
