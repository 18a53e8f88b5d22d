"""Nobody but the user who runs the office reads what it writes: 0700 for folders, 0600 for files.

Windows has other rights, which come down from the folder above; there this does nothing (docs/office.md).
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

_OTHERS = 0o077


@contextmanager
def files_of_our_own() -> Iterator[None]:
    """Whatever is made meanwhile by this process, also by a library, is made for its user alone."""
    before = os.umask(_OTHERS)
    try:
        yield
    finally:
        os.umask(before)


def folder(path: Path) -> None:
    """A folder, made if need be, that is closed to others; `OSError` when it cannot be made."""
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    close(path)


def new_file(path: Path) -> BinaryIO:
    """A file to be written from its beginning."""
    return open(path, "wb", opener=lambda name, flags: os.open(name, flags, 0o600))


def close(path: Path) -> None:
    """Take from others what they may do with a file or folder; one that is not ours stays as it is (`open_places`)."""
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & _OTHERS and sys.platform != "win32":
        try:
            path.chmod(mode & ~_OTHERS)
        except OSError:  # another user's, or a file system that knows no rights
            return


def close_all(top: Path) -> None:
    """Close a folder with everything below it; what goes away meanwhile is no fault."""
    close(top)
    for place, folders, files in os.walk(top):
        for name in (*folders, *files):
            path = Path(place, name)
            if path.exists() and not path.is_symlink():
                close(path)


def is_open(path: Path) -> bool:
    """Whether others may still do something with a file or folder."""
    return sys.platform != "win32" and bool(stat.S_IMODE(path.stat().st_mode) & _OTHERS)


def sync_folder(path: Path) -> None:
    """See that names made or changed in a folder are on the disk."""
    if sys.platform == "win32":  # there a folder cannot be opened
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
