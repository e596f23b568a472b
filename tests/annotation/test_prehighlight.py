"""Which articles are read, what becomes of their entities, and what a second run does."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from annotation import prehighlight
from annotation.codebook import Codebook, Label, Layer
from annotation.errors import ProjectError
from annotation.ids import new_id
from annotation.model import Article, Change, Review, Span, Suggestion
from annotation.models import BUNDLED, Model
from annotation.prehighlight import PreHighlight, suggest

CODEBOOK = Codebook(
    "test",
    layers=(Layer("entity", "Entities"), Layer("discourse", "Discourse")),
    labels=tuple(
        Label(layer, name, name, name, "#888888")
        for layer, name in [("entity", "PERSON"), ("entity", "ORG"), ("discourse", "GPE")]
    ),
)
TEXT = "Ada met Bo of Acme in Ulm."
ADA, BO, ACME, ULM = (0, 3, "PERSON"), (8, 10, "PERSON"), (14, 18, "ORG"), (22, 25, "GPE")


class FakeStore:
    """The few methods pre-highlighting asks of a store, kept in dictionaries."""

    read_only = ""

    def __init__(self, texts: dict[str, str]) -> None:
        self.articles = {
            i: Article(i, t, sha256(t.encode()).hexdigest(), i) for i, t in texts.items()
        }
        self.suggestions: dict[str, Suggestion] = {}
        self.spans: list[Span] = []
        self.runs: list[tuple[str, str]] = []
        self.reads = 0
        self.reviewed: list[Review] = []

    def reviews(self, article_id: str) -> list[Review]:
        return [r for r in self.reviewed if r.article_id == article_id]

    def article(self, article_id: str) -> Article:
        self.reads += 1
        return self.articles[article_id]

    def article_ids(self) -> Iterator[str]:
        return iter(self.articles)

    def articles_without_run(self, author: str) -> list[str]:
        return [i for i in self.articles if (i, author) not in self.runs]

    def all_suggestions(self, article_id: str) -> list[Suggestion]:
        return [s for s in self.suggestions.values() if s.article_id == article_id]

    def spans_between(self, article_id: str, start: int, end: int) -> list[Span]:
        return [s for s in self.spans if s.article_id == article_id]

    def store_run(self, article_id: str, author: str, change: Change) -> None:
        for record in change.removed:
            assert self.suggestions.pop(record.id) == record
        self.suggestions |= {s.id: s for s in change.added if isinstance(s, Suggestion)}
        self.runs.append((article_id, author))


@pytest.fixture
def store() -> FakeStore:
    return FakeStore({"a": TEXT})


def propose(store: FakeStore, *entities: tuple[int, int, str], model: Model = BUNDLED) -> Change:
    change = suggest(store, "a", entities, model, "mia")
    store.store_run("a", model.author, change)
    return change


def quoted(store: FakeStore) -> set[tuple[str, str, str]]:
    return {(s.label, s.quotation[0], s.state) for s in store.suggestions.values()}


def test_a_run_is_one_change_that_no_undo_takes_back(store) -> None:
    change = propose(store, ADA, ACME)
    assert change.title == "Suggest 2 entities (en_core_web_sm 3.8.0)"
    assert (change.undoable, change.annotator, change.article_id) == (False, "mia", "a")
    [first, _] = change.added
    assert (first.author, first.layer, first.state) == (BUNDLED.author, "entity", "pending")
    assert quoted(store) == {("PERSON", "Ada", "pending"), ("ORG", "Acme", "pending")}


@pytest.mark.parametrize("state", ["pending", "accepted", "rejected"])
def test_what_was_suggested_once_is_not_suggested_again(store, state) -> None:
    propose(store, ADA)
    [old] = store.suggestions.values()
    store.suggestions[old.id] = replace(old, state=state)
    newer = replace(BUNDLED, version="4.0.0")
    change = propose(store, ADA, BO, model=newer)
    assert [s.quotation for s in change.added] == [("Bo",)]
    assert change.removed == ()
    assert change.title == "Suggest 1 entity (en_core_web_sm 4.0.0)"


def test_what_is_tagged_is_not_suggested_whatever_its_label(store) -> None:
    def span(layer: str, label: str, start: int, end: int) -> Span:
        texts = (TEXT[start:end],)
        return Span(new_id(), "a", layer, label, ((start, end),), texts, "mia", "manual", 1, "", "")

    store.spans = [span("entity", "ORG", 0, 3), span("discourse", "GPE", 8, 10)]
    assert [s.quotation for s in propose(store, ADA, BO).added] == [("Bo",)]


def test_a_newer_version_replaces_what_nobody_decided_on(store) -> None:
    propose(store, ADA, BO, ACME)
    _, bo, _ = store.suggestions.values()
    store.suggestions[bo.id] = replace(bo, state="rejected")
    other = replace(bo, id=new_id(), author="wordlist 1", label="ORG", state="pending")
    store.suggestions[other.id] = other
    change = propose(store, ADA, model=replace(BUNDLED, version="4.0.0"))
    assert [s.quotation for s in change.removed] == [("Acme",)]
    assert quoted(store) == {
        ("PERSON", "Ada", "pending"),
        ("PERSON", "Bo", "rejected"),
        ("ORG", "Bo", "pending"),
    }


TOY_MODEL = """
import os, re
from contextlib import nullcontext
LABELS = {"Ada": "PERSON", "Bo": "PERSON", "Acme": "ORG", "Ulm": "GPE"}
class Entity:
    def __init__(self, match):
        self.start_char, self.end_char = match.span()
        self.label_ = LABELS[match[0]]
class Doc:
    def __init__(self, text):
        if "deadly" in text:
            os._exit(9)
        self.text = text
        self.ents = [Entity(m) for m in re.finditer("|".join(LABELS), text)]
class Nlp:
    pipe_names = ["ner"]
    memory_zone = nullcontext
    def pipe(self, parts, as_tuples, batch_size):
        return ((Doc(text), context) for text, context in parts)
def load(exclude):
    return Nlp()
"""


@pytest.fixture
def toy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Model:
    """A model that starts at once, for what is not about the model."""
    (tmp_path / "toy_model.py").write_text(TOY_MODEL, "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    return Model("toy", "1.0", "en", "toy_model")


@pytest.fixture
def started(toy: Model) -> Iterator[Callable[..., PreHighlight]]:
    runs: list[PreHighlight] = []

    def start(store: FakeStore, **options: object) -> PreHighlight:
        runs.append(PreHighlight(store, CODEBOOK, toy, "mia", **options))
        return runs[-1]

    yield start
    for run in runs:
        run.close()


def test_a_run_reports_what_it_did_and_what_it_could_not_use(started) -> None:
    store = FakeStore({"a": TEXT, "b": "Nothing here.", "c": "A deadly text about Ada.", "d": TEXT})
    seen: list[tuple[int, int]] = []
    report = started(store, workers=2).run(lambda done, total: seen.append((done, total)))
    assert (report.articles, report.suggestions, report.unknown) == (3, 6, {"GPE": 2})
    assert [article_id for article_id, _ in report.failed] == ["c"]
    assert report.messages
    assert seen[-1] == (4, 4)
    assert store.articles_without_run("toy 1.0") == ["c"]


def test_what_is_reviewed_as_complete_is_skipped_until_it_is_reopened(started) -> None:
    store = FakeStore({"a": TEXT, "b": TEXT, "c": TEXT})
    done = Review("b", "eve", "entity", "complete", "")
    store.reviewed = [
        done,
        Review("a", "eve", "entity", "open", ""),
        Review("c", "eve", "discourse", "complete", ""),
    ]
    run = started(store)
    report = run.run()
    assert (report.skipped, report.articles, run.done) == (1, 2, 3)
    assert {s.article_id for s in store.suggestions.values()} == {"a", "c"}
    assert store.articles_without_run("toy 1.0") == ["b"]
    store.reviewed = [replace(done, state="open")]
    assert started(store).run().articles == 1


def test_where_all_is_reviewed_no_model_is_loaded(started, monkeypatch) -> None:
    def no_pool(*_: object) -> None:
        raise AssertionError("a pool was started")

    monkeypatch.setattr(prehighlight, "WorkerPool", no_pool)
    store = FakeStore({"a": TEXT})
    store.reviewed = [Review("a", "eve", "entity", "complete", "")]
    assert started(store).run().skipped == 1


def test_an_article_completed_while_it_is_being_read_is_left_alone(started) -> None:
    store = FakeStore({"a": TEXT})
    run = started(store)
    assert run.step() == []
    store.reviewed = [Review("a", "eve", "entity", "complete", "")]
    report = run.run()
    assert (report.skipped, report.articles, store.suggestions) == (1, 0, {})


def test_articles_that_are_known_are_not_looked_up(started) -> None:
    store = FakeStore({"a": TEXT, "b": TEXT})
    assert started(store, articles=["b"]).run().articles == 1
    assert store.runs == [("b", "toy 1.0")]


def test_a_second_run_has_nothing_to_do_unless_it_is_to_be_done_again(started) -> None:
    store = FakeStore({"a": TEXT})
    started(store).run()
    again = started(store)
    assert again.finished and again.total == 0
    assert again.run().articles == 0
    assert started(store, again=True).run().suggestions == 0
    assert len(store.suggestions) == 3


def test_steps_store_the_article_on_screen_first_and_read_few_texts_ahead(started) -> None:
    store = FakeStore({str(n): f"{TEXT} {n} ".ljust(2000, "\n") for n in range(1000)})
    run = started(store, first="700")
    changes: list[Change] = []
    while not changes:
        run.wait(30)
        changes += run.step()
    assert changes[0].article_id == "700"
    assert store.reads < 200
    run.close()
    assert len(store.runs) == len(changes)
    assert store.articles_without_run("toy 1.0")[:1] != []


def test_a_step_with_no_time_does_one_thing_at_a_time(started) -> None:
    store = FakeStore({str(n): TEXT for n in range(5)})
    run = started(store)
    numbers = []
    while not run.finished:
        numbers.append(len(run.step(0)))
        run.wait(0.05)
    assert max(numbers) == 1 and sum(numbers) == 5


def test_ctrl_c_keeps_what_is_stored_and_the_next_run_goes_on(started) -> None:
    store = FakeStore({str(n): TEXT.ljust(20_000, "\n") for n in range(20)})

    def interrupt(done: int, total: int) -> None:
        if done:
            raise KeyboardInterrupt

    run = started(store)
    with pytest.raises(KeyboardInterrupt):
        run.run(interrupt)
    done = run.report.articles
    assert 0 < done < 20
    assert started(store).run().articles == 20 - done
    assert len(store.suggestions) == 60


def test_a_project_that_cannot_be_written_is_refused_at_once() -> None:
    store = FakeStore({"a": TEXT})
    store.read_only = "another window has it open."
    with pytest.raises(ProjectError, match="another window"):
        PreHighlight(store, CODEBOOK, BUNDLED, "mia")


def test_a_model_that_does_not_load_ends_the_run_with_a_sentence(toy) -> None:
    store = FakeStore({"a": TEXT})
    with pytest.raises(ProjectError, match="cannot be loaded"):
        PreHighlight(store, CODEBOOK, replace(toy, package="no_such"), "mia").run()
    assert store.runs == []
