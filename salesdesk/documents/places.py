"""Where a paper of ours is signed: places by name, and whether everything signed lies on them."""

from __future__ import annotations

from typing import Any

from salesdesk.documents.pdfa import PLACE
from salesdesk.documents.pen import Place
from salesdesk.documents.signed_fields import STRANGE, opened, text


def places(pdf: bytes) -> list[Place]:
    """The places of a paper that nobody has signed yet. Raises `UserError`: `paper.not_a_pdf`, `paper.password`."""
    with opened(pdf) as document:
        try:
            named = _named(document)
            form: Any = document.Root.get("/AcroForm", {})
            taken = {text(field, "/T") for field in form.get("/Fields", [])}
        except STRANGE:
            return []
    return sorted((place for name, place in named.items() if name not in taken), key=lambda place: place.side)


def _named(document: Any) -> dict[str, Place]:
    """The places of a paper by their names, signed or not."""
    numbers = {page.objgen: number for number, page in enumerate(document.pages)}
    named = {}
    for key, at in document.Root.get("/Dests", {}).items():
        name = str(key).removeprefix("/")
        if name.startswith(PLACE):
            page, _, left, bottom, right, top = at
            area = (float(left), float(bottom), float(right), float(top))
            named[name] = Place(int(name.removeprefix(PLACE)), numbers[page.objgen], area)
    return named


def all_in_place(document: Any) -> bool:
    """Whether all that a paper of ours shows of its fields lies on places to sign, one on each.

    Anything else could cover what was signed, and a later signature may bring it along. A file without such places, as
    other programs write them, names none that could be missed.
    """
    try:
        free = _named(document)
    except STRANGE:
        return True
    if not free:
        return True
    try:
        return all(_in_place(free, shown, number) for number, shown in _fields(document))
    except STRANGE:
        return False


def _fields(document: Any) -> list[tuple[int, Any]]:
    return [
        (number, shown)
        for number, page in enumerate(document.pages)
        for shown in page.get("/Annots", [])
        if shown.get("/Subtype") == "/Widget"
    ]


def _in_place(free: dict[str, Place], shown: Any, number: int) -> bool:
    place = free.pop(text(shown, "/T"), None)  # a field of several widgets names none of them
    area = tuple(map(float, shown.get("/Rect", ())))
    return place is not None and place.page == number and _alike(area, place.area)


def _alike(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    """Whether two areas are the same to a point."""
    return len(one) == len(other) and all(abs(a - b) <= 1 for a, b in zip(one, other, strict=True))
