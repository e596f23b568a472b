"""The bundled language models, reduced to what finds entities."""

from collections.abc import Iterable
from pathlib import Path
from shutil import copyfile

from annotation.entities import load
from annotation.model_adding import adding
from annotation.models import BUNDLED

LICENCE_NAMES = ("LICENSE", "LICENSES_SOURCES")


def write_bundled_model(folder: Path) -> None:
    """Write the bundled model's entity recogniser into a new folder, which spaCy loads.

    The recogniser has vectors of its own, so it finds the same without the other components.
    """
    from importlib.util import find_spec

    nlp = load(BUNDLED.package)
    folder.parent.mkdir(parents=True, exist_ok=True)
    nlp.to_disk(folder)
    spec = find_spec(BUNDLED.package)
    assert spec is not None and spec.origin is not None
    for licence in Path(spec.origin).parent.rglob("LICENSE*"):
        copyfile(licence, folder / licence.name)


def write_more_models(paths: Iterable[Path], folder: Path) -> None:
    """Add the models of wheels or folders to those that are shipped.

    They are checked as those are that a person adds; `ProjectError` says why one is refused.
    """
    for path in paths:
        for step in adding(path, folder):
            print(f"{step} …")
