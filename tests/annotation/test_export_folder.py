"""The folder of an export: whole or not at all, never over other files, always the same bytes."""

import json
import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest
from memory_store import MemoryStore, make_article, make_relation, make_span

from annotation.errors import ProjectError
from annotation.exporting import ExportOptions, ExportReport, export, losses
from annotation.jsonl import entry_from_dict
from annotation.model import Annotations, Review, Span
from annotation.store import Entry

ROOT = Path(__file__).resolve().parents[2]
JSONL = ExportOptions("jsonl")


def project(*complete: str, articles: int = 1) -> MemoryStore:
    """Return articles with a claim and an organisation that are joined, and these reviews."""
    store = MemoryStore()
    for number in range(articles):
        article = make_article(f"Acme said it would close. {number}")
        org = make_span(article, "entity", "ORG", (0, 4))
        source = make_span(article, "discourse", "SOURCE", (0, 4))
        same = make_relation(article, "COREFERENCE", ("member", org), ("member", source))
        reviews = tuple(
            Review(article.id, "anna", name, "complete", "2026-03-14T09:26:53Z")
            for name in complete
        )
        store.add_entries([Entry(article, Annotations((org, source), (same,), (), reviews))], "")
    return store


def lines(out: Path) -> list[dict]:  # type: ignore[type-arg]
    return [json.loads(line) for line in (out / "corpus.jsonl").read_text("utf-8").splitlines()]


# -- what is exported


def test_only_complete_layers_and_relations_within_them(tmp_path: Path) -> None:
    store = project("entity")
    report = export(store, tmp_path / "out", JSONL)
    [article] = lines(tmp_path / "out")
    assert [span["label"] for span in article["spans"]] == ["ORG"]
    assert article["relations"] == []
    assert report.losses == {"layer": 1, "relation": 1}
    told = list(losses(store, JSONL))
    assert [loss.what for loss in told] == ["layer", "relation"]
    assert told[0].done == (
        "1 span of the layer discourse left out: it is not reviewed as complete."
    )
    assert told[1].quotation == "Acme + Acme"


def test_an_article_without_a_complete_layer_is_left_out_and_told(tmp_path: Path) -> None:
    store = project("entity", "discourse")
    store.add_entries(_entries(project()), "")
    store.add_entries([Entry(make_article("Nobody read this."))], "")
    report = export(store, tmp_path / "out", JSONL)
    assert (report.articles, report.left_out, report.losses) == (1, 2, {"article": 2})
    assert [loss.done.split(":")[0] for loss in losses(store, JSONL)] == [
        "Left out with 2 spans",
        "Left out with 0 spans",
    ]


def test_all_takes_everything_and_marks_it(tmp_path: Path) -> None:
    options = ExportOptions("jsonl", everything=True)
    store = project("entity")
    report = export(store, tmp_path / "out", options)
    [data] = lines(tmp_path / "out")
    assert data["layers"] == {"entity": "complete", "discourse": "open"}
    assert not report.losses
    assert (tmp_path / "out" / "losses.jsonl").read_text() == ""
    assert [entry_from_dict(data, store.codebook(), "", "")] == _entries(store)


def test_layers_can_be_chosen(tmp_path: Path) -> None:
    store = project("entity", "discourse")
    report = export(store, tmp_path / "out", ExportOptions("jsonl", layers=("discourse",)))
    assert report.spans == {"discourse": {"SOURCE": 1}}
    assert report.losses == {"relation": 1}, "a layer nobody asked for is no loss"


@pytest.mark.parametrize(
    ("store", "options", "words"),
    [
        (project(), JSONL, "no layer of any article is reviewed as complete"),
        (MemoryStore(), ExportOptions("jsonl", everything=True), "holds no articles"),
        (project("entity"), ExportOptions("brat"), "choose one of: docbin, jsonl"),
        (project("entity"), ExportOptions("jsonl", ("mood",)), "no layer mood"),
    ],
)
def test_what_cannot_be_exported_is_said(
    tmp_path: Path, store: MemoryStore, options: ExportOptions, words: str
) -> None:
    with pytest.raises(ProjectError, match=words):
        export(store, tmp_path / "out", options)
    assert list(tmp_path.iterdir()) == []


def test_a_span_that_is_not_in_the_text_stops_the_export(tmp_path: Path) -> None:
    store = project("entity")
    for key, record in store.records.items():
        if isinstance(record, Span) and record.label == "ORG":
            store.records[key] = Span(**{**_fields(record), "quotation": ("Acne",)})
    with pytest.raises(ProjectError, match="“Acne” is not what the text holds at 0–4"):
        export(store, tmp_path / "out", JSONL)


# -- the folder


def test_an_earlier_export_is_replaced_whole(tmp_path: Path) -> None:
    out = tmp_path / "out"
    export(project("entity", "discourse"), out, ExportOptions("docbin"))
    report = export(project("entity"), out, JSONL)
    assert sorted(path.name for path in out.iterdir()) == sorted(report.files)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("spoil", ["foreign", "strange", "changed", "file"])
def test_other_files_are_never_replaced(tmp_path: Path, spoil: str) -> None:
    out = tmp_path / "out"
    if spoil == "foreign":
        out.mkdir()
        (out / "thesis.txt").write_text("mine")
    elif spoil == "file":
        out.write_text("mine")
    else:
        export(project("entity"), out, JSONL)
        (out / ("thesis.txt" if spoil == "strange" else "codebook.toml")).write_text("mine")
    before = _bytes(tmp_path)
    with pytest.raises(ProjectError, match=r"new.* folder|another name"):
        export(project("entity"), out, JSONL)
    assert _bytes(tmp_path) == before


@pytest.mark.parametrize("former", [True, False])
def test_an_export_that_fails_leaves_what_was_there(
    tmp_path: Path, former: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = project("entity", "discourse", articles=3)
    if former:
        export(store, tmp_path / "out", JSONL)
    before = _bytes(tmp_path)

    def full(self: Path, data: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(ProjectError, match="No space left on device"):
        export(store, tmp_path / "out", ExportOptions("docbin"))
    assert _bytes(tmp_path) == before


def test_an_export_puts_right_what_a_killed_one_left(tmp_path: Path) -> None:
    store = project("entity", articles=3)
    export(store, tmp_path / "out", JSONL)
    before = _bytes(tmp_path)
    (tmp_path / "out").rename(tmp_path / ".out.1.former")
    (tmp_path / ".out.2.unfinished").mkdir()
    (tmp_path / ".out.2.unfinished" / "corpus.jsonl").write_text("half")
    export(store, tmp_path / "out", JSONL)
    assert _bytes(tmp_path) == before


def test_it_can_be_stopped(tmp_path: Path) -> None:
    seen = []

    def stop(done: int, total: int) -> None:
        seen.append((done, total))
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export(project("entity", articles=3), tmp_path / "out", JSONL, stop)
    assert seen == [(1, 3), (2, 3)]
    assert list(tmp_path.iterdir()) == []


def test_the_manifest_knows_every_file(tmp_path: Path) -> None:
    out = tmp_path / "out"
    report = export(project("entity", "discourse"), out, ExportOptions("docbin"))
    manifest = json.loads((out / "manifest.json").read_text("utf-8"))
    assert {*manifest["files"], "manifest.json"} == set(report.files)
    for name, digest in manifest["files"].items():
        assert sha256((out / name).read_bytes()).hexdigest() == digest
    assert manifest["articles"][0]["layers"] == {"entity": "complete", "discourse": "complete"}
    assert manifest["counts"]["spans"] == {"entity": {"ORG": 1}, "discourse": {"SOURCE": 1}}


PROGRAM = """
import sys
from dataclasses import replace
from pathlib import Path
from memory_store import MemoryStore
from annotation.exporting import ExportOptions, export
from annotation.jsonl import entry_from_dict
import json
store = MemoryStore()
for line in Path(sys.argv[1]).read_text("utf-8").splitlines():
    store.add_entries([entry_from_dict(json.loads(line), store.codebook(), "", "")], "")
export(store, Path(sys.argv[2]), ExportOptions(sys.argv[3]))
"""


@pytest.mark.parametrize("form", ["docbin", "jsonl"])
def test_two_processes_write_the_same_bytes(tmp_path: Path, form: str) -> None:
    export(project("entity", "discourse", articles=12), tmp_path / "source", JSONL)
    outs = [tmp_path / "one", tmp_path / "two"]
    for seed, out in enumerate(outs, start=1):
        path = os.pathsep.join([str(ROOT), str(Path(__file__).parent)])
        subprocess.run(
            [sys.executable, "-c", PROGRAM, tmp_path / "source" / "corpus.jsonl", out, form],
            env={**os.environ, "PYTHONHASHSEED": str(seed), "PYTHONPATH": path},
            check=True,
        )
    assert _bytes(outs[0]) == _bytes(outs[1])
    assert len(_bytes(outs[0])) > 4


def test_the_report_is_plain_enough_for_json(tmp_path: Path) -> None:
    report = export(project("entity"), tmp_path / "out", JSONL)
    assert isinstance(report, ExportReport)
    assert json.dumps([report.spans, report.relations, report.losses, report.notes, report.files])


def _entries(store: MemoryStore) -> list[Entry]:
    return [Entry(store.article(i), store.annotations(i)) for i in store.article_ids()]


def _fields(span: Span) -> dict[str, object]:
    return {name: getattr(span, name) for name in Span.__slots__}


def _bytes(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }
