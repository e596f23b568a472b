"""Which relations the codebook allows between two spans, each as an edit to choose from."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from annotation import edits, rules
from annotation.codebook import RelationLabel, Role
from annotation.edits import Desk
from annotation.errors import RefusedEdit
from annotation.model import Argument, Change, Relation, Span
from annotation.titles import with_article


class Offer(NamedTuple):
    """One way to tie two spans: as arguments of a new relation, or one joins the other's.

    `relation` is the one that is joined, None for a new one; `arguments` are all that it
    has afterwards.
    """

    label: RelationLabel
    title: str
    relation: Relation | None
    arguments: tuple[Argument, ...]

    def change(self, desk: Desk) -> Change:
        """Return the change that carries the offer out; raises as the edits do."""
        if self.relation is None:
            return edits.link(desk, self.label.name, self.arguments)
        return edits.set_arguments(desk, self.relation, self.arguments)


def offers(desk: Desk, one: Span, other: Span) -> list[Offer]:
    """Return the ways to tie two spans, those that join a relation there is first.

    `RefusedEdit` says why there is none.
    """
    if one.id == other.id:
        raise RefusedEdit("A span cannot be linked to itself.")
    joining: list[Offer] = []
    new: list[Offer] = []
    linked = ""
    for label in desk.codebook.relations:
        joined = [*_joining(desk, label, one, other), *_joining(desk, label, other, one)]
        joining += joined
        fitting = list(_new(desk, label, one, other))
        linked = linked or next((label.title for o in fitting if _is_there(desk, o)), "")
        if not (joined and _is_group(label)):
            new += [offer for offer in fitting if not _is_there(desk, offer)]
    if not joining and not new:
        already = f"These spans are linked by {linked} already."
        pair = " and ".join(
            with_article(desk.codebook.titled(span.layer, span.label)) for span in (one, other)
        )
        none = f"The codebook has no relation between {pair}."
        raise RefusedEdit(already if linked else none)
    return joining + new


def with_role(
    label: RelationLabel, arguments: Sequence[Argument], span_id: str, role: str
) -> list[Argument]:
    """Return arguments in which a span plays another role.

    Where that role has room for one only, whoever had it takes the span's old role: so
    a relation of two is turned round.
    """
    old = next(argument.role for argument in arguments if argument.span_id == span_id)
    wanted = label.role(role)
    holders = [a.span_id for a in arguments if a.role == role]
    full = wanted is not None and wanted.max is not None and len(holders) >= wanted.max
    roles = {span_id: role} | ({holders[0]: old} if full and holders else {})
    changed = [Argument(roles.get(a.span_id, a.role), a.span_id) for a in arguments]
    return list(_in_order(label, changed))


def _new(desk: Desk, label: RelationLabel, one: Span, other: Span) -> Iterator[Offer]:
    for mine, others in _role_pairs(label, one, other):
        arguments = (Argument(mine.name, one.id), Argument(others.name, other.id))
        told = f"{rules.spoken(mine)} → {rules.spoken(others)}"
        title = label.title if label.symmetric else f"{label.title}: {told}"
        offer = Offer(label, title, None, _in_order(label, arguments))
        if not _problems(desk, offer):
            yield offer


def _role_pairs(label: RelationLabel, one: Span, other: Span) -> Iterator[tuple[Role, Role]]:
    for mine in label.roles:
        for others in label.roles:
            apart = label.symmetric or mine is not others
            fits = mine.takes(one.layer, one.label) and others.takes(other.layer, other.label)
            if apart and fits:
                yield mine, others


def _joining(desk: Desk, label: RelationLabel, newcomer: Span, host: Span) -> Iterator[Offer]:
    """Yield the ways in which one span can join the relations of another."""
    for relation in desk.document.relations_of(host.id):
        inside = any(argument.span_id == newcomer.id for argument in relation.arguments)
        if relation.label != label.name or inside:
            continue
        for role in label.roles:
            if role.takes(newcomer.layer, newcomer.label):
                more = (*relation.arguments, Argument(role.name, newcomer.id))
                title = f"{label.title}: add as {rules.spoken(role)}"
                offer = Offer(label, title, relation, _in_order(label, more))
                if not _problems(desk, offer):
                    yield offer


def _is_there(desk: Desk, offer: Offer) -> bool:
    """Tell whether a relation holds both spans in these roles already."""
    wanted = set(offer.arguments)
    relations = desk.document.relations_of(offer.arguments[0].span_id)
    return any(r.label == offer.label.name and wanted <= set(r.arguments) for r in relations)


def _is_group(label: RelationLabel) -> bool:
    return label.symmetric and all(role.max is None for role in label.roles)


def _problems(desk: Desk, offer: Offer) -> Sequence[str]:
    relation = Relation(
        "", desk.article.id, offer.label.name, offer.arguments, "", "manual", 0, "", ""
    )
    find: Callable[[str], Span | None] = desk.document.span
    return rules.relation_problems(desk.codebook, relation, find)


def _in_order(label: RelationLabel, arguments: Sequence[Argument]) -> tuple[Argument, ...]:
    order = [role.name for role in label.roles]
    return tuple(sorted(arguments, key=lambda argument: order.index(argument.role)))
