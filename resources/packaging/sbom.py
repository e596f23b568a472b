"""The list of all that is in the program, for those who watch for known weaknesses.

Format: CycloneDX 1.6, https://cyclonedx.org/docs/1.6/json/. The same build gives the same bytes:
the time is that of the commit, and the serial number comes from the contents.
"""

import hashlib
import json
import re
import uuid
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from annotation import VERSION
from resources.packaging.changes import ROOT, built

LOCK = ROOT / "requirements-build.lock"
LOCKED = re.compile(r"^([\w.-]+)==([^ \\]+).*\\\n((?:    --hash=sha256:\w+(?: \\)?\n?)+)", re.M)
NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://cyclonedx.org/pressmark")
Json = dict[str, Any]


def write_sbom(folder: Path, resources: Path, dist: Path) -> Path:
    """Write the list of a frozen folder, whose resources lie in `resources`; return its file."""
    rows = json.loads((resources / "licences" / "index.json").read_text("utf-8"))
    facts = json.loads((resources / "build.json").read_text("utf-8"))
    target = dist / f"pressmark-{VERSION}.cdx.json"
    content = bom(rows, files_of(folder), locked_hashes(LOCK.read_text("utf-8")), facts["commit"])
    target.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", "utf-8")
    return target


def bom(
    rows: Iterable[Mapping[str, str]],
    files: Mapping[str, str],
    hashes: Mapping[str, list[str]],
    commit: str,
) -> Json:
    """Return the list: `rows` of licences/index.json, SHA-256 by file, locked ones by purl."""
    parts = [_library(row, hashes.get(row["purl"], [])) for row in rows]
    ours = next(part for part in parts if part["type"] == "application")
    others = [part for part in parts if part is not ours]
    others += [_file(name, digest) for name, digest in sorted(files.items())]
    content: Json = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "timestamp": built().strftime("%Y-%m-%dT%H:%M:%SZ"),
            "component": {
                **ours,
                "properties": [{"name": "pressmark:commit", "value": commit}],
            },
        },
        "components": others,
        "dependencies": [{"ref": ours["bom-ref"], "dependsOn": [p["bom-ref"] for p in others]}],
    }
    serial = uuid.uuid5(NAMESPACE, json.dumps(content, sort_keys=True))
    return {"serialNumber": f"urn:uuid:{serial}", **content}


def files_of(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of each file of a folder, by its path in it; links are left out."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            found[path.relative_to(folder).as_posix()] = digest
    return found


def locked_hashes(lock: str) -> dict[str, list[str]]:
    """Return the SHA-256 of a lock file by package URL: those of the wheels that may be used."""
    return {
        f"pkg:pypi/{match[1].lower()}@{match[2]}": re.findall(r"sha256:(\w+)", match[3])
        for match in LOCKED.finditer(lock)
    }


def _library(row: Mapping[str, str], hashes: Iterable[str]) -> Json:
    licence = row["licence"]
    spdx = row["purl"].startswith(("pkg:pypi/", "pkg:generic/"))
    part: Json = {
        "type": row["kind"],
        "bom-ref": row["purl"],
        "name": row["name"],
        "version": row["version"],
        "licenses": [{"expression": licence} if spdx else {"license": {"name": licence}}],
        "purl": row["purl"],
    }
    digests = [{"alg": "SHA-256", "content": digest} for digest in hashes]
    if digests:
        # Of all wheels of this version, one for each system: the lock does not say which is which.
        part["externalReferences"] = [
            {"type": "distribution", "url": row["purl"], "hashes": digests}
        ]
    return part


def _file(name: str, digest: str) -> Json:
    return {
        "type": "file",
        "bom-ref": f"file:{name}",
        "name": name,
        "hashes": [{"alg": "SHA-256", "content": digest}],
    }
