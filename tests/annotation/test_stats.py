"""The figures of a project add up."""

from memory_store import MemoryStore, make_article, make_relation, make_span

from annotation.model import Annotations, Review
from annotation.stats import LabelCount, stats
from annotation.store import Entry


def test_figures_add_up() -> None:
    store = MemoryStore()
    first, second, third = (make_article(text) for text in ("Acme said so.", "Two.", "Three."))
    org, source = (
        make_span(first, "entity", "ORG", (0, 4)),
        make_span(first, "discourse", "SOURCE", (0, 4)),
    )
    relation = make_relation(first, "COREFERENCE", ("member", org), ("member", source))
    reviews = tuple(
        Review(second.id, "anna", layer, "complete", "t") for layer in ("entity", "discourse")
    )
    store.add_entries(
        [
            Entry(first, Annotations((org, source), (relation,))),
            Entry(second, Annotations(reviews=reviews)),
            Entry(third),
        ],
        "anna",
    )
    found = stats(store)
    assert found.counts["articles"] == sum(found.statuses.values()) == 3
    assert found.statuses == {"new": 1, "started": 1, "complete": 1}
    assert LabelCount("entity", "ORG", 1) in found.labels
    assert found.to_dict() == {
        "counts": {"articles": 3, "spans": 2, "relations": 1},
        "articles": {"new": 1, "started": 1, "complete": 1},
        "labels": [
            {"layer": "discourse", "label": "SOURCE", "spans": 1},
            {"layer": "entity", "label": "ORG", "spans": 1},
        ],
        "relations": [{"label": "COREFERENCE", "relations": 1}],
    }
