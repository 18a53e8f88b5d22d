"""What was appended to a PDF after a signature, in words; nothing where it was only signed on.

Two judges that know nothing of each other: qpdf reads both versions, and what a person sees is compared object by
object; pyHanko goes through every update and must find a reason for each of its objects.
"""

from __future__ import annotations

import functools
import io
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from salesdesk.documents.signed_fields import STRANGE, SignedField, opened, text
from salesdesk.errors import UserError

_DRAWN, _BOXES = ("/Contents", "/Resources", "/Rotate", "/UserUnit", "/Group"), ("/MediaBox", "/CropBox")
_WRITTEN_BY_PROGRAMS = ("/ModDate", "/Producer", "/Creator")  # in the file's own record, at every save
_SAVED_BY_PROGRAMS = ("{http://ns.adobe.com/xap/1.0/", "{http://ns.adobe.com/pdf/1.3/")  # as above, in XMP
_EMPTY = b"\0\t\r\n\f "  # mail and web servers add them at the end of a file
_DEEPEST = 50  # levels of fields, as in signed_fields
_TAIL = 1024  # bytes at the end of a version in which its end is marked (ISO 32000-1, annex H.3.4.4)


class Reason(NamedTuple):
    """Why a verdict is what it is: a message id and the values that its sentence names."""

    message: str
    params: dict[str, object] = {}  # noqa: RUF012  # a tuple's default is never written to


class Incomparable(Exception):
    """What was appended is nothing that can be compared with what was there."""


def after(pdf: bytes, signature: SignedField) -> list[Reason]:
    """What others than signers appended after a signature.

    Raises:
        Incomparable: where the two versions cannot be read or compared.
    """
    signed = pdf[: signature.end]
    if not pdf[signature.end :].strip(_EMPTY):
        return []
    if b"%%EOF" not in signed[-_TAIL:]:
        return [Reason("seal.partial")]
    try:
        with opened(signed) as old, opened(pdf) as new:
            seen = list(_seen(old, new))
    except UserError as error:
        raise Incomparable from error
    return seen or _not_signed_on(pdf, signed, signature)


def _seen(old: Any, new: Any) -> Iterator[Reason]:
    """Differences between two versions that a person could see."""
    import pikepdf  # noqa: PLC0415  # on demand, as reportlab

    changed = _Changed(old, new)
    before, now = list(old.pages), list(new.pages)
    if len(before) != len(now):
        yield Reason("seal.page_count", {"before": len(before), "after": len(now)})
    pairs = list(enumerate(zip(before, now, strict=False), 1))
    drawn = [number for number, (one, other) in pairs if changed.drawn(one.obj, other.obj)]
    if drawn:
        yield Reason("seal.pages", {"pages": _listed(drawn)})
    noted = [number for number, (one, other) in pairs if changed.notes(one.obj, other.obj)]
    if noted:
        yield Reason("seal.notes", {"pages": _listed(noted)})
    filled = changed.fields(_fields(old), _fields(new))
    if filled:
        yield Reason("seal.fields", {"names": _listed(filled)})
    if _newly_said(old, new):
        yield Reason("seal.metadata")
    if changed.reaches(new.Root.get("/Names", pikepdf.Dictionary()).get("/EmbeddedFiles")):
        yield Reason("seal.files")


def _listed(things: Iterable[object]) -> str:
    return ", ".join(map(str, things))


class _Changed:
    """The objects of a file that are not what they were in its earlier version."""

    def __init__(self, old: Any, new: Any) -> None:
        import pikepdf  # noqa: PLC0415  # as above

        self._same: set[object] = set()  # what leads to no changed object: pages share their fonts
        objects = (one for one in new.objects if isinstance(one, pikepdf.Object))  # the others come as bare values
        self._others = {one.objgen for one in objects if _raw(one) != _raw(old.get_object(one.objgen))}

    def drawn(self, old: Any, new: Any) -> bool:
        """Whether a page shows something else, apart from what lies over it."""
        if any(_box(old, key) != _box(new, key) for key in _BOXES):
            return True
        return any(
            _raw(_inherited(old, key)) != _raw(_inherited(new, key)) or self.reaches(_inherited(new, key))
            for key in _DRAWN
        )

    def notes(self, old: Any, new: Any) -> bool:
        """Whether something lies over a page, or lies there no more: anything but fields, which have names."""
        before, now = _laid_over(old), _laid_over(new)
        return before.keys() != now.keys() or any(
            _raw(before[key]) != _raw(one) or self.reaches(one) for key, one in now.items()
        )

    def fields(self, old: dict[str, Any], new: dict[str, Any]) -> list[str]:
        """The names of fields that came, went, hold or show something else."""
        return sorted(
            (old.keys() ^ new.keys())
            | {
                name
                for name in old.keys() & new.keys()
                if _value(old[name]) != _value(new[name])
                or _raw(old[name]) != _raw(new[name])
                or self.reaches(new[name])
            }
        )

    def reaches(self, start: Any) -> bool:
        """Whether a changed object can be reached from here."""
        import pikepdf  # noqa: PLC0415  # as above

        seen, ahead = set[object](), [start]
        while ahead:
            one = ahead.pop()
            if not isinstance(one, pikepdf.Dictionary | pikepdf.Array | pikepdf.Stream):
                continue
            if one.is_indirect:
                if one.objgen in self._others:
                    return True
                if one.objgen in seen or one.objgen in self._same:
                    continue
                seen.add(one.objgen)
            if isinstance(one, pikepdf.Array):
                ahead.extend(one)
            else:
                ahead.extend(value for key, value in one.items() if key not in {"/Parent", "/P", "/Popup", "/IRT"})
        self._same |= seen
        return False


def _raw(found: Any) -> object:
    """What an object holds, with references in place of other objects."""
    import pikepdf  # noqa: PLC0415  # as above

    if isinstance(found, pikepdf.Stream):
        said = {key: _reference(value) for key, value in found.items() if key != "/Length"}
        return said, found.read_raw_bytes()
    if isinstance(found, pikepdf.Object):
        return found.unparse(resolved=True)
    return found


def _reference(found: Any) -> object:
    import pikepdf  # noqa: PLC0415  # as above

    if isinstance(found, pikepdf.Object):
        return found.objgen if found.is_indirect else found.unparse()
    return found


def _inherited(page: Any, key: str) -> Any:
    """What a page has, or the node of the tree above it."""
    for _ in range(_DEEPEST):
        if page is None or key in page:
            break
        page = page.get("/Parent")
    return None if page is None else page.get(key)


def _box(page: Any, key: str) -> list[float]:
    """An area of a page; programs that copy a page round its numbers."""
    return [round(float(number), 2) for number in _inherited(page, key) or []]


def _laid_over(page: Any) -> dict[object, Any]:
    """What lies over a page and is no field: by number, or by place where it has none."""
    shown = page.get("/Annots", [])
    return {
        one.objgen if one.is_indirect else place: one
        for place, one in enumerate(shown)
        if one.get("/Subtype") != "/Widget"
    }


def _fields(document: Any) -> dict[str, Any]:
    """The fields of a form by their full names, but for signatures; the topmost with a kind stands for all below."""
    found: dict[str, Any] = {}

    def look(field: Any, above: str, depth: int) -> None:
        name = ".".join(filter(None, (above, text(field, "/T"))))
        if "/FT" in field:
            if text(field, "/FT") != "/Sig":
                found[name] = field
        elif depth < _DEEPEST:
            for child in field.get("/Kids", []):
                look(child, name, depth + 1)

    form = document.Root.get("/AcroForm")
    for field in form.get("/Fields", []) if form is not None else []:
        look(field, "", 0)
    return found


def _value(field: Any) -> object:
    """What stands in a field, to the last digit."""
    import pikepdf  # noqa: PLC0415  # as above

    found = field.get("/V")
    if isinstance(found, pikepdf.Stream):
        return _raw(found)
    return found.unparse(resolved=True) if isinstance(found, pikepdf.Object) else found


def _newly_said(old: Any, new: Any) -> bool:
    """Whether a file says something else of itself: whose, about what, and which approval.

    What every saving writes is left out, and so is a record that an update does not repeat.
    """
    before, now = _record(old), _record(new)
    return any(before.get(key) != said for key, said in now.items()) or _packet(old) != _packet(new)


def _record(document: Any) -> dict[str, str]:
    info = document.trailer.get("/Info")
    return {key: str(said) for key, said in info.items() if key not in _WRITTEN_BY_PROGRAMS} if info else {}


def _packet(document: Any) -> dict[str, str]:
    if "/Metadata" not in document.Root:
        return {}
    kept = document.open_metadata().items()
    return {key: str(said) for key, said in kept if not key.startswith(_SAVED_BY_PROGRAMS)}


def _not_signed_on(pdf: bytes, signed: bytes, signature: SignedField) -> list[Reason]:
    """What pyHanko finds no reason for, where nothing can be seen."""
    from pyhanko.pdf_utils.misc import PdfError  # noqa: PLC0415  # on demand, with signing
    from pyhanko.sign.diff_analysis import DiffResult, ModificationLevel  # noqa: PLC0415  # as above
    from pyhanko.sign.fields import MDPPerm  # noqa: PLC0415  # as above

    permits = MDPPerm(signature.permits) if signature.permits in {one.value for one in MDPPerm} else None
    try:
        reader, first = _reader(pdf), _reader(signed)
        revision = first.total_revisions - 1
        if reader.xrefs.get_startxref_for_revision(revision) != first.last_startxref:
            return [Reason("seal.partial")]
        found = _policy().review_file(reader, revision, _locks(signature), permits)
    except (PdfError, NotImplementedError, *STRANGE) as error:
        raise Incomparable from error  # what an odd file does to the library has many names
    if not isinstance(found, DiffResult) or found.modification_level > ModificationLevel.FORM_FILLING:
        return [Reason("seal.other")]
    if permits is not None and found.modification_level.value > permits.value:
        return [Reason("seal.not_permitted")]
    return []


@functools.cache
def _policy() -> Any:
    """PyHanko's own policy, which also lets a signer date the field that he fills: poppler does."""
    from pyhanko.sign import diff_analysis  # noqa: PLC0415  # as above
    from pyhanko.sign.diff_analysis.constants import VALUE_UPDATE_KEYS  # noqa: PLC0415  # as above

    rules: Any = diff_analysis  # one of its classes is not typed
    fields = [
        rules.SigFieldCreationRule(),
        rules.SigFieldModificationRule(value_update_keys=VALUE_UPDATE_KEYS | {"/M"}),
        rules.GenericFieldModificationRule(),
    ]
    return rules.StandardDiffPolicy(rules.DEFAULT_DIFF_POLICY.global_rules, rules.FormUpdatingRule(fields))


def _reader(pdf: bytes) -> Any:
    """Lenient, because word processors export hybrid cross-references; an owner's password asks for nothing."""
    from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415  # as above

    reader = PdfFileReader(io.BytesIO(pdf), strict=False)
    if reader.encrypted:
        reader.decrypt(b"")
    return reader


def _locks(signature: SignedField) -> Any:
    from pyhanko.sign.fields import FieldMDPAction, FieldMDPSpec  # noqa: PLC0415  # as above

    if signature.locks is None:
        return None
    action, names = signature.locks
    return FieldMDPSpec(FieldMDPAction(action), None if action == "/All" else list(names))
