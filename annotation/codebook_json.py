"""A codebook as plain dictionaries, for the project file, and back; the second half trusts nothing.

The version is not in it: a project numbers the versions of its own codebook.
"""

from collections.abc import Mapping
from typing import Literal, get_args

from annotation.codebook import (
    Attribute,
    AttributeType,
    Choice,
    Codebook,
    Drawn,
    Label,
    Layer,
    RelationLabel,
    Role,
)
from annotation.codec import without_empty
from annotation.fields import Fields
from annotation.model import Registry

ATTRIBUTE_TYPES: tuple[AttributeType, ...] = get_args(AttributeType)
DRAWN: tuple[Drawn, ...] = get_args(Drawn)
REGISTRY_NAMES: tuple[Registry | Literal[""], ...] = ("", "source", "event")


def codebook_to_dict(codebook: Codebook) -> dict[str, object]:
    """Return the codebook as JSON holds it; what is empty or false is left out."""
    return {
        "name": codebook.name,
        "definition": codebook.definition,
        "layers": [_layer_to_dict(layer) for layer in codebook.layers],
        "labels": [_label_to_dict(label) for label in codebook.labels],
        "relations": [_relation_to_dict(relation) for relation in codebook.relations],
    }


def codebook_from_dict(data: object, version: int = 1) -> Codebook:
    """Return the codebook of a dictionary; `ProjectError` names the first field that is wrong.

    Types are checked here; that names are unique and references lead somewhere is
    checked where a codebook comes in from outside, by `codebook_file.read_codebook`.
    """
    fields = Fields(data, "codebook")
    fields.only(("name", "definition", "layers", "labels", "relations"))
    return Codebook(
        fields.text("name"),
        fields.text("definition", ""),
        fields.each("layers", _layer),
        fields.each("labels", _label),
        fields.each("relations", _relation),
        version,
    )


# -- writing


def _layer_to_dict(layer: Layer) -> dict[str, object]:
    return without_empty(
        {
            "name": layer.name,
            "title": layer.title,
            "definition": layer.definition,
            "drawn": layer.drawn,
        },
        ("definition",),
    )


def _label_to_dict(label: Label) -> dict[str, object]:
    return without_empty(
        {
            "layer": label.layer,
            "name": label.name,
            "title": label.title,
            "tag": label.tag,
            "color": label.color,
            "key": label.key,
            "discontinuous": label.discontinuous,
            "nests_in_itself": label.nests_in_itself,
            "definition": label.definition,
            "example": label.example,
            "attributes": [_attribute_to_dict(attribute) for attribute in label.attributes],
            "registry": label.registry,
        },
        (
            *("key", "discontinuous", "nests_in_itself", "definition", "example"),
            *("attributes", "registry"),
        ),
    )


def _attribute_to_dict(attribute: Attribute) -> dict[str, object]:
    return without_empty(
        {
            "name": attribute.name,
            "title": attribute.title,
            "type": attribute.type,
            "definition": attribute.definition,
            "default": attribute.default,
            "values": [_choice_to_dict(choice) for choice in attribute.values],
        },
        ("definition", "default", "values"),
    )


def _choice_to_dict(choice: Choice) -> dict[str, object]:
    return without_empty(
        {
            "name": choice.name,
            "definition": choice.definition,
            "example": choice.example,
            "only_with": {name: list(allowed) for name, allowed in choice.only_with.items()},
        },
        ("definition", "example", "only_with"),
    )


def _relation_to_dict(relation: RelationLabel) -> dict[str, object]:
    return without_empty(
        {
            "name": relation.name,
            "title": relation.title,
            "key": relation.key,
            "symmetric": relation.symmetric,
            "definition": relation.definition,
            "example": relation.example,
            "roles": [_role_to_dict(role) for role in relation.roles],
            "attributes": [_attribute_to_dict(attribute) for attribute in relation.attributes],
        },
        ("key", "symmetric", "definition", "example", "roles", "attributes"),
    )


def _role_to_dict(role: Role) -> dict[str, object]:
    data: dict[str, object] = {"name": role.name, "accepts": list(role.accepts), "min": role.min}
    if role.max is not None:
        data["max"] = role.max
    return data


# -- reading


def _layer(fields: Fields) -> Layer:
    fields.only(("name", "title", "definition", "drawn"))
    return Layer(
        fields.text("name"),
        fields.text("title"),
        fields.text("definition", ""),
        fields.one_of("drawn", DRAWN, "lane"),
    )


def _label(fields: Fields) -> Label:
    fields.only(Label.__dataclass_fields__)
    return Label(
        layer=fields.text("layer"),
        name=fields.text("name"),
        title=fields.text("title"),
        tag=fields.text("tag"),
        color=fields.text("color"),
        key=fields.text("key", ""),
        discontinuous=fields.flag("discontinuous", False),
        nests_in_itself=fields.flag("nests_in_itself", False),
        definition=fields.text("definition", ""),
        example=fields.text("example", ""),
        attributes=fields.each("attributes", _attribute),
        registry=fields.one_of("registry", REGISTRY_NAMES, ""),
    )


def _attribute(fields: Fields) -> Attribute:
    fields.only(("name", "title", "type", "definition", "default", "values"))
    return Attribute(
        fields.text("name"),
        fields.text("title"),
        fields.one_of("type", ATTRIBUTE_TYPES),
        fields.text("definition", ""),
        fields.text("default", ""),
        fields.each("values", _choice),
    )


def _choice(fields: Fields) -> Choice:
    fields.only(("name", "definition", "example", "only_with"))
    only_with = fields.data.get("only_with", {})
    if not isinstance(only_with, Mapping):
        raise fields.refuse("only_with", "an object")
    conditions = Fields(only_with, f"{fields.where}.only_with")
    return Choice(
        fields.text("name"),
        fields.text("definition", ""),
        fields.text("example", ""),
        {name: conditions.texts(name) for name in only_with},
    )


def _relation(fields: Fields) -> RelationLabel:
    fields.only(RelationLabel.__dataclass_fields__)
    return RelationLabel(
        name=fields.text("name"),
        title=fields.text("title"),
        key=fields.text("key", ""),
        symmetric=fields.flag("symmetric", False),
        definition=fields.text("definition", ""),
        example=fields.text("example", ""),
        roles=fields.each("roles", _role),
        attributes=fields.each("attributes", _attribute),
    )


def _role(fields: Fields) -> Role:
    fields.only(("name", "accepts", "min", "max"))
    return Role(
        fields.text("name"),
        fields.texts("accepts"),
        fields.integer("min", 0, 0),
        None if fields.data.get("max") is None else fields.integer("max", 0),
    )
