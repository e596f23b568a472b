"""The archive for one person without administrator rights, with its install script."""

import gzip
import shutil
import tarfile
from pathlib import Path

from annotation import VERSION
from resources.packaging import depends
from resources.packaging.desktop import DATA, write_share
from resources.packaging.tree import link_tree, settle


def write_tarball(folder: Path, dist: Path, work: Path, machine: str) -> Path:
    """Pack a frozen folder as .tar.gz in `dist`, and return it; `work` is written anew."""
    name = f"pressmark-{VERSION}-linux-{machine}"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    link_tree(folder, work / name)
    shutil.copy(DATA / "install.sh", work / name)
    (work / name / "README.txt").write_text(readme(depends.needs_of(folder), machine), "utf-8")
    write_share(work / name / "share")
    settle(work / name)
    target = dist / f"{name}.tar.gz"
    pack(work / name, target)
    shutil.rmtree(work)
    return target


def readme(needs: depends.Needs, machine: str) -> str:
    """Return README.txt for a computer of this kind."""
    packages = [name.split()[0] for name in depends.for_debian(needs).required]
    values = {
        "@VERSION@": VERSION,
        "@MACHINE@": machine,
        "@GLIBC@": needs.glibc,
        "@PACKAGES@": " ".join(name for name in packages if name not in ("libc6", "libgcc-s1")),
    }
    text = (DATA / "README.txt").read_text("utf-8")
    for name, value in values.items():
        text = text.replace(name, value)
    return text


def pack(folder: Path, target: Path) -> None:
    """Pack a folder that is settled so that the same files give the same bytes: sorted, of root."""
    with (
        target.open("wb") as raw,
        gzip.GzipFile("", "wb", 9, raw, mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.GNU_FORMAT) as archive,
    ):
        for path in [folder, *sorted(folder.rglob("*"))]:
            name = path.relative_to(folder.parent).as_posix()
            archive.add(path, name, recursive=False, filter=_plain)


def _plain(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = "root"
    return entry
