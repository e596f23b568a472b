"""Small spaCy models, good ones and wicked ones, as folders and wheels."""

import json
import zipfile
from pathlib import Path
from typing import Any

import spacy

NAME = "xx_tiny-1.0.0"


def make_model(folder: Path, ner: bool = True) -> Path:
    """Write a pipeline of spaCy's into a new folder: a ruler that knows Lisbon, maybe an NER."""
    nlp = spacy.blank("xx", meta={"name": "tiny", "version": "1.0.0", "license": "CC0"})
    if ner:
        recogniser = nlp.add_pipe("ner")
        recogniser.add_label("LOC")
        nlp.initialize()
    ruler: Any = nlp.add_pipe("entity_ruler", config={"overwrite_ents": True})
    ruler.add_patterns([{"label": "LOC", "pattern": "Lisbon"}])
    nlp.add_pipe("sentencizer")
    nlp.to_disk(folder)
    return folder


def describe(folder: Path, **said: object) -> None:
    """Say something else in the model's description."""
    path = folder / "meta.json"
    path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), **said}), "utf-8")


def configure(folder: Path, old: str, new: str) -> None:
    """Put something else into the model's configuration."""
    path = folder / "config.cfg"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def wheel_of(folder: Path, wheel: Path, **more: str) -> Path:
    """Pack a model as its makers do, with more files beside it."""
    with zipfile.ZipFile(wheel, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                archive.write(path, f"xx_tiny/{NAME}/{path.relative_to(folder).as_posix()}")
        for name, text in more.items():
            archive.writestr(name, text)
    return wheel


class Payload:
    """Unpickled, it makes a file: proof that somebody's code has run."""

    def __init__(self, trace: Path) -> None:
        self._trace = trace

    def __reduce__(self) -> tuple[Any, ...]:
        return Path.touch, (self._trace,)
