import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import json
from pathlib import Path

import pytest

from annotation.codebook_file import default_codebook
from annotation.ids import derived_id, new_id
from annotation.model import Annotations, Argument, Article, Change, Relation, Span, Suggestion
from annotation.session import Session

SHARED = Path(__file__).resolve().parents[2].parent / "shared"


class MemoryStore:
    """A project in memory: enough of the store's protocol for what one article needs."""

    read_only = ""

    def __init__(self, articles, annotations=None, codebook=None):
        self._codebook = codebook or default_codebook()
        self._articles = {a.id: a for a in articles}
        self.spans_, self.relations_, self.suggestions_ = {}, {}, {}
        self.done, self.undone = [], []
        for each in (annotations or {}).values():
            for kind in (each.spans, each.relations, each.suggestions):
                for record in kind:
                    self._table(record)[record.id] = record

    def _table(self, record):
        return {Span: self.spans_, Relation: self.relations_, Suggestion: self.suggestions_}[
            type(record)
        ]

    def codebook(self, version=None):
        return self._codebook

    def article(self, article_id):
        return self._articles[article_id]

    def reviews(self, article_id):
        return []

    def spans_between(self, article_id, start, end):
        found = self.spans_.values()
        return [
            s for s in found if s.article_id == article_id and s.start < end and s.end > start
        ]

    def suggestions_between(self, article_id, start, end):
        found = self.pending_suggestions(article_id)
        return [s for s in found if s.start < end and s.end > start]

    def pending_suggestions(self, article_id):
        found = self.suggestions_.values()
        kept = [s for s in found if s.article_id == article_id and s.state == "pending"]
        return sorted(kept, key=lambda s: s.start)

    def count_pending(self, article_id):
        return len(self.pending_suggestions(article_id))

    def neighbour_suggestion(self, article_id, position, backward=False):
        found = self.pending_suggestions(article_id)
        if backward:
            found = [s for s in found if s.start < position][::-1]
        else:
            found = [s for s in found if s.start > position]
        return found[0] if found else None

    def spans(self, span_ids):
        return [self.spans_[i] for i in span_ids if i in self.spans_]

    def relations_of(self, span_ids):
        wanted = set(span_ids)
        return [
            r
            for r in self.relations_.values()
            if any(a.span_id in wanted for a in r.arguments)
        ]

    def apply(self, change: Change):
        self._carry_out(change)
        self.done.append(change)
        self.undone.clear()

    def _carry_out(self, change):
        for record in change.removed:
            self._table(record).pop(record.id, None)
        for record in change.added:
            self._table(record)[record.id] = record

    def undo(self, annotator, at):
        if not self.done:
            return None
        change = self.done.pop().inverse()
        self._carry_out(change)
        self.undone.append(change)
        return change

    def redo(self, annotator, at):
        if not self.undone:
            return None
        change = self.undone.pop().inverse()
        self._carry_out(change)
        self.done.append(change)
        return change


def article_of(text, title="An article"):
    return Article(new_id(), text, "", title)


def span_of(article, label, *fragments, layer="discourse", origin="manual", span_id=None):
    return Span(
        span_id or new_id(), article.id, layer, label, fragments, article.quote(fragments),
        "ada", origin, 1, "2026-01-01T00:00:00.000Z", "2026-01-01T00:00:00.000Z",
    )  # fmt: skip


def suggestion_of(article, label, *fragments, layer="entity"):
    return Suggestion(
        new_id(), article.id, layer, label, fragments, article.quote(fragments),
        "model 1", "2026-01-01T00:00:00.000Z",
    )  # fmt: skip


def worked_example(path=SHARED / "articles" / "atacms.worked.json"):
    """Return the article and annotations of a worked example in pressmark/1."""
    if not path.exists():
        pytest.skip(f"{path.name} is not here")
    data = json.loads(path.read_text("utf-8"))
    article = Article(new_id(), data["article"]["text"], "", data["article"]["title"])

    def known(name):
        return derived_id(article.id, name)

    spans = tuple(
        span_of(
            article, s["label"], *map(tuple, s["fragments"]), layer=s["layer"],
            span_id=known(s["id"]),
        )
        for s in data["spans"]
    )  # fmt: skip
    relations = tuple(
        Relation(
            known(r["id"]), article.id, r["label"],
            tuple(Argument(a["role"], known(a["span"])) for a in r["arguments"]),
            "ada", "manual", 1, "2026-01-01T00:00:00.000Z", "2026-01-01T00:00:00.000Z",
        )
        for r in data["relations"]
    )  # fmt: skip
    return article, Annotations(spans, relations)


def session_with(article, spans=(), relations=(), suggestions=()):
    annotations = Annotations(tuple(spans), tuple(relations), tuple(suggestions))
    return Session(MemoryStore([article], {article.id: annotations}), "ada")
