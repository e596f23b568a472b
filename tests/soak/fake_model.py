"""A model for the real pre-highlighting process that loads at once: capitalised words are names."""

import re
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass

from annotation.models import Model

MODEL = Model("soak_names", "1.0", "en", "tests.soak.fake_model")


@dataclass
class Name:
    """What `annotation.entities` reads of an entity."""

    start_char: int
    end_char: int
    label_: str = "PERSON"


@dataclass
class Doc:
    """What `annotation.entities` reads of a text that a model has been through."""

    text: str

    @property
    def ents(self) -> list[Name]:
        return [Name(*found.span()) for found in re.finditer(r"\b[A-Z][a-z]{3,}\b", self.text)]


class Names:
    """What `annotation.entities` asks of a spaCy pipeline."""

    pipe_names = ("ner",)

    def memory_zone(self) -> nullcontext[None]:
        return nullcontext()

    def pipe(
        self, parts: Sequence[tuple[str, object]], as_tuples: bool, batch_size: int
    ) -> Iterator[tuple[Doc, object]]:
        for text, context in parts:
            yield Doc(text), context


def load(exclude: Sequence[str]) -> Names:
    return Names()
