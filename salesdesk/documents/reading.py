"""The text of a PDF, read back to check what was written."""

from __future__ import annotations

from salesdesk.documents.raster import opened


def text_of(pdf: bytes) -> str:
    """All text in reading order, without line breaks (a cell's text may wrap)."""
    with opened(pdf) as document:
        return "".join("".join(page.get_textpage().get_text_bounded().split()) for page in document)
