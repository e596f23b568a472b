"""The steps of the self-test, in the order in which a researcher does them."""

from collections.abc import Callable
from pathlib import Path

from annotation.counting import counted
from annotation.edits import accept_all, add_span
from annotation.errors import ProjectError
from annotation.model import Span
from annotation.session import Session
from annotation.store import ArticleFilter, Store
from ui.doors import Doors

ANNOTATOR = "self-test"
PASSWORD = "correct horse battery staple"

SIGNED = b"Pressmark\n"
KEY = "RWRdR8TOEcENcenNwmmBHoOWF59iAPHbRDU23qip5cyOSqw59ExKxHAM"
SIGNATURE = (
    "untrusted comment: made by minisign 0.11 for tests; this key signs nothing else\n"
    "RURdR8TOEcENcUtq+z6tAZdon1I//etvzwOxSThHdANwy+2pRq14dhPE6WANr8K7w8auoA3+6WZATINuoLdoM1r2ikd3vbnfdQM=\n"
    "trusted comment: a comment of the team\n"
    "JGrnQMLmgLMbYznelnYzr2rsFY5PryYWKf5OBhraGb/g1jeJiY8NAsOqMmT0Arv+4xc0MfN4GsX39ze7oiqwBg==\n"
)
"""What an update is recognised by: a text, the key that signed it, and the signature."""

WORD = "train"
"""A word that stands in an article of the sample."""


class Job:
    """One project in a folder of its own, and what the steps have found out so far.

    Each step returns what it did in a few words; `ProjectError` or any other error says that
    the installation does not do it.
    """

    def __init__(self, folder: Path, doors: Doors) -> None:
        self._folder = folder
        self._doors = doors
        self._project = folder / "self-test.pressmark"
        self._open: Store | None = None
        self._session: Session | None = None

    @property
    def steps(self) -> tuple[tuple[str, Callable[[], str]], ...]:
        """The names of the steps and what carries them out."""
        return (
            ("make a project", self._make),
            ("import the sample", self._import),
            ("pre-highlight", self._prehighlight),
            ("tag", self._tag),
            ("undo and redo", self._undo),
            ("search", self._search),
            ("export DocBin", self._export_docbin),
            ("read it with spaCy", self._read_docbin),
            ("export JSONL", self._export_jsonl),
            ("import it again", self._import_again),
            ("draw the article", self._draw),
            ("look for damage", self._check),
            ("encrypt and open", self._encrypt),
            ("check a signature", self._check_signature),
        )

    def close(self) -> None:
        """Let go of the project."""
        if self._open is not None:
            self._open.close()

    @property
    def _store(self) -> Store:
        if self._open is None:
            raise ProjectError("There is no project to do this in.")
        return self._open

    def _make(self) -> str:
        self._open = self._doors.create(self._project, None, None)
        return f"with the codebook “{self._open.codebook().name}”"

    def _import(self) -> str:
        from annotation.importing import import_paths
        from annotation.resources import resource_path

        report = import_paths(self._store, [resource_path("sample")], ANNOTATOR)
        _expect(not report.failures, f"{counted(len(report.failures), 'file')} could not be read")
        return f"{counted(report.articles, 'article')} with {counted(report.spans, 'span')}"

    def _prehighlight(self) -> str:
        from annotation.models import find_model
        from annotation.prehighlight import PreHighlight

        model = find_model()
        store = self._store
        report = PreHighlight(store, store.codebook(), model, ANNOTATOR).run()
        _expect(not report.failed, "; ".join(reason for _, reason in report.failed))
        _expect(report.suggestions > 0, f"{model.author} found nothing")
        return f"{counted(report.suggestions, 'suggestion')} by {model.author}"

    def _tag(self) -> str:
        self._session = session = Session(self._store, ANNOTATOR)
        [row] = self._store.article_rows(ArticleFilter(), after=1, limit=1)
        document = session.open(row.id)
        label = next(label for label in session.codebook.labels if label.layer == "discourse")
        end = document.article.text.index("\n")
        session.do(add_span(session.desk, label.layer, label.name, [(0, end)]))
        waiting = [s for s in self._store.all_suggestions(row.id) if s.state == "pending"]
        if waiting:
            session.do(accept_all(session.desk, waiting))
        return f"a {label.name} by hand, {counted(len(waiting), 'suggestion')} accepted"

    def _undo(self) -> str:
        session = self._session
        _expect(session is not None, "nothing was tagged")
        assert session is not None
        before = _spans(self._store)
        steps = 0
        while session.undo():
            steps += 1
        _expect(len(_spans(self._store)) < len(before), "undo took nothing back")
        while session.redo():
            pass
        _expect(_spans(self._store) == before, "redo did not bring everything back")
        return f"{counted(steps, 'step')} back and forth"

    def _search(self) -> str:
        from annotation.finding import Query
        from annotation.searching import Search

        while self._store.index(100):
            pass
        steps = self._store.search(Search(Query(WORD), by_query=True))
        hits = sum(len(step.found) for step in steps)
        _expect(hits > 0, f"“{WORD}” is not found")
        return f"“{WORD}” is found {counted(hits, 'time')}"

    def _export_docbin(self) -> str:
        return self._export("docbin")

    def _read_docbin(self) -> str:
        import spacy
        from spacy.tokens import DocBin

        vocabulary = spacy.blank("en").vocab
        files = sorted((self._folder / "docbin").rglob("*.spacy"))
        docs = [doc for file in files for doc in DocBin().from_disk(file).get_docs(vocabulary)]
        _expect(any(doc.ents or doc.spans for doc in docs), "there are no spans in it")
        return counted(len(docs), "document")

    def _export_jsonl(self) -> str:
        return self._export("jsonl")

    def _import_again(self) -> str:
        from annotation.importing import import_paths

        again = self._doors.create(self._folder / "again.pressmark", None, None)
        try:
            report = import_paths(again, [self._folder / "jsonl"], ANNOTATOR)
            _expect(not report.failures, "what was exported cannot be imported")
            _expect(
                _contents(again) == _contents(self._store),
                "what comes back is not what was exported",
            )
        finally:
            again.close()
        return f"{counted(report.spans, 'span')} and {counted(report.relations, 'relation')}"

    def _draw(self) -> str:
        from PySide6.QtGui import QImage

        from ui.headless import draw

        _, [file] = draw(self._store, 1, self._folder / "article.png")
        image = QImage(str(file))
        points = range(0, min(image.width(), image.height()), 3)
        _expect(len({image.pixel(at, at) for at in points}) > 2, "the picture is empty")
        return f"{image.width()} × {image.height()} pixels"

    def _check(self) -> str:
        from annotation.checking import check

        report = check(self._store)
        _expect(not report.problems, "; ".join(report.problems))
        return f"{counted(report.spans, 'span')} and {counted(report.relations, 'relation')}, sound"

    def _encrypt(self) -> str:
        path = self._folder / "secret.pressmark"
        self._doors.create(path, None, PASSWORD).close()
        locks = self._doors.locks()
        _expect(locks.is_encrypted(path), "the project is not encrypted")
        locks.unlock(path, PASSWORD)
        self._doors.open(path).close()
        return "with a password"

    def _check_signature(self) -> str:
        from annotation.releases.minisign import read_key, verify

        verify(SIGNED, SIGNATURE, read_key(KEY), "the text of the test")
        return "of a minisign key, as for updates"

    def _export(self, name: str) -> str:
        from annotation.exporting import ExportOptions, export

        report = export(self._store, self._folder / name, ExportOptions(name, everything=True))
        spans = sum(count for labels in report.spans.values() for count in labels.values())
        return f"{counted(report.articles, 'article')} with {counted(spans, 'span')}"


def _contents(store: Store) -> list[tuple[str, str, str]]:
    """Return what is tagged, without ids and times, which are another project's own."""
    return sorted(
        (span.label, repr(span.fragments), " ".join(span.quotation)) for span in _spans(store)
    )


def _spans(store: Store) -> list[Span]:
    articles = [store.article(row.id) for row in store.article_rows(ArticleFilter(), limit=10)]
    return [span for each in articles for span in store.spans_between(each.id, 0, len(each.text))]


def _expect(true: bool, otherwise: str) -> None:
    if not true:
        raise ProjectError(otherwise)
