"""What can be read of a damaged project goes into a new one, and nothing else does."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from annotation.checking import check
from annotation.codebook import RelationLabel, Role
from annotation.errors import ProjectError
from annotation.ids import new_id, now
from annotation.model import Annotations, Article, RegistryEntry, Span
from annotation.salvage import SalvageReport, in_lines
from annotation.store import Entry
from storage import ProjectFile, create_project, open_project
from storage.salvage import salvage
from tests.storage.making import (
    BOOK,
    add_article,
    edit,
    make_article,
    make_relation,
    make_review,
    make_span,
    make_suggestion,
)

PAGE = 4096


def go_on(done: int, total: int) -> None:
    assert 0 <= done <= total


@pytest.fixture
def store(path: Path) -> Iterator[ProjectFile]:
    """A project whose codebook has a relation."""
    members = (Role("member", ("entity/*",), 2),)
    same = RelationLabel("COREFERENCE", "Coreference", symmetric=True, roles=members)
    project = create_project(path, replace(BOOK, relations=(same,)), annotator="anna")
    yield project
    project.close()


@pytest.fixture
def out(path: Path) -> Path:
    return path.with_name("saved.pressmark")


def saved(path: Path, out: Path) -> tuple[SalvageReport, ProjectFile]:
    report = salvage(path, out, go_on)
    store = open_project(out)
    assert check(store).problems == []
    return report, store


def root_of(path: Path, name: str) -> int:
    """Return the page where a table begins."""
    with closing(sqlite3.connect(path)) as client:
        sql = "SELECT rootpage FROM sqlite_schema WHERE name = ?"
        return int(client.execute(sql, (name,)).fetchone()[0])


def wipe(path: Path, page: int) -> None:
    data = bytearray(path.read_bytes())
    data[(page - 1) * PAGE : page * PAGE] = b"\xaa" * PAGE
    path.write_bytes(data)


def put(path: Path, old: bytes, new: bytes, count: int = -1) -> None:
    data = path.read_bytes()
    assert old in data and len(old) == len(new)
    path.write_bytes(data.replace(old, new, count))


@pytest.fixture
def full(store: ProjectFile, path: Path, article: Article) -> Annotations:
    """A closed project with one of everything, imported, and one span tagged by hand."""
    spans = tuple(make_span(article, at) for at in ((0, 4), (25, 29)))
    said = Annotations(
        spans,
        (make_relation(article, *spans),),
        (make_suggestion(article, 0, 4),),
        (make_review(article, "entity"),),
    )
    other = make_article("Acme and Beta, once more.")
    two = [make_span(other, (0, 4)), make_span(other, (9, 13))]
    entry = Entry(other, Annotations(tuple(two), (make_relation(other, *two),)))
    store.add_entries([entry], "anna")
    store.apply(edit(article, (), (*said.spans, *said.relations), "Tagged"))
    store.apply(edit(article, (), (*said.suggestions, *said.reviews), "Told"))
    store.close()
    return said


def test_a_sound_project_is_saved_whole(
    path: Path, out: Path, article: Article, full: Annotations
) -> None:
    before = path.read_bytes()
    report, store = saved(path, out)
    assert store.annotations(article.id) == full
    assert store.article(article.id) == article
    assert (report.damage, report.lost, report.notes) == ([], [], [])
    assert report.saved == report.known
    assert report.saved["spans"] == 4
    store.close()
    assert path.read_bytes() == before
    with closing(sqlite3.connect(path)) as one, closing(sqlite3.connect(out)) as two:
        for table in ("meta", "codebook", "change", "article"):
            sql = f"SELECT * FROM {table} ORDER BY 1"
            rows = [client.execute(sql).fetchall() for client in (one, two)]
            assert rows[0] == rows[1], table
    store = open_project(out)
    assert store.undo_title() == "Told"
    assert store.undo("anna", "now") is not None
    store.close()


def test_spans_of_a_lost_page_come_from_the_log(
    path: Path, out: Path, article: Article, full: Annotations
) -> None:
    wipe(path, root_of(path, "span"))
    report, store = saved(path, out)
    assert store.annotations(article.id).spans == full.spans
    assert store.annotations(article.id).relations == full.relations
    store.close()
    assert report.saved["spans"] == 2
    assert report.known["spans"] == 4, "the index of ids knows of the imported ones"
    assert any("taken from the log" in note for note in report.notes)
    assert any("table span" in line for line in report.damage)
    assert any("2 of 4" in line for line in in_lines(report))


def test_without_a_head_the_pages_are_known_by_what_is_on_them(
    path: Path, out: Path, article: Article, full: Annotations
) -> None:
    wipe(path, 1)
    with pytest.raises(ProjectError):
        open_project(path)
    report, store = saved(path, out)
    assert store.annotations(article.id) == full
    assert store.codebook().name == "test"
    store.close()
    assert report.saved["spans"] == 4
    assert "head of the file" in report.damage[0]


def test_what_was_deleted_does_not_come_back(
    store: ProjectFile, path: Path, out: Path, article: Article
) -> None:
    spans = tuple(replace(make_span(article, (0, 4)), note="x" * 900) for _ in range(40))
    store.apply(edit(article, (), spans))
    store.apply(edit(article, spans[:-1], ()))
    store.close()
    wipe(path, 1)  # so that the list of free pages is gone, too
    _, store = saved(path, out)
    assert store.annotations(article.id).spans == spans[-1:]
    store.close()


def test_a_place_that_is_wrong_is_not_saved(
    store: ProjectFile, path: Path, out: Path, article: Article
) -> None:
    span = make_span(article, (25, 29))
    add_article(store, "Other text", Annotations())
    other = make_article("Acme is a company")
    store.add_entries([Entry(other, Annotations((make_span(other, (0, 4)),)))], "anna")
    store.apply(edit(article, (), (span,)))
    store.close()
    put(path, b"[[0,4]]", b"[[1,4]]")
    report, store = saved(path, out)
    assert store.annotations(other.id).spans == ()
    assert store.annotations(article.id).spans == (span,)
    store.close()
    assert any("cannot be so" in line for line in report.lost)


def test_a_letter_of_a_text_is_mended_by_a_quotation(
    path: Path, out: Path, article: Article, full: Annotations
) -> None:
    put(path, article.text.encode(), article.text.replace("Acme", "Axme").encode())
    report, store = saved(path, out)
    assert store.article(article.id) == article
    assert store.annotations(article.id) == full
    store.close()
    assert report.lost == []


def test_a_text_that_cannot_be_mended_is_told_of(
    path: Path, out: Path, article: Article, full: Annotations
) -> None:
    text = article.text.encode()
    cut = text.index(b"would")
    put(path, text, text[:cut] + b"\xe2\xff" + text[cut + 2 :])
    report, store = saved(path, out)
    found: tuple[Span, ...] = store.annotations(article.id).spans
    assert [span.quotation for span in found] == [("Acme",), ("Beta",)]
    assert all(store.article(article.id).quote(s.fragments) == s.quotation for s in found)
    store.close()
    assert any("not the one that was imported" in note for note in report.notes)


def test_after_letters_that_cannot_be_counted_no_place_is_certain(
    path: Path, out: Path, article: Article, full: Annotations
) -> None:
    text = article.text.encode()
    cut = text.index("😀".encode())
    put(path, text, text[:cut] + b"\xf0\x9f\x20\x20" + text[cut + 4 :])
    report, store = saved(path, out)
    found = store.annotations(article.id).spans
    assert [span.quotation for span in found] == [("Acme",)]
    store.close()
    assert report.saved["relations"] == 1, "that of the other article"


def test_edits_in_the_log_of_sqlite_are_saved(
    store: ProjectFile, path: Path, out: Path, article: Article
) -> None:
    span = make_span(article, (0, 4))
    store.apply(edit(article, (), (span,)))
    copy = path.with_name("copy.pressmark")
    for ending in ("", "-wal"):
        Path(f"{copy}{ending}").write_bytes(Path(f"{path}{ending}").read_bytes())
    data = bytearray(copy.read_bytes())
    data[:16] = b"no head any more"
    copy.write_bytes(data)
    _, found = saved(copy, out)
    assert found.annotations(article.id).spans == (span,)
    found.close()
    store.close()


def test_a_lost_codebook_is_told_of(path: Path, out: Path, article: Article, full: object) -> None:
    wipe(path, root_of(path, "codebook"))
    report = salvage(path, out, go_on)
    assert "The codebook was lost; the built-in one is in its place." in report.notes
    store = open_project(out)
    assert check(store).problems == []
    store.close()


@pytest.mark.parametrize("what", ["no file", "there already", "nothing in it"])
def test_what_cannot_be_repaired_is_said(
    path: Path, out: Path, article: Article, full: object, what: str
) -> None:
    if what == "no file":
        path.unlink()
    elif what == "there already":
        out.write_text("mine")
    else:
        path.write_bytes(b"\0" * 9_000)
    with pytest.raises(ProjectError, match={"no file": "no file", "there already": "exists"}.get(
        what, "No text of an article"
    )):  # fmt: skip
        salvage(path, out, go_on)
    assert out.exists() == (what == "there already")
    assert not list(path.parent.glob(".repair-*"))


def test_the_registry_is_saved_and_mentions_with_it(
    store: ProjectFile, path: Path, out: Path, article: Article
) -> None:
    entry = RegistryEntry(new_id(), "source", "Acme Corporation", "anna", now(), now())
    alone = RegistryEntry(new_id(), "event", "The strike", "anna", now(), now(), ("strike",))
    store.apply(replace(edit(article, (), (entry, alone)), article_id=""))
    store.close()
    for lost in (False, True):
        if lost:
            wipe(path, root_of(path, "entry"))
        _, found = saved(path, out)
        assert sorted(found.registries.entries([entry.id, alone.id]), key=str) == sorted(
            [entry, alone], key=str
        )
        found.close()
        out.unlink()


def test_an_id_that_was_damaged_is_mended(
    path: Path, out: Path, article: Article, full: Annotations
) -> None:
    with closing(sqlite3.connect(path)) as client:
        sql = "SELECT id, article_id FROM span WHERE article_id <> ? LIMIT 1"
        imported, other = client.execute(sql, (article.id,)).fetchone()
    data, page = path.read_bytes(), root_of(path, "span")
    at = data.index(imported.encode(), (page - 1) * PAGE, page * PAGE)
    path.write_bytes(data[:at] + b"y" + data[at + 1 :])
    report, store = saved(path, out)
    assert imported in [span.id for span in store.annotations(other).spans]
    assert len(store.annotations(other).relations) == 1
    assert report.lost == []
    store.close()


def test_equal_words_at_a_place_that_moved_are_not_taken_for_others(
    store: ProjectFile, path: Path, out: Path
) -> None:
    article = make_article("na 😀" + "na" * 20)
    spans = [make_span(article, (0, 2)), make_span(article, (10, 12))]
    store.add_entries([Entry(article, Annotations(tuple(spans)))], "anna")
    store.close()
    text = article.text.encode()
    put(path, text, text.replace("😀".encode(), b"\xf0\x9f  "))
    _, found = saved(path, out)
    assert found.article(article.id).text[10:12] == "na", "the test is about nothing otherwise"
    assert found.annotations(article.id).spans == (spans[0],)
    found.close()


@pytest.mark.parametrize("other", ["sqlite_autoindex_span_1", "span_by_place", "change"])
def test_tables_whose_first_pages_were_swapped(
    path: Path, out: Path, store: ProjectFile, other: str
) -> None:
    articles = [make_article(f"Acme and Beta, report {n}. " * 20) for n in range(20)]
    said = [
        Annotations(tuple(make_span(each, (n, n + 4)) for n in range(0, 400, 8)))
        for each in articles
    ]
    store.add_entries(list(map(Entry, articles, said)), "anna")
    store.close()
    data = bytearray(path.read_bytes())
    one, two = ((root_of(path, name) - 1) * PAGE for name in ("span", other))
    swapped = data[two : two + PAGE], data[one : one + PAGE]
    data[one : one + PAGE], data[two : two + PAGE] = swapped
    path.write_bytes(data)
    report, again = saved(path, out)
    assert [again.annotations(each.id) for each in articles] == said
    assert any("those of another table" in line for line in report.damage)
    again.close()


def test_a_wrong_letter_in_the_log_costs_nothing_else(
    path: Path, out: Path, article: Article, full: Annotations
) -> None:
    put(path, b'"record":"span"', b'"recosd":"span"', 1)
    _, store = saved(path, out)
    assert store.annotations(article.id) == full
    store.close()
