"""Roles of a relation that nobody plays although the codebook lets one say why not."""

from typing import NamedTuple

from annotation.codebook import Role
from annotation.edits import Desk
from annotation.model import Relation, Span


class Missing(NamedTuple):
    """An empty role, and the attribute value of a span that says that no words stand for it."""

    role: Role
    span: Span
    attribute: str
    value: str


def missing_roles(desk: Desk, relation: Relation) -> list[Missing]:
    """Return the empty roles of a relation about which its spans say nothing.

    A value `implicit_ROLE` of a span's label says that no words stand for that role; any
    value but the default, as that the author speaks, says why it is empty.
    """
    label = desk.codebook.relation(relation.label)
    empty = [role for role in (label.roles if label else ()) if not relation.span_ids(role.name)]
    found = []
    for span in desk.document.spans([a.span_id for a in relation.arguments]) if empty else ():
        of_span = desk.codebook.label(span.layer, span.label)
        for role in empty:
            value = f"implicit_{role.name}"
            for attribute in of_span.attributes if of_span else ():
                said = span.attributes.get(attribute.name)
                can_say = any(choice.name == value for choice in attribute.values)
                if can_say and said in (None, attribute.default):
                    found.append(Missing(role, span, attribute.name, value))
    return found
