"""Tagging everywhere: every occurrence of some words, in an article or in the whole project."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from annotation import edits, rules, tokens
from annotation.codebook import Codebook
from annotation.context import around
from annotation.document import Document
from annotation.edits import Desk
from annotation.errors import RefusedEdit
from annotation.finding import Matcher, Query
from annotation.ids import new_id, now
from annotation.model import Change, Fragment, Record

if TYPE_CHECKING:
    from annotation.store import OpenStore, Store

AROUND = 60
"""How many code points of context an occurrence has on each side."""

STEP = 50
"""After how many articles, or occurrences, a search tells how far it is."""

OccurrenceState = Literal["new", "tagged", "refused"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which words get which label, and what counts as the same words.

    `whole_words` leaves out what begins or ends inside a token.
    """

    words: str
    layer: str
    label: str
    match_case: bool = True
    whole_words: bool = True


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One place [start, end) of the words, in its context, and what tagging it would change.

    `state` is "tagged" where the annotator has said it already, "refused" where a rule
    forbids it: `refusal` says which. `removed` and `added` are what a new one changes.
    """

    article_id: str
    title: str
    start: int
    end: int
    before: str
    words: str
    after: str
    state: OccurrenceState
    refusal: str = ""
    removed: tuple[Record, ...] = ()
    added: tuple[Record, ...] = ()


@dataclass(frozen=True, slots=True)
class Searched:
    """A step of a search: how many articles are done, of how many, and what was found since."""

    done: int
    total: int
    found: tuple[Occurrence, ...] = ()


def occurrences(desk: Desk, wanted: Wanted) -> Iterator[Occurrence | None]:
    """Yield the occurrences in the article on the desk; None where a stretch has no more."""
    words = " ".join(wanted.words.split())
    if not words:
        return
    text = desk.article.text
    for batch in Matcher(Query(words, match_case=wanted.match_case)).batches(text):
        for place in batch:
            if not wanted.whole_words or tokens.snap(text, *place) == place:
                yield _occurrence(desk, wanted, place)
        yield None


def search_apart(
    open_store: "OpenStore", codebook: Codebook, annotator: str, wanted: Wanted
) -> Iterator[Searched]:
    """Search the whole project by a connection of its own: for a process of its own."""
    store = open_store()
    try:
        yield from _search(store, codebook, annotator, wanted)
    finally:
        store.close()


def tag(desk: Desk, wanted: Wanted, chosen: Sequence[Occurrence]) -> Change:
    """Tag these occurrences, wherever they are, in one change."""
    if not chosen:
        raise RefusedEdit("No occurrence is chosen.")
    removed = tuple(record for one in chosen for record in one.removed)
    added = tuple(record for one in chosen for record in one.added)
    articles = {one.article_id for one in chosen}
    here = desk.article.id if desk.article.id in articles else chosen[0].article_id
    times = "once" if len(chosen) == 1 else f"{len(chosen):,} times"
    place = f" in {len(articles):,} articles" if len(articles) > 1 else ""
    label = desk.codebook.called(wanted.layer, wanted.label)
    title = f"Tag {label} {rules.short(wanted.words, 32)} {times}{place}"
    return Change(new_id(), title, here, desk.annotator, now(), removed, added)


def _search(
    store: "Store", codebook: Codebook, annotator: str, wanted: Wanted
) -> Iterator[Searched]:
    ids = list(store.article_ids())
    matcher = Matcher(Query(" ".join(wanted.words.split()), match_case=wanted.match_case))
    found: list[Occurrence] = []
    for number, article_id in enumerate(ids, 1):
        article = store.article(article_id)
        if matcher.first(article.text) is not None:
            desk = Desk(Document(article, store), codebook, annotator)
            for one in filter(None, occurrences(desk, wanted)):
                found.append(one)
                if len(found) == STEP:
                    yield Searched(number - 1, len(ids), tuple(found))
                    found = []
        if number % STEP == 0 or number == len(ids):
            yield Searched(number, len(ids), tuple(found))
            found = []


def _occurrence(desk: Desk, wanted: Wanted, place: Fragment) -> Occurrence:
    start, end = place
    text = desk.article.text
    before, after = around(text, start, end, AROUND)
    plain = Occurrence(
        desk.article.id,
        desk.article.title,
        start,
        end,
        before,
        text[start:end],
        after,
        "new",
    )
    said = (wanted.layer, wanted.label, desk.annotator, (place,))
    for span in desk.document.spans_between(start, end):
        if (span.layer, span.label, span.annotator, span.fragments) == said:
            return replace(plain, state="tagged")
    try:
        change = edits.add_span(desk, wanted.layer, wanted.label, [place])
    except RefusedEdit as error:
        return replace(plain, state="refused", refusal=str(error))
    return replace(plain, removed=change.removed, added=change.added)
