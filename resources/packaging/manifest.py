"""Write the manifest of a release, which Help ▸ Check for updates… reads once it is signed.

    python -m resources.packaging.manifest [--notes FILE] [--expires DAYS] [FOLDER]

FOLDER (default: dist) holds the packages of all systems. The form is in docs/packaging.md.
"""

import argparse
import json
import re
import sys
import tarfile
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from hashlib import file_digest
from pathlib import Path

from annotation import VERSION
from annotation.errors import ProjectError
from annotation.releases.computer import architecture
from annotation.releases.manifest import FORMAT, MAX_NOTES, NAME, PRODUCT, read_manifest

ROOT = Path(__file__).resolve().parents[2]

SYSTEMS = {
    **{".tar.gz": "linux", ".deb": "linux", ".rpm": "linux", ".AppImage": "linux"},
    **{".exe": "windows", ".msi": "windows", ".zip": "windows", ".dmg": "macos"},
}
"""For which system a package is, by the end of its name."""

NEEDS = {"windows": {"windows": "10.0.17763"}, "macos": {"macos": "13.0"}}
"""The oldest systems that Qt 6.11 runs on (doc.qt.io/qt-6/supported-platforms.html)."""

_MACHINE = re.compile(r"x86_64|amd64|arm64|aarch64")
_GLIBC = re.compile(r"needs the C library glibc ([0-9]+\.[0-9]+)")


def main(words: list[str] | None = None) -> int:
    """Write the manifest and say how it is signed; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m resources.packaging.manifest")
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "dist")
    parser.add_argument("--notes", type=Path, help="what is new (default: from CHANGELOG.md)")
    parser.add_argument("--expires", type=int, metavar="DAYS", help="not to be believed after that")
    options = parser.parse_args(words)
    try:
        text = (
            options.notes.read_text("utf-8")
            if options.notes
            else notes_of((ROOT / "CHANGELOG.md").read_text("utf-8"))
        )
        path = write_manifest(options.folder, text.strip(), datetime.now(UTC), options.expires)
    except (ProjectError, OSError) as error:
        print(f"manifest: {error}", file=sys.stderr)
        return 1
    print(f"{path}\nSign it, and put both beside the packages:\n  minisign -Sm {path}")
    return 0


def write_manifest(folder: Path, notes: str, now: datetime, days: int | None = None) -> Path:
    """Write the manifest of this version's packages into their folder; return its path.

    Raises ProjectError where there are none, or for a manifest that the program would refuse.
    """
    files = describe(sorted(folder.iterdir()))
    if not files:
        raise ProjectError(f"{folder} has no package of {VERSION}.")
    if len(notes) > MAX_NOTES:
        raise ProjectError(
            f"What is new takes {len(notes):,} characters, and {MAX_NOTES:,} can be shown. Write "
            "the best of it into a file, and give that as --notes."
        )
    facts: dict[str, object] = {
        "format": FORMAT,
        "product": PRODUCT,
        "version": VERSION,
        "date": _time(now),
        "notes": notes,
        "files": files,
    }
    if days is not None:
        facts["expires"] = _time(now + timedelta(days))
    data = (json.dumps(facts, ensure_ascii=False, indent=1) + "\n").encode()
    read_manifest(data, NAME)
    target = folder / NAME
    target.write_bytes(data)
    return target


def describe(paths: Iterable[Path]) -> list[dict[str, object]]:
    """Return the packages of this version among files, as the manifest tells of them."""
    found = [(path, _system(path), _MACHINE.search(path.name)) for path in paths]
    packages = [
        (path, system, architecture(machine.group())) for path, system, machine in found
        if system and machine
    ]  # fmt: skip
    glibc = {
        machine: needed
        for path, _, machine in packages
        if path.name.endswith(".tar.gz") and (needed := _glibc(path))
    }
    described = []
    for path, system, machine in packages:
        with path.open("rb") as content:
            digest = file_digest(content, "sha256").hexdigest()
        linux = {"glibc": glibc[machine]} if machine in glibc else {}
        described.append(
            {
                "name": path.name,
                "system": system,
                "architecture": machine,
                "size": path.stat().st_size,
                "sha256": digest,
                "needs": NEEDS.get(system, linux),
            }
        )
    return described


def notes_of(changelog: str) -> str:
    """Return what a changelog says of this version, or else of what is not released yet."""
    sections = re.split(r"^## ", changelog, flags=re.M)[1:]
    by_name = {section.partition("]")[0].lstrip("["): section for section in sections}
    section = by_name.get(VERSION) or by_name.get("Unreleased", "")
    text = section.partition("\n")[2].strip()
    return re.sub(r"\[([^]]+)\]\([^)]+\)", r"\1", text).replace("### ", "")


def _system(path: Path) -> str:
    if not path.is_file() or not path.name.startswith("pressmark") or VERSION not in path.name:
        return ""
    return next((system for end, system in SYSTEMS.items() if path.name.endswith(end)), "")


def _glibc(package: Path) -> str:
    """Return the glibc that the script in a package asks for, which the build has found out."""
    with tarfile.open(package) as content:
        for member in content:
            if member.isfile() and re.fullmatch(r"[^/]+/pressmark", member.name):
                script = content.extractfile(member)
                text = script.read(20_000).decode("utf-8", "replace") if script else ""
                needed = _GLIBC.search(text)
                return needed.group(1) if needed else ""
    return ""


def _time(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")


if __name__ == "__main__":
    sys.exit(main())
