"""A revision of the codebook carried out record by record: what every store has to do.

And drafts at random, for the tests that hold stores against it.
"""

from collections.abc import Iterable
from dataclasses import replace

from hypothesis import assume
from hypothesis import strategies as st

from annotation.codebook import Codebook
from annotation.codebook_draft import Draft
from annotation.codebook_draft_problems import draft_problems
from annotation.codebook_revision import Revision, TurnedArgument
from annotation.model import Argument, Record, Relation, Review, Span, Suggestion

Sides = tuple[tuple[Record, ...], tuple[Record, ...]]


def revised(revision: Revision, records: Iterable[Record], version: int) -> Sides:
    """Return the records that go and those that come, as a change has them."""
    known = list(records)
    labels = {r.id: (r.layer, r.label) for r in known if isinstance(r, Span)}
    removed: list[Record] = []
    added: list[Record] = []
    for record in known:
        match record:
            case Span():
                turned = _span(revision, record, version)
            case Relation():
                turned = _relation(revision, record, labels, version)
            case Suggestion():
                turned = _suggestion(revision, record)
            case _:
                turned = _review(revision, record)
        if turned != record:
            removed.append(record)
            added += [turned] if turned else []
    return tuple(removed), tuple(added)


def _span(revision: Revision, span: Span, version: int) -> Span | None:
    key = (span.layer, span.label)
    new = revision.label(key)
    if new is None:
        return None
    said = revision.said(key, span.attributes)
    if new == key and said == span.attributes:
        return span
    layer, label = new
    return replace(span, layer=layer, label=label, attributes=said, codebook_version=version)


def _relation(
    revision: Revision, relation: Relation, labels: dict[str, tuple[str, str]], version: int
) -> Relation | None:
    given = [TurnedArgument(a.role, a.span_id, labels[a.span_id]) for a in relation.arguments]
    moved = any(argument.span in revision.moved_labels for argument in given)
    if relation.label not in revision.touched_relations and not moved:
        return relation
    left, new = revision.arguments(relation.label, given), revision.relation(relation.label)
    if left is None or new is None:
        return None
    return replace(
        relation,
        label=new,
        arguments=tuple(Argument(*argument) for argument in left),
        attributes=revision.said(("", relation.label), relation.attributes),
        codebook_version=version,
    )


def _suggestion(revision: Revision, suggestion: Suggestion) -> Suggestion | None:
    new = revision.label((suggestion.layer, suggestion.label))
    if new is None:
        return None if suggestion.state == "pending" else suggestion
    return replace(suggestion, layer=new[0], label=new[1])


def _review(revision: Revision, review: Review) -> Review | None:
    new = revision.layer(review.layer)
    state = "open" if review.layer in revision.unsought else review.state
    return replace(review, layer=new, state=state) if new else None


@st.composite
def drafts(draw: st.DrawFn, before: Codebook) -> Draft:
    """Return a draft after some renaming, removing, moving and swapping of its parts."""
    draft = Draft(before)
    for _ in range(draw(st.integers(1, 6))):
        parts = [entry for entry in draft.root.walk() if entry.kind != "codebook"]
        entry = draw(st.sampled_from(parts or [draft.root.inside[0]]))
        peers = [other for other in entry.owner.of(entry.kind) if other is not entry]
        match draw(st.sampled_from(("rename", "swap", "remove", "hand on", "move"))):
            case "rename":
                entry.part = replace(entry.part, name=f"{entry.name}{draw(st.integers(2, 4))}")
            case "swap" if peers:
                other = draw(st.sampled_from(peers))
                one, two = entry.name, other.name
                entry.part, other.part = (
                    replace(entry.part, name=two),
                    replace(other.part, name=one),
                )
            case "remove":
                draft.remove(entry)
            case "hand on" if draft.heirs(entry):
                heirs = draft.heirs(entry)
                draft.remove(entry, draw(st.sampled_from(heirs)))
            case "move" if entry.kind == "label" and draft.root.of("layer"):
                draft.move_to(entry, draw(st.sampled_from(draft.root.of("layer"))))
    assume(not draft_problems(draft, {}))
    return draft
