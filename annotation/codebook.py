"""The codebook: which layers, labels, attributes and relations there are, and their rules."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from annotation.model import Registry

AttributeType = Literal["choice", "flag", "text"]
Drawn = Literal["tint", "lane"]


@dataclass(frozen=True)
class Choice:
    """One value of a choice attribute.

    `only_with` maps another attribute's name to the values it must have for this
    value to be allowed (PLOVER's modes depend on the event class).
    """

    name: str
    definition: str = ""
    example: str = ""
    only_with: dict[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Attribute:
    """A property that spans of a label, or relations, can have."""

    name: str
    title: str
    type: AttributeType
    definition: str = ""
    default: str = ""
    values: tuple[Choice, ...] = ()


@dataclass(frozen=True)
class Layer:
    """A family of labels; `drawn` says whether the canvas tints the text or draws a lane."""

    name: str
    title: str
    definition: str = ""
    drawn: Drawn = "lane"


@dataclass(frozen=True)
class Label:
    """A kind of span; names are unique within their layer only.

    `registry` is the one whose entries its spans mention; empty for none.
    """

    layer: str
    name: str
    title: str
    tag: str
    color: str
    key: str = ""
    discontinuous: bool = False
    nests_in_itself: bool = False
    definition: str = ""
    example: str = ""
    attributes: tuple[Attribute, ...] = ()
    registry: Registry | Literal[""] = ""

    @property
    def called(self) -> str:
        """What people read: the title, with the tag where that is another word."""
        title = self.title or self.name
        return title if self.tag.casefold() == title.casefold() else f"{title} ({self.tag})"

    def attribute(self, name: str) -> Attribute | None:
        """Return the attribute of that name, or None."""
        return next((a for a in self.attributes if a.name == name), None)


@dataclass(frozen=True)
class Role:
    """A part that spans play in a relation; `max` None means any number.

    `accepts` lists `layer/LABEL` or `layer/*`.
    """

    name: str
    accepts: tuple[str, ...]
    min: int = 0
    max: int | None = None

    def takes(self, layer: str, label: str) -> bool:
        """Tell whether a span of that label can play this part."""
        return f"{layer}/{label}" in self.accepts or f"{layer}/*" in self.accepts


@dataclass(frozen=True)
class RelationLabel:
    """A kind of relation with its roles; in a symmetric one all play the same part."""

    name: str
    title: str
    key: str = ""
    symmetric: bool = False
    definition: str = ""
    example: str = ""
    roles: tuple[Role, ...] = ()
    attributes: tuple[Attribute, ...] = ()

    def role(self, name: str) -> Role | None:
        """Return the role of that name, or None."""
        return next((r for r in self.roles if r.name == name), None)

    def attribute(self, name: str) -> Attribute | None:
        """Return the attribute of that name, or None."""
        return next((a for a in self.attributes if a.name == name), None)


@dataclass(frozen=True)
class Codebook:
    """A whole label set; a project numbers the versions of its own (`version`, from 1)."""

    name: str
    definition: str = ""
    layers: tuple[Layer, ...] = ()
    labels: tuple[Label, ...] = ()
    relations: tuple[RelationLabel, ...] = ()
    version: int = 1

    @cached_property
    def _labels(self) -> dict[tuple[str, str], Label]:
        return {(label.layer, label.name): label for label in self.labels}

    @cached_property
    def _layers(self) -> dict[str, Layer]:
        return {layer.name: layer for layer in self.layers}

    @cached_property
    def _relations(self) -> dict[str, RelationLabel]:
        return {relation.name: relation for relation in self.relations}

    def layers_as_shown(self) -> list[Layer]:
        """Return the layers in the order of panels and keys: those drawn as tints come last."""
        return sorted(self.layers, key=lambda layer: layer.drawn == "tint")

    def layer(self, name: str) -> Layer | None:
        """Return the layer of that name, or None."""
        return self._layers.get(name)

    def label(self, layer: str, name: str) -> Label | None:
        """Return the label of that name in that layer, or None."""
        return self._labels.get((layer, name))

    def called(self, layer: str, name: str) -> str:
        """Return what people read of a label: its title and tag, or its name if it is unknown."""
        label = self.label(layer, name)
        return label.called if label else name

    def titled(self, layer: str, name: str) -> str:
        """Return the title of a label for a sentence, or its name if it is unknown or has none."""
        label = self.label(layer, name)
        return (label.title if label else "") or name

    def relation_called(self, name: str) -> str:
        """Return what people read of a relation: its title, or its name if it is unknown."""
        relation = self.relation(name)
        return (relation.title if relation else "") or name

    def relation(self, name: str) -> RelationLabel | None:
        """Return the relation label of that name, or None."""
        return self._relations.get(name)
