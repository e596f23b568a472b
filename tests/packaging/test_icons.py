"""Icons in the formats of Windows and macOS, read back entry by entry."""

import struct

import pytest
from PySide6.QtGui import QColor, QImage

from resources.packaging import icons

pytestmark = pytest.mark.usefixtures("qapp")


def opaque_share(picture: bytes) -> float:
    image = QImage.fromData(picture)
    side = image.width()
    seen = [QColor(image.pixelColor(x, y)).alpha() for x in range(side) for y in range(side)]
    return sum(alpha > 128 for alpha in seen) / len(seen)


@pytest.mark.parametrize("svg", [icons.PROGRAM, icons.PROJECT])
def test_an_icon_of_windows_holds_each_size(svg, tmp_path):
    icons.write_ico(svg, tmp_path / "a.ico")
    content = (tmp_path / "a.ico").read_bytes()
    reserved, kind, count = struct.unpack_from("<HHH", content)
    assert (reserved, kind, count) == (0, 1, len(icons.ICO_SIZES))
    for number, size in enumerate(icons.ICO_SIZES):
        entry = struct.unpack_from("<BBBBHHII", content, 6 + 16 * number)
        picture = content[entry[7] : entry[7] + entry[6]]
        assert entry[0] % 256 == entry[1] == size % 256
        assert QImage.fromData(picture).width() == size
        assert 0.4 < opaque_share(picture) < 0.95, "drawn, with transparent corners"


def test_an_icon_of_macos_holds_each_size(tmp_path):
    icons.write_icns(icons.PROGRAM, tmp_path / "a.icns")
    content = (tmp_path / "a.icns").read_bytes()
    assert content[:4] == b"icns" and struct.unpack(">I", content[4:8])[0] == len(content)
    at, seen = 8, {}
    while at < len(content):
        kind, length = content[at : at + 4].decode(), struct.unpack_from(">I", content, at + 4)[0]
        seen[kind] = QImage.fromData(content[at + 8 : at + length]).width()
        at += length
    assert seen == icons.ICNS_KINDS
