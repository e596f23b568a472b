"""Adding a spaCy model from a folder or wheel to those of this person, and removing one.

Nothing of a model is run or installed: the files that are needed are copied by name, looked
through, and loaded once to see that they work. A copy counts when it is whole: it is made in a
folder of another name, which is renamed at the end. All this is done in a process of its own.
"""

import json
import re
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from time import time
from typing import Any

from annotation.errors import ProjectError
from annotation.model_config import Pipeline, read_config
from annotation.model_contents import (
    check_json,
    check_lines,
    check_strings,
    check_table,
    check_vectors,
    check_weights,
)
from annotation.model_source import CONFIG, META, Source, opened
from annotation.models import SEAL, SQUATTED, Model, installed_models, sealed_model

MAX_TEXT, MAX_DATA = 4_000_000, 1_500_000_000
"""How many bytes a description, and any other file, may have; `lg` models have 0.5 GB."""

STALE = 3_600
"""Seconds after which a half-done copy is nobody's any more."""

TEMPORARY = ".adding-"

FAILURES = (
    *(ArithmeticError, AssertionError, AttributeError, LookupError, MemoryError),
    *(RuntimeError, TypeError, ValueError),
)
"""What spaCy raises over files that are damaged."""

_NAME = re.compile(r"[A-Za-z0-9_]{1,60}")

_CHECKS = {
    "tokenizer": check_table,
    "vocab/strings.json": check_strings,
    "vocab/key2row": check_table,
    "vocab/lookups.bin": check_table,
    "vocab/vectors": check_vectors,
    "vocab/vectors.cfg": check_json,
}
_OF_COMPONENTS = {
    "ner": {"cfg": check_json, "model": check_weights, "moves": check_table},
    "tok2vec": {"cfg": check_json, "model": check_weights},
    "entity_ruler": {"cfg": check_json, "patterns.jsonl": check_lines},
    "span_ruler": {"patterns": check_lines},
}


def adding(path: Path, folder: Path) -> Generator[str, None, Model]:
    """Add the model of a folder or wheel to those in `folder`; yields what it is doing.

    Raises `ProjectError` that says what is wrong with the model; then nothing is kept.
    """
    yield f"Looking at {path.name}"
    with opened(path) as source, _half_done(folder) as half:
        about, pipeline = _read(source, path.name, half)
        model = _described(about, pipeline)
        place = folder / f"{model.name}-{model.version}"
        if model.author in [one.author for one in installed_models(folder)]:
            raise ProjectError(
                f"{model.author} is there already. To add it once more, remove it first."
            )
        yield f"Copying {model.author}"
        _copy(source, pipeline, half)
        yield f"Checking {model.author}"
        _check(pipeline, half, model.author)
        _try(half, model.author)
        _seal(half, about)
        try:
            half.rename(place)
        except OSError as error:
            raise ProjectError(f"{place} cannot be made: {error.strerror}.") from error
    added = sealed_model(place)
    assert added is not None
    return added


def remove_model(model: Model) -> None:
    """Delete a model that was added; `ProjectError` for one that was not, or cannot be."""
    if not model.removable:
        raise ProjectError(f"{model.author} came with the program and cannot be removed here.")
    place = Path(model.path)
    try:
        # Renamed first, so that a model is there whole or not at all.
        gone = Path(mkdtemp(prefix=TEMPORARY, dir=place.parent), "model")
        place.rename(gone)
        rmtree(gone.parent)
    except OSError as error:
        raise ProjectError(f"{model.author} cannot be removed: {error.strerror}.") from error


@contextmanager
def _half_done(folder: Path) -> Iterator[Path]:
    """Give a folder for a copy that is gone at the end, unless it was renamed."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob(f"{TEMPORARY}*"):
            if old.stat().st_mtime < time() - STALE:
                rmtree(old, ignore_errors=True)
        outer = Path(mkdtemp(prefix=TEMPORARY, dir=folder))
    except OSError as error:
        raise ProjectError(f"{folder} cannot be written to: {error.strerror}.") from error
    half = outer / "model"
    try:
        half.mkdir()
        yield half
    except OSError as error:  # a full disk, foremost
        raise ProjectError(f"The model cannot be copied: {error.strerror}.") from error
    finally:
        rmtree(outer, ignore_errors=True)


def _read(source: Source, name: str, half: Path) -> tuple[dict[str, Any], Pipeline]:
    """Return the description of the model and its configuration, both checked."""
    for file in (META, CONFIG):
        source.copy(file, half / file, MAX_TEXT)
    about = check_json(half / META)
    try:
        pipeline = read_config((half / CONFIG).read_text("utf-8"))
    except UnicodeDecodeError as error:
        raise ProjectError(f"{CONFIG} of {name} is not UTF-8.") from error
    except ProjectError as error:
        raise ProjectError(f"The model in {name} cannot be added: {error}") from None
    (half / CONFIG).write_text(pipeline.text(), "utf-8")
    return about, pipeline


def _described(about: dict[str, Any], pipeline: Pipeline) -> Model:
    """Return what the model says of itself; `ProjectError` where that cannot be."""
    texts = {n: about.get(n, "") for n in ("lang", "name", "version", "spacy_version", "license")}
    for name, text in texts.items():
        if not isinstance(text, str) or len(text) > 200 or not text.isprintable():
            raise ProjectError(f"{META}: {name} is no line of text.")
    if texts["lang"] != pipeline.language or not _NAME.fullmatch(texts["name"]):
        raise ProjectError(f"{META}: language and name do not say which model this is.")
    name = f"{texts['lang']}_{texts['name']}"
    _fits(f"{name} {texts['version']}", texts["version"], texts["spacy_version"])
    return Model(name, texts["version"], texts["lang"], "", licence=texts["license"])


def _fits(author: str, version: str, wanted: str) -> None:
    from importlib.metadata import PackageNotFoundError

    from packaging.specifiers import InvalidSpecifier, SpecifierSet
    from packaging.version import InvalidVersion, Version
    from spacy.about import __version__ as ours

    try:
        Version(version)
        fits = bool(wanted) and SpecifierSet(wanted).contains(ours, prereleases=True)
    except (InvalidVersion, InvalidSpecifier, PackageNotFoundError) as error:
        raise ProjectError(f"{META} of {author}: {error}.") from error
    if version == SQUATTED:
        raise ProjectError(f"{author} is no model: packages of this version only hold its name.")
    if not fits:
        raise ProjectError(
            f"{author} is for spaCy {wanted or '(it does not say which)'}, and here is spaCy "
            f"{ours}. Get the version of the model for that."
        )


def _copy(source: Source, pipeline: Pipeline, half: Path) -> None:
    """Copy what is needed, by name; code and all else stays behind."""
    left = MAX_DATA
    for name in (*_CHECKS, *(name for name, _ in _component_files(pipeline))):
        left -= source.copy(name, half / name, left)
    for name in source.names():
        if name.startswith(("LICENSE", "LICENCE", "COPYING", "NOTICE")) and "\\" not in name:
            left -= source.copy(name, half / name, MAX_TEXT)


def _component_files(pipeline: Pipeline) -> Iterator[tuple[str, Any]]:
    for component, factory in pipeline.factories.items():
        for name, check in _OF_COMPONENTS[factory].items():
            yield f"{component}/{name}", check


def _check(pipeline: Pipeline, half: Path, author: str) -> None:
    """Look through all that was copied before spaCy reads it."""
    for name, check in (*_CHECKS.items(), *_component_files(pipeline)):
        if (half / name).exists():
            try:
                check(half / name)
            except ProjectError as error:
                raise ProjectError(f"{author} cannot be added: {error}") from None


def _try(half: Path, author: str) -> None:
    """Load the model and let it read a sentence."""
    from annotation.entities import find_entities, load

    try:
        find_entities(load(str(half)), ["Maria Hale met the council of Lisbon on 3 May 2024."])
    except ProjectError as error:
        raise ProjectError(f"{author} cannot be used: {error}") from None
    except FAILURES as error:
        raise ProjectError(
            f"{author} cannot be used: its files do not fit together ({error})."
        ) from error


def _seal(half: Path, about: dict[str, Any]) -> None:
    """Write down what was added, which makes the folder count as a model."""
    said = ("lang", "name", "version", "spacy_version", "license", "author", "url", "description")
    kept: dict[str, Any] = {name: str(about[name]) for name in said if name in about}
    vectors = about.get("vectors")
    named = vectors.get("name") if isinstance(vectors, dict) else None
    kept["vectors"] = {"name": named if isinstance(named, str) else None}
    (half / META).write_text(json.dumps(kept, ensure_ascii=False, indent=1), "utf-8")
    files = sorted(path for path in half.rglob("*") if path.is_file())
    sums = {
        path.relative_to(half).as_posix(): sha256(path.read_bytes()).hexdigest() for path in files
    }
    (half / SEAL).write_text(json.dumps({"format": SEAL, "files": sums}, indent=1), "utf-8")
