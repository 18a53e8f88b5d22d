"""The text of a PDF, read back to check what was written."""

from __future__ import annotations

from salesdesk.documents.raster import ONE_AT_A_TIME


def text_of(pdf: bytes) -> str:
    """All text in reading order, without line breaks (a cell's text may wrap)."""
    import pypdfium2  # noqa: PLC0415  # on demand

    with ONE_AT_A_TIME:
        document = pypdfium2.PdfDocument(pdf)
        try:
            return "".join("".join(page.get_textpage().get_text_bounded().split()) for page in document)
        finally:
            document.close()
