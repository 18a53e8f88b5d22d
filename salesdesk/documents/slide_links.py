"""Links that leave a presentation: a company's template may not make the customer's computer call anybody.

A linked picture or film is fetched when the slides are opened; a link below the mouse may start something.
"""

from __future__ import annotations

import posixpath
import zipfile
from typing import Any

_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_TO = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_SLIDES = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_LINKS = frozenset({f"{_DRAWING}hlinkClick", f"{_DRAWING}hlinkHover", f"{_DRAWING}hlinkMouseOver"})
_SHAPES = frozenset(f"{_SLIDES}{name}" for name in ("pic", "sp", "cxnSp", "graphicFrame", "grpSp"))


def without_links(packed: zipfile.ZipFile) -> dict[str, bytes]:
    """The parts of a presentation that name something outside, anew and without it. Raises what lxml does."""
    from lxml import etree  # noqa: PLC0415  # with python-pptx

    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    names, anew = set(packed.namelist()), {}
    for relations in sorted(name for name in names if name.endswith(".rels")):
        tree = etree.fromstring(packed.read(relations), parser)
        outside = [one for one in tree.iter(f"{_RELATIONS}Relationship") if one.get("TargetMode") == "External"]
        if not outside:
            continue
        for one in outside:
            tree.remove(one)
        anew[relations] = _written(tree)
        folder, _, file = relations.rpartition("_rels/")
        part = posixpath.join(folder, file.removesuffix(".rels"))
        if part in names:
            content = etree.fromstring(packed.read(part), parser)
            _let_go(content, {one.get("Id") for one in outside})
            anew[part] = _written(content)
    return anew


def _let_go(content: Any, gone: set[str]) -> None:
    """Take out what speaks of these relations: the link of a text, the source of a picture, else the whole shape."""
    speaking = [one for one in content.iter("*") if _names(one, gone)]
    for one in speaking:
        if one.tag in _LINKS:
            one.getparent().remove(one)
        elif one.tag == f"{_DRAWING}blip":
            for key in _names(one, gone):
                del one.attrib[key]
        else:
            around = (above for above in one.iterancestors() if above.tag in _SHAPES)
            taken = next(around, one)
            if taken.getparent() is not None:
                taken.getparent().remove(taken)


def _names(element: Any, gone: set[str]) -> list[str]:
    """Its attributes that name one of these relations."""
    return [key for key, value in element.attrib.items() if key.startswith(f"{{{_TO}}}") and value in gone]


def _written(tree: Any) -> bytes:
    from lxml import etree  # noqa: PLC0415  # as above

    return bytes(etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True))
