"""The figures of a project: how much there is, by label and by state of work."""

from dataclasses import dataclass

from annotation.store import ARTICLE_STATUSES, ArticleFilter, Store


@dataclass(frozen=True)
class LabelCount:
    """How many spans have a label, or how many relations where `layer` is empty."""

    layer: str
    label: str
    count: int


@dataclass(frozen=True)
class Stats:
    """What a project holds: totals, articles by status, and each label in use."""

    counts: dict[str, int]
    statuses: dict[str, int]
    labels: tuple[LabelCount, ...]

    def to_dict(self) -> dict[str, object]:
        """Return the figures as JSON holds them."""
        return {
            "counts": self.counts,
            "articles": self.statuses,
            "labels": [
                {"layer": label.layer, "label": label.label, "spans": label.count}
                for label in self.labels
                if label.layer
            ],
            "relations": [
                {"label": label.label, "relations": label.count}
                for label in self.labels
                if not label.layer
            ],
        }


def stats(store: Store) -> Stats:
    """Return the figures of a project."""
    return Stats(
        counts=store.counts(),
        statuses={
            status: store.count_articles(ArticleFilter(status=status))
            for status in ARTICLE_STATUSES
        },
        labels=tuple(LabelCount(*row) for row in store.label_counts()),
    )
