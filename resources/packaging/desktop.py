"""What makes Linux desktops know Pressmark: menu entry, file type, icons, software catalogue."""

import shutil
from collections.abc import Sequence
from pathlib import Path

from resources.packaging import icons
from resources.packaging.changes import Release, our_releases

DATA = Path(__file__).parent / "linux"
APPLICATION = "io.github.pressmark.Pressmark"
ICONS = {"apps/pressmark": icons.PROGRAM, "mimetypes/application-vnd.pressmark": icons.PROJECT}
SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)
"""Pixels: those of the icon theme hicolor that desktops look for."""


def write_share(share: Path) -> None:
    """Write all of it below a folder `share`, laid out as /usr/share is."""
    _copy("pressmark.desktop", share / "applications")
    _copy("pressmark.xml", share / "mime" / "packages")
    catalogue = share / "metainfo" / f"{APPLICATION}.metainfo.xml"
    catalogue.parent.mkdir(parents=True, exist_ok=True)
    catalogue.write_text(metainfo(our_releases()), "utf-8")
    for name, drawing in ICONS.items():
        _write_icon(share / "icons" / "hicolor", name, drawing)


def metainfo(releases: Sequence[Release]) -> str:
    """Return the entry of software catalogues (AppStream) with these releases in it."""
    lines = [
        f'<release version="{release.version}" date="{release.date}" '
        f'type="{"stable" if release.released else "development"}"/>'
        for release in releases
    ]
    return (DATA / "metainfo.xml").read_text("utf-8").replace("@RELEASES@", "\n    ".join(lines))


def _copy(name: str, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(DATA / name, folder / name)


def _write_icon(theme: Path, name: str, drawing: Path) -> None:
    for size in SIZES:
        target = theme / f"{size}x{size}" / f"{name}.png"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(icons.png(drawing, size))
    target = theme / "scalable" / f"{name}.svg"
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(drawing, target)
