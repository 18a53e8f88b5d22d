"""A file that appears whole or not at all."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from salesdesk.errors import UserError, reason_of


def write_whole(path: Path, content: bytes) -> None:
    """Write a file that appears whole or not at all. Raises as `replacing`."""
    with replacing(path) as beside:
        beside.write_bytes(content)


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A file beside `path` to be written, which takes its place when it is whole and on the disk.

    When anything fails nothing of it stays, and what was at `path` is as it was. Raises `UserError`
    `export.not_written` for what the disk refuses.
    """
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        try:
            yield beside
            with beside.open("rb+") as file:
                os.fsync(file.fileno())
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise UserError("export.not_written", reason=reason_of(error)) from error
