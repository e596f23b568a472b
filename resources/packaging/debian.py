"""The package for Debian and Ubuntu, packed by their own dpkg-deb."""

import gzip
import hashlib
import shutil
from email.utils import format_datetime
from pathlib import Path

from annotation import VERSION
from resources.packaging import depends
from resources.packaging.changes import built
from resources.packaging.packer import run_packer
from resources.packaging.tree import settle, size_of, write_tree

ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}
COMPRESSION = ["-Zxz", "-z6", "--threads-max=2"]
"""The number of threads is part of the bytes: always the same. Level 9 saves 4 million bytes of 70,
and takes three times as long, for it hardly uses the second thread."""

MAINTAINER = "Pressmark contributors <noreply@pressmark.invalid>"
DESCRIPTION = """\
tag claims, sources and events in news articles
 Pressmark is a desktop application for media researchers: it tags claims,
 their sources and the words that attribute them, named entities and events in
 news articles, links who said what, and exports gold corpora.
 .
 Named entities are highlighted beforehand by spaCy; a project is one local
 file; nothing is sent anywhere. Python and all libraries are included."""


def write_deb(folder: Path, dist: Path, work: Path, machine: str) -> Path:
    """Pack a frozen folder as a .deb in `dist`, and return it; `work` is written anew."""
    write_tree(work, folder)
    architecture = ARCHITECTURES[machine]
    changes = work / "usr/share/doc/pressmark/changelog.gz"
    changes.write_bytes(gzip.compress(changelog().encode(), mtime=0))
    control = work / "DEBIAN"
    control.mkdir()
    wishes = depends.for_debian(depends.needs_of(folder))
    (control / "control").write_text(control_file(wishes, architecture, size_of(work)), "utf-8")
    (control / "md5sums").write_text(_md5sums(work), "utf-8")
    settle(work)
    target = dist / f"pressmark_{VERSION}_{architecture}.deb"
    command = ["dpkg-deb", "--root-owner-group", *COMPRESSION, "--build", str(work), str(target)]
    run_packer(command)
    shutil.rmtree(work)
    return target


def control_file(wishes: depends.Wishes, architecture: str, size: int) -> str:
    """Return the file `control`; `size` is in bytes."""
    fields = {
        "Package": "pressmark",
        "Version": VERSION,
        "Architecture": architecture,
        "Maintainer": MAINTAINER,
        "Installed-Size": str(-(-size // 1024)),
        "Depends": ", ".join(wishes.required),
        "Recommends": ", ".join(wishes.recommended),
        "Section": "science",
        "Priority": "optional",
        "Description": DESCRIPTION,
    }
    return "".join(f"{name}: {value}\n" for name, value in fields.items())


def changelog() -> str:
    """Return the package's changes in Debian's form: where those of the program stand."""
    when = format_datetime(built())
    return (
        f"pressmark ({VERSION}) unstable; urgency=medium\n\n"
        f"  * The changes are listed in CHANGELOG.md.gz.\n\n -- {MAINTAINER}  {when}\n"
    )


def _md5sums(root: Path) -> str:
    lines = []
    for path in sorted(root.rglob("*")):
        if path.is_file() and not path.is_symlink() and path.parent.name != "DEBIAN":
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "md5").hexdigest()
            lines.append(f"{digest}  {path.relative_to(root)}\n")
    return "".join(lines)
