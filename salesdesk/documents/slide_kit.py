"""Slides over python-pptx: the program's own master or a company's, and what is put on a slide.

Lengths are in inches unless a name says otherwise. Text is measured in our own font before it is placed, so that
nothing runs off a slide; whoever opens it has a Chinese font of the same widths.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from salesdesk.documents import fonts
from salesdesk.documents.pen import ACCENT, GOLD, GREY, INK, TINT, Colour, Style
from salesdesk.documents.pieces import measured
from salesdesk.documents.slide_master import BARE, CONTENT, TITLE, dated, layouts, opened, packed_anew
from salesdesk.records.language import Language

WIDTH, HEIGHT = 13.333, 7.5
SIDE, TOP, BOTTOM = 0.75, 1.55, 0.75
_FACE = "Microsoft YaHei"  # on every Windows and in every WPS; others have one of the same widths
_SAFE = 0.94  # of the width: another font's Latin letters may be wider
_EMU = 914_400  # the file's unit of length, in an inch
_LINE = 1.35  # leading of a text on a slide, in type sizes


class _Fit(NamedTuple):
    """The room of a title in inches, and the type sizes to try in points."""

    width: float
    height: float
    sizes: tuple[float, ...]


_COVER_TITLE = _Fit(8.6, 1.9, (36, 28, 22, 16, 12))
_SLIDE_TITLE = _Fit(WIDTH - 2 * SIDE, 0.8, (26, 20, 15, 11))


class Deck:
    """A presentation being filled. With a company's `master` its layouts, colours and fonts stand; ours else."""

    def __init__(self, language: Language, house: Mapping[Colour, Colour], master: bytes | None) -> None:
        from pptx import Presentation  # noqa: PLC0415  # 0.2 s, on demand
        from pptx.util import Inches  # noqa: PLC0415  # as above

        self.language = language
        self.own = master is None
        self._house = house
        self.inches = Inches
        self._file: Any = Presentation() if master is None else opened(master)
        if self.own:
            self._file.slide_width, self._file.slide_height = Inches(WIDTH), Inches(HEIGHT)
            self._dress()
        for number in reversed(range(len(self._file.slides))):  # a master comes with sample slides
            entry = self._file.slides._sldIdLst[number]  # noqa: SLF001  # python-pptx has no other way to drop one
            self._file.part.drop_rel(entry.rId)
            self._file.slides._sldIdLst.remove(entry)  # noqa: SLF001  # as above
        self._layouts = layouts(self._file)

    @property
    def area(self) -> tuple[float, float, float, float]:
        """Where content goes: left, top, width, height."""
        if self.own:
            return SIDE, TOP, WIDTH - 2 * SIDE, HEIGHT - TOP - BOTTOM
        wide, high = self._file.slide_width / _EMU, self._file.slide_height / _EMU
        for shape in self._layouts[CONTENT].placeholders:
            if shape.placeholder_format.idx == 1 and shape.width:
                left, top, width, height = (x / _EMU for x in (shape.left, shape.top, shape.width, shape.height))
                return left, top, min(width, wide - left), min(height, high - top - BOTTOM)
        return wide * 0.06, high * 0.22, wide * 0.88, high * 0.66

    def cover(self, title: str, lines: Sequence[str]) -> Any:
        """The first slide."""
        slide = self._file.slides.add_slide(self._layouts[TITLE])
        self._entitle(slide, title, _COVER_TITLE)
        for shape in slide.placeholders:
            if shape.placeholder_format.idx == 1:
                shape.text_frame.text = "\n".join(map(fonts.printable, lines))
                self._speak(shape.text_frame)
                if self.own:
                    for paragraph in shape.text_frame.paragraphs:
                        self._pt(paragraph.font, "size", 18)
        return slide

    def slide(self, title: str) -> Any:
        """A slide with a title and nothing else."""
        slide = self._file.slides.add_slide(self._layouts[BARE])
        self._entitle(slide, title, _SLIDE_TITLE)
        if self.own:
            self.block(slide, (SIDE, 1.32, 0.6, 0.045), GOLD)
        return slide

    def prose(self, title: str, text: str, size: float = 18) -> None:
        """A text on as many slides as it needs; every one has the title."""
        left, top, width, height = self.area
        style = Style(size=size, leading=size * _LINE)
        after = size * 0.25  # points below a paragraph
        pages: list[list[str]] = [[]]
        free = room = height * 72 - style.leading
        for paragraph in fonts.printable(text).split("\n"):
            ends = _line_ends(paragraph, style, width * 72 * _SAFE, "proposal_module.content")
            start = 0
            while ends:
                if free < style.leading:
                    pages.append([])
                    free = room
                fits = max(1, int(free / style.leading))
                taken, ends = ends[:fits], ends[fits:]
                pages[-1].append(paragraph[start : taken[-1]].rstrip())
                free -= len(taken) * style.leading + after
                start = taken[-1]
        for page in pages:
            slide = self.slide(title)
            frame = self._box(slide, left, top, width, height)
            for number, paragraph in enumerate(page):
                line = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
                self.run(line, paragraph, size)
                line.line_spacing = _LINE - 0.15
                self._pt(line, "space_after", after)

    def table(self, slide: Any, rows: Sequence[Sequence[str]], shares: Sequence[float], *, total: bool) -> None:
        """A native table; the first row is its head, the last one is strong where it is a `total`."""
        left, top, width, height = self.area
        step = min(0.5, height / len(rows))
        frame = slide.shapes.add_table(len(rows), len(shares), *map(self.inches, (left, top, width, step * len(rows))))
        table = frame.table
        for number, share in enumerate(shares):
            table.columns[number].width = self.inches(width * share / sum(shares))
        for y, row in enumerate(rows):
            table.rows[y].height = self.inches(step)
            for x, text in enumerate(row):
                cell = table.cell(y, x)
                strong = y == 0 or (total and y == len(rows) - 1)
                paragraph = cell.text_frame.paragraphs[0]
                self.run(paragraph, self._short(text, width * shares[x] / sum(shares) - 0.25), 13, bold=strong)
                if x:
                    self._align(paragraph, "RIGHT")
                if self.own:
                    cell.fill.solid()
                    cell.fill.fore_color.rgb = self.rgb(TINT if strong else (1, 1, 1))

    def tile(self, slide: Any, x: float, width: float, figure: str, name: str) -> None:
        """A large figure above what it is, on a ground of its own only where the colours are ours."""
        _, top, _, _ = self.area
        if self.own:
            self.block(slide, (x, top, width, 1.7), TINT)
        frame = self._box(slide, x, top + 0.3, width, 1.2)
        self.run(frame.paragraphs[0], figure, 26, bold=True, colour=ACCENT)
        self.run(frame.add_paragraph(), name, 13, colour=GREY)
        for paragraph in frame.paragraphs:
            self._align(paragraph, "CENTER")

    def bars(self, slide: Any, names: Sequence[str], series: Sequence[tuple[str, Sequence[float]]]) -> None:
        """A native bar chart whose data can be edited."""
        from pptx.chart.data import CategoryChartData  # noqa: PLC0415  # as above
        from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION  # noqa: PLC0415  # as above
        from pptx.util import Pt  # noqa: PLC0415  # as above

        data: Any = CategoryChartData(number_format="#,##0")  # type: ignore[no-untyped-call]  # partly typed
        data.categories = [fonts.printable(name) for name in names]
        for name, values in series:
            data.add_series(name, values)
        left, top, width, height = self.area
        frame = slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, *map(self.inches, (left, top, width, height)), data)
        chart = frame.chart
        chart.has_legend, chart.legend.position = True, XL_LEGEND_POSITION.TOP
        chart.legend.include_in_layout = False
        chart.font.size, chart.font.name = Pt(12), _FACE
        chart.category_axis.reverse_order = True  # the first stands on top
        chart.value_axis.visible = False
        chart.value_axis.has_major_gridlines = False
        plot = chart.plots[0]
        plot.gap_width, plot.overlap, plot.has_data_labels = 60, -5, True
        plot.data_labels.number_format, plot.data_labels.number_format_is_linked = "#,##0", False
        if self.own:
            for one, colour in zip(plot.series, ((0.70, 0.75, 0.82), ACCENT), strict=True):
                one.format.fill.solid()
                one.format.fill.fore_color.rgb = self.rgb(colour)

    def note(self, slide: Any, text: str) -> None:
        """A small line below what stands on the slide."""
        left, top, width, height = self.area
        self.text(slide, (left, top + height - 0.35, width, 0.35), text, 11, colour=GREY)

    def text(self, slide: Any, place: tuple[float, float, float, float], text: str, size: float, **look: Any) -> None:
        """A text in a box: left, top, width, height."""
        self.run(self._box(slide, *place).paragraphs[0], text, size, **look)

    def block(self, slide: Any, place: tuple[float, float, float, float], colour: Colour) -> None:
        """A filled area."""
        shape = slide.shapes.add_shape(1, *map(self.inches, place))
        shape.shadow.inherit = False
        shape.line.fill.background()
        shape.fill.solid()
        shape.fill.fore_color.rgb = self.rgb(colour)

    def ground(self, slide: Any, colour: Colour) -> None:
        """The slide's background."""
        slide.background.fill.solid()
        slide.background.fill.fore_color.rgb = self.rgb(colour)

    def picture(self, slide: Any, png: bytes, x: float, y: float, width: float, height: float) -> None:
        """A picture stretched to the area."""
        slide.shapes.add_picture(io.BytesIO(png), *map(self.inches, (x, y, width, height)))

    def run(self, paragraph: Any, text: str, size: float, *, bold: bool = False, colour: Colour = INK) -> None:
        """A text in one look. The East Asian font has to be named for itself, or the reader takes any."""
        from pptx.util import Pt  # noqa: PLC0415  # as above

        run = paragraph.add_run()
        run.text = fonts.printable(text).replace("\n", " ")
        run.font.size, run.font.bold = Pt(size), bold
        if self.own:
            run.font.color.rgb = self.rgb(colour)
        self._name(run)

    def light(self, frame: Any) -> None:
        """A text on a dark ground, to the left."""
        for paragraph in frame.paragraphs:
            self._align(paragraph, "LEFT")
            for run in paragraph.runs:
                run.font.color.rgb = self.rgb((1, 1, 1))

    def numbered(self, foot: str) -> None:
        """Foot and number on every slide but the first."""
        left, _, width, _ = self.area
        high = self._file.slide_height / _EMU
        for number, slide in enumerate(self._file.slides, start=1):
            if number > 1:
                self.text(slide, (left, high - 0.55, width - 1.2, 0.35), foot, 10, colour=GREY)
                frame = self._box(slide, left + width - 1.0, high - 0.55, 1.0, 0.35)
                self.run(frame.paragraphs[0], str(number), 10, colour=GREY)
                self._align(frame.paragraphs[0], "RIGHT")

    def saved(self, title: str, author: str, day: Any) -> bytes:
        """The file; its dates are the given day, those of its parts too, so that the same slides are the same bytes."""
        said = self._file.core_properties
        said.title, said.author, said.last_modified_by = fonts.printable(title), fonts.printable(author), "SalesDesk"
        said.created = said.modified = day
        out = io.BytesIO()
        self._file.save(out)
        with zipfile.ZipFile(out) as packed:
            data = {name: dated(packed.read(name), day) for name in packed.namelist() if name.endswith(".xlsx")}
            return packed_anew(packed, data, day)

    def rgb(self, colour: Colour) -> Any:
        """One of our colours, or the company's in its place."""
        from pptx.dml.color import RGBColor  # noqa: PLC0415  # as above

        parts = (round(255 * part) for part in self._house.get(colour, colour))
        return RGBColor(*parts)  # type: ignore[no-untyped-call]  # partly typed

    def _short(self, text: str, width: float) -> str:
        """A text cut to two lines of a cell."""
        said = " ".join(fonts.printable(text).split())
        ends = _line_ends(said, Style(size=13, leading=18), max(width, 0.5) * 72 * _SAFE, "value_line.item")
        most = 2
        return said if len(ends) <= most else said[: ends[most - 1]].rstrip()[:-1] + "…"

    def _box(self, slide: Any, x: float, y: float, width: float, height: float) -> Any:
        frame = slide.shapes.add_textbox(*map(self.inches, (x, y, width, height))).text_frame
        frame.word_wrap = True
        frame.margin_left = frame.margin_right = 0
        return frame

    def _pt(self, paragraph: Any, name: str, points: float) -> None:
        from pptx.util import Pt  # noqa: PLC0415  # as above

        setattr(paragraph, name, Pt(points))

    def _align(self, paragraph: Any, side: str) -> None:
        from pptx.enum.text import PP_ALIGN  # noqa: PLC0415  # as above

        paragraph.alignment = getattr(PP_ALIGN, side)

    def _entitle(self, slide: Any, title: str, fit: _Fit) -> None:
        """The title, in a smaller type when it is long; a company's master decides on its own sizes else."""
        from pptx.util import Pt  # noqa: PLC0415  # as above

        shape = slide.shapes.title
        frame = shape.text_frame
        frame.text = " ".join(fonts.printable(title).split())
        self._speak(frame)
        width, height = fit.width, fit.height
        if not self.own and shape.width and shape.height:
            width, height = shape.width / _EMU - 0.2, shape.height / _EMU - 0.1  # its margins
        for size in fit.sizes:
            lines = measured(frame.text, Style(size=size, leading=size, bold=True), width * 72 * _SAFE, "subject")
            if len(lines) * size * 1.2 <= height * 72:
                break
        if self.own or size != fit.sizes[0]:
            for run in frame.paragraphs[0].runs:
                run.font.size = Pt(size)

    def _speak(self, frame: Any) -> None:
        for paragraph in frame.paragraphs:
            for run in paragraph.runs:
                self._name(run)

    def _name(self, run: Any) -> None:
        """Language and, on our own master, the font for both scripts."""
        properties = run._r.get_or_add_rPr()  # noqa: SLF001  # python-pptx knows no East Asian font
        properties.set("lang", self.language.pick("zh-CN", "en-US"))
        if self.own:
            run.font.name = _FACE
            for tag in ("ea", "cs"):
                element = properties.makeelement(re.sub("latin$", tag, properties[-1].tag), {"typeface": _FACE})
                properties.append(element)

    def _dress(self) -> None:
        """Our own look on python-pptx's default master."""
        master = self._file.slide_master
        for owner in (master, *self._file.slide_layouts):
            for shape in owner.placeholders:
                if shape.placeholder_format.idx == 0:
                    shape.left, shape.top = self.inches(SIDE), self.inches(0.5)
                    shape.width, shape.height = self.inches(WIDTH - 2 * SIDE), self.inches(0.85)
                    frame = shape.text_frame
                    frame.margin_left = frame.margin_right = 0
        style = master.element.find(".//{*}titleStyle/{*}lvl1pPr")
        style.set("algn", "l")
        default = style.find("{*}defRPr")
        default.set("sz", "2600")
        default.set("b", "1")
        solid = default.find("{*}solidFill")
        solid.clear()
        solid.append(solid.makeelement(solid.tag.replace("solidFill", "srgbClr"), {"val": str(self.rgb(ACCENT))}))


def _line_ends(paragraph: str, style: Style, width: float, place: str) -> list[int]:
    """Where the lines of a paragraph end in it, the blanks after them included; `width` in points."""
    ends = []
    at = 0
    for line in measured(paragraph, style, width, place):
        at += len(line.text)
        while at < len(paragraph) and paragraph[at] == " ":
            at += 1
        ends.append(at)
    return ends
