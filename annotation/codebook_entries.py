"""The parts of a codebook as a tree in which each part stays itself whatever it is called."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Literal

from annotation.codebook import Attribute, Choice, Codebook, Label, Layer, RelationLabel, Role
from annotation.codebook_revision import LabelKey
from annotation.short_tags import with_tags

Kind = Literal["codebook", "layer", "label", "relation", "role", "attribute", "value"]
Part = Codebook | Layer | Label | RelationLabel | Role | Attribute | Choice

INSIDE: dict[Kind, tuple[Kind, ...]] = {
    "codebook": ("layer", "relation"),
    "layer": ("label",),
    "label": ("attribute",),
    "relation": ("role", "attribute"),
    "attribute": ("value",),
    "role": (),
    "value": (),
}
"""Which parts each kind of part is made of."""


class Entry:
    """One part of the draft.

    `origin` is where it was in the codebook in use: the names from the owner down, as in
    the keys of `Uses`; None for a new part. `takes` holds the labels and layers that a role
    accepts, `needs` the attribute's values that a value depends on. The names, references
    and inner parts within `part` itself count for nothing; those here do.
    """

    def __init__(self, kind: Kind, part: Part, origin: tuple[str, ...] | None = None) -> None:
        self.kind = kind
        self.part = part
        self.origin = origin
        self.owner: Entry | None = None
        self.inside: list[Entry] = []
        self.removed = False
        self.takes: list[Entry] = []
        self.needs: list[tuple[Entry, list[Entry]]] = []

    @property
    def name(self) -> str:
        """What the part is called now."""
        return self.part.name

    @property
    def alive(self) -> bool:
        """Whether the part is in the codebook: neither it nor what holds it was removed."""
        return not self.removed and (self.owner is None or self.owner.alive)

    def of(self, kind: Kind) -> "list[Entry]":
        """Return the inner parts of a kind that are there, in order."""
        return [entry for entry in self.inside if entry.kind == kind and not entry.removed]

    def walk(self) -> "Iterator[Entry]":
        """Yield this part and all within it that are there, in order."""
        yield self
        for entry in self.inside:
            if not entry.removed:
                yield from entry.walk()


def grown(codebook: Codebook) -> Entry:
    """Return the codebook as a tree of parts that know each other."""
    root = Entry("codebook", codebook)
    layers = {layer.name: _child(root, "layer", layer) for layer in codebook.layers}
    places: dict[str, Entry] = {f"{name}/*": entry for name, entry in layers.items()}
    for label in codebook.labels:
        entry = _child(layers[label.layer], "label", label)
        places[f"{label.layer}/{label.name}"] = entry
        _grow_attributes(entry, label.attributes)
    for relation in codebook.relations:
        entry = _child(root, "relation", relation)
        for role in relation.roles:
            part = _child(entry, "role", role)
            part.takes = [places[place] for place in role.accepts if place in places]
        _grow_attributes(entry, relation.attributes)
    return root


def _grow_attributes(owner: Entry, attributes: Sequence[Attribute]) -> None:
    named: dict[str, dict[str, Entry]] = {}
    entries = {}
    for attribute in attributes:
        entry = entries[attribute.name] = _child(owner, "attribute", attribute)
        named[attribute.name] = {c.name: _child(entry, "value", c) for c in attribute.values}
    for attribute in attributes:
        for choice in attribute.values:
            named[attribute.name][choice.name].needs = [
                (entries[other], [named[other][value] for value in values if value in named[other]])
                for other, values in choice.only_with.items()
                if other in entries
            ]


def _child(owner: Entry, kind: Kind, part: Part) -> Entry:
    entry = Entry(kind, part)
    entry.owner = owner
    owner.inside.append(entry)
    return entry


def names_of(entry: Entry) -> tuple[str, ...]:
    """Return where a part is, in names: attributes of relations begin with an empty layer."""
    owner = entry.owner
    if owner is None or owner.kind == "codebook":
        return (entry.name,)
    layer = ("",) if entry.kind == "attribute" and owner.kind == "relation" else ()
    return (*layer, *names_of(owner), entry.name)


def label_key(entry: Entry) -> LabelKey:
    """Return a label's layer and name."""
    return (entry.owner.name if entry.owner else ""), entry.name


# -- back into a codebook


def labels_in(root: Entry) -> list[Entry]:
    """Return all labels, layer by layer."""
    return [label for layer in root.of("layer") for label in layer.of("label")]


def codebook_in(root: Entry) -> Codebook:
    """Return the codebook that a tree stands for, whether or not it can be used."""
    assert isinstance(root.part, Codebook)
    return replace(
        root.part,
        layers=tuple(_layer(entry) for entry in root.of("layer")),
        labels=with_tags(_label(entry) for entry in labels_in(root)),
        relations=tuple(_relation(entry) for entry in root.of("relation")),
    )


def _layer(entry: Entry) -> Layer:
    assert isinstance(entry.part, Layer)
    return replace(entry.part, title=entry.part.title or entry.name)


def _label(entry: Entry) -> Label:
    assert isinstance(entry.part, Label) and entry.owner is not None
    return replace(
        entry.part,
        layer=entry.owner.name,
        title=entry.part.title or entry.name,
        attributes=_attributes(entry),
    )


def _relation(entry: Entry) -> RelationLabel:
    assert isinstance(entry.part, RelationLabel)
    return replace(
        entry.part,
        title=entry.part.title or entry.name,
        roles=tuple(_role(role) for role in entry.of("role")),
        attributes=_attributes(entry),
    )


def _role(entry: Entry) -> Role:
    assert isinstance(entry.part, Role)
    accepts = tuple(
        f"{taken.name}/*" if taken.kind == "layer" else "/".join(label_key(taken))
        for taken in entry.takes
        if taken.alive
    )
    return replace(entry.part, accepts=accepts)


def _attributes(entry: Entry) -> tuple[Attribute, ...]:
    return tuple(_attribute(attribute) for attribute in entry.of("attribute"))


def _attribute(entry: Entry) -> Attribute:
    assert isinstance(entry.part, Attribute)
    values = tuple(_choice(value) for value in entry.of("value"))
    return replace(entry.part, title=entry.part.title or entry.name, values=values)


def _choice(entry: Entry) -> Choice:
    assert isinstance(entry.part, Choice)
    needs = {
        attribute.name: tuple(value.name for value in values if value.alive)
        for attribute, values in entry.needs
        if attribute.alive
    }
    return replace(entry.part, only_with=needs)
