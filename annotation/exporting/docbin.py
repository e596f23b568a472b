"""The export that spaCy trains on: Docs with entities, span groups, and everything in user data."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from annotation.codebook import Codebook
from annotation.exporting.bins import BinFile, Example, pack, without_user_data
from annotation.exporting.exporter import ENTITY_LAYER, Loss, Selected, Written
from annotation.exporting.gold import GoldDoc, gold_doc, token_lengths
from annotation.exporting.group_keys import GroupKeys
from annotation.exporting.guide import guide
from annotation.exporting.tokenizers import Tokenizers
from annotation.exporting.training_set import TrainingSet

if TYPE_CHECKING:
    from spacy.tokens import DocBin

LONGEST_TEXT = 1_000_000
"""spaCy refuses longer texts in training, in code points (`nlp.max_length`)."""


class DocBinExporter:
    """Writes `corpus.spacy`, and training files with configurations for NER and spancat."""

    name = "docbin"
    title = "spaCy DocBin (.spacy)"
    carries = (
        "Named entities in doc.ents, each other label in doc.spans, relations, attributes, notes "
        "and exact offsets in doc.user_data; with configurations to train NER and spancat. "
        "Suggestions are not included."
    )

    def losses(self, articles: Iterable[Selected], codebook: Codebook) -> Iterator[Loss]:
        """Yield what Docs cannot hold exactly; writes nothing."""
        tokenizers, keys = Tokenizers(), GroupKeys(codebook)
        for selected in articles:
            doc = tokenizers.tokenize(selected.entry.article)
            yield from gold_doc(selected, doc, keys, codebook).losses

    def write(
        self,
        articles: Iterable[Selected],
        codebook: Codebook,
        folder: Path,
        report: Callable[[Loss], None],
    ) -> Written:
        """Write the articles into an empty folder, reporting each loss as it occurs."""
        tokenizers, keys = Tokenizers(), GroupKeys(codebook)
        corpus = BinFile(folder / "corpus.spacy", user_data=True)
        ner, spancat = TrainingSet("ner", folder), TrainingSet("spancat", folder)
        too_long = 0
        for selected in articles:
            article = selected.entry.article
            gold = gold_doc(selected, tokenizers.tokenize(article), keys, codebook)
            for loss in gold.losses:
                report(loss)
            packed = pack(gold.doc)
            corpus.add(packed)
            ner.asked |= ENTITY_LAYER in selected.wanted
            spancat.asked |= bool(selected.wanted - {ENTITY_LAYER})
            if len(article.text) > LONGEST_TEXT:
                too_long += 1
                continue
            plain = without_user_data(packed)
            _teach(selected, gold, plain, tokenizers.language_of(article), ner, spancat)
        corpus.close()
        facts = {set_.task: set_.write() for set_ in (ner, spancat)}
        trained = [task for task, written in facts.items() if written]
        (folder / "README.txt").write_text(guide(trained, keys, codebook), "utf-8", newline="\n")
        notes = (*ner.notes(), *spancat.notes(), *_notes(tokenizers, too_long))
        return Written(notes, {"training": facts, "spacy": _spacy_version()})


def _teach(
    selected: Selected,
    gold: GoldDoc,
    plain: DocBin,
    language: str,
    ner: TrainingSet,
    spancat: TrainingSet,
) -> None:
    """Give the Doc to the tasks for which nothing of it is missing."""
    article = selected.entry.article
    if not len(gold.doc):
        return
    if selected.layers.get(ENTITY_LAYER, "missing") != "missing":
        ner.add(Example(article.id, article.sha256, plain, len(gold.doc.ents)), language, ())
    if gold.all_spans:
        lengths = list(token_lengths(gold.doc))
        spancat.add(Example(article.id, article.sha256, plain, len(lengths)), language, lengths)


def _notes(tokenizers: Tokenizers, too_long: int) -> Iterator[str]:
    if tokenizers.replaced:
        names = ", ".join(sorted(tokenizers.replaced))
        yield (
            f"spaCy has no tokenizer here for the language {names}; the one for any language "
            "was used."
        )
    if too_long:
        yield (
            f"{too_long} longer than a million characters: in corpus.spacy, but not in the "
            "training files, as spaCy refuses such texts in training."
        )


def _spacy_version() -> str:
    from spacy.about import __version__

    return __version__
