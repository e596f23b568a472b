"""The program laid out for a system's folders, as .deb, .rpm and AppImage want it."""

import gzip
import os
import shutil
from pathlib import Path

from resources.packaging.changes import ROOT, built
from resources.packaging.copyright import debian_copyright_file
from resources.packaging.desktop import write_share
from resources.packaging.manpage import write_manpage

PROGRAM = Path("usr/lib/pressmark")


def write_tree(root: Path, folder: Path) -> None:
    """Lay a frozen folder out below `root`, with all that makes the system know it."""
    shutil.rmtree(root, ignore_errors=True)
    (root / "usr/lib").mkdir(parents=True)
    link_tree(folder, root / PROGRAM)
    (root / "usr/bin").mkdir()
    (root / "usr/bin/pressmark").symlink_to("../lib/pressmark/pressmark")
    share = root / "usr/share"
    write_share(share)
    write_manpage(share / "man/man1/pressmark.1.gz", built())
    documents = share / "doc/pressmark"
    documents.mkdir(parents=True)
    (documents / "copyright").write_text(debian_copyright_file(folder), "utf-8")
    changelog = (ROOT / "CHANGELOG.md").read_bytes()
    (documents / "CHANGELOG.md.gz").write_bytes(gzip.compress(changelog, mtime=0))
    settle(root)


def link_tree(source: Path, target: Path) -> None:
    """Lay a folder out a second time without copying what is in its files."""
    shutil.copytree(source, target, copy_function=os.link, symlinks=True)


def settle(folder: Path) -> None:
    """Give everything in a folder the time of the commit, and the rights that its kind has."""
    moment = int(built().timestamp())
    for path in [folder, *folder.rglob("*")]:
        if not path.is_symlink():
            runs = path.is_dir() or (path.stat().st_mode & 0o100 and ".so" not in path.suffixes)
            path.chmod(0o755 if runs else 0o644)
        os.utime(path, (moment, moment), follow_symlinks=False)


def size_of(folder: Path) -> int:
    """Return the bytes of all files in a folder."""
    return sum(path.lstat().st_size for path in folder.rglob("*") if not path.is_dir())
