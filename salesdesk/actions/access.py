"""Setting up a workspace on this laptop, and unlocking it."""

from __future__ import annotations

from pathlib import Path

from salesdesk.errors import SalesDeskError, UserError
from salesdesk.store import backups, keys, vault
from salesdesk.store.backups import Backup, Contents
from salesdesk.store.vault import Stopped, never
from salesdesk.store.workspace import DATABASE, Identity, Workspace, new_id


def exists(folder: Path) -> bool:
    """Whether there is a workspace to open, or only its backups are left; one whose making was cut short is none."""
    backups.finish(folder)
    return (folder / DATABASE).exists() or bool(backups.listed(folder))


def set_up(folder: Path, name: str, role: str = "rep", passphrase: str = "", stopped: Stopped = never) -> Workspace:
    """Make a workspace for a person; its key goes into the keyring, or under the passphrase if one is given.

    The key is kept before the first byte is written with it. Raises `UserError` beside `name` or
    `passphrase`, `NoKeyring` when a passphrase is needed after all, also once `stopped` says that nobody waits for the
    keyring any more.
    """
    if not name.strip():
        raise UserError("access.name_needed", field="name")
    key = keys.new_key()
    if passphrase:
        keys.keep_under_passphrase(folder, key, passphrase)
    else:
        keys.keep_in_keyring(folder, key, stopped)
    return Workspace.create(folder, key, Identity(new_id(), name.strip(), role, new_id()))


def keyring_usable(stopped: Stopped = never) -> bool:
    """Whether this computer's keyring can keep the key; `NoKeyring` when it does not say within seconds."""
    return vault.usable(stopped)


def unlock(folder: Path, passphrase: str = "", stopped: Stopped = never) -> Workspace:
    """Open the workspace with the key from where it is kept."""
    backups.finish(folder)
    return Workspace.open(folder, _key(folder, passphrase, stopped))


def unlock_again(workspace: Workspace, passphrase: str = "", stopped: Stopped = never) -> Workspace:
    """Open a workspace that was closed while nobody was there; whoever holds it can go on with it."""
    workspace.reopen(_key(workspace.folder, passphrase, stopped))
    return workspace


def asks_for_passphrase(folder: Path) -> bool:
    """Whether opening takes a passphrase; a broken key file is asked about in the backups."""
    return backups.needs_passphrase(folder)


def survey(folder: Path, key: bytes) -> list[tuple[Backup, Contents | SalesDeskError]]:
    """The backups, newest first, each opened: what is in it, or why it does not open."""
    found: list[tuple[Backup, Contents | SalesDeskError]] = []
    for backup in backups.listed(folder):
        try:
            found.append((backup, backups.look_into(backup, key)))
        except SalesDeskError as error:
            found.append((backup, error))
    return found


def restore(folder: Path, backup: Backup, key: bytes) -> Workspace:
    """Put a backup in the workspace's place, which nobody may have open, and open it."""
    backups.restore(folder, backup, key)
    return Workspace.open(folder, key)


def _key(folder: Path, passphrase: str, stopped: Stopped) -> bytes:
    if keys.needs_passphrase(folder):
        return keys.key_from_passphrase(folder, passphrase)
    return keys.key_from_keyring(folder, stopped)
