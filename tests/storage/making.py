"""Records for the tests of the project file."""

from hashlib import sha256
from itertools import count

from annotation.codebook import Codebook, Label, Layer
from annotation.ids import new_id, now
from annotation.model import (
    Annotations,
    Argument,
    Article,
    Change,
    Fragment,
    Record,
    Relation,
    Review,
    ReviewState,
    Span,
    Suggestion,
)
from annotation.store import Entry
from storage import ProjectFile

BOOK = Codebook(
    "test",
    layers=(Layer("entity", "Entities"), Layer("discourse", "Discourse")),
    labels=(
        Label("entity", "ORG", "Organisation", "ORG", "#336699"),
        Label("discourse", "CLAIM", "Claim", "CLM", "#993366", discontinuous=True),
    ),
)

_numbers = count(1)


def make_article(text: str = "", **known: object) -> Article:
    text = text or f"The text of article {next(_numbers)}."
    given = {"title": text[:20], "imported_at": now(), **known}
    return Article(id=new_id(), text=text, sha256=sha256(text.encode()).hexdigest(), **given)  # type: ignore[arg-type]


def add_article(
    store: ProjectFile, text: str = "", annotations: Annotations | None = None, **known: object
) -> Article:
    article = make_article(text, **known)
    store.add_entries([Entry(article, annotations or Annotations())], "anna")
    return article


def make_span(article: Article, *fragments: Fragment, label: str = "ORG", **said: object) -> Span:
    at = now()
    return Span(
        id=new_id(),
        article_id=article.id,
        layer="entity" if label == "ORG" else "discourse",
        label=label,
        fragments=fragments,
        quotation=article.quote(fragments),
        annotator="anna",
        origin="manual",
        codebook_version=1,
        created_at=at,
        modified_at=at,
        **said,  # type: ignore[arg-type]
    )


def make_relation(article: Article, *spans: Span, label: str = "COREFERENCE") -> Relation:
    at = now()
    arguments = tuple(Argument("member", span.id) for span in spans)
    return Relation(new_id(), article.id, label, arguments, "anna", "manual", 1, at, at)


def make_suggestion(article: Article, start: int, end: int) -> Suggestion:
    fragments = ((start, end),)
    return Suggestion(
        new_id(), article.id, "entity", "ORG", fragments, article.quote(fragments),
        "model 1.0", now(), 0.5,
    )  # fmt: skip


def make_review(article: Article, layer: str, state: ReviewState = "complete") -> Review:
    return Review(article.id, "anna", layer, state, now())


def edit(
    article: Article,
    removed: tuple[Record, ...] = (),
    added: tuple[Record, ...] = (),
    title: str = "Edit",
    undoable: bool = True,
) -> Change:
    return Change(new_id(), title, article.id, "anna", now(), removed, added, undoable)
