"""Pre-highlighting: what a model or dictionary finds becomes suggestions, a change an article."""

from collections import Counter, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from time import monotonic

from annotation.codebook import Codebook
from annotation.counting import counted
from annotation.entities import BATCH, Entity
from annotation.errors import ProjectError
from annotation.ids import new_id, now
from annotation.keeper import AHEAD, Found, Lost, Outcome, Restarted, Stopped
from annotation.model import Article, Change, Fragment, Suggestion
from annotation.model_labels import label_for
from annotation.models import LAYER
from annotation.pool import WorkerPool
from annotation.proposers import Proposer
from annotation.store import Store

STEP = 0.004
"""How many seconds one step may take before it leaves the rest to the next."""

Place = tuple[str, str, tuple[Fragment, ...]]
"""A suggestion's layer, label and fragments."""

Progress = Callable[[int, int], None]
"""Called with how many articles are done and how many there are."""


@dataclass(slots=True)
class Report:
    """What came of pre-highlighting, as far as it has gone.

    `skipped` counts the articles whose entities somebody has reviewed, `unknown` the
    entities whose label the codebook does not have; `failed` holds (article id, reason),
    `messages` what else the person should know.
    """

    articles: int = 0
    suggestions: int = 0
    skipped: int = 0
    unknown: Counter[str] = field(default_factory=Counter)
    failed: list[tuple[str, str]] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)


class PreHighlight:
    """One run of a model or dictionary through what it has not seen, or with `again` through all.

    `articles` are their ids where somebody knows them already. An article whose layers are
    reviewed as complete is skipped, and where one of them is, no run is noted: reopened, it is
    one that has not been seen. Call `step` until `finished`, or `run` once; then `close`.
    Each article is stored when it is done, so a run that is stopped goes on later.
    """

    def __init__(
        self,
        store: Store,
        codebook: Codebook,
        model: Proposer,
        annotator: str,
        workers: int = 1,
        *,
        first: str | None = None,
        again: bool = False,
        articles: Sequence[str] | None = None,
    ) -> None:
        if store.read_only:
            raise ProjectError(f"No suggestions can be stored: {store.read_only}")
        self.report = Report()
        self._store = store
        self._codebook = codebook
        self._model = model
        # A dictionary that was emptied concerns all layers: what it suggested there goes.
        self._layers = model.layers or frozenset(layer.name for layer in codebook.layers)
        self._annotator = annotator
        if articles is None:
            articles = (
                list(store.article_ids()) if again else store.articles_without_run(model.author)
            )
        self._waiting = deque(articles)
        self.total = len(self._waiting)
        self._outcomes: deque[Outcome] = deque()
        self._lengths: dict[str, int] = {}
        self._room = workers * (AHEAD + 2) * BATCH
        self._workers = workers
        if first is not None:
            self.prefer(first)

    @property
    def done(self) -> int:
        """How many articles have been dealt with, skipped and failed ones included."""
        return self.report.articles + self.report.skipped + len(self.report.failed)

    @property
    def finished(self) -> bool:
        """Whether nothing is left to do."""
        return not (self._waiting or self._lengths)

    def prefer(self, article_id: str) -> None:
        """Take this article next, because it is on screen; nothing if it is done or in work."""
        if article_id in self._waiting:
            self._waiting.remove(article_id)
            self._hand_in(article_id, first=True)

    def step(self, seconds: float = STEP) -> list[Change]:
        """Store what has arrived and return it as changes; stops after about so many seconds.

        Never waits for a worker. Raises `ProjectError` when no worker can run or the
        project cannot be written; what is stored is kept.
        """
        deadline = monotonic() + seconds
        if self._lengths:
            self._outcomes.extend(self._pool.poll())
        changes: list[Change] = []
        while self._waiting and sum(self._lengths.values()) < self._room:
            self._hand_in(self._waiting.popleft())
            if monotonic() >= deadline:
                return changes
        while self._outcomes:
            change = self._settle(self._outcomes.popleft())
            if change:
                changes.append(change)
            if monotonic() >= deadline:
                break
        return changes

    def run(self, progress: Progress | None = None) -> Report:
        """Work until all is done; after Ctrl-C, `report` tells how far it got.

        Raises `ProjectError` as `step` does.
        """
        try:
            while not self.finished:
                self.step()
                if progress:
                    progress(self.done, self.total)
                self.wait(0.2)
        finally:
            self.close()
        return self.report

    def wait(self, seconds: float) -> None:
        """Wait until the next step has something to store, at most so long."""
        if self._lengths and not self._outcomes:
            self._outcomes.extend(self._pool.wait(seconds))

    def close(self) -> None:
        """Stop; articles that are not stored yet stay for another run."""
        self._waiting.clear()
        self._lengths.clear()
        self._outcomes.clear()
        if "_pool" in self.__dict__:
            self._pool.close()

    @cached_property
    def _pool(self) -> WorkerPool:
        """The worker processes, started with the first article: loading a model is dear."""
        return WorkerPool(self._model, self._workers)

    def _hand_in(self, article_id: str, first: bool = False) -> None:
        if self._skips(article_id):
            return
        text = self._store.article(article_id).text
        self._lengths[article_id] = len(text)
        self._pool.submit(article_id, text, first)

    def _skips(self, article_id: str) -> bool:
        """Skip an article whose entities are reviewed, maybe while the model was reading it."""
        if self._closed(article_id) >= self._layers:
            self.report.skipped += 1
            return True
        return False

    def _closed(self, article_id: str) -> frozenset[str]:
        """Return which of the layers concerned somebody has completed."""
        reviews = self._store.reviews(article_id)
        done = frozenset(review.layer for review in reviews if review.state == "complete")
        return done & self._layers

    def _settle(self, outcome: Outcome) -> Change | None:
        match outcome:
            case Found(article_id, entities):
                del self._lengths[article_id]
                return None if self._skips(article_id) else self._stored(article_id, entities)
            case Lost(article_id, reason):
                self.report.failed.append((article_id, reason))
                del self._lengths[article_id]
            case Restarted(message):
                self.report.messages.append(message)
            case Stopped(reason):
                raise ProjectError(reason)
        return None

    def _stored(self, article_id: str, entities: list[Entity]) -> Change:
        entities = [
            (start, end, label_for(self._codebook, LAYER, label)) for start, end, label in entities
        ]
        known = [e for e in entities if self._is_known(e[2])]
        closed = self._closed(article_id)
        change = suggest(self._store, article_id, known, self._model, self._annotator, closed)
        if not closed:
            self._store.store_run(article_id, self._model.author, change)
        elif change.removed or change.added:
            self._store.apply(change)
        self.report.articles += 1
        self.report.suggestions += len(change.added)
        self.report.unknown.update(
            self._model.placed(label)[1] for _, _, label in entities if not self._is_known(label)
        )
        return change

    def _is_known(self, label: str) -> bool:
        return self._codebook.label(*self._model.placed(label)) is not None


def suggest(
    store: Store,
    article_id: str,
    entities: Sequence[Entity],
    model: Proposer,
    annotator: str,
    closed: frozenset[str] = frozenset(),
) -> Change:
    """Make the change that suggests these entities, except in layers that are `closed`.

    Nothing is suggested that was suggested before, whatever became of it, or that is
    tagged already; but where a dictionary and a model propose the same, the dictionary's
    stays. What the proposer, in any version, had suggested and does not find any more goes
    if nobody has decided on it.
    """
    article = store.article(article_id)
    placed = [(*model.placed(label), ((start, end),)) for start, end, label in entities]
    found = {place: None for place in placed if place[0] not in closed}
    before = {_place(s): s for s in store.all_suggestions(article_id)}
    spans = store.spans_between(article_id, 0, len(article.text))
    tagged = {(span.layer, span.fragments) for span in spans}
    outdated = [
        s
        for place, s in before.items()
        if s.state == "pending"
        and s.layer not in closed
        and model.owns(s.author)
        and place not in found
    ]
    overtaken = {
        place: before[place]
        for place in found
        if place in before
        and before[place].state == "pending"
        and model.overtakes(before[place].author)
    }
    new = [
        place
        for place in found
        if (place not in before or place in overtaken) and (place[0], place[2]) not in tagged
    ]
    added = _suggestions(article, new, model.author)
    removed = (*outdated, *(overtaken[place] for place in new if place in overtaken))
    noun = "entity" if model.layers == {LAYER} else "span"
    title = f"Suggest {counted(len(added), noun)} ({model.author})"
    return Change(new_id(), title, article_id, annotator, now(), removed, added, undoable=False)


def _place(suggestion: Suggestion) -> Place:
    return suggestion.layer, suggestion.label, suggestion.fragments


def _suggestions(article: Article, places: Sequence[Place], author: str) -> tuple[Suggestion, ...]:
    at = now()
    return tuple(
        Suggestion(
            new_id(), article.id, layer, label, fragments, article.quote(fragments), author, at
        )
        for layer, label, fragments in places
    )
