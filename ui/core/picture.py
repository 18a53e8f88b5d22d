"""Small pictures of files that anybody may have sent: raster formats by their first bytes, never a huge one."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageIOHandler, QImageReader

# Vector formats are left out: drawing one is running a program that a stranger wrote, for as long as he likes.
_RASTER = ((b"\x89PNG\r\n\x1a\n", b"png"), (b"\xff\xd8\xff", b"jpeg"), (b"GIF8", b"gif"), (b"BM", b"bmp"))
_MOST_PIXELS = 80_000_000
_KEEP = Qt.AspectRatioMode.KeepAspectRatio


def small_picture(content: bytes, box: QSize) -> QImage | None:
    """A picture that fits into `box` (pixels), turned as it was taken.

    `None` for what is no PNG, JPEG, GIF, BMP or WebP by its content, whatever its name says, or has too many pixels.
    """
    kind = next((kind for begins, kind in _RASTER if content.startswith(begins)), b"")
    if not kind and content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        kind = b"webp"
    if not kind:
        return None
    buffer = QBuffer()
    buffer.setData(content)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, kind)
    reader.setAutoDetectImageFormat(False)  # else another reader takes what this one refuses
    reader.setAutoTransform(True)
    size = reader.size()
    if not size.isValid() or size.width() * size.height() > _MOST_PIXELS:
        return None
    turned = bool(reader.transformation() & QImageIOHandler.Transformation.TransformationRotate90)
    room = box.transposed() if turned else box
    if size.width() > room.width() or size.height() > room.height():
        reader.setScaledSize(size.scaled(room, _KEEP).expandedTo(QSize(1, 1)))
    picture = reader.read()
    return None if picture.isNull() else picture
