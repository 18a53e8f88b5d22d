"""The look of a company on its papers: its logo, its colour, and the line at the foot."""

from __future__ import annotations

import colorsys
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from salesdesk.documents.pen import ACCENT, GLOW, GOLD, GROUND, Colour
from salesdesk.errors import UserError

LARGEST = 20 * 1024 * 1024  # bytes of a file that is taken for a logo
_MOST_PIXELS = 40_000_000
_KEPT = (1000, 400)  # pixels: sharp at the largest size on paper
_FORMATS = ("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP")
_CONTRAST = 4.5  # WCAG 2.2, 1.4.3: a small text on white


@dataclass(frozen=True)
class Logo:
    """A picture without transparent parts, as PNG; its size is in pixels."""

    png: bytes
    width: int
    height: int

    def within(self, width: float, height: float) -> tuple[float, float]:
        """Width and height in points of the logo in an area, in its own proportions."""
        scale = min(width / self.width, height / self.height)
        return self.width * scale, self.height * scale


@dataclass(frozen=True)
class House:
    """What a company has in place of the program's own look; an empty `footer` leaves its name there."""

    logo: Logo | None = None
    colours: Mapping[Colour, Colour] = field(default_factory=dict)
    footer: str = ""


def colours_of(code: str) -> Mapping[Colour, Colour]:
    """A company's colour, `#rrggbb`, as the shades that papers have; nothing for an empty or a broken code.

    What is too pale to read on white is darkened until it can be read.
    """
    if not re.fullmatch("#[0-9a-fA-F]{6}", code):
        return {}
    red, green, blue = (part / 255 for part in bytes.fromhex(code[1:]))
    hue, lightness, strength = colorsys.rgb_to_hls(red, green, blue)
    while _contrast_with_white(colorsys.hls_to_rgb(hue, lightness, strength)) < _CONTRAST:
        lightness -= 0.01

    def shade(light: float) -> Colour:
        return colorsys.hls_to_rgb(hue, light, strength)

    return {ACCENT: shade(lightness), GROUND: shade(lightness * 0.55), GLOW: shade(lightness * 0.9), GOLD: shade(0.8)}


def _contrast_with_white(colour: Colour) -> float:
    linear = [x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in colour]  # noqa: PLR2004  # sRGB
    return 1.05 / (0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05)


def logo_of(data: bytes) -> Logo:
    """A picture as a logo: on white, no larger than paper can show.

    Raises `UserError`: `logo.too_large`, `logo.too_many_pixels`, `logo.not_a_picture`.
    """
    from PIL import Image  # noqa: PLC0415  # on demand, with reportlab

    if len(data) > LARGEST:
        raise UserError("logo.too_large", limit_mb=LARGEST // 1024**2)
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as picture:
            if picture.width * picture.height > _MOST_PIXELS:
                raise _too_many_pixels()
            picture.draft("RGB", _KEPT)  # a JPEG is read no larger than needed
            picture.thumbnail(_KEPT)
            drawn = picture.convert("RGBA")
    except Image.DecompressionBombError as error:
        raise _too_many_pixels() from error
    except (OSError, ValueError, SyntaxError) as error:
        raise UserError("logo.not_a_picture") from error
    paper = Image.new("RGB", drawn.size, "white")
    paper.paste(drawn, mask=drawn)
    kept = io.BytesIO()
    paper.save(kept, "PNG", optimize=True)
    return Logo(kept.getvalue(), *drawn.size)


def _too_many_pixels() -> UserError:
    return UserError("logo.too_many_pixels", limit=_MOST_PIXELS // 1_000_000)
