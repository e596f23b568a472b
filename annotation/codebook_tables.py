"""A codebook out of parsed TOML, with everything that is wrong in its shape.

Every element is kept, whatever is wrong with it, so that the places of the codebook are
those of the file and one reading finds all problems.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar, cast

from annotation.codebook import Attribute, Choice, Codebook, Label, Layer, RelationLabel, Role
from annotation.codebook_json import ATTRIBUTE_TYPES, DRAWN, REGISTRY_NAMES
from annotation.codebook_problems import Problem
from annotation.fields import has_surrogate, shown
from annotation.short_tags import with_tags
from annotation.toml_lines import TomlPath

FORMAT = "pressmark-codebook/1"

Value = TypeVar("Value")
Named = TypeVar("Named", bound=str)


@dataclass
class Table:
    """One table; asking for a field notes what is wrong with it and returns a usable value."""

    data: Mapping[str, object]
    path: TomlPath
    problems: list[Problem]

    def note(self, name: str, text: str) -> None:
        """Note a problem with a field, or with the table if the field is missing."""
        self.problems.append(Problem((*self.path, name), text))

    def only(self, *known: str) -> None:
        """Note fields that have no meaning here."""
        for name in self.data:
            if name not in known:
                self.note(name, f"{shown(name)} means nothing here; known: {', '.join(known)}.")

    def text(self, name: str) -> str:
        """Return a text, empty where there is none."""
        value = self._get(name, "", lambda v: isinstance(v, str), "text in quotes")
        return value

    def required(self, name: str) -> str:
        """Return a text that has to be there."""
        if name not in self.data:
            self.note(name, f"{name} is missing here.")
        elif self.data[name] == "":
            self.note(name, f"{name} is empty.")
        return self.text(name)

    def flag(self, name: str) -> bool:
        """Return true or false, false where nothing is said."""
        return self._get(name, False, lambda v: isinstance(v, bool), "true or false")

    def count(self, name: str, default: int | None) -> int | None:
        """Return a whole number from 0."""
        return self._get(name, default, _is_count, "a whole number from 0")

    def one_of(self, name: str, choices: tuple[Named, ...], default: Named) -> Named:
        """Return one of these words."""
        return self._get(name, default, lambda v: v in choices, " or ".join(choices))

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a list of texts."""
        return tuple(self._get(name, [], _is_texts, 'a list such as ["one", "two"]'))

    def conditions(self, name: str) -> dict[str, tuple[str, ...]]:
        """Return `{ attribute = ["value", …] }`."""
        expected = 'a condition such as { class = ["accuse"] }'
        said: dict[str, list[str]] = self._get(name, {}, _is_conditions, expected)
        return {attribute: tuple(values) for attribute, values in said.items()}

    def each(self, name: str, read: "Callable[[Table], Value]") -> tuple[Value, ...]:
        """Read an array of tables, each by the same function."""
        title = ".".join(part for part in (*self.path, name) if isinstance(part, str))
        items: list[object] = self._get(
            name, [], lambda v: isinstance(v, list), f"tables, each under [[{title}]]"
        )
        values = []
        for number, item in enumerate(items):
            path = (*self.path, name, number)
            if not isinstance(item, dict):
                self.problems.append(Problem(path, f"{name} holds tables, not {shown(item)}."))
                item = {}
            values.append(read(Table(item, path, self.problems)))
        return tuple(values)

    def _get(
        self, name: str, default: Value, fits: Callable[[object], bool], expected: str
    ) -> Value:
        if name not in self.data:
            return default
        value = self.data[name]
        if not fits(value):
            self.note(name, f"{name} is {expected}, not {shown(value)}.")
            return default
        return cast(Value, value)


def codebook_of(data: Mapping[str, object]) -> tuple[Codebook, list[Problem]]:
    """Return the codebook as far as the shape of the data allows, and what is wrong with it."""
    top = Table(data, (), [])
    top.only("format", "name", "definition", "layer", "label", "relation")
    if data.get("format") != FORMAT:
        top.note("format", f'a codebook of this application starts with format = "{FORMAT}".')
    codebook = Codebook(
        top.required("name"),
        top.text("definition"),
        top.each("layer", _layer),
        with_tags(top.each("label", _label)),
        top.each("relation", _relation),
    )
    return codebook, top.problems


def _layer(table: Table) -> Layer:
    table.only("name", "title", "definition", "drawn")
    name = table.required("name")
    return Layer(
        name,
        table.text("title") or name,
        table.text("definition"),
        table.one_of("drawn", DRAWN, "lane"),
    )


def _label(table: Table) -> Label:
    fields = [name for name in Label.__dataclass_fields__ if name != "attributes"]
    table.only(*fields, "attribute")
    name = table.required("name")
    return Label(
        layer=table.required("layer"),
        name=name,
        title=table.text("title") or name,
        tag=table.text("tag"),
        color=table.required("color"),
        key=table.text("key"),
        discontinuous=table.flag("discontinuous"),
        nests_in_itself=table.flag("nests_in_itself"),
        definition=table.text("definition"),
        example=table.text("example"),
        attributes=table.each("attribute", _attribute),
        registry=table.one_of("registry", REGISTRY_NAMES, ""),
    )


def _attribute(table: Table) -> Attribute:
    table.only("name", "title", "type", "definition", "default", "value")
    name = table.required("name")
    table.required("type")
    return Attribute(
        name,
        table.text("title") or name,
        table.one_of("type", ATTRIBUTE_TYPES, "choice"),
        table.text("definition"),
        table.text("default"),
        table.each("value", _choice),
    )


def _choice(table: Table) -> Choice:
    table.only("name", "definition", "example", "only_with")
    return Choice(
        table.required("name"),
        table.text("definition"),
        table.text("example"),
        table.conditions("only_with"),
    )


def _relation(table: Table) -> RelationLabel:
    table.only("name", "title", "key", "symmetric", "definition", "example", "role", "attribute")
    name = table.required("name")
    return RelationLabel(
        name=name,
        title=table.text("title") or name,
        key=table.text("key"),
        symmetric=table.flag("symmetric"),
        definition=table.text("definition"),
        example=table.text("example"),
        roles=table.each("role", _role),
        attributes=table.each("attribute", _attribute),
    )


def _role(table: Table) -> Role:
    table.only("name", "accepts", "min", "max")
    name = table.required("name")
    if "accepts" not in table.data:
        table.note("accepts", f"accepts is missing: which labels can be the {name or 'role'}?")
    return Role(name, table.texts("accepts"), table.count("min", 0) or 0, table.count("max", None))


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 1 << 31


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(
        isinstance(item, str) and not has_surrogate(item) for item in value
    )


def _is_conditions(value: object) -> bool:
    return isinstance(value, dict) and all(_is_texts(allowed) for allowed in value.values())
