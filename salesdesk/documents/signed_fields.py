"""The signed fields of a PDF, whoever signed it: what each one covers, and what its dictionary says.

They are found by walking the form, then the pages, and if neither names one, by looking at every object. Nothing here
judges a signature; `salesdesk.documents.seals` does.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from salesdesk.errors import UserError

# what reading the structures of a foreign or damaged file leads to
STRANGE = (TypeError, ValueError, AttributeError, LookupError)
_HEADER_WITHIN = 1024  # bytes: readers take a PDF with something before its header (ISO 32000-1, annex H.3.4.1)
_PAIR = 2
_FIELDS_MAY_BE_FILLED = 2  # what a certified file permits that does not say
_DEEPEST = 50  # levels of fields; a form that goes round in circles has an end


@dataclass(frozen=True)
class SignedField:
    """One signature as the file holds it.

    `ranges` are the covered parts as (offset, length) in bytes; `container` is what was written into the hole between
    them. `certificate` is beside the container in the oldest kind of signature only. `permits` is what the signer lets
    others change afterwards (ISO 32000-1, 12.8.2.2: 1 nothing, 2 fields, 3 notes too); `locks` are the fields that he
    locked, as action and names.
    """

    field: str
    container: bytes
    ranges: tuple[tuple[int, int], ...]
    subfilter: str
    name: str
    stated: str
    certificate: bytes
    permits: int | None
    locks: tuple[str, tuple[str, ...]] | None

    @property
    def end(self) -> int:
        """The offset behind the last byte that is covered."""
        return max((start + length for start, length in self.ranges), default=0)

    def content(self, pdf: bytes) -> bytes:
        """The covered bytes, in order."""
        return b"".join(pdf[start : start + length] for start, length in self.ranges)

    def is_whole(self, pdf: bytes) -> bool:
        """Whether everything up to `end` is covered but the container itself."""
        import pikepdf  # noqa: PLC0415  # on demand, as reportlab

        if len(self.ranges) != _PAIR or self.ranges[0][0] != 0:
            return False
        hole = pdf[self.ranges[0][1] : self.ranges[1][0]].strip()
        written = hole if hole.startswith((b"<", b"(")) else b"<" + hole + b">"  # some cover the brackets too
        try:
            return bytes(pikepdf.Object.parse(written)) == self.container
        except (pikepdf.PdfError, ValueError, TypeError):
            return False


@contextmanager
def opened(pdf: bytes) -> Iterator[Any]:
    """The document for pikepdf; an owner's password asks for nothing, a user's is told.

    Raises `UserError`: `paper.not_a_pdf`, `paper.password`; `sign.unreadable`, also for what turns out to be damaged
    while it is looked at.
    """
    import pikepdf  # noqa: PLC0415  # on demand, as reportlab

    if b"%PDF" not in pdf[:_HEADER_WITHIN]:
        raise UserError("paper.not_a_pdf")
    try:
        document = pikepdf.open(io.BytesIO(pdf))
    except pikepdf.PasswordError as error:
        raise UserError("paper.password") from error
    except pikepdf.PdfError as error:
        raise UserError("sign.unreadable" if b"/ByteRange" in pdf else "paper.not_a_pdf") from error
    with document:
        try:
            yield document
        except (pikepdf.PdfError, pikepdf.DataDecodingError, *STRANGE) as error:
            raise UserError("sign.unreadable") from error


def signed_fields(document: Any) -> list[SignedField]:
    """The signatures of an opened document, in the order in which they were put."""
    found = dict(_in_form(document))
    for key, name, signature in _on_pages(document):
        found.setdefault(key, (name, signature))
    if not found:
        found = dict(_anywhere(document))
    return sorted((_read(name, signature) for name, signature in found.values()), key=lambda one: one.end)


def first_version(pdf: bytes) -> bytes:
    """The file as its first signer saw it; the whole file where nobody signed, or only a part of it was covered.

    Raises `UserError` as `opened`.
    """
    with opened(pdf) as document:
        first = next(iter(signed_fields(document)), None)
    return pdf[: first.end] if first is not None and first.is_whole(pdf) else pdf


def version_of(pdf: bytes) -> str:
    """The approved version that a paper of ours names (`pdfa.Facts.version`); nothing for other files.

    Read as the first signer saw it: what is appended later says nothing of what he signed. Raises `UserError` as
    `opened`.
    """
    with opened(first_version(pdf)) as document:
        return str(document.open_metadata().get("dc:identifier", "") or "")


def _in_form(document: Any) -> Iterator[tuple[object, tuple[str, Any]]]:
    form = document.Root.get("/AcroForm")
    fields = form.get("/Fields") if _is_dictionary(form) else None
    for field in _items(fields):
        yield from _below(field, "", "", 0)


def _below(field: Any, above: str, kind: str, depth: int) -> Iterator[tuple[object, tuple[str, Any]]]:
    """The signed fields at and under a node of the form; kind and name are inherited."""
    if not _is_dictionary(field) or depth > _DEEPEST:
        return
    kind = text(field, "/FT") or kind
    name = ".".join(filter(None, (above, text(field, "/T"))))
    if kind == "/Sig" and _is_signature(signature := field.get("/V")):
        yield _key(signature), (name, signature)
    for child in _items(field.get("/Kids")):
        yield from _below(child, name, kind, depth + 1)


def _on_pages(document: Any) -> Iterator[tuple[object, str, Any]]:
    """Signed fields that the form forgets to name."""
    for page in document.pages:
        for shown in _items(page.obj.get("/Annots")):
            if _is_dictionary(shown) and shown.get("/FT") == "/Sig" and _is_signature(signature := shown.get("/V")):
                yield _key(signature), text(shown, "/T"), signature


def _anywhere(document: Any) -> Iterator[tuple[object, tuple[str, Any]]]:
    for found in document.objects:
        if _is_signature(found):
            yield _key(found), ("", found)


def _key(signature: Any) -> object:
    """What tells one signature from another, also when it stands directly in its field."""
    return signature.objgen if signature.is_indirect else _ranges(signature.ByteRange)


def _is_signature(found: Any) -> bool:
    return _is_dictionary(found) and "/ByteRange" in found and "/Contents" in found


def _is_dictionary(found: Any) -> bool:
    import pikepdf  # noqa: PLC0415  # as above

    return isinstance(found, pikepdf.Dictionary)


def _items(found: Any) -> list[Any]:
    import pikepdf  # noqa: PLC0415  # as above

    return list(found) if isinstance(found, pikepdf.Array) else []


def _read(name: str, signature: Any) -> SignedField:
    return SignedField(
        field=name,
        container=_bytes(signature.Contents),
        ranges=_ranges(signature.ByteRange),
        subfilter=text(signature, "/SubFilter").removeprefix("/"),
        name=text(signature, "/Name"),
        stated=text(signature, "/M"),
        certificate=_bytes(next(iter(_items(signature.get("/Cert"))), signature.get("/Cert"))),
        **_permissions(signature),
    )


def _ranges(numbers: Any) -> tuple[tuple[int, int], ...]:
    """Pairs of offset and length; nothing for what cannot be one."""
    found = [number if isinstance(number, int) else -1 for number in _items(numbers)]
    return () if any(number < 0 for number in found) else tuple(zip(found[::2], found[1::2], strict=False))


def _bytes(found: Any) -> bytes:
    import pikepdf  # noqa: PLC0415  # as above

    return bytes(found) if isinstance(found, pikepdf.String) else b""


def text(holder: Any, key: str) -> str:
    """The string or name of a dictionary; empty for what is neither or cannot be decoded."""
    import pikepdf  # noqa: PLC0415  # as above

    found = holder.get(key)
    try:
        return str(found) if isinstance(found, pikepdf.String | pikepdf.Name) else ""
    except UnicodeDecodeError:
        return ""


def _permissions(signature: Any) -> dict[str, Any]:
    permits, locks = None, None
    for reference in filter(_is_dictionary, _items(signature.get("/Reference"))):
        method, wanted = text(reference, "/TransformMethod"), reference.get("/TransformParams")
        if not _is_dictionary(wanted):
            continue
        if method == "/DocMDP":
            found = wanted.get("/P", _FIELDS_MAY_BE_FILLED)
            permits = found if isinstance(found, int) else _FIELDS_MAY_BE_FILLED
        elif method == "/FieldMDP":
            names = tuple(str(one) for one in _items(wanted.get("/Fields")))
            locks = text(wanted, "/Action") or "/All", names
    return {"permits": permits, "locks": locks}
