"""Photos and other files on any record: adding, taking out, removing."""

from __future__ import annotations

import mimetypes
from pathlib import Path

from salesdesk.errors import UserError
from salesdesk.records.registry import form_named
from salesdesk.records.work import Attachment
from salesdesk.store import attachments
from salesdesk.store.workspace import Workspace


def add(workspace: Workspace, entity: str, record_id: str, path: Path, purpose: str = "other") -> Attachment:
    """Keep a copy of a file with a record, encrypted; the file itself stays where it is.

    Raises `UserError`: `attachment.unreadable`, `attachment.too_large`; `StorageFull`.
    """
    try:
        if path.stat().st_size > attachments.LARGEST:
            raise UserError("attachment.too_large", name=path.name, limit_mb=attachments.LARGEST // 1024**2)
        data = path.read_bytes()
    except OSError as error:
        raise UserError("attachment.unreadable", name=path.name, reason=error.strerror or str(error)) from error
    media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    with workspace.changing("file.add") as changes:
        record = changes.get(form_named(entity), record_id)
        return attachments.attach(workspace, changes, record, path.name, media_type, data, purpose)


def remove(workspace: Workspace, attachment_id: str) -> None:
    """Put a file into the bin. An issued paper stays: it is what was handed out. Raises `UserError` `file.issued`."""
    with workspace.changing("file.remove") as changes:
        found = changes.get(Attachment, attachment_id)
        if found.purpose == "issued":
            raise UserError("file.issued")
        changes.delete(found)


def content(workspace: Workspace, file: Attachment) -> bytes:
    """What is in a file. Raises `UserError` `attachment.not_here` while it has not arrived."""
    return attachments.read_blob(workspace, file.sha256)
