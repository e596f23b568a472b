"""What the lines of a card say, in words and keys."""

from collections.abc import Callable, Mapping

from annotation.attribution import UNNAMED, Card, Field, card_relation
from annotation.codebook import Choice as CodebookValue
from annotation.codebook import Codebook
from annotation.model import Span, Value
from annotation.titles import with_article
from ui.canvas.card_panel import Choice, Line
from ui.value_keys import value_keys

NEXT = "k"
"""The key for the next relation of the same span, where it is no value's key."""

IMPLICIT, NOBODY = "i", "u"
"""The keys for a role that no words stand for, and for words that name nobody."""

CUT = "x"
"""The key that takes source and cue out of the claim that they interrupt."""

FLAGS: tuple[tuple[str, str, Value], ...] = (("y", "yes", True), ("n", "no", False))


def reserved(card: Card) -> str:
    """Return the letters that stand on no span, since they mean something on this card."""
    implicit = IMPLICIT if any(card.can_be_implicit(role) for role in card.roles) else ""
    unnamed = NOBODY if any(card.can_be_unnamed(role) for role in card.roles) else ""
    return NEXT + CUT + implicit + unnamed


def values_of(card: Card, field: Field) -> list[tuple[str, str, Value]]:
    """Return key, words and value of each answer that an attribute allows now."""
    assert field.attribute is not None
    if field.attribute.type == "flag":
        return list(FLAGS)
    span = card.span
    said = span.attributes if span and field.kind == "span" else {}
    allowed = [v for v in field.attribute.values if _is_allowed(v, said)]
    keys = value_keys([value.name for value in allowed])  # the inspector's, too
    return [(keys.get(v.name, ""), v.name.replace("_", " "), v.name) for v in allowed]


def line_of(card: Card, field: Field, found: Span | None, mentions: Callable[[Span], str]) -> Line:
    """Return what a line shows.

    `found` is the span that is proposed for a role, `mentions` returns the name of the
    registry entry that a span mentions, or an empty text.
    """
    if field.role is not None:
        return _role_line(card, field, found, mentions)
    assert field.attribute is not None
    value = card.value(field)
    default = field.attribute.default.replace("_", " ")
    words = f"{default} (default)" if default else "–"
    if value is not None:
        words = {True: "yes", False: "no"}.get(value, str(value).replace("_", " "))
    choices = [
        Choice(letter, told, chosen=value is not None and value == answer)
        for letter, told, answer in values_of(card, field)
    ]
    return Line(field.title, words, value is None, choices)


def _role_line(
    card: Card, field: Field, found: Span | None, mentions: Callable[[Span], str]
) -> Line:
    assert field.role is not None
    spans = card.spans_of(field.name)
    words = ", ".join(_named(span, mentions(span)) for span in spans)
    if not spans and found is not None:
        words = f"{_named(found, mentions(found))} ?"
    choices = []
    if card.can_be_implicit(field.role):
        choices.append(Choice(IMPLICIT, f"implicit: no words for the {field.title}"))
    if card.can_be_unnamed(field.role):
        choices.append(Choice(NOBODY, f"unnamed {field.title}"))
    if card.inside():
        choices.append(Choice(CUT, "take its words out of the span"))
    hint = "Letters in the text, or select words and press a label’s key."
    return Line(field.title.capitalize(), words or "–", not spans, choices, hint)


def _named(span: Span, entry: str) -> str:
    quoted = " ".join(" … ".join(span.quotation).split())
    text = f"“{quoted}”" if entry in ("", quoted) else f"“{quoted}” = {entry}"
    return f"{text} (unnamed)" if UNNAMED in span.attributes.values() else text


def _is_allowed(value: CodebookValue, said: Mapping[str, Value]) -> bool:
    return all(said.get(other) in values for other, values in value.only_with.items())


def no_card(codebook: Codebook, layer: str, label: str) -> str:
    """Say that spans of a label have no card, and which have one."""
    known = [x.title or x.name for x in codebook.labels if card_relation(codebook, x.layer, x.name)]
    words = with_article(codebook.titled(layer, label))
    others = f": {' and '.join(known)} have one." if known else "."
    return f"There is no card for {words}{others}"
