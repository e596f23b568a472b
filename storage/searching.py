"""Looking through a project's articles for what a search asks, a few articles at a time."""

import sqlite3
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TypeVar

from annotation.codebook import Codebook
from annotation.model import Relation, Span
from annotation.searching import Found, Looked, Search, Searcher
from storage import annotations, rows
from storage.transaction import one_moment

PAGE = 20
"""How many articles are read at a time."""

TOLD = 200
"""How many hits are told at a time."""

ARTICLES = f"""
    SELECT number, {rows.ARTICLE_COLUMNS} FROM article JOIN article_text USING (number)
    WHERE number > ? ORDER BY number LIMIT ?
"""

Annotated = TypeVar("Annotated", Span, Relation)


def search(connection: sqlite3.Connection, wanted: Search, codebook: Codebook) -> Iterator[Looked]:
    """Yield the hits in the order of import; changes in between do no harm."""
    if wanted.by_query:
        from storage import querying

        yield from querying.search(connection, wanted.query.words, codebook)
        return
    searcher = Searcher(wanted, codebook)

    @lru_cache(maxsize=4096)
    def may_hold(label: str, annotator: str, attributes: str) -> bool:
        return searcher.may_hold(label, annotator, rows.attributes(attributes, label))

    connection.create_function("may_hold", 3, may_hold)
    after = 0
    found: list[Found] = []
    while page := _page(connection, wanted, after):
        for number, row, spans, relations in page:
            for hit in searcher.look(number, rows.article(row), spans, relations):
                found.append(hit)
                if len(found) == TOLD:
                    yield Looked(number - 1, tuple(found))
                    found.clear()
            after = number
        yield Looked(after, tuple(found))
        found.clear()


def _page(
    connection: sqlite3.Connection, wanted: Search, after: int
) -> list[tuple[int, rows.Row, list[Span], list[Relation]]]:
    with one_moment(connection):
        found = list(
            rows.typed(connection.execute(ARTICLES, (after, PAGE)), (int, *rows.ARTICLE_TYPES))
        )
        ids = rows.compact([row[1] for row in found])
        spans: list[Span] = []
        relations: list[Relation] = []
        if wanted.needs_annotations:
            relations = _relations(connection, wanted, ids)
            spans = _spans(connection, wanted, ids, relations)
    by_article = _by_article(spans), _by_article(relations)
    return [
        (row[0], row[1:], by_article[0].get(row[1], []), by_article[1].get(row[1], []))
        for row in found
    ]


def _spans(
    connection: sqlite3.Connection, wanted: Search, ids: str, relations: Sequence[Relation]
) -> list[Span]:
    """Return the spans that can be found, and those where a relation is shown."""
    shown = [r.arguments[0].span_id for r in relations if r.arguments]
    where, values = _condition(wanted, "layer || '/' || label")
    layer, _, label = wanted.label.partition("/")
    if wanted.label:
        where, values = f"{where} AND layer = ? AND label = ?", [*values, layer, label]
    sql = f"""
        {annotations.SPANS} article_id {annotations.IN_LIST}
        AND ({where} OR id {annotations.IN_LIST}) {annotations.BY_PLACE}
    """
    return rows.spans(connection.execute(sql, [ids, *values, rows.compact(shown)]))


def _relations(connection: sqlite3.Connection, wanted: Search, ids: str) -> list[Relation]:
    if wanted.label and not wanted.label.startswith("/"):
        return []
    where, values = _condition(wanted, "'/' || label")
    if wanted.label:
        where, values = f"{where} AND label = ?", [*values, wanted.label[1:]]
    sql = f"SELECT id FROM relation WHERE article_id {annotations.IN_LIST} AND {where}"
    found = connection.execute(sql, [ids, *values]).fetchall()
    return annotations.relations(connection, [relation_id for (relation_id,) in found])


def _condition(wanted: Search, label: str) -> tuple[str, list[str]]:
    """Return what a record needs, as far as SQL can tell, to be found; `label` is its SQL."""
    if wanted.annotator:
        return "annotator = ?", [wanted.annotator]
    if wanted.filters:
        return "true", []
    noted = "note <> ''" if "note" in wanted.fields else "false"
    if wanted.fields & {"label", "attribute", "annotator"}:
        return f"({noted} OR may_hold({label}, annotator, attributes))", []
    return noted, []


def _by_article(records: Sequence[Annotated]) -> dict[str, list[Annotated]]:
    found: dict[str, list[Annotated]] = {}
    for record in records:
        found.setdefault(record.article_id, []).append(record)
    return found
