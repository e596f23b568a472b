"""What is wrong with a codebook as a whole: names that meet twice, references that lead nowhere."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from annotation.codebook import Attribute, Codebook, Label, RelationLabel, Role
from annotation.counting import counted
from annotation.toml_lines import TomlPath

RESERVED_KEYS = "BDJKLNRWX[]{}+-.?"
"""Keys that the application itself uses, so that no label or relation can have them."""


@dataclass(frozen=True)
class Problem:
    """A sentence about one place; `{line}` in it stands for the line of the other place."""

    path: TomlPath
    text: str
    other: TomlPath | None = None


def codebook_problems(codebook: Codebook) -> Iterator[Problem]:
    """Yield everything that keeps a codebook from being used; empty names are passed over.

    Places are those of the TOML file (`docs/codebook.md`).
    """
    if not codebook.layers:
        yield Problem(("layer",), "the codebook needs at least one [[layer]].")
    if not codebook.labels:
        yield Problem(("label",), "the codebook needs at least one [[label]].")
    yield from _names("layer", (), [layer.name for layer in codebook.layers])
    yield from _names("relation", (), [relation.name for relation in codebook.relations])
    yield from _label_names(codebook)
    yield from _tags(codebook)
    yield from _keys(codebook)
    for number, label in enumerate(codebook.labels):
        yield from _label(codebook, label, ("label", number))
    for number, relation in enumerate(codebook.relations):
        yield from _relation(codebook, relation, ("relation", number))


def _label(codebook: Codebook, label: Label, path: TomlPath) -> Iterator[Problem]:
    if label.layer and codebook.layer(label.layer) is None:
        known = ", ".join(layer.name for layer in codebook.layers)
        yield Problem(
            (*path, "layer"),
            f"the label {label.name} is in the layer {label.layer}, which is not there; "
            f"layers are: {known}.",
        )
    if label.color and not re.fullmatch(r"#[0-9A-Fa-f]{6}", label.color):
        yield Problem(
            (*path, "color"),
            f"the color of {label.name} is written as in #0072B2, not “{label.color}”.",
        )
    yield from _attributes(label, path)


def _relation(codebook: Codebook, relation: RelationLabel, path: TomlPath) -> Iterator[Problem]:
    if not relation.roles:
        yield Problem(path, f"the relation {relation.name} needs at least one role.")
    if relation.symmetric and len(relation.roles) > 1:
        yield Problem(
            (*path, "symmetric"),
            f"the relation {relation.name} is symmetric: all its spans play one role, "
            f"not {len(relation.roles)}.",
        )
    yield from _names("role", path, [role.name for role in relation.roles])
    for number, role in enumerate(relation.roles):
        yield from _role(codebook, relation, role, (*path, "role", number))
    yield from _attributes(relation, path)


def _role(
    codebook: Codebook, relation: RelationLabel, role: Role, path: TomlPath
) -> Iterator[Problem]:
    where = f"the role {role.name} of {relation.name}"
    if role.max is not None and role.max < max(role.min, 1):
        yield Problem(
            (*path, "max"), f"{where} takes from {role.min} to {counted(role.max, 'span')}."
        )
    if not role.accepts:
        yield Problem((*path, "accepts"), f"{where} accepts no label, so nothing can play it.")
    for accepted in role.accepts:
        layer, _, label = accepted.partition("/")
        known = codebook.label(layer, label) or (label == "*" and codebook.layer(layer))
        if not known:
            yield Problem(
                (*path, "accepts"),
                f"{where} accepts “{accepted}”, which is no label of this codebook; "
                "write layer/LABEL or layer/*.",
            )


def _attributes(owner: Label | RelationLabel, path: TomlPath) -> Iterator[Problem]:
    yield from _names("attribute", path, [attribute.name for attribute in owner.attributes])
    for number, attribute in enumerate(owner.attributes):
        yield from _attribute(owner, attribute, (*path, "attribute", number))


def _attribute(
    owner: Label | RelationLabel, attribute: Attribute, path: TomlPath
) -> Iterator[Problem]:
    where = f"the attribute {attribute.name} of {owner.name}"
    names = [choice.name for choice in attribute.values]
    yield from _names("value", path, names)
    if attribute.type == "choice" and not names:
        yield Problem(path, f"{where} is a choice and has no values.")
    if attribute.type != "choice" and names:
        yield Problem(path, f"{where} is a {attribute.type}: it cannot have values.")
    allowed = {"choice": names, "flag": ["true", "false"]}.get(attribute.type)
    if attribute.default and allowed is not None and attribute.default not in allowed:
        yield Problem(
            (*path, "default"),
            f"{where} has the default {attribute.default}; it is one of: {', '.join(allowed)}.",
        )
    for number, choice in enumerate(attribute.values):
        for name, values in choice.only_with.items():
            text = _condition(owner, attribute, name, values)
            if text:
                place = (*path, "value", number, "only_with", name)
                yield Problem(place, f"the value {choice.name} of {where[4:]} {text}")


def _condition(
    owner: Label | RelationLabel, attribute: Attribute, name: str, values: tuple[str, ...]
) -> str:
    other = owner.attribute(name)
    if other is None or name == attribute.name or other.type != "choice":
        return f"depends on {name}, which is no other choice of {owner.name}."
    unknown = [value for value in values if value not in [c.name for c in other.values]]
    if unknown:
        return f"depends on {name} being {', '.join(unknown)}, which it cannot be."
    return "" if values else f"depends on {name} but allows none of its values."


# -- what has to be unique


def _label_names(codebook: Codebook) -> Iterator[Problem]:
    for layer in dict.fromkeys(label.layer for label in codebook.labels):
        places = [
            (("label", number, "name"), label.name)
            for number, label in enumerate(codebook.labels)
            if label.layer == layer
        ]
        yield from _twice(places, f"a label of the layer {layer}" if layer else "a label")
    for number, label in enumerate(codebook.labels):
        yield from _name_problem(("label", number, "name"), label.name)


def _names(kind: str, path: TomlPath, names: list[str]) -> Iterator[Problem]:
    places: list[tuple[TomlPath, str]] = [
        ((*path, kind, number, "name"), name) for number, name in enumerate(names)
    ]
    article = "an" if kind == "attribute" else "a"
    yield from _twice(places, f"{article} {kind}")
    for place, name in places:
        yield from _name_problem(place, name)


def _name_problem(path: TomlPath, name: str) -> Iterator[Problem]:
    if name and (not name.isprintable() or any(c.isspace() or c in "/*" for c in name)):
        yield Problem(path, f"the name “{name}” cannot hold blanks, / or *.")


def _twice(places: Iterable[tuple[TomlPath, str]], what: str) -> Iterator[Problem]:
    seen: dict[str, TomlPath] = {}
    for path, name in places:
        if name in seen:
            yield Problem(path, f"{name} is the name of {what} on line {{line}} too.", seen[name])
        elif name:
            seen[name] = path


def _tags(codebook: Codebook) -> Iterator[Problem]:
    seen: dict[str, tuple[TomlPath, str]] = {}
    for number, label in enumerate(codebook.labels):
        path = ("label", number, "tag")
        if label.tag in seen:
            other, name = seen[label.tag]
            yield Problem(
                path,
                f"the label {label.name} has the tag {label.tag}, "
                f"which {name} on line {{line}} has too.",
                other,
            )
        elif label.tag:
            seen[label.tag] = (path, label.name)


def _keys(codebook: Codebook) -> Iterator[Problem]:
    seen: dict[str, tuple[TomlPath, str]] = {}
    kinds: tuple[tuple[str, tuple[Label | RelationLabel, ...]], ...] = (
        ("label", codebook.labels),
        ("relation", codebook.relations),
    )
    for kind, owners in kinds:
        for number, owner in enumerate(owners):
            path = (kind, number, "key")
            key = owner.key.upper()
            who = f"the {kind} {owner.name} has the key {owner.key}"
            if key and (len(owner.key) != 1 or not key.isprintable() or key.isspace()):
                yield Problem(path, f"{who}; a key is one character.")
            elif key and key in RESERVED_KEYS:
                yield Problem(path, f"{who}, which the application uses itself.")
            elif key in seen:
                other, name = seen[key]
                yield Problem(path, f"{who}, which {name} on line {{line}} has too.", other)
            elif key:
                seen[key] = (path, owner.name)
