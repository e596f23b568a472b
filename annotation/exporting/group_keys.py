"""The keys of `doc.spans`: one for each label outside the entity layer, and one for all."""

from collections import Counter

from annotation.codebook import Codebook
from annotation.counting import plural_of
from annotation.exporting.exporter import ENTITY_LAYER

ALL_SPANS = "sc"
"""The key with the spans of all labels: the name that spaCy's spancat expects."""


class GroupKeys:
    """Names the groups of a codebook: CLAIM is `claims`; a name in two layers gets its layer."""

    def __init__(self, codebook: Codebook) -> None:
        labels = [label for label in codebook.labels if label.layer != ENTITY_LAYER]
        names = Counter(label.name for label in labels)
        groups = Counter(plural_of(label.name.lower()) for label in labels)
        self._shared_names = {name for name, count in names.items() if count > 1}
        self._shared_keys = {key for key, count in groups.items() if count > 1} | {ALL_SPANS}
        self._by_layer: dict[str, list[str]] = {}
        for label in labels:
            self._by_layer.setdefault(label.layer, []).append(self.key(label.layer, label.name))

    def key(self, layer: str, label: str) -> str:
        """Return the key for a label: its lower-case plural."""
        key = plural_of(label.lower())
        return f"{layer}_{key}" if key in self._shared_keys else key

    def label(self, layer: str, label: str) -> str:
        """Return how the label is written on a Span: as it is, or `layer/LABEL` if not unique."""
        return f"{layer}/{label}" if label in self._shared_names else label

    def of_layer(self, layer: str) -> list[str]:
        """Return the keys of all labels of a layer."""
        return self._by_layer.get(layer, [])
