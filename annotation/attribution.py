"""A card: what one relation says about a span, filled in as a form and stored at one go.

The card of a claim is its attribution. Nothing here knows that name: a label has a card
where it is the one span (`min` 1, `max` 1) of a role, and the other roles are for other
labels. Two names in a codebook have a meaning: a value `implicit_ROLE` of the label says
that no words stand for that role; a value `unnamed` of a role's label that they name nobody.
"""

from contextlib import suppress
from dataclasses import replace
from typing import NamedTuple

from annotation import edits
from annotation.codebook import Attribute, Codebook, Label, RelationLabel, Role
from annotation.edits import Desk
from annotation.errors import RefusedEdit
from annotation.interruption import lies_inside
from annotation.model import Argument, Change, Record, Relation, Span, Value
from annotation.rules import contains
from annotation.titles import with_article

UNNAMED = "unnamed"
"""The value that says of a span that it names nobody."""


class Field(NamedTuple):
    """A line of the card: a role, or an attribute of the span or of the relation."""

    kind: str
    name: str
    title: str
    role: Role | None = None
    attribute: Attribute | None = None


def card_relation(codebook: Codebook, layer: str, label: str) -> RelationLabel | None:
    """Return the relation that the card of a label is about, or None where it has no card."""
    for relation in codebook.relations:
        mine = [role for role in relation.roles if role.takes(layer, label)]
        if len(mine) == 1 < len(relation.roles) and (mine[0].min, mine[0].max) == (1, 1):
            return relation
    return None


def is_plain(relation: RelationLabel, role: Role) -> bool:
    """Tell whether a span's label alone says that it plays a role: no other takes the same."""
    others = {name for other in relation.roles if other is not role for name in other.accepts}
    return not others & set(role.accepts)


def opens_by_itself(codebook: Codebook, layer: str, label: str) -> bool:
    """Tell whether the card of a label is shown as soon as a span is tagged with it.

    It is where labels say which span plays which part, as SOURCE and CUE do; elsewhere
    the person has to say, and asks for the card when there is something to say.
    """
    relation = card_relation(codebook, layer, label)
    return relation is not None and all(is_plain(relation, role) for role in relation.roles)


class Card:
    """The form of a span, filled in but not yet stored.

    `relation` is the one that it shows, None for a new one; `arguments` are its spans
    without the own one; `said` is what has been set here, by span id ("" for the relation)
    and attribute.
    """

    def __init__(
        self, desk: Desk, span: Span, label: RelationLabel, relation: Relation | None
    ) -> None:
        self._desk = desk
        self.span_id = span.id
        self.label = label
        self.relation = relation
        self.head = next(r for r in label.roles if r.takes(span.layer, span.label))
        self.roles = [role for role in label.roles if role is not self.head]
        self.arguments = (
            [a for a in relation.arguments if a.role != self.head.name] if relation else []
        )
        self.proposed: dict[str, str] = {}
        self.said: dict[tuple[str, str], Value | None] = {}

    # -- looking

    @property
    def span(self) -> Span | None:
        """The span that the card is about, with what has been set here."""
        return self._with_said(self.span_id)

    def fields(self) -> list[Field]:
        """Return the lines of the card: roles, the span's attributes, the relation's."""
        span = self._desk.document.span(self.span_id)
        label = self._desk.codebook.label(span.layer, span.label) if span else None
        roles = [Field("role", role.name, role.name.replace("_", " "), role) for role in self.roles]
        own = _attribute_fields("span", label)
        return roles + own + _attribute_fields("relation", self.label)

    def role_of(self, span_id: str) -> str:
        """Return the role that a span has on the card, or an empty text."""
        return next((a.role for a in self.arguments if a.span_id == span_id), "")

    def spans_of(self, role: str) -> list[Span]:
        """Return the spans in a role, with what has been set of them here."""
        found = [self._with_said(a.span_id) for a in self.arguments if a.role == role]
        return [span for span in found if span is not None]

    def value(self, field: Field) -> Value | None:
        """Return what is said in an attribute's line, None where nothing is."""
        if field.kind == "relation":
            stored = self.relation.attributes if self.relation else {}
            return self.said.get(("", field.name), stored.get(field.name))
        span = self.span
        return span.attributes.get(field.name) if span else None

    def accepts(self, span: Span) -> bool:
        """Tell whether some role of the card takes a span.

        What holds the own span is no source or cue of it; only where labels leave the
        role open, as an event's, it may be: “the minister who resigned”.
        """
        own = self._desk.document.span(self.span_id)
        if own is None or self.role_of(span.id) or not contains(span.fragments, own.fragments):
            return any(role.takes(span.layer, span.label) for role in self.roles)
        return self._leaves_open(span)

    def letters(self, span: Span) -> bool:
        """Tell whether a span gets a letter: one that is accepted and can be meant.

        Words of the own span can be meant only as an interruption that can be taken out of
        it: where the codebook lets it be discontinuous and no other relation has them.
        """
        own = self._desk.document.span(self.span_id)
        if own is None or self.role_of(span.id) or not contains(own.fragments, span.fragments):
            return self.accepts(span)
        label = self._desk.codebook.label(own.layer, own.label)
        relations = self._desk.document.relations_of(span.id)
        taken = any(relation.label == self.label.name for relation in relations)
        can_go = label is not None and label.discontinuous and not taken
        return self.accepts(span) and (can_go or self._leaves_open(span))

    # -- filling in

    def take(self, span: Span, active: str = "") -> None:
        """Take a span in the active role, else in another that it fits; again, out of it.

        `RefusedEdit` where no role takes it or none has room.
        """
        if self.role_of(span.id):
            self.arguments = [a for a in self.arguments if a.span_id != span.id]
            return
        fitting = [role for role in self.roles if role.takes(span.layer, span.label)]
        if not fitting or span.id == self.span_id:
            named = with_article(self._desk.codebook.titled(span.layer, span.label))
            raise RefusedEdit(f"{self.label.title} has no role for {named}.")
        fitting.sort(key=lambda role: role.name != active)
        role = next((role for role in fitting if self._has_room(role)), fitting[0])
        if not self._has_room(role):
            self._empty(role)  # there is one place: the new one takes it
        self.arguments.append(Argument(role.name, span.id))
        self.proposed.pop(role.name, None)
        self._explicit(role)

    def clear(self, field: Field) -> None:
        """Take the proposal, the last span or the value out of a line."""
        if field.kind != "role":
            self.set(field, None)
        elif field.name in self.proposed:
            del self.proposed[field.name]
        else:
            last = [a for a in self.arguments if a.role == field.name][-1:]
            self.arguments = [a for a in self.arguments if a not in last]

    def set(self, field: Field, value: Value | None) -> None:
        """Set an attribute; `RefusedEdit` where the codebook does not allow the value."""
        if field.kind == "relation":
            self.said["", field.name] = value
            return
        span = self.span
        if span is None:
            return
        edits.set_attribute(self._desk, span, field.name, value)
        self.said[self.span_id, field.name] = value
        self._heed(field.name, value)

    def implicit(self, role: str) -> bool:
        """Say that no words stand for a role; tell whether the codebook has a value for that."""
        attribute = self._implying(role)
        if attribute is None:
            return False
        field = Field("span", attribute.name, attribute.title, attribute=attribute)
        self.arguments = [a for a in self.arguments if a.role != role]
        self.set(field, f"implicit_{role}")
        return True

    def unnamed(self, role: str) -> bool:
        """Say of the last span in a role that it names nobody, or take that back.

        Tells whether the codebook has a value for that; `RefusedEdit` where no span is there.
        """
        owner = next((r for r in self.roles if r.name == role), None)
        if owner is None or not self.can_be_unnamed(owner):
            return False
        spans = self.spans_of(role)
        if not spans:
            raise RefusedEdit(f"Choose the {role.replace('_', ' ')} first, or select its words.")
        span = spans[-1]
        name = self._naming(span)
        if name:
            taken_back = span.attributes.get(name) == UNNAMED
            self.said[span.id, name] = None if taken_back else UNNAMED
        return True

    def can_be_implicit(self, role: Role) -> bool:
        """Tell whether the span's label has a value that says that a role has no words."""
        return self._implying(role.name) is not None

    def can_be_unnamed(self, role: Role) -> bool:
        """Tell whether all labels of the role have a value that says that it names nobody."""
        labels = [x for x in self._desk.codebook.labels if role.takes(x.layer, x.name)]
        return bool(labels) and all(_naming_attribute(label) for label in labels)

    def inside(self) -> list[Span]:
        """Return the spans on the card whose words the own span has too, if it can do without."""
        span = self.span
        label = self._desk.codebook.label(span.layer, span.label) if span else None
        if span is None or label is None or not label.discontinuous:
            return []
        chosen = [s for role in self.roles for s in self.spans_of(role.name)]
        return chosen if lies_inside(span, chosen) else []

    def follow(self) -> bool:
        """Forget spans that are no more; tell whether the card's own span is still there."""
        find = self._desk.document.span
        self.arguments = [a for a in self.arguments if find(a.span_id)]
        self.proposed = {role: i for role, i in self.proposed.items() if find(i)}
        self.said = {at: value for at, value in self.said.items() if not at[0] or find(at[0])}
        return find(self.span_id) is not None

    # -- storing

    def accept_proposals(self) -> None:
        """Take what is proposed as chosen."""
        for role, span_id in self.proposed.items():
            self.arguments.append(Argument(role, span_id))
        self.proposed = {}

    def change(self, desk: Desk) -> Change | None:
        """Return all that the card says as one change, None where it says nothing new."""
        removed: list[Record] = []
        added: list[Record] = []
        for span_id in dict.fromkeys(at for at, _ in self.said if at):
            before, after = desk.document.span(span_id), self._with_said(span_id)
            if before and after and dict(before.attributes) != dict(after.attributes):
                removed.append(before)
                added.append(after)
        for change in self._relation_changes(desk):
            removed += change.removed
            added += change.added
        span = desk.document.span(self.span_id)
        if span is None or not (removed or added):
            return None
        return desk.change(f"Fill in {self.label.title} of {edits.quoted(span)}", removed, added)

    def _relation_changes(self, desk: Desk) -> list[Change]:
        order = [role.name for role in self.label.roles]
        given = [Argument(self.head.name, self.span_id), *self.arguments]
        given.sort(key=lambda argument: order.index(argument.role))
        marked = {name: value for (at, name), value in self.said.items() if not at}
        if self.relation is None:
            said = {name: value for name, value in marked.items() if value is not None}
            return [edits.link(desk, self.label.name, given, said)] if self.arguments else []
        if not self.arguments:
            return [edits.unlink(desk, self.relation)]
        changed = self.relation
        if tuple(given) != self.relation.arguments:
            changed = _only(edits.set_arguments(desk, changed, given))
        for name, value in marked.items():
            changed = _only(edits.set_relation_attribute(desk, changed, name, value))
        if _without_time(changed) == _without_time(self.relation):
            return []
        return [desk.change("", [self.relation], [changed])]

    # -- inside

    def _with_said(self, span_id: str) -> Span | None:
        span = self._desk.document.span(span_id)
        for (at, name), value in self.said.items():
            if span is not None and at == span_id:
                with suppress(RefusedEdit):  # a value that fits no longer, as by another one
                    (changed,) = edits.set_attribute(self._desk, span, name, value).added
                    span = changed if isinstance(changed, Span) else span
        return span

    def _leaves_open(self, span: Span) -> bool:
        """Tell whether a span fits a role that its label alone does not tell."""
        fitting = (role for role in self.roles if role.takes(span.layer, span.label))
        return any(not is_plain(self.label, role) for role in fitting)

    def _has_room(self, role: Role) -> bool:
        return role.max is None or sum(a.role == role.name for a in self.arguments) < role.max

    def _empty(self, role: Role) -> None:
        self.arguments = [a for a in self.arguments if a.role != role.name]

    def _implying(self, role: str) -> Attribute | None:
        """Return the attribute of the own label that can say that a role has no words."""
        span = self._desk.document.span(self.span_id)
        label = self._desk.codebook.label(span.layer, span.label) if span else None
        return _with_value(label, f"implicit_{role}")

    def _naming(self, span: Span) -> str:
        label = self._desk.codebook.label(span.layer, span.label)
        attribute = _naming_attribute(label) if label else None
        return attribute.name if attribute else ""

    def _explicit(self, role: Role) -> None:
        """A span in a role takes back that the role has no words."""
        attribute, span = self._implying(role.name), self.span
        if attribute and span and span.attributes.get(attribute.name) == f"implicit_{role.name}":
            self.said[self.span_id, attribute.name] = None

    def _heed(self, name: str, value: Value | None) -> None:
        """Drop proposals that a value speaks against.

        One other than the default, in the attribute that can say `implicit_ROLE`: with no
        words for the role its proposal goes, with any other value (the author speaks) all go.
        """
        for role in self.roles:
            attribute = self._implying(role.name)
            if attribute is None or attribute.name != name or value in (None, attribute.default):
                continue
            if value == f"implicit_{role.name}":
                self.proposed.pop(role.name, None)
            else:
                self.proposed.clear()


def open_card(desk: Desk, span: Span, after: Relation | None = None) -> Card | None:
    """Return the card of a span, None where its label has none.

    It shows the span's first relation, or the one that follows `after`: past the last a
    new one.
    """
    label = card_relation(desk.codebook, span.layer, span.label)
    if label is None:
        return None
    relations = relations_of(desk, span, label)
    number = next((i for i, r in enumerate(relations, 1) if after and r.id == after.id), 0)
    relation = relations[number] if number < len(relations) else None
    return Card(desk, span, label, relation)


def relations_of(desk: Desk, span: Span, label: RelationLabel) -> list[Relation]:
    """Return the relations of a label in which a span is the one that the card is about."""
    head = next(role.name for role in label.roles if role.takes(span.layer, span.label))
    return [
        relation
        for relation in desk.document.relations_of(span.id)
        if relation.label == label.name and span.id in relation.span_ids(head)
    ]


def _attribute_fields(kind: str, owner: Label | RelationLabel | None) -> list[Field]:
    """Return lines for what one key can answer: free text is written in the inspector."""
    return [
        Field(kind, attribute.name, attribute.title or attribute.name, attribute=attribute)
        for attribute in (owner.attributes if owner else ())
        if attribute.type != "text"
    ]


def _with_value(label: Label | None, value: str) -> Attribute | None:
    attributes = label.attributes if label else ()
    return next((a for a in attributes if any(v.name == value for v in a.values)), None)


def _naming_attribute(label: Label) -> Attribute | None:
    return _with_value(label, UNNAMED)


def _only(change: Change) -> Relation:
    (record,) = change.added
    assert isinstance(record, Relation)
    return record


def _without_time(relation: Relation) -> Relation:
    return replace(relation, modified_at="", attributes=dict(relation.attributes))
