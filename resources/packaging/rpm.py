"""The package for Fedora, openSUSE and their relatives, packed by rpmbuild."""

import shutil
from pathlib import Path

from annotation import VERSION
from resources.packaging import depends
from resources.packaging.packer import run_packer
from resources.packaging.tree import write_tree

SPEC = Path(__file__).parent / "linux" / "pressmark.spec"


def write_rpm(folder: Path, dist: Path, work: Path, machine: str) -> Path:
    """Pack a frozen folder as an .rpm in `dist`, and return it; `work` is written anew."""
    shutil.rmtree(work, ignore_errors=True)
    root = work / "root"
    write_tree(root, folder)
    spec = work / "pressmark.spec"
    spec.write_text(spec_file(depends.for_rpm(depends.needs_of(folder))), "utf-8")
    command = ["rpmbuild", "-bb", "--quiet", "--noclean", "--noprep", "--target", machine]
    for name, value in {"_topdir": work, "_rpmdir": work, "_dbpath": work / "db"}.items():
        command += ["--define", f"{name} {value}"]
    command += ["--buildroot", str(root), str(spec)]
    run_packer(command)
    (made,) = work.glob(f"{machine}/*.rpm")
    target = dist / f"pressmark-{VERSION}-1.{machine}.rpm"
    shutil.move(made, target)
    shutil.rmtree(work)
    return target


def spec_file(wishes: depends.Wishes) -> str:
    """Return the spec with this version, and what the package requires and recommends."""
    lines = [f"Requires: {name}" for name in wishes.required]
    lines += [f"Recommends: {name}" for name in wishes.recommended]
    text = SPEC.read_text("utf-8").replace("@VERSION@", VERSION)
    return text.replace("@REQUIRES@", "\n".join(lines))
