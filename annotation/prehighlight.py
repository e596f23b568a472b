"""Pre-highlighting: a model's entities become suggestions, one change per article."""

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
from annotation.model import Article, Change, Suggestion
from annotation.model_labels import label_for
from annotation.models import Model
from annotation.pool import WorkerPool
from annotation.store import Store

LAYER = "entity"
"""The layer of the codebook that a model's entities belong to."""

STEP = 0.004
"""How many seconds one step may take before it leaves the rest to the next."""

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
    """One run of a model through the articles it has not seen yet, or with `again` through all.

    `articles` are their ids where somebody knows them already. An article whose entities
    are reviewed as complete is skipped, and no run is noted for it: reopened, it is one
    that the model has not seen. Call `step` until `finished`, or `run` once; then `close`.
    Each article is stored when it is done, so a run that is stopped goes on later.
    """

    def __init__(
        self,
        store: Store,
        codebook: Codebook,
        model: Model,
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
        reviews = self._store.reviews(article_id)
        if any(review.layer == LAYER and review.state == "complete" for review in reviews):
            self.report.skipped += 1
            return True
        return False

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
        known = [e for e in entities if self._codebook.label(LAYER, e[2])]
        change = suggest(self._store, article_id, known, self._model, self._annotator)
        self._store.store_run(article_id, self._model.author, change)
        self.report.articles += 1
        self.report.suggestions += len(change.added)
        self.report.unknown.update(
            label for _, _, label in entities if not self._codebook.label(LAYER, label)
        )
        return change


def suggest(
    store: Store, article_id: str, entities: Sequence[Entity], model: Model, annotator: str
) -> Change:
    """Make the change that suggests these entities.

    Nothing is suggested that was suggested before, whatever became of it, or that is
    tagged already. What this model, in any version, had suggested and does not find any
    more goes if nobody has decided on it.
    """
    article = store.article(article_id)
    before = store.all_suggestions(article_id)
    spans = store.spans_between(article_id, 0, len(article.text))
    found = {(label, ((start, end),)) for start, end, label in entities}
    known = {(s.label, s.fragments) for s in before if s.layer == LAYER}
    tagged = {span.fragments for span in spans if span.layer == LAYER}
    outdated = [
        s
        for s in before
        if s.state == "pending"
        and s.layer == LAYER
        and s.author.rpartition(" ")[0] == model.name
        and (s.label, s.fragments) not in found
    ]
    new = [
        entity
        for entity in entities
        if (entity[2], (entity[:2],)) not in known and (entity[:2],) not in tagged
    ]
    added = _suggestions(article, new, model.author)
    title = f"Suggest {counted(len(added), 'entity')} ({model.author})"
    return Change(
        new_id(), title, article_id, annotator, now(), tuple(outdated), added, undoable=False
    )


def _suggestions(
    article: Article, entities: Sequence[Entity], author: str
) -> tuple[Suggestion, ...]:
    at = now()
    return tuple(
        Suggestion(
            new_id(),
            article.id,
            LAYER,
            label,
            ((start, end),),
            article.quote(((start, end),)),
            author,
            at,
        )
        for start, end, label in entities
    )
