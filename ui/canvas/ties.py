"""What is tied to what: read once, then looked up for each frame by what is in view."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import NamedTuple

from annotation.codebook import Codebook
from annotation.document import Document
from annotation.model import Relation

MOST = 120
"""How many relations are drawn at once; more of them could not be told apart."""

UNKNOWN_COLOR = "#808080"


class Place(NamedTuple):
    """A span that another one is tied to: where it begins, in code points, and its role."""

    start: int
    role: str
    span_id: str


class Ties:
    """Relations by the spans in them; `own` is the span whose relations they are, or "".

    `roles` has, for each span, its role by the relation's number; `reach` the first and
    last place of each relation; `places` all spans but `own`, in order of position.
    """

    def __init__(
        self, document: Document, codebook: Codebook, relations: Sequence[Relation], own: str = ""
    ) -> None:
        ids = dict.fromkeys(a.span_id for relation in relations for a in relation.arguments)
        spans = {span.id: span for span in document.spans(ids)}
        self.own = own
        self.faint = [relation.attributes.get("duplicate") is True for relation in relations]
        self.roles: dict[str, dict[int, str]] = {}
        self.colors: dict[str, str] = {}
        self.reach: list[tuple[int, int]] = []
        places = set()
        for number, relation in enumerate(relations):
            starts = []
            for argument in relation.arguments:
                span = spans.get(argument.span_id)
                if span is None:
                    continue
                self.roles.setdefault(span.id, {})[number] = argument.role
                starts.append(span.start)
                if span.id != own:
                    places.add(Place(span.start, argument.role, span.id))
            self.reach.append((min(starts, default=0), max(starts, default=0)))
        for span in spans.values():
            label = codebook.label(span.layer, span.label)
            self.colors[span.id] = label.color if label else UNKNOWN_COLOR
        self.places = sorted(places)

    def strands(self, in_view: Iterable[str]) -> dict[int, list[tuple[str, str]]]:
        """Return the relations with an end among these spans: their numbers, spans and roles.

        At most `MOST`: a span with thousands of relations costs no more than one with some.
        """
        strands: dict[int, list[tuple[str, str]]] = {}
        crowded = []
        for span_id in in_view:
            roles = self.roles.get(span_id, {})
            if len(roles) > MOST:
                crowded.append(span_id)
                continue
            for number, role in roles.items():
                strands.setdefault(number, []).append((span_id, role))
        for span_id in crowded:
            roles = self.roles[span_id]
            for number in list(strands) or list(islice(roles, MOST)):
                if number in roles:
                    strands.setdefault(number, []).append((span_id, roles[number]))
        return dict(islice(strands.items(), MOST))

    def before(self, position: int) -> Sequence[Place]:
        """Return the places before a position, in order."""
        return self.places[: bisect_left(self.places, position, key=_start)]

    def after(self, position: int) -> Sequence[Place]:
        """Return the places at or after a position, in order."""
        return self.places[bisect_left(self.places, position, key=_start) :]

    def tour(self) -> list[str]:
        """Return the spans to go through by key: the own one, then those tied to it."""
        return [self.own, *dict.fromkeys(place.span_id for place in self.places)]


def _start(place: Place) -> int:
    return place.start
