"""Two of pyHanko's classes as papers need them: a drawn page in memory, and a writer that leaves metadata alone."""

from __future__ import annotations

import io

from pyhanko.pdf_utils.content import PdfContent
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import BoxConstraints
from pyhanko.pdf_utils.reader import PdfFileReader


class DrawnPage(PdfContent):
    """The first page of a PDF as content."""

    def __init__(self, pdf: bytes) -> None:
        super().__init__()
        self._pdf = pdf

    def render(self) -> bytes:
        """Import the page into the file that is being signed, and call it."""
        form = self._ensure_writer.import_page_as_xobject(PdfFileReader(io.BytesIO(self._pdf)))
        left, bottom, right, top = (float(number) for number in form.get_object()["/BBox"])
        self.box = BoxConstraints(width=right - left, height=top - bottom)
        self.resources.xobject["/Drawn"] = form
        return b"/Drawn Do"


class SigningWriter(IncrementalPdfFileWriter):
    """Appends to a file. Its metadata stay: PDF/A wants both records of them to agree, and pyHanko changes only one."""

    def _update_meta(self) -> None:
        """Nothing: what the paper says of itself is as true as before."""
