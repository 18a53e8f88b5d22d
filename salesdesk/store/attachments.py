"""Files on records, encrypted beside the workspace under a keyed hash of their content.

Each file is AES-256-GCM with a random nonce and a key derived from the workspace's key by HKDF;
the content's SHA-256 is checked again on reading.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from salesdesk.errors import DamagedWorkspace, UserError
from salesdesk.records.base import Record
from salesdesk.records.work import Attachment
from salesdesk.store.faults import told_plainly
from salesdesk.store.tables import blob
from salesdesk.store.workspace import Changes, Workspace

FROZEN = ("issued", "sealed")  # what was handed out or signed stays as it is
LARGEST = 50 * 1024 * 1024
_NONCE = 12


def attach(
    workspace: Workspace,
    changes: Changes,
    record: Record,
    name: str,
    media_type: str,
    data: bytes,
    purpose: str = "other",
) -> Attachment:
    """Keep `data` as a file of `record`. The file is on the disk before the record speaks of it.

    Raises `UserError` for more than 50 MB and `StorageFull`.
    """
    if len(data) > LARGEST:
        raise UserError("attachment.too_large", name=name, limit_mb=LARGEST // 1024**2)
    digest = write_blob(workspace, data)
    changes.session.execute(
        insert(blob)
        .values(territory=record.territory, sha256=digest, size=len(data), state="local", offset=0)
        .on_conflict_do_nothing()
    )
    return changes.add(
        Attachment(
            entity=record.__tablename__,
            record_id=record.id,
            name=Path(name).name[:200],
            media_type=media_type,
            purpose=purpose,
            size=len(data),
            sha256=digest,
            territory=record.territory,
        )
    )


def attachments_of(session: Session, record_id: str) -> list[Attachment]:
    """The files of a record, oldest first."""
    return list(
        session.scalars(
            select(Attachment)
            .where(Attachment.record_id == record_id, Attachment.deleted_at.is_(None))
            .order_by(Attachment.id)
        )
    )


def write_blob(workspace: Workspace, data: bytes) -> str:
    """Encrypt and keep `data`; returns its SHA-256 in hex. Writing the same content twice is fine."""
    digest = hashlib.sha256(data).hexdigest()
    path = _path(workspace, digest)
    if path.exists() and _opened(workspace, path, digest) is not None:
        return digest
    nonce = secrets.token_bytes(_NONCE)
    sealed = nonce + AESGCM(_key(workspace)).encrypt(nonce, data, digest.encode())
    with told_plainly():
        workspace.blobs.mkdir(exist_ok=True, mode=0o700)
        beside = path.with_suffix(f".{secrets.token_hex(4)}.part")
        try:
            with beside.open("wb") as file:
                file.write(sealed)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(path)
            _sync_folder(workspace.blobs)
        finally:
            beside.unlink(missing_ok=True)
    return digest


def read_blob(workspace: Workspace, digest: str) -> bytes:
    """The content of a file; `UserError` when it has not arrived yet, `DamagedWorkspace` when it is broken."""
    path = _path(workspace, digest)
    if not path.exists():
        raise UserError("attachment.not_here")
    data = _opened(workspace, path, digest)
    if data is None:
        raise DamagedWorkspace("attachment.damaged")
    return data


def _opened(workspace: Workspace, path: Path, digest: str) -> bytes | None:
    """The content, or `None` when the file is not what its name says."""
    with told_plainly():
        sealed = path.read_bytes()
    try:
        data = AESGCM(_key(workspace)).decrypt(sealed[:_NONCE], sealed[_NONCE:], digest.encode())
    except (InvalidTag, ValueError):
        return None
    return data if hashlib.sha256(data).hexdigest() == digest else None


def _path(workspace: Workspace, digest: str) -> Path:
    """The file's name is keyed: a plain hash would let a finder confirm a paper that he guesses."""
    return workspace.blobs / hmac.new(_key(workspace), digest.encode(), hashlib.sha256).hexdigest()


def _key(workspace: Workspace) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=b"salesdesk attachments").derive(workspace.key)


def _sync_folder(folder: Path) -> None:
    """Bring the new name to the disk; Windows does so with the rename and cannot open a folder."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
