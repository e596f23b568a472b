"""Entities found by a spaCy model, in texts of any length and with bounded memory."""

import re
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from annotation.errors import ProjectError
from annotation.model_config import ENTITY_FACTORIES
from annotation.model_shapes import check_shapes
from annotation.models import SEAL, changed_files

if TYPE_CHECKING:
    from spacy.language import Language

Entity = tuple[int, int, str]
"""Start and end in code points, and the model's label."""

BATCH = 24_000
"""How many code points a model looks at in one go: about half a second of work."""

PIECE = 20_000
"""The longest text, in code points, that a model gets as one: some 4,000 tokens."""

LONGEST_RUN = 500
"""The longest word, in code points, that is looked at."""

_OTHER_COMPONENTS = (
    "tagger",
    "morphologizer",
    "parser",
    "senter",
    "attribute_ruler",
    "lemmatizer",
    "trainable_lemmatizer",
    "textcat",
    "textcat_multilabel",
    "entity_linker",
)

# Begins at the start of a word only, or each of its letters would be tried in turn.
_LONG_RUN = re.compile(rf"(?<!\S)\S{{{LONGEST_RUN + 1},}}")


def load(source: str) -> "Language":
    """Load a model, by its package's name or its folder's path, with only what is needed.

    Raises `ProjectError` when the model cannot be loaded, knows no entities, or is not what
    it was when it was added.
    """
    try:
        nlp = _loaded(source)
    except (ImportError, OSError, ValueError) as error:
        raise ProjectError(
            f"The language model {source} cannot be loaded ({error}). Install it again."
        ) from error
    if "tok2vec" in nlp.pipe_names:
        shared: Any = nlp.get_pipe("tok2vec")
        if not shared.listening_components:
            # The entity recogniser has vectors of its own; nobody reads these.
            nlp.remove_pipe("tok2vec")
    return nlp


def _loaded(source: str) -> "Language":
    folder = Path(source)
    if not folder.is_absolute():
        nlp: Language = import_module(source).load(exclude=list(_OTHER_COMPONENTS))
        if not set(ENTITY_FACTORIES) & set(nlp.pipe_names):
            raise ProjectError(f"The language model {source} does not look for entities.")
        return nlp
    if (folder / SEAL).is_file() and (changed := changed_files(folder)):
        raise ProjectError(
            f"The language model in {folder} is damaged: {', '.join(changed[:3])} is not as it "
            "was added. Remove the model and add it again."
        )
    from spacy import load as load_folder

    nlp = load_folder(folder, exclude=list(_OTHER_COMPONENTS))
    check_shapes(nlp)
    return nlp


def find_entities(nlp: "Language", texts: Sequence[str]) -> list[list[Entity]]:
    """Return the entities of each text in order of position, without blanks at their ends."""
    found: list[list[Entity]] = [[] for _ in texts]
    parts = [
        (piece, (number, offset))
        for number, text in enumerate(texts)
        for offset, piece in pieces(_without_long_runs(text))
    ]
    longest = max((len(piece) for piece, _ in parts), default=1)
    for doc, (number, offset) in nlp.pipe(
        parts, as_tuples=True, batch_size=max(BATCH // max(longest, 1), 1)
    ):
        for entity in doc.ents:
            start, end = _trimmed(doc.text, entity.start_char, entity.end_char)
            if start < end:
                found[number].append((offset + start, offset + end, entity.label_))
    return found


def pieces(text: str) -> Iterator[tuple[int, str]]:
    """Cut a text into pieces of at most `PIECE` code points, each with where it starts.

    Cuts fall at the end of a paragraph if the second half of a piece holds one, else at a
    blank, else anywhere.
    """
    start = 0
    while len(text) - start > PIECE:
        end = _cut(text, start + PIECE // 2, start + PIECE)
        yield start, text[start:end]
        start = end
    if start < len(text):
        yield start, text[start:]


def _cut(text: str, lowest: int, highest: int) -> int:
    for blank in ("\n", " "):
        position = text.rfind(blank, lowest, highest)
        if position >= 0:
            return position + 1
    return highest


def _without_long_runs(text: str) -> str:
    """Put blanks in the place of words longer than `LONGEST_RUN`; no offset moves.

    Nothing a person reads has such words, and spaCy's tokenizer needs time by the square
    of their length when they are made of brackets, quotes or emoji (16,000 brackets:
    23 seconds). So entities in there are not found.
    """
    return _LONG_RUN.sub(lambda run: " " * len(run[0]), text)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end
