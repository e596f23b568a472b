"""One article as a spaCy Doc, and what a Doc cannot say of it exactly."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from annotation.codebook import Codebook
from annotation.exporting.exporter import ENTITY_LAYER, Loss, LossKind, Selected
from annotation.exporting.group_keys import ALL_SPANS, GroupKeys
from annotation.exporting.selection import quoted
from annotation.jsonl import entry_to_dict
from annotation.model import Article, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.tokens import Span as TokenSpan

USER_DATA = "pressmark"
"""The key in `doc.user_data` under which everything is kept exactly."""

KEPT = "the exact offsets are in doc.user_data"


@dataclass(frozen=True, slots=True)
class GoldDoc:
    """A Doc with its losses; `all_spans` tells whether `doc.spans["sc"]` is there."""

    doc: Doc
    losses: tuple[Loss, ...]
    all_spans: bool


def gold_doc(selected: Selected, doc: Doc, keys: GroupKeys, codebook: Codebook) -> GoldDoc:
    """Put what is exported of an article into its tokenized text, and say what did not fit."""
    article = selected.entry.article
    fitting = _Fitting(article, doc)
    spans = sorted(selected.entry.annotations.spans, key=lambda s: (s.start, -s.end, s.id))
    entities: list[_Piece] = []
    groups = _empty_groups(selected, keys)
    everything = groups[ALL_SPANS] = []
    for span in spans:
        if span.layer == ENTITY_LAYER:
            entities += [(span, piece) for piece in fitting.pieces(span, span.label)]
            continue
        pieces = fitting.pieces(span, keys.label(span.layer, span.label))
        groups.setdefault(keys.key(span.layer, span.label), []).extend(pieces)
        everything.extend(pieces)
    if selected.layers.get(ENTITY_LAYER, "missing") != "missing":
        complete = selected.layers[ENTITY_LAYER] == "complete"
        chosen, unsaid = fitting.without_overlaps(entities)
        doc.set_ents(chosen, missing=unsaid, default="outside" if complete else "missing")
    all_spans = _looked_at_all(selected)
    if not all_spans:
        del groups[ALL_SPANS]
    for key, pieces in groups.items():
        doc.spans[key] = pieces
    doc.user_data[USER_DATA] = _exact(selected, codebook)
    return GoldDoc(doc, tuple(fitting.losses), all_spans)


def _empty_groups(selected: Selected, keys: GroupKeys) -> dict[str, list[TokenSpan]]:
    """Return a group for each label that was looked for; an empty one then means none."""
    return {
        key: []
        for layer, status in selected.layers.items()
        if layer != ENTITY_LAYER and status == "complete"
        for key in keys.of_layer(layer)
    }


def _looked_at_all(selected: Selected) -> bool:
    """Tell whether every layer asked for, besides the entities, is complete in this article.

    spancat reads an absent group as "none", so it may only see such articles.
    """
    statuses = [selected.layers[name] for name in selected.wanted if name != ENTITY_LAYER]
    return bool(statuses) and all(status == "complete" for status in statuses)


def _exact(selected: Selected, codebook: Codebook) -> dict[str, object]:
    """Return the article's line of `pressmark/1` without text and suggestions, plus `layers`."""
    entry = selected.entry
    decided = replace(entry, annotations=replace(entry.annotations, suggestions=()))
    data = entry_to_dict(decided, codebook)
    article = data["article"]
    assert isinstance(article, dict)
    data["article"] = {name: value for name, value in article.items() if name != "text"}
    data["layers"] = dict(selected.layers)
    return data


_Piece = tuple[Span, "TokenSpan"]


class _Fitting:
    """Fits spans to the tokens of one Doc and keeps account of what had to give."""

    def __init__(self, article: Article, doc: Doc) -> None:
        self._article = article
        self._doc = doc
        self._seen: dict[tuple[str, tuple[tuple[int, int], ...]], Span] = {}
        self.losses: list[Loss] = []

    def pieces(self, span: Span, label: str) -> list[TokenSpan]:
        """Return a token span for each fragment; none for what another span says already."""
        found: list[TokenSpan] = []
        for start, end in span.fragments:
            piece = self._piece(span, label, start, end)
            if piece is not None and not any(_same_tokens(piece, other) for other in found):
                found.append(piece)
        if not found:
            return []
        key = (f"{span.layer}/{span.label}", tuple((piece.start, piece.end) for piece in found))
        other = self._seen.setdefault(key, span)
        if other is not span:
            self._lose(span, "merged", _merged(other))
            return []
        if len(span.fragments) > 1:
            self._lose(
                span,
                "discontinuous",
                f"Stored as {len(found)} spans with the same id, one for each fragment.",
            )
        return found

    def _piece(self, span: Span, label: str, start: int, end: int) -> TokenSpan | None:
        text = self._article.text
        if text[start].isspace() or text[end - 1].isspace():
            words = text[start:end]
            start, end = end - len(words.lstrip()), start + len(words.rstrip())
            if start >= end:
                self._lose(span, "trimmed", f"Left out of the Doc, as it is all blanks; {KEPT}.")
                return None
            self._lose(span, "trimmed", f"Stored without the blanks at its edges; {KEPT}.")
        piece = self._doc.char_span(start, end, label, alignment_mode="expand", span_id=span.id)
        assert piece is not None, "a stretch of the text always meets a token"
        if piece.start_char != start or piece.end_char != end:
            self._lose(span, "widened", f"Widened to whole tokens, “{piece.text}”; {KEPT}.")
        return piece

    def without_overlaps(
        self, entities: Iterable[_Piece]
    ) -> tuple[list[TokenSpan], list[TokenSpan]]:
        """Return the entities that `doc.ents` can hold: the longest first, then the earliest.

        And the tokens that only the others hold: they are entities too, so they must be
        missing and not outside.
        """
        owners: dict[int, Span] = {}
        chosen: list[TokenSpan] = []
        left: set[int] = set()
        for span, piece in sorted(
            entities, key=lambda e: (e[1].start - e[1].end, e[1].start, e[0].id)
        ):
            tokens = range(piece.start, piece.end)
            winner = next((owners[token] for token in tokens if token in owners), None)
            if winner is None:
                owners.update(dict.fromkeys(tokens, span))
                chosen.append(piece)
            else:
                left.update(tokens)
                self._lose(
                    span,
                    "overlap",
                    f"“{piece.text}” left out of doc.ents, which holds no overlaps: the "
                    f"{winner.label} “{quoted(winner)}” is there; both are in doc.user_data.",
                )
        return chosen, [self._doc[token : token + 1] for token in sorted(left - owners.keys())]

    def _lose(self, span: Span, what: LossKind, done: str) -> None:
        article = self._article
        self.losses.append(Loss(article.title, article.id, span.id, quoted(span), what, done))


def _same_tokens(one: TokenSpan, other: TokenSpan) -> bool:
    return bool(one.start == other.start and one.end == other.end)


def _merged(other: Span) -> str:
    return (
        f"One span stands for this and the {other.label} {other.id} by {other.annotator}, which "
        "covers the same tokens; both are in doc.user_data."
    )


def token_lengths(doc: Doc) -> Iterator[tuple[str, int]]:
    """Yield the label and the length in tokens of each span in `doc.spans["sc"]`."""
    for span in doc.spans[ALL_SPANS]:
        yield span.label_, span.end - span.start
