"""The bundled language model, reduced to what finds entities."""

from pathlib import Path
from shutil import copyfile

from annotation.entities import load
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
