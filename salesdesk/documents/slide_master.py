"""The presentation that slides are put into: a company's own, its layouts, and how it is packed."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from datetime import date
from typing import Any

from salesdesk.documents.slide_links import without_links
from salesdesk.errors import UserError

TITLE, CONTENT, BARE = "title", "content", "bare"
_LARGEST, _LARGEST_UNPACKED = 50 * 1024**2, 300 * 1024**2
_TEMPLATE, _PRESENTATION = b"presentationml.template.main+xml", b"presentationml.presentation.main+xml"
_KINDS = "[Content_Types].xml"
# what a damaged or an encrypted archive, or one of other parts, leads its readers to; the parsers have their own
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, LookupError, ValueError, AttributeError, TypeError, RuntimeError)


def opened(master: bytes) -> Any:
    """A company's presentation or template, without links that leave it.

    Raises `UserError`: `slides.bad_master`, `slides.large_master`, `slides.macros`.
    """
    from lxml.etree import XMLSyntaxError  # noqa: PLC0415  # with python-pptx
    from pptx import Presentation  # noqa: PLC0415  # as above
    from pptx.exc import PythonPptxError  # noqa: PLC0415  # as above

    if len(master) > _LARGEST:
        raise UserError("slides.large_master", limit_mb=_LARGEST // 1024**2)
    try:
        with zipfile.ZipFile(io.BytesIO(master)) as packed:
            if sum(entry.file_size for entry in packed.infolist()) > _LARGEST_UNPACKED:
                raise UserError("slides.large_master", limit_mb=_LARGEST // 1024**2)
            kinds = packed.read(_KINDS)
            if b"vbaProject" in kinds or b"macroEnabled" in kinds:
                raise UserError("slides.macros")
            others = without_links(packed)
            if _TEMPLATE in kinds:  # a template differs by its name alone
                others[_KINDS] = kinds.replace(_TEMPLATE, _PRESENTATION)
            if others:
                master = packed_anew(packed, others)
        found: Any = Presentation(io.BytesIO(master))
        if not len(found.slide_layouts):
            raise UserError("slides.bad_master")
    except (*_BROKEN, XMLSyntaxError, PythonPptxError) as error:
        raise UserError("slides.bad_master") from error
    return found


def dated(workbook: bytes, day: date) -> bytes:
    """The workbook behind a chart, made on the given day: whoever wrote it wrote down when."""
    core = "docProps/core.xml"
    with zipfile.ZipFile(io.BytesIO(workbook)) as packed:
        said = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", f"{day:%Y-%m-%d}T00:00:00Z".encode(), packed.read(core))
        return packed_anew(packed, {core: said}, day)


def packed_anew(packed: zipfile.ZipFile, others: Mapping[str, bytes], day: date | None = None) -> bytes:
    """The same archive with other contents for some of its parts, all of them dated if a day is given."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as written:
        for entry in packed.infolist():
            content = others.get(entry.filename) or packed.read(entry)
            entry.date_time = (day.year, day.month, day.day, 0, 0, 0) if day else entry.date_time
            written.writestr(entry, content)
    return out.getvalue()


def layouts(file: Any) -> dict[str, Any]:
    """The layouts for a cover, for content, and for a title alone; a poor master's first ones stand in."""
    from pptx.enum.shapes import PP_PLACEHOLDER  # noqa: PLC0415  # as above

    found: dict[str, Any] = {}
    body = {PP_PLACEHOLDER.OBJECT, PP_PLACEHOLDER.BODY}
    for layout in file.slide_layouts:
        kinds = [shape.placeholder_format.type for shape in layout.placeholders]
        if PP_PLACEHOLDER.CENTER_TITLE in kinds:
            found.setdefault(TITLE, layout)
        elif PP_PLACEHOLDER.TITLE in kinds and not body.intersection(kinds) and PP_PLACEHOLDER.PICTURE not in kinds:
            found.setdefault(BARE, layout)
        elif PP_PLACEHOLDER.TITLE in kinds and PP_PLACEHOLDER.OBJECT in kinds:
            found.setdefault(CONTENT, layout)
    titled = [
        layout
        for layout in file.slide_layouts
        if any(shape.placeholder_format.idx == 0 for shape in layout.placeholders)
    ]
    if not titled:
        raise UserError("slides.bad_master")
    for name in (TITLE, CONTENT, BARE):
        found.setdefault(name, found.get(CONTENT, titled[0]))
    return found
