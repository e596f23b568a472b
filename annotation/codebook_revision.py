"""What becomes of annotations when another codebook takes the place of theirs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from annotation import rules
from annotation.codebook import Attribute, Codebook, Label, RelationLabel
from annotation.counting import counted
from annotation.model import Value

LabelKey = tuple[str, str]
"""A label's layer and name; a relation as the owner of attributes has no layer: `("", name)`."""

Uses = Mapping[tuple[str, ...], int]
"""How often the annotations of a project use each part of its codebook.

Keys are ("label", layer, label), ("suggestion", layer, label) for pending ones,
("relation", label), ("role", relation, role), ("attribute", layer, label, attribute),
("value", layer, label, attribute, value) and ("review", layer); layers of attributes of
relations are empty. What is not used has no key.
"""


@dataclass(frozen=True)
class Reckoning:
    """How many annotations a revision would change, and how many would go.

    `values` counts spans and relations that lose what was said with some attribute,
    `smaller` relations that lose some of their spans, `apart` spans of more fragments than
    their new label allows, `reviews_gone` words that a layer is complete,
    `terms` those of the dictionary whose label goes.
    """

    spans: int = 0
    relations: int = 0
    suggestions: int = 0
    values: int = 0
    smaller: int = 0
    apart: int = 0
    spans_gone: int = 0
    relations_gone: int = 0
    suggestions_gone: int = 0
    reviews_gone: int = 0
    terms: int = 0

    def losses(self) -> list[str]:
        """Say what goes, one phrase for each kind; nothing where nothing does."""
        phrases = (
            (self.spans_gone, "{} deleted", "span"),
            (self.relations_gone, "{} deleted", "relation"),
            (self.smaller, "{} with fewer spans", "relation"),
            (self.values, "{} with fewer attributes", "span or relation"),
            (self.apart, "{} with more fragments than the label allows", "span"),
            (self.suggestions_gone, "{} dropped", "suggestion"),
            (self.reviews_gone, "{} no longer complete", "layer of an article"),
            (self.terms, "{} of the dictionary without a label", "term"),
        )
        return [
            words.format(counted(count, noun, PLURALS.get(noun, "")))
            for count, words, noun in phrases
            if count
        ]

    def changes(self) -> list[str]:
        """Say what changes and stays, one phrase for each kind."""
        nouns = ("span", "relation", "suggestion")
        counts = zip((self.spans, self.relations, self.suggestions), nouns, strict=True)
        return [counted(count, noun) for count, noun in counts if count]


@dataclass(frozen=True)
class TurnedArgument:
    """An argument before the revision, with the label that its span had."""

    role: str
    span_id: str
    span: LabelKey


@dataclass(frozen=True)
class Revision:
    """One codebook, the next, and what each name of the first is called in the second.

    All mappings go from old names to new ones; None means that the annotations go too,
    and a name that is missing stays. Roles are keyed by (relation, role), attributes by
    (owner, attribute), values by (owner, attribute, value).
    """

    before: Codebook
    after: Codebook
    layers: Mapping[str, str | None]
    labels: Mapping[LabelKey, LabelKey | None]
    relations: Mapping[str, str | None]
    roles: Mapping[tuple[str, str], str | None]
    attributes: Mapping[tuple[LabelKey, str], str | None]
    values: Mapping[tuple[LabelKey, str, str], str | None]

    def label(self, key: LabelKey) -> LabelKey | None:
        """Return what a label is now, or None where its spans go."""
        return self.labels.get(key, key)

    def layer(self, name: str) -> str | None:
        """Return what a layer is called now, or None where it is gone."""
        return self.layers.get(name, name)

    def relation(self, name: str) -> str | None:
        """Return what a relation is called now, or None where the relations go."""
        return self.relations.get(name, name)

    @cached_property
    def moved_labels(self) -> tuple[LabelKey, ...]:
        """The labels that have another name now, or whose spans go."""
        return tuple(key for key in map(_key, self.before.labels) if self.label(key) != key)

    @cached_property
    def touched_labels(self) -> tuple[LabelKey, ...]:
        """The labels whose spans may have to change: another name, or other attributes."""
        return tuple(key for key in map(_key, self.before.labels) if self._touches(key))

    @cached_property
    def touched_relations(self) -> tuple[str, ...]:
        """The relations that may have to change: another name, other attributes or roles."""
        return tuple(
            label.name
            for label in self.before.relations
            if self.relation(label.name) != label.name
            or self._touches(("", label.name))
            or any(self._role(label.name, role.name) != role.name for role in label.roles)
        )

    def said(self, owner: LabelKey, attributes: Mapping[str, Value]) -> dict[str, Value]:
        """Return attributes under their new names, without those that the new codebook refuses.

        `owner` is the label as it was, or `("", relation)`.
        """
        label = self._defined(self._owner(owner))
        if label is None:
            return {}
        moved: dict[str, Value] = {}
        for name, value in attributes.items():
            new_name = self.attributes.get((owner, name), name)
            new_value: Value | None = value
            if isinstance(value, str):
                new_value = self.values.get((owner, name, value), value)
            if new_name is not None and new_value is not None:
                moved[new_name] = new_value
        while refused := [name for name in moved if _is_refused(label, name, moved)]:
            for name in refused:  # values that depended on these are refused in the next round
                del moved[name]
        return moved

    def arguments(
        self, relation: str, arguments: Iterable[TurnedArgument]
    ) -> tuple[tuple[str, str], ...] | None:
        """Return (role, span) of what is left of a relation, or None where the relation goes.

        An argument goes with its role or its span, or where its span's new label cannot
        play the part; the relation goes with them where its roles ask for more, or for less.
        """
        name = self.relation(relation)
        label = self.after.relation(name) if name is not None else None
        if label is None:
            return None
        given = tuple(arguments)
        kept = tuple(
            (role, argument.span_id)
            for argument in given
            if (role := self._role(relation, argument.role)) is not None
            and self._plays(label, role, argument.span)
        )
        roles = [role for role, _ in kept]
        fits = all(
            role.min <= roles.count(role.name) <= (role.max or len(given)) for role in label.roles
        )
        return kept if kept and (fits or _unchanged(kept, given)) else None

    @cached_property
    def unsought(self) -> Mapping[str, tuple[str, ...]]:
        """The labels that nobody looked for so far, for each layer that has such, by its old name.

        Those are new labels, and ones that hold now what another layer's label held. Whoever
        completed the layer before has not said that there is none of them.
        """
        found: dict[str, tuple[str, ...]] = {}
        for layer in self.before.layers:
            own = {self.label(_key(x)) for x in self.before.labels if x.layer == layer.name}
            others = {self.label(_key(x)) for x in self.before.labels if x.layer != layer.name}
            now = [x for x in self.after.labels if x.layer == self.layer(layer.name)]
            new = tuple(x.name for x in now if _key(x) not in own or _key(x) in others)
            if new:
                found[layer.name] = new
        return found

    def why_reopened(self) -> str:
        """Say why layers that were complete are not any longer; nothing where none is."""
        said = [f"{', '.join(names)} ({self.layer(old)})" for old, names in self.unsought.items()]
        if not said:
            return ""
        words = ", ".join(said)
        return (
            f"Nobody has looked for {words} yet: articles that were complete there are open again."
        )

    # -- within

    def _owner(self, owner: LabelKey) -> LabelKey | None:
        if owner[0]:
            return self.label(owner)
        name = self.relation(owner[1])
        return None if name is None else ("", name)

    def _role(self, relation: str, role: str) -> str | None:
        return self.roles.get((relation, role), role)

    def _plays(self, label: RelationLabel, role: str, span: LabelKey) -> bool:
        part, now = label.role(role), self.label(span)
        return part is not None and now is not None and part.takes(*now)

    def _defined(self, key: LabelKey | None) -> Label | RelationLabel | None:
        if key is None:
            return None
        return self.after.label(*key) if key[0] else self.after.relation(key[1])

    def _touches(self, owner: LabelKey) -> bool:
        """Tell whether a label or relation has another name, or asks other things of attributes."""
        if self._owner(owner) != owner:
            return True
        old = self.before.label(*owner) if owner[0] else self.before.relation(owner[1])
        new = self._defined(owner)
        return old is None or new is None or _asked(old) != _asked(new) or self._renames(owner)

    def _renames(self, owner: LabelKey) -> bool:
        """Tell whether names were swapped, which the new codebook by itself does not show."""
        named = [*self.attributes.items(), *self.values.items()]
        return any(old[0] == owner and old[-1] != new for old, new in named)


PLURALS = {"span or relation": "spans or relations", "layer of an article": "layers of articles"}


def _key(label: Label) -> LabelKey:
    return label.layer, label.name


def _unchanged(kept: Iterable[tuple[str, str]], given: Iterable[TurnedArgument]) -> bool:
    """Tell whether all spans play the parts they had, as many as there were ever allowed."""
    return list(kept) == [(argument.role, argument.span_id) for argument in given]


def _is_refused(owner: Label | RelationLabel, name: str, said: Mapping[str, Value]) -> bool:
    attribute = owner.attribute(name)
    return attribute is None or bool(rules.value_problems(owner, attribute, said[name], said))


def _asked(owner: Label | RelationLabel) -> list[tuple[object, ...]]:
    return [_limits(attribute) for attribute in owner.attributes]


def _limits(attribute: Attribute) -> tuple[object, ...]:
    values = [(choice.name, choice.only_with) for choice in attribute.values]
    return attribute.name, attribute.type, values
