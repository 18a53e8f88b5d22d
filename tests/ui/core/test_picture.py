"""Pictures of files from anywhere: raster formats by content, turned, small, and nothing else."""

import io

import pytest
from PIL import Image
from PySide6.QtCore import QSize

from ui.core import picture
from ui.core.picture import small_picture

BOX = QSize(64, 64)
VECTOR = b'<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><rect width="20" height="20"/></svg>'


def encoded(kind, size=(300, 150), **options):
    out = io.BytesIO()
    Image.new("RGB", size, "red").save(out, kind, **options)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "BMP", "WEBP"])
def test_raster_formats_become_small(qapp, kind):
    found = small_picture(encoded(kind), BOX)
    assert (found.width(), found.height()) == (64, 32)
    assert found.pixelColor(32, 16).red() > 200


def test_a_small_one_is_not_blown_up(qapp):
    assert small_picture(encoded("PNG", (20, 10)), BOX).width() == 20


def test_a_photo_is_turned_as_it_was_taken(qapp):
    exif = Image.Exif()
    exif[0x0112] = 6
    found = small_picture(encoded("JPEG", exif=exif.tobytes()), BOX)
    assert (found.width(), found.height()) == (32, 64)


@pytest.mark.qt_log_ignore("Unsupported marker type")
@pytest.mark.parametrize("content", [VECTOR, b"", b"BM", b"\x89PNG\r\n\x1a\n" + VECTOR, b"\xff\xd8\xff" + VECTOR])
def test_a_vector_picture_is_never_drawn_whatever_it_says_to_be(qapp, content):
    assert small_picture(content, BOX) is None


def test_one_with_too_many_pixels_is_not_read(qapp, monkeypatch):
    monkeypatch.setattr(picture, "_MOST_PIXELS", 300 * 150 - 1)
    assert small_picture(encoded("PNG"), BOX) is None
