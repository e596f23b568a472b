"""The dictionary in the project file: kept, carried along by revisions, copied, repaired."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from annotation.codebook_draft import Draft
from annotation.dictionary import Dictionary, Term
from annotation.errors import ProjectError
from annotation.session import Session
from storage import ProjectFile, open_project
from storage.salvage import salvage
from tests.storage.making import add_article, edit

ACME = Term("Acme", "entity", "ORG")
SAYS = Term("it says", "discourse", "CLAIM", any_case=True)
TERMS = Dictionary(name="firms").with_terms([SAYS, ACME])


def test_it_is_there_again_with_its_name_and_version(store: ProjectFile, path: Path) -> None:
    assert (store.dictionary.author(), store.dictionary.read()) == ("", Dictionary())
    store.dictionary.put(TERMS)
    store.close()
    again = open_project(path)
    assert again.dictionary.read() == TERMS
    assert again.dictionary.author() == TERMS.author
    again.close()


def test_another_takes_its_place_and_all_articles_wait_for_it(store: ProjectFile) -> None:
    article = add_article(store)
    for dictionary in (TERMS, TERMS.without([ACME]), TERMS):
        store.dictionary.put(dictionary)
        assert store.articles_without_run(dictionary.author) == [article.id]
        store.store_run(article.id, dictionary.author, edit(article))
        assert store.articles_without_run(dictionary.author) == []
    assert store.dictionary.read() == TERMS


def test_any_thread_may_put_it(store: ProjectFile) -> None:
    with ThreadPoolExecutor(1) as pool:
        pool.submit(store.dictionary.put, TERMS).result()
    assert store.dictionary.read() == TERMS


def test_a_project_that_is_only_read_keeps_its_dictionary(store: ProjectFile, path: Path) -> None:
    store.dictionary.put(TERMS)
    other = open_project(path)
    with pytest.raises(ProjectError, match="cannot be changed"):
        other.dictionary.put(Dictionary())
    assert other.dictionary.read() == TERMS
    other.close()


def test_a_renamed_label_takes_its_terms_along_and_back(store: ProjectFile) -> None:
    store.dictionary.put(TERMS)
    session = Session(store, "anna")
    draft = Draft(store.codebook())
    label = next(label for label in draft.labels() if label.name == "ORG")
    label.part = replace(label.part, name="FIRM")
    session.revise(draft.revision())
    assert {term.label for term in store.dictionary.read().terms} == {"FIRM", "CLAIM"}
    session.undo()
    assert store.dictionary.read() == TERMS
    session.redo()
    assert {term.label for term in store.dictionary.read().terms} == {"FIRM", "CLAIM"}
    store.dictionary.put(store.dictionary.read().with_terms([ACME._replace(label="OTHER")]))
    session.undo()
    assert {term.label for term in store.dictionary.read().terms} == {"OTHER", "CLAIM"}


def test_a_label_that_is_taken_out_leaves_its_terms_and_is_told(store: ProjectFile) -> None:
    store.dictionary.put(TERMS)
    session = Session(store, "anna")
    draft = Draft(store.codebook())
    draft.remove(next(label for label in draft.labels() if label.name == "ORG"))
    told = session.reckon(draft.revision()).losses()
    assert told == ["1 term of the dictionary without a label"]
    session.revise(draft.revision())
    assert store.dictionary.read() == TERMS


def test_copies_and_repairs_hold_it(store: ProjectFile, path: Path, tmp_path: Path) -> None:
    add_article(store)
    store.dictionary.put(TERMS)
    store.save_copy(tmp_path / "copy.pressmark", lambda done, total: None)
    store.close()
    salvage(path, tmp_path / "saved.pressmark", lambda done, total: None)
    for name in ("copy", "saved"):
        other = open_project(tmp_path / f"{name}.pressmark")
        assert other.dictionary.read() == TERMS
        assert other.dictionary.author() == TERMS.author
        other.close()
