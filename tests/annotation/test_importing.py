"""The import takes what it can, says why of the rest, and loses nothing on the way."""

import json
import os
import pickle
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from memory_store import BOOK, MemoryStore, make_article

from annotation import importing
from annotation.codebook_file import write_codebook
from annotation.errors import ConflictError, ProjectError
from annotation.ids import now
from annotation.importing import (
    Failure,
    find_files,
    import_entries,
    import_paths,
    read_entries,
)
from annotation.jsonl import entry_to_dict
from annotation.model import Annotations, Review
from annotation.store import Entry


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def test_folders_are_searched_in_order(tmp_path: Path) -> None:
    wanted = [
        write(tmp_path / name, name)
        for name in ("1.txt", "2/a.md", "2/b/c.jsonl", "2/z.TXT", "3.json")
    ]
    for name in (".hidden.txt", ".git/a.txt", "2/b/picture.png", "notes"):
        write(tmp_path / name, name)
    assert list(find_files([tmp_path])) == wanted
    assert list(find_files([tmp_path / "3.json", tmp_path / "2"])) == [wanted[4], *wanted[1:4]]
    assert list(find_files([tmp_path / ".hidden.txt"])) == [tmp_path / ".hidden.txt"]


def test_of_an_export_only_the_corpus_is_taken(tmp_path: Path) -> None:
    manifest = json.dumps({"format": "pressmark-export/1", "files": {}})
    for folder in ("lossless", "training"):
        write(tmp_path / folder / "manifest.json", manifest)
        write(tmp_path / folder / "losses.txt", "What this export could not carry")
    corpus = write(tmp_path / "lossless" / "corpus.jsonl", "{}")
    other = write(tmp_path / "other" / "manifest.json", "{}")
    taken, refused, kept = find_files([tmp_path / n for n in ("lossless", "training", "other")])
    assert (taken, kept) == (corpus, other)
    assert isinstance(refused, Failure) and "jsonl" in refused.reason


def test_links_in_a_circle_end(tmp_path: Path) -> None:
    write(tmp_path / "a" / "1.txt", "text")
    try:
        (tmp_path / "a" / "back").symlink_to(tmp_path, target_is_directory=True)
        (tmp_path / "a" / "self.txt").symlink_to(tmp_path / "a" / "self.txt")
    except OSError:
        pytest.skip("links cannot be made here")
    found = list(find_files([tmp_path]))
    assert found == [tmp_path / "a" / "1.txt", tmp_path / "a" / "self.txt"]
    report = import_paths(MemoryStore(), [tmp_path], "anna")
    assert report.articles == 1 and [f.path.name for f in report.failures] == ["self.txt"]


def test_a_closed_folder_is_a_failure(guarded_folder: Path) -> None:
    write(guarded_folder / "closed" / "1.txt", "text")
    write(guarded_folder / "open.txt", "text")
    (guarded_folder / "closed").chmod(0)
    try:
        failure, found = find_files([guarded_folder])
    finally:
        (guarded_folder / "closed").chmod(0o700)
    assert isinstance(failure, Failure) and "Permission denied" in failure.reason
    assert found == guarded_folder / "open.txt"


def test_a_folder_that_cannot_be_listed_is_a_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "closed" / "1.txt", "text")
    write(tmp_path / "open.txt", "text")
    listed = os.scandir

    def scandir(folder: Path) -> object:
        if Path(folder).name == "closed":
            raise PermissionError(13, "Permission denied", str(folder))
        return listed(folder)

    monkeypatch.setattr(os, "scandir", scandir)
    report = import_paths(MemoryStore(), [tmp_path], "anna")
    assert report.articles == 1
    assert [(f.path.name, f.reason) for f in report.failures] == [
        ("closed", "The folder cannot be read: Permission denied.")
    ]


def test_what_cannot_be_read_is_listed_and_the_rest_imported(tmp_path: Path) -> None:
    write(tmp_path / "good.txt", "A good one.")
    write(tmp_path / "empty.txt", "")
    (tmp_path / "binary.txt").write_bytes(b"\x00\x01")
    strange = write(tmp_path / "article.docx", "x")
    items = list(read_entries([tmp_path, strange, tmp_path / "none.txt"], BOOK, "anna"))
    reasons = {i.path.name: i.reason for i in items if isinstance(i, Failure)}
    assert list(reasons) == ["binary.txt", "empty.txt", "article.docx", "none.txt"]
    assert "Formats that can: .txt, .md, .jsonl, .json" in reasons["article.docx"]
    assert pickle.loads(pickle.dumps(items)) == items
    report = import_entries(MemoryStore(), items, "anna")
    assert (report.articles, len(report.failures)) == (1, 4)
    json.dumps(report.to_dict())


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes here")
def test_a_pipe_does_not_stop_the_import(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (failure,) = read_entries([tmp_path], BOOK, "anna")
    assert isinstance(failure, Failure) and "pipe" in failure.reason


def test_the_same_text_is_imported_once(tmp_path: Path) -> None:
    store = MemoryStore()
    write(tmp_path / "1.txt", "Title\nThe text.")
    write(tmp_path / "sub" / "2.txt", "Title\r\nThe text.")
    annotated = {
        "format": "pressmark/1",
        "article": {"text": "Title\nThe text."},
        "spans": [{"layer": "entity", "label": "ORG", "fragments": [[0, 5]]}],
    }
    write(tmp_path / "sub" / "3.jsonl", json.dumps(annotated))
    report = import_paths(store, [tmp_path], "anna")
    assert report.articles == 1
    assert [f.path for f in report.failures] == [
        tmp_path / "sub" / "2.txt",
        tmp_path / "sub" / "3.jsonl",
    ]
    assert all("same text as “Title”" in f.reason for f in report.failures)
    assert "annotations were not imported" in report.failures[1].reason
    again = import_paths(store, [tmp_path], "anna")
    assert (again.articles, len(again.failures)) == (0, 3)


class ChoosyStore(MemoryStore):
    """Refuses some texts, as a project does that holds a record of the same id."""

    error: type[ProjectError] = ConflictError

    def add_entries(self, entries: Sequence[Entry], annotator: str) -> None:
        if any("bad" in entry.article.text for entry in entries):
            raise self.error("The project holds a record of this id already.")
        super().add_entries(entries, annotator)


def entries(*texts: str) -> list[Entry]:
    return [Entry(make_article(text)) for text in texts]


def test_a_batch_that_fails_costs_only_the_culprits() -> None:
    store = ChoosyStore()
    report = import_entries(store, entries("one", "bad", "two", "bad too"), "anna")
    assert [a.text for a in store.articles.values()] == ["one", "two"]
    assert report.articles == 2 and len(report.failures) == 2


def test_a_project_that_takes_nothing_ends_the_import() -> None:
    store = ChoosyStore()
    store.error = ProjectError
    with pytest.raises(ProjectError, match="imported before this: 0"):
        import_entries(store, entries("bad 1", "bad 2"), "anna")


def test_batches_stay_small_and_progress_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    store = MemoryStore()
    told: list[tuple[int, int]] = []
    many = entries(*(f"text {number}" for number in range(450)))
    import_entries(store, many, "anna", lambda done, failed: told.append((done, failed)))
    assert told == [(200, 0), (400, 0), (450, 0)] and store.transactions == 3
    monkeypatch.setattr(importing, "BATCH_CHARACTERS", 1000)
    store = MemoryStore()
    import_entries(store, entries(*(str(n) * 600 for n in range(4))), "anna")
    assert store.transactions == 2


def test_annotations_are_counted(tmp_path: Path) -> None:
    lines = [
        {
            "format": "pressmark/1",
            "article": {"text": f"Acme {number} said so."},
            "spans": [
                {"id": "a", "layer": "entity", "label": "ORG", "fragments": [[0, 4]]},
                {"id": "b", "layer": "discourse", "label": "SOURCE", "fragments": [[0, 4]]},
            ],
            "relations": [
                {
                    "label": "COREFERENCE",
                    "arguments": [{"role": "member", "span": i} for i in ("a", "b")],
                }
            ],
            "suggestions": [
                {"layer": "entity", "label": "GPE", "fragments": [[0, 4]], "author": "model 1"}
            ],
        }
        for number in range(3)
    ]
    path = write(tmp_path / "a.jsonl", "\n".join(map(json.dumps, lines)))
    store = MemoryStore()
    report = import_paths(store, [path], "anna")
    assert (report.articles, report.spans, report.relations, report.suggestions) == (3, 6, 3, 3)
    assert len(store.records) == 12 and all(not failure for failure in report.failures)


@pytest.mark.parametrize(
    ("lacking", "states"),
    [
        (("discourse", "CUE"), {"entity": "complete", "discourse": "open"}),
        ((), {"entity": "complete", "discourse": "complete"}),
        (None, {"entity": "complete", "discourse": "complete"}),
    ],
)
def test_what_was_complete_with_fewer_labels_is_open_here(
    tmp_path: Path, lacking: tuple[str, ...] | None, states: dict[str, str]
) -> None:
    article = make_article("Acme said so.")
    reviews = tuple(Review(article.id, "bea", layer, "complete", now()) for layer in states)
    line = json.dumps(entry_to_dict(Entry(article, Annotations(reviews=reviews)), BOOK))
    write(tmp_path / "corpus.jsonl", line)
    if lacking is not None:
        labels = tuple(x for x in BOOK.labels if (x.layer, x.name) != lacking)
        book = replace(BOOK, labels=labels, relations=() if lacking else BOOK.relations)
        write(tmp_path / "codebook.toml", write_codebook(book))
    store = MemoryStore()
    report = import_paths(store, [tmp_path / "corpus.jsonl"], "anna")
    assert report.failures == []
    assert {r.layer: r.state for r in store.annotations(article.id).reviews} == states
    gone = sum(state == "open" for state in states.values())
    assert (report.reopened, bool(report.told_of_reopened())) == (gone, bool(gone))
