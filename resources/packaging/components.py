"""What the frozen program is made of: each shipped file belongs to one component.

A component is a Python distribution, Python itself, a Debian package of the system that the
program is built on, or a part of others in one of these (licences/parts.toml). Models are read
from their own description.
"""

import json
import os
import sys
import sysconfig
from collections.abc import Iterable
from importlib.metadata import Distribution, PackagePath, distributions
from pathlib import Path
from typing import NamedTuple

from annotation import VERSION
from resources.packaging import debian_copyright
from resources.packaging.component import BuildError, Component, joined
from resources.packaging.licence_facts import Facts, field, read_facts, spdx

ROOT = Path(__file__).resolve().parents[2]
TEXTS = Path(__file__).parent / "licences"
LICENCE_WORDS = ("licen", "copying", "notice", "authors")


def components(sources: Iterable[str], models: Path) -> list[Component]:
    """Return the components that these files of the building computer belong to, by name.

    `sources` are absolute paths, `models` is the folder of models that are shipped. Raises
    BuildError for a file of unknown origin, and for a component without a licence or its text.
    """
    facts = read_facts(TEXTS / "parts.toml")
    owners = _distributions_by_file()
    used: dict[str, Distribution] = {"pyinstaller": owners.by_name["pyinstaller"]}
    foreign: list[Path] = []
    for source in map(Path, sources):
        owner = owners.of(source)
        if owner is not None:
            used[owner.metadata["Name"].lower()] = owner
        elif not (_is_ours(source) or _is_pythons(source)):
            foreign.append(source)
    found = [_pressmark(), _python()]
    if any(_is_microsofts(source) for source in foreign):
        foreign = [source for source in foreign if not _is_microsofts(source)]
        found.append(_microsoft())
    found += [_component_of(distribution, facts) for distribution in used.values()]
    found += [_part(part) for part in facts.parts if part["within"].lower() in used]
    found += [_model(path.parent) for path in sorted(models.glob("*/meta.json"))]
    found += debian_copyright.packages_of(foreign, facts.debian)
    return complete(found)


def complete(found: Iterable[Component]) -> list[Component]:
    """Return components by name; raise BuildError for one whose licence or text is not known."""
    found = sorted(found, key=lambda component: component.name.lower())
    for component in found:
        if not (component.licence and component.text.strip()):
            raise BuildError(
                f"{component.name} {component.version} is shipped, and its licence or the text "
                f"of it is not known: add them to {TEXTS / 'parts.toml'} (of a model: as a file "
                "LICENSE beside its meta.json)."
            )
    return found


class _Owners(NamedTuple):
    by_file: dict[str, Distribution]
    by_name: dict[str, Distribution]

    def of(self, file: Path) -> Distribution | None:
        return self.by_file.get(_key(file))


def _distributions_by_file() -> _Owners:
    packages = [sysconfig.get_path("purelib"), sysconfig.get_path("platlib")]
    owners = _Owners({}, {})
    for distribution in distributions(path=list(dict.fromkeys(packages))):
        owners.by_name[distribution.metadata["Name"].lower()] = distribution
        for file in distribution.files or ():
            owners.by_file[_key(distribution.locate_file(file))] = distribution
    return owners


def _key(path: object) -> str:
    return os.path.normcase(os.path.normpath(str(path)))


def _is_ours(source: Path) -> bool:
    return source.is_relative_to(ROOT) and not source.is_relative_to(sys.prefix)


def _is_pythons(source: Path) -> bool:
    own = [] if sys.base_prefix == "/usr" else [sys.base_prefix]  # there it is the whole system
    return any(source.is_relative_to(place) for place in [*own, sysconfig.get_path("stdlib")])


def _is_microsofts(source: Path) -> bool:
    windows = os.environ.get("SYSTEMROOT")
    return windows is not None and source.is_relative_to(windows)


def _component_of(distribution: Distribution, facts: Facts) -> Component:
    name, version = distribution.metadata["Name"], distribution.version
    known = facts.distributions.get(name, {})
    if known.get("reviewed", version) != version:
        raise BuildError(
            f"{name} is {version} now, and {TEXTS / 'parts.toml'} was checked for "
            f"{known['reviewed']}: check what it holds and its licences, then change that file."
        )
    own = [_read(distribution.locate_file(file)) for file in _licence_files(distribution)]
    texts = [known.get("note", ""), *own, *map(_committed, known.get("texts", ()))]
    return Component(
        name,
        version,
        known.get("licence") or spdx(distribution.metadata),
        f"pkg:pypi/{name.lower().replace('_', '-')}@{version}",
        joined(texts, _home(distribution)),
    )


def _licence_files(distribution: Distribution) -> list[PackagePath]:
    """Return the files of a distribution that hold licences, each text once."""
    files = {
        str(file): file
        for file in distribution.files or ()
        if any(word in file.name.lower() for word in LICENCE_WORDS)
        and file.suffix.lower() in ("", ".txt", ".md", ".rst", ".apache", ".bsd", ".markdown-it")
    }
    return [files[name] for name in sorted(files)]


def _home(distribution: Distribution) -> str:
    """Return where the source code of a distribution is, as far as its metadata tells."""
    urls = dict(line.split(", ", 1) for line in distribution.metadata.get_all("Project-URL") or ())
    wanted = (label for label in urls if label.lower() in ("source", "source code", "repository"))
    label = next(wanted, None)
    page = urls[label] if label else field(distribution.metadata, "Home-page")
    return page or next(iter(urls.values()), "")


def _part(part: dict[str, str]) -> Component:
    name, version = part["name"], part["version"]
    texts = [part.get("note", ""), *map(_committed, part["texts"])]
    purl = f"pkg:generic/{name.split()[0].lower()}@{version}"
    return Component(name, version, part["licence"], purl, joined(texts, part["source"]))


def _model(folder: Path) -> Component:
    """Return a model by what spaCy's meta.json says of it; its licences lie beside that."""
    meta = json.loads(_read(folder / "meta.json"))
    texts = [_read(path) for path in sorted(folder.glob("LICEN*"))]
    purl = f"pkg:generic/{folder.name}@{meta['version']}"
    licence = str(meta.get("license", ""))
    text = joined(texts, meta.get("url", ""))
    return Component(folder.name, meta["version"], licence, purl, text, "machine-learning-model")


def _pressmark() -> Component:
    text = _read(ROOT / "LICENSE")
    purl = f"pkg:generic/pressmark@{VERSION}"
    return Component("Pressmark", VERSION, "MIT", purl, text, "application")


def _python() -> Component:
    version = ".".join(map(str, sys.version_info[:3]))
    library = Path(sysconfig.get_path("stdlib"))
    places = [library / "LICENSE.txt", Path(sys.base_prefix, "LICENSE.txt")]
    own = [_read(place) for place in places if place.is_file()][:1]
    texts = [*own, _committed("Python-parts.txt")] if own else []
    text = joined(texts, "https://www.python.org/downloads/source/")
    return Component("Python", version, "PSF-2.0", f"pkg:generic/python@{version}", text)


def _microsoft() -> Component:
    name, licence = "Microsoft C and C++ runtime", "LicenseRef-Microsoft-distributable-code"
    text = _committed("Microsoft-runtime.txt")
    return Component(name, "unknown", licence, "pkg:generic/microsoft-runtime@unknown", text)


def _committed(name: str) -> str:
    return _read(TEXTS / name)


def _read(path: object) -> str:
    return Path(str(path)).read_text("utf-8", errors="replace")
