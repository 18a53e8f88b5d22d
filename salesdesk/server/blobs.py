"""Files by content: `(territory, sha256)`. Uploads go on where they were cut; a file counts only once its hash fits.

No content is shared between territories: that would tell whether a file exists elsewhere.
"""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path

from sqlalchemy import Engine

from salesdesk.errors import OfficeRefused
from salesdesk.server.accounts import Caller, memberships_of
from salesdesk.server.database import reading

LARGEST = 50 * 1024 * 1024


class Blobs:
    """The files of all territories below one folder."""

    def __init__(self, engine: Engine, folder: Path) -> None:
        """The folder is made at the first upload."""
        self._engine = engine
        self._folder = folder

    def offset(self, caller: Caller, territory: str, sha256: str) -> tuple[int, bool]:
        """How many bytes are here, and whether that is all."""
        path = self._path(caller, territory, sha256)
        if path.exists():
            return path.stat().st_size, True
        part = _part(path)
        return (part.stat().st_size if part.exists() else 0), False

    def append(self, caller: Caller, territory: str, sha256: str, offset: int, length: int, piece: bytes) -> int:
        """Add a piece at `offset`; returns the new offset. The last piece has the whole checked and counted.

        Raises `OfficeRefused` for a gap, a file that grows too large, or content that is not its hash; then
        the upload begins anew.
        """
        path = self._path(caller, territory, sha256)
        if path.exists():
            return path.stat().st_size
        if length > LARGEST or offset + len(piece) > length:
            raise OfficeRefused("sync.blob_too_large")
        part = _part(path)
        part.parent.mkdir(parents=True, exist_ok=True)
        here = part.stat().st_size if part.exists() else 0
        if offset > here:
            raise OfficeRefused("sync.blob_gap", offset=here)
        with part.open("r+b" if part.exists() else "w+b") as file:
            file.seek(offset)
            file.write(piece)
            file.truncate()
            file.flush()
            os.fsync(file.fileno())
        here = offset + len(piece)
        if here == length:
            self._finish(part, path, sha256)
        return here

    def read(self, caller: Caller, territory: str, sha256: str, start: int) -> bytes:
        """The bytes of a file from `start` on."""
        path = self._path(caller, territory, sha256)
        if not path.exists():
            raise OfficeRefused("sync.blob_missing")
        if start > (size := path.stat().st_size):
            raise OfficeRefused("sync.blob_gap", offset=size)
        with path.open("rb") as file:
            file.seek(start)
            return file.read()

    def _finish(self, part: Path, path: Path, sha256: str) -> None:
        try:
            with part.open("rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
            if found == sha256:
                part.replace(path)
                return
            part.unlink()
        except FileNotFoundError:  # another laptop brought the same last piece at the same moment
            if path.exists():
                return
        raise OfficeRefused("sync.blob_damaged")

    def _path(self, caller: Caller, territory: str, sha256: str) -> Path:
        if not re.fullmatch(r"[0-9a-f]{64}", sha256):
            raise OfficeRefused("sync.blob_missing")
        with reading(self._engine) as connection:
            mine = {one.territory for one in memberships_of(connection, caller.person)}
        if territory not in mine:
            raise OfficeRefused("sync.not_a_member", territory=territory)
        # the territory's name comes from an administrator, but a folder must not depend on that
        return self._folder / hashlib.sha256(territory.encode()).hexdigest()[:16] / sha256


def _part(path: Path) -> Path:
    return path.with_suffix(".part")
