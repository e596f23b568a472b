"""Exports without the names of confidential entries."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from memory_store import MemoryStore, make_article, make_span

from annotation.exporting import ExportOptions, export, losses
from annotation.exporting.pseudonyms import Pseudonyms, pseudonym
from annotation.ids import new_id
from annotation.model import Annotations, RegistryEntry
from annotation.store import Entry

AT = "2026-03-14T09:26:53.000Z"
TEXT = "Jürgen  Ohm met the tall man. “OHM, JÜRGEN!” he said; not Ohmstedt. Bolt paid."
NAMES = ("Jürgen Ohm", "Ohm, Jürgen")


def source(name: str, *aliases: str, confidential: bool = True) -> RegistryEntry:
    facts = {"role": "informational", "affiliation": "Ministry of Ohm"}
    return RegistryEntry(
        new_id(), "source", name, "anna", AT, AT, aliases, facts, "Lives here", confidential
    )


def project(entry: RegistryEntry, text: str = TEXT) -> MemoryStore:
    store = MemoryStore()
    article = make_article(text)
    article = replace(article, title="Ohm, Jürgen speaks", url="https://x.example/ohm")
    named = make_span(article, "discourse", "SOURCE", (0, 11))
    tall = make_span(article, "discourse", "SOURCE", (20, 28))
    spans = (
        replace(named, entry_id=entry.id, note="That is Jürgen Ohm"),
        replace(tall, entry_id=entry.id),
    )
    store.add_entries([Entry(article, Annotations(spans, mentioned=(entry,)))], "anna")
    return store


@pytest.mark.parametrize("form", ["jsonl", "docbin"])
def test_no_name_is_in_any_file_and_offsets_count(tmp_path: Path, form: str) -> None:
    entry = source(*NAMES)
    options = ExportOptions(form, everything=True, pseudonymise=True)
    store = project(entry)
    told = [(loss.quotation, loss.done) for loss in losses(store, options)]
    export(store, tmp_path / "out", options)
    for file in (tmp_path / "out").rglob("*"):
        content = file.read_bytes().lower() if file.is_file() else b""
        assert b"rgen" not in content and b"ministry" not in content and b"/ohm" not in content
    assert sum("2 names of confidential" in done for _, done in told) == 1
    assert sum(quoted == "tall man" and "stay" in done for quoted, done in told) == 1
    if form == "jsonl":
        data = json.loads((tmp_path / "out" / "corpus.jsonl").read_text("utf-8"))
        text = data["article"]["text"]
        assert text == TEXT.replace("Jürgen  Ohm", "XXXXXX  XXX").replace(
            "OHM, JÜRGEN", "XXX, XXXXXX"
        )
        for span in data["spans"]:
            assert span["quotation"] == [text[a:b] for a, b in span["fragments"]]
        assert data["registry"][0]["name"] == pseudonym(entry)
        assert data["registry"][0]["facts"] == {"role": "informational"}


def test_without_asking_or_marking_everything_stays(tmp_path: Path) -> None:
    for entry, asked in ((source(*NAMES), False), (source(*NAMES, confidential=False), True)):
        options = ExportOptions("jsonl", everything=True, pseudonymise=asked)
        assert not list(losses(project(entry), options))
        export(project(entry), tmp_path / "out", options)
        data = json.loads((tmp_path / "out" / "corpus.jsonl").read_text("utf-8"))
        assert data["article"]["text"] == TEXT
        assert data["registry"][0]["name"] == "Jürgen Ohm"


@given(st.text(max_size=40), st.text(min_size=1, max_size=8))
def test_lengths_never_change(text: str, name: str) -> None:
    entry = source(name)
    around = f"{'-' * 30}{text} {name} {text}"
    store = project(entry, around)
    [article_id] = store.article_ids()
    before = Entry(store.article(article_id), store.annotations(article_id))
    after, _ = Pseudonyms(store).hidden(before)
    assert len(after.article.text) == len(around)
    for span in after.annotations.spans:
        assert span.quotation == after.article.quote(span.fragments)
