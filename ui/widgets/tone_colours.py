"""The five tones of chips and bars, as colours of the theme in force."""

from __future__ import annotations

from ui.core import theme


def tone_colours(tone: str) -> tuple[str, str]:
    """Ground and ink of a tone (ok, warn, danger, accent; anything else is plain text without a ground)."""
    t = theme.tokens()
    return {
        "ok": (t.ok_soft, t.ok),
        "warn": (t.warn_soft, t.warn),
        "danger": (t.danger_soft, t.danger),
        "accent": (t.accent_soft, t.accent),
    }.get(tone, ("", t.muted))
