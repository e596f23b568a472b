"""The icons of the program and of its projects, in the formats of Windows and macOS.

Drawn from resources/icon.svg and project.svg when a build needs them: one drawing, all sizes.
"""

import os
import struct
from collections.abc import Callable, Sequence
from pathlib import Path

PACKAGING = Path(__file__).resolve().parent
PROGRAM = PACKAGING.parent / "icon.svg"
PROJECT = PACKAGING / "project.svg"

ICO_SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)
"""Pixels: what Windows shows at 100 to 250 %, so that it never has to scale."""

ICNS_KINDS = {
    "ic11": 32, "ic12": 64, "ic07": 128, "ic13": 256, "ic08": 256, "ic14": 512,
    "ic09": 512, "ic10": 1024,
}  # fmt: skip
"""Apple's names of PNG entries, and their pixels (16@2x, 32@2x, 128, 128@2x … 512@2x)."""

SIDE, BLUE = (328, 628), "#1F3A5F"
"""Pixels, twice what NSIS asks for, and the colour that the icon is on."""

Draw = Callable[[int], bytes]
"""What draws an icon of so many pixels, as a PNG."""


def write_ico(svg: Path, target: Path, sizes: Sequence[int] = ICO_SIZES) -> None:
    """Write a drawing as an icon of Windows."""
    target.write_bytes(ico({size: png(svg, size) for size in sizes}))


def write_icns(svg: Path, target: Path) -> None:
    """Write a drawing as an icon of macOS, with the margin that is usual there."""
    target.write_bytes(icns(lambda size: png(svg, size, margin=size // 25)))


def write_side(target: Path) -> None:
    """Write the picture beside the installer's last page: the program's mark on its own blue."""
    from PySide6.QtGui import QColor, QImage, QPainter

    side = QImage(*SIDE, QImage.Format.Format_RGB888)
    side.fill(QColor(BLUE))
    mark = QImage.fromData(png(PROGRAM, SIDE[0]))
    painter = QPainter(side)
    painter.drawImage(0, SIDE[0] // 4, mark)
    painter.end()
    side.save(str(target), "BMP")  # type: ignore[call-overload]


def ico(pictures: dict[int, bytes]) -> bytes:
    """Return PNGs by their pixels as an icon of Windows, the smallest first.

    The format: https://learn.microsoft.com/en-us/previous-versions/ms997538(v=msdn.10);
    PNG entries are read since Windows Vista.
    """
    head = struct.pack("<HHH", 0, 1, len(pictures))
    at = len(head) + 16 * len(pictures)
    entries, contents = b"", b""
    for size, picture in sorted(pictures.items()):
        side = size % 256  # 256 is written as 0
        entries += struct.pack(
            "<BBBBHHII", side, side, 0, 0, 1, 32, len(picture), at + len(contents)
        )
        contents += picture
    return head + entries + contents


def icns(draw: Draw) -> bytes:
    """Return an icon of macOS: four letters, a length, a PNG; and so on."""
    contents = b""
    for kind, size in ICNS_KINDS.items():
        picture = draw(size)
        contents += kind.encode("ascii") + struct.pack(">I", 8 + len(picture)) + picture
    return b"icns" + struct.pack(">I", 8 + len(contents)) + contents


def png(svg: Path, size: int, margin: int = 0) -> bytes:
    """Return a drawing as a square PNG of so many pixels, transparent around it."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QBuffer, QIODevice, QRectF
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    inside = size - 2 * margin
    QSvgRenderer(str(svg)).render(painter, QRectF(margin, margin, inside, inside))
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())
