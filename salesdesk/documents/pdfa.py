"""The last step of every paper: PDF/A-1b, the form of PDF that archives accept.

reportlab's file is rewritten with an sRGB profile, metadata in XMP that agree with the file's own, an
identifier made from the content, and no trace of the time of writing.
"""

from __future__ import annotations

import functools
import html
import io
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from salesdesk.documents.fonts import printable
from salesdesk.documents.pen import Place

PLACE = "sign_"  # what the name of a place begins with; its side follows. A full stop would make a tree of fields

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
{identifier}</rdf:Description>
<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<xmp:CreatorTool>{creator}</xmp:CreatorTool>
<xmp:CreateDate>{day}T00:00:00Z</xmp:CreateDate><xmp:ModifyDate>{day}T00:00:00Z</xmp:ModifyDate>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<pdf:Producer>{creator}</pdf:Producer>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>1</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>
</rdf:Description>
</rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


@dataclass(frozen=True)
class Facts:
    """What the file says of itself; `issued_on` is its only date.

    `version` names the very content that was approved, where an approval is asked for.
    """

    title: str
    author: str
    subject: str
    issued_on: date
    creator: str = "SalesDesk"
    version: str = ""

    def texts(self) -> dict[str, str]:
        """What people read of it."""
        return {"title": self.title, "author": self.author, "subject": self.subject, "creator": self.creator}


def archived(pdf: bytes, facts: Facts, places: Sequence[Place] = ()) -> bytes:
    """The same pages as PDF/A-1b, with places to sign as named destinations. The same input gives the same bytes."""
    import pikepdf  # noqa: PLC0415  # on demand, as reportlab

    stamp = f"D:{facts.issued_on:%Y%m%d}000000Z"
    with pikepdf.open(io.BytesIO(pdf)) as document:
        profile = document.make_stream(_srgb(), N=3, Alternate=pikepdf.Name.DeviceRGB)
        document.Root.OutputIntents = pikepdf.Array(
            [
                document.make_indirect(
                    pikepdf.Dictionary(
                        Type=pikepdf.Name.OutputIntent,
                        S=pikepdf.Name.GTS_PDFA1,
                        OutputConditionIdentifier="sRGB IEC61966-2.1",
                        Info="sRGB IEC61966-2.1",
                        DestOutputProfile=profile,
                    )
                )
            ]
        )
        if places:
            document.Root.Dests = pikepdf.Dictionary(
                {
                    f"/{PLACE}{place.side}": pikepdf.Array(
                        [document.pages[place.page].obj, pikepdf.Name.FitR, *(round(at, 2) for at in place.area)]
                    )
                    for place in places
                }
            )
        said = {name: " ".join(printable(text).split()) for name, text in facts.texts().items()}
        packet = _XMP.format(
            day=facts.issued_on.isoformat(),
            identifier=f"<dc:identifier>{html.escape(facts.version)}</dc:identifier>\n" if facts.version else "",
            **{name: html.escape(text) for name, text in said.items()},
        ).encode()
        metadata = document.make_stream(packet, Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML)
        document.Root.Metadata = metadata
        document.trailer.Info = document.make_indirect(
            pikepdf.Dictionary(
                Title=said["title"],
                Author=said["author"],
                Subject=said["subject"],
                Creator=said["creator"],
                Producer=said["creator"],
                CreationDate=stamp,
                ModDate=stamp,
            )
        )
        out = io.BytesIO()
        document.save(
            out,
            force_version="1.4",
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            compress_streams=False,  # reportlab has done it; looking at each again takes longer than all the rest
            deterministic_id=True,
            fix_metadata_version=False,
        )
    return out.getvalue()


@functools.cache
def _srgb() -> bytes:
    """An sRGB profile of ICC version 2, which PDF/A-1 asks for: primaries and white as in IEC 61966-2-1.

    The curve is the standard's own, as a table of 1,024 values.
    """
    text = b"sRGB IEC61966-2.1"
    description = b"desc" + bytes(4) + struct.pack(">I", len(text) + 1) + text + bytes(1 + 4 + 4 + 2 + 1 + 67)
    threshold = 0.04045
    levels = [x / 1023 for x in range(1024)]
    linear = [x / 12.92 if x <= threshold else ((x + 0.055) / 1.055) ** 2.4 for x in levels]
    curve = b"curv" + bytes(4) + struct.pack(">I1024H", 1024, *(round(x * 65535) for x in linear))
    tags = {
        b"desc": description,
        b"cprt": b"text" + bytes(4) + b"Public domain\0",
        b"wtpt": _xyz(0.9505, 1.0, 1.0891),
        b"rXYZ": _xyz(0.43607, 0.22249, 0.01392),
        b"gXYZ": _xyz(0.38515, 0.71687, 0.09708),
        b"bXYZ": _xyz(0.14307, 0.06061, 0.71410),
        b"rTRC": curve,
        b"gTRC": curve,
        b"bTRC": curve,
    }
    offsets: dict[bytes, int] = {}
    body = b""
    start = 128 + 4 + 12 * len(tags)
    for data in tags.values():
        if data not in offsets:
            offsets[data] = start + len(body)
            body += data + bytes(-len(data) % 4)
    table = struct.pack(">I", len(tags)) + b"".join(
        tag + struct.pack(">II", offsets[data], len(data)) for tag, data in tags.items()
    )
    white = struct.pack(">3i", 63190, 65536, 54061)  # D50, as the header's illuminant must be
    header = struct.pack(
        ">I4sI4s4s4s6H4s4s6I12s4s44x",
        start + len(body), b"\0\0\0\0", 0x02100000, b"mntr", b"RGB ", b"XYZ ",
        1998, 2, 9, 6, 49, 0, b"acsp", b"\0\0\0\0", 0, 0, 0, 0, 0, 0, white, b"\0\0\0\0",
    )  # fmt: skip
    return header + table + body


def _xyz(*values: float) -> bytes:
    return b"XYZ " + bytes(4) + struct.pack(">3i", *(round(v * 65536) for v in values))
