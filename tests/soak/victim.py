"""The process that is killed: works through the application's own code and says what it has done.

Before each piece of work it writes a line of JSON to its output, and one when the work has
returned: the acknowledgement. `python -m tests.soak.victim PROJECT FOLDER SEED MODEL`.
"""

import json
import random
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

from annotation import edits
from annotation.codec import record_to_dict
from annotation.errors import ProjectError
from annotation.exporting import ExportOptions, export
from annotation.ids import new_id
from annotation.importing import import_paths
from annotation.model import Argument, Change, Record
from annotation.models import Model, find_model
from annotation.prehighlight import PreHighlight
from annotation.session import Session
from annotation.store import ArticleFilter
from storage import ProjectFile, open_project
from tests.soak.fake_model import MODEL
from tests.soak.protecting import unlock

WORDS = [
    "Anna",
    "Bolt",
    "said",
    "that",
    "the",
    "Halvik",
    "bridge",
    "would",
    "close",
    "on",
    "Monday",
    "while",
    "Mayor",
    "Senn",
    "denied",
    "it",
]


def say(**line: object) -> None:
    """Write one line; small ones arrive whole or not at all."""
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


def as_json(records: tuple[Record, ...]) -> list[dict[str, object]]:
    return [record_to_dict(record) for record in records]


class Victim:
    """Somebody who does everything at once, and never rests."""

    def __init__(self, path: Path, folder: Path, chance: random.Random, model: Model) -> None:
        self._path = path
        self._folder = folder
        self.out = folder / "out"
        self._chance = chance
        self._model = model
        self._store: ProjectFile
        self._session: Session

    def work(self) -> None:
        """Work until killed."""
        self._open()
        deeds: list[tuple[Callable[[], None], int]] = [
            (self._edit, 200),
            (self._travel, 40),
            (self._import, 5),
            (self._prehighlight, 2),
            (self._export, 4),
            (self._close_and_open, 4),
        ]
        while True:
            (deed,) = self._chance.choices(*zip(*deeds, strict=True))
            deed()

    def _open(self) -> None:
        say(do="open")
        self._store = open_project(self._path)
        say(done="open", read_only=self._store.read_only)
        self._session = Session(self._store, "victim")
        self._choose()

    def _choose(self) -> None:
        count = self._store.count_articles(ArticleFilter())
        number = self._chance.randrange(count)
        self._session.open(self._store.article_rows(ArticleFilter(), number, 1)[0].id)

    def _close_and_open(self) -> None:
        say(do="close")
        self._store.close()
        say(done="close")
        self._open()

    def _edit(self) -> None:
        if self._chance.random() < 0.2:
            self._choose()
        try:
            change = self._change()
        except ProjectError:
            return  # a rule of the codebook refuses it
        if change is None:
            return
        say(do="edit", id=change.id, removed=as_json(change.removed), added=as_json(change.added))
        self._session.do(change)
        say(done="edit")

    def _change(self) -> Change | None:
        desk, chance = self._session.desk, self._chance
        text = desk.article.text
        start = chance.randrange(len(text) - 1)
        end = min(start + chance.randint(1, 40), len(text))
        spans = desk.document.spans_between(start, end)
        pending = desk.document.suggestions_between(start, end + 80)
        match chance.randrange(8):
            case 0 | 1 | 2:
                label = chance.choice(desk.codebook.labels)
                return edits.add_span(desk, label.layer, label.name, [(start, end)])
            case 3 if spans:
                return edits.delete(desk, spans[:2])
            case 4 if spans:
                return edits.set_note(desk, chance.choice(spans), " ".join(chance.sample(WORDS, 5)))
            case 5 if len(spans) > 1:
                members = [Argument("member", span.id) for span in spans[:2]]
                return edits.link(desk, "COREFERENCE", members)
            case 6 if pending:
                decide = edits.accept_all if chance.random() < 0.7 else edits.reject
                return decide(desk, pending)
            case 7:
                layer = chance.choice(desk.codebook.layers).name
                return edits.set_review(desk, layer, chance.choice(("open", "complete")))
        return None

    def _travel(self) -> None:
        self._go(self._chance.choice(("undo", "undo", "redo")))

    def _go(self, which: str) -> None:
        say(do=which)
        change = self._session.undo() if which == "undo" else self._session.redo()
        say(done=which, moved=change is not None)

    def _import(self) -> None:
        texts = [self._text() for _ in range(self._chance.randint(1, 60))]
        files = [self._folder / f"{new_id()}.txt" for _ in texts]
        for file, text in zip(files, texts, strict=True):
            file.write_text(text, "utf-8")
        hashes = [sha256(text.encode()).hexdigest() for text in texts]
        say(do="import", hashes=hashes)
        report = import_paths(self._store, files, "victim")
        failed = [failure.path for failure in report.failures]
        taken = [text for text, file in zip(hashes, files, strict=True) if file not in failed]
        say(done="import", hashes=taken, failures=[f.reason for f in report.failures])
        for file in files:
            file.unlink()

    def _text(self) -> str:
        words = [self._chance.choice(WORDS) for _ in range(self._chance.randint(20, 400))]
        return f"{new_id()} {' '.join(words)}."

    def _prehighlight(self) -> None:
        waiting = self._store.articles_without_run(self._model.author)[:40]
        say(do="run")
        codebook = self._session.codebook
        job = PreHighlight(self._store, codebook, self._model, "victim", articles=waiting)
        while not job.finished:
            for change in job.step():
                self._session.follow(change)
                self._acknowledge(change)
            job.wait(0.05)
        job.close()
        say(done="run")

    def _acknowledge(self, change: Change) -> None:
        say(done="article", added=as_json(change.added))

    def _export(self) -> None:
        say(do="export")
        export(self._store, self.out, ExportOptions("jsonl", everything=True))
        say(done="export")


def main(arguments: list[str]) -> None:
    project, folder, seed, model = arguments
    unlock(Path(project))
    chosen = find_model() if model == "real" else MODEL
    Victim(Path(project), Path(folder), random.Random(int(seed)), chosen).work()


def heard(line: str) -> dict[str, Any] | None:
    """Return what a line of a victim says, or None for one that the kill has cut off."""
    try:
        said: dict[str, Any] = json.loads(line)
    except ValueError:
        return None
    return said


if __name__ == "__main__":
    main(sys.argv[1:])
