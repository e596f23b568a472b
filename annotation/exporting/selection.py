"""Which layers of which articles are exported, and what stays behind."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

from annotation.codebook import Codebook
from annotation.counting import counted
from annotation.errors import ProjectError
from annotation.exporting.exporter import ExportOptions, Loss, Progress, Selected
from annotation.exporting.pseudonyms import Pseudonyms
from annotation.jsonl import LayerStatus, layer_status
from annotation.model import Annotations, Article, Relation, Span
from annotation.store import ArticleFilter, Entry, Store, each_entry


def select(
    store: Store, options: ExportOptions, codebook: Codebook, progress: Progress | None = None
) -> Iterator[Selected]:
    """Yield every article of the project with what is exported of it, in order of import.

    A layer is exported when some annotator has reviewed it as complete, with
    `options.everything` also when it is open. Raises `ProjectError` for a layer that the
    codebook does not have, and for a quotation that is not in the text.
    """
    _refuse_unknown_layers(options, codebook)
    pseudonyms = Pseudonyms(store) if options.pseudonymise else None
    total = store.count_articles(ArticleFilter()) if progress else 0
    for number, entry in enumerate(each_entry(store), start=1):
        _refuse_damage(entry)
        entry, hidden = pseudonyms.hidden(entry) if pseudonyms else (entry, ())
        selected = _select_one(entry, options, codebook)
        if selected.taken:
            selected = replace(selected, left_behind=(*selected.left_behind, *hidden))
        yield selected
        if progress:
            progress(number, total)


def _select_one(entry: Entry, options: ExportOptions, codebook: Codebook) -> Selected:
    said, article = entry.annotations, entry.article
    names = _layer_names(said, codebook)
    wanted = frozenset(names if options.layers is None else options.layers)
    layers = {
        name: _status(name, said, options.everything) if name in wanted else "missing"
        for name in names
    }
    carried = {name for name, status in layers.items() if status != "missing"}
    in_full = wanted if options.everything else carried
    spans = tuple(span for span in said.spans if span.layer in carried)
    kept = {span.id for span in spans}
    entries = {span.entry_id for span in spans}
    exported = Annotations(
        spans=spans,
        relations=tuple(r for r in said.relations if all(a.span_id in kept for a in r.arguments)),
        suggestions=tuple(s for s in said.suggestions if s.layer in in_full),
        reviews=tuple(r for r in said.reviews if r.layer in in_full),
        mentioned=tuple(entry for entry in said.mentioned if entry.id in entries),
    )
    taken = options.everything or bool(carried)
    behind: tuple[Loss, ...] = (_article_behind(article, said),)
    if taken:
        layers_behind = _layers_behind(article, said, wanted - carried)
        behind = (*layers_behind, *_relations_behind(article, said, kept))
    return Selected(replace(entry, annotations=exported), layers, wanted, behind, taken)


def _layer_names(said: Annotations, codebook: Codebook) -> list[str]:
    """Return the codebook's layers, and those that only spans or reviews know."""
    known = [layer.name for layer in codebook.layers]
    used = {span.layer for span in said.spans} | {review.layer for review in said.reviews}
    return known + sorted(used - set(known))


def _status(layer: str, said: Annotations, everything: bool) -> LayerStatus:
    status = layer_status(layer, said)
    return "missing" if status == "open" and not everything else status


# -- what stays behind


def _article_behind(article: Article, said: Annotations) -> Loss:
    return Loss(
        article.title,
        article.id,
        article.id,
        "",
        "article",
        f"Left out with {counted(len(said.spans), 'span')}: none of its layers is reviewed as "
        "complete.",
    )


def _layers_behind(article: Article, said: Annotations, missing: frozenset[str]) -> Iterator[Loss]:
    counts = Counter(span.layer for span in said.spans)
    for name in sorted(missing):
        if counts[name]:
            done = (
                f"{counted(counts[name], 'span')} of the layer {name} left out: it is not reviewed "
                "as complete."
            )
            yield Loss(article.title, article.id, article.id, "", "layer", done)


def _relations_behind(article: Article, said: Annotations, kept: set[str]) -> Iterator[Loss]:
    if len(kept) == len(said.spans):
        return
    spans = {span.id: span for span in said.spans}
    for relation in said.relations:
        lacking = [a.span_id for a in relation.arguments if a.span_id not in kept]
        if lacking:
            yield _relation_behind(article, relation, spans, lacking[0])


def _relation_behind(
    article: Article, relation: Relation, spans: Mapping[str, Span], lacking: str
) -> Loss:
    words = [quoted(spans[a.span_id]) for a in relation.arguments if a.span_id in spans]
    layer = spans[lacking].layer if lacking in spans else "?"
    return Loss(
        article.title,
        article.id,
        relation.id,
        " + ".join(words),
        "relation",
        f"The {relation.label} left out: it joins a span of the layer {layer}, which is not "
        "exported.",
    )


def quoted(span: Span) -> str:
    """Return the words of a span, its fragments joined by an ellipsis."""
    return " … ".join(span.quotation)


# -- what cannot be exported


def _refuse_unknown_layers(options: ExportOptions, codebook: Codebook) -> None:
    unknown = [name for name in options.layers or () if codebook.layer(name) is None]
    if unknown:
        known = ", ".join(layer.name for layer in codebook.layers)
        raise ProjectError(
            f"The codebook has no layer {', '.join(unknown)}; its layers are: {known}."
        )


def _refuse_damage(entry: Entry) -> None:
    for span in entry.annotations.spans:
        if span.quotation != entry.article.quote(span.fragments):
            raise ProjectError(
                f"In “{entry.article.title}”, the {span.label} “{quoted(span)}” is not what the "
                f"text holds at {span.start}–{span.end}, so nothing was exported. Run "
                "“pressmark check” on the project to see all that is wrong."
            )
