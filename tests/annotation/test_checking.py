"""The check finds what does not hold together, and names the article."""

from dataclasses import replace

from memory_store import (
    BOOK,
    MemoryStore,
    make_article,
    make_relation,
    make_span,
    make_suggestion,
)

from annotation.checking import check
from annotation.errors import ProjectError
from annotation.model import Annotations, Article, Record, Review
from annotation.store import Entry

TEXT = "Acme will sail again, Acme said."


def project() -> tuple[MemoryStore, Article]:
    store = MemoryStore()
    article = make_article(TEXT, title="Ferry")
    org, source = (
        make_span(article, "entity", "ORG", (0, 4)),
        make_span(article, "discourse", "SOURCE", (22, 26)),
    )
    said = Annotations(
        (org, source),
        (make_relation(article, "COREFERENCE", ("member", org), ("member", source)),),
        (make_suggestion(article, "ORG", 22, 26),),
        (Review(article.id, "anna", "entity", "complete", "t"),),
    )
    store.add_entries([Entry(article, said)], "anna")
    return store, article


def problems_with(record: Record) -> list[str]:
    store, article = project()
    store.records["spoilt", record.id] = replace(record, article_id=article.id)
    return check(store).problems


def test_a_sound_project_has_no_problems() -> None:
    store, _ = project()
    told: list[tuple[int, int]] = []
    report = check(store, lambda done, total: told.append((done, total)))
    assert report.problems == [] and told == [(1, 1)]
    assert (report.articles, report.spans, report.relations, report.suggestions) == (1, 2, 1, 1)
    assert report.to_dict()["problems"] == []


def test_each_kind_of_record_is_checked() -> None:
    _, article = project()
    span = make_span(article, "entity", "ORG", (5, 9))
    cases: list[tuple[Record, str]] = [
        (replace(span, quotation=("wont",)), "is not what the text holds"),
        (replace(span, fragments=((5, 900),)), "not inside the text"),
        (replace(span, label="FIRM"), "no label FIRM"),
        (replace(span, codebook_version=9), "no version 9"),
        (replace(span, attributes={"kind": "fact"}), "no attribute kind"),
        (make_span(article, "entity", "ORG", (0, 9)), "cannot be inside another Organisation"),
        (make_relation(article, "COREFERENCE", ("member", span)), "is not in the article"),
        (replace(make_relation(article, "X"), codebook_version=9), "no version 9"),
        (replace(make_suggestion(article, "ORG", 0, 4), quotation=("x",)), "what the text holds"),
        (replace(make_suggestion(article, "ORG", 0, 4), label="FIRM"), "no label FIRM"),
        (Review(article.id, "anna", "politics", "open", "t"), "no layer politics"),
    ]
    for record, says in cases:
        found = problems_with(record)
        assert any(says in problem and "“Ferry”" in problem for problem in found), (says, found)


def test_a_decided_suggestion_may_have_an_old_label() -> None:
    _, article = project()
    old = replace(make_suggestion(article, "ORG", 0, 4), label="FIRM", state="rejected")
    assert problems_with(old) == []
    assert "not inside" in problems_with(replace(old, fragments=((90, 91),)))[0]


def test_records_are_held_against_the_codebook_they_were_made_with() -> None:
    store, _ = project()
    store.codebooks[2] = replace(BOOK, labels=BOOK.labels[1:], version=2)
    problems = check(store).problems
    assert len(problems) == 1 and "suggestion ORG" in problems[0]


def test_a_changed_text_and_a_damaged_file_are_told() -> None:
    store, article = project()
    store.articles[article.id] = replace(article, text=TEXT.replace("again", "never"))
    store.damage = lambda: ["SQLite reports: row 1 is missing"]  # type: ignore[method-assign]
    first, second = check(store).problems
    assert "row 1" in first and "SHA-256" in second


def test_an_article_that_cannot_be_read_does_not_hide_the_others() -> None:
    store, article = project()
    broken = make_article("Broken.")
    store.add_entries([Entry(broken)], "anna")

    def read(article_id: str) -> Article:
        if article_id == broken.id:
            raise ProjectError("It is damaged.")
        return store.articles[article_id]

    store.article = read  # type: ignore[method-assign]
    report = check(store)
    assert report.articles == 2 and report.spans == 2 and len(report.problems) == 1
    assert broken.id in report.problems[0] and article.id not in report.problems[0]
