"""Photos and other files on any record: adding, taking out, removing."""

from __future__ import annotations

import mimetypes
from pathlib import Path

from salesdesk.actions.papers import Made
from salesdesk.errors import UserError, reason_of
from salesdesk.exchange.whole_file import write_whole
from salesdesk.records.registry import form_named
from salesdesk.records.work import Attachment
from salesdesk.store import attachments
from salesdesk.store.attachments import FROZEN
from salesdesk.store.workspace import Workspace


def from_outside(path: Path) -> Made:
    """A file that is only looked at. Raises `UserError`: `attachment.unreadable`, `paper.too_large`."""
    return Made(path.name, _read(path, "paper.too_large"))


def add(workspace: Workspace, entity: str, record_id: str, path: Path, purpose: str = "other") -> Attachment:
    """Keep a copy of a file with a record, encrypted; the file itself stays where it is.

    Raises `UserError`: `attachment.unreadable`, `attachment.too_large`; `StorageFull`.
    """
    data = _read(path)
    media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    with workspace.changing("file.add") as changes:
        record = changes.get(form_named(entity), record_id)
        return attachments.attach(workspace, changes, record, path.name, media_type, data, purpose)


def _read(path: Path, too_large: str = "attachment.too_large") -> bytes:
    try:
        if path.stat().st_size > attachments.LARGEST:
            raise UserError(too_large, name=path.name, limit_mb=attachments.LARGEST // 1024**2)
        return path.read_bytes()
    except OSError as error:
        raise UserError("attachment.unreadable", name=path.name, reason=reason_of(error)) from error


def remove(workspace: Workspace, attachment_id: str) -> None:
    """Put a file into the bin. A paper that was issued or signed stays as it is. Raises `UserError` `file.issued`."""
    with workspace.changing("file.remove") as changes:
        found = changes.get(Attachment, attachment_id)
        if found.purpose in FROZEN:
            raise UserError("file.issued")
        changes.delete(found)


def take_out(workspace: Workspace, file: Attachment, path: Path) -> None:
    """Write a file in the clear to `path`, whole or not at all.

    Raises `UserError`: `attachment.not_here`, `export.not_written`.
    """
    write_whole(path, content(workspace, file))


def content(workspace: Workspace, file: Attachment) -> bytes:
    """What is in a file. Raises `UserError` `attachment.not_here` while it has not arrived."""
    return attachments.read_blob(workspace, file.sha256)
