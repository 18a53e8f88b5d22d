"""The company's logo, colour and foot of papers, as the settings hold them."""

from __future__ import annotations

import base64
import binascii
import functools
from pathlib import Path
from typing import TYPE_CHECKING

from salesdesk.errors import UserError, reason_of
from salesdesk.settings import Settings

if TYPE_CHECKING:
    from salesdesk.documents.house import House


def logo_from(path: Path) -> str:
    """A picture as the settings keep it: PNG in base 64, on white and no larger than paper can show.

    Raises:
        UserError: `attachment.unreadable`, `logo.too_large`, `logo.too_many_pixels`,
            `logo.not_a_picture`.
    """
    from salesdesk.documents.house import LARGEST, logo_of  # noqa: PLC0415  # with Pillow, on demand

    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise UserError("attachment.unreadable", name=path.name, reason=reason_of(error)) from error
    return base64.b64encode(logo_of(data).png).decode()


def logo_bytes(settings: Settings) -> bytes:
    """The logo as PNG; nothing when there is none, or the settings' file was damaged."""
    try:
        return base64.b64decode(settings.logo, validate=True)
    except binascii.Error:
        return b""


@functools.lru_cache(4)  # a batch of papers reads the picture once
def house_of(settings: Settings) -> House:
    """What the company's papers look like."""
    from salesdesk.documents.house import House, colours_of, logo_of  # noqa: PLC0415  # as above

    png = logo_bytes(settings)
    try:
        logo = logo_of(png) if png else None
    except UserError:  # a damaged settings file must not keep a letter from being written
        logo = None
    return House(logo, colours_of(settings.colour), settings.footer)
