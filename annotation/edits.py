"""Every edit a researcher can make, each as a function that returns a `Change`.

Nothing is carried out here: the session hands the change to the store. An edit that a
rule refuses raises `RefusedEdit` and no change exists.
"""

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from annotation import rules
from annotation.codebook import Codebook
from annotation.document import Document
from annotation.errors import RefusedEdit
from annotation.ids import new_id, now
from annotation.model import (
    Argument,
    Article,
    Change,
    Fragment,
    Origin,
    Record,
    Relation,
    Review,
    ReviewState,
    Span,
    Suggestion,
    Value,
)
from annotation.registry import registry_of


@dataclass(frozen=True, slots=True)
class Desk:
    """What an edit works on: the article on screen, the codebook, and who is tagging."""

    document: Document
    codebook: Codebook
    annotator: str

    @property
    def article(self) -> Article:
        """The article on screen."""
        return self.document.article

    def called(self, record: Span | Suggestion | Relation) -> str:
        """Return what people read of a record's label."""
        if isinstance(record, Relation):
            return self.codebook.relation_called(record.label)
        return self.codebook.called(record.layer, record.label)

    def change(
        self, title: str, removed: Sequence[Record] = (), added: Sequence[Record] = ()
    ) -> Change:
        """Make a change to this article, by this annotator, at this time."""
        return Change(
            new_id(), title, self.article.id, self.annotator, now(), tuple(removed), tuple(added)
        )


def add_span(desk: Desk, layer: str, label: str, fragments: Sequence[Fragment]) -> Change:
    """Tag these fragments; a pending suggestion of exactly these is accepted instead."""
    wanted = _normal(desk, fragments)
    if wanted:
        for suggestion in desk.document.suggestions_between(wanted[0][0], wanted[-1][1]):
            if suggestion.fragments == wanted and suggestion.layer == layer:
                return accept(desk, suggestion, label)
    span = _new_span(desk, layer, label, wanted, "manual")
    _check_span(desk, span)
    return desk.change(f"Tag {desk.called(span)} {quoted(span)}", added=[span])


def relabel(desk: Desk, span: Span, layer: str, label: str) -> Change:
    """Give a span another label; what the new label cannot say goes: attributes, an entry."""
    if (span.layer, span.label) == (layer, label):
        raise RefusedEdit(f"{quoted(span)} is {desk.called(span)} already.")
    changed = _touched(desk, span, layer=layer, label=label)
    owner = desk.codebook.label(layer, label)
    if owner is not None:
        kept = {
            name: value
            for name, value in span.attributes.items()
            if not rules.attribute_problems(owner, {**span.attributes, name: value})
            or not rules.attribute_problems(owner, {name: value})
        }
        changed = replace(changed, attributes=kept)
    if registry_of(desk.codebook, layer, label) != registry_of(
        desk.codebook, span.layer, span.label
    ):
        changed = replace(changed, entry_id="")
    _check_span(desk, changed)
    _check_roles(desk, changed)
    return desk.change(f"Relabel {quoted(span)} as {desk.called(changed)}", [span], [changed])


def move_boundary(desk: Desk, span: Span, fragments: Sequence[Fragment]) -> Change:
    """Give a span other fragments: a moved boundary, a fragment more or less."""
    wanted = _normal(desk, fragments)
    rules.refuse_if(rules.fragment_problems(desk.article, wanted))
    changed = _touched(desk, span, fragments=wanted, quotation=desk.article.quote(wanted))
    _check_span(desk, changed)
    return desk.change(
        f"Move the boundary of {desk.called(span)} {quoted(changed)}", [span], [changed]
    )


def add_fragment(desk: Desk, span: Span, fragment: Fragment) -> Change:
    """Add a fragment to a span; one that touches or overlaps is merged."""
    change = move_boundary(desk, span, [*span.fragments, fragment])
    return replace(change, title=f"Add a fragment to {desk.called(span)} {quoted(span)}")


def set_attribute(desk: Desk, span: Span, name: str, value: Value | None) -> Change:
    """Set an attribute, or with None say nothing about it.

    Values that depended on the old one (`only_with`) go with it.
    """
    said = _with_value(span.attributes, name, value)
    label = desk.codebook.label(span.layer, span.label)
    if label is None:
        raise RefusedEdit(f"The codebook has no label {span.label} in the layer {span.layer}.")
    for attribute in label.attributes:
        chosen = next((c for c in attribute.values if c.name == said.get(attribute.name)), None)
        if (
            chosen
            and attribute.name != name
            and any(said.get(other) not in allowed for other, allowed in chosen.only_with.items())
        ):
            del said[attribute.name]
    rules.refuse_if(rules.attribute_problems(label, said))
    changed = replace(span, attributes=said, modified_at=now())
    shown = "unset" if value is None else value
    return desk.change(f"Set {name} of {quoted(span)} to {shown}", [span], [changed])


def set_note(desk: Desk, record: Span | Relation, note: str) -> Change:
    """Write a note on a span or a relation."""
    changed = replace(record, note=note, modified_at=now())
    return desk.change(f"Note on {desk.called(record)}", [record], [changed])


def delete(desk: Desk, spans: Iterable[Span]) -> Change:
    """Delete spans and their relations; undo brings both back.

    Only a cluster (a symmetric relation) that is large enough without the span stays,
    with one member less.
    """
    gone = {span.id: span for span in spans}
    removed: list[Record] = list(gone.values())
    added: list[Record] = []
    relations = {r.id: r for span_id in gone for r in desk.document.relations_of(span_id)}
    for relation in relations.values():
        removed.append(relation)
        label = desk.codebook.relation(relation.label)
        rest = tuple(a for a in relation.arguments if a.span_id not in gone)
        smaller = replace(relation, arguments=rest, modified_at=now())
        if label and label.symmetric and not _relation_problems(desk, smaller):
            added.append(smaller)
    title = _counted(desk, "Delete", list(gone.values()))
    return desk.change(title, removed, added)


def link(
    desk: Desk,
    label: str,
    arguments: Sequence[Argument],
    attributes: dict[str, Value] | None = None,
) -> Change:
    """Make a relation of these arguments."""
    if not arguments:
        raise RefusedEdit(f"{desk.codebook.relation_called(label)} needs spans to link.")
    at = now()
    relation = Relation(
        new_id(),
        desk.article.id,
        label,
        tuple(arguments),
        desk.annotator,
        "manual",
        desk.codebook.version,
        at,
        at,
        attributes or {},
    )
    _check_relation(desk, relation)
    return desk.change(f"Link {desk.codebook.relation_called(label)}", added=[relation])


def set_arguments(desk: Desk, relation: Relation, arguments: Sequence[Argument]) -> Change:
    """Give a relation other arguments."""
    if not arguments:
        raise RefusedEdit(f"{desk.called(relation)} needs spans; to remove it, unlink it.")
    changed = replace(relation, arguments=tuple(arguments), modified_at=now())
    _check_relation(desk, changed)
    return desk.change(f"Change the arguments of {desk.called(relation)}", [relation], [changed])


def set_relation_attribute(
    desk: Desk, relation: Relation, name: str, value: Value | None
) -> Change:
    """Set an attribute of a relation, or with None say nothing about it."""
    changed = replace(
        relation, attributes=_with_value(relation.attributes, name, value), modified_at=now()
    )
    _check_relation(desk, changed)
    return desk.change(f"Set {name} of {desk.called(relation)}", [relation], [changed])


def unlink(desk: Desk, relation: Relation) -> Change:
    """Remove a relation; its spans stay."""
    return desk.change(f"Unlink {desk.called(relation)}", [relation])


def accept(
    desk: Desk,
    suggestion: Suggestion,
    label: str | None = None,
    fragments: Sequence[Fragment] | None = None,
) -> Change:
    """Make a span of a suggestion, with another label or boundary if one is given.

    Where that span is there already, as after tagging blind, the suggestion is settled.
    """
    span = _accepted(desk, suggestion, label, fragments)
    taken = replace(suggestion, state="accepted")
    title = f"Accept {desk.called(span)} {quoted(span)}"
    if rules.is_there(span, desk.document.spans_between(span.start, span.end)):
        return desk.change(title, [suggestion], [taken])
    _check_span(desk, span)
    return desk.change(title, [suggestion], [taken, span])


def accept_all(desk: Desk, suggestions: Iterable[Suggestion]) -> Change:
    """Accept several suggestions in one change; those that a rule refuses stay pending."""
    removed: list[Suggestion] = []
    added: list[Record] = []
    reaching: list[Span] = []
    wanted = sorted(suggestions, key=lambda s: (s.start, -s.end))
    last = max((suggestion.end for suggestion in wanted), default=0)
    spans = deque(desk.document.spans_between(wanted[0].start, last) if wanted else ())
    for suggestion in wanted:
        span = _accepted(desk, suggestion)
        while spans and spans[0].start < span.end:
            reaching.append(spans.popleft())
        reaching = [other for other in reaching if other.end > span.start]
        if not rules.is_there(span, reaching):
            if rules.span_problems(desk.codebook, desk.article, span) or rules.neighbour_problems(
                desk.codebook, span, reaching
            ):
                continue
            reaching.append(span)
            added.append(span)
        removed.append(suggestion)
        added.append(replace(suggestion, state="accepted"))
    if not removed:
        raise RefusedEdit("None of these suggestions can be accepted.")
    return desk.change(_counted(desk, "Accept", removed), removed, added)


def reject(desk: Desk, suggestions: Sequence[Suggestion]) -> Change:
    """Reject suggestions; they will not be proposed again."""
    rejected = [replace(suggestion, state="rejected") for suggestion in suggestions]
    return desk.change(_counted(desk, "Reject", suggestions), list(suggestions), rejected)


def set_review(desk: Desk, layer: str, state: ReviewState) -> Change:
    """Say that everything in a layer of the article has been looked at, or take that back."""
    title = "Complete" if state == "complete" else "Reopen"
    current = [
        r for r in desk.document.reviews() if (r.layer, r.annotator) == (layer, desk.annotator)
    ]
    review = Review(desk.article.id, desk.annotator, layer, state, now())
    known = desk.codebook.layer(layer)
    return desk.change(f"{title} “{known.title if known else layer}”", current, [review])


def _new_span(
    desk: Desk, layer: str, label: str, fragments: tuple[Fragment, ...], origin: Origin
) -> Span:
    rules.refuse_if(rules.fragment_problems(desk.article, fragments))
    at = now()
    return Span(
        new_id(),
        desk.article.id,
        layer,
        label,
        fragments,
        desk.article.quote(fragments),
        desk.annotator,
        origin,
        desk.codebook.version,
        at,
        at,
        blind=desk.document.blind,
    )


def _accepted(
    desk: Desk,
    suggestion: Suggestion,
    label: str | None = None,
    fragments: Sequence[Fragment] | None = None,
) -> Span:
    wanted = suggestion.fragments if fragments is None else _normal(desk, fragments)
    name = label or suggestion.label
    same = (name, wanted) == (suggestion.label, suggestion.fragments)
    span = _new_span(desk, suggestion.layer, name, wanted, "accepted" if same else "edited")
    return replace(span, author=suggestion.author, suggestion_id=suggestion.id)


def _touched(desk: Desk, span: Span, **fields: object) -> Span:
    """Change what a suggestion had said of a span: an accepted one is now an edited one.

    One that says again what was suggested is accepted again. What is changed in sight of
    suggestions is blind no longer.
    """
    changed: Span = replace(
        span,
        modified_at=now(),
        codebook_version=desk.codebook.version,
        blind=span.blind and desk.document.blind,
        **fields,  # type: ignore[arg-type]  # field by field, as named by the two callers
    )
    if span.origin in ("accepted", "edited"):
        origin: Origin = "accepted" if desk.document.is_as_suggested(changed) else "edited"
        changed = replace(changed, origin=origin)
    return changed


def _check_span(desk: Desk, span: Span) -> None:
    rules.refuse_if(rules.span_problems(desk.codebook, desk.article, span))
    nearby = desk.document.spans_between(span.start, span.end)
    rules.refuse_if(rules.neighbour_problems(desk.codebook, span, nearby))


def _check_roles(desk: Desk, span: Span) -> None:
    for relation in desk.document.relations_of(span.id):
        rules.refuse_if(
            rules.relation_problems(
                desk.codebook,
                relation,
                lambda i: span if i == span.id else desk.document.span(i),
            )
        )


def _relation_problems(desk: Desk, relation: Relation) -> list[str]:
    return rules.relation_problems(desk.codebook, relation, desk.document.span)


def _check_relation(desk: Desk, relation: Relation) -> None:
    rules.refuse_if(_relation_problems(desk, relation))
    label = desk.codebook.relation(relation.label)
    symmetric = label is not None and label.symmetric
    for other in desk.document.relations_of(relation.arguments[0].span_id):
        if other.id != relation.id and rules.same_arguments(relation, other, symmetric):
            raise RefusedEdit(f"These spans are linked by {desk.called(relation)} already.")


def _normal(desk: Desk, fragments: Sequence[Fragment]) -> tuple[Fragment, ...]:
    """Sort fragments, merge those that touch or overlap, take blanks off their edges."""
    merged: list[Fragment] = []
    for start, end in sorted(fragments):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(_trimmed(desk.article.text, *fragment) for fragment in merged)


def _trimmed(text: str, start: int, end: int) -> Fragment:
    """Take blanks off the edges; what a rule will refuse stays as it is."""
    words = text[start:end]
    if start < 0 or end > len(text) or not words.strip():
        return start, end
    return start + len(words) - len(words.lstrip()), start + len(words.rstrip())


def _with_value(said: object, name: str, value: Value | None) -> dict[str, Value]:
    attributes: dict[str, Value] = dict(said)  # type: ignore[call-overload]
    attributes.pop(name, None)
    if value is not None:
        attributes[name] = value
    return attributes


def quoted(record: Span | Suggestion, length: int = 32) -> str:
    """Return the words of a record for a title: on one line, in quotation marks, short."""
    return rules.short(" … ".join(record.quotation), length)


def _counted(desk: Desk, verb: str, records: Sequence[Span | Suggestion]) -> str:
    if len(records) == 1:
        return f"{verb} {desk.called(records[0])} {quoted(records[0])}"
    labels = {desk.called(record) for record in records}
    kind = f"{labels.pop()} " if len(labels) == 1 else ""
    what = "suggestions" if isinstance(records[0], Suggestion) else "spans"
    return f"{verb} {len(records):,} {kind}{what}"
