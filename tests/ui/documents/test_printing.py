"""What the printer gets: the chosen pages, copies, sizes and shades, read back from a file that it wrote."""

import io

import pikepdf
import pytest
from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QPageLayout, QPageRanges, QPageSize
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from salesdesk.documents.raster import page_images, page_sizes
from salesdesk.errors import UserError
from tests.ui.sample_desk import sample_desk
from ui.documents import printing
from ui.documents.document_sources import CheckPage
from ui.documents.printing import Printing, sides

SHADES = ((1, 0, 0), (0, 1, 0), (0, 0, 1))  # of the pages in turn: what comes out says which page it was
A4 = (595.28, 841.89)


@pytest.fixture(autouse=True)
def coarse(monkeypatch):
    """Where things lie is the same at any resolution."""
    monkeypatch.setattr(printing, "_PRINT_DPI", 100)


@pytest.fixture
def desk(qapp, tmp_path):
    with sample_desk(tmp_path / "desk") as made:
        yield made


def paper(sizes=(A4, A4, A4)):
    """A filled frame of another shade on every page, a tenth of the page from its edges."""
    with pikepdf.new() as made:
        for (red, green, blue), (width, height) in zip(SHADES, sizes, strict=False):
            page = made.add_blank_page(page_size=(width, height))
            area = f"{width / 10} {height / 10} {width * 0.8} {height * 0.8}"
            page.Contents = made.make_stream(f"{red} {green} {blue} rg {area} re f".encode())
        out = io.BytesIO()
        made.save(out)
    return out.getvalue()


def printer_to(path, **chosen):
    made = QPrinter(QPrinter.PrinterMode.HighResolution)
    made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    made.setOutputFileName(str(path))
    made.setResolution(150)
    made.setPageSize(QPageSize(chosen.pop("size", QPageSize.PageSizeId.A4)))
    made.setFullPage(chosen.pop("full", True))
    for name, value in chosen.items():
        getattr(made, name)(*(value if isinstance(value, tuple) else (value,)))
    return made


def ranges(said):
    return QPageRanges.fromString(said)


def printed(desk, qtbot, tmp_path, pdf=None, **chosen):
    """Each page that came out, as a picture at 72 dpi."""
    owner, said = QWidget(), []
    qtbot.addWidget(owner)
    pdf = pdf or paper()
    printer = printer_to(tmp_path / "printed.pdf", **chosen)
    pages = sides(printer, len(page_sizes(pdf, 72)))
    steps = []
    Printing(desk, owner, printer, pdf, pages, steps.append, said.append).begin()
    qtbot.waitUntil(lambda: bool(said), timeout=60_000)
    assert said == [None]
    assert steps == list(range(1, len(pages) + 1))
    return page_images((tmp_path / "printed.pdf").read_bytes(), 72)


def shade(image):
    """The number of the page whose shade stands in the middle; nothing for an empty side."""
    at = (image.height // 2 * image.width + image.width // 2) * 4
    found = [image.pixels[at + part] > 128 for part in range(3)]
    return None if all(found) else found.index(True)


def frame(image):
    """Left, top, right and bottom of what is not white, as parts of the paper."""
    inked = [
        divmod(at // 4, image.width)
        for at in range(0, len(image.pixels), 8)
        if min(image.pixels[at], image.pixels[at + 1], image.pixels[at + 2]) < 128
    ]
    xs, ys = [x for _, x in inked], [y for y, _ in inked]
    return min(xs) / image.width, min(ys) / image.height, max(xs) / image.width, max(ys) / image.height


@pytest.mark.parametrize(
    ("chosen", "pages"),
    [
        ({}, [0, 1, 2]),
        ({"setFromTo": (2, 2)}, [1]),
        ({"setFromTo": (2, 2), "setPrintRange": QPrinter.PrintRange.PageRange}, [1]),
        ({"setFromTo": (2, 3)}, [1, 2]),
        ({"setPageRanges": ranges("1,3")}, [0, 2]),
        ({"setPageOrder": QPrinter.PageOrder.LastPageFirst}, [2, 1, 0]),
        ({"setPageOrder": QPrinter.PageOrder.LastPageFirst, "setFromTo": (1, 2)}, [1, 0]),
        ({"setCopyCount": 2, "setFromTo": (1, 2)}, [0, 1, 0, 1]),
        ({"setCopyCount": 2, "setFromTo": (1, 2), "setCollateCopies": False}, [0, 0, 1, 1]),
    ],
)
def test_the_chosen_pages_come_out_in_the_chosen_order(desk, qtbot, tmp_path, chosen, pages):
    assert [shade(image) for image in printed(desk, qtbot, tmp_path, **chosen)] == pages


class BothSides(QPrinter):
    """A printer of both sides; the writer of files, which stands in for it, has none."""

    def duplex(self):
        return QPrinter.DuplexMode.DuplexLongSide


def test_on_both_sides_every_copy_begins_on_a_sheet_of_its_own(qapp):
    printer = BothSides(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setCopyCount(2)
    assert sides(printer, 3) == [0, 1, 2, None, 0, 1, 2]
    assert sides(printer, 2) == [0, 1, 0, 1]
    printer.setCollateCopies(False)
    assert sides(printer, 3) == [0, 0, 1, 1, 2, 2]


def test_an_empty_side_is_empty(desk, qtbot, tmp_path):
    owner, said = QWidget(), []
    qtbot.addWidget(owner)
    printer = printer_to(tmp_path / "printed.pdf")
    Printing(desk, owner, printer, paper(), [0, None, 1], lambda _: None, said.append).begin()
    qtbot.waitUntil(lambda: bool(said), timeout=60_000)
    assert [shade(one) for one in page_images((tmp_path / "printed.pdf").read_bytes(), 72)] == [0, None, 1]


@pytest.mark.parametrize("size", ["A4", "A3", "A5", "Letter", "Legal", "B5"])
def test_the_whole_page_is_in_the_middle_of_any_paper(desk, qtbot, tmp_path, size):
    (image,) = printed(desk, qtbot, tmp_path, size=getattr(QPageSize.PageSizeId, size), setFromTo=(1, 1))
    wanted = QPageSize(getattr(QPageSize.PageSizeId, size)).sizePoints()
    assert (image.width, image.height) == pytest.approx((wanted.width(), wanted.height()), abs=1)
    left, top, right, bottom = frame(image)
    scale = min(image.width / A4[0], image.height / A4[1])
    assert (right - left) * image.width == pytest.approx(A4[0] * scale * 0.8, abs=5)
    assert (bottom - top) * image.height == pytest.approx(A4[1] * scale * 0.8, abs=5)
    assert left == pytest.approx(1 - right, abs=0.01)
    assert top == pytest.approx(1 - bottom, abs=0.01)


def test_what_the_printer_cannot_print_on_stays_free(desk, qtbot, tmp_path):
    margins = QMarginsF(30, 30, 30, 30)
    (image,) = printed(
        desk, qtbot, tmp_path, full=False, setPageMargins=(margins, QPageLayout.Unit.Millimeter), setFromTo=(1, 1)
    )
    left, top, right, bottom = frame(image)
    assert left * 210 > 30
    assert top * 297 > 30
    assert left == pytest.approx(1 - right, abs=0.01)
    assert top == pytest.approx(1 - bottom, abs=0.01)


def test_a_wide_page_lies_on_its_sheet_as_on_the_screen(desk, qtbot, tmp_path):
    found = printed(desk, qtbot, tmp_path, pdf=paper((A4, (A4[1], A4[0]), A4)))
    assert [image.width > image.height for image in found] == [False, True, False]
    for image in found:
        assert frame(image) == pytest.approx((0.1, 0.1, 0.9, 0.9), abs=0.01)


def test_grey_is_grey(desk, qtbot, tmp_path):
    found = printed(desk, qtbot, tmp_path, setColorMode=QPrinter.ColorMode.GrayScale)
    for image in found:
        at = (image.height // 2 * image.width + image.width // 2) * 4
        assert len(set(image.pixels[at : at + 3])) == 1
    assert len({image.pixels[(image.height // 2 * image.width + image.width // 2) * 4] for image in found}) == 3


@pytest.mark.parametrize("said", ["4", "2-9", "7-9"])
def test_pages_that_there_are_not_are_told_in_words(desk, qtbot, tmp_path, said):
    (tmp_path / "paper.pdf").write_bytes(paper())
    page = CheckPage(desk, tmp_path / "paper.pdf")
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: page.pages_shown() == 3)
    printer = printer_to(tmp_path / "printed.pdf", setPageRanges=ranges(said))
    with pytest.raises(UserError, match="paper.no_such_pages"):
        sides(printer, 3)
    page.print_on(printer)
    assert "this paper has 3" in page.notice.label.text()
    assert page.print_button.isEnabled()
    assert not (tmp_path / "printed.pdf").exists()
