"""The rules that the text and the codebook set for spans and relations.

Each function returns the problems it finds as sentences, so that a check can list them
all; `refuse_if` turns them into a refusal where an edit needs one.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

from annotation.codebook import Attribute, Codebook, Label, RelationLabel, Role
from annotation.counting import counted
from annotation.errors import RefusedEdit
from annotation.model import Article, Fragment, Relation, Span, Value
from annotation.titles import with_article


def refuse_if(problems: Sequence[str]) -> None:
    """Raise `RefusedEdit` with all problems, if there are any."""
    if problems:
        raise RefusedEdit(" ".join(problems))


def fragment_problems(article: Article, fragments: Sequence[Fragment]) -> list[str]:
    """Say what is wrong with fragments, as places in the article's text."""
    if not fragments:
        return ["A span needs at least one fragment."]
    problems = []
    length = len(article.text)
    previous = -1
    for start, end in fragments:
        if not 0 <= start < end <= length:
            problems.append(
                f"The fragment {start}–{end} is not inside the text (0–{length}) or is empty."
            )
        elif article.text[start:end].isspace():
            problems.append(f"The fragment {start}–{end} holds only blanks.")
        if start <= previous:
            problems.append(
                f"The fragment {start}–{end} is out of order, overlaps or touches the one before."
            )
        previous = end
    return problems


def span_problems(codebook: Codebook, article: Article, span: Span) -> list[str]:
    """Say what is wrong with a span taken by itself."""
    problems = fragment_problems(article, span.fragments)
    if not problems and span.quotation != article.quote(span.fragments):
        problems.append(
            f"The quotation {short(' … '.join(span.quotation))} is not what the text holds at "
            f"{span.start}–{span.end}: {short(' … '.join(article.quote(span.fragments)))}."
        )
    label = codebook.label(span.layer, span.label)
    if label is None:
        return [*problems, f"The codebook has no label {span.label} in the layer {span.layer}."]
    if len(span.fragments) > 1 and not label.discontinuous:
        title = label.title or label.name
        problems.append(f"{title} cannot be discontinuous: it has one fragment only.")
    return problems + attribute_problems(label, span.attributes)


def is_there(span: Span, others: Iterable[Span]) -> bool:
    """Tell whether the annotator has said exactly this already."""
    return any(
        (other.fragments, other.layer, other.label, other.annotator)
        == (span.fragments, span.layer, span.label, span.annotator)
        for other in others
        if other.id != span.id
    )


def neighbour_problems(codebook: Codebook, span: Span, others: Iterable[Span]) -> list[str]:
    """Say which nesting rule the span breaks among the annotator's other spans."""
    label = codebook.label(span.layer, span.label)
    for other in others:
        if (other.layer, other.label, other.annotator) != (span.layer, span.label, span.annotator):
            continue
        if other.id == span.id:
            continue
        if other.fragments == span.fragments:
            title = codebook.titled(span.layer, span.label)
            return [f"{short(' … '.join(span.quotation))} is tagged {title} already."]
        nested = contains(other.fragments, span.fragments) or contains(
            span.fragments, other.fragments
        )
        if nested and label is not None and not label.nests_in_itself:
            title = label.title or label.name
            return [
                f"{title} cannot be inside another {title} ({short(' … '.join(other.quotation))})."
            ]
    return []


def contains(outer: Sequence[Fragment], inner: Sequence[Fragment]) -> bool:
    """Tell whether every inner fragment lies inside some outer fragment."""
    return all(any(s <= start and end <= e for s, e in outer) for start, end in inner)


def crosses(one: Sequence[Fragment], other: Sequence[Fragment]) -> bool:
    """Tell whether two spans overlap with neither holding the other."""
    overlap = any(s < end and start < e for s, e in one for start, end in other)
    return overlap and not contains(one, other) and not contains(other, one)


def attribute_problems(owner: Label | RelationLabel, said: Mapping[str, Value]) -> list[str]:
    """Say which attributes or values the codebook does not allow."""
    problems = []
    for name, value in said.items():
        attribute = owner.attribute(name)
        if attribute is None:
            problems.append(f"{owner.title or owner.name} has no attribute {name}.")
        else:
            problems += value_problems(owner, attribute, value, said)
    return problems


def value_problems(
    owner: Label | RelationLabel, attribute: Attribute, value: Value, said: Mapping[str, Value]
) -> list[str]:
    """Say what is wrong with an attribute's value beside everything else that is said."""
    where = f"{owner.title or owner.name}: {attribute.title or attribute.name}"
    if attribute.type == "flag":
        return [] if isinstance(value, bool) else [f"{where} is yes or no, not {value!r}."]
    if not isinstance(value, str):
        return [f"{where} is text, not {value!r}."]
    if attribute.type == "text":
        return []
    choice = next((choice for choice in attribute.values if choice.name == value), None)
    if choice is None:
        known = ", ".join(choice.name for choice in attribute.values)
        return [f"{where} cannot be {value!r}; it is one of: {known}."]
    return [
        f"{where} can be {value} only where {_titled(owner, other)} is {' or '.join(allowed)}."
        for other, allowed in choice.only_with.items()
        if said.get(other) not in allowed
    ]


def relation_problems(
    codebook: Codebook, relation: Relation, find_span: Callable[[str], Span | None]
) -> list[str]:
    """Say what is wrong with a relation; `find_span` returns the spans of its article."""
    label = codebook.relation(relation.label)
    if label is None:
        return [f"The codebook has no relation {relation.label}."]
    title = label.title or label.name
    problems = attribute_problems(label, relation.attributes)
    seen: set[str] = set()
    for argument in relation.arguments:
        if argument.span_id in seen:
            problems.append(f"A span can take part in one {title} only once.")
        seen.add(argument.span_id)
        span = find_span(argument.span_id)
        role = label.role(argument.role)
        if span is None:
            problems.append(f"{title}: the span {argument.span_id} is not in the article.")
        elif role is None:
            problems.append(f"{title} has no role {argument.role}.")
        elif not role.takes(span.layer, span.label):
            problems.append(
                f"{title}: {with_article(codebook.titled(span.layer, span.label))} cannot be its "
                f"{spoken(role)} (it takes {', '.join(_accepted(codebook, role))})."
            )
    for role in label.roles:
        count = len(relation.span_ids(role.name))
        if count < role.min:
            problems.append(f"{title} needs {_at_least(role)}.")
        if role.max is not None and count > role.max:
            problems.append(f"{title} takes {counted(role.max, spoken(role))}, not {count}.")
    return problems


def same_arguments(one: Relation, other: Relation, symmetric: bool) -> bool:
    """Tell whether two relations say the same of the same spans."""
    if one.label != other.label:
        return False
    left = [(a.role, a.span_id) for a in one.arguments]
    right = [(a.role, a.span_id) for a in other.arguments]
    return sorted(left) == sorted(right) if symmetric else left == right


def spoken(role: Role) -> str:
    """Return the name of a role as a sentence has it."""
    return role.name.replace("_", " ")


def _accepted(codebook: Codebook, role: Role) -> list[str]:
    """Return what a role takes, by the titles of labels and layers."""
    names = []
    for accepted in role.accepts:
        layer, _, label = accepted.partition("/")
        of_layer = codebook.layer(layer)
        title = of_layer.title if of_layer and of_layer.title else layer
        names.append(f"any of {title}" if label == "*" else codebook.titled(layer, label))
    return names


def _titled(owner: Label | RelationLabel, name: str) -> str:
    attribute = owner.attribute(name)
    return (attribute.title if attribute else "") or name


def _at_least(role: Role) -> str:
    name = spoken(role)
    return with_article(name) if role.min == 1 else f"at least {counted(role.min, name)}"


def short(text: str, length: int = 60) -> str:
    """Return words on one line, in quotation marks, cut where they are long."""
    text = " ".join(text.split())
    return f"“{text}”" if len(text) <= length else f"“{text[: length - 1]}…”"
