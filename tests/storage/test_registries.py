"""Registries in the file: pages by name, mentions, and what an import brings along."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from annotation import registry_edits
from annotation.errors import ConflictError, ProjectError
from annotation.ids import new_id, now
from annotation.model import Annotations, Article, Change, RegistryEntry
from storage import ProjectFile, open_project, registries
from tests.storage.making import add_article, make_span


def entry(name: str, *aliases: str) -> RegistryEntry:
    return registry_edits.new_entry("source", name, "anna", aliases)


def put_in(store: ProjectFile, *entries: RegistryEntry) -> None:
    store.apply(Change(new_id(), "Add", "", "anna", now(), added=entries))


def test_pages_follow_each_other_by_name(store: ProjectFile) -> None:
    names = ["Zoë", "anna", "Ärzte", "Bert", "bert"]
    put_in(store, *map(entry, names), registry_edits.new_entry("event", "Flood", "anna"))
    found: list[str] = []
    last = None
    while page := store.registries.page("source", after=last, limit=2):
        found += [one.entry.name for one in page]
        last = page[-1].entry
    assert found == ["anna", "Ärzte", "Bert", "bert", "Zoë"]
    assert (store.registries.count("source"), store.registries.count("event")) == (5, 1)


def test_each_word_is_in_a_name_or_an_alias(store: ProjectFile) -> None:
    put_in(store, entry("Ilse Varga", "The Mayor"), entry("Anton Berg"))
    for words, expected in (("varga MAYOR", ["Ilse Varga"]), ("ber", ["Anton Berg"]), ("x", [])):
        assert [one.entry.name for one in store.registries.page("source", words)] == expected
    assert [name for _, name in store.registries.names("source")] == [
        *("Anton Berg", "Ilse Varga", "The Mayor")
    ]


def test_names_are_read_in_parts(store: ProjectFile, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registries, "NAMES", 2)
    put_in(store, *(entry(f"Name {n}", f"Alias {n}") for n in range(5)))
    names = [name for _, name in store.registries.names("source")]
    assert names == [f"{word} {n}" for n in range(5) for word in ("Name", "Alias")]


def test_mentions_outlive_a_restart_and_an_undo(store: ProjectFile, article: Article) -> None:
    varga = entry("Ilse Varga")
    spans = [make_span(article, (n, n + 1), entry_id=varga.id) for n in range(3)]
    store.apply(Change(new_id(), "Tag", article.id, "anna", now(), added=(varga, *spans)))
    page = store.registries.mentions(varga.id, limit=2)
    rest = store.registries.mentions(varga.id, after=page[-1].span)
    assert [mention.span for mention in (*page, *rest)] == spans
    assert {mention.title for mention in page} == {article.title}
    assert store.annotations(article.id).mentioned == (varga,)
    store.undo("anna", now())
    assert store.registries.count("source") == 0
    store.redo("anna", now())
    path = store.path
    store.close()
    with closing(open_project(path)) as again:
        assert again.registries.page("source") == [(varga, 3)]
        assert again.damage() == []


def test_an_entry_that_is_mentioned_cannot_vanish(store: ProjectFile, article: Article) -> None:
    varga = entry("Ilse Varga")
    span = make_span(article, (0, 1), entry_id=varga.id)
    store.apply(Change(new_id(), "Tag", article.id, "anna", now(), added=(varga, span)))
    with pytest.raises(ConflictError):
        store.apply(Change(new_id(), "Remove", "", "anna", now(), removed=(varga,)))
    stale = replace(varga, name="Ilse V.")
    with pytest.raises(ConflictError, match="is no longer what the project holds"):
        store.apply(Change(new_id(), "Change", "", "anna", now(), (stale,), (varga,)))
    assert store.registries.page("source") == [(varga, 1)]


def test_two_articles_bring_the_same_entry_once(store: ProjectFile) -> None:
    varga = entry("Ilse Varga")
    add_article(store, "One.", Annotations(mentioned=(varga,)))
    put_in(store, entry("Berg"))
    add_article(store, "Two.", Annotations(mentioned=(replace(varga, name="Other"), entry("Lee"))))
    assert [one.entry.name for one in store.registries.page("source")] == [
        *("Berg", "Ilse Varga", "Lee")
    ]


def test_a_damaged_entry_is_named(store: ProjectFile, path: Path) -> None:
    put_in(store, entry("Ilse Varga"))
    with closing(sqlite3.connect(path)) as client, client:
        client.execute("UPDATE entry SET facts = '[]'")
    assert store.counts()["sources in the registry"] == 1
    with pytest.raises(ProjectError, match=r"the facts of .* cannot be read"):
        store.registries.page("source")


def test_that_two_entries_are_not_the_same_is_kept_and_can_be_taken_back(
    store: ProjectFile,
) -> None:
    assert store.registries.distinct() == []
    store.registries.set_distinct("b", "a", apart=True)
    store.registries.set_distinct("a", "b", apart=True)
    store.registries.set_distinct("a", "c", apart=True)
    path = store.path
    store.close()
    with closing(open_project(path)) as again:
        assert again.registries.distinct() == [("a", "b"), ("a", "c")]
        again.registries.set_distinct("c", "a", apart=False)
        assert again.registries.distinct() == [("a", "b")] and again.damage() == []
