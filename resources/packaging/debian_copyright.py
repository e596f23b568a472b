"""Which Debian packages files of the system come from, and their licences.

The machine-readable form of copyright files:
https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
"""

import platform
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatch
from pathlib import Path

from resources.packaging.component import BuildError, Component, joined

COMMON = Path("/usr/share/common-licenses")


def packages_of(files: Sequence[Path], named: Mapping[str, str]) -> list[Component]:
    """Return the packages that hold these files; raise BuildError where one is of no package.

    `named` gives licences by patterns of packages, where copyright files are not clear.
    """
    return [_component(package, named) for package in sorted({owner(file) for file in files})]


def owner(file: Path) -> str:
    """Return the package that a file belongs to, with its architecture: `libffi8:amd64`.

    A file may be known with or without /usr in front: both are the same where /lib is a link.
    """
    real = str(file.resolve())
    for name in dict.fromkeys([str(file), real, "/usr" + real, real.removeprefix("/usr")]):
        done = _run("dpkg-query", "--search", name)
        if done is not None:
            return done.split(": ")[0].split(",")[0]
    raise BuildError(
        f"{file} would be shipped and belongs to no Debian package and no Python distribution, so "
        "that nobody knows its licence. Build on Debian or Ubuntu, or leave it out in contents.py."
    )


def licence_of(text: str) -> str:
    """Return what a copyright file calls the licence of most files: that of `Files: *`."""
    stanzas = re.split(r"\n\s*\n", text)
    main = next((each for each in stanzas if re.search(r"^Files:\s*\*", each, re.M)), text)
    found = re.search(r"^License:[ \t]*(\S.*)$", main, re.M)
    return found[1].strip() if found else ""


def _component(package: str, named: Mapping[str, str]) -> Component:
    fields = _run("dpkg-query", "--show", "--showformat=${Package}\t${Version}", package) or ""
    name, version = fields.split("\t")
    text = Path("/usr/share/doc", name, "copyright").read_text("utf-8", errors="replace")
    kind = re.search(r"^ID=(\w+)", Path("/etc/os-release").read_text("utf-8"), re.M)
    machine = package.partition(":")[2] or platform.machine()
    purl = f"pkg:deb/{kind[1] if kind else 'debian'}/{name}@{version}?arch={machine}"
    licence = next((named[pattern] for pattern in named if fnmatch(name, pattern)), "")
    full = joined([text, *_common_texts(text)], f"apt source {name}={version}")
    return Component(name, version, licence or licence_of(text), purl, full)


def _common_texts(text: str) -> Iterator[str]:
    """Return the licences in full that a copyright file only points to."""
    for name in sorted(set(re.findall(rf"{COMMON}/([\w.-]*\w)", text))):
        if (COMMON / name).is_file():
            yield (COMMON / name).read_text("utf-8", errors="replace")


def _run(*command: str) -> str | None:
    if shutil.which(command[0]) is None:
        return None
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout if done.returncode == 0 else None
